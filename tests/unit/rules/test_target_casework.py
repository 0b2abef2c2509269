"""What public raising of a case does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

HOLD, BETTER, RELEASE, EXILE = range(4)


def terms(rule: str, **fields: Any) -> np.ndarray:
    parameters = {"strength": fields.pop("strength")} if "strength" in fields else {}
    return RuleBench(person_status=1, **fields).act(f"target.{rule}", **parameters)["release_utility"][:, 0, 0]


@pytest.mark.parametrize(
    ("rule", "fields", "signs", "quiet_fields"),
    [
        ("spotlight_protects", {"person_named": 0.5}, [0, 1, 1, 1], {}),
        ("spotlight_protects", {"person_listed": 0.5}, [0, 1, 0, 0], {}),
        ("affront_hardens", {"person_named": 0.5}, [0, -1, -1, -1], {"person_listed": 0.5}),
        ("public_and_private", {"person_named": 0.5, "person_listed": 0.5}, [0, 1, 1, 1], {"person_named": 0.5}),
        ("public_and_private", {"person_named": 0.5, "person_listed": 0.5}, [0, 1, 1, 1], {"person_listed": 0.5}),
    ],
)
def test_direction_and_silence(rule: str, fields: dict, signs: list[int], quiet_fields: dict) -> None:
    assert np.sign(terms(rule, **fields)).tolist() == signs
    assert not terms(rule, **quiet_fields).any()
    assert not terms(rule, strength=0, **fields).any()
