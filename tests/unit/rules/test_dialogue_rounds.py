"""Rules on rounds of dialogue, their substance and what they do over the years."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

ROUND = 2
HELD = [0, 1, 0, 0, 0, 0]


def test_rounds_come_once_or_twice_a_year_in_running_dialogues() -> None:
    held = np.zeros(6)
    for month in range(24):
        bench = RuleBench(has_dialogue=[0, 1, 1, 0, 0, 0], dialogue_suspended=[0, 0, 1, 0, 0, 0], dialogue_months=month)
        held += bench.act("dialogue.rounds_due")["round_held"][:, 0]
    assert 2 <= held[1] <= 4
    assert not held[[0, 2, 3]].any()


def rounds_left(rule_id: str, **fields: object) -> float:
    bench = RuleBench(n_runs=128, round_held=HELD, **fields)
    bench.act(rule_id)
    return float(bench.world["round_held"][1].mean())


def test_open_terms_make_rounds_fall_through() -> None:
    closed = rounds_left("dialogue.walkout", term_secrecy=1.0)
    half, full = (rounds_left("dialogue.walkout", term_agenda=x, term_secrecy=1 - x, term_ngo_seat=x) for x in (0.5, 1))
    assert 1.0 == closed > half > full > 0
    assert RuleBench(term_agenda=1).silent("dialogue.walkout")


def test_conditions_hold_rounds_until_they_are_earned() -> None:
    assert rounds_left("dialogue.earned_rounds") == 1.0
    assert rounds_left("dialogue.earned_rounds", term_conditions=1.0) < 0.3
    assert rounds_left("dialogue.earned_rounds", term_conditions=1.0, recent_concessions=1.0) == 1.0


def test_a_round_opens_with_statements() -> None:
    bench = RuleBench(round_held=HELD, dialogue_substance=0.7)
    bench.act("dialogue.round_opens")
    assert (bench.world["dialogue_event"][:, 0] == np.array(HELD) * ROUND).all()
    assert (bench.world["dialogue_substance"][:3, 0] == [0.7, 0.1, 0.7]).all()


@pytest.mark.parametrize(
    ("rule_id", "on", "off"),
    [
        ("dialogue.open_terms", {"term_agenda": 1, "term_secrecy": 0}, {"term_agenda": 0, "term_secrecy": 1}),
        ("dialogue.equal_respect", {"public_stance": 0}, {"public_stance": 1}),
        ("dialogue.mutual_account", {"commitment": 0.5, "credibility": 0.8}, {"commitment": 0}),
        ("dialogue.watched_engagement", {"ngo_access": 0.5, "term_secrecy": 0}, {"ngo_access": 0}),
    ],
)
def test_what_gives_a_round_substance(rule_id: str, on: dict[str, float], off: dict[str, float]) -> None:
    change = RuleBench(round_held=HELD, **on).act(rule_id)["dialogue_substance"]
    assert (change[1] > 0).all()
    assert not change[2].any()
    assert RuleBench(round_held=HELD, **off).silent(rule_id)
    assert RuleBench(**on).silent(rule_id)


@pytest.mark.parametrize(
    ("rule_id", "field", "sign", "rest"),
    [
        ("dialogue.divides", "coordination_change", -1, {"coordination": 0.5}),
        ("dialogue.berne", "coordination_change", -1, {"coordination": 0.5}),
        ("dialogue.moves_out_of_forums", "institution_scrutiny_change", -1, {}),
    ],
)
def test_what_running_tracks_do(rule_id: str, field: str, sign: int, rest: dict[str, object]) -> None:
    change = RuleBench(dialogue_tracks=0.5, **rest).act(rule_id)[field]
    assert change.any()
    assert not (np.sign(change) == -sign).any()
    assert RuleBench(dialogue_tracks=0, **rest).silent(rule_id)


def test_talks_satisfy_partners() -> None:
    change = RuleBench(has_dialogue=HELD, sender_will=0.5).act("dialogue.satisfies")["sender_will_change"]
    assert (change[1] < 0).all()
    assert not change[2].any()
    assert RuleBench(has_dialogue=1, dialogue_suspended=1, sender_will=0.5).silent("dialogue.satisfies")


def test_public_rounds_move_citizens() -> None:
    change = RuleBench(round_held=HELD, term_secrecy=0.2, awareness=0.4).act("dialogue.published_terms")
    assert (change["mobilisation_change"] > 0).all()
    assert RuleBench(round_held=HELD, term_secrecy=1, awareness=0.4).silent("dialogue.published_terms")
