"""How the focal state speaks in forums and treats norm texts, and what norms and scrutiny do in UN bodies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.world.decisions import DECISION_OF
from tests.support.precision import ROUNDING
from tests.support.rule_bench import RuleBench

FORUM, INSTRUMENT = DECISION_OF["forum"], DECISION_OF["instrument"]
HERE = {"in_forum": [1, 0, 0]}
CHARTER = {"body_is_charter": [1, 0, 0]}
Case = tuple[str, str, int, dict[str, Any], dict[str, Any], dict[str, Any]]


def spoke(tactic: str) -> dict[str, Any]:
    """Return a forum in which a tactic was taken."""
    return HERE | {"forum_choice": FORUM.index(tactic)}


def dealt(move: str) -> dict[str, Any]:
    """Return a norm text on which a move was made."""
    return CHARTER | {"instrument_choice": INSTRUMENT.index(move), "norm_strength": 0.5, "norm_tilt": 0.3}


TEXT = {"events": [("norm_conference", 0)]}
SKILLED = {"skill": 0.6, "skill_at_start": 0.2}
CASES: list[Case] = [
    ("focal.rejects_meddling", "forum_utility", 1, HERE | {"resistance": 0.9}, {}, {"in_forum": 0}),
    ("focal.changes_subject", "forum_utility", 1, HERE | SKILLED, {}, {"skill": 0.2}),
    ("focal.gathers_caucus", "forum_utility", 1, HERE | {"chance_of_motion": 0.6, "target_status": 0.5}, {},
     {"chance_of_motion": 0}),
    ("focal.hearings_cool", "forum_utility", -1, HERE | {"body_is_committee": 1}, {}, {"body_is_committee": 0}),
    ("focal.speaks_in_forums", "caucus", 1, spoke("block"), {}, {"forum_choice": FORUM.index("merits")}),
    ("focal.answers_questions", "body_evidence", 1, spoke("merits") | {"body_covers": 1}, {}, {"in_forum": 0}),
    ("focal.talks_values", "norm_tilt_change", 1, spoke("values"), {}, {"in_forum": 0}),
    ("focal.talks_values", "institution_scrutiny_change", -1, spoke("values"), {}, {"forum_choice": 0}),
    ("focal.attacks_critics", "resistance_change", 1, spoke("attack"), {}, {"forum_choice": 0}),
    ("focal.attacks_critics", "dialogue_substance", -1, spoke("attack") | {"dialogue_substance": 0.5}, {},
     {"in_forum": 0}),
    ("focal.skill_contains_norms", "instrument_utility", 1, SKILLED, {}, {"skill": 0.2}),
    ("focal.skill_authors_norms", "instrument_utility", 1, SKILLED, {}, {"skill": 0.1}),
    ("focal.conviction_joins", "instrument_utility", -1, {"internalisation": 0.9}, {}, {"internalisation": 0.08}),
    ("focal.shapes_instrument", "norm_strength_change", -1, dealt("dilute"), TEXT, {"norm_strength": 0}),
    ("focal.shapes_instrument", "norm_strength_change", 1, dealt("join"), TEXT, {"norm_strength": 1}),
    ("focal.shapes_instrument", "norm_tilt_change", 1, dealt("own_text"), TEXT, {"norm_tilt": 1}),
    ("bodies.caucus_moves", "move_no_action_utility", 1, {"caucus": 1, "agree_focal": 0.9}, {}, {"caucus": 0}),
    ("bodies.selectivity_counts", "vote_no_action_utility", 1, {"norm_tilt": 0.8, "democracy": 0.2}, {},
     {"norm_tilt": 0.3}),
    ("bodies.scrutiny_counts", "finding_utility", 1, {"institution_scrutiny": 0.8, "review_due": 1}, {},
     {"review_due": 0}),
    ("bodies.scrutiny_follows_words", "institution_scrutiny_change", 1, {"un_words": 1, "institution_scrutiny": 0.4},
     {}, {"un_words": 0}),
    ("bodies.norms_carry_visits", "visit_request_utility", 1, {"norm_strength": 0.8}, {}, {"norm_strength": 0.5}),
]  # fmt: skip
each = pytest.mark.parametrize(("rule", "field", "sign", "world", "call", "absent"), CASES)


@each
def test_moves_as_its_sentence_says(
    rule: str, field: str, sign: int, world: dict[str, Any], call: dict[str, Any], absent: dict[str, Any]
) -> None:
    change = sign * RuleBench(**world).act(rule, **call)[field]
    assert change.max() > 0
    assert change.min() >= 0


@each
def test_silent_without_its_trigger(
    rule: str, field: str, sign: int, world: dict[str, Any], call: dict[str, Any], absent: dict[str, Any]
) -> None:
    change = sign * RuleBench(**{**world, **absent}).act(rule, **call)[field]
    assert np.abs(change).max() < ROUNDING


def chances(utility: Any) -> Any:
    """Return the chances of options `(n_options,)` of the first body, first run, at temperature 1."""
    odds = np.exp(utility[:, 0, 0])
    return odds / odds.sum()


def test_base_rates_hold_where_nothing_pushes() -> None:
    among = RuleBench(**HERE, **CHARTER).act("focal.weighs_forum")["forum_utility"]
    assert chances(among) == pytest.approx([0.3, 0.2, 0.3, 0.2])
    experts = chances(RuleBench(**HERE).act("focal.weighs_forum")["forum_utility"])
    assert experts == pytest.approx([0.375, 0.25, 0.375, 0.0])
    texts = chances(RuleBench().act("focal.weighs_instrument")["instrument_utility"])
    assert texts == pytest.approx([0.3, 0.2, 0.2, 0.1, 0.2])


@pytest.mark.parametrize(("rule", "link", "options"), [
    ("focal.skill_contains_norms", "skill_containment", ("dilute", "opt_out")),
    ("focal.skill_authors_norms", "skill_authorship", ("own_text",)),
])  # fmt: skip
def test_links_of_skill_have_their_stated_size(rule: str, link: str, options: tuple[str, ...]) -> None:
    base = RuleBench().act("focal.weighs_instrument")["instrument_utility"]
    full = base + RuleBench(**SKILLED).act(rule, **{link: 3.0})["instrument_utility"]
    before, after = chances(base), chances(full)
    for option in options:
        at = INSTRUMENT.index(option)
        assert (after[at] / after[0]) / (before[at] / before[0]) == pytest.approx(3.0)


def test_bodies_meet_by_the_calendar_and_committees_only_where_a_treaty_binds() -> None:
    world = {"body_is_charter": [1, 0, 0], "body_is_committee": [0, 1, 0], "body_is_experts": [0, 0, 1],
             "body_treaty": [-1, 0, -1]}  # fmt: skip

    def meets(stage: int, kind: str, *actors: str) -> list[float]:
        bench = RuleBench(treaty_stage=stage, **world)
        bench.act("focal.meets_forums", events=[(kind, 0, actors)])
        return bench.world["in_forum"][:, 0].tolist()

    assert meets(2, "session") == [1, 0, 0]
    assert meets(2, "expert_session") == [0, 0, 1]
    assert meets(2, "treaty_review", "CIVIL") == [0, 1, 0]
    assert meets(0, "treaty_review", "CIVIL") == [0, 0, 0]


@pytest.mark.parametrize(("move", "gains"), [("join", True), ("dilute", True), ("opt_out", False), ("oppose", False)])
def test_a_text_that_it_opts_out_of_commits_it_to_nothing(move: str, gains: bool) -> None:
    change = RuleBench(**dealt(move), commitment=0.3).act("bodies.conferences_agree", **TEXT)["commitment_change"]
    assert (change.max() > 0) == gains


def test_accounts_part_on_what_skill_is_used_for() -> None:
    held = {name: account.links for name, account in packaged_accounts().items()}
    contain, author = (
        {name: links[link].prior.median for name, links in held.items()}
        for link in ("skill_containment", "skill_authorship")
    )
    assert contain["strategic_target"] > contain["leverage_toolbox"] > contain["common"]
    assert author["cooperative_learning"] > author["common"]
