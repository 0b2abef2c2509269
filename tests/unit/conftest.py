"""A small results folder that tests of figures and of the report share."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import Results, open_results
from demarche.experiment.run.runner import run_experiment
from demarche.world.calendar import Month, Period
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def small_results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return three arms, two accounts and three replications of 74 months: windows of outcomes fit."""
    whole = load_experiment(ROOT / "experiments" / "quiet_or_vocal.yaml")
    scenario = dataclasses.replace(whole.scenario, period=Period(Month(1989, 6), 74))
    small = dataclasses.replace(
        whole, arms=("quiet", "vocal", "as_it_was"), accounts=whole.accounts[1:3], replications=3, scenario=scenario
    )
    folder: Path = tmp_path_factory.mktemp("small") / "results"
    run_experiment(small, folder, workers=1)
    return open_results(folder)
