"""Where parameters have their values from: one key, read in every form, refused in words, and said where it counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from demarche.cli.main import app
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.parameters_from import parameters_from
from demarche.experiment.results.store import open_results
from demarche.figures.common import source_line
from demarche.figures.tables import read_tables
from tests.unit.test_runner import write_tiny

HEAD = "scenario: ../scenarios/tiny.yaml\nseed: 4\nrecord: {series: false, events: false}\n"
HELD = "at the account's medians"


@pytest.mark.parametrize(
    ("form", "said", "points", "runs"),
    [
        ("replications: 6\n", "medians", 1, 6),
        ("replications: 6\nparameters: medians\n", "medians", 1, 6),
        ("draws: 3\nlucks: 2\nparameters: medians\n", "medians", 1, 6),
        ("design: draws\ndraws: 3\nlucks: 2\nparameters: medians\n", "medians", 1, 6),
        ("draws: 3\nlucks: 2\n", "prior", 3, 2),
        ("draws: 3\nlucks: 2\nparameters: prior\n", "prior", 3, 2),
    ],
)
def test_the_same_key_says_it_in_every_form(tmp_path: Path, form: str, said: str, points: int, runs: int) -> None:
    experiment = load_experiment(write_tiny(tmp_path, HEAD + form))
    assert (experiment.parameters_from, experiment.points, experiment.replications) == (said, points, runs)
    assert parameters_from(experiment.describe_design()) == said


def test_draws_at_the_medians_are_the_runs_of_so_many_replications(tmp_path: Path) -> None:
    from demarche.experiment.design.table import make_design

    held = make_design(load_experiment(write_tiny(tmp_path / "a", f"{HEAD}draws: 3\nlucks: 2\nparameters: medians\n")))
    plain = make_design(load_experiment(write_tiny(tmp_path / "b", f"{HEAD}replications: 6\n")))
    assert held.keys() == plain.keys()


@pytest.mark.parametrize(
    ("form", "key", "words"),
    [
        ("replications: 6\nparameters: prior\n", "parameters", "draws nothing: its parameters lie at the medians"),
        ("replications: 6\nparameters: posterior\n", "parameters", "give 'draws' and 'lucks'"),
        ("replications: 6\nparameters: median\n", "parameters", "medians"),
        ("draws: 3\nlucks: 2\nparameters: medians\nposteriors: [x.json]\n", "posteriors", "'parameters: posterior'"),
        ("draws: 3\nlucks: 2\nparameters: medians\nfamily_correlation: 0\n", "family_correlation", "nothing is drawn"),
        ("draws: 3\nparameters: medians\n", "lucks", "needs 'lucks'"),
        ("draws: 3\nlucks: 2\nparameters: posterior\n", "parameters", "'posteriors' belong together"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_in_words(tmp_path: Path, form: str, key: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=r"\d+:\d+") as refused:
        load_experiment(write_tiny(tmp_path, HEAD + form))
    assert words in str(refused.value)
    assert key in str(refused.value)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("draws: 3\nlucks: 2\nparameters: medians\n", HELD),
        pytest.param("draws: 3\nlucks: 2\n", "draws of the prior", marks=pytest.mark.long),
    ],
)
def test_it_is_said_in_tables_and_captions(tmp_path: Path, form: str, words: str) -> None:
    out = tmp_path / "out"
    path = write_tiny(tmp_path, HEAD + form)

    def said(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "240"})
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.split())

    assert f"over {'luck alone' if words == HELD else 'draws and luck'} ({words})" in said(
        "run", path, "--out", out, "--workers", 1, "--no-figures"
    )
    assert f"({words})" in said("compare", out, "--no-figure")
    shown = said("results", "show", out)
    assert "parameters: " + (HELD if words == HELD else "drawn from the account's prior") in shown
    assert f"({words})" in shown
    line = source_line(read_tables(open_results(out), (), ()))
    assert line.endswith("Parameters at the account's medians: intervals show luck alone.") == (words == HELD)
