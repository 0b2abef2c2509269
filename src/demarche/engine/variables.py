"""What a run leaves behind: monthly series, events and outcomes, declared once."""

from __future__ import annotations

from collections.abc import Iterable

from demarche.arrays import Array
from demarche.engine.activity_series import ACTIVITY_EVENTS, ACTIVITY_OUTCOMES, ACTIVITY_SERIES
from demarche.engine.law_series import LAW_EVENTS, LAW_OUTCOMES, LAW_SERIES
from demarche.engine.measured import (
    TABLED,
    EventKind,
    Month,
    OutcomeSpec,
    SeriesSpec,
    events,
    issue_mean,
    level,
    outcome,
    over_issues,
)
from demarche.engine.motion_series import MOTION_EVENTS, MOTION_OUTCOMES, MOTION_SERIES
from demarche.engine.person_series import PERSON_EVENTS, PERSON_OUTCOMES, PERSON_SERIES
from demarche.engine.society_series import SOCIETY_EVENTS, SOCIETY_OUTCOMES, SOCIETY_SERIES
from demarche.world.fields import FIELDS

__all__ = [
    "EVENT_KINDS", "ISSUE_FIELDS", "OUTCOMES", "RESTED_ON", "SERIES", "EventKind", "Month", "OutcomeSpec", "SeriesSpec",
    "by_issue", "issue_series", "outcome", "without_window",
]  # fmt: skip


SERIES: tuple[SeriesSpec, ...] = (
    *PERSON_SERIES,
    *LAW_SERIES,
    *ACTIVITY_SERIES,
    *SOCIETY_SERIES,
    *MOTION_SERIES,
    SeriesSpec(
        "core_practice", "share", "mean practice in the civil-political core", issue_mean("practice", "is_core")
    ),
    SeriesSpec(
        "social_practice", "share", "mean practice in economic and social rights", issue_mean("practice", "is_social")
    ),
    SeriesSpec(
        "overlap_practice",
        "share",
        "mean practice where political rights serve social claims",
        issue_mean("practice", "is_overlap"),
    ),
    SeriesSpec("commitment", "share", "mean commitment over issue areas", over_issues("commitment")),
    SeriesSpec("formal_law", "share", "mean formal law over issue areas", over_issues("formal_law")),
    SeriesSpec("reported_violations", "share", "mean violations that monitors see", over_issues("report")),
    SeriesSpec("headline_violations", "share", "mean violations that publics hear of", over_issues("headline")),
    SeriesSpec(
        "treaty_acts", "acts", "signatures and ratifications",
        events("treaty_event", "signed", "ratified", "ratified_with_reservations"), True,
    ),
    *(
        level(name)
        for name in (
            "norm_strength",
            "norm_tilt",
            "institution_scrutiny",
            "resistance",
            "nationalism",
            "legitimacy",
            "internalisation",
            "skill",
            "belief_costless",
            "demands",
            "extralegal_stands",
            "soft_power",
            "target_status",
            "security_effort",
            "mobilisation",
            "activist_capacity",
            "activist_risk",
            "awareness",
            "professional_strength",
            "corporate_codes",
            "protest",
            "growth_rate",
            "media_visibility",
        )
    ),
)


ISSUE_FIELDS = (
    "practice", "structural_practice", "recorded_practice", "commitment", "formal_law", "report", "attention",
)  # fmt: skip


def by_issue(month: Month, field: str) -> Array:
    """Return a field by issue `(n_issues, n_runs)`; of one that senders have each, the mean over them."""
    values: Array = month[field]
    return values if values.ndim == 2 else values.mean(axis=0)


def issue_series(issue_codes: tuple[str, ...]) -> tuple[SeriesSpec, ...]:
    """Return practice, law and the like of each issue area as series `<field>_<issue>`."""

    def one(field: str, row: int, code: str) -> SeriesSpec:
        return SeriesSpec(
            f"{field}_{code}", "share", f"{FIELDS[field].meaning}: {code}", lambda month: by_issue(month, field)[row]
        )

    return tuple(one(field, row, code) for field in ISSUE_FIELDS for row, code in enumerate(issue_codes))


EVENT_KINDS: tuple[EventKind, ...] = (
    *MOTION_EVENTS,
    *PERSON_EVENTS,
    *LAW_EVENTS,
    *SOCIETY_EVENTS,
    EventKind("treaty", "treaty_event"),
    *ACTIVITY_EVENTS,
)


OUTCOMES: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        *PERSON_OUTCOMES,
        *LAW_OUTCOMES,
        *MOTION_OUTCOMES,
        *ACTIVITY_OUTCOMES,
        *SOCIETY_OUTCOMES,
        OutcomeSpec(
            "core_practice", "share", "civil-political practice, mean of the last five years", "core_practice", "last"
        ),
        OutcomeSpec(
            "core_practice_change",
            "share",
            "change of civil-political practice after the rebound",
            "core_practice",
            "change",
        ),
        OutcomeSpec(
            "social_practice_change", "share", "change of economic and social practice", "social_practice", "change"
        ),
        OutcomeSpec(
            "reported_violations", "share", "violations that monitors see, over issue areas", "reported_violations",
            "mean",
        ),
        OutcomeSpec("commitment", "share", "commitment, mean of the last five years", "commitment", "last"),
        OutcomeSpec("commitment_change", "share", "change of commitment", "commitment", "change"),
        OutcomeSpec("formal_law_change", "share", "change of formal law", "formal_law", "change"),
        OutcomeSpec("treaty_acts", "acts", "signatures and ratifications", "treaty_acts", "total"),
        OutcomeSpec("mobilisation", "share", "mobilisation, mean of the last five years", "mobilisation", "last"),
        OutcomeSpec(
            "activist_capacity",
            "share",
            "activists' capacity, mean of the last five years",
            "activist_capacity",
            "last",
        ),
        OutcomeSpec(
            "internalisation", "share", "internalisation, mean of the last five years", "internalisation", "last"
        ),
        OutcomeSpec("nationalism", "share", "nationalism, mean of the last five years", "nationalism", "last"),
        OutcomeSpec(
            "target_status", "share", "rank among states, mean of the last five years", "target_status", "last"
        ),
        OutcomeSpec("norm_strength", "share", "strength of the norms, mean of the last five years", "norm_strength",
                    "last"),
        OutcomeSpec("norm_tilt", "share", "shift of the norms, mean of the last five years", "norm_tilt", "last"),
        OutcomeSpec(
            "institution_scrutiny",
            "share",
            "scrutiny in UN bodies, mean of the last five years",
            "institution_scrutiny",
            "last",
        ),
    )
}

RESTED_ON = frozenset({*(spec.series for spec in OUTCOMES.values()), TABLED})
"""Names of the series that outcomes are worked out from."""


def without_window(names: Iterable[str], n_steps: int) -> tuple[OutcomeSpec, ...]:
    """Return those of some outcomes whose window is longer than a period of `n_steps` months.

    Examples
    --------
    >>> [(spec.name, spec.months) for spec in without_window(["releases", "core_practice_change"], 48)]
    [('core_practice_change', 72)]
    """
    return tuple(OUTCOMES[name] for name in names if name in OUTCOMES and OUTCOMES[name].months > n_steps)
