"""Learn the record to a date, predict what came after, and score it beside two rivals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.adjusting import nearest, noisy
from demarche.analysis.calibration.bank import Bank
from demarche.analysis.calibration.facts import KINDS
from demarche.analysis.calibration.matching import DISCREPANCY, Target, fit, kept, target_of
from demarche.analysis.calibration.measures import History, history_of
from demarche.analysis.hindcast.baselines import base_rate, persistence, real_persistence
from demarche.analysis.hindcast.inputs import given
from demarche.analysis.hindcast.known import REAL, filled, open_units, state_of
from demarche.analysis.hindcast.predicting import Past, chances, ensemble
from demarche.analysis.hindcast.scoring import Skill, brier, crps, skill
from demarche.arrays import Array
from demarche.history.record import Record, need_record

LEAST_CLUSTERS = 5
"""Fewest states, treaties or years on which skill can be claimed."""
RIVALS = ("persistence", "base rate")


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of one kind of fact, one entry a predicted fact: of the model and of each rival `(n,)`, and clusters."""

    kind: str
    model: Array
    rivals: Mapping[str, Array]
    clusters: NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """One kind of fact: number of facts and of independent clusters, mean score, skill over each rival."""

    kind: str
    facts: int
    clusters: int
    score: float
    over: Mapping[str, Skill]

    @property
    def tells(self) -> bool:
        """Tell whether there are enough independent clusters for an interval to mean anything."""
        return self.clusters >= LEAST_CLUSTERS

    @property
    def skilful(self) -> bool:
        """Tell whether it surely beats both rivals."""
        return self.tells and all(one.surely for one in self.over.values())


@dataclass(frozen=True)
class Expected:
    """What is expected of one kind of fact in the year after the date, and what came.

    `said` is the expected number (of states, acts; yes minus no of votes), three quantiles of a count or score, None
    where nothing could be told; `came` is None where the record has none.
    """

    kind: str
    said: float | tuple[float, float, float] | None
    came: float | None


@dataclass(frozen=True)
class Hindcast:
    """What came of it.

    Parameters
    ----------
    account, until, end
        Whose priors, last year that was learned, last year that was predicted.
    rows
        One a kind of fact.
    near, effective
        Runs near the record to the date, and how many they count as.
    missed
        Numbers that the model misses whatever its parameters, with standard deviations.
    inputs
        What was given of the predicted years.
    origins, expected
        Of a nowcast: years to each of which was learned, and what is expected of the year after the last one.
    """

    account: str
    until: int
    end: int
    rows: tuple[Row, ...]
    near: int
    effective: float
    missed: Mapping[str, float]
    inputs: tuple[str, ...]
    origins: tuple[int, ...] = ()
    expected: tuple[Expected, ...] = ()


def hindcast(bank: Bank, draws: int, until: int, tell: Callable[[str], None], share: float = DISCREPANCY) -> Hindcast:
    """Learn to the end of a year and predict the years that the record has after it.

    Parameters
    ----------
    bank
        Its runs are filled up to so many draws.
    draws, until
        Draws of the priors; last year that is looked at.
    tell
        Called with a line on how far it is.
    share
        Discrepancy, see `matching`.
    """
    world, record = bank.world, need_record(bank.world.setup.cast)
    history = history_of(world.setup.cast, record)
    bank.fill(range(draws), lambda done, of: tell(f"bank: {done:,} of {of:,} draws"))
    past, near, effective, missed = learned(bank, history, draws, until, share)
    rows = [summed(one, world.seed) for one in scored(past, history, record, until)]
    inputs = given(world.setup, world.arm, record, until)
    return Hindcast(world.account, until, history.last, tuple(rows), near, effective, missed, tuple(inputs))


