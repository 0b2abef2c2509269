"""The world is worked out in one precision: nothing raises it, and what is counted stays exact in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.conftest import make_setup
from tests.support.watched import Watched, watched

from demarche.arrays import REAL
from demarche.cast.cast import Cast
from demarche.engine.setup import Runs
from demarche.engine.simulation import Simulation

MONTHS = 40  # three sessions and a congress
LARGEST_WHOLE = 2 ** (np.finfo(REAL).nmant + 1)


def of_all(cast: Cast) -> Simulation:
    """Return a simulation of each arm and account twice."""
    setup = make_setup(cast, MONTHS)
    table = [(arm, account, seed) for seed in range(2) for arm in setup.arms for account in setup.accounts]
    return Simulation(setup, Runs(*(list(column) for column in zip(*table, strict=True))))


def test_fields_parameters_temperatures_and_luck_have_the_precision_of_the_world(cast: Cast) -> None:
    simulation = of_all(cast)
    assert {values.dtype for values in simulation.world.arrays.values()} == {np.dtype(REAL), np.dtype(np.int8)}
    for entry in simulation.entries:
        assert all(values.dtype == REAL for values in entry.values.values()), entry.rule.id
        assert all(entry.moment.temperature(name).dtype == REAL for name in entry.moment._temperatures)
    draws, where = simulation.draws, (np.array([0, 1]), np.array([1, 0]))
    found = [draws.draw("a", 1), draws.draw("b", 1, "state"), draws.draw_lasting("c", ("state", "issue"))]
    found += [draws.draw_cells("d", 1, "state", where), draws.draw_names_cells("e", 1, ["one"], "state", where)]
    assert all(values.dtype == REAL for values in found)


@pytest.mark.long
def test_nothing_that_a_rule_works_out_has_a_higher_precision(cast: Cast) -> None:
    """One number of double precision makes everything that is worked out with it twice as large and as slow."""
    simulation = of_all(cast)
    Watched.raised.clear()
    for entry in simulation.entries:
        for name, values in vars(entry.view).items():
            if isinstance(values, np.ndarray):
                vars(entry.view)[name] = watched(values)
    values = {id(entry): {name: watched(one) for name, one in entry.values.items()} for entry in simulation.entries}
    turns = []
    for turn in simulation._plan:
        entry = turn.what
        if id(entry) in values:
            seen = replace(entry, values=values[id(entry)])
            turns.append(replace(turn, what=seen, act=simulation._turn_of(seen)))
        else:
            turns.append(turn)
    simulation._plan[:] = turns
    for _ in range(MONTHS):
        simulation.advance()
    assert Watched.raised == {}


@pytest.mark.parametrize("raised", [lambda x: x + np.ones(3), lambda x: x * np.exp(2.0), lambda x: 0.5 * (x > 0.0)])
def test_a_raised_precision_is_noted(raised) -> None:
    Watched.raised.clear()
    number = watched(np.ones(3, dtype=REAL))
    assert (2.0 * number).dtype == REAL
    assert not Watched.raised
    assert raised(number).dtype == np.float64
    assert Watched.raised


def test_what_is_counted_stays_exact(cast: Cast) -> None:
    """Whole numbers add up without error below 2 ** 24; nothing in the world comes near."""
    simulation = of_all(cast)
    for _ in range(MONTHS):
        simulation.advance()
    largest = max(np.abs(values[np.isfinite(values)]).max(initial=0.0) for values in simulation.world.arrays.values())
    assert largest < LARGEST_WHOLE / 100
