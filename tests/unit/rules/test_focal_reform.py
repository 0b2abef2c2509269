"""Reform, law, treaties and inner stocks on the bench: silent where a link is neutral, barred steps, and the trace."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.accounts.packaged import neutral_value
from demarche.engine.setup import Runs
from demarche.engine.trace import trace_run
from tests.support.reform_world import own_rules, run, setup
from tests.support.rule_bench import RuleBench

STIRRED = {
    "pressure_public": [0.9, 0.4, 0.2, 0.6], "pressure_private": [0.1, 0.4, 0.2, 0.6], "pressure_rival": 0.3,
    "pressure_friends": 0.2, "voice": 0.4, "groups_on_issue": 0.5, "share_acknowledging": 0.3, "share_by_law": 0.4,
    "share_by_conviction": 0.9, "argues_interest": 0.5, "share_from_neighbours": 0.2, "share_through_un": 0.3,
    "internalisation": 0.4, "nationalism": 0.8, "mobilisation": 0.6, "demands": 0.6, "issue_protest": 0.5,
    "belief_costless": 0.7, "welfare_claim": 0.6,
    "resistance": 0.8, "skill": 0.6, "skill_at_start": 0.2, "tractability": [0.1, 0.6, 0.9, 0.3],
    "threatens_monopoly": [0.9, 0.9, 0.1, 0.5], "professional_strength": 0.6, "treaty_stage": 2, "treaty_months": 12,
    "has_dialogue": 1, "dialogue_substance": 0.5, "has_seat": 1, "document_adopted": 1, "official_programmes": 1,
    "is_procedural": [0, 1, 0, 0], "paper_gain": 0.1, "paper_months": 12, "sanction_live": 1, "word_weight": 0.2,
    "corporate_codes": 0.5, "right_to_organise": 0.5, "growth_rate": 0.1, "reform_gain": 0.05, "formal_law": 0.4,
    "structural_practice": 0.5, "welfare_at_start": 0.3, "freeze_of_tightening": 0.5, "accepted_share": 0.5,
}  # fmt: skip
"""A world in which every treatment is above 0."""

TAKING = ("world.law_reaches_practice", "world.aimed_help_reaches_practice")
"""Rules with a link that only takes from what they bring."""
LINKED = [rule for rule in own_rules().rules if len(rule.links) == 1 and rule.id not in TAKING]
ASSIGNED = ("freeze", "pressure_yield", "demands")


@pytest.mark.parametrize("rule_id", [rule.id for rule in LINKED])
def test_a_neutral_link_does_nothing_and_another_does(rule_id: str) -> None:
    rule = next(rule for rule in LINKED if rule.id == rule_id)
    (link,) = rule.links
    neutral = 0.0 if link == "growth_welfare" else neutral_value(link)
    quiet = {**STIRRED, **({"demands": 0.6} if rule_id.endswith("brakes_demands") else {})}
    if rule.writes[0] in ASSIGNED:
        quiet |= {"freeze": 1.0, "freeze_of_tightening": 1.0, "pressure_yield": 1.0}
    assert RuleBench(**quiet).silent(rule_id, **{link: neutral})
    assert not RuleBench(**quiet).silent(rule_id, **{link: 0.3})


def test_steps_that_do_not_come_next_are_out_of_the_question() -> None:
    options = {"sign": 1, "ratify": 2, "ratify_with_reservations": 3}
    for stage, open_to in ((0, {"sign"}), (1, {"ratify", "ratify_with_reservations"})):
        added = RuleBench(treaty_stage=stage).act("focal.treaty_rates")["treaty_utility"]
        assert {name for name, row in options.items() if (added[row] > -100).all()} == open_to
    bench = RuleBench(treaty_stage=[2, 1])
    bench.act("focal.treaty_rates")
    assert bench.world["treaty_open"][:, 0].tolist() == [0.0, 1.0]


@pytest.mark.long
def test_base_rates_of_treaties_are_those_of_a_year() -> None:
    """A social treaty is signed with a chance of 0.1 a year, whatever the month."""
    world, kept = run(2000, world=setup(years=1), watched=("treaty_event",))
    acts = kept["treaty_event"]
    social = world["treaty_is_social"][:, 0] > 0
    unsigned = [row for row, code in enumerate(world.codes["treaty"]) if code in ("CRC", "ICESCR")]
    assert social[unsigned].all()
    signed = (acts[:, unsigned] == 1).any(axis=0).mean()
    assert signed == pytest.approx(0.1, abs=4 * (0.09 / 4000) ** 0.5)


def test_reservations_halve_what_a_treaty_asks_for() -> None:
    full, half = (
        RuleBench(treaty_stage=2, treaty_months=12, treaty_reserved=reserved).act(
            "focal.treaties_ask_for_statutes", ratification_law=4.0, reserved=0.5
        )["law_utility"]
        for reserved in (0, 1)
    )
    assert full.max() == pytest.approx(np.log(4.0))
    np.testing.assert_allclose(half, 0.5 * full)


def test_a_treaty_older_than_ten_years_asks_for_nothing() -> None:
    assert RuleBench(treaty_stage=2, treaty_months=121).silent("focal.treaties_ask_for_statutes", ratification_law=4.0)


def test_abolition_ends_the_institution_and_a_new_name_leaves_half() -> None:
    for option, left in ((0, 1.0), (1, 0.5), (2, 0.0)):
        bench = RuleBench(custody_open=[0, 0, 0, 1], custody_choice=[0, 0, 0, option], extralegal_stands=1.0)
        bench.act("focal.settles_custody", kept=0.5)
        assert (bench.world["extralegal_stands"] == left).all()
        assert (bench.world["custody_event"][3] == option).all()


def test_the_trace_says_why_an_issue_was_loosened_or_not() -> None:
    """Every reason is named with its log odds; what is neutral is not said."""
    world = setup(years=1)
    runs = Runs(["bare"] * 2, ["domestic_engine"] * 2, [1, 2], {"link.private_reform": np.full(2, 2.0)})
    told = trace_run(world, runs, 0, ["reform_utility"], ["civil_political"], [2])
    by_rule = {(one.rule, one.option): one.amount for one in told}
    assert by_rule["focal.reform_rates", "loosen"] == pytest.approx(np.log(0.2 / 0.6))
    assert by_rule["focal.reform_rates", "tighten"] == pytest.approx(np.log(0.2 / 0.6))
    assert ("focal.takes_silence_for_licence", "tighten") in by_rule
    assert all(rule.startswith("focal.") for rule, _ in by_rule)
    assert not any(rule == "focal.heeds_private_words" for rule, _ in by_rule)


def test_displaced_gains_are_conserved_up_to_the_link() -> None:
    gains = RuleBench(**STIRRED).act("world.attention_displaces", displacement=1.0)["structural_practice_change"]
    watched = np.array(STIRRED["pressure_public"])
    assert 12 * gains.sum(axis=0) == pytest.approx(-(0.05 * watched).sum())
