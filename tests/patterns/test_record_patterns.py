"""The checks, taken on the record, must give the values that were measured by hand."""

from __future__ import annotations

import pytest
from tests.conftest import ROOT

from demarche.cast.cast import load_cast
from demarche.history.patterns.sponsors import sponsor_lists
from demarche.history.patterns.votes import CAST, continuing, margin_parts, ranked
from demarche.history.record import need_record
from demarche.history.record_tables import NAME, check_record, record_tables

WINDOW = (1990, 1998)
HISTORY = need_record(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"))
RECORD = record_tables(HISTORY).slice(NAME, NAME)
VERDICTS = {verdict.pattern: verdict for verdict in check_record(HISTORY)}


def _votes(without: tuple[str, ...] = ()):
    events = RECORD.events_of("vote_no_action", WINDOW)
    return ranked(events[~events["step"].isin([RECORD.step(month) for month in without])])


def test_p02_yes_share_is_0569_with_a_range_of_050_to_064() -> None:
    mean, inside = VERDICTS["P02"].measured
    assert mean == pytest.approx(0.569, abs=0.0005)
    assert inside == 1.0
    assert VERDICTS["P02"].note == "range over years 0.50 to 0.64"


def test_p05_nine_to_thirteen_percent_switch_and_26_of_28_through_abstention() -> None:
    pairs = continuing(_votes())
    pairs = pairs[pairs["before"].isin(CAST) & pairs["after"].isin(CAST)]
    switched = pairs[pairs["before"] != pairs["after"]]
    by_interval = (pairs["before"] != pairs["after"]).groupby(pairs["rank"]).mean()
    assert len(by_interval) == 6
    assert 0.085 <= by_interval.min() < by_interval.max() <= 0.1305
    assert len(switched) == 28
    assert int(((switched["before"] == "abstain") | (switched["after"] == "abstain")).sum()) == 26
    assert VERDICTS["P05"].measured == pytest.approx((28 / 254, 2 / 28))


def test_p06_rotation_moved_23_votes_and_switching_11() -> None:
    sums = margin_parts(_votes())[["rotation", "switching"]].abs().sum()
    assert sums.to_dict() == {"rotation": 23.0, "switching": 11.0}
    assert VERDICTS["P06"].measured == pytest.approx(23 / 34)


def test_p06_without_the_enlargement_and_the_recalled_list_it_is_11_and_11() -> None:
    sums = margin_parts(_votes(without=("1990-03", "1996-04")))[["rotation", "switching"]].abs().sum()
    assert sums.to_dict() == {"rotation": 11.0, "switching": 11.0}


def test_p06_the_recovery_of_1996_comes_from_changed_membership() -> None:
    recovery = margin_parts(_votes()).iloc[4]
    assert recovery.to_dict() == {"change": 7.0, "switching": 0.0, "rotation": 7.0}
    direct = margin_parts(_votes(without=("1996-04",))).iloc[-1]
    assert direct["rotation"] == direct["switching"] == 5.0


def test_p09_none_of_the_ex_sponsors_turned_to_yes() -> None:
    assert VERDICTS["P09"].measured == 0.0
    assert VERDICTS["P09"].note == "8 votes"


def test_p10_sponsors_fell_from_26_to_15_to_none() -> None:
    lists = sponsor_lists(RECORD, WINDOW)
    sizes = lists.decisions.merge(lists.members.groupby("step").size().rename("size").reset_index(), how="left")
    assert sizes["size"].fillna(0).tolist()[-3:] == [26, 15, 0]
    assert VERDICTS["P10"].measured == (1.0, 1.0)


def test_p19_and_p37_flat_after_a_quick_rebound() -> None:
    slope, _ = VERDICTS["P19"].measured
    assert slope == pytest.approx(-0.0051, abs=0.0001)
    share, after = VERDICTS["P37"].measured
    assert share == pytest.approx(0.99, abs=0.005)
    assert after == pytest.approx(-0.0036, abs=0.0001)


def test_p23_releases_are_three_times_as_frequent_before_deadlines() -> None:
    assert VERDICTS["P23"].measured == pytest.approx(3.04, abs=0.01)


@pytest.mark.parametrize("pattern", [p for p, band in HISTORY.patterns.items() if band.record])
def test_bands_quote_the_value_that_the_check_gives_on_the_record(pattern: str) -> None:
    quoted = HISTORY.patterns[pattern].record
    measured = VERDICTS[pattern].measured
    measured = measured if isinstance(measured, tuple) else (measured,)
    assert list(measured)[: len(quoted)] == pytest.approx(quoted, abs=0.006, rel=0.02)


def test_the_record_passes_every_gate_that_it_can_be_held_to() -> None:
    verdicts = {pattern: verdict.verdict for pattern, verdict in VERDICTS.items()}
    assert verdicts.pop("P34") == "not applicable"
    assert set(verdicts.values()) == {"pass"}


def test_weak_measures_on_the_record_say_so() -> None:
    for pattern in ("P16", "P19", "P24"):
        assert len(VERDICTS[pattern].note) > 30
