"""Rules on senders' will, the business voice, and what crowds rights out."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

WESTERN = {
    "ideal_point": [-1.5, 3.0, 1.4, 1.2, 0.5, -1.0],
    "democracy": [0.1, 0.86, 0.85, 0.84, 0.8, 0.2],
    "own_rights": [0.3, 0.7, 0.8, 0.7, 0.5, 0.3],
    "economic_weight": [0.02, 0.25, 0.02, 0.15, 0.002, 0.001],
    "aid_need": [0.9, 0, 0, 0, 0.4, 0.9],
    "is_western": [0, 1, 1, 0, 0, 0],
}


def will_of(bench: RuleBench) -> np.ndarray:
    return bench.world["sender_will"][:, 0]


def test_standing_will_ranks_critics_before_bystanders() -> None:
    bench = RuleBench(**WESTERN)
    bench.act("sender.standing_will", step=0)
    will = will_of(bench)
    assert will[0] == 0.0
    assert 0.7 < will[1] <= 0.9
    assert 0.4 < will[2] < 0.7
    assert 0.3 < will[3] < will[2]
    assert max(will[4], will[5]) < 0.1


def test_standing_will_returns_each_year_and_follows_effort() -> None:
    bench = RuleBench(**WESTERN, sender_will=0.0)
    first = bench.act("sender.standing_will", step=12)["sender_will_change"]
    assert (first[1] > 0.3).all()
    bench.set(lever_effort=2.0, sender_will_change=0)
    assert (bench.act("sender.standing_will", step=12)["sender_will_change"][2] > first[2]).all()


def test_standing_will_is_silent_without_strength() -> None:
    assert RuleBench(**WESTERN, sender_will=0.3).silent("sender.standing_will", step=0, strength=0)


def test_starting_credit_follows_own_record() -> None:
    bench = RuleBench(**WESTERN)
    bench.act("sender.starting_credit")
    assert (np.diff(bench.world["credibility"][[5, 4, 1], 0]) > 0).all()


@pytest.mark.parametrize(("headline", "sign"), [(0.6, 1), (0.1, -1), (0.22, 0)])
def test_news_moves_the_will_of_those_who_care(headline: float, sign: int) -> None:
    change = RuleBench(headline=headline, sender_will=[0, 0.6, 0.6, 0, 0, 0]).act("sender.will_moves")
    assert (np.sign(change["sender_will_change"][1].round(9)) == sign).all()
    assert not change["sender_will_change"][3].any()


def test_interest_lapses_only_under_a_security_need() -> None:
    bench = RuleBench(sender_will=0.5, security_salience=[0, 1, 0, 0, 0, 0])
    change = bench.act("sender.interest_lapses")["sender_will_change"]
    assert (change[1] < 0).all()
    assert not change[2].any()


def test_practical_dividends_need_business_ties() -> None:
    bench = RuleBench(sender_will=0.5, message_credibility=0.6, business_pull=[0, 0.5, 0, 0, 0, 0])
    change = bench.act("sender.practical_dividends")["sender_will_change"]
    assert (change[1] > 0).all()
    assert not change[2].any()


def test_trade_gives_business_a_voice_against_will() -> None:
    bench = RuleBench(trade_exposure=[0, 0.05, 0, 0, 0, 0], export_share=[0, 0.03, 0, 0, 0, 0], sender_will=0.5)
    start = bench.act("target.business_voice", step=0)
    assert (start["business_pull"][1] > 0.5).all()
    assert not start["business_pull"][2].any()
    later = bench.act("target.business_voice", step=12)["sender_will_change"]
    assert (later[1] < 0).all()
    assert not later[2].any()
