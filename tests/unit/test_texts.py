"""Shares of runs and sessions with an adopted text: counted on tables made by hand, and on the records of two cases."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from demarche.analysis.texts import Fates, difference, fates_by_account, fates_on_record
from demarche.cast.cast import load_cast
from demarche.errors import DesignError
from demarche.history.record import Record, need_record
from demarche.world.calendar import Month, Period
from tests.conftest import ROOT

TO_1998 = Period(Month(1989, 6), 115)


def made(events: list[tuple[int, int, str, str]], arms: tuple[str, ...] = ("as_it_was",)) -> SimpleNamespace:
    """Return results of three runs, the last of another account, with sessions in steps 9 and 21."""
    runs = pd.DataFrame({"run": [0, 1, 2], "arm": arms * 3, "account": ["a", "a", "b"], "status": "done"})
    dated = pd.DataFrame({"arm": ["as_it_was"] * 3, "kind": ["session", "session", "bid_decision"], "step": [9, 21, 3]})
    table = pd.DataFrame(events, columns=["run", "step", "kind", "detail"])
    return SimpleNamespace(
        path="made", start="1989-06", runs=lambda: runs, calendar=lambda: dated, events=lambda kinds: table,
    )  # fmt: skip


EVENTS = [
    (0, 9, "motion", "no_action_carried"), (0, 21, "motion", "no_action_failed"), (0, 21, "text", "adopted"),
    (1, 9, "motion", "not_tabled"), (1, 21, "motion", "no_action_not_moved"), (1, 21, "text", "rejected"),
    (2, 9, "motion", "no_action_not_moved"), (2, 9, "text", "adopted"), (2, 33, "text", "adopted"),
]  # fmt: skip


def test_sessions_and_runs_are_counted_within_the_window() -> None:
    found = fates_by_account(made(EVENTS), "as_it_was", Month(1989, 6), Month(1991, 12))
    a, b = found["a"], found["b"]
    assert (a.runs, a.sessions, a.with_text) == (2, 2, 1)
    assert (a.tabled, a.buried, a.refused, a.adopted) == (0.75, 0.25, 0.25, 0.25)
    assert (b.runs, b.with_text, b.adopted) == (1, 1, 0.5)
    low, high = a.share[1:]
    assert low < a.share[0] == 0.5 < high


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(DesignError, match="no runs of an arm"):
        fates_by_account(made(EVENTS), "quiet", Month(1989, 6), Month(1991, 12))
    with pytest.raises(DesignError, match="were not kept"):
        fates_by_account(made([]), "as_it_was", Month(1989, 6), Month(1991, 12))
    with pytest.raises(DesignError, match="no session falls"):
        fates_by_account(made(EVENTS), "as_it_was", Month(1989, 6), Month(1989, 12))


def test_the_records_of_two_cases(record: Record) -> None:
    china = fates_on_record(record, TO_1998)
    assert china is not None
    assert (china.sessions, china.with_text, china.adopted) == (9, 0, 0.0)
    assert (china.tabled, china.buried, china.refused) == pytest.approx((7 / 9, 6 / 9, 1 / 9))
    cuba = fates_on_record(need_record(load_cast(ROOT / "scenarios" / "casts" / "cuba_1989.yaml")), TO_1998)
    assert cuba is not None
    assert (cuba.sessions, cuba.with_text, cuba.buried) == (9, 1, 0.0)
    assert cuba.adopted == pytest.approx(8 / 9)
    assert fates_on_record(record, Period(Month(1999, 1), 12)) is None


def fates(runs: int, with_text: int) -> Fates:
    return Fates(runs, 9, 0.0, 0.0, 0.0, 0.0, with_text)


def test_a_difference_has_the_interval_that_newcombe_prints() -> None:
    """56 of 70 against 48 of 80: table II of Newcombe (1998), method 10."""
    mean, low, high = difference(fates(70, 56), fates(80, 48))
    assert (round(mean, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)
    back = difference(fates(80, 48), fates(70, 56))
    assert back == pytest.approx((-mean, -high, -low))
