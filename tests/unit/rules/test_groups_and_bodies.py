"""Rules of groups, donors and UN bodies: each moves what its sentence says, and is silent without its trigger."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from demarche.rules.find import find_rules
from tests.support.rule_bench import RuleBench

ONE = [1, 0, 0]
WORK = {"ngo_focus": 0, "ngo_evidence": 0.5, "ngo_yield": 0.5, "tactic_cost": 1.0, "ngo_access": 0.5,
        "ngo_network": 0.5}
Case = tuple[str, str, int, dict[str, Any], dict[str, Any], dict[str, Any]]


def using(tactic: str) -> dict[str, Any]:
    """Return the choice field in which the first group uses a tactic."""
    from demarche.world.kinds import TACTICS

    rows = np.zeros((len(TACTICS), 3))
    rows[TACTICS.index(tactic), 0] = 1
    return {"ngo_tactic_choice": rows}


IDLE = {"ngo_tactic_choice": 0}
CASES: list[Case] = [
    ("ngos.opens", "ngo_is_open", 1, {"ngo_is_open": 0}, {}, {"ngo_is_active": 0}),
    ("ngos.documents", "ngo_evidence", 1, WORK | using("document"), {}, IDLE),
    ("ngos.publicises", "headline", 1, WORK | using("publicise"), {}, IDLE),
    ("ngos.publicises", "headline", 1, WORK | using("publicise"), {}, {"ngo_tactic_choice": 0, "ngo_evidence": 0}),
    ("ngos.briefs_capitals", "attention_change", 1,
     WORK | using("brief_capital") | {"economic_weight": 1, "is_sender": 1}, {}, IDLE),
    ("ngos.briefs_neighbours", "neighbours_briefed", 1, WORK | using("brief_capital") | {"ngo_is_regional": 1}, {},
     {"ngo_is_regional": 0, "neighbours_briefed": 0}),
    ("ngos.neighbours_stand_back", "vote_no_action_utility", -1, {"neighbours_briefed": 0.5, "region": 1}, {},
     {"neighbours_briefed": 0}),
    ("ngos.briefs_un", "body_evidence", 1, WORK | using("brief_un") | {"body_is_committee": [0, 1, 0],
                                                                       "body_covers": 1},
     {}, IDLE),
    ("ngos.reaches_out", "circumvention", 1, WORK | using("outreach"), {}, IDLE),
    ("ngos.people_get_round_censors", "awareness_change", 1, {"circumvention": 0.5, "awareness": 0.3}, {},
     {"circumvention": 0}),
    ("ngos.people_get_round_censors", "awareness_change", 1, {"circumvention": 0.5, "censorship": 0.5}, {},
     {"censorship": 1}),
    ("ngos.documents", "ngo_evidence", 1, WORK | using("document") | {"ngo_access": 0, "ngo_is_next_door": 1}, {},
     {"ngo_is_next_door": 0}),
    ("ngos.teaches_next_door", "awareness_change", 1,
     using("outreach") | {"ngo_is_next_door": ONE, "ngo_joins": 1, "awareness": 0.3}, {}, {"ngo_is_next_door": 0}),
    ("ngos.teaches_next_door", "awareness_change", 1,
     using("outreach") | {"ngo_is_next_door": 1, "ngo_joins": 1, "awareness": 0.3}, {}, using("document")),
    *(("ngos.carries_examples", "examples_known", 1, WORK | using(tactic) | {"ngo_is_regional": ONE}, {}, absent)
      for tactic, absent in (("join", {"ngo_is_regional": [0, 1, 1]}), ("publicise", {"ngo_network": 0}),
                             ("outreach", {"ngo_access": 0}), ("join", using("brief_capital")))),
    ("ngos.trains", "trained_activists", 1, WORK | using("train"), {}, IDLE),
    ("ngos.trains", "official_training", 1, WORK | using("train") | {"ngo_is_cooperative": 1}, {}, IDLE),
    ("ngos.backing", "activist_capacity_change", 1, {"trained_activists": 0.5, "activist_capacity": 0.3}, {},
     {"trained_activists": 0, "backing": 0}),
    ("ngos.campaigns_on_brands", "brand_campaign", 1, WORK | using("brand") | {"is_work": 1}, {}, IDLE),
    ("ngos.wins_allies", "ngo_network_change", 1, WORK | using("win_allies"), {}, IDLE),
    ("ngos.campaigns_jointly", "ngo_evidence", 1,
     WORK | using("join") | {"ngo_evidence": [[0.1] * 4, [0.9] * 4, [0] * 4], "ngo_is_allied": 1}, {}, IDLE),
    ("ngos.bear_witness", "mobilisation_change", 1,
     {"ngo_joins": 1, "ngo_attention": 0.5, "mobilisation": 0.3}, {}, {"ngo_is_open": 0}),
    ("ngos.contest_welfare", "welfare_claim_change", -1,
     {"evidence": 0.5, "practice": 0.3, "welfare_claim": 0.5}, {}, {"evidence": 0}),
    ("ngos.monitors_report", "report", 1, {"evidence": 1, "practice": 0.3}, {}, {"practice": 1}),
    ("ngos.results_fade", "ngo_results", -1, {"ngo_results": 0.5}, {}, {"ngo_results": 0, "ngo_visibility": 0}),
    ("ngos.evidence_ages", "ngo_evidence", -1, {"ngo_evidence": 0.5}, {}, {"ngo_evidence": 0}),
    ("ngos.carries_home", "carried_home", 1, {"ngo_circulate_choice": 1, "ngo_access": 0.5}, {},
     {"ngo_circulate_choice": 0, "carried_home": 0}),
    ("bodies.commissioner_can_cite", "finding_citable", 1, {"body_is_commissioner": ONE, "open_finding": 0.6}, {},
     {"open_finding": 0, "finding_citable": 0}),
    ("bodies.findings_reach_agendas", "attention_change", 1, {"newly_taken": 1, "attention": 0.2}, {},
     {"newly_taken": 0}),
    ("bodies.findings_circulate", "awareness_change", 1, {"taken_up": 1, "carried_home": 0.5, "awareness": 0.2}, {},
     {"taken_up": 0}),
    ("bodies.experts_ask", "visit_pending", 1, {"visit_request_choice": 1, "mandate_idle": 1, "visit_months": 0}, {},
     {"mandate_idle": 0}),
    ("bodies.experts_appeal", "un_words", 1, {"urgent_appeal_choice": 1, "mandate_alive": 1}, {}, {"mandate_alive": 0}),
    ("focal.answers_visit", "body_evidence", 1,
     {"visit_answer_choice": 2, "visit_pending": 1, "visit_months": 0, "body_is_procedures": [0, 0, 1],
      "body_covers": 1}, {}, {"visit_answer_choice": 0}),
    ("bodies.like_minded_seats", "like_minded_share", 1,
     {"has_seat": 1, "agree_focal": 0.9, "agree_critic": 0.1, "democracy": 0.2}, {},
     {"democracy": 0.9, "like_minded_share": 0}),
    ("bodies.members_renew", "mandate_scope", -1,
     {"mandate_renewal_choice": 2, "mandate_renewable": 1, "mandate_scope": 1, "body_is_procedures": ONE,
      "body_covers": 1}, {}, {"mandate_renewable": 0}),
    ("bodies.commissioner_stands", "un_words", 1, {"stance_choice": 1, "body_is_commissioner": ONE, "evidence": 0.5},
     {}, {"body_is_commissioner": 0, "agreement_months": 0}),
    ("bodies.commissioner_stands", "agreement_months", 1, {"stance_choice": 2, "body_is_commissioner": ONE}, {},
     {"body_is_commissioner": 0}),
    ("ngos.files_complaint", "complaint_pending", 1, {"complaint_choice": 1, "body_is_labour": ONE, "body_covers": 1},
     {}, {"complaint_choice": 0}),
    ("bodies.experts_vote", "un_words", 1, {"expert_ballot_choice": 1, "body_is_experts": ONE}, {},
     {"body_is_experts": 0}),
    ("bodies.special_session_meets", "un_words", 1,
     {"special_session_choice": 1, "shock_now": 1, "body_is_charter": ONE}, {}, {"special_session_choice": 0}),
    ("bodies.conferences_agree", "commitment_change", 1, {"commitment": 0.3, "threatens_monopoly": 0.2},
     {"events": [("norm_conference", 0)]}, {"commitment": 1}),
    ("focal.acts_on_recommendation", "commitment_change", 1,
     {"recommendation_action_choice": 1, "recommendation_open": 1, "mid_term": 1, "recommendation_issue": 1,
      "commitment": 0.2}, {}, {"mid_term": 0}),
    ("focal.reopens_issues", "reform_utility", 1, {"reform_occasion": 1}, {}, {"reform_occasion": 0}),
    ("bodies.assembly_elects", "target_status_change", 1, {"elect_choice": 1, "body_is_assembly": ONE}, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "field", "sign", "world", "call", "absent"), CASES)
def test_moves_as_its_sentence_says(
    rule: str, field: str, sign: int, world: dict[str, Any], call: dict[str, Any], absent: dict[str, Any]
) -> None:
    change = RuleBench(**world).act(rule, **call)[field]
    assert (sign * change).max() > 0
    assert (sign * change).min() >= 0


@pytest.mark.parametrize(("rule", "field", "sign", "world", "call", "absent"), [case for case in CASES if case[5]])
def test_silent_without_its_trigger(
    rule: str, field: str, sign: int, world: dict[str, Any], call: dict[str, Any], absent: dict[str, Any]
) -> None:
    assert not np.any(RuleBench(**{**world, **absent}).act(rule, **call)[field] * sign > 0)


def test_what_is_accepted_counts_as_a_share_of_what_was_recommended_on_the_issue_until_mid_term() -> None:
    rows = np.arange(len(RuleBench().world["recommendation_open"]))
    bench = RuleBench(
        accepted_share=0.3, recommendation_open=rows < 6, recommendation_kind=1, recommendation_answer_choice=rows % 2,
        recommendation_issue=np.where(rows < 4, 1, np.where(rows == 4, 2, 3)),
    )  # fmt: skip
    bench.act("focal.answers_recommendation")
    assert bench.world["accepted_share"][:, 0].tolist() == [0, 0.5, 0, 1], "four on labour, one each on two others"
    bench.set(mid_term=1)
    bench.act("focal.acts_on_recommendation")
    assert not bench.world["accepted_share"].any()


def test_what_a_group_publishes_takes_up_findings_and_what_it_does_not_leaves_them() -> None:
    assert RuleBench(**WORK, **using("publicise")).act("ngos.publicises")["finding_carried"][0].min() == 1
    assert RuleBench(**WORK, **IDLE).act("ngos.publicises")["finding_carried"].max() == 0


def test_who_talks_without_groups_listens_less_to_them() -> None:
    world = {**WORK, **using("brief_capital"), "economic_weight": 1, "is_sender": 1}

    def won(**talks: float) -> float:
        return float(RuleBench(**world, **talks).act("ngos.briefs_capitals")["attention_change"].sum())

    free = won(has_dialogue=0)
    assert won(has_dialogue=1, term_ngo_seat=1) == free
    assert won(has_dialogue=1, term_ngo_seat=0) == pytest.approx(free / 2)


def test_news_from_next_door_is_carried_further() -> None:
    world = {**WORK, **using("publicise")}
    there, elsewhere = (RuleBench(**world, ngo_is_next_door=there).act("ngos.publicises")["headline"]
                        for there in (1, 0))  # fmt: skip
    np.testing.assert_allclose(there, 1.5 * elsewhere)


def test_a_grant_goes_to_who_needs_and_was_heard() -> None:
    world = {"grant_choice": 1, "donor_pot": 0.5, "ngo_reserve": 20, "ngo_purse": [0, 10, 0]}
    bench = RuleBench(ngo_visibility=[0, 0, 0.5], **world)
    given = bench.act("ngos.grants", taste=0.0)["ngo_purse"].mean(axis=-1)
    assert given[2] > given[0] > given[1] > 0


def test_donors_that_give_nothing_give_nothing() -> None:
    world = {"donor_pot": 0.5, "ngo_reserve": 5}
    assert RuleBench(grant_choice=0, **world).act("ngos.grants")["ngo_purse"].max() == 0
    assert RuleBench(grant_choice=2, **world).act("ngos.grants")["state_grants"].min() > 0


def test_nobody_bound_nobody_examined() -> None:
    world = {"body_is_committee": [0, 1, 0], "body_treaty": 0, "body_covers": 1}
    events = [("treaty_review", 0, ("CIVIL",))]
    assert RuleBench(treaty_stage=0, **world).act("bodies.examination", events=events)["finding_due"].max() == 0
    due = RuleBench(treaty_stage=2, **world).act("bodies.examination", events=events)["finding_due"]
    assert due[1].min() == 1
    assert due[[0, 2]].max() == 0
    other = [("treaty_review", 0, ("SOCIAL",))]
    assert RuleBench(treaty_stage=2, **world).act("bodies.examination", events=other)["finding_due"].max() == 0


def test_an_old_finding_is_open_no_longer() -> None:
    row = np.arange(64) == 3
    world = {"finding_row_grade": np.where(row, 3, -1), "finding_row_issue": np.where(row, 1, -1),
             "finding_row_step": np.where(row, 10, -1)}  # fmt: skip
    assert RuleBench(**world).act("bodies.open_findings", step=28)["open_finding"][1].min() == 1
    assert RuleBench(**world).act("bodies.open_findings", step=29)["open_finding"].max() == 0


def test_speakers_number_about_fifty_of_two_hundred() -> None:
    spoke = RuleBench(n_runs=2000, attention=0.2).act("bodies.peers_register", speakers=3.0)["is_speaker"]
    assert spoke.sum(axis=0).mean() == pytest.approx(3.0, abs=0.15)
    assert spoke[0].max() == 0


def test_every_rule_of_groups_and_bodies_is_on_in_every_account() -> None:
    ours = [rule for rule in find_rules() if rule.family in ("ngos", "bodies")]
    assert len(ours) > 50
    assert all(rule.accounts == ("*",) for rule in ours)
