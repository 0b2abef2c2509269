"""A smaller form of an experiment for a class: as large as there is time for, labelled, and gone on with as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from demarche.cli.main import app
from demarche.errors import DesignError
from demarche.experiment.design import quick as module
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.quick import RUN_MONTHS, own_text, quick
from demarche.experiment.results.store import open_results
from demarche.figures.common import source_line
from demarche.figures.tables import read_tables
from tests.conftest import ROOT
from tests.unit.test_runner import write_tiny

HEAD = "scenario: ../scenarios/tiny.yaml\nseed: 4\nrecord: {series: false, events: false}\n"


def test_the_reference_case_is_cut_to_the_size_of_the_first_look() -> None:
    whole = load_experiment(ROOT / "experiments" / "quiet_or_vocal.yaml")
    found, look = quick(whole), load_experiment(ROOT / "experiments" / "first_look.yaml")
    assert (found.units, found.replications, found.n_runs) == (look.units, look.replications, look.n_runs)
    assert found.n_runs * found.scenario.period.n_steps <= RUN_MONTHS
    assert found.quick_of == whole.units == 50
    assert quick(look) is look


@pytest.mark.parametrize(
    ("form", "line", "of"),
    [
        ("replications: 30\n", "replications: 4", 30),
        ("draws: 30\nlucks: 2\n", "draws: 2", 30),
        ("draws: 30\nlucks: 2\nparameters: medians\n", "draws: 2", 60),
    ],
)
def test_the_copy_of_the_file_is_the_smaller_experiment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, line: str, of: int
) -> None:
    path = write_tiny(tmp_path, HEAD + form)
    whole = load_experiment(path)
    one = whole.n_runs * whole.scenario.period.n_steps / (60 if "draws" in form else 30)
    monkeypatch.setattr(module, "RUN_MONTHS", 4.5 * one)
    small = quick(whole)
    assert small.quick_of == of
    text = own_text(small).decode()
    assert line in text.splitlines()
    path.write_text(text, encoding="utf-8")
    again = load_experiment(path)
    assert (again.n_runs, again.quick_of, again.parameters_from) == (small.n_runs, of, whole.parameters_from)
    assert own_text(again) == text.encode()


def test_what_is_too_large_even_so_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RUN_MONTHS", 10)
    with pytest.raises(DesignError, match="even 2 replications are more than a class can wait for"):
        quick(load_experiment(write_tiny(tmp_path, f"{HEAD}replications: 30\n")))


@pytest.mark.long
def test_quick_results_say_so_and_go_on_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = write_tiny(tmp_path, f"{HEAD}replications: 30\n"), tmp_path / "out"
    whole = load_experiment(path)
    monkeypatch.setattr(module, "RUN_MONTHS", 4.5 * whole.n_runs * whole.scenario.period.n_steps / 30)

    def said(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    label = "Quick: 4 of 30 replications, a size for a class"
    assert label in said("run", path, "--out", out, "--quick", "--workers", 1, "--no-figures")
    assert label in said("results", "show", out)
    assert label in said("compare", out, "--no-figure")
    assert label in source_line(read_tables(open_results(out), (), ()))
    n = len(open_results(out).runs())
    assert n == 4 * whole.n_runs // 30
    again = said("results", "resume", out, "--workers", 1, "--no-figures")
    assert re.search("complete already", again)
    assert len(open_results(out).runs()) == n
