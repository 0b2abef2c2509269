"""What a run leaves behind: monthly series, events and outcomes, declared once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from demarche.arrays import Array
from demarche.engine.activity_series import ACTIVITY_EVENTS, ACTIVITY_OUTCOMES, ACTIVITY_SERIES
from demarche.engine.law_series import LAW_EVENTS, LAW_OUTCOMES, LAW_SERIES
from demarche.engine.measured import EventKind, OutcomeSpec, SeriesSpec, events, issue_mean, level, outcome
from demarche.engine.person_series import PERSON_EVENTS, PERSON_OUTCOMES, PERSON_SERIES
from demarche.engine.society_series import SOCIETY_EVENTS, SOCIETY_OUTCOMES, SOCIETY_SERIES
from demarche.world.fields import FIELDS
from demarche.world.world import World

__all__ = [
    "EVENT_KINDS", "ISSUE_FIELDS", "OUTCOMES", "SERIES", "EventKind", "OutcomeSpec", "SeriesSpec", "by_issue",
    "issue_series", "outcome", "without_window",
]  # fmt: skip


def _running_dialogues(world: World) -> Array:
    running: Array = (world["has_dialogue"] * (1.0 - world["dialogue_suspended"])).sum(axis=0)
    return running


def _mean_substance(world: World) -> Array:
    rounds = world["round_held"]
    held = rounds.sum(axis=0)
    mean: Array = (world["dialogue_substance"] * rounds).sum(axis=0) / np.maximum(held, 1.0)
    return mean


SERIES: tuple[SeriesSpec, ...] = (
    *PERSON_SERIES,
    *LAW_SERIES,
    *ACTIVITY_SERIES,
    *SOCIETY_SERIES,
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
    SeriesSpec("dialogues", "states", "running official rights dialogues", _running_dialogues),
    SeriesSpec("dialogue_rounds", "rounds", "dialogue rounds held", events("dialogue_event", "round"), True),
    SeriesSpec("dialogue_substance", "share", "mean substance of the rounds held", _mean_substance),
    SeriesSpec(
        "motions_tabled",
        "motions",
        "motions tabled",
        events("motion_event", "no_action_carried", "no_action_failed"),
        True,
    ),
    SeriesSpec(
        "motions_carried", "motions", "no-action motions carried", events("motion_event", "no_action_carried"), True
    ),
    SeriesSpec("texts_adopted", "texts", "texts adopted", events("text_event", "adopted"), True),
    SeriesSpec(
        "treaty_acts", "acts", "signatures and ratifications",
        events("treaty_event", "signed", "ratified", "ratified_with_reservations"), True,
    ),
    SeriesSpec("punishments", "states", "senders punished", events("retaliation_event", "punished"), True),
    SeriesSpec(
        "lobbied_states", "states", "governments visited before a session", events("lobby_event", "lobbied"), True
    ),
    *(
        level(name)
        for name in (
            "sponsor_count",
            "motion_margin",
            "un_pressure",
            "trade_pressure",
            "pressure_effect",
            "coordination",
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
            "target_needs",
            "soft_power",
            "threat_credibility",
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
            "bloc_withdrawal",
        )
    ),
)


ISSUE_FIELDS = (
    "practice", "structural_practice", "recorded_practice", "commitment", "formal_law", "report", "attention",
)  # fmt: skip


def by_issue(world: World, field: str) -> Array:
    """Return a field by issue `(n_issues, n_runs)`; of one that senders have each, the mean over them."""
    values: Array = world[field]
    return values if values.ndim == 2 else values.mean(axis=0)


def issue_series(issue_codes: tuple[str, ...]) -> tuple[SeriesSpec, ...]:
    """Return practice, law and the like of each issue area as series `<field>_<issue>`."""

    def one(field: str, row: int, code: str) -> SeriesSpec:
        return SeriesSpec(
            f"{field}_{code}", "share", f"{FIELDS[field].meaning}: {code}", lambda world: by_issue(world, field)[row]
        )

    return tuple(one(field, row, code) for field in ISSUE_FIELDS for row, code in enumerate(issue_codes))


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("vote_no_action", "vote_event"),
    EventKind("vote_text", "text_vote_event"),
    EventKind("motion", "motion_event", "motion_margin"),
    EventKind("text", "text_event"),
    EventKind("sponsor", "sponsor_event"),
    EventKind("dialogue", "dialogue_event", "dialogue_substance"),
    *PERSON_EVENTS,
    *LAW_EVENTS,
    *SOCIETY_EVENTS,
    EventKind("treaty", "treaty_event"),
    EventKind("retaliation", "retaliation_event"),
    EventKind("lobby", "lobby_event"),
    EventKind("condition", "condition_event", "threat_credibility"),
    *ACTIVITY_EVENTS,
)


OUTCOMES: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        *PERSON_OUTCOMES,
        *LAW_OUTCOMES,
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
        OutcomeSpec("commitment", "share", "commitment, mean of the last five years", "commitment", "last"),
        OutcomeSpec("commitment_change", "share", "change of commitment", "commitment", "change"),
        OutcomeSpec("formal_law_change", "share", "change of formal law", "formal_law", "change"),
        OutcomeSpec("sponsors", "states", "sponsors, mean over tabled and untabled sessions", "sponsor_count", "mean"),
        OutcomeSpec("motions_tabled", "motions", "motions tabled", "motions_tabled", "total"),
        OutcomeSpec("motions_carried", "motions", "no-action motions carried", "motions_carried", "total"),
        OutcomeSpec("texts_adopted", "texts", "texts adopted", "texts_adopted", "total"),
        OutcomeSpec(
            "no_action_margin", "votes", "mean of yes minus no over no-action votes", "motion_margin", "margin"
        ),
        OutcomeSpec(
            "near_misses", "motions", "no-action motions decided by three votes or fewer", "motion_margin", "near_miss"
        ),
        OutcomeSpec("dialogues", "states", "running dialogues, mean over all months", "dialogues", "mean"),
        OutcomeSpec("dialogue_rounds", "rounds", "dialogue rounds held", "dialogue_rounds", "total"),
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
