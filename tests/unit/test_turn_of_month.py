"""The turn of a month and of a year: levers, seats and facts hold in the months in which they should, no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from demarche.arrays import REAL
from demarche.cast.cast import Cast
from demarche.engine.membership import lay_seats, state_order
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.contract import Rule
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.world import World
from tests.conftest import make_setup
from tests.unit.test_runner import write_tiny

SCENARIO = """\
title: Levers with dates
cast: casts/china_1989.yaml
period: {start: 1989-11, end: 1990-10}
accounts: [strategic_target]
arms:
  plain: {}
  spell:
    phases:
      - {from: 1990-03, until: 1990-05, channel_mix: {FRA: {vocal: 1.0}}}
      - {from: 1990-05, until: 1990-08, channel_mix: {FRA: {vocal: 0.25}}}
  late: {from: 1990-04, coordination: 0.9}
  always: {channel_mix: {FRA: {vocal: 0.5}}}
outcomes: [releases]
"""


def by_month(setup: Setup, arms: Iterable[str], see: Callable[[World], object]) -> list[object]:
    """Return what is seen of the world in each month, when the first rule is about to act."""
    seen: list[object] = []

    def watch(rule: Rule, world: World, act: Callable[[], None]) -> None:
        if len(seen) == simulation.step:
            seen.append(see(world))
        act()

    arms = list(arms)
    runs = Runs(arms, [next(iter(setup.accounts))] * len(arms), [1] * len(arms), {})
    simulation = Simulation(setup, runs, watcher=watch)
    for _ in range(setup.period.n_steps):
        simulation.advance()
    return seen


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    path = write_tiny(tmp_path_factory.mktemp("dated"), scenario=SCENARIO)
    return compile_scenario(load_scenario(path.parents[1] / "scenarios" / "tiny.yaml"))


def lever(setup: Setup, field: str, arms: Iterable[str], code: str = "") -> dict[str, list[float]]:
    """Return the value of a lever field by month, of each arm; all arms run side by side."""

    def see(world: World) -> np.ndarray:
        values = world[field]
        row = values[world.codes["state"].index(code)] if code else values
        return np.broadcast_to(row, (world.n_runs,)).copy()

    arms = list(arms)
    months = by_month(setup, arms, see)
    return {arm: [float(month[position]) for month in months] for position, arm in enumerate(arms)}  # type: ignore[index]


def test_a_lever_holds_from_its_first_month_to_its_last(dated: Setup) -> None:
    """Months from 1989-11 on: March 1990 is step 4; where phases overlap, the later one holds."""
    free = float("nan")
    found = lever(dated, "lever_vocal", ["plain", "spell", "late", "always"], "FRA")
    np.testing.assert_array_equal(found["plain"], [free] * 12)
    np.testing.assert_array_equal(found["spell"], [free] * 4 + [1.0] * 2 + [0.25] * 4 + [free] * 2)
    np.testing.assert_array_equal(found["late"], [free] * 12)
    np.testing.assert_array_equal(found["always"], [0.5] * 12)


def test_a_lever_of_an_arm_alone_holds_in_the_same_months(dated: Setup) -> None:
    free = float("nan")
    found = lever(dated, "lever_vocal", ["spell", "spell"], "FRA")
    np.testing.assert_array_equal(found["spell"], [free] * 4 + [1.0] * 2 + [0.25] * 4 + [free] * 2)
    world = lever(dated, "lever_coordination", ["late", "plain"])
    np.testing.assert_array_equal(world["late"], np.array([free] * 5 + [0.9] * 7, dtype=REAL))
    np.testing.assert_array_equal(world["plain"], [free] * 12)


def test_nobody_else_is_bound(dated: Setup) -> None:
    for code in ("DEU", "USA"):
        assert np.isnan(lever(dated, "lever_vocal", ["spell", "always"], code)["always"]).all()


@pytest.mark.parametrize("parting", [0, 1, 7])
def test_arms_part_in_the_month_that_is_named(cast: Cast, parting: int) -> None:
    found = lever(make_setup(cast, 9, from_step=parting), "lever_quiet", ["quiet", "as_it_was"], "USA")
    np.testing.assert_array_equal(found["quiet"], [np.nan] * parting + [1.0] * (9 - parting))


def seated(cast: Cast, year: int) -> set[str]:
    return {code for code, has in zip(cast.state_codes, cast.seats(year)[1], strict=True) if has}


def test_seats_are_those_of_this_year_and_of_the_coming_session(cast: Cast) -> None:
    """Thirty-five months with sessions in February or March: until a session, the seats of its year are the next."""
    setup = make_setup(cast, 35)
    period, sessions = setup.period, setup.arms["as_it_was"].calendar.steps("session")

    def see(world: World) -> tuple[set[str], set[str]]:
        codes = world.codes["state"]
        return tuple(  # type: ignore[return-value]
            {code for code, has in zip(codes, world[field][:, 0], strict=True) if has}
            for field in ("has_seat", "has_next_seat")
        )

    found = by_month(setup, ["as_it_was"] * 2, see)
    assert len(found) == 35
    for step, (now, coming) in enumerate(found):  # type: ignore[misc]
        following = next(session for session in sessions if session >= step)
        assert now == seated(cast, period.month(step).year), period.month(step)
        assert coming == seated(cast, period.month(following).year), period.month(step)
    assert sum(now != coming for now, coming in found) > 20  # type: ignore[misc]


def holders(seats: dict[int, list[int]], period: Period, month: int, years: tuple[int, ...]) -> list[str]:
    """Return who holds a seat now and in the coming session, by step: letters in the order of the states."""
    n_states = len(next(iter(seats.values())))
    cast = SimpleNamespace(seats=lambda year: (None, np.array(seats[year])), last_seated=max(seats))
    events = tuple(CalendarEvent(f"s{year}", "session", Month(year, month)) for year in years)
    world = {"has_seat": np.zeros((n_states, 1)), "has_next_seat": np.zeros((n_states, 1))}
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("demarche.engine.membership.state_order", lambda _: np.arange(n_states))
        for step in range(period.n_steps):
            lay_seats(world, cast, Calendar(period, events), step)  # type: ignore[arg-type]
            found.append("".join("ABC"[int(world[name].argmax())] for name in ("has_seat", "has_next_seat")))
    return found


def test_seats_of_a_session_in_december_are_of_its_own_year() -> None:
    """Sessions in December 2000 and 2001; the seat moves from A to B with the year, and to C in 2002."""
    seats = {2000: [1, 0, 0], 2001: [0, 1, 0], 2002: [0, 0, 1]}
    found = holders(seats, Period(Month(2000, 11), 16), 12, (2000, 2001))
    # November and December 2000; January to December 2001; January and February 2002, after the last session
    assert found == ["AA"] * 2 + ["BB"] * 12 + ["CC"] * 2


def test_the_seat_after_a_session_is_the_next_ones() -> None:
    """Sessions in February 2000 and 2001: from March 2000 on the next seat is that of 2001."""
    found = holders({2000: [1, 0], 2001: [0, 1]}, Period(Month(2000, 1), 14), 2, (2000, 2001))
    assert found == ["AA"] * 2 + ["AB"] * 10 + ["BB"] * 2


def test_facts_of_a_year_hold_from_january_on(cast: Cast) -> None:
    setup = make_setup(cast, 21)
    order = state_order(cast)
    names = ("ideal_point", "agree_focal", "democracy", "economic_weight", "aid_need", "trade_exposure")
    found = by_month(setup, ["as_it_was"] * 2, lambda world: {name: world[name][:, 0].copy() for name in names})
    changed = set()
    for step, seen in enumerate(found):
        year = setup.period.month(step).year
        for name in names:
            expected = cast.yearly(name, year)[order]
            np.testing.assert_allclose(seen[name], expected, atol=1e-12, err_msg=f"{name}, step {step}")  # type: ignore[index]
            if not np.array_equal(expected, cast.yearly(name, year - 1)[order]) and year > 1989:
                changed.add(name)
    assert len(changed) > 3


def test_the_period_of_the_file_is_the_period_of_the_run(dated: Setup, tmp_path: Path) -> None:
    assert (str(dated.period.start), dated.period.n_steps, str(dated.period.end)) == ("1989-11", 12, "1990-10")
