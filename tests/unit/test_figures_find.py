"""The registry of figures: one file a figure, checked before the first run, and what is left out is said."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from demarche.cli.main import app
from demarche.errors import DesignError, ScenarioError
from demarche.experiment.design.experiment import Experiment, Record, experiment_schema, load_experiment
from demarche.experiment.design.figures import Supply, supply_of
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.figures.draw import draw_all, read_what_they_need
from demarche.figures.find import choose, figures_of_experiments, find_figures
from demarche.figures.needs import Dates
from demarche.figures.tables import supply_of_results
from demarche.figures.view import View
from demarche.scenario.question import ask
from tests.conftest import ROOT
from tests.unit.test_figures_tables import ARMS, make_tables
from tests.unit.test_runner import EXPERIMENT, SCENARIO, write_tiny

SOURCE = ROOT / "src" / "demarche"
FIGURES = figures_of_experiments()
NO_SERIES = "record: {series: false, events: false}\n"
NEW_FIGURE = '''
from demarche.figures.common import caption, finish, new_figure
from demarche.figures.figure import FigureKind, always
from demarche.figures.look import ON_PAPER, styled
from demarche.figures.needs import Dates
from demarche.figures.view import USUAL


def draw(tables, view=USUAL, look=ON_PAPER):
    with styled(look):
        figure = new_figure(6, 4)
        ax = figure.subplots()
        ax.plot(tables.cube("releases", tables.reference, next(iter(tables.accounts))).mean(axis=0))
        return finish(figure, FIGURE.title, caption(tables, f"{len(tables.events)} sponsors"), ax.lines, 1)


FIGURE = FigureKind(
    name="monthly",
    title="Releases by month",
    reading="one line",
    draw=draw,
    series=always("releases"),
    events=("sponsor",),
    needs=(Dates(("session",), margin=1),),
)
'''


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ModuleType]]:
    """Return a function that makes a package of figures of texts by name."""
    number = itertools.count()
    made: list[str] = []

    def make(**texts: str) -> ModuleType:
        name = f"made_figures_{next(number)}"
        made.append(name)
        (tmp_path / name).mkdir()
        for module, text in {"__init__": "", **texts}.items():
            (tmp_path / name / f"{module}.py").write_text(text, encoding="utf-8")
        return importlib.import_module(name)

    monkeypatch.syspath_prepend(str(tmp_path))
    yield make
    for module in [module for module in sys.modules if module.split(".")[0] in made]:
        del sys.modules[module]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return load_experiment(write_tiny(tmp_path_factory.mktemp("find")))


@pytest.fixture(scope="module")
def done(tiny: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("found") / "results"
    run_experiment(dataclasses.replace(tiny, replications=1), out, workers=1)
    return out


def refused(path: Path, text: str, figures: object = FIGURES) -> str:
    path.write_text(EXPERIMENT + text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_experiment(path, figures=figures)  # type: ignore[arg-type]
    return str(caught.value)


def test_every_file_is_a_figure_and_those_of_an_analysis_are_not_for_experiments() -> None:
    found = find_figures()
    files = {path.stem for path in (SOURCE / "figures" / "kinds").glob("*.py")} - {"__init__"}
    assert set(found) == files
    assert set(found) - set(FIGURES) == {"compare", "discover", "scorecard", "sensitivity", "variance_split"}
    assert all(figure.title and figure.reading for figure in found.values())
    assert list(found) == sorted(found)


def test_a_new_file_is_a_new_figure(folder: Callable[..., ModuleType], done: Path, tmp_path: Path) -> None:
    known = figures_of_experiments(folder(monthly=NEW_FIGURE))
    assert list(known) == ["monthly"]
    written = draw_all(done, ("monthly",), tmp_path / "drawn", known)
    assert [path.name for path in written] == ["monthly.png", "monthly.svg", "monthly.txt"]
    label = (tmp_path / "drawn" / "monthly.txt").read_text("utf-8")
    sponsors = len(open_results(done).events(["sponsor"]))
    assert sponsors
    assert label.startswith(f"Releases by month\n{sponsors} sponsors\n")


def test_the_figure_of_the_how_to_page_is_drawn(folder: Callable[..., ModuleType], done: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "howto" / "figure.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"<!-- check: figure ends -->\n```python\n(.*?)```", page, re.DOTALL)
    known = figures_of_experiments(folder(ends=text))
    draw_all(done, ("ends",), tmp_path / "drawn", known)
    told = (tmp_path / "drawn" / "ends.txt").read_text("utf-8")
    assert told.startswith("Where runs end\nA line further to the right ends higher.")
    middle = open_results(done).outcomes().groupby("arm")["releases"].median()
    assert all(f"releases, {arm}: half of the runs below {value:.3g}" in told for arm, value in middle.items())


@pytest.mark.parametrize("text", ["", "FIGURE = 1\n", NEW_FIGURE])
def test_a_file_without_a_figure_of_its_name_is_refused(folder: Callable[..., ModuleType], text: str) -> None:
    made = folder(other=text)
    with pytest.raises(DesignError, match=rf"{made.__name__}.other: the module must declare FIGURE(.|\n)*'other'"):
        find_figures(made)


def test_an_unknown_name_is_refused_where_it_stands(tiny: Experiment) -> None:
    told = refused(tiny.path.with_name("a.yaml"), "figures: [votes, paths]\naccounts: [domestic_engin]\n")
    assert "a.yaml:4:18: figures.1: unknown figure" in told
    assert "Did you mean 'path'?" in told
    assert f"Expected: {', '.join(figures_of_experiments())}" in told
    assert "a.yaml:5:12: accounts.0" in told


def test_a_figure_of_an_analysis_is_no_figure_of_an_experiment(tiny: Experiment) -> None:
    assert "unknown figure" in refused(tiny.path.with_name("a.yaml"), "figures: [compare]\n")


CANNOT = {
    "series": ("[contrast, votes]\nrecord: {series: false}\n",
               "4:21: figures.1: the figure 'votes' needs monthly series that the experiment does not keep",
               "motion_margin, motions_tabled, sponsor_count", "set 'record: {series: true}', or leave this figure"),
    "arms": ("[accounts]\narms: [quiet]\n", "4:11: figures.0: the figure 'accounts' compares arms and the experiment "
             "has one", '"accounts"', "add an arm"),
    "dates": ("[releases]\n", "4:11: figures.0: the figure 'releases' finds no tariff_deadline, summit or bid_decision"
              " in the calendar of as_it_was, 6 months or more", "", "lengthen the period"),
    "two things": ("[releases]\n" + NO_SERIES, "does not keep and finds no", "first_detentions",
                   "set 'record: {series: true}' and lengthen the period, or leave this figure out"),
}  # fmt: skip


@pytest.mark.parametrize("key", CANNOT)
def test_a_figure_that_cannot_be_supplied_is_refused_before_the_first_run(
    tiny: Experiment, tmp_path: Path, key: str
) -> None:
    lines, what, expected, fix = CANNOT[key]
    path = tiny.path.with_name("cannot.yaml")
    told = refused(path, f"figures: {lines}")
    assert all(part in told for part in (what, expected, fix))
    for command in (("check",), ("design",), ("run", "--out", tmp_path / "out")):
        result = invoke(*command, path)
        assert result.exit_code == 2
        assert what in result.stderr
    assert not (tmp_path / "out").exists()


def test_events_that_are_not_kept_are_refused(tiny: Experiment, folder: Callable[..., ModuleType]) -> None:
    known = figures_of_experiments(folder(monthly=NEW_FIGURE))
    told = refused(tiny.path.with_name("a.yaml"), "figures: [monthly]\nrecord: {events: false}\n", known)
    assert "the figure 'monthly' needs events that the experiment does not keep" in told
    assert "Expected: sponsor" in told
    assert "set 'record: {events: true}', or leave this figure out" in told


def test_sessions_taken_from_the_calendar_are_missed(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("  as_it_was: {}\n", "  as_it_was: {calendar: {remove: [session]}}\n")
    scenario += "reference: as_it_was\n"
    path = write_tiny(tmp_path, scenario=scenario)
    told = refused(path, "figures: [votes]\n")
    assert "the figure 'votes' finds no session in the calendar of as_it_was" in told
    path.write_text(EXPERIMENT + "figures: [votes]\narms: [quiet, vocal]\n", encoding="utf-8")
    assert load_experiment(path, figures=FIGURES).figures == ("votes",)


@pytest.mark.parametrize("path", sorted((ROOT / "experiments").glob("*.yaml")), ids=lambda path: path.stem)
def test_bundled_experiments_can_draw_what_they_name(path: Path) -> None:
    experiment = load_experiment(path, figures=FIGURES)
    assert experiment.figures is not None
    assert set(experiment.figures) <= set(choose(None, supply_of(experiment), FIGURES).names)


def test_what_nobody_judges_is_kept_as_it_stands(tiny: Experiment) -> None:
    path = tiny.path.with_name("b.yaml")
    path.write_text(EXPERIMENT + "figures: [tomorrow]\n", encoding="utf-8")
    assert load_experiment(path).figures == ("tomorrow",)


@pytest.mark.long
@pytest.mark.parametrize("series", [True, False])
@pytest.mark.parametrize("events", [True, False])
def test_results_supply_what_their_experiment_promised(
    tiny: Experiment, tmp_path: Path, series: bool, events: bool
) -> None:
    experiment = dataclasses.replace(tiny, replications=1, record=Record(series, events))
    run_experiment(experiment, tmp_path / "out", workers=1)
    promised, found = supply_of(experiment), supply_of_results(open_results(tmp_path / "out"))
    assert found.is_done
    assert not promised.is_done
    assert bool(promised.series) == series
    assert bool(promised.events) == events
    assert promised.series <= found.series <= promised.series | {"run", "step"}
    held = set(open_results(tmp_path / "out").events()["kind"])
    assert bool(held) == events
    assert held <= promised.events
    assert "representation" not in promised.events, "bulky kinds are recorded on request only"
    for name in ("arms", "reference", "outcomes", "events", "n_steps"):
        assert getattr(promised, name) == getattr(found, name), name
    for arm in promised.arms:
        for kind in ("session", "summit", "games", "tariff_deadline"):
            assert list(promised.dates(arm, [kind])) == list(found.dates(arm, [kind]))
    assert set(choose(None, promised, FIGURES).names) == set(choose(None, found, FIGURES).names)


@pytest.mark.long
def test_an_experiment_that_names_no_figures_draws_those_that_it_can_and_says_so(tiny: Experiment) -> None:
    path = tiny.path.with_name("lean.yaml")
    path.write_text(EXPERIMENT.replace("3", "1") + NO_SERIES, encoding="utf-8")
    out = path.parent.parent / "lean"
    result = invoke("run", path, "--out", out)
    assert result.exit_code == 0, result.output
    assert {file.stem for file in (out / "figures").iterdir()} == {"contrast", "accounts"}
    for name in ("path", "releases", "votes"):
        assert f"Figure {name} is left out: it needs monthly series that the experiment does not keep" in result.stdout
    assert result.stdout.index("left out") < result.stdout.index("Means of all runs") < result.stdout.index("Figures:")
    assert open_results(out).manifest.figures is None
    assert "left out" not in invoke("run", path, "--out", out, "--no-figures").stdout
    again = invoke("plot", out)
    assert again.exit_code == 0, again.output
    assert len(again.stdout.split()) == 6
    assert "Figure votes is left out: it needs monthly series that these results do not hold" in again.stderr
    asked = invoke("plot", out, "--kind", "votes")
    assert asked.exit_code == 2
    assert "the figure 'votes' needs monthly series that these results do not hold" in asked.stderr
    assert "in the experiment and run it again, or leave this figure out" in asked.stderr


def test_figures_that_are_named_are_all_that_is_drawn() -> None:
    supply = make_tables().supply
    assert choose(["votes", "accounts", "votes"], supply, FIGURES).names == ("votes", "accounts")
    assert choose([], supply, FIGURES).names == ()
    assert choose(None, supply, FIGURES).names == tuple(n for n in FIGURES if n not in ("links", "talks"))


def test_what_is_read_is_what_the_figures_draw(done: Path) -> None:
    results = open_results(done)
    tables = read_what_they_need(results, [FIGURES["votes"]])
    assert set(tables.series.columns) == {"run", "step", "motion_margin", "motions_tabled", "sponsor_count"}
    assert tables.events.empty
    assert set(read_what_they_need(results, [FIGURES["rollcall"]]).events["kind"]) == {"vote_no_action"}
    assert {"practice_civil_political", "core_practice"} <= set(read_what_they_need(results, [FIGURES["path"]]).series)
    wished = read_what_they_need(results, [FIGURES["difference"]], View(outcomes=("exiles",)))
    assert "exiles" in wished.series


@pytest.mark.parametrize(("step", "margin", "is_met"), [(0, 0, True), (11, 0, True), (12, 0, False), (3, 3, True),
                                                        (2, 3, False), (8, 3, True), (9, 3, False)])  # fmt: skip
def test_a_date_must_keep_its_distance_from_both_ends(step: int, margin: int, is_met: bool) -> None:
    def dates(arm: str, kinds: Iterable[str]) -> list[int]:
        return [step] if (arm, set(kinds)) == ("base", {"games", "summit"}) else []

    supply = Supply(("other", "base"), "base", (), frozenset(), frozenset(), dates, 12)
    lack = Dates(("games", "summit"), margin).lack(supply)
    assert (lack is None) == is_met
    if lack is not None:
        assert lack.what.startswith("finds no games or summit in the calendar of base")


def test_the_supply_of_tables_is_what_they_hold() -> None:
    tables = make_tables()
    supply = tables.supply
    assert isinstance(supply, Supply)
    assert {"practice_labour", "motion_margin"} <= supply.series
    assert supply.events == {"vote_no_action", "person"}
    assert supply.outcomes == ("releases", "no_action_margin", "sponsors")
    assert dataclasses.replace(tables, asked=ask(ARMS, ("unknown",))).supply.outcomes == ()


@pytest.mark.long
def test_the_schema_lists_the_figures(tiny: Experiment) -> None:
    schema = experiment_schema(FIGURES)
    assert schema["properties"]["figures"]["items"] == {"enum": list(FIGURES)}
    good = {"scenario": "s.yaml", "replications": 1, "seed": 1, "figures": ["votes"]}
    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | {"figures": ["vote"]}, schema)
    jsonschema.validate(good | {"figures": ["vote"]}, experiment_schema())


@pytest.mark.long
def test_no_other_module_lists_the_figures() -> None:
    listed = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else ()
            names = {part.value for part in parts if isinstance(part, ast.Constant)}
            # a command, and a kind of fact of the record, may be called as a figure is
            is_other = path.parent.name in ("commands", "calibration")
            listed += [str(path)] if len(names & set(FIGURES)) > 1 and not is_other else []
    assert not listed
