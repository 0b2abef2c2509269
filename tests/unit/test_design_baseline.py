"""Points, seeds and identities of every design, held to what was recorded: a run keeps its identity for good.

The record rests on the ranges and defaults of a few parameters. Where these change on purpose, write it
again with `python -m tests.unit.test_design_baseline`.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demarche.cast.cast import load_cast
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.design.table import make_design
from demarche.scenario.load import load_scenario
from tests.conftest import ROOT

RECORDED = ROOT / "tests" / "assets" / "design_points.json"
HEAD = """\
scenario: ../scenarios/quiet_or_vocal.yaml
replications: 2
seed: 7
arms: [quiet, as_it_was]
accounts: [leverage_toolbox, domestic_engine]
"""
FIRST, SECOND = "senders.lists.names", "senders.habit.weight"
JOINT = "focal.threat_screen.strength"
RANGES = f"vary: {{{FIRST}: {{range: [1, 3]}}, {SECOND}: {{range: [0.5, 2.5]}}}}\n"
VALUES = f"vary: {{{FIRST}: {{values: [1, 2, 3]}}, {SECOND}: {{values: [0.5, 1]}}}}\n"
MIXED = f"vary: {{{FIRST}: {{range: [1, 3]}}, {JOINT}: {{values: [0.8, 1, 2]}}}}\n"
ROWS = f"arm,replication,{FIRST},{SECOND}\nquiet,1,1.5,2\nas_it_was,0,2.5,1\nquiet,0,1.5,2\n"
DESIGNS = {
    "factorial": VALUES,
    "factorial_of_nothing": "",
    "grid": f"{MIXED}levels: 5\n",
    "list": f"vary: {{{FIRST}: {{values: [1, 2, 2]}}, {SECOND}: {{values: [0.5, 0.5, 1]}}}}\n",
    "one_at_a_time": MIXED,
    "latin_hypercube": f"{MIXED}points: 7\n",
    "sobol": f"{MIXED}points: 8\n",
    "saltelli": f"{RANGES}base_points: 4\n",
    "saltelli_first_order": f"{RANGES}base_points: 4\nsecond_order: false\n",
    "morris": f"{RANGES}trajectories: 5\nlevels: 6\n",
    "morris_of_rules": "vary_rules: [senders.lists]\ntrajectories: 2\n",
    "ablation": "rules: [focal, focal.threat_screen]\n",
    "table": "table: rows.csv\n",
}
"""Case -> the lines after its head; the case begins with the name of its design."""

read_scenario = functools.cache(lambda path: load_scenario(path, functools.cache(load_cast)))


def lay_out(folder: Path, case: str) -> Experiment:
    """Return the experiment of a case, written into a folder that holds the bundled scenarios."""
    name = case.partition("_of_")[0].removesuffix("_first_order")
    (folder / "experiments").mkdir(exist_ok=True)
    (folder / "experiments" / "rows.csv").write_text(ROWS, encoding="utf-8")
    path = folder / "experiments" / f"{case}.yaml"
    path.write_text(f"{HEAD}design: {name}\n{DESIGNS[case]}" if DESIGNS[case] else HEAD, encoding="utf-8")
    return load_experiment(path, read_scenario)


def as_plain(experiment: Experiment) -> dict[str, Any]:
    """Return all that a design says of its runs; identities without the digests of rules and scenario."""
    design = dataclasses.replace(make_design(experiment), scenario_digest="scenario", rules_digest="rules")
    index = design.index(np.arange(len(design)))
    return {
        "told": experiment.describe_design(),
        "parameters": list(design.parameters),
        "points": [[None if value != value else value for value in row] for row in design.points.tolist()],
        "index": {name: column.tolist() for name, column in index.items()},
        "seeds": design.to_runs().seed,
        "keys": hashlib.sha256("".join(design.keys()).encode()).hexdigest(),
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "scenarios", root / "scenarios")
    return root


@pytest.mark.parametrize("case", DESIGNS)
def test_designs_lay_out_what_they_always_did(project: Path, case: str) -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))[case]
    assert as_plain(lay_out(project, case)) == recorded


def record() -> None:
    """Write the record again."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "scenarios", Path(name) / "scenarios")
        found = {case: as_plain(lay_out(Path(name), case)) for case in DESIGNS}
    lines = [f" {json.dumps(case)}: {json.dumps(entry)}" for case, entry in found.items()]
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    record()
