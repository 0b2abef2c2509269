"""A small results folder that tests of figures and of the report share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import Results, open_results
from demarche.experiment.run.runner import run_experiment
from tests.conftest import ROOT
from tests.support.editing import without_class

EXPERIMENT = """
scenario: ../scenarios/quiet_or_vocal.yaml
replications: 3
seed: 1995
arms: [quiet, vocal, as_it_was]
accounts: [strategic_target, leverage_toolbox]
record: {series: true, events: true}
"""


@pytest.fixture(scope="session")
def small_results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return three arms, two accounts and three replications of 74 months: windows of outcomes fit."""
    root: Path = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "scenarios", root / "scenarios")
    scenario = root / "scenarios" / "quiet_or_vocal.yaml"
    text = scenario.read_text(encoding="utf-8")
    assert "end: 2009-12" in text
    assert "last: 1997" in text, "a class would play beyond the end"
    scenario.write_text(without_class(text).replace("end: 2009-12", "end: 1995-07"), encoding="utf-8")
    (root / "experiments").mkdir()
    path = root / "experiments" / "small.yaml"
    path.write_text(EXPERIMENT, encoding="utf-8")
    run_experiment(load_experiment(path), root / "results", workers=1)
    return open_results(root / "results")
