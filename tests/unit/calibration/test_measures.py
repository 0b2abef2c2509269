"""Facts and numbers of the record: what they are, and that none sees beyond its date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche.analysis.calibration.facts import recorded
from demarche.analysis.calibration.measures import axes_of, cut, cuts, history_of, judged, levels_until, patterns_until
from demarche.cast.cast import Cast
from demarche.history.as_tables import NAME, record_tables, surroundings_of
from demarche.history.record import Record

DATE = 1994


def test_facts_of_the_record_are_those_of_its_tables(cast: Cast, record: Record) -> None:
    history = history_of(cast, record)
    years = history.axes.years
    tabled = {motion.year: float(motion.tabled) for motion in record.motions}
    assert history.facts["tabling"][0, 0].tolist() == [tabled[year] for year in years]
    for motion in record.motions:
        votes = history.facts["votes"][0, :, years.index(motion.year)]
        said = (motion.yes or 0, motion.no or 0, motion.abstain or 0)
        assert [int((votes == value).sum()) for value in (1.0, -1.0, 0.0)] == list(said)
    assert history.facts["releases"].sum() == 10
    assert history.facts["treaty_acts"].sum() == 4


def test_an_incomplete_list_tells_who_was_on_it_alone(cast: Cast, record: Record) -> None:
    history = history_of(cast, record)
    known = np.isfinite(history.facts["sponsors"][0]).sum(axis=0)
    complete = [year for year, n in zip(history.axes.years, known, strict=True) if n == len(history.axes.states)]
    assert complete == [1996, 1997]
    assert known[history.axes.years.index(1995)] == 20


def test_numbers_until_the_end_are_those_of_the_scorecard(cast: Cast, record: Record) -> None:
    history = history_of(cast, record)
    last = history.until[history.last]
    values = dict(zip(last.names, last.values[0], strict=True))
    for name, keys in judged(record).items():
        if name in values:
            # records of the scorecard are written with four decimals
            assert values[name] == pytest.approx(keys.record, rel=0.005, abs=0.00005), name
    assert {"P02", "P16", "P23", "P32", "tabled", "acts"} <= set(values)


@pytest.mark.parametrize("end", [DATE, 1996])
def test_nothing_after_the_date_is_seen(cast: Cast, record: Record, end: int) -> None:
    """All that the record has after the date is turned into nonsense, and no number to the date moves."""
    runs, axes = record_tables(record).slice(NAME, NAME), axes_of(cast, record)
    last = runs.step(f"{end}-12")
    later = runs.events["step"] > last
    events = runs.events.assign(
        detail=runs.events["detail"].where(~later, "yes"), actor=runs.events["actor"].where(~later, "USA")
    )
    series = runs.series.assign(core_practice=runs.series["core_practice"].where(runs.series["step"] <= last, 0.9))
    other, around = replace(runs, events=events, series=series), surroundings_of(cast)
    before, after = (patterns_until(one, record, around, end).values for one in (runs, other))
    np.testing.assert_array_equal(before, after)
    levels = [levels_until(recorded(record, one, axes), axes, end).values for one in (runs, other)]
    np.testing.assert_array_equal(*levels)
    whole = [patterns_until(one, record, around, axes.years[-1]).values for one in (runs, other)]
    assert not np.array_equal(*whole, equal_nan=True)


def test_tables_end_with_the_date(record: Record) -> None:
    runs = record_tables(record).slice(NAME, NAME)
    known, last = cut(runs, DATE), runs.step(f"{DATE}-12")
    assert known.events["step"].max() <= last < runs.events["step"].max()
    assert known.series["step"].max() == last < runs.series["step"].max()


def test_dates_to_which_is_learned(cast: Cast, record: Record) -> None:
    assert cuts(axes_of(cast, record)) == tuple(range(1992, 1999))
