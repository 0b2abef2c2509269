"""Citizens: what they complain of, how ready they are to act, and whether protest spreads."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach, logistic
from demarche.rules.kit.links import return_to, share_a_year
from demarche.rules.kit.usual import usual


@rule(
    "society.growth_dislocates",
    "Growth takes jobs, land and clean water from some and raises the expectations of all: conflict follows it.",
    claims=("DOM-32", "DOM-39", "DOM-42"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "grievance"),
    writes=("grievance_change",),
    links=("growth_protest",),
    parameters=(
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1", "definition of the link on growth",
                  "constant"),
    ),
)  # fmt: skip
def growth_dislocates(w: Fields, now: Moment, *, growth_protest: Array, full: Array) -> None:
    """Raise what people complain of, on every issue. Limits: shrinking economies are calm."""
    w.grievance_change += share_a_year(w.grievance, growth_protest, (w.growth_rate / full).clip(0.0, 1.0))


@rule(
    "society.grievances_settle",
    "People go back to complaining of what is unmet.",
    claims=("DOM-20", "DOM-39"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("grievance", "practice"),
    writes=("grievance_change",),
    parameters=(
        Parameter("half_life", 60.0, 30.0, 120.0, "months", "half-life of what goes beyond that",
                  "assumption: five years"),
    ),
)  # fmt: skip
def grievances_settle(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let grievance return to unmet claims, which is where it began."""
    w.grievance_change += return_to(w.grievance, 1.0 - w.practice, half_life)


@rule(
    "society.knowledge_readies",
    "People who know their rights, and have activists to rally round, join more readily.",
    claims=("DOM-20", "DOM-22", "NGO-34"),
    accounts=ALL,
    phase="society",
    reads=("awareness", "activist_capacity"),
    writes=("readiness",),
    rates=("society_awareness", "society_capacity"),
    parameters=(usual("awareness"), usual("activist_capacity")),
)
def knowledge_readies(
    w: Fields, now: Moment, *, society_awareness: Array, society_capacity: Array, usual_awareness: Array,
    usual_activist_capacity: Array,
) -> None:
    """Begin the sum of what makes people ready; the other rules of it follow."""
    w.readiness[...] = np.log(society_awareness) * (w.awareness - usual_awareness)
    w.readiness += np.log(society_capacity) * (w.activist_capacity - usual_activist_capacity)


@rule(
    "society.grievance_readies",
    "Everyday grievances over law, land and work are what people rise for.",
    claims=("DOM-20", "DOM-39"),
    accounts=ALL,
    phase="society",
    reads=("grievance", "grievance_at_start"),
    writes=("readiness",),
    parameters=(
        Parameter("ratio", 20.0, 5.0, 80.0, "odds ratio", "odds of joining at full grievance, against none",
                  "assumption: a tenth more to complain of makes joining a third more likely"),
    ),
    after=("society.knowledge_readies",),
)  # fmt: skip
def grievance_readies(w: Fields, now: Moment, *, ratio: Array) -> None:
    """Weigh what people complain of against the start, issue by issue."""
    w.readiness += np.log(ratio) * (w.grievance - w.grievance_at_start)


@rule(
    "society.neighbours_set_an_example",
    "Campaigns for rights in neighbouring societies, once people know of them, make them readier for the same issue.",
    claims=("COA-18",),
    accounts=ALL,
    phase="society",
    reads=("examples_known",),
    writes=("readiness",),
    parameters=(
        Parameter("ratio", 1.5, 1.0, 2.5, "odds ratio", "odds of joining where all know of them",
                  "COA-18; assumption: as a push of professions at home"),
    ),
    after=("society.knowledge_readies",),
)  # fmt: skip
def neighbours_set_an_example(w: Fields, now: Moment, *, ratio: Array) -> None:
    """Add to readiness, issue by issue. Limits: knows of no single neighbour."""
    w.readiness += np.log(ratio) * w.examples_known


@rule(
    "society.dread_holds_back",
    "Dread of disorder and the risk of retaliation temper demands; dread less where people know that neighbours found "
    "redress without it.",
    claims=("DOM-29", "DOM-40", "NGO-13"),
    accounts=ALL,
    phase="society",
    reads=("fear_of_instability", "activist_risk", "examples_known", "own_rights", "is_neighbour"),
    writes=("readiness",),
    parameters=(
        usual("fear_of_instability"),
        usual("activist_risk"),
        Parameter("imaginable", 0.5, 0.0, 0.8, "share",
                  "of the hold of dread that is lost where all know of neighbours with a full record",
                  "NGO-13: redress without a change of regime becomes imaginable; assumption: half"),
        Parameter("dread", 0.3, 0.1, 0.8, "odds ratio", "odds of joining in full dread of disorder, against none",
                  "DOM-29; assumption: a strong one"),
        Parameter("risk", 0.5, 0.2, 0.9, "odds ratio", "odds of joining at full risk, against none",
                  "DOM-40; assumption"),
    ),
    after=("society.knowledge_readies",),
)  # fmt: skip
def dread_holds_back(
    w: Fields, now: Moment, *, usual_fear_of_instability: Array, usual_activist_risk: Array, imaginable: Array,
    dread: Array, risk: Array,
) -> None:
    """Weigh dread and risk against what is usual, on every issue alike; precedents count by neighbours' own record."""
    record = w.own_rights[: len(w.is_neighbour)] * w.is_neighbour
    shown = w.examples_known * record.sum(axis=0) / np.maximum(w.is_neighbour.sum(axis=0), 1.0)
    w.readiness += np.log(dread) * (w.fear_of_instability * (1.0 - imaginable * shown) - usual_fear_of_instability)
    w.readiness += np.log(risk) * (w.activist_risk - usual_activist_risk)


