"""Law: what texts, treaties and professions add to statutes, and what statutes add to practice."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "domestic.texts",
    "Programmes, congress reports and constitutional clauses profess rights more often year by year.",
    claims=("DOM-08", "DOM-10"),
    accounts=ALL,
    phase="learning",
    reads=("commitment", "threatens_monopoly"),
    writes=("commitment_change",),
    parameters=(
        strength("gain of commitment a month per unit still missing",
                 "DOM-08: ten years from report to charter; assumption: 0.05 in ten years", default=0.0006, high=0.002,
                 unit="per month"),
    ),
)
def texts(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: words cost little anywhere."""
    w.commitment_change += strength * (1.0 - 0.5 * w.threatens_monopoly) * (1.0 - w.commitment)


@rule(
    "domestic.law_follows_treaties",
    "Some years after a ratification, statutes follow on the matters that it covers.",
    claims=("DOM-11", "DOM-09"),
    accounts=ALL,
    phase="learning",
    reads=("treaty_stage", "treaty_is_social", "treaty_months", "is_social", "tractability", "formal_law"),
    writes=("formal_law_change",),
    parameters=(
        strength("gain of law a month, all treaties ratified and the matter easy",
                 "DOM-11: statutes six to nine years after ratification; assumption: 0.1 in ten years", default=0.004,
                 high=0.012, unit="per month"),
        Parameter("lag", 48.0, 12.0, 96.0, "months", "time in which a ratification has half its effect",
                  "DOM-11; assumption"),
    ),
)
def law_follows_treaties(w: Fields, now: Moment, *, strength: Array, lag: Array) -> None:
    """Limits: two groups of treaties."""
    ripe = (w.treaty_stage == 2.0) * w.treaty_months / (w.treaty_months + lag)
    social = (ripe * w.treaty_is_social).sum(axis=0) / np.maximum(w.treaty_is_social.sum(axis=0), 1.0)
    civil_weight = 1.0 - w.treaty_is_social
    civil = (ripe * civil_weight).sum(axis=0) / np.maximum(civil_weight.sum(axis=0), 1.0)
    share = w.is_social * social + (1.0 - w.is_social) * civil
    w.formal_law_change += strength * share * w.tractability * (1.0 - w.formal_law)


@rule(
    "domestic.reform_path",
    "Rights that are built into institutions and statutes slowly shape what officials do.",
    claims=("DOM-09", "DOM-10", "DOM-11", "DOM-01"),
    accounts=(T1, T3),
    phase="learning",
    reads=("formal_law", "tractability", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("share of the gap between law and practice closed in a month where reform is easy",
                 "DOM-09; prior on ratification: 0.005 a year with local groups, 0 to 0.02", default=0.004, high=0.012,
                 unit="per month"),
        Parameter("sign", 1.0, -0.5, 1.5, "multiplier",
                  "sign and size of the pull; below zero paper replaces conduct",
                  "Hathaway; Simmons: contested for closed autocracies, so the range crosses zero"),
    ),
)
def reform_path(w: Fields, now: Moment, *, strength: Array, sign: Array) -> None:
    """Limits: slow."""
    gap = np.maximum(w.formal_law - w.structural_practice, 0.0)
    w.structural_practice_change += strength * sign * w.tractability * gap


@rule(
    "domestic.extralegal_path",
    "While police may punish without courts, reformed procedure protects few.",
    claims=("DOM-46", "DOM-47", "DOM-48"),
    accounts=(T3,),
    phase="learning",
    after=("domestic.reform_path", "domestic.movable_issues"),
    reads=("is_procedural", "is_core", "threatens_monopoly"),
    writes=("structural_practice_change",),
    parameters=(
        strength("share of a lasting gain that is bypassed where the stakes are highest",
                 "DOM-46; pattern: under a fifth of the effect is left while the path stays", default=1.6, high=2.0),
    ),
)
def extralegal_path(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: gains so far."""
    bypass = (strength * np.maximum(w.is_procedural, w.is_core) * w.threatens_monopoly).clip(0.0, 1.0)
    w.structural_practice_change -= bypass * np.maximum(w.structural_practice_change, 0.0)


@rule(
    "domestic.professionals",
    "Lawyers, reporters and legislatures that specialise pull statutes towards legality.",
    claims=("DOM-24", "DOM-25", "DOM-52"),
    accounts=(T3, T4),
    phase="society",
    reads=("professional_strength", "home_support", "threatens_monopoly", "formal_law"),
    writes=("formal_law_change",),
    parameters=(
        strength("gain of law a month at full strength of the professions",
                 "DOM-24; assumption: 0.1 in fifteen years",
                 default=0.004, high=0.012, unit="per month"),
        Parameter("reach", 0.7, 0.4, 1.0, "share", "threat beyond which the pull gives out",
                  "DOM-25; assumption"),
    ),
)
def professionals(w: Fields, now: Moment, *, strength: Array, reach: Array) -> None:
    welcome = w.home_support * (reach - w.threatens_monopoly).clip(0.0)
    w.formal_law_change += strength * w.professional_strength * welcome * (1.0 - w.formal_law)


@rule(
    "domestic.professions_grow",
    "A growing and specialising economy needs lawyers, auditors and reporters.",
    claims=("DOM-24", "DOM-42"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "professional_strength"),
    writes=("professional_strength_change",),
    parameters=(
        strength("gain a month per unit of yearly growth", "DOM-24; assumption: 0.2 in twenty years",
                 default=0.012,
                 high=0.03, unit="share per month per growth"),
    ),
)
def professions_grow(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.professional_strength_change += strength * w.growth_rate * (1.0 - w.professional_strength)


@rule(
    "domestic.craft_needs_freedom",
    "Journalists, lawyers and scientists claim freedoms because good work is impossible without them.",
    claims=("DOM-23",),
    accounts=(T4,),
    phase="society",
    reads=("professional_strength", "activist_risk", "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(
        strength("gain of capacity a month at full strength of the professions", "DOM-23; assumption",
                 default=0.008,
                 high=0.02, unit="per month"),
    ),
)
def craft_needs_freedom(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: risk deters."""
    nerve = 1.0 - 0.5 * w.activist_risk
    w.activist_capacity_change += strength * w.professional_strength * nerve * (1.0 - w.activist_capacity)


@rule(
    "domestic.movable_issues",
    "Outside help is taken where nothing vital is at stake: women, custody, the environment.",
    claims=("DOM-51", "DOM-53", "NGO-35"),
    accounts=(T3,),
    phase="learning",
    reads=(
        "tractability", "threatens_monopoly", "foreign_interest", "quiet_pressure", "un_pressure", "is_overlap",
        "structural_practice",
    ),
    writes=("structural_practice_change",),
    parameters=(
        strength("gain a month at full outside interest and help", "DOM-51; assumption: about 0.002 a year",
                 default=0.0012,
                 high=0.004, unit="per month"),
        Parameter("standing_help", 0.1, 0.0, 0.3, "share", "help that comes without any pressure",
                  "DOM-51; assumption"),
    ),
)
def movable_issues(w: Fields, now: Moment, *, strength: Array, standing_help: Array) -> None:
    """Limits: none spill."""
    ease = w.tractability * (1.0 - w.threatens_monopoly) ** 2 * w.foreign_interest * (1.0 - 0.5 * w.is_overlap)
    helped = standing_help + w.quiet_pressure + w.un_pressure
    w.structural_practice_change += strength * ease * helped * (1.0 - w.structural_practice)
