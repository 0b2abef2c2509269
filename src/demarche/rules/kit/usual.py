"""Treatments that are never at 0 enter as their distance from what is usual, so that base rates mean what they say.

The usual level of a field is its mean over 1990-98 in the arm `as_it_was`, under the common account. It is measured,
not fitted: it moves no outcome towards the record, it only says at which level a base rate holds.
`demarche.analysis.usual_levels` measures it again, and a test tells how far the world has moved from it.
"""

from __future__ import annotations

from demarche.rules.contract import Parameter

SOURCE = "mean of 1990-98 as it was under the common account, median draws; measured"

USUAL: dict[str, float] = {
    "internalisation": 0.08,
    "resistance": 0.60,
    "nationalism": 0.35,
    "belief_costless": 0.30,
    "welfare_claim": 0.32,
    "demands": 0.30,
    "issue_protest": 0.06,
    "professional_strength": 0.24,
    "awareness": 0.28,
    "activist_capacity": 0.25,
    "activist_risk": 0.73,
    "fear_of_instability": 0.67,
    "legitimacy": 0.42,
    "security_effort": 0.60,
    "protest": 0.22,
    "target_needs": 0.71,
    "coordination": 0.55,
    "security_rivalry": 0.11,
    "soft_power": 0.33,
    "target_status": 0.41,
    "share_by_conviction": 0.64,
    "leader_argues_interest": 0.07,
}
"""Field -> its usual level."""


def usual(field: str) -> Parameter:
    """Return the parameter `usual_<field>` of a rule that weighs a field against its usual level."""
    level = USUAL[field]
    return Parameter(f"usual_{field}", level, level, level, "share", f"usual level of {field}", SOURCE, "constant")
