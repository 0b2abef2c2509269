"""Why a congress enacts: treaties, professions, pressure and private asks. The same reasons weigh on custody."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.law.acts import CONGRESS
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.usual import usual

RATIFIED = 2.0


def for_statute(w: Fields, now: Moment, link: Array, treatment: Array) -> None:
    """Add a reason for a statute; on the issue of custody without courts it is one for its abolition."""
    w.law_utility[now.index("law", "statute")] += log_odds(now.temperature("law"), link, treatment)
    w.custody_utility[now.index("custody", "abolish")] += log_odds(now.temperature("custody"), link, treatment)


def for_text(w: Fields, now: Moment, link: Array, treatment: Array) -> None:
    """Add a reason for a document or a plan; on the issue of custody without courts it is one for another name."""
    term = log_odds(now.temperature("law"), link, treatment)
    w.law_utility[now.index("law", "document")] += term
    w.law_utility[now.index("law", "plan")] += term
    w.custody_utility[now.index("custody", "rename")] += log_odds(now.temperature("custody"), link, treatment)


@rule(
    "focal.treaties_ask_for_statutes",
    "Some years after a ratification statutes follow on what it covers.",
    claims=("DOM-11", "UNB-31", "UNB-33", "TGT-13", "TGT-20"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("treaty_stage", "treaty_months", "treaty_reserved", "treaty_covers"),
    writes=("law_utility", "custody_utility"),
    links=("ratification_law",),
    parameters=(
        Parameter("years", 10.0, 10.0, 10.0, "years", "time in which a ratification asks for statutes",
                  "definition of the link on ratification", "constant"),
        Parameter("reserved", 0.5, 0.0, 1.0, "share", "part of a duty that reservations take away",
                  "TGT-20: the clause that would let others judge is left out; assumption"),
    ),
)  # fmt: skip
def treaties_ask_for_statutes(
    w: Fields, now: Moment, *, ratification_law: Array, years: Array, reserved: Array,
) -> None:
    """Weigh by issue the strongest treaty that has been in force for at most ten years."""
    fresh = (w.treaty_stage == RATIFIED) & (w.treaty_months <= 12.0 * years)
    duty = fresh * (1.0 - reserved * w.treaty_reserved)
    for_statute(w, now, ratification_law, (w.treaty_covers * duty[:, None]).max(axis=0))


@rule(
    "focal.professions_ask_for_statutes",
    "Lawyers, reporters, courts and legislatures that specialise pull procedure towards legality.",
    claims=("DOM-23", "DOM-24", "DOM-25", "DOM-52"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("professional_strength", "is_procedural"),
    writes=("law_utility", "custody_utility"),
    links=("professionals_law",),
    parameters=(usual("professional_strength"),),
)
def professions_ask_for_statutes(
    w: Fields, now: Moment, *, professionals_law: Array, usual_professional_strength: Array,
) -> None:
    """Weigh their strength against its usual level, on procedural issues only."""
    strength = w.professional_strength - usual_professional_strength
    for_statute(w, now, professionals_law, strength * w.is_procedural)


@rule(
    "focal.pressure_asks_for_texts",
    "Pressure is answered with symposia, papers and plans.",
    claims=("PRS-01", "PRS-06", "PRS-16", "PRS-38", "TGT-13"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("pressure_public", "pressure_yield"),
    writes=("law_utility", "custody_utility"),
    links=("pressure_declaratory",),
)
def pressure_asks_for_texts(w: Fields, now: Moment, *, pressure_declaratory: Array) -> None:
    """Weigh public words on the issue, worn by skill."""
    for_text(w, now, pressure_declaratory, w.pressure_public * w.pressure_yield)


@rule(
    "focal.private_asks_for_texts",
    "What is raised in private on an issue may be met with a document or a plan.",
    claims=("DLG-01", "PRS-27"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("pressure_private",),
    writes=("law_utility", "custody_utility"),
    links=("private_issue",),
)
def private_asks_for_texts(w: Fields, now: Moment, *, private_issue: Array) -> None:
    """Weigh private representations on the issue."""
    for_text(w, now, private_issue, w.pressure_private)


@rule(
    "focal.concedes_texts",
    "What makes concessions likely makes documents likely where somebody asks for them.",
    claims=("PRS-16", "PRS-38"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("concession_push", "pressure_public", "pressure_private"),
    writes=("law_utility", "custody_utility"),
    parameters=(
        Parameter("price", 0.5, 0.5, 0.5, "multiplier", "price of a document, against a person freed",
                  "definition of concessions: documents are cheap", "constant"),
    ),
)  # fmt: skip
def concedes_texts(w: Fields, now: Moment, *, price: Array) -> None:
    """Weigh the month's push for concessions. Limits: nothing where nobody asked."""
    asked: Array = np.sign(w.pressure_public + w.pressure_private)
    for_text(w, now, np.exp(w.concession_push / price), asked)
