"""Pressure as it is voiced, joined and remembered."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

QUIET, VOCAL = 1, 2


def speakers(choice: list[int], **fields: object) -> RuleBench:
    return RuleBench(channel_choice=choice, economic_weight=0.1, credibility=0.8, **fields)


def test_private_and_public_words_add_up_apart() -> None:
    change = speakers([0, 0, QUIET, QUIET, VOCAL, 0]).act("pressure.voice")
    assert (change["quiet_pressure"] > change["vocal_pressure"]).all()
    assert (change["vocal_pressure"] > 0).all()
    assert not change["rival_pressure"].any()
    assert (change["channel_event"][2:5, 0] == [QUIET, QUIET, VOCAL]).all()
    assert (change["public_stance"][4] > 0).all()
    assert not change["public_stance"][2].any()


def test_the_leading_critics_word_weighs_more_and_counts_as_rival_pressure() -> None:
    critic = speakers([0, VOCAL, 0, 0, 0, 0]).act("pressure.voice")
    other = speakers([0, 0, VOCAL, 0, 0, 0]).act("pressure.voice")
    assert (critic["vocal_pressure"] > other["vocal_pressure"]).all()
    np.testing.assert_allclose(critic["rival_pressure"], critic["vocal_pressure"])


def test_the_focal_state_and_silent_states_put_no_pressure() -> None:
    assert speakers([VOCAL, 0, 0, 0, 0, 0]).silent("pressure.voice")


@pytest.mark.parametrize(
    ("rule", "field", "sign", "fields", "quiet_fields"),
    [
        ("pressure.joint", "pressure_effect", 1, {"coordination": 0.9}, {"coordination": 0.5}),
        ("pressure.joint", "pressure_effect", -1, {"coordination": 0.1}, {"pressure_effect": 0}),
        ("pressure.layered", "pressure_effect", 1, {"dialogue_tracks": 0.5, "pressure_memory": 0.5}, {}),
        ("pressure.remembered", "pressure_memory", 1, {"vocal_pressure": 0.3, "un_pressure": 0.3}, {}),
        ("pressure.resentment", "resistance_change", 1, {"rival_pressure": 0.3}, {"vocal_pressure": 0.3}),
        ("pressure.prompts_study", "commitment_change", 1, {"pressure_memory": 0.5}, {}),
        ("pressure.attention_fades", "case_named", -1, {"case_named": 0.5}, {}),
        ("pressure.attention_fades", "case_listed", -1, {"case_listed": 0.5}, {}),
        ("pressure.growth_example", "message_credibility_change", -1, {"growth_rate": 0.1}, {"growth_rate": 0.02}),
    ],
)
def test_direction_and_silence(rule: str, field: str, sign: int, fields: dict, quiet_fields: dict) -> None:
    changed = RuleBench(**fields).act(rule)[field]
    assert (sign * changed >= 0).all()
    assert (sign * changed).max() > 0
    assert RuleBench(**quiet_fields).silent(rule)


@pytest.mark.parametrize("rule", ["joint", "layered", "resentment", "prompts_study", "growth_example"])
def test_no_strength_no_effect(rule: str) -> None:
    bench = RuleBench(coordination=0.9, dialogue_tracks=0.5, pressure_memory=0.5, rival_pressure=0.3, growth_rate=0.1)
    assert not bench.silent(f"pressure.{rule}")
    assert bench.set(pressure_effect=1).silent(f"pressure.{rule}", strength=0)


def test_study_moves_words_in_the_core_only() -> None:
    change = RuleBench(pressure_memory=0.5).act("pressure.prompts_study")["commitment_change"]
    assert (change[:, 0] > 0).tolist() == [True, False, False, True]
