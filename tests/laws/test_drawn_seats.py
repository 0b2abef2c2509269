"""Laws of seats after the record: drawn by region in each run, in terms; those on record serve theirs out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tests.support.accounts import document_accounts

from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.engine.membership import _seated
from demarche.engine.setup import ArmSetup, Setup
from demarche.engine.simulation import Simulation
from demarche.engine.snapshot import fork
from demarche.world.axes import REGIONS
from demarche.world.calendar import Calendar, Month, Period

RUNS, FIRST, LAST = 8, 1997, 2008


def setup_from(cast: Cast, start: Month, n_steps: int) -> Setup:
    period = Period(start, n_steps)
    return Setup(cast, period, {"arm": ArmSetup("arm", Calendar(period, tuple(cast.events)))}, document_accounts())


@pytest.fixture(scope="module")
def members(cast: Cast) -> dict[int, np.ndarray]:
    """Return year -> who sits in June `(n_states, n_runs)`, states in the order of the cast."""
    setup = setup_from(cast, Month(FIRST, 1), 12 * (LAST - FIRST) + 6)
    simulation = Simulation.of(setup, "arm", "strategic_target", list(range(RUNS)))
    place = [simulation.world.codes["state"].index(code) for code in cast.state_codes]
    found = {}
    for step in range(setup.period.n_steps):
        simulation.advance()
        if setup.period.month(step).month == 6:
            sits = simulation.world["has_seat"]
            found[setup.period.month(step).year] = np.broadcast_to(sits, (len(place), RUNS))[place] > 0
    return found


def test_the_record_holds_to_its_end(cast: Cast, members: dict[int, np.ndarray]) -> None:
    for year in (1997, 1998):
        np.testing.assert_array_equal(members[year], np.repeat(cast.seats(year)[1][:, None], RUNS, axis=1))


def test_every_region_has_its_seats_in_every_run(cast: Cast, members: dict[int, np.ndarray]) -> None:
    regions = np.array(cast.regions)
    for year, sits in members.items():
        for region, quota in zip(REGIONS, cast.quotas(year), strict=True):
            assert (sits[regions == region].sum(axis=0) == quota).all(), (year, region)
        assert not (sits & ~cast.present(year)[:, None]).any()


def test_of_two_that_are_worth_the_same_at_the_edge_one_is_seated() -> None:
    """Luck has 24 bits, so that two are worth the same in some run of a large batch."""
    worth = np.tile(np.array([0.1, 0.7, 0.7, 0.7, 0.2])[:, None], (1, 3))
    seats = _seated(worth, np.array([2, 1]), np.array([0, 0, 0, 0, 1]))
    assert seats.sum(axis=0).tolist() == [3, 3, 3]
    assert seats[4].all()
    assert not seats[0].any()


def test_members_differ_by_run_and_serve_terms(cast: Cast, members: dict[int, np.ndarray]) -> None:
    drawn = [year for year in members if year > cast.last_seated]
    assert all((sits != sits[:, :1]).any() for sits in (members[year] for year in drawn))
    stay = {year: (members[old] & members[year]).sum() / members[old].sum() for old, year in pairwise(members)}
    assert 0.6 < stay[1999] < 0.9, "two thirds of those on record serve out their terms, and custom keeps some"
    assert 0.6 < np.mean([stay[year] for year in drawn if year != 2006]) < 0.9
    for year in drawn:
        kept = members[year][cast.seated_always & cast.present(year)]
        assert kept.all(), "custom"


def test_a_run_beyond_the_record_forks_bit_for_bit(cast: Cast) -> None:
    simulation = Simulation.of(setup_from(cast, Month(2001, 1), 30), "arm", "strategic_target", [3, 4, 5])
    assert (simulation.world["has_seat"] != simulation.world["has_seat"][:, :1]).any(), "drawn in the first month too"
    for _ in range(14):
        simulation.advance()
    other = fork(simulation, [1, 2])
    for _ in range(16):
        simulation.advance()
        other.advance()
    for name in ("has_seat", "has_next_seat", "practice", "sender_will"):
        values = np.broadcast_to(simulation.world[name], (*simulation.world[name].shape[:-1], 3))
        np.testing.assert_array_equal(np.broadcast_to(other.world[name], (*values.shape[:-1], 2)), values[..., 1:])


def test_draws_by_count_are_those_of_cells_with_that_count() -> None:
    codes = {"state": ("AAA", "BBB", "CCC")}
    made = Draws([1, 2], codes).draw_counts("seats", [664, 665], "state")
    rows, runs = (part.ravel() for part in np.indices((3, 2)))
    for place, count in enumerate((664, 665)):
        cells = Draws([1, 2], codes).draw_cells("seats", 7, "state", (rows, runs), np.full(6, count))
        np.testing.assert_array_equal(made[place].ravel(), cells)
