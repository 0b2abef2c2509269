"""Laws of dates after the record: visits and entry into the trade organisation come at their rates, in each run."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.support.accounts import document_accounts

from demarche.cast.cast import Cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.find import get_rule
from demarche.world.calendar import Calendar, Month, Period

RUNS, START, YEARS = 256, Month(1998, 1), 7
OWN = {"senders.visits_begin", "senders.visits", "world.enters_trade_organisation"}


def watched(cast: Cast, n_steps: int = 12 * YEARS, start: Month = START) -> tuple[np.ndarray, np.ndarray]:
    """Return meetings `(n_steps, n_senders, n_runs)` and entries `(n_steps, n_runs)` where these rules act alone."""
    period = Period(start, n_steps)
    setup = Setup(cast, period, {"arm": ArmSetup("arm", Calendar(period, tuple(cast.events)))}, document_accounts())
    simulation = Simulation.of(setup, "arm", "strategic_target", list(range(RUNS)))
    entries = [entry for entry in simulation.entries if entry.rule.id in OWN]
    assert len(entries) == len(OWN)
    meets, enters = [], []
    for step in range(n_steps):
        simulation._clear_month(step)
        simulation._turn_year(step)
        simulation.world.touch()
        for entry in entries:
            if simulation.calendar.is_due(entry.rule.when, step):
                entry.act(step)
        meets.append(simulation.world["meets"][: simulation.world.n_senders] > 0)
        enters.append(simulation.world["trade_entry"] > 0)
    return np.array(meets), np.array(enters)


@pytest.fixture(scope="module")
def dates(cast: Cast) -> tuple[np.ndarray, np.ndarray]:
    return watched(cast)


def test_visits_of_the_record_are_those_of_its_calendar(cast: Cast, dates: tuple[np.ndarray, np.ndarray]) -> None:
    known = [START.steps_to(event.month) for event in cast.events if event.kind == "summit" and event.month >= START]
    assert set(np.flatnonzero(dates[0][:12].any(axis=(1, 2)))) == set(known)
    assert (dates[0][:12] == dates[0][:12, :, :1]).all(), "the same in every run"


def test_later_visits_come_at_their_rate_and_differ_by_run(dates: tuple[np.ndarray, np.ndarray]) -> None:
    """Counts of a Poisson process: four standard errors; senders that are none in a year take a little away."""
    later = dates[0][12:].sum(axis=1)
    rate = next(one.default for one in get_rule("senders.visits_begin").parameters if one.name == "a_year")
    expected = rate * (YEARS - 1)
    error = 4.0 * np.sqrt(expected / RUNS)
    assert expected - error - 0.05 * expected < later.sum(axis=0).mean() < expected + error
    assert later.sum(axis=0).var() / later.sum(axis=0).mean() == pytest.approx(1.0, abs=0.4)
    months = later.sum(axis=1)
    assert np.corrcoef(np.arange(len(months)), months)[0, 1] ** 2 < 0.25, "neither bunched nor thinning out"
    assert (later != later[:, :1]).any()


def test_entry_comes_once_at_its_rate_after_the_record(dates: tuple[np.ndarray, np.ndarray]) -> None:
    """The share of runs in after six years at a tenth a year is 0.47; four standard errors are 0.125."""
    enters = dates[1]
    assert not enters[:12].any(), "on record there was none"
    assert enters.sum(axis=0).max() == 1
    assert enters.any(axis=0).mean() == pytest.approx(1.0 - 0.9 ** (YEARS - 1), abs=0.125)


def test_a_cast_that_names_neither_draws_visits_from_the_start_and_never_enters(cast: Cast) -> None:
    bare = dataclasses.replace(
        cast, visits=None, trade_organisation=None, events=tuple(e for e in cast.events if e.kind != "summit")
    )
    meets, enters = watched(bare, 24)
    assert meets[:12].any()
    assert not enters.any()


def test_a_date_that_the_case_gives_holds(cast: Cast) -> None:
    given = next(event for event in cast.events if event.kind == "session")
    entry = dataclasses.replace(given, code="entry", kind="trade_accession", month=Month(1998, 4), actors=())
    dated = dataclasses.replace(cast, trade_organisation=None, events=(*cast.events, entry))
    enters = watched(dated, 12)[1]
    assert enters[3].all()
    assert enters.sum() == RUNS
