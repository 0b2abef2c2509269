"""The newer Council."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

WORLD = {"institution_strength": 0.4, "body_strength": 0.4, "skill": 0.4, "has_seat": 1, "democracy": 0.3}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("un_bodies.council_fairer", "institution_strength_change", 1, WORLD, {"events": (("peer_review", 0),)}, {}),
    ("un_bodies.council_fairer", "institution_strength_change", 1, WORLD, {"events": (("peer_review", 20),)}, {}),
    ("coalition.council_capture", "institution_strength_change", -1, WORLD, {"events": (("peer_review", 0),)}, {}),
    ("coalition.council_capture", "body_strength_change", -1, WORLD, {"events": (("peer_review", 0),)},
     {"democracy": 1}),
]
each = pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])


@each
def test_moves_as_its_claims_say(case: Case) -> None:
    rule, field, sign, world, call, _ = case
    change = sign * RuleBench(**world).act(rule, **call)[field]
    assert change.min() >= 0
    assert change.max() > 0


@each
def test_silent_without_its_trigger(case: Case) -> None:
    rule, _, _, world, call, quiet = case
    without = call if quiet else {name: value for name, value in call.items() if name != "events"}
    assert RuleBench(**{**world, **quiet}).silent(rule, **without)


@each
def test_strength_zero_changes_nothing(case: Case) -> None:
    rule, _, _, world, call, _ = case
    assert RuleBench(**world).silent(rule, strength=0.0, **call)


def test_silent_long_before_the_council() -> None:
    for rule in ("un_bodies.council_fairer", "coalition.council_capture"):
        assert RuleBench(**WORLD).silent(rule, events=(("peer_review", 200),))
