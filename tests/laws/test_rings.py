"""Laws of rings: a ring that gives way to the newest row forgets nothing that is still asked for, or recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from demarche.engine.simulation import Simulation
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.scenario.load import compile_scenario
from demarche.world.fields import RINGS
from demarche.world.levers import LEVER_OF

pytestmark = pytest.mark.long

EXPERIMENT = Path(__file__).parents[2] / "experiments" / "quiet_or_vocal.yaml"
STEP = {"finding_row": "finding_row_step", "recommendation": "recommendation_step"}
"""Rings whose rows are read in later months; rows of the others are the record of their month."""


def test_no_ring_gives_way_before_its_time() -> None:
    """All arms and accounts with draws of their own: a month never fills a ring, and what is kept is never lost."""
    experiment = load_experiment(EXPERIMENT)
    design = make_design(replace(experiment, replications=2))
    sim = Simulation(compile_scenario(experiment.scenario), design.to_runs(np.arange(len(design))))
    most = dict.fromkeys((ring.name for ring in RINGS), 0)
    kept = {name: sim.world[name].copy() for name in STEP.values()}
    for _ in range(experiment.scenario.period.n_steps):
        sim.advance()
        world = sim.world
        for kind, counted in enumerate(("asks_for_persons", "asks_on_issues"), 1):
            np.testing.assert_array_equal((world["ask_event"] == kind).sum(axis=0), world[counted])
        answered = (world["reply_asks"] * (world["reply_event"] > 0)).sum(axis=0)
        np.testing.assert_array_equal(answered, world["asks_answered"])
        for ring in RINGS:
            rows = (sim.world[f"{ring.name}_event"] > 0).sum(axis=0).max()
            most[ring.name] = max(most[ring.name], int(rows))
        for name, before in kept.items():
            assert not ((before >= 0) & (sim.world[name] != before)).any(), f"{name}: a row gave way"
            before[...] = sim.world[name]
    print(most)
    for ring in RINGS:
        assert 0 < most[ring.name] < ring.size, ring.name


def test_the_longest_lists_fit_into_the_record() -> None:
    """Lists of as many names as an arm may set: each ask has a row, and each answer."""
    experiment = load_experiment(EXPERIMENT)
    design = make_design(experiment)
    sim = Simulation(compile_scenario(experiment.scenario), design.to_runs(np.arange(0, len(design), 40)))
    most = 0.0
    for _ in range(60):
        sim.world["lever_list_size"][...] = LEVER_OF["list_size"].parts[0].high
        sim.advance()
        np.testing.assert_array_equal((sim.world["ask_event"] == 1).sum(axis=0), sim.world["asks_for_persons"])
        replies = sim.world["reply_asks"] * (sim.world["reply_event"] > 0)
        np.testing.assert_array_equal(replies.sum(axis=0), sim.world["asks_answered"])
        most = max(most, float((sim.world["ask_event"] > 0).sum(axis=0).max()))
    assert most > 200.0, "more than ever without the lever"
