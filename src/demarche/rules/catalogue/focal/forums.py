"""Forums: how the focal state speaks where UN bodies deal with it, and what that does there."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.reform.words import FULL_SKILL, learned
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import gain, log_odds, share_a_year
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.settings import barred
from demarche.rules.kit.usual import usual
from demarche.world.axes import TREATY_STAGES

IN_FORCE = TREATY_STAGES.index("ratified")


@rule(
    "focal.meets_forums",
    "The charter body and its experts meet in session, a committee examines a state bound by its treaty.",
    claims=("UNB-18", "TGT-04"), accounts=ALL, phase="events",
    calendar=("session", "peer_review", "expert_session", "treaty_review"),
    reads=("body_is_charter", "body_is_experts", "body_is_committee", "body_treaty", "treaty_stage"),
    writes=("in_forum",),
)  # fmt: skip
def meets_forums(w: Fields, now: Moment) -> None:
    """Limits: a body that meets is taken to deal with the state."""
    charter = max(now.is_on("session"), now.is_on("peer_review"))
    bound = now.named("treaty_review", "treaty") * (w.treaty_stage == IN_FORCE)
    examined = bound[w.body_treaty[:, 0].astype(np.intp)] * w.body_is_committee
    w.in_forum[...] = charter * w.body_is_charter + now.is_on("expert_session") * w.body_is_experts + examined
    np.minimum(w.in_forum, 1.0, out=w.in_forum)


@rule(
    "focal.weighs_forum",
    "In a forum the state speaks to the merits, of values and culture, against the critic, or on procedure.",
    claims=("TGT-04", "TGT-31", "COA-02"), accounts=ALL, phase="answer_weighing", trigger="in_forum",
    rates=("forum_merits", "forum_values", "forum_attack", "forum_block"), reads=("in_forum", "body_is_charter"),
    writes=("forum_utility",),
)  # fmt: skip
def weighs_forum(
    w: Fields, now: Moment, *, forum_merits: Array, forum_values: Array, forum_attack: Array, forum_block: Array
) -> None:
    """Limits: procedure can be blocked among governments only; elsewhere the other tactics share what is left."""
    scale, here = now.temperature("forum"), w.in_forum
    for option, chance in (("values", forum_values), ("attack", forum_attack)):
        w.forum_utility[now.index("forum", option)] += here * base_utility(scale, chance, forum_merits)
    block = np.where(w.body_is_charter > 0.0, base_utility(scale, forum_block, forum_merits), barred())
    w.forum_utility[now.index("forum", "block")] += here * block


@rule(
    "focal.hearings_cool",
    "Before experts who ask questions angry rejections are rare.",
    claims=("UNB-18", "TGT-31"), accounts=ALL, phase="answer_weighing", trigger="in_forum",
    reads=("in_forum", "body_is_committee"), writes=("forum_utility",),
    parameters=(Parameter("cool", 0.2, 0.05, 0.6, "odds ratio", "odds of attacking the critic before a committee",
                          "UNB-18: hardly ever there; assumption"),),
)  # fmt: skip
def hearings_cool(w: Fields, now: Moment, *, cool: Array) -> None:
    """Limits: silent before governments."""
    w.forum_utility[now.index("forum", "attack")] += log_odds(
        now.temperature("forum"), cool, w.in_forum * w.body_is_committee)


@rule(
    "focal.rejects_meddling",
    "The more it resists demands from outside, the sooner the state calls them meddling or alien values.",
    claims=("TGT-31", "TGT-32"), accounts=ALL, phase="answer_weighing", trigger="in_forum",
    reads=("in_forum", "resistance"), writes=("forum_utility",),
    parameters=(
        Parameter("odds", 3.0, 1.0, 8.0, "odds ratio", "odds of attacking the critic at full resistance, against none",
                  "TGT-31; assumption"),
        usual("resistance"),
    ),
)  # fmt: skip
def rejects_meddling(w: Fields, now: Moment, *, odds: Array, usual_resistance: Array) -> None:
    """Limits: silent at the usual resistance."""
    push = log_odds(now.temperature("forum"), odds, w.resistance - usual_resistance)
    w.forum_utility[now.index("forum", "attack")] += w.in_forum * push


@rule(
    "focal.changes_subject",
    "A state that has learned turns the talk from rights, on which it is judged, to values, of which it has some.",
    claims=("TGT-04", "TGT-05", "TGT-12"), accounts=ALL, phase="answer_weighing", trigger="in_forum",
    reads=("in_forum", "skill", "skill_at_start"), writes=("forum_utility",),
    parameters=(
        FULL_SKILL,
        Parameter("odds", 2.0, 1.0, 5.0, "odds ratio", "odds of speaking of values after ten years of learning",
                  "TGT-04: a way to change the subject; assumption"),
    ),
)  # fmt: skip
def changes_subject(w: Fields, now: Moment, *, full: Array, odds: Array) -> None:
    """Limits: silent before anything is learned."""
    push = log_odds(now.temperature("forum"), odds, learned(w, full))
    w.forum_utility[now.index("forum", "values")] += w.in_forum * push


@rule(
    "focal.gathers_caucus",
    "A state of rank against which a motion may be tabled gathers the like-minded to block it.",
    claims=("COA-02", "COA-12"), accounts=ALL, phase="answer_weighing", trigger="in_forum",
    reads=("in_forum", "chance_of_motion", "target_status"), writes=("forum_utility",),
    parameters=(Parameter("odds", 4.0, 1.0, 10.0, "odds ratio",
                          "odds of blocking at full rank before a motion that is sure and close",
                          "COA-12: a permanent seat lets it marshal the like-minded; assumption"),),
)  # fmt: skip
def gathers_caucus(w: Fields, now: Moment, *, odds: Array) -> None:
    """Limits: silent where no motion is in sight."""
    push = log_odds(now.temperature("forum"), odds, w.chance_of_motion * w.target_status)
    w.forum_utility[now.index("forum", "block")] += w.in_forum * push


@rule(
    "focal.speaks_in_forums",
    "What the state says in a forum is on record; a block binds the like-minded for this session.",
    claims=("COA-02", "TGT-04", "TGT-31"), accounts=ALL, phase="answering", trigger="in_forum",
    reads=("forum_choice", "in_forum"), writes=("forum_event", "caucus"),
)  # fmt: skip
def speaks_in_forums(w: Fields, now: Moment) -> None:
    """Limits: one tactic a body and month."""
    w.forum_event[...] = (w.forum_choice + 1) * w.in_forum
    w.caucus[...] = ((w.forum_choice == now.index("forum", "block")) * w.in_forum).any(axis=0)


@rule(
    "focal.answers_questions",
    "Who answers on the merits puts facts on record, on which the body can rest.",
    claims=("UNB-18",), accounts=ALL, phase="answering", trigger="in_forum",
    reads=("forum_choice", "in_forum", "body_covers"), writes=("body_evidence",),
    parameters=(Parameter("filed", 0.1, 0.0, 0.3, "share", "part of missing evidence that answers add",
                          "UNB-18: few forums where officials must answer; assumption"),),
)  # fmt: skip
def answers_questions(w: Fields, now: Moment, *, filed: Array) -> None:
    """Limits: only on what the body deals with."""
    answered = (w.forum_choice == now.index("forum", "merits")) * w.in_forum
    gain(w.body_evidence, filed, answered[:, None] * w.body_covers)


@rule(
    "focal.talks_values",
    "Talk of values makes a defendant a contributor: scrutiny wanes and readings of the norms shift.",
    claims=("TGT-04", "TGT-05", "TGT-16"), accounts=ALL, phase="answering", trigger="in_forum",
    reads=("forum_choice", "in_forum", "norm_tilt", "institution_scrutiny"),
    writes=("norm_tilt_change", "institution_scrutiny_change"),
    parameters=(
        Parameter("shift", 0.02, 0.0, 0.06, "share", "part of the way that one forum shifts the norms",
                  "TGT-04: over decades; assumption: a fifth in ten sessions"),
        Parameter("spared", 0.05, 0.0, 0.15, "share", "part of scrutiny that is lost in one forum",
                  "TGT-04; assumption"),
    ),
)  # fmt: skip
def talks_values(w: Fields, now: Moment, *, shift: Array, spared: Array) -> None:
    """Limits: two forums in a month count as one."""
    talked = ((w.forum_choice == now.index("forum", "values")) * w.in_forum).max(axis=0)
    w.norm_tilt_change += shift * talked * (1.0 - w.norm_tilt)
    w.institution_scrutiny_change -= spared * talked * w.institution_scrutiny


@rule(
    "focal.attacks_critics",
    "Angry rejections harden those who make them, and leave talks less to talk about.",
    claims=("TGT-31", "TGT-32"), accounts=ALL, phase="answering", trigger="in_forum",
    reads=("forum_choice", "in_forum", "resistance"), writes=("resistance_change", "dialogue_substance"),
    parameters=(
        Parameter("hardens", 0.1, 0.0, 0.3, "share a year", "resistance gained in a month of rejections, as a rate",
                  "TGT-31; assumption: slight"),
        Parameter("forecloses", 0.1, 0.0, 0.3, "share", "part of the substance of talks that is lost",
                  "TGT-32: forecloses exchange; assumption"),
    ),
)  # fmt: skip
def attacks_critics(w: Fields, now: Moment, *, hardens: Array, forecloses: Array) -> None:
    """Limits: until the next round of talks, which sets its substance anew."""
    attacked = ((w.forum_choice == now.index("forum", "attack")) * w.in_forum).max(axis=0)
    w.resistance_change += share_a_year(w.resistance, hardens, attacked)
    w.dialogue_substance *= 1.0 - forecloses * attacked
