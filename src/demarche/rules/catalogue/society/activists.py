"""Activists and professions: capacity, risk, awareness, and claims that come out of work."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds, return_to, share_a_year
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.usual import usual


@rule(
    "society.contact_teaches",
    "Contact with the world, for which growth stands, works slowly in favour of rights, as far as censors let it.",
    claims=("DOM-26", "NGO-28"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "awareness", "censorship"),
    writes=("awareness_change",),
    parameters=(
        Parameter("a_year", 0.015, 0.0, 0.04, "share a year", "of those who do not know, at ten per cent of growth",
                  "DOM-26; assumption: a tenth in ten years"),
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1; it stands for contact", "definition",
                  "constant"),
    ),
)  # fmt: skip
def contact_teaches(w: Fields, now: Moment, *, a_year: Array, full: Array) -> None:
    """Limits: who returns from studies, and what news says, is not modelled; nationalism takes nothing from it."""
    contact = (w.growth_rate / full).clip(0.0, 1.0) * (1.0 - w.censorship)
    w.awareness_change += share_a_year(w.awareness, a_year, contact)


@rule(
    "society.addresses_are_heard",
    "Where a visitor speaks to the people over the heads of officials, some learn that they have rights.",
    claims=("SND-16", "PRS-12"),
    accounts=ALL,
    phase="society",
    trigger="deed_event",
    rows="senders",
    reads=("deed_event", "word_weight", "awareness"),
    writes=("awareness_change",),
    parameters=(
        Parameter("heard", 0.02, 0.0, 0.06, "share", "of those who do not know, by one address of full weight",
                  "SND-16; assumption"),
    ),
)  # fmt: skip
def addresses_are_heard(w: Fields, now: Moment, *, heard: Array) -> None:
    """Limits: officials let through what was agreed to; censors cut nothing of it."""
    spoken = (w.word_weight * (w.deed_event == now.index("deed", "address"))).sum(axis=0)
    w.awareness_change += heard * np.minimum(spoken, 1.0) * (1.0 - w.awareness)


@rule(
    "society.state_teaches",
    "What the leadership has adopted is taught level by level and informs people, or leaves out what treaties say.",
    claims=("DOM-02", "DOM-06", "DOM-13", "DOM-14", "TGT-29"),
    accounts=ALL,
    phase="society",
    reads=("official_programmes", "adoption_speed", "awareness"),
    writes=("awareness_change",),
    links=("teaching_awareness",),
)
def state_teaches(w: Fields, now: Moment, *, teaching_awareness: Array) -> None:
    """Move awareness with programmes for officials, judges, students, faster once the leadership has adopted norms."""
    w.awareness_change += share_a_year(w.awareness, teaching_awareness * w.adoption_speed, w.official_programmes)


@rule(
    "society.talk_outruns_censors",
    "Grievances that are voiced become common knowledge, as far as censors do not hide them.",
    claims=("DOM-22", "DOM-39"),
    accounts=ALL,
    phase="society",
    reads=("protest", "censorship", "awareness"),
    writes=("awareness_change",),
    parameters=(
        Parameter("a_year", 0.1, 0.02, 0.25, "share a year", "of those who do not know, at full protest uncensored",
                  "DOM-22; assumption"),
    ),
)  # fmt: skip
def talk_outruns_censors(w: Fields, now: Moment, *, a_year: Array) -> None:
    """Raise awareness with protest, less what censors hide."""
    w.awareness_change += share_a_year(w.awareness, a_year, w.protest * (1.0 - w.censorship))


@rule(
    "society.emergency_grips",
    "While emergency rule lasts, activists run a higher risk and reporters reach fewer places.",
    claims=("DOM-15",),
    accounts=ALL,
    phase="society",
    reads=("emergency", "activist_risk", "media_visibility"),
    writes=("activist_risk_change", "media_visibility_change"),
    parameters=(
        Parameter("a_month", 0.05, 0.0, 0.15, "share a month", "of what is left, under full emergency rule",
                  "DOM-15; assumption"),
    ),
)  # fmt: skip
def emergency_grips(w: Fields, now: Moment, *, a_month: Array) -> None:
    """Raise risk and lower reach. Limits: ends with it."""
    w.activist_risk_change += a_month * w.emergency * (1.0 - w.activist_risk)
    w.media_visibility_change -= 0.5 * a_month * w.emergency * w.media_visibility


@rule(
    "society.stocks_return",
    "Awareness, capacity and risk of activists drift back to where they began when nothing feeds them.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("awareness", "activist_capacity", "activist_risk", "awareness_at_start", "activist_capacity_at_start",
           "activist_risk_at_start"),
    writes=("awareness_change", "activist_capacity_change", "activist_risk_change"),
    parameters=(
        Parameter("half_life", 60.0, 30.0, 120.0, "months", "half-life of what goes beyond the start",
                  "assumption: five years"),
    ),
)  # fmt: skip
def stocks_return(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let each go back to its start."""
    w.awareness_change += return_to(w.awareness, w.awareness_at_start, half_life)
    w.activist_capacity_change += return_to(w.activist_capacity, w.activist_capacity_at_start, half_life)
    w.activist_risk_change += return_to(w.activist_risk, w.activist_risk_at_start, half_life)


