from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from demarche.errors import DesignError, StoreError
from demarche.experiment.design.experiment import Experiment, Record, load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.figures.beside import Helper
from demarche.figures.draw import Wish, draw_all
from demarche.figures.find import figures_of_experiments
from demarche.figures.plot import plot, tidy
from demarche.figures.view import View
from demarche.world.calendar import Month, Period
from tests.conftest import ROOT

FIGURES = figures_of_experiments()
ON_THEIR_OWN = tuple(name for name, figure in FIGURES.items() if not figure.on_request)


def small(**changes: object) -> Experiment:
    """Return the default experiment with two arms, two accounts, one draw of two lucks and thirty months."""
    whole = load_experiment(ROOT / "experiments" / "quiet_or_vocal.yaml")
    scenario = dataclasses.replace(whole.scenario, period=Period(Month(1989, 6), 30))
    settings = {
        "arms": ("quiet", "as_it_was"), "accounts": whole.accounts[:2], "scenario": scenario,
        "options": whole.options.model_copy(update={"draws": 1, "lucks": 2}), "replications": 2,
    }  # fmt: skip
    return dataclasses.replace(whole, **{**settings, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "small"
    run_experiment(small(), folder, workers=1)
    return folder


@pytest.mark.long
def test_one_name_is_a_name_and_no_list_of_letters(results: Path) -> None:
    found = open_results(results)
    assert set(tidy(found, "contrast", outcomes="releases")["outcome"]) == {"releases"}
    assert set(tidy(found, "path", arms="quiet")["arm"]) == {"quiet"}
    with pytest.raises(DesignError, match=r"unknown outcome\.\n  Found: relases "):
        tidy(found, "contrast", outcomes="relases")
    with pytest.raises(DesignError, match="this is no size"):
        plot(found, "contrast", size=12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "names", [("contrast", "votes"), pytest.param(ON_THEIR_OWN, marks=pytest.mark.long)], ids=("two", "all")
)
def test_figures_of_a_results_folder_are_written(results: Path, names: tuple[str, ...]) -> None:
    written = draw_all(results, names)
    assert [path.name for path in written] == [f"{name}.{kind}" for name in names for kind in ("png", "svg", "txt")]
    for path in written:
        assert path.parent == results / "figures"
        assert path.stat().st_size > 200
    caption = (results / "figures" / "contrast.txt").read_text(encoding="utf-8")
    assert caption.startswith("Effect of quiet instead of as_it_was")
    assert "8 runs, 2 of each arm and account" in caption
    assert "\nIn words: Marks with intervals" in caption
    assert sorted(path.name for path in (results / "figures").iterdir()) == sorted(path.name for path in written)


@pytest.mark.long
def test_equal_results_give_equal_files(results: Path, tmp_path: Path) -> None:
    first, second = (draw_all(results, ("accounts",), tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


CHOICES = {"arms": "vocal", "against": "quiet", "outcomes": "", "run": 1}
OF_THEIR_OWN = {"path": "core_practice", "difference": "core_practice", "votes": "sponsors"}  # outcomes; else releases


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "three"
    whole = small()
    several = whole.options.model_copy(update={"draws": 4, "lucks": 2})  # so that any two arms differ in what is shown
    arms = ("quiet", "vocal", "as_it_was")
    run_experiment(small(arms=arms, accounts=whole.accounts[:1], options=several, replications=8), folder, workers=1)
    return folder


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in ON_THEIR_OWN if FIGURES[name].plan is not None])
def test_a_figure_goes_by_what_it_says_and_the_rest_is_refused(three: Path, name: str) -> None:
    found, heeded = open_results(three), FIGURES[name].heeds
    plain = tidy(found, name)
    dates = {str(date) for date in plain["date"]} if "date" in heeded else set()
    wanted = {**CHOICES, "date": "1990-03" if "1991-03" in dates else "1991-03"}
    wanted["outcomes"] = OF_THEIR_OWN.get(name, "releases")
    for choice, value in wanted.items():
        if choice in heeded:
            assert not tidy(found, name, **{choice: value}).equals(plain), choice
        else:
            with pytest.raises(DesignError, match=rf"the figure '{name}' passes it over(.|\n)*goes by it: \w+"):
                tidy(found, name, **{choice: value})


def test_what_no_figure_goes_by_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    wish = Wish(View(date="1995-03", run=2))
    with pytest.raises(DesignError) as refused:
        draw_all(tmp_path, ("contrast", "votes"), wish=wish)
    assert str(refused.value).splitlines()[0] == "--date: the figures 'contrast', 'votes' all pass it over."
    assert "leave it out, or draw one that goes by it: rollcall" in str(refused.value)
    assert "--run: " in str(refused.value)


@pytest.mark.long
@pytest.mark.parametrize("chosen", [{"arms": "quiet", "against": "quiet"}, {"arms": "as_it_was"}])
def test_an_arm_is_not_compared_with_itself(results: Path, chosen: dict[str, str]) -> None:
    with pytest.raises(DesignError, match="an arm cannot be compared with itself"):
        tidy(open_results(results), "contrast", **chosen)


def test_unknown_figures_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match=r"no figure is called 'paths'(.|\n)*Did you mean 'path'"):
        draw_all(tmp_path, ("paths", "votes"))


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        draw_all(tmp_path, ("votes",))


@pytest.mark.long
def test_what_can_be_drawn_is_drawn_before_the_rest_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "results"
    run_experiment(small(record=Record(series=False, events=False)), out, workers=1)
    with pytest.raises(DesignError) as caught:
        draw_all(out, ON_THEIR_OWN)
    assert [problem.what.split("'")[1] for problem in caught.value.problems] == [
        "difference", "path", "persons", "releases", "rollcall", "votes",
    ]  # fmt: skip
    assert {path.stem for path in (out / "figures").iterdir()} == {"contrast", "accounts"}


@pytest.mark.long
def test_a_second_process_draws_the_same_files_and_may_die(results: Path, tmp_path: Path) -> None:
    names = ("contrast", "votes", "accounts")
    alone = [path.read_bytes() for path in draw_all(results, names, tmp_path)]
    with Helper() as helper:
        assert [path.read_bytes() for path in helper.draw_all(results, names)] == alone
        assert helper.pool is not None
        for process in helper.pool._processes.values():
            process.kill()
        written = helper.draw_all(results, names)
    assert [path.name for path in written] == [f"{name}.{kind}" for name in names for kind in ("png", "svg", "txt")]


@pytest.mark.long
def test_what_a_second_process_cannot_draw_is_told(tmp_path: Path) -> None:
    out = tmp_path / "results"
    run_experiment(small(record=Record(series=False, events=False)), out, workers=1)
    with Helper() as helper, pytest.raises(DesignError, match="'votes'") as caught:
        helper.draw_all(out, ("contrast", "votes", "path"))
    assert len(caught.value.problems) == 2
    assert (out / "figures" / "contrast.png").is_file()