def learned(
    bank: Bank, history: History, draws: int, until: int, share: float
) -> tuple[Past, int, float, dict[str, float]]:
    """Return the bank with runs weighted by how near they are to the record at the date."""
    runned = bank.read(range(draws))
    target, missed = target_of(history.until[until], runned.seen.until[until], share)
    some = runned.seen.until[until].take(target.names)
    places = bank.world.places(range(draws))[runned.draws]
    left = kept(list(fit(places, some, runned.draws)), target, places)
    values = noisy(some, target, bank.world.seed)
    weights, near = near_record(values, left, target)
    n = history.axes.years.index(until) + 1
    return Past(runned.seen.facts, weights, left.astype(float), n), near, float(1.0 / (weights**2).sum()), missed


def near_record(values: Array, left: NDArray[np.bool_], target: Target) -> tuple[Array, int]:
    """Return the weight of each run `(n_runs,)`, and how many have one."""
    rows = np.flatnonzero(left)
    near = nearest(values[rows], target.values)
    weights = np.zeros(len(values))
    weights[rows[near.rows]] = near.weights
    return weights, len(near.rows)


def scored(past: Past, history: History, record: Record, until: int) -> list[Scores]:
    """Return the scores of every kind of fact of which the record has any after the date."""
    done = ratified_by(record, until)
    found = []
    for kind in KINDS:
        one = _real(past, history, record, kind) if kind in REAL else _stances(past, history, kind, done)
        if len(one.model):
            found.append(one)
    return found


def ratified_by(record: Record, until: int) -> tuple[str, ...]:
    """Return the treaties that were ratified by the end of a year."""
    acts = [act for act in record.treaty_acts if act.act.startswith("ratified")]
    return tuple(act.treaty for act in acts if int(str(act.month)[:4]) <= until)


def _stances(past: Past, history: History, kind: str, done: tuple[str, ...]) -> Scores:
    """Return the scores of facts that are one of a few stances: Brier scores."""
    n_stances, shift = (3, 1.0) if kind == "votes" else (2, 0.0)
    units = open_units(kind, history.axes, done)
    before = filled(history.facts, kind)[0, units, : past.n] + shift
    after = history.facts[kind][0][units][:, past.n :] + shift
    cells = np.argwhere(np.isfinite(after))
    happened = after[np.isfinite(after)].astype(np.int64)
    state = state_of(history.facts, kind, past.n)[0]
    said = chances(past, kind, state, n_stances)[units][cells[:, 0], cells[:, 1]]
    rivals = {
        "persistence": brier(persistence(before, n_stances)[cells[:, 0]], happened),
        "base rate": brier(np.tile(base_rate(before, n_stances), (len(cells), 1)), happened),
    }
    return Scores(kind, brier(said, happened), rivals, cells[:, 0 if len(units) > 1 else 1])


def _real(past: Past, history: History, record: Record, kind: str) -> Scores:
    """Return the scores of counts and scores of rights: continuous ranked probability scores."""
    values = history.facts[kind][0, 0]
    n_runs, n_years = len(past.weights), len(values)
    error = record.judging.error.drawn(np.arange(n_runs), history.axes.years[0], n_years, "hindcast")
    rows = np.flatnonzero(past.weights > 0)
    said = ensemble(past, kind, float(values[past.n - 1]), error)[rows]
    happened = values[past.n :]
    rivals = {"persistence": real_persistence(values[: past.n]), "base rate": values[: past.n]}
    even = {name: np.full(len(one), 1.0 / len(one)) for name, one in rivals.items()}
    return Scores(
        kind,
        np.array([crps(said[:, at], past.weights[rows], value) for at, value in enumerate(happened)]),
        {name: np.array([crps(one, even[name], value) for value in happened]) for name, one in rivals.items()},
        np.arange(len(happened)),
    )


def summed(scores: Scores, seed: int) -> Row:
    """Return the skill of one kind of fact."""
    over = {name: skill(scores.model, rival, scores.clusters, seed) for name, rival in scores.rivals.items()}
    clusters = len(np.unique(scores.clusters))
    return Row(scores.kind, len(scores.model), clusters, float(scores.model.mean()), over)
