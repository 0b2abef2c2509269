"""What moves waverers: each rule acts on them in the direction of its claims and leaves firm votes alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.rule_bench import RuleBench

FIRM, WAVERING = 5.0, 0.0
ASIAN = 1.0

RULES: tuple[tuple[str, int, dict[str, Any], dict[str, Any]], ...] = (
    ("lobbied_votes", 1, {"lobbied": 0.8, "aid_need": 0.9}, {"lobbied": 0.0}),
    ("goodwill_votes", 1, {"goodwill": 0.8, "economic_weight": 0.0001}, {"goodwill": 0.0}),
    ("concession_softens", 1, {"recent_concessions": 0.6}, {"recent_concessions": 0.0}),
    ("permanent_member", 1, {"agree_focal": 0.9, "target_status": 0.5}, {"agree_focal": 0.4}),
    ("condition_free_money", 1, {"aid_need": 0.9, "export_share": 0.2}, {"export_share": 0.0}),
    ("values_front", 1, {"norm_tilt": 0.8, "region": ASIAN, "democracy": 0.2}, {"norm_tilt": 0.3}),
    ("asian_briefing", -1, {"region": ASIAN, "democracy": 0.8, "ngo_network": 0.6, "ngo_budget": 0.5},
     {"ngo_budget": 0.0}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "sign", "trigger", "absent"), RULES)
def test_waverers_move_and_firm_votes_do_not(
    name: str, sign: int, trigger: dict[str, Any], absent: dict[str, Any]
) -> None:
    rule_id = f"coalition.{name}"
    change = RuleBench(**trigger, vote_no_action_utility=WAVERING).act(rule_id)["vote_no_action_utility"]
    assert (sign * change[0, 1:] > 0).all()
    assert (sign * change[2, 1:] < 0).all()
    firm = RuleBench(**trigger, vote_no_action_utility=FIRM).act(rule_id)["vote_no_action_utility"]
    assert abs(firm).max() < 1e-6
    assert RuleBench(**{**trigger, **absent}).silent(rule_id)
    assert RuleBench(**trigger).silent(rule_id, strength=0)


def test_the_caucus_holds_friends_only() -> None:
    bench = RuleBench(skill=0.6)
    bench.world["vote_no_action_utility"][0] = [[0.1]] * 3 + [[-0.1]] * 3
    change = bench.act("coalition.caucus")["vote_no_action_utility"][0]
    assert (change[:3] > 0).all()
    assert not change[3:].any()
    assert RuleBench(skill=0.0).silent("coalition.caucus")


def test_outrage_costs_votes_but_not_the_focal_states_own() -> None:
    change = RuleBench(emergency=0.5).act("coalition.outrage_votes")["vote_no_action_utility"]
    assert (change[0, 1:] < 0).all()
    assert not change[0, 0].any()
    assert RuleBench(emergency=0.0).silent("coalition.outrage_votes")


def test_a_security_dispute_wakes_asian_neighbours() -> None:
    bench = RuleBench(region=[1, 4, 1, 0, 2, 3])
    change = bench.act("coalition.neighbours_grievances", step=6, events=(("security_shock", 2),))
    change = change["vote_no_action_utility"]
    assert (change[0, 2] < 0).all()
    assert not change[0, [0, 1, 3, 4, 5]].any()
    assert bench.silent("coalition.neighbours_grievances", step=40, events=(("security_shock", 2),))
    assert bench.silent("coalition.neighbours_grievances")
