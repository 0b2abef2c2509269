"""The reference case as experiments run it: all arms and accounts side by side, each with draws of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.engine.setup import Runs, Setup
from demarche.experiment.chunks.shards import Job, Task, run_task
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import Design, make_design
from demarche.experiment.run.runner import job_of
from demarche.scenario.load import compile_scenario
from demarche.world.calendar import Period
from tests.conftest import ROOT

EXPERIMENT = ROOT / "experiments" / "quiet_or_vocal.yaml"


@cache
def reference_setup(months: int) -> Setup:
    """Return the reference case with all its arms and accounts, cut to some months."""
    scenario = load_experiment(EXPERIMENT).scenario
    return compile_scenario(replace(scenario, period=Period(scenario.period.start, months)))


@cache
def reference_design() -> Design:
    """Return the table of runs of the default experiment."""
    return make_design(load_experiment(EXPERIMENT))


def mixed_rows(n_runs: int) -> NDArray[np.intp]:
    """Return runs of the default experiment: all arms and accounts with one draw and luck, then with the next."""
    experiment = load_experiment(EXPERIMENT)
    points = len(experiment.arms) * len(experiment.accounts)
    rows = np.arange(len(reference_design())).reshape(points, -1).T.ravel()
    return np.sort(rows[:n_runs])


def mixed_runs(n_runs: int) -> Runs:
    """Return runs of all arms and accounts, see `mixed_rows`."""
    return reference_design().to_runs(mixed_rows(n_runs))


def reference_job(folder: Path) -> Job:
    """Return what the default experiment gives its workers: series and events are recorded and written."""
    return job_of(load_experiment(EXPERIMENT), reference_design(), folder)


def run_recorded(job: Job, n_runs: int) -> float:
    """Simulate a chunk as a worker does, tables and files included, and return its CPU seconds."""
    rows = mixed_rows(n_runs)
    receipt = run_task(job, Task(0, rows, reference_design().to_runs(rows)))
    assert not receipt.failures
    return receipt.cpu_seconds
