"""Control, nationalism and the frozen monopoly."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import ISSUES, Case

LEVELS = {"fear_of_instability": 0.55, "nationalism": 0.35, "security_effort": 0.5,
          "legitimacy": 0.5}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.stability_spending", "security_effort_change", 1, {"fear_of_instability": 0.6, "protest": 0.3}, {},
     {"protest": 0}),
    ("domestic.retaliation", "activist_risk_change", 1, {"mobilisation": 0.4, "security_effort": 0.5}, {},
     {"mobilisation": 0}),
    ("domestic.overlap_repressed", "practice_change", -1, {"practice": 0.3, "protest": 0.3}, {}, {"protest": 0}),
    ("domestic.monopoly_frozen", "structural_practice_change", -1, {**ISSUES, "structural_practice_change": 0.01}, {},
     {"threatens_monopoly": 0}),
    ("domestic.nationalism", "nationalism_change", 1, {"rival_pressure": 0.2, "vocal_pressure": 0.3}, {},
     {"rival_pressure": 0, "vocal_pressure": 0}),
    ("domestic.nationalism_brakes", "mobilisation_change", -1, {"nationalism": 0.4, "mobilisation": 0.3}, {},
     {"nationalism": 0}),
    ("domestic.nationalism_stiffens", "resistance_change", 1, {"nationalism": 0.4, "resistance": 0.5}, {},
     {"nationalism": 0}),
    ("domestic.tempers_cool", "nationalism_change", -1, LEVELS | {"nationalism": 0.9}, {}, {"nationalism": 0.35}),
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


def test_frozen_core_keeps_next_to_nothing_and_other_issues_all() -> None:
    bench = RuleBench(**ISSUES, structural_practice_change=0.01)
    bench.act("domestic.monopoly_frozen")
    left = bench.world["structural_practice_change"]
    assert (left[0] < 0.0005).all()
    assert (left[1:3] == 0.01).all()


def test_the_rival_stokes_more_than_others() -> None:
    by_rival = RuleBench(rival_pressure=0.2, vocal_pressure=0.2).act("domestic.nationalism")["nationalism_change"]
    by_others = RuleBench(rival_pressure=0.0, vocal_pressure=0.2).act("domestic.nationalism")["nationalism_change"]
    assert (by_rival > 2 * by_others).all()