@rule(
    "society.professions_grow",
    "A growing and specialising economy needs lawyers, auditors and reporters; entry into world trade needs more.",
    claims=("DOM-24", "DOM-42"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "professional_strength", "trade_entry"),
    writes=("professional_strength_change",),
    parameters=(
        Parameter("a_year", 0.012, 0.004, 0.03, "share a year", "of what is missing, at ten per cent of growth",
                  "DOM-24; assumption: a fifth in twenty years"),
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1", "definition", "constant"),
        Parameter("accession", 0.05, 0.0, 0.15, "share", "of what is missing, at entry into world trade",
                  "DOM-42; assumption"),
    ),
)  # fmt: skip
def professions_grow(w: Fields, now: Moment, *, a_year: Array, full: Array, accession: Array) -> None:
    """Raise the strength of professions. Limits: it is not lost again."""
    w.professional_strength_change += share_a_year(w.professional_strength, a_year, (w.growth_rate / full).clip(0, 1))
    w.professional_strength_change += accession * w.trade_entry * (1.0 - w.professional_strength)


@rule(
    "society.work_needs_rights",
    "Lawyers, reporters and scientists claim the rights without which they cannot do good work.",
    claims=("DOM-23", "DOM-24", "DOM-25"),
    accounts=ALL,
    phase="answer_weighing",
    when="year",
    reads=("professional_strength", "home_support", "threatens_monopoly", "activist_risk"),
    writes=("professions_utility",),
    rates=("professions_push",),
    parameters=(
        usual("professional_strength"),
        usual("activist_risk"),
        Parameter("strong", 6.0, 2.0, 15.0, "odds ratio", "of a push at full strength, against none",
                  "DOM-24; assumption"),
        Parameter("gives_out", 0.15, 0.05, 0.5, "odds ratio",
                  "of a push where an issue is unpopular and threatens the monopoly, against one that does neither",
                  "DOM-25; assumption"),
        Parameter("deterred", 0.5, 0.2, 0.9, "odds ratio", "of a push at full risk, against none",
                  "DOM-48: who takes such briefs suffers; assumption"),
        Parameter("mean", 0.48, 0.3, 0.6, "share", "mean of what makes issues unfit for it",
                  "cast; so that the base rate holds", "constant"),
    ),
)  # fmt: skip
def work_needs_rights(
    w: Fields, now: Moment, *, professions_push: Array, usual_professional_strength: Array, usual_activist_risk: Array,
    strong: Array, gives_out: Array, deterred: Array, mean: Array,
) -> None:
    """Weigh strength, risk, and what an issue costs those who take it up."""
    scale = now.temperature("professions")
    unfit = 0.5 * (w.threatens_monopoly + 1.0 - w.home_support) - mean
    w.professions_utility[now.index("professions", "push")] += (
        base_utility(scale, professions_push, 1.0 - professions_push)
        + log_odds(scale, strong, w.professional_strength - usual_professional_strength)
        + log_odds(scale, gives_out, unfit)
        + log_odds(scale, deterred, w.activist_risk - usual_activist_risk)
    )


@rule(
    "society.professions_push",
    "What professions claim for their work stays claimed for a year.",
    claims=("DOM-23",),
    accounts=ALL,
    phase="answering",
    when="year",
    reads=("professions_choice",),
    writes=("profession_push",),
)
def professions_push(w: Fields, now: Moment) -> None:
    """Lay the push on each issue."""
    w.profession_push[...] = w.professions_choice == now.index("professions", "push")


@rule(
    "society.professions_lead",
    "Where professions push, citizens are readier to follow, and officials know whom to watch.",
    claims=("DOM-23", "DOM-40"),
    accounts=ALL,
    phase="society",
    reads=("profession_push", "activist_risk", "activist_capacity"),
    writes=("readiness", "activist_risk_change", "activist_capacity_change"),
    parameters=(
        Parameter("ratio", 1.5, 1.0, 2.5, "odds ratio", "odds of joining where professions push",
                  "DOM-23; assumption"),
        Parameter("noticed", 0.02, 0.0, 0.06, "share a year", "risk added by pushes on all issues",
                  "DOM-48; assumption"),
        Parameter("able", 0.05, 0.0, 0.15, "share a year", "capacity added by pushes on all issues",
                  "DOM-23; assumption"),
    ),
    after=("society.knowledge_readies",),
)  # fmt: skip
def professions_lead(w: Fields, now: Moment, *, ratio: Array, noticed: Array, able: Array) -> None:
    """Add to readiness on the issue, to capacity and to risk."""
    w.readiness += np.log(ratio) * w.profession_push
    pushes = w.profession_push.mean(axis=0)
    w.activist_risk_change += share_a_year(w.activist_risk, noticed, pushes)
    w.activist_capacity_change += share_a_year(w.activist_capacity, able, pushes)
