"""What groups find out and what others get to know."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

GROUPS = {"ngo_attention": 0.8, "ngo_budget": 0.4, "ngo_access": 0.4, "ngo_network": 0.5, "ngo_evidence": 0.2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("ngo.fieldwork", "ngo_evidence", 1, {**GROUPS, "lever_monitor_access": 1}, {}, {"lever_monitor_access": 0}),
    ("ngo.evidence_ages", "ngo_evidence", -1, GROUPS, {}, {"ngo_evidence": 0}),
    ("ngo.reports", "report", 1, {**GROUPS, "practice": 0.3}, {}, {"practice": 1}),
    ("ngo.headlines", "headline", 1, {"report": 0.5, "foreign_interest": 0.7, "media_visibility": 0.5}, {},
     {"report": 0}),
    ("ngo.agenda", "agenda", 1, {"headline": 0.4, "report": 0.5, "agenda": 0}, {}, {"headline": 0, "report": 0}),
    ("ngo.territory", "ngo_access_change", 1, GROUPS, {"events": (("handover", 0),)}, {}),
    ("ngo.news_fades", "media_visibility_change", -1, {"media_visibility": 0.9}, {}, {"media_visibility": 0.5}),
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


def test_closer_watch_makes_the_record_look_worse() -> None:
    watched, unwatched = (RuleBench(practice=0.3, ngo_evidence=level).act("ngo.reports")["report"] for level in (0.3,
                                                                                                                 0.0))
    assert (watched > 2 * unwatched).all()
