"""The measures, taken on the record, give the values that the case states, and those that were found by hand."""

from __future__ import annotations

import pytest
from hand_made import HISTORY
from tests.conftest import ROOT

from demarche.cast.cast import load_cast
from demarche.history.as_tables import NAME, measure_record, record_tables, surroundings_of
from demarche.history.patterns.kit.lists import sponsor_lists
from demarche.history.patterns.kit.roll_calls import CAST, continuing, margin_parts, ranked

WINDOW = (1990, 1998)
RECORD = record_tables(HISTORY).slice(NAME, NAME)
VALUES = measure_record(HISTORY, surroundings_of(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml")))


def _votes(without: tuple[str, ...] = ()):
    events = RECORD.events_of("vote_no_action", WINDOW)
    return ranked(events[~events["step"].isin([RECORD.step(month) for month in without])])


@pytest.mark.parametrize("pattern", [p for p, keys in HISTORY.patterns.items() if keys.record is not None])
def test_the_value_of_the_record_is_what_the_measure_gives_on_it(pattern: str) -> None:
    assert VALUES[pattern] == pytest.approx(HISTORY.patterns[pattern].record, abs=0.0006, rel=0.002)


@pytest.mark.parametrize("pattern", ["P01", "P07", "P08", "P26", "P33"])
def test_the_record_lies_within_the_ends_that_it_can_be_held_to(pattern: str) -> None:
    low, high = HISTORY.patterns[pattern].within
    assert low <= VALUES[pattern] <= high


def test_p05_nine_to_thirteen_percent_switch_and_26_of_28_through_abstention() -> None:
    pairs = continuing(_votes())
    pairs = pairs[pairs["before"].isin(CAST) & pairs["after"].isin(CAST)]
    switched = pairs[pairs["before"] != pairs["after"]]
    by_interval = (pairs["before"] != pairs["after"]).groupby(pairs["rank"]).mean()
    assert len(by_interval) == 6
    assert 0.085 <= by_interval.min() < by_interval.max() <= 0.1305
    assert len(switched) == 28
    assert int(((switched["before"] == "abstain") | (switched["after"] == "abstain")).sum()) == 26


def test_p06_rotation_moved_23_votes_and_switching_11() -> None:
    sums = margin_parts(_votes())[["rotation", "switching"]].abs().sum()
    assert sums.to_dict() == {"rotation": 23.0, "switching": 11.0}


def test_p06_without_the_enlargement_and_the_recalled_list_it_is_11_and_11() -> None:
    sums = margin_parts(_votes(without=("1990-03", "1996-04")))[["rotation", "switching"]].abs().sum()
    assert sums.to_dict() == {"rotation": 11.0, "switching": 11.0}


def test_p10_sponsors_fell_from_26_to_15_to_none() -> None:
    lists = sponsor_lists(RECORD, WINDOW)
    sizes = lists.decisions.merge(lists.members.groupby("step").size().rename("size").reset_index(), how="left")
    assert sizes["size"].fillna(0).tolist()[-3:] == [26, 15, 0]


def test_patterns_that_the_documents_give_away_say_so() -> None:
    assert [name for name, keys in HISTORY.patterns.items() if keys.given] == ["P01", "P13"]
    assert len(HISTORY.judging.given_away) == 4
