"""Statutes, documents and plans at congresses, and what they set in motion."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import share_a_year
from demarche.rules.kit.rates import base_utility

CONGRESS = "congress"


@rule(
    "focal.law_rates",
    "A congress may bring a statute, a programme that names rights, or a plan of the government's own.",
    claims=("DOM-08", "DOM-09", "DOM-12"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    writes=("law_utility",),
    rates=("law_statute", "law_document"),
    parameters=(
        Parameter("plans", 0.3, 0.1, 0.6, "share", "plans among documents and plans",
                  "DOM-08, DOM-12: four documents of congresses, then a plan (after 1998: the document); assumption"),
    ),
)  # fmt: skip
def law_rates(w: Fields, now: Moment, *, law_statute: Array, law_document: Array, plans: Array) -> None:
    """Lay the base rates. Limits: the same on every issue; one act an issue and congress."""
    scale, none = now.temperature("law"), 1.0 - law_statute - law_document
    w.law_utility[now.index("law", "statute")] += base_utility(scale, law_statute, none)
    w.law_utility[now.index("law", "document")] += base_utility(scale, law_document * (1.0 - plans), none)
    w.law_utility[now.index("law", "plan")] += base_utility(scale, law_document * plans, none)


@rule(
    "focal.enacts",
    "Statutes better the law, programmes and clauses profess, plans set the state's own targets.",
    claims=("DOM-08", "DOM-09", "DOM-10", "DOM-11", "DOM-12", "TGT-13"),
    accounts=ALL,
    phase="answering",
    when=CONGRESS,
    reads=("law_choice", "formal_law", "commitment", "pressure_public", "pressure_private"),
    writes=("formal_law_change", "commitment_change", "paper_gain", "paper_months", "law_event", "document_adopted",
            "plan_months", "documents_granted", "issue_granted"),
    parameters=(
        Parameter("statute", 0.3, 0.15, 0.5, "share", "part of the missing law that a statute brings",
                  "DOM-11: codes of the 1990s mended single safeguards; assumption"),
        Parameter("clause", 0.05, 0.0, 0.15, "share", "part of the missing law that a programme or clause brings",
                  "DOM-10 against TGT-13; assumption"),
        Parameter("profession", 0.12, 0.04, 0.3, "share", "part of the missing commitment that a text brings",
                  "DOM-08; assumption"),
        Parameter("years", 10.0, 10.0, 10.0, "years", "time over which a statute reaches practice",
                  "definition of the link on statutes", "constant"),
        Parameter("plan_years", 4.0, 2.0, 5.0, "years", "time for which a plan runs",
                  "DOM-12: plans of two to five years (after 1998: the document)"),
    ),
)  # fmt: skip
def enacts(
    w: Fields, now: Moment, *, statute: Array, clause: Array, profession: Array, years: Array, plan_years: Array,
) -> None:
    """Let choices take effect: the gain on paper waits for practice, a plan runs, and what was asked for is granted.

    Limits: practice is not touched here.
    """
    is_statute = w.law_choice == now.index("law", "statute")
    is_document = w.law_choice == now.index("law", "document")
    is_plan = w.law_choice == now.index("law", "plan")
    paper = (statute * is_statute + clause * is_document) * (1.0 - w.formal_law)
    w.formal_law_change += paper
    w.paper_gain += paper
    np.maximum(w.paper_months, 12.0 * years * (paper > 0.0), out=w.paper_months)
    professed = is_document | is_plan
    w.commitment_change += profession * professed * (1.0 - w.commitment)
    w.law_event[...] = w.law_choice
    np.maximum(w.document_adopted, professed.any(axis=0), out=w.document_adopted)
    np.maximum(w.plan_months, 12.0 * plan_years * is_plan.any(axis=0), out=w.plan_months)
    asked = w.pressure_public + w.pressure_private > 0.0
    w.issue_granted += professed & asked
    w.documents_granted += (professed & asked).sum(axis=0)


@rule(
    "focal.runs_programmes",
    "While a plan runs or partners pay for programmes, judges, police and legislators are trained.",
    claims=("DOM-13", "DOM-14", "DLG-23", "UNB-03", "UNB-04"),
    accounts=ALL,
    phase="learning",
    reads=("dialogue_tracks", "official_training", "agreement"),
    writes=("plan_months", "official_programmes"),
)
def runs_programmes(w: Fields, now: Moment) -> None:
    """Set how far programmes for officials run. Limits: a track of talks counts as one partner's programme."""
    np.maximum(w.plan_months > 0.0, w.dialogue_tracks, out=w.official_programmes)
    np.maximum(w.official_programmes, np.maximum(w.official_training, w.agreement), out=w.official_programmes)
    w.plan_months -= w.plan_months > 0.0
    np.maximum(w.plan_months, 0.0, out=w.plan_months)


@rule(
    "focal.training_betters_law",
    "Training legal personnel betters the formal law on procedure.",
    claims=("DLG-13", "DLG-23"),
    accounts=ALL,
    phase="learning",
    reads=("official_programmes", "is_procedural", "formal_law"),
    writes=("formal_law_change",),
    links=("training_law",),
    after=("focal.runs_programmes",),
)
def training_betters_law(w: Fields, now: Moment, *, training_law: Array) -> None:
    """Move the law on procedure. Limits: what training adds to the law reaches practice by no statute."""
    w.formal_law_change += share_a_year(w.formal_law, training_law, w.official_programmes * w.is_procedural)
