"""What a run leaves behind: monthly series, events and outcomes, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array, Mask, cells
from demarche.world.fields import FIELDS
from demarche.world.world import World

Reader = Callable[[World], Array]


@dataclass(frozen=True)
class SeriesSpec:
    """One monthly variable of a run.

    Parameters
    ----------
    name, unit, meaning
        Name in tables and figures, unit of the values, meaning in plain words.
    read
        Function from the world to `(n_runs,)`.
    counts
        True if it counts events of the month (added up over time), False for a level.
    """

    name: str
    unit: str
    meaning: str
    read: Reader
    counts: bool = False


def _level(name: str) -> SeriesSpec:
    spec = FIELDS[name]
    return SeriesSpec(name, spec.unit, spec.meaning, lambda world: world[name])


def _issue_mean(name: str, mask: str) -> Reader:
    def read(world: World) -> Array:
        weights = world[mask]
        mean: Array = (world[name] * weights).sum(axis=0) / max(float(weights.sum()), 1.0)
        return mean

    return read


def _events(field: str, *labels: str) -> Reader:
    codes = [FIELDS[field].labels.index(label) + 1 for label in labels]

    def read(world: World) -> Array:
        values = world[field]
        if not values.any():
            return np.zeros(world.n_runs)
        hits = values == codes[0]
        for code in codes[1:]:
            hits |= values == code
        return np.asarray(hits.view(np.int8).sum(axis=0, dtype=np.int32) if values.ndim > 1 else hits, dtype=np.float64)

    return read


def _count(field: str, value: float) -> Reader:
    return lambda world: (world[field] == value).view(np.int8).sum(axis=0, dtype=np.int32).astype(np.float64)


def _running_dialogues(world: World) -> Array:
    running: Array = (world["has_dialogue"] * (1.0 - world["dialogue_suspended"])).sum(axis=0)
    return running


def _mean_substance(world: World) -> Array:
    rounds = world["round_held"]
    where = cells(rounds)  # few partners meet in a month
    held, substance = rounds[where], world["dialogue_substance"][where]
    total = np.bincount(where[1], substance * held, minlength=world.n_runs)
    mean: Array = total / np.maximum(np.bincount(where[1], held, minlength=world.n_runs), 1.0)
    return mean


SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec(
        "core_practice", "share", "mean practice in the civil-political core", _issue_mean("practice", "is_core")
    ),
    SeriesSpec(
        "social_practice", "share", "mean practice in economic and social rights", _issue_mean("practice", "is_social")
    ),
    SeriesSpec(
        "overlap_practice",
        "share",
        "mean practice where political rights serve social claims",
        _issue_mean("practice", "is_overlap"),
    ),
    SeriesSpec("commitment", "share", "mean commitment over issue areas", lambda w: w["commitment"].mean(axis=0)),
    SeriesSpec("formal_law", "share", "mean formal law over issue areas", lambda w: w["formal_law"].mean(axis=0)),
    SeriesSpec("reported_violations", "share", "mean violations that monitors see", lambda w: w["report"].mean(axis=0)),
    SeriesSpec(
        "headline_violations", "share", "mean violations that publics hear of", lambda w: w["headline"].mean(axis=0)
    ),
    SeriesSpec(
        "treated_better", "persons", "detained persons treated better", _events("case_event", "treated_better"), True
    ),
    SeriesSpec(
        "releases", "persons", "persons released, exile included", _events("case_event", "released", "exiled"), True
    ),
    SeriesSpec("exiles", "persons", "persons released into exile", _events("case_event", "exiled"), True),
    SeriesSpec(
        "new_detentions",
        "persons",
        "persons detained, again or for the first time",
        _events("case_event", "detained", "detained_again"),
        True,
    ),
    SeriesSpec("detained", "persons", "followed persons in detention", _count("case_status", 1.0)),
    SeriesSpec("cases_raised", "cases", "cases raised", _events("case_raised", "private", "public", "both"), True),
    SeriesSpec("dialogues", "states", "running official rights dialogues", _running_dialogues),
    SeriesSpec("dialogue_rounds", "rounds", "dialogue rounds held", _events("dialogue_event", "round"), True),
    SeriesSpec("dialogue_substance", "share", "mean substance of the rounds held", _mean_substance),
    SeriesSpec(
        "motions_tabled",
        "motions",
        "motions tabled",
        _events("motion_event", "no_action_carried", "no_action_failed"),
        True,
    ),
    SeriesSpec(
        "motions_carried", "motions", "no-action motions carried", _events("motion_event", "no_action_carried"), True
    ),
    SeriesSpec("texts_adopted", "texts", "texts adopted", _events("text_event", "adopted"), True),
    SeriesSpec(
        "treaty_acts", "acts", "signatures and ratifications", _events("treaty_event", "signed", "ratified"), True
    ),
    SeriesSpec("punishments", "states", "senders punished", _events("retaliation_event", "punished"), True),
    SeriesSpec(
        "lobbied_states", "states", "governments visited before a session", _events("lobby_event", "lobbied"), True
    ),
    SeriesSpec(
        "quiet_senders", "states", "senders that raised rights in private", _events("channel_event", "quiet"), True
    ),
    SeriesSpec("vocal_senders", "states", "senders that spoke in public", _events("channel_event", "vocal"), True),
    *(
        _level(name)
        for name in (
            "sponsor_count",
            "motion_margin",
            "quiet_pressure",
            "vocal_pressure",
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
    """

    kind: str
    field: str
    value: str = ""
    bulk: bool = False


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("vote_no_action", "vote_event"),
    EventKind("vote_text", "text_vote_event"),
    EventKind("motion", "motion_event", "motion_margin"),
    EventKind("text", "text_event"),
    EventKind("sponsor", "sponsor_event"),
    EventKind("dialogue", "dialogue_event", "dialogue_substance"),
    EventKind("case", "case_event", "case_fame"),
    EventKind("treaty", "treaty_event"),
    EventKind("retaliation", "retaliation_event"),
    EventKind("lobby", "lobby_event"),
    EventKind("condition", "condition_event", "threat_credibility"),
    EventKind("review", "review_event"),
    EventKind("channel", "channel_event", bulk=True),
    EventKind("case_raised", "case_raised", "case_fame", bulk=True),
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
