"""Decisions of few are weighed only where somebody decides, and what large fields held is gone in the next month."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conftest import make_setup

from demarche.cast.cast import Cast
from demarche.engine.deciding import Choice, may_decide
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.engine.snapshot import restore, take_snapshot
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.world import World

MONTHS = 30
FEW = {one.name for one in DECISIONS if one.few}


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, MONTHS)


def runs_of(setup: Setup, copies: int = 2) -> Runs:
    table = [(arm, account, seed) for seed in range(copies) for arm in setup.arms for account in setup.accounts]
    return Runs(*(list(column) for column in zip(*table, strict=True)))


def test_a_decision_of_few_has_utility_only_where_somebody_decides(setup: Setup) -> None:
    asked: dict[str, int] = dict.fromkeys(FEW, 0)

    def look(decision: Decision, world: World, choice: Choice) -> None:
        if decision.few:
            weighed = (world[f"{decision.name}_utility"] != 0.0).any(axis=0)
            assert not (weighed & ~may_decide(decision, world)).any(), decision.name
            asked[decision.name] += int(weighed.sum())

    simulation = Simulation(setup, runs_of(setup), override=look)
    for _ in range(MONTHS):
        simulation.advance()
    assert {name for name, count in asked.items() if count} >= FEW - {"suspend_talks"}, "or the test sees nothing"


def test_flows_and_events_of_a_month_are_gone_in_the_next(setup: Setup) -> None:
    simulation = Simulation(setup, runs_of(setup, 1))
    names = [name for group in ("change", "flow", "event") for name in simulation.world.declared.groups[group]]
    met = set()
    for _ in range(MONTHS):
        simulation.advance()
        met |= {name for name in names if simulation.world[name].any()}
        simulation.world.clear_month()
        assert not [name for name in names if simulation.world[name].any()]
    assert {"speaks", "representation_event", "sender_will_change", "person_event"} <= met


def test_what_was_weighed_before_a_restored_state_leaves_no_trace(setup: Setup) -> None:
    simulation = Simulation(setup, runs_of(setup, 1))
    for _ in range(3):
        simulation.advance()
    snapshot = take_snapshot(simulation)
    simulation.advance()
    once = {name: values.copy() for name, values in simulation.world.arrays.items()}
    for _ in range(3):
        simulation.advance()
    restore(simulation, snapshot)
    simulation.advance()
    for name, values in simulation.world.arrays.items():
        np.testing.assert_array_equal(values, once[name], err_msg=name)
