"""Reviews by treaty bodies and peers."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

WORLD = {"ngo_evidence": 0.2, "body_strength": 0.4, "body_scrutiny": 0.3, "institution_scrutiny": 0.4,
         "institution_strength": 0.4, "tractability": 0.5, "threatens_monopoly": 0.5, "structural_practice": 0.3,
         "commitment": 0.5, "norm_strength": 0.5, "skill": 0.4, "treaty_stage": 2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("un_bodies.treaty_review", "un_pressure", 1, WORLD, {"events": (("treaty_review", 0),)}, {}),
    ("un_bodies.treaty_review", "review_event", 1, WORLD, {"events": (("treaty_review", 0),)}, {}),
    ("un_bodies.findings_travel", "agenda", 1, {**WORLD, "report": 0.5}, {"step": 6, "events": (("treaty_review",
                                                                                                 0),)}, {}),
    ("un_bodies.findings_travel", "agenda", 1, {**WORLD, "report": 0.5}, {"step": 6, "events": (("treaty_review",
                                                                                                 0),)},
     {"ngo_evidence": 0}),
    ("un_bodies.circulation", "awareness_change", 1, {**WORLD, "lever_circulation": 0.8},
     {"events": (("treaty_review", 0),)}, {"lever_circulation": 0}),
    ("un_bodies.peer_review", "commitment_change", 1, WORLD, {"events": (("peer_review", 0),)}, {}),
    ("un_bodies.self_set_review", "institution_scrutiny_change", -1, WORLD, {"events": (("peer_review", 0),)}, {}),
    ("un_bodies.candid_report", "resistance_change", -1, {"resistance": 0.6}, {"events": (("peer_review", 0),)}, {}),
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


def test_evidence_of_groups_sharpens_a_review() -> None:
    calls = {"events": (("treaty_review", 0),)}
    bare, supplied = (
        RuleBench(**{**WORLD, "ngo_evidence": level}).act("un_bodies.treaty_review",
                                                          **calls)["un_pressure"] for level in (0, 0.3)
    )
    assert (supplied > 2 * bare).all()


def test_findings_kept_abroad_change_little() -> None:
    usual, told = (
        RuleBench(**WORLD, lever_circulation=level).act("un_bodies.circulation", events=(("treaty_review", 0),))
        for level in (float("nan"), 0.8)
    )
    assert (told["awareness_change"] > 10 * usual["awareness_change"]).all()