@rule(
    "society.protest_spreads",
    "Each joins once enough others are seen to protest: below a threshold nothing spreads, above it most come out.",
    claims=("DOM-20", "DOM-22", "DOM-39", "DOM-50"),
    accounts=ALL,
    phase="society",
    reads=("readiness", "home_support", "censorship", "emergency", "weariness", "is_core", "is_overlap", "is_social",
           "is_procedural"),
    writes=("issue_protest", "protest"),
    draws=("spark",),
    rates=("censor_effort",),
    parameters=(
        Parameter("threshold", 0.37, 0.28, 0.5, "share", "share of others at which the mean citizen joins",
                  "assumption: most wait for a third or more"),
        Parameter("scale", 0.12, 0.08, 0.2, "share", "scale of the logistic distribution of thresholds",
                  "assumption: below a quarter, so that protest can tip"),
        Parameter("spark", 0.08, 0.03, 0.14, "share", "mean of a month's occasion to protest",
                  "assumption: one that a third of those concerned take up comes every five years"),
        Parameter("kin", 0.2, 0.0, 0.4, "share", "weight of protest on issues of the same group", "assumption"),
        Parameter("hidden", 0.3, 0.0, 0.6, "share", "part of others' protest that full censorship hides",
                  "DOM-22; assumption"),
        Parameter("pace", 0.7, 0.4, 1.0, "share", "part of the way that a month goes", "assumption"),
        Parameter("martial", 4.0, 2.0, 8.0, "log odds", "what full emergency rule takes from readiness",
                  "DOM-15; assumption"),
        Parameter("worn", 4.0, 2.0, 6.0, "log odds", "what full weariness takes from readiness", "assumption"),
    ),
    after=("society.grievance_readies", "society.dread_holds_back", "society.neighbours_set_an_example",
           "society.professions_lead"),
)  # fmt: skip
def protest_spreads(
    w: Fields, now: Moment, *, censor_effort: Array, threshold: Array, scale: Array, spark: Array, kin: Array,
    hidden: Array, pace: Array, martial: Array, worn: Array,
) -> None:
    """Move protest by issue with the thresholds of those whom it concerns. Limits: groups are not places."""
    others = np.zeros_like(w.issue_protest)
    for group in (w.is_core, w.is_overlap, w.is_social, w.is_procedural):
        others += group * ((w.issue_protest * group).sum(axis=0) / np.maximum(group.sum(axis=0), 1.0))
    shown = 1.0 - hidden * (w.censorship - censor_effort)
    seen = (w.issue_protest + kin * (others - w.issue_protest)) * shown
    occasion = -spark * np.log(1.0 - now.draw("spark", "issue"))
    pull = (seen + occasion - threshold) / scale + w.readiness - martial * w.emergency - worn * w.weariness
    approach(w.issue_protest, w.home_support * logistic(pull), pace)
    w.protest[...] = w.issue_protest.max(axis=0)


@rule(
    "society.protesters_tire",
    "Protest that nobody answers wears those out who carry it.",
    claims=("DOM-39",),
    accounts=ALL,
    phase="society",
    reads=("issue_protest",),
    writes=("weariness",),
    parameters=(
        Parameter("half_life", 6.0, 3.0, 12.0, "months", "half-life in which weariness follows protest",
                  "assumption: half a year"),
    ),
    after=("society.protest_spreads",),
)  # fmt: skip
def protesters_tire(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let weariness follow protest, up and down."""
    approach(w.weariness, w.issue_protest, 1.0 - np.exp2(-1.0 / half_life))


@rule(
    "society.citizens_mobilise",
    "Readiness to act, and protest that others see, make up how mobilised citizens are.",
    claims=("DOM-20", "DOM-21", "DOM-22"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("readiness", "issue_protest", "home_support", "mobilisation", "mobilisation_at_start", "emergency"),
    writes=("mobilisation_change",),
    parameters=(
        usual("issue_protest"),
        Parameter("example", 3.0, 1.0, 5.0, "log odds", "what full protest adds to the odds of being mobilised",
                  "DOM-20, DOM-21; assumption"),
        Parameter("martial", 1.5, 0.5, 3.0, "log odds", "what full emergency rule takes from them",
                  "DOM-15; assumption"),
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life in which mobilisation follows",
                  "assumption: a year"),
    ),
)  # fmt: skip
def citizens_mobilise(
    w: Fields, now: Moment, *, usual_issue_protest: Array, example: Array, martial: Array, half_life: Array
) -> None:
    """Move mobilisation towards what readiness and example make of its level at the start."""
    push = w.readiness + example * (w.issue_protest - usual_issue_protest) - martial * w.emergency
    start = np.log(w.mobilisation_at_start / (1.0 - w.mobilisation_at_start))
    ready = (w.home_support * logistic(start + push)).sum(axis=0) / w.home_support.sum(axis=0)
    w.mobilisation_change += return_to(w.mobilisation, ready, half_life)
