"""Complete lists left out in turn, and how well they are predicted, against the last known list and the group.

Neither the list that is left out nor the votes of its session are seen or remembered by the rows that the model is
fitted on. Lists that are not complete are remembered and never fitted: their rows were selected by the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.cast.cast import Cast
from demarche.errors import DesignError, Problem
from demarche.history.bootstrap import mean_and_interval, mean_of
from demarche.history.record import Record
from demarche.history.sponsors.known import AtRisk, History
from demarche.history.sponsors.lists import SponsorList, sponsor_lists
from demarche.history.sponsors.model import Sponsoring, fit

MODEL, LAST_YEAR, GROUP = "demarche", "last_year", "group"
PREDICTORS = (MODEL, LAST_YEAR, GROUP)
COUNT = 0.5
"""Added to every count of the table of `last_year`."""
SHRINK = 1.0
"""States that the rate of a group is shrunk by towards that of all."""
GROUPS = ("all", "then or now", "changed", "joined", "left")
"""Everybody; who sponsors or was named on the last known list; who differs from that list, and in which way."""

Seen = Sequence[tuple[AtRisk, Mask]]


@dataclass(frozen=True, eq=False)
class Scored:
    """States at risk in one or several years, with the chances that each predictor gave.

    Parameters
    ----------
    year, state
        Year of the session and code of the state `(n,)`.
    sponsored, was_named
        Whether the state sponsored, and whether the last known list had named it `(n,)`.
    chances
        Predictor -> chance of sponsoring `(n,)`.
    """

    year: NDArray[np.int64]
    state: NDArray[np.str_]
    sponsored: Mask
    was_named: Mask
    chances: Mapping[str, Array]

    @cached_property
    def losses(self) -> Mapping[str, Array]:
        """Return predictor -> minus logarithm of the chance of what happened `(n,)`."""
        return {name: -np.log(np.where(self.sponsored, one, 1 - one)) for name, one in self.chances.items()}

    def group(self, name: str) -> Mask:
        """Return who belongs to one of `GROUPS` `(n,)`."""
        now, then = self.sponsored, self.was_named
        masks = (np.ones_like(now), now | then, now != then, now & ~then, then & ~now)
        return np.asarray(masks[GROUPS.index(name)])


@dataclass(frozen=True, eq=False)
class Fold:
    """A list that was left out, the model fitted without it, and its predictions."""

    left_out: SponsorList
    last_known: SponsorList | None
    model: Sponsoring
    scored: Scored


def estimate(cast: Cast, record: Record, left_out: int | None = None) -> Sponsoring:
    """Return the model estimated on the complete lists of a record, without that of one year if wished.

    Raises
    ------
    DesignError
        If there is no complete list to fit.
    """
    return fit(_seen(cast, record, left_out))


def leave_out(cast: Cast, record: Record) -> tuple[Fold, ...]:
    """Leave each complete list out in turn.

    Raises
    ------
    DesignError
        If there are fewer than two.
    """
    lists = sponsor_lists(record)
    complete = [one for one in lists if one.is_complete]
    if len(complete) < 2:
        raise DesignError([_too_few(record, complete, 2)])
    return tuple(_fold(cast, record, lists, one) for one in complete)


def _fold(cast: Cast, record: Record, lists: Sequence[SponsorList], left: SponsorList) -> Fold:
    seen = _seen(cast, record, left.year)
    model, risk = fit(seen), History(cast, record, lists).at_risk(left)
    earlier = [one for one in lists if one.year < left.year]
    scored = Scored(
        year=np.full(len(risk.states), left.year),
        state=np.array(risk.states),
        sponsored=risk.named(left.named),
        was_named=risk.was_named,
        chances={MODEL: model.chances(risk.values), **baseline_chances(seen, risk)},
    )
    return Fold(left, earlier[-1] if earlier else None, model, scored)


def _seen(cast: Cast, record: Record, left_out: int | None) -> Seen:
    """Return the rows of complete lists, one of them left out and forgotten."""
    lists = sponsor_lists(record)
    history = History(cast, record, lists, frozenset(() if left_out is None else (left_out,)))
    kept = [one for one in lists if one.is_complete and one.year != left_out]
    if not kept:
        raise DesignError([_too_few(record, kept, 1)])
    risks = [history.at_risk(one) for one in kept]
    return [(risk, risk.named(one.named)) for risk, one in zip(risks, kept, strict=True)]


def _too_few(record: Record, complete: Sequence[SponsorList], needed: int) -> Problem:
    found = ", ".join(str(one.year) for one in complete) or "none"
    what = "the record has too few complete lists of sponsors"
    fix = "name all sponsors in sponsors.csv, as many as motions.csv says that there were"
    return Problem(f"{record.folder / 'sponsors.csv'}:1:1", what, found, f"complete lists of {needed} years", fix=fix)


def baseline_chances(seen: Seen, risk: AtRisk) -> dict[str, Array]:
    """Return the chances of the simpler predictors, fitted on the same lists as the model.

    `last_year`: how often those whom the last known list named, and those whom it did not, sponsored. `group`: the
    rate of the regional group, shrunk a little towards that of all.
    """
    counts = np.full((2, 2), COUNT)
    groups = np.concatenate([np.array(one.groups) for one, _ in seen])
    sponsored = np.concatenate([outcome for _, outcome in seen])
    for one, outcome in seen:
        np.add.at(counts, (one.was_named.astype(np.int64), outcome.astype(np.int64)), 1.0)
    overall = float(sponsored.mean())
    rate = {
        name: (float(sponsored[groups == name].sum()) + SHRINK * overall) / (int((groups == name).sum()) + SHRINK)
        for name in {*risk.groups}
    }
    share = counts[:, 1] / counts.sum(axis=1)
    return {LAST_YEAR: share[risk.was_named.astype(np.int64)], GROUP: np.array([rate[one] for one in risk.groups])}


def together(folds: Sequence[Fold]) -> Scored:
    """Return the predictions of all folds as one."""
    parts = [fold.scored for fold in folds]
    return Scored(
        year=np.concatenate([part.year for part in parts]),
        state=np.concatenate([part.state for part in parts]),
        sponsored=np.concatenate([part.sponsored for part in parts]),
        was_named=np.concatenate([part.was_named for part in parts]),
        chances={name: np.concatenate([part.chances[name] for part in parts]) for name in PREDICTORS},
    )


def measures(scored: Scored, mask: Mask) -> dict[str, dict[str, float]]:
    """Return log score and Brier score by predictor over some states, lower is better; NaN without any."""
    happened = scored.sponsored[mask].astype(np.float64)
    return {
        "log_score": {name: mean_of(losses[mask]) for name, losses in scored.losses.items()},
        "brier": {name: mean_of((one[mask] - happened) ** 2) for name, one in scored.chances.items()},
    }


def difference(scored: Scored, other: str, mask: Mask, seed: int = 1) -> dict[str, float]:
    """Return the log score of the model minus that of another predictor, with a bootstrap interval of 95 %.

    States are drawn with replacement, all years of a state together; one state alone has no interval. Negative is
    better for the model.
    """
    gap = (scored.losses[MODEL] - scored.losses[other])[mask]
    states, state = np.unique(scored.state[mask], return_inverse=True)
    found = mean_and_interval(gap, state, states.tolist(), seed)
    return found if len(states) > 1 else {**found, "low": float("nan"), "high": float("nan")}
