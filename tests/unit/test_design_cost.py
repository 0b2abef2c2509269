"""The estimate before a run, and the command that prints it."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from demarche.cli.main import app
from demarche.errors import DesignError
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.run import cost as design_cost
from demarche.experiment.run.cost import Cost, estimate_cost, in_words
from demarche.rules.find import parameters
from tests.unit.test_runner import write_tiny

SCENARIO = """\
title: A tiny case
cast: casts/china_1989.yaml
period: {start: 1990-01, end: 1992-12}
accounts: [strategic_target, domestic_engine]
arms:
  vocal: {channel_mix: {all_senders: {vocal: 1.0}}}
  as_it_was: {}
outcomes: [releases, sponsors]
"""
EXPERIMENT = """\
scenario: ../scenarios/tiny.yaml
replications: 4
seed: 7
design: ablation
rules: [focal.threat_screen]
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("tiny"), EXPERIMENT, SCENARIO)


@pytest.fixture(scope="module")
def tiny(path: Path) -> Experiment:
    return load_experiment(path)


def test_costs_scale_with_months_and_runs(tiny: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk that costs 1 s, 0.1 s a month and 0.01 s a run and month is told exactly."""

    def measure(job: design_cost.Job, design: object, rows: object) -> tuple[float, float]:
        months = job.setup.period.n_steps
        return 1.0 + 0.1 * months + 0.01 * months * len(rows), 1000.0 * months * len(rows)  # type: ignore[arg-type]

    monkeypatch.setattr(design_cost, "_measure", measure)
    design = make_design(tiny)
    assert len(design) == 2 * 2 * 2 * 4
    cost = estimate_cost(tiny, design, 2)
    assert cost.cpu_seconds == pytest.approx(1.0 + 0.1 * 36 + 0.01 * 36 * 32)  # one chunk for arms and accounts
    assert cost.bytes == pytest.approx(1000 * 36 * 32)
    assert cost.wall_seconds == pytest.approx(design_cost.POOL_START + cost.cpu_seconds / 2)
    assert (cost.workers, cost.sample_runs, cost.sample_months) == (2, 32, 24)
    year = dataclasses.replace(tiny.scenario, period=dataclasses.replace(tiny.scenario.period, n_steps=18))
    short = estimate_cost(dataclasses.replace(tiny, scenario=year), design, 1)
    assert short.cpu_seconds == pytest.approx(1.0 + 0.1 * 18 + 0.01 * 18 * 32)
    assert (short.wall_seconds, short.sample_months) == (short.cpu_seconds, 18)


@pytest.mark.long
def test_an_estimate_is_of_the_size_of_the_truth(tiny: Experiment) -> None:
    design = make_design(tiny)
    cost = estimate_cost(tiny, design, 1)
    job = design_cost._job_of(tiny, design, tiny.scenario.period.n_steps)
    measured = [design_cost._measure(job, design, rows) for rows in design.companies()]
    assert 0.2 < cost.cpu_seconds / sum(seconds for seconds, _ in measured) < 5.0
    assert 0.7 < cost.bytes / sum(size for _, size in measured) < 1.4


def test_a_sample_that_fails_is_told(tiny: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise FloatingPointError("no such number")

    monkeypatch.setattr("demarche.experiment.chunks.shards.simulate_chunk", fail)
    with pytest.raises(DesignError, match=r"sample for the estimate failed.*\n.*FloatingPointError: no such number"):
        estimate_cost(tiny, make_design(tiny), 1)


def test_times_in_words() -> None:
    told = [in_words(seconds) for seconds in (0.5, 1.2, 59.0, 90.0, 7200.0)]
    assert told == ["under a second", "2 s", "59 s", "1.5 min", "2.0 h"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command take a known cost for measured."""
    known = Cost(100.0, 51.5, 2.5e9, 2, 8, 24)
    monkeypatch.setattr(design_cost, "estimate_cost", lambda experiment, design, workers: known)


@pytest.mark.usefixtures("quick")
def test_the_command_prints_size_rows_and_estimate(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    result = CliRunner().invoke(app, ["design", str(path), "--rows", "3", "--workers", "2", "--to", str(out)])
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    own = parameters()["focal.threat_screen.strength"].default
    assert "A tiny case, design ablation: nothing off" in text
    assert "2 arms x 2 accounts x 2 points x 4 replications = 32 runs" in text
    assert f"0 vocal strategic_target 0 {own:.4g} " in text
    assert "4 vocal strategic_target 1 0" in text
    assert "a focal.threat_screen.strength" in text
    assert "and 29 runs more" in text
    assert "Estimate: 1.7 min CPU (3125.0 ms a run), 52 s on 2 workers if the processors are free" in text
    assert "2.5 GB on disk" in text
    assert "8 runs of each account over 24 of 36 months" in text
    assert "estimate, not a promise" in text
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["arm", "account", "replication", "focal.threat_screen.strength"]
    assert len(rows) == 33
    again = CliRunner().invoke(app, ["design", str(path), "--workers", "2", "--to", str(out)])
    assert again.exit_code == 2
    assert "already exists" in again.stderr
    assert not list(tmp_path.glob("results*"))


@pytest.mark.usefixtures("quick")
def test_the_command_prints_json(path: Path) -> None:
    result = CliRunner().invoke(app, ["design", str(path), "--json", "--rows", "2", "--workers", "2"])
    told = json.loads(result.stdout)
    assert (told["design"], told["runs"], told["points"], told["replications"]) == ("ablation", 32, 2, 4)
    assert [row["point"] for row in told["rows"]] == [0, 1]
    assert [row["values"] for row in told["rows"]] == [
        {"focal.threat_screen.strength": pytest.approx(told["rows"][0]["values"]["focal.threat_screen.strength"])},
        {"focal.threat_screen.strength": 0.0},
    ]
    assert told["estimate"]["cpu_seconds"] == 100.0
    assert len(told["rows"][0]["key"]) == 32


@pytest.mark.usefixtures("quick")
def test_the_command_says_where_only_some_combinations_are_runs(path: Path) -> None:
    rows = path.parent / "rows.csv"
    rows.write_text("arm,account\nvocal,domestic_engine\nas_it_was,strategic_target\n", encoding="utf-8")
    other = path.parent / "table.yaml"
    lines = EXPERIMENT.splitlines()[:3]
    other.write_text("\n".join([*lines, "design: table", "table: rows.csv", ""]), encoding="utf-8")
    result = CliRunner().invoke(app, ["design", str(other), "--workers", "1"])
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "8 runs of 2 arms x 2 accounts x 1 point x 4 replications:" in text
    assert "vocal domestic_engine 4" in text
    assert "as_it_was strategic_target 4" in text
