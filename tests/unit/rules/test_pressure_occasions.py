"""Summits, bids, games, the crackdown and security disputes."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench

SUMMIT = (("summit", 10, ("BBB",)),)


def test_a_summit_pulls_when_near_and_with_a_willing_partner() -> None:
    willing = [0, 0.8, 0, 0, 0, 0]
    near = RuleBench(sender_will=willing).act("pressure.summits", step=9, events=SUMMIT)["occasion"]
    assert (near > 0).all()
    assert (RuleBench(sender_will=willing).act("pressure.summits", step=8, events=SUMMIT)["occasion"] < near).all()
    assert RuleBench(sender_will=willing).silent("pressure.summits", step=3, events=SUMMIT)
    assert RuleBench(sender_will=[0, 0, 1, 1, 1, 1]).silent("pressure.summits", step=9, events=SUMMIT)
    assert RuleBench(sender_will=willing).silent("pressure.summits", step=9, events=SUMMIT, strength=0)
    assert RuleBench(sender_will=willing).silent("pressure.summits", step=11, events=SUMMIT)


@pytest.mark.parametrize("kind", ["bid_decision", "games"])
def test_bids_and_games_pull_before_they_come(kind: str) -> None:
    events = ((kind, 10),)
    assert (RuleBench().act("pressure.bids", step=9, events=events)["occasion"] > 0).all()
    assert RuleBench().silent("pressure.bids", step=1, events=events)
    assert RuleBench().silent("pressure.bids", step=9, events=events, strength=0)


def test_games_open_a_window_of_visibility() -> None:
    events = (("games", 60),)
    assert (RuleBench().act("pressure.games_window", step=50, events=events)["media_visibility_change"] > 0).all()
    assert RuleBench().silent("pressure.games_window", step=10, events=events)
    assert RuleBench().silent("pressure.games_window", step=61, events=events)
    assert RuleBench().silent("pressure.games_window", step=50, events=events, strength=0)


def test_a_summit_with_the_leading_critic_reaches_the_public() -> None:
    def bench() -> RuleBench:
        return RuleBench(sender_will=0.8)

    assert (bench().act("pressure.sold_summit", step=10, events=SUMMIT)["awareness_change"] > 0).all()
    assert bench().silent("pressure.sold_summit", step=10, events=(("summit", 10, ("CCC",)),))
    assert bench().silent("pressure.sold_summit", step=10, events=SUMMIT, strength=0)


def test_a_seen_crackdown_sets_off_a_cascade() -> None:
    def bench(visibility: float) -> RuleBench:
        return RuleBench(media_visibility=visibility, democracy=[0, 1, 1, 0.5, 0, 0])

    events = (("crackdown", 10),)
    change = bench(0.8).act("pressure.shock_cascade", step=10, events=events)
    assert (change["sender_will_change"][1] > change["sender_will_change"][3]).all()
    assert not change["sender_will_change"][4].any()
    assert all((change[name] > 0).all() for name in ("target_needs_change", "coordination_change", "un_pressure"))
    assert bench(0.0).silent("pressure.shock_cascade", step=10, events=events)
    assert bench(0.8).silent("pressure.shock_cascade", step=11, events=events)
    assert bench(0.8).silent("pressure.shock_cascade", step=10, events=events, strength=0)


def test_a_security_dispute_hardens() -> None:
    events = (("security_shock", 10),)
    assert (RuleBench().act("pressure.security_shock", step=10, events=events)["resistance_change"] > 0).all()
    assert RuleBench().silent("pressure.security_shock", step=11, events=events)
    assert RuleBench().silent("pressure.security_shock", step=10, events=events, strength=0)
