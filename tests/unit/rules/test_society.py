"""Society, order, attraction, firms and scandals: each rule moves as its claims say, and not without its cause."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.rules.kit.usual import USUAL
from demarche.world.decisions import DECISION_OF
from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import ISSUES, Case

FULL = {"growth_rate": 0.1, "censorship": 0.0}
# rule, field, sign of its change, world, call, change of the world that silences it
CASES: list[Case] = [
    ("society.growth_dislocates", "grievance_change", 1, {"growth_rate": 0.1, "grievance": 0.5}, {},
     {"growth_rate": -0.1}),
    ("society.grievances_settle", "grievance_change", -1, {"grievance": 0.9, "practice": 0.5}, {}, {"grievance": 0.5}),
    ("society.grievance_readies", "readiness", 1, {"grievance": 0.8, "grievance_at_start": 0.7}, {},
     {"grievance": 0.7}),
    ("society.contact_teaches", "awareness_change", 1, {**FULL, "awareness": 0.2}, {}, {"censorship": 1.0}),
    ("society.state_teaches", "awareness_change", 1, {"official_programmes": 1, "adoption_speed": 1, "awareness": 0.2},
     {}, {"official_programmes": 0}),
    ("society.talk_outruns_censors", "awareness_change", 1, {"protest": 0.5, "censorship": 0.5, "awareness": 0.2}, {},
     {"protest": 0}),
    ("society.emergency_grips", "activist_risk_change", 1, {"emergency": 1, "activist_risk": 0.5}, {},
     {"emergency": 0}),
    ("society.emergency_grips", "media_visibility_change", -1, {"emergency": 1, "media_visibility": 0.5}, {},
     {"emergency": 0}),
    ("society.stocks_return", "activist_capacity_change", 1,
     {"activist_capacity": 0.1, "activist_capacity_at_start": 0.3}, {}, {"activist_capacity": 0.3}),
    ("society.professions_grow", "professional_strength_change", 1, {"growth_rate": 0.1}, {}, {"growth_rate": 0}),
    ("society.neighbours_set_an_example", "readiness", 1, {"examples_known": 0.5}, {}, {"examples_known": 0}),
    ("society.dread_holds_back", "readiness", 1,
     {"fear_of_instability": USUAL["fear_of_instability"], "activist_risk": USUAL["activist_risk"],
      "examples_known": 0.5, "own_rights": 0.6, "is_neighbour": [0, 0, 1, 0, 0, 0]}, {}, {"is_neighbour": 0}),
    ("society.professions_lead", "readiness", 1, {"profession_push": 1}, {}, {"profession_push": 0}),
    ("society.professions_lead", "activist_capacity_change", 1, {"profession_push": 1}, {}, {"profession_push": 0}),
    ("society.protest_bought_off", "grievance_change", -1,
     {"protest_met": 1, "officials_choice": 1, "grievance": 0.5}, {}, {"protest_met": 0}),
    ("society.protest_bought_off", "legitimacy_change", 1,
     {"protest_met": 1, "officials_choice": 1, "issue_protest": 0.5}, {}, {"protest_met": 0}),
    ("society.protest_put_down", "grievance_change", 1, {"protest_met": 1, "officials_choice": 2, "grievance": 0.5},
     {}, {"protest_met": 0}),
    ("society.venality_abuses", "practice_change", -1, {"venality": 0.9, "practice": 0.5}, {}, {"venality": 0.5}),
    ("society.firms_act", "firm_adopted", 1, {"firm_choice": 2}, {}, {"firm_choice": 0}),
    ("society.room_to_organise", "right_to_organise_change", 1,
     {"reform_event": 2, "is_work": [0, 1, 0, 0], "lever_right_to_organise": np.nan}, {}, {"reform_event": 0}),
    ("focal.uses_force", "emergency", 1, {"crackdown_event": 2}, {}, {"crackdown_event": 1}),
    ("focal.pays_for_order", "security_effort_change", 1, {"security_choice": 2}, {}, {"security_choice": 1}),
    ("focal.media_are_managed", "media_visibility_change", -1, {"propaganda_abroad": 1, "media_visibility": 0.5}, {},
     {"propaganda_abroad": 0}),
    ("focal.media_come_back", "media_visibility_change", 1, {"media_visibility": 0.3, "media_visibility_at_start": 0.7},
     {}, {"media_visibility": 0.7}),
    ("focal.appeal_fades", "region_appeal_change", -1, {"region_appeal": 0.5, "soft_power_at_start": 0.25}, {},
     {"region_appeal": 0.25}),
    ("world.success_legitimates", "legitimacy_change", -1, {"welfare_claim": 0.1, "legitimacy": 0.5}, {},
     {"welfare_claim": USUAL["welfare_claim"]}),
    ("world.unrest_feeds_dread", "fear_of_instability_change", 1, {"protest": 0.8, "fear_of_instability": 0.5}, {},
     {"protest": USUAL["protest"]}),
    ("world.moods_settle", "legitimacy_change", 1, {"legitimacy": 0.2, "legitimacy_at_start": 0.4}, {},
     {"legitimacy": 0.4}),
    ("world.entry_into_trade_hurts", "nationalism_change", 1, {"nationalism": 0.3, "trade_entry": 1}, {},
     {"trade_entry": 0}),
]  # fmt: skip
each = pytest.mark.parametrize("case", CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])


@each
def test_moves_as_its_claims_say(case: Case) -> None:
    rule, field, sign, world, call, _ = case
    change = sign * RuleBench(**world).act(rule, **call)[field]
    assert change.min() >= 0
    assert change.max() > 0


@each
def test_silent_without_its_cause(case: Case) -> None:
    rule, _, _, world, call, quiet = case
    assert RuleBench(**{**world, **quiet}).silent(rule, **call)


def push(rule: str, decision: str, option: str, **fields: object) -> np.ndarray:
    """Return what a rule adds to the utility of one option, mean over runs."""
    added = RuleBench(**fields).act(rule)[f"{decision}_utility"]
    row: np.ndarray = added[DECISION_OF[decision].index(option)].mean(axis=-1)
    return row


def more(rule: str, decision: str, option: str, field: str, low: float = 0.1, high: float = 0.9) -> bool:
    """Tell whether more of a field makes an option likelier."""
    few, many = (push(rule, decision, option, **{field: level}) for level in (low, high))
    return bool((many > few).all())


PUSHES: list[tuple[str, str, str, str, bool]] = [
    ("society.boldness_is_punished", "officials", "repress", "issue_protest", True),
    ("society.legitimacy_wanted", "officials", "accommodate", "legitimacy", False),
    ("society.legitimacy_wanted", "crackdown", "concede", "legitimacy", False),
    ("society.officials_have_means", "officials", "repress", "security_effort", True),
    ("society.officials_have_means", "officials", "repress", "venality", False),
    ("society.monopoly_is_guarded", "officials", "repress", "threatens_monopoly", True),
    ("society.monopoly_is_guarded", "officials", "accommodate", "threatens_monopoly", False),
    ("society.work_needs_rights", "professions", "push", "professional_strength", True),
    ("society.work_needs_rights", "professions", "push", "threatens_monopoly", False),
    ("society.work_needs_rights", "professions", "push", "home_support", True),
    ("society.work_needs_rights", "professions", "push", "activist_risk", False),
    ("focal.fears_collapse", "crackdown", "crack_down", "protest", True),
    ("focal.dread_reaches_for_force", "crackdown", "crack_down", "fear_of_instability", True),
    ("focal.weighs_unrest", "crackdown", "crack_down", "emergency", False),
    ("focal.budgets_for_order", "security", "raise", "fear_of_instability", True),
    ("focal.budgets_for_order", "security", "raise", "protest", True),
    ("focal.budgets_for_order", "security", "lower", "protest", False),
    ("focal.budgets_for_order", "security", "lower", "security_effort", True),
    ("focal.weighs_censors", "censor", "tighten", "protest", True),
    ("focal.weighs_censors", "censor", "ease", "censorship", True),
    ("focal.weighs_campaigns", "propaganda", "home", "pressure_rival", True),
    ("focal.weighs_campaigns", "propaganda", "abroad", "headline", True),
    ("society.firms_answer", "firm", "adopt", "firm_adopted", False),
    ("society.threatened_firms_lobby", "firm", "lobby", "sanction_live", True),
]


@pytest.mark.parametrize(("rule", "decision", "option", "field", "likelier"), PUSHES)
def test_reasons_push_as_their_claims_say(rule: str, decision: str, option: str, field: str, likelier: bool) -> None:
    assert more(rule, decision, option, field) == likelier
    few, many = ((0.1, 0.9) if likelier else (0.9, 0.1))
    assert more(rule, decision, option, field, few, many)


def test_protest_needs_people_who_care() -> None:
    """What finds no resonance at home does not spread, however ready people are."""
    bench = RuleBench(**ISSUES, readiness=3.0, censorship=0.5, issue_protest=0.3)
    bench.act("society.protest_spreads")
    found = bench.world["issue_protest"].mean(axis=-1)
    assert found[0] < 0.2 < 0.5 < found[2]


def test_protest_tips_above_a_threshold() -> None:
    """Below it protest dies down by itself, above it most of those concerned come out."""
    ends = []
    for start in (0.2, 0.6):
        bench = RuleBench(home_support=1.0, censorship=0.5, issue_protest=start)
        for _ in range(12):
            bench.act("society.protest_spreads", draws={"spark": 0.0})
        ends.append(float(bench.world["issue_protest"].mean()))
    assert ends[0] < 0.2
    assert ends[1] > 0.9


def test_a_code_is_not_adopted_twice() -> None:
    few, none = (push("society.firms_answer", "firm", "adopt", firm_adopted=level) for level in (0.0, 1.0))
    assert (few - none > 25.0).all()


def test_trade_conditions_trouble_firms_of_the_critic_alone() -> None:
    """Shoes and toys are at home with the critic, boots are not."""
    found = push("society.threatened_firms_lobby", "firm", "lobby", trade_condition=1.0)
    np.testing.assert_allclose(found, [np.log(3.0), 0.0, np.log(3.0)])


def test_loans_go_where_need_is() -> None:
    bench = RuleBench(region=[0, 0, 1, 1, 4, 4], aid_need=[0.9, 0.9, 0.5, 0.5, 0.1, 0.1])
    loans = bench.act("focal.chooses_charm")["charm_utility"][1].mean(axis=-1)
    assert loans[0] > loans[1] > loans[4]


def test_attraction_shines_when_the_rival_stumbles() -> None:
    rule = "focal.attraction_is_relative"
    calm, stumbling = (
        RuleBench(region_appeal=0.4, practice=0.5, rival_trouble=trouble).act(rule)["attraction"]
        for trouble in (0.0, 1.0)
    )
    assert (stumbling[1:] > calm[1:]).all()


def test_scandals_break_for_great_senders_only() -> None:
    bench = RuleBench(is_sender=1, economic_weight=[0.2, 0.2, 0.001, 0.2, 0.001, 0.2])
    broke = bench.act("senders.abuses_come_to_light", draws={"break": 0.0})["scandal_breaks"].mean(axis=-1)
    np.testing.assert_array_equal(broke, [1, 1, 0, 1, 0, 1])


def test_censors_do_as_an_arm_says() -> None:
    bench = RuleBench(censorship=0.5, censor_choice=2)
    assert bench.act("focal.censors")["censorship"].max() == pytest.approx(0.1)
    bench = RuleBench(censorship=0.5, censor_choice=2, lever_censorship=0.1)
    bench.act("focal.censors")
    assert (bench.world["censorship"] == 0.1).all()
