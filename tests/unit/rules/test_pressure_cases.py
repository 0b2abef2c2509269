"""Private lists and public naming."""

from __future__ import annotations

import numpy as np

from tests.support.rule_bench import RuleBench

HALF_FAMOUS = [0.9] * 20 + [0.0] * 20
PRIVATE, PUBLIC, BOTH = 1, 2, 3


def meetings(**fields: object) -> RuleBench:
    defaults = {"channel_event": [0, 1, 1, 1, 1, 1], "sender_will": 1, "person_status": 1, "person_fame": HALF_FAMOUS}
    return RuleBench(64, **{**defaults, **fields})


def campaign(**fields: object) -> RuleBench:
    defaults = {"vocal_pressure": 0.5, "person_status": 1, "person_fame": HALF_FAMOUS}
    return RuleBench(64, **{**defaults, **fields})


def test_lists_name_the_famous_first_and_only_the_detained() -> None:
    listed = meetings(person_status=[1] * 10 + [0] * 10 + [1] * 20).act("pressure.case_lists")["person_listed"]
    assert listed[:10].mean() > listed[20:].mean() > 0
    assert not listed[10:20].any()


def test_longer_lists_reach_more_persons_with_less_weight_each() -> None:
    short = meetings(lever_list_size=4).act("pressure.case_lists")
    long = meetings(lever_list_size=40).act("pressure.case_lists")
    assert long["person_raised"].sum() > short["person_raised"].sum()
    assert long["person_listed"].max() < short["person_listed"].max()


def test_no_private_meeting_no_list() -> None:
    assert meetings(channel_event=[0, 2, 2, 2, 2, 2]).silent("pressure.case_lists")
    assert meetings(sender_will=0).silent("pressure.case_lists")
    assert meetings().silent("pressure.case_lists", strength=0)
    assert not meetings().silent("pressure.case_lists")


def test_naming_follows_public_pressure_and_fame() -> None:
    named = campaign().act("pressure.public_naming")["person_named"]
    louder = campaign(vocal_pressure=1).act("pressure.public_naming")["person_named"]
    assert louder.sum() > named.sum() > 0
    assert not named[20:].any()


def test_campaigns_name_people_where_headlines_are() -> None:
    means = {"vocal_pressure": 0, "ngo_budget": 1, "ngo_network": 1, "person_issue": [0] * 10 + [1] * 30}
    named = campaign(**means, headline=[1, 0, 0, 0]).act("pressure.public_naming")["person_named"]
    assert named[:10].sum() > 0
    assert not named[10:].any()


def test_no_publicity_no_naming() -> None:
    assert campaign(vocal_pressure=0).silent("pressure.public_naming")
    assert campaign().silent("pressure.public_naming", strength=0)


def test_both_routes_show_in_the_event() -> None:
    bench = meetings(vocal_pressure=1, person_fame=1)
    bench.act("pressure.case_lists", strength=2)
    bench.act("pressure.public_naming", strength=2)
    assert {PUBLIC, BOTH} <= set(np.unique(bench.world["person_raised"]))


def test_word_from_outside_heartens_organisers() -> None:
    raised = RuleBench(person_raised=PRIVATE, person_organising=0.5)
    assert (raised.act("pressure.word_reaches_prison")["activist_capacity_change"] > 0).all()
    assert raised.set(activist_capacity_change=0).silent("pressure.word_reaches_prison", strength=0)
    assert RuleBench(person_organising=0.5).silent("pressure.word_reaches_prison")
