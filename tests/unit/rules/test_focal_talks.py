"""Talks as a bargain: offers, pledges, terms, rounds, breaking off and resumption."""

from __future__ import annotations

import pytest

from demarche.rules.kit.codes import codes_of
from tests.support.precision import ROUNDING
from tests.support.rule_bench import RuleBench

EVENT = codes_of("dialogue_event")
SESSION = [("session", 12)]
ALL = [0, 1, 1, 1, 1, 1]


def offers(step: int = 0, **fields: object) -> list[float]:
    """Return the utility of talks `(n_states,)` for senders that may be offered some."""
    given = {"may_be_offered": ALL, "exports_index": 1.0}
    bench = RuleBench(**(given | fields))
    return bench.act("focal.offers_now_and_then", step=step, events=SESSION)["offer_talks_utility"][1, :, 0].tolist()


def test_offers_are_rare_and_barred_while_one_stands_or_a_pledge_holds() -> None:
    plain = offers()
    assert plain[0] == 0  # not considered
    assert -8 < plain[1] < -4
    assert offers(dialogue_offered=[0, 1, 0, 0, 0, 0])[1] < -100
    assert offers(has_pledge=[0, 1, 0, 0, 0, 0])[1] < -100
    assert offers(may_be_offered=[0, 3, 1, 1, 1, 1])[1] == pytest.approx(plain[2] + 1.1, abs=0.02)
    assert offers(step=10)[1] < -100 < offers(step=9)[1]  # none between the list and the session


def test_what_was_broken_off_is_offered_again_after_half_a_year() -> None:
    suspended = {"has_dialogue": 1.0, "dialogue_suspended": 1.0}
    assert offers(**suspended, months_suspended=5)[1] < -100
    assert offers(**suspended, months_suspended=6)[1] > offers()[1]


def test_likely_sponsors_are_offered_talks_before_a_close_session_only() -> None:
    fields = {"lacks_talks": 1.0, "sponsor_case": [0, 1, -1, 2, 0, 0], "votes_so_far": 1}
    close = RuleBench(**fields, motion_margin=2).act("focal.offers_against_motions", ratio=4.0)
    assert close["offer_talks_utility"][1, :, 0] == pytest.approx([0, 1.386, 0, 1.386, 0, 0], abs=1e-3)
    assert RuleBench(**fields, motion_margin=9).silent("focal.offers_against_motions")


def agreed(step: int, **fields: object) -> RuleBench:
    given = {"dialogue_offered": [0, 1, 2, 1, 0, 0], "accept_talks_choice": [0, 1, 1, 0, 1, 0]}
    bench = RuleBench(**(given | fields))
    bench.act("focal.talks_agreed", step=step, events=SESSION, resumption_credit=0.4)
    return bench


def test_outside_the_season_talks_begin_at_once() -> None:
    world = agreed(0).world
    assert world["has_dialogue"][:, 0].tolist() == [0, 1, 1, 0, 0, 0]
    assert world["dialogue_event"][:, 0].tolist() == [0, EVENT["started"], EVENT["started"], EVENT["declined"], 0, 0]
    assert not world["has_pledge"].any()
    assert world["favour"][:, 0] == pytest.approx([0, 0, 0.8, 0, 0, 0], abs=ROUNDING)  # a contract
    assert not world["dialogue_offered"].any()


def test_in_the_season_an_acceptance_is_a_pledge() -> None:
    world = agreed(8).world
    assert not world["has_dialogue"].any()
    assert world["has_pledge"][:, 0].tolist() == [0, 1, 1, 0, 0, 0]


