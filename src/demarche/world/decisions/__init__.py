"""The decisions that actors take, one module a kind of actor; the order is that within a phase.

Rules add named terms to the utility of each option; one mechanism turns utilities into
choices (see `demarche.engine.deciding`), so that every choice can be traced to the rules
behind it and any seat can be overridden by a person or a policy.
"""

from __future__ import annotations

from demarche.world.decisions.bodies import BODY_DECISIONS
from demarche.world.decisions.decision import FREE_CHOICE, UTILITY_RANGE, Decision, Temperature
from demarche.world.decisions.focal import FOCAL_DECISIONS
from demarche.world.decisions.ngos import NGO_DECISIONS
from demarche.world.decisions.senders import SENDER_DECISIONS
from demarche.world.decisions.society import LEADERSHIP_DECISIONS, SOCIETY_DECISIONS

DECISIONS_BY: dict[str, tuple[Decision, ...]] = {
    "senders": SENDER_DECISIONS, "ngos": NGO_DECISIONS, "focal": FOCAL_DECISIONS, "leadership": LEADERSHIP_DECISIONS,
    "society": SOCIETY_DECISIONS, "bodies": BODY_DECISIONS,
}  # fmt: skip
"""Kind of actor -> what it decides."""
DECISIONS: tuple[Decision, ...] = tuple(decision for group in DECISIONS_BY.values() for decision in group)
DECISION_OF: dict[str, Decision] = {decision.name: decision for decision in DECISIONS}

__all__ = [
    "DECISIONS", "DECISIONS_BY", "DECISION_OF", "FREE_CHOICE", "UTILITY_RANGE", "Decision", "Temperature",
]  # fmt: skip
