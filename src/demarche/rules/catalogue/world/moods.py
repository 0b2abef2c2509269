"""Legitimacy and dread of disorder: what feeds them, and where they return."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import return_to, share_a_year
from demarche.rules.kit.usual import usual


@rule(
    "world.success_legitimates",
    "Claimed success in welfare is turned into legitimacy.",
    claims=("TGT-30", "DOM-59"),
    accounts=ALL,
    phase="society",
    reads=("welfare_claim", "legitimacy"),
    writes=("legitimacy_change",),
    parameters=(
        usual("welfare_claim"),
        Parameter("a_year", 0.3, 0.1, 0.6, "share a year", "of what is missing, at a full claim", "TGT-30; assumption"),
    ),
)  # fmt: skip
def success_legitimates(w: Fields, now: Moment, *, usual_welfare_claim: Array, a_year: Array) -> None:
    """Move legitimacy with what the claim exceeds its usual level, up or down."""
    w.legitimacy_change += share_a_year(w.legitimacy, a_year, w.welfare_claim - usual_welfare_claim)


@rule(
    "world.unrest_feeds_dread",
    "Protest renews the memory of disorder among rulers and ruled.",
    claims=("DOM-29", "DOM-15"),
    accounts=ALL,
    phase="society",
    reads=("protest", "fear_of_instability"),
    writes=("fear_of_instability_change",),
    parameters=(
        usual("protest"),
        Parameter("a_year", 0.3, 0.1, 0.6, "share a year", "of what is missing, at full protest",
                  "DOM-29; assumption"),
    ),
)  # fmt: skip
def unrest_feeds_dread(w: Fields, now: Moment, *, usual_protest: Array, a_year: Array) -> None:
    """Move dread with what protest exceeds its usual level, up or down."""
    w.fear_of_instability_change += share_a_year(w.fear_of_instability, a_year, w.protest - usual_protest)


@rule(
    "world.moods_settle",
    "Legitimacy and dread drift back to where they began when nothing feeds them.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("legitimacy", "fear_of_instability", "legitimacy_at_start", "fear_of_instability_at_start"),
    writes=("legitimacy_change", "fear_of_instability_change"),
    parameters=(
        Parameter("half_life", 60.0, 30.0, 120.0, "months", "half-life of what goes beyond the start",
                  "assumption: five years"),
    ),
)  # fmt: skip
def moods_settle(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let both go back to their start."""
    w.legitimacy_change += return_to(w.legitimacy, w.legitimacy_at_start, half_life)
    w.fear_of_instability_change += return_to(w.fear_of_instability, w.fear_of_instability_at_start, half_life)