def test_resumption_costs_a_pledge_and_is_booked() -> None:
    world = agreed(0, has_dialogue=[0, 1, 0, 0, 0, 0], dialogue_suspended=[0, 1, 0, 0, 0, 0]).world
    assert world["dialogue_event"][1, 0] == EVENT["resumed"]
    assert world["has_pledge"][:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    assert world["resumption_booked"][:, 0] == pytest.approx([0, 0.4, 0, 0, 0, 0])
    assert world["dialogue_suspended"].sum() == 0


def test_a_kept_pledge_starts_talks_and_a_broken_one_does_not() -> None:
    bench = RuleBench(has_pledge=[0, 1, 1, 1, 0, 0], is_sponsor=[0, 0, 1, 0, 0, 0], has_dialogue=[0, 0, 0, 1, 0, 0])
    bench.act("focal.pledges_settled")
    event = [0, EVENT["started"], EVENT["pledge_broken"], EVENT["pledge_kept"], 0, 0]
    assert bench.world["dialogue_event"][:, 0].tolist() == event
    assert bench.world["has_dialogue"][:, 0].tolist() == [0, 1, 0, 1, 0, 0]
    assert not bench.world["has_pledge"].any()


def test_terms_are_those_that_were_asked_for_and_granted() -> None:
    bench = RuleBench(terms_on_table=[0, 1, 0, 0, 0, 0], term_secrecy=1.0, term_agenda=[0, 1, 1, 0, 0, 0])
    bench.world["ask_terms_choice"][...] = 0
    bench.world["grant_terms_choice"][...] = 0
    bench.world["ask_terms_choice"][[0, 1], 1] = 1
    bench.world["grant_terms_choice"][[1, 2], 1] = 1
    bench.act("focal.terms_settled")
    names = ("term_agenda", "term_secrecy", "term_ngo_seat", "term_conditions")
    assert [bench.world[name][1, 0] for name in names] == [0, 0, 0, 0]
    assert [bench.world[name][2, 0] for name in names] == [1, 1, 0, 0]
    assert bench.world["terms_granted"].tolist() == [1] * 8


def test_rounds_are_due_every_half_year_of_running_talks() -> None:
    due = []
    for months in range(13):
        talks = {"has_dialogue": [0, 1, 1, 0, 0, 0], "dialogue_suspended": [0, 0, 1, 0, 0, 0]}
        bench = RuleBench(**talks, dialogue_months=months)
        bench.act("focal.rounds_due")
        due.append(bench.world["round_due"][:, 0].tolist())
    assert [row[1] for row in due] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert not any(row[2] or row[3] for row in due)


def test_a_round_under_conditions_has_to_be_earned() -> None:
    fields = {"round_due": 1.0, "hold_round_choice": [1, 1, 1, 0, 1, 1], "term_conditions": [0, 0, 1, 0, 1, 1]}
    bench = RuleBench(**fields, yield_persons=[0, 0, 0, 0, 1, 0], results_booked=[0, 0, 0, 0, 0, 0.6])
    bench.act("focal.rounds_held", draws={"earned": 0.5})
    assert bench.world["round_held"][:, 0].tolist() == [1, 1, 0, 0, 1, 1]
    assert bench.world["dialogue_event"][2, 0] == EVENT["cancelled"]


def test_causes_to_break_off() -> None:
    running = {"has_dialogue": [0, 1, 1, 1, 0, 1], "dialogue_suspended": [0, 0, 0, 0, 0, 1]}
    bench = RuleBench(**running, is_sponsor=[0, 1, 0, 0, 1, 1])
    bench.act("focal.causes_to_break_off", events=[("session", 0), ("security_shock", 0, ("BBB", "DDD"))])
    assert bench.world["suspension_cause"][:, 0].tolist() == [0, 2, 0, 1, 0, 0]
    bench.act("focal.causes_to_break_off", events=[("session", 1)])
    assert not bench.world["suspension_cause"].any()


def test_a_demand_is_answered_by_an_offer_and_stands_until_then() -> None:
    bench = RuleBench(may_be_offered=1.0, demand_open=[0, 1, 1, 0, 0, 0], offer_talks_choice=[0, 1, 0, 2, 0, 0])
    bench.act("focal.offers_laid")
    assert bench.world["demand_open"][:, 0].tolist() == [0, 0, 1, 0, 0, 0]
    assert bench.world["dialogue_offered"][:, 0].tolist() == [0, 1, 0, 2, 0, 0]
    assert not bench.world["may_be_offered"].any()


def test_an_arm_that_refuses_ends_talks() -> None:
    bench = RuleBench(has_dialogue=1.0, has_pledge=1.0, lever_dialogue=[0, -1, 1, 0, 0, 0])
    bench.act("focal.arms_that_refuse")
    assert bench.world["has_dialogue"][:, 0].tolist() == [1, 0, 1, 1, 1, 1]
    assert bench.world["has_pledge"][:, 0].tolist() == [1, 0, 1, 1, 1, 1]
