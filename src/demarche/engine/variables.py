"""What a run leaves behind: monthly series, events and outcomes, declared once."""

from __future__ import annotations

from collections.abc import Iterable

from demarche.engine.law_series import LAW_EVENTS, LAW_OUTCOMES, LAW_SERIES
from demarche.engine.measured import EventKind, OutcomeSpec, SeriesSpec, count, events, issue_mean, level, outcome
from demarche.engine.motion_series import MOTION_EVENTS, MOTION_OUTCOMES, MOTION_SERIES
from demarche.world.fields import FIELDS

__all__ = [
    "EVENT_KINDS", "ISSUE_FIELDS", "OUTCOMES", "SERIES", "EventKind", "OutcomeSpec", "SeriesSpec", "issue_series",
    "outcome", "without_window",
]  # fmt: skip


SERIES: tuple[SeriesSpec, ...] = (
    *LAW_SERIES,
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
    SeriesSpec("commitment", "share", "mean commitment over issue areas", lambda w: w["commitment"].mean(axis=0)),
    SeriesSpec("formal_law", "share", "mean formal law over issue areas", lambda w: w["formal_law"].mean(axis=0)),
    SeriesSpec("reported_violations", "share", "mean violations that monitors see", lambda w: w["report"].mean(axis=0)),
    SeriesSpec(
        "headline_violations", "share", "mean violations that publics hear of", lambda w: w["headline"].mean(axis=0)
    ),
    SeriesSpec(
        "treated_better", "persons", "detained persons treated better", events("case_event", "treated_better"), True
    ),
    SeriesSpec(
        "releases", "persons", "persons released, exile included", events("case_event", "released", "exiled"), True
    ),
    SeriesSpec("exiles", "persons", "persons released into exile", events("case_event", "exiled"), True),
    SeriesSpec(
        "new_detentions",
        "persons",
        "persons detained, again or for the first time",
        events("case_event", "detained", "detained_again"),
        True,
    ),
    SeriesSpec("detained", "persons", "followed persons in detention", count("case_status", 1.0)),
    SeriesSpec("cases_raised", "cases", "cases raised", events("case_raised", "private", "public", "both"), True),
    SeriesSpec(
        "treaty_acts", "acts", "signatures and ratifications",
        events("treaty_event", "signed", "ratified", "ratified_with_reservations"), True,
    ),
    SeriesSpec(
        "quiet_senders", "states", "senders that raised rights in private", events("channel_event", "quiet"), True
    ),
    SeriesSpec("vocal_senders", "states", "senders that spoke in public", events("channel_event", "vocal"), True),
    *(
        level(name)
        for name in (
            "quiet_pressure",
            "vocal_pressure",
            "un_pressure",
            "pressure_effect",
            "norm_strength",
            "norm_tilt",
            "institution_strength",
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
            "security_effort",
            "mobilisation",
            "activist_capacity",
            "activist_risk",
            "awareness",
            "professional_strength",
            "corporate_codes",
            "protest",
            "growth_rate",
            "message_credibility",
            "media_visibility",
            "recent_concessions",
        )
    ),
)


ISSUE_FIELDS = ("practice", "structural_practice", "recorded_practice", "commitment", "formal_law", "report")


def issue_series(issue_codes: tuple[str, ...]) -> tuple[SeriesSpec, ...]:
    """Return practice, law and the like of each issue area as series `<field>_<issue>`."""

    def one(field: str, row: int, code: str) -> SeriesSpec:
        return SeriesSpec(
            f"{field}_{code}", "share", f"{FIELDS[field].meaning}: {code}", lambda world: world[field][row]
        )

    return tuple(one(field, row, code) for field in ISSUE_FIELDS for row, code in enumerate(issue_codes))


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("case", "case_event", "case_fame"),
    *LAW_EVENTS,
    *MOTION_EVENTS,
    EventKind("treaty", "treaty_event"),
    EventKind("review", "review_event"),
    EventKind("channel", "channel_event", bulk=True),
    EventKind("case_raised", "case_raised", "case_fame", bulk=True),
)


OUTCOMES: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        *LAW_OUTCOMES,
        *MOTION_OUTCOMES,
        OutcomeSpec("releases", "persons", "persons released, exile included", "releases", "total"),
        OutcomeSpec("exiles", "persons", "persons released into exile", "exiles", "total"),
        OutcomeSpec("treated_better", "persons", "detained persons treated better", "treated_better", "total"),
        OutcomeSpec("new_detentions", "persons", "detentions after the start", "new_detentions", "total"),
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
            "institution_scrutiny",
            "share",
            "scrutiny in UN bodies, mean of the last five years",
            "institution_scrutiny",
            "last",
        ),
    )
}


def without_window(names: Iterable[str], n_steps: int) -> tuple[OutcomeSpec, ...]:
    """Return those of some outcomes whose window is longer than a period of `n_steps` months.

    Examples
    --------
    >>> [(spec.name, spec.months) for spec in without_window(["releases", "core_practice_change"], 48)]
    [('core_practice_change', 72)]
    """
    return tuple(OUTCOMES[name] for name in names if name in OUTCOMES and OUTCOMES[name].months > n_steps)
