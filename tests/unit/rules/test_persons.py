"""Slots of persons: who gives way to somebody new, and what is forgotten with them."""

from __future__ import annotations

import numpy as np

from demarche.rules.catalogue.focal.persons import longest
from demarche.rules.kit.codes import status
from tests.support.rule_bench import RuleBench

AT_LIBERTY, UNKNOWN = status("at_liberty"), status("unknown")


def test_whoever_is_longest_at_liberty_is_found_run_by_run() -> None:
    at_liberty = np.array([[True, True], [True, True], [False, True], [True, False]])
    since = np.array([[3.0, 1.0], [1.0, 2.0], [0.0, 3.0], [2.0, 0.0]])
    assert longest(at_liberty, since, np.array([2, 0])).T.tolist() == [[False, True, False, True], [False] * 4]
    nine_and_one = longest(at_liberty, since, np.array([9, 1])).T.tolist()
    assert nine_and_one == [[True, True, False, True], [True, False, False, False]]


def test_where_slots_are_short_whoever_is_longest_at_liberty_gives_way() -> None:
    bench = RuleBench()
    n_persons = len(bench.world["person_status"])
    status_of, since = np.full(n_persons, AT_LIBERTY), np.arange(n_persons) + 20.0  # all known for less than two years
    status_of[:3] = status("detained")
    bench.world["person_status"][...], bench.world["person_since"][...] = status_of[:, None], since[:, None]
    bench.world["asked_until"][...] = 50.0
    bench.act("focal.roll_call", step=40, known=60.0, spare=2.0 / n_persons)
    gone = bench.world["person_status"][:, 0] == UNKNOWN
    assert np.flatnonzero(gone).tolist() == [3, 4]
    asked = bench.world["asked_until"][:, :, 0]
    assert (asked[:, gone] < 0).all(), "who asked for the one does not ask for the other"
    assert (asked[:, ~gone] == 50.0).all()


def patience(**fields: object) -> list[float]:
    """Return who is out of patience after two in vain; the second speaks for persons, the third on labour."""
    bench = RuleBench(patience=2.0, representation_choice=[0, 1, 1, 0, 0, 0], subject_persons=[0, 1, 0, 0, 0, 0],
                      subject_issue=1.0, lists_until=30.0, issue_asked_until=30.0, **fields)  # fmt: skip
    found: list[float] = bench.act("senders.out_of_patience", step=30)["out_of_patience"][:3, 0].tolist()
    return found


def test_patience_ends_after_so_many_lists_or_words_on_the_very_issue_in_vain() -> None:
    words = np.zeros((6, 4, 1))
    words[:, 0] = 9.0  # on another issue
    assert patience(lists_unheard=2.0, issue_unheard=words) == [0, 1, 0]
    words[:, 1] = 2.0
    assert patience(lists_unheard=1.0, issue_unheard=words) == [0, 0, 1]
    assert patience(lists_unheard=1.0, issue_unheard=1.0) == [0, 0, 0]


def test_what_was_asked_for_too_long_ago_is_forgotten() -> None:
    bench = RuleBench(patience=2.0, representation_choice=1, lists_until=29.0, issue_asked_until=29.0,
                      lists_unheard=9.0, issue_unheard=9.0)  # fmt: skip
    assert bench.silent("senders.out_of_patience", step=30)


def listing(**fields: object) -> RuleBench:
    """Return a bench after one sender has handed over a list."""
    bench = RuleBench(spoke_private=[0, 1, 0, 0, 0, 0], subject_persons=[0, 1, 0, 0, 0, 0], word_weight=1.0,
                      asked_until=-1.0, lists_until=-1.0, **fields)  # fmt: skip
    bench.act("senders.lists", step=3)
    return bench


def test_a_list_counts_once_and_each_name_on_it_once() -> None:
    world = listing(person_is_detained=1.0, lever_list_size=4.0).world
    names = int((world["unheard"][1, :, 0] == 1.0).sum())
    assert 0 < names <= 4
    assert world["asks_for_persons"][0] == names == (world["ask_event"][:, 0] > 0).sum()
    assert world["lists_unheard"][:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    assert world["lists_until"][1, 0] == 3 + 24


def test_a_list_without_names_is_none() -> None:
    for fields in ({"lever_list_size": 0.0, "person_is_detained": 1.0}, {"lever_list_size": 4.0}):
        world = listing(**fields).world
        assert not world["lists_unheard"].any()
        assert not world["asks_for_persons"].any()
