"""Standing bodies: strength and scrutiny."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

WORLD = {"ngo_evidence": 0.2, "body_strength": 0.4, "body_scrutiny": 0.3, "institution_scrutiny": 0.4,
         "institution_strength": 0.4, "tractability": 0.5, "threatens_monopoly": 0.5, "structural_practice": 0.3,
         "commitment": 0.5, "norm_strength": 0.5, "skill": 0.4, "treaty_stage": 2}
LEVEL = {"body_scrutiny": 0.22, "body_strength": 0.38, "norm_strength": 0.5, "institution_scrutiny": 0.36,
         "institution_strength": 0.44}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("un_bodies.outrage", "institution_strength_change", 1, WORLD, {"events": (("crackdown", 0),)}, {}),
    ("un_bodies.special_procedures", "body_scrutiny_change", -1, WORLD, {}, {"skill": 0}),
    ("un_bodies.technical_cooperation", "internalisation_change", 1, WORLD, {}, {"vocal_pressure": 0.9}),
    ("un_bodies.cooperation_as_shelter", "institution_scrutiny_change", -1, {**WORLD, "dialogue_tracks": 0.4}, {},
     {"skill": 0}),
    ("un_bodies.binding_membership", "commitment_change", 1, WORLD, {}, {"treaty_stage": 0}),
    ("un_bodies.monitors_rely_on_groups", "body_scrutiny_change", 1, {**WORLD, "ngo_evidence": 0.6}, {},
     {"body_is_active": 0}),
    ("un_bodies.ratification_monitors", "institution_scrutiny_change", 1, WORLD, {}, {"treaty_stage": 1}),
    ("un_bodies.leadership", "norm_strength_change", 1, {**WORLD, "sender_will": 0.7, "has_seat": 1}, {},
     {"has_seat": 0}),
    ("un_bodies.follow_through", "institution_scrutiny_change", 1, LEVEL | {"institution_scrutiny": 0.1}, {},
     {"body_is_active": 0, "institution_scrutiny": 0.25, "institution_strength": 0.25}),
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
