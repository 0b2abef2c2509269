"""What a run leaves behind: monthly series, events and outcomes, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array, Mask
from demarche.engine.series import (
    SeriesSpec,
    events,
    in_detention,
    issue_mean,
    level,
    mean_substance,
    running_dialogues,
    with_status,
)
from demarche.world.fields import FIELDS

SERIES: tuple[SeriesSpec, ...] = (
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
        "treated_better", "persons", "detained persons treated better", events("person_event", "treated_better"), True
    ),
    SeriesSpec(
        "releases", "persons", "persons released, exile included", events("person_event", "released", "exiled"), True
    ),
    SeriesSpec("exiles", "persons", "persons released into exile", events("person_event", "exiled"), True),
    SeriesSpec("terms_ended", "persons", "persons whose term ended", events("person_event", "term_ended"), True),
    SeriesSpec(
        "first_detentions", "persons", "persons detained for the first time", events("person_event", "detained"), True
    ),
    SeriesSpec(
        "renewed_detentions", "persons", "known persons detained again", events("person_event", "detained_again"), True
    ),
    SeriesSpec("detained", "persons", "followed persons in detention at the month's end", in_detention),
    SeriesSpec("at_liberty", "persons", "known persons at liberty at the month's end", with_status("at_liberty")),
    SeriesSpec(
        "persons_raised", "persons", "persons raised", events("person_raised", "private", "public", "both"), True
    ),
    SeriesSpec(
        "asks", "asks", "asks on issues and for persons", events("ask_event", *FIELDS["ask_event"].labels), True
    ),
    SeriesSpec("asks_for_persons", "asks", "asks for persons, one a name", events("ask_event", "person"), True),
    SeriesSpec(
        "answered_asks", "asks", "asks that were answered: told, treated better, freed, or granted on an issue",
        events("ask_answer", "told", "better", "freed", "granted"), True,
    ),
    SeriesSpec(
        "concessions_persons", "persons", "persons asked for who were treated better, released or exiled",
        events("concession_event", "treated_better", "released", "exiled"), True,
    ),
    SeriesSpec("dialogues", "states", "running official rights dialogues", running_dialogues),
    SeriesSpec("dialogue_rounds", "rounds", "dialogue rounds held", events("dialogue_event", "round"), True),
    SeriesSpec("dialogue_substance", "share", "mean substance of the rounds held", mean_substance),
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
        "treaty_acts", "acts", "signatures and ratifications", events("treaty_event", "signed", "ratified"), True
    ),
    SeriesSpec("punishments", "states", "senders punished", events("retaliation_event", "punished"), True),
    SeriesSpec(
        "lobbied_states", "states", "governments visited before a session", events("lobby_event", "lobbied"), True
    ),
    SeriesSpec(
        "private_words", "words", "representations in private alone", events("representation_event", "private"), True
    ),
    SeriesSpec(
        "public_words", "words", "representations in public, or in public too",
        events("representation_event", "public", "both"), True,
    ),
    SeriesSpec(
        "public_pressure", "share", "mean public pressure on the core of rights",
        issue_mean("pressure_public", "is_core"),
    ),
    SeriesSpec(
        "private_pressure", "share", "mean private pressure on the core of rights",
        issue_mean("pressure_private", "is_core"),
    ),
    *(
        level(name)
        for name in (
            "sponsor_count",
            "motion_margin",
            "voice",
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


ISSUE_FIELDS = ("practice", "commitment", "formal_law", "report")


def issue_series(issue_codes: tuple[str, ...]) -> tuple[SeriesSpec, ...]:
    """Return practice, commitment and formal law of each issue area as series `<field>_<issue>`."""

    def one(field: str, row: int, code: str) -> SeriesSpec:
        return SeriesSpec(
            f"{field}_{code}", "share", f"{FIELDS[field].meaning}: {code}", lambda world: world[field][row]
        )

    return tuple(one(field, row, code) for field in ISSUE_FIELDS for row, code in enumerate(issue_codes))


@dataclass(frozen=True)
class EventKind:
    """One kind of row in the event table.

    Parameters
    ----------
    kind
        Name in the table.
    field
        Event field whose codes become the column `detail`; its axis gives the actor.
    value
        Field read for the column `value`, empty for none.
    bulk
        Rows so many that they are recorded only on request.
    sides
        Of rows of a ring: columns that say who acted and whom or what it is about, each with the axis on which it is
        a position; -1 is nobody. Without them the axes of the field say both.
    """

    kind: str
    field: str
    value: str = ""
    bulk: bool = False
    sides: tuple[tuple[str, str], ...] = ()

    @property
    def axes(self) -> tuple[str, ...]:
        """Axes of the actor and of whom or what it is about, as far as there are such."""
        return tuple(axis for _, axis in self.sides) or FIELDS[self.field].axes


ASKED = (("ask_sender", "sender"), ("ask_person", "person"))

EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("vote_no_action", "vote_event"),
    EventKind("vote_text", "text_vote_event"),
    EventKind("motion", "motion_event", "motion_margin"),
    EventKind("text", "text_event"),
    EventKind("sponsor", "sponsor_event"),
    EventKind("dialogue", "dialogue_event", "dialogue_substance"),
    EventKind("person", "person_event", "person_fame"),
    EventKind("treaty", "treaty_event"),
    EventKind("retaliation", "retaliation_event"),
    EventKind("lobby", "lobby_event"),
    EventKind("condition", "condition_event", "threat_credibility"),
    EventKind("review", "review_event"),
    EventKind("representation", "representation_event", bulk=True),
    EventKind("deed", "deed_event"),
    EventKind("affront", "affront_event"),
    EventKind("concession", "concession_event", "person_fame"),
    EventKind("ask", "ask_event", bulk=True, sides=ASKED),
    EventKind("answer", "ask_answer", bulk=True, sides=ASKED),
    EventKind("person_raised", "person_raised", "person_fame", bulk=True),
)


@dataclass(frozen=True)
class OutcomeSpec:
    """One number of a run, computed from its series.

    Parameters
    ----------
    name, unit, meaning
        Name in files, tables and figures; unit; meaning.
    series
        The series it rests on.
    how
        `total` over all months, `mean` over all months, `last` five years' mean,
        `change` (mean of the last 24 months minus mean of the months 24 to 48), `margin` (mean over
        tabled motions), `near_miss`; see `REDUCERS`.
    """

    name: str
    unit: str
    meaning: str
    series: str
    how: str

    @property
    def months(self) -> int:
        """Shortest period in months that its window fits; a shorter one has no such number."""
        return WINDOW_MONTHS.get(self.how, 1)


OUTCOMES: dict[str, OutcomeSpec] = {
    spec.name: spec
    for spec in (
        OutcomeSpec("releases", "persons", "persons released, exile included", "releases", "total"),
        OutcomeSpec("exiles", "persons", "persons released into exile", "exiles", "total"),
        OutcomeSpec("treated_better", "persons", "detained persons treated better", "treated_better", "total"),
        OutcomeSpec("person_months_detained", "person-months", "months that persons spent in detention, summed up",
                    "detained", "total"),
        OutcomeSpec("first_detentions", "persons", "persons detained for the first time", "first_detentions", "total"),
        OutcomeSpec("renewed_detentions", "persons", "known persons detained again", "renewed_detentions", "total"),
        OutcomeSpec("terms_ended", "persons", "persons whose term ended", "terms_ended", "total"),
        OutcomeSpec("asks", "asks", "asks on issues and for persons", "asks", "total"),
        OutcomeSpec("answered_asks", "asks", "asks that were answered", "answered_asks", "total"),
        OutcomeSpec("concessions_persons", "persons", "persons asked for who were treated better, released or exiled",
                    "concessions_persons", "total"),
        OutcomeSpec("public_pressure", "share", "public pressure on the core of rights, mean of all months",
                    "public_pressure", "mean"),
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

NEAR_MISS_VOTES = 3
LAST_MONTHS = 60
CHANGE_MONTHS = 24
CHANGE_FROM = 24  # the months before it hold the rebound from the start of the reference case

WINDOW_MONTHS = {"last": LAST_MONTHS, "change": CHANGE_FROM + 2 * CHANGE_MONTHS}
"""How -> months of the shortest period that the window fits: the two windows of a change may not overlap."""


def outcome(spec: OutcomeSpec, series: dict[str, Array]) -> Array:
    """Return one outcome `(n_runs,)` from monthly series `(n_steps, n_runs)`; NaN if its window does not fit."""
    values = series[spec.series]
    if len(values) < spec.months:
        return np.full(values.shape[1:], np.nan)
    return REDUCERS[spec.how](values, series["motions_tabled"] > 0)


def without_window(names: Iterable[str], n_steps: int) -> tuple[OutcomeSpec, ...]:
    """Return those of some outcomes whose window is longer than a period of `n_steps` months.

    Examples
    --------
    >>> [(spec.name, spec.months) for spec in without_window(["releases", "core_practice_change"], 48)]
    [('core_practice_change', 72)]
    """
    return tuple(OUTCOMES[name] for name in names if name in OUTCOMES and OUTCOMES[name].months > n_steps)


def _change(values: Array, tabled: Mask) -> Array:
    first = values[CHANGE_FROM : CHANGE_FROM + CHANGE_MONTHS]
    change: Array = values[-CHANGE_MONTHS:].mean(axis=0) - first.mean(axis=0)
    return change


def _margin(values: Array, tabled: Mask) -> Array:
    votes = tabled.sum(axis=0)
    return np.where(votes > 0, (values * tabled).sum(axis=0) / np.maximum(votes, 1), np.nan)


def _near_miss(values: Array, tabled: Mask) -> Array:
    misses: Array = (tabled & (np.abs(values) <= NEAR_MISS_VOTES)).sum(axis=0, dtype=np.float64)
    return misses


REDUCERS: dict[str, Callable[[Array, Mask], Array]] = {
    "total": lambda values, tabled: np.asarray(values.sum(axis=0)),
    "mean": lambda values, tabled: np.asarray(values.mean(axis=0)),
    "last": lambda values, tabled: np.asarray(values[-LAST_MONTHS:].mean(axis=0)),
    "change": _change,
    "margin": _margin,
    "near_miss": _near_miss,
}
