"""Condition on the record so far and predict the year that comes next, once for every year of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from demarche.analysis.calibration.adjusting import quantiles
from demarche.analysis.calibration.bank import Bank
from demarche.analysis.calibration.facts import KINDS, Facts
from demarche.analysis.calibration.matching import DISCREPANCY
from demarche.analysis.calibration.measures import History, cuts, history_of
from demarche.analysis.hindcast.inputs import given
from demarche.analysis.hindcast.known import REAL, open_units, state_of
from demarche.analysis.hindcast.predicting import Past, chances, ensemble
from demarche.analysis.hindcast.study import (
    LEAST_CLUSTERS,
    Expected,
    Hindcast,
    Scores,
    learned,
    ratified_by,
    scored,
    summed,
)
from demarche.arrays import Array
from demarche.history.record import Record, need_record

MIDDLE = (0.1, 0.5, 0.9)


def nowcast(bank: Bank, draws: int, until: int, tell: Callable[[str], None], share: float = DISCREPANCY) -> Hindcast:
    """Learn to the end of each year up to a last one and predict the next year alone.

    Parameters
    ----------
    bank
        Its runs are filled up to so many draws, once for all years.
    draws, until
        Draws of the priors; last year that is looked at, whose next year is told besides.
    tell, share
        Called with a line on how far it is; discrepancy, see `matching`.
    """
    world, record = bank.world, need_record(bank.world.setup.cast)
    history = history_of(world.setup.cast, record)
    bank.fill(range(draws), lambda done, of: tell(f"bank: {done:,} of {of:,} draws"))
    origins = tuple(year for year in cuts(history.axes) if year <= until)
    parts: dict[str, list[Scores]] = {kind: [] for kind in KINDS}
    for origin in origins:
        tell(f"learned to {origin}")
        past, near, effective, missed = learned(bank, history, draws, origin, share)
        past, shorter = next_year(past), replace(history, facts=first(history.facts, past.n + 1))
        for one in scored(past, shorter, record, origin):
            parts[one.kind].append(clustered(one, origin))
    rows = [summed(joined(some), world.seed) for some in parts.values() if some]
    said = tuple(expected(past, history, record, origin))
    inputs = tuple(given(world.setup, world.arm, record, origins[0]))
    return Hindcast(world.account, until, until + 1, tuple(rows), near, effective, missed, inputs, origins, said)


def first(facts: Facts, n: int) -> Mapping[str, Array]:
    """Return the facts of the first years."""
    return {kind: values[..., :n] for kind, values in facts.items()}


def next_year(past: Past) -> Past:
    """Return a bank that ends with the year after the date."""
    return replace(past, facts=first(past.facts, past.n + 1))


def clustered(scores: Scores, origin: int) -> Scores:
    """Return scores whose clusters are states, or years where a kind has few units."""
    few = len(np.unique(scores.clusters)) < LEAST_CLUSTERS
    return replace(scores, clusters=np.full(len(scores.model), origin)) if few else scores


def joined(parts: list[Scores]) -> Scores:
    """Return the scores of one kind over all dates."""
    rivals = {name: np.concatenate([one.rivals[name] for one in parts]) for name in parts[0].rivals}
    clusters = np.concatenate([one.clusters for one in parts])
    return Scores(parts[0].kind, np.concatenate([one.model for one in parts]), rivals, clusters)


def expected(past: Past, history: History, record: Record, origin: int) -> Iterator[Expected]:
    """Yield what is expected of the year after the last date, and what the record has."""
    for kind in KINDS:
        came = history.facts[kind][0, :, past.n]
        if kind in REAL:
            yield Expected(kind, _real(past, history, record, kind), _sum(came))
        elif kind != "votes":
            units = open_units(kind, history.axes, ratified_by(record, origin))
            said = chances(past, kind, state_of(history.facts, kind, past.n)[0], 2)[units][:, 0, 1]
            yield Expected(kind, float(said.sum()), _sum(came[units]))
        else:
            said = chances(past, kind, state_of(history.facts, kind, past.n)[0], 3)[:, 0]
            seated = np.isfinite(came)
            margin = float((said[seated, 2] - said[seated, 0]).sum()) if seated.any() else None
            yield Expected(kind, margin, _sum(came))


def _real(past: Past, history: History, record: Record, kind: str) -> tuple[float, float, float]:
    """Return the 10 %, 50 % and 90 % quantile of a count or score."""
    rows, n_years = np.flatnonzero(past.weights > 0), past.n + 1
    error = record.judging.error.drawn(np.arange(len(past.weights)), history.axes.years[0], n_years, "hindcast")
    said = ensemble(past, kind, float(history.facts[kind][0, 0, past.n - 1]), error)[rows]
    low, middle, high = quantiles(said, past.weights[rows], MIDDLE)[:, 0]
    return float(low), float(middle), float(high)


def _sum(values: Array) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.sum()) if len(known) else None
