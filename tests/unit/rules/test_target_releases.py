"""Terms of the release decision that most accounts share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

HOLD, BETTER, RELEASE, EXILE = range(4)


def terms(rule: str, **fields: Any) -> np.ndarray:
    """Return what a rule adds to the utility of each option for the first case and run."""
    return RuleBench(**{"person_status": 1, **fields}).act(f"target.{rule}")["release_utility"][:, 0, 0]


def test_people_are_held_unless_something_speaks_for_them() -> None:
    held = terms("holds")
    assert held[HOLD] == 0
    assert held[1:].max() < -4
    assert terms("holds", person_months=96)[RELEASE] > held[RELEASE]


def test_those_not_detained_can_only_be_left_alone() -> None:
    assert terms("holds", person_status=2)[1:].max() < -500


@pytest.mark.parametrize(
    ("rule", "fields", "signs", "quiet_fields"),
    [
        ("threat_screen", {"person_organising": 0.8}, [0, 0, -1, -1], {"emergency": 1}),
        ("payment", {"trade_pressure": 0.5}, [0, 0, 1, 1], {"person_fame": 0.8}),
        ("payment", {"occasion": 0.5}, [0, 0, 1, 1], {"person_fame": 0.8}),
        ("exile_pays", {"person_fame": 0.8}, [0, 0, 0, 1], {}),
        ("chosen_releases", {"person_listed": 0.5}, [0, 1, 1, 1], {"person_named": 0.5}),
    ],
)
def test_direction_and_silence(rule: str, fields: dict, signs: list[int], quiet_fields: dict) -> None:
    assert np.sign(terms(rule, **fields)).tolist() == signs
    assert not terms(rule, **quiet_fields).any()
    assert not RuleBench(**fields).act(f"target.{rule}", strength=0)["release_utility"].any()


def test_organisers_go_abroad_rather_than_home() -> None:
    screened = terms("threat_screen", person_organising=0.8)
    assert screened[EXILE] > screened[RELEASE]
    assert terms("threat_screen", person_organising=0.8, emergency=1)[RELEASE] < screened[RELEASE]


def test_known_names_are_worth_more() -> None:
    assert terms("payment", occasion=0.5, person_fame=0.8)[RELEASE] > terms("payment", occasion=0.5)[RELEASE]


def test_less_effect_less_payment() -> None:
    low = terms("payment", occasion=0.5, pressure_effect=0.3)[RELEASE]
    assert 0 < low < terms("payment", occasion=0.5)[RELEASE]
