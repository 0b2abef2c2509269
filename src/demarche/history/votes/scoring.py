"""Predictions of roll calls in order of date, and how well they did, against the baselines.

Log score: mean over votes of minus the natural logarithm of the chance that was given to the stance taken; lower is
better. Members without a stance (absent, not recorded) are not scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.history.bootstrap import mean_and_interval, mean_of
from demarche.history.votes.baselines import NAMES, baseline_chances
from demarche.history.votes.estimate import lay_out
from demarche.history.votes.memory import Memory
from demarche.history.votes.posterior import Posterior
from demarche.history.votes.rollcalls import FOR, NONE, STANCES, RollCall

MODEL = "demarche"
PREDICTORS = (MODEL, *NAMES)
LEAST = 1e-6
BINS = 10
GROUPS = ("all", "past vote", "no past vote", "switchers")


@dataclass(frozen=True, eq=False)
class Scored:
    """Votes with the chances that each predictor gave.

    Parameters
    ----------
    calls
        The roll calls, in order.
    motion
        Index into `calls` `(n,)`.
    member
        Codes `(n,)`.
    stance, last
        Index of the stance, and of the own last one on the target (`NONE` for none) `(n,)`.
    chances
        Predictor -> chances of the stances `(n, 3)`.
    """

    calls: tuple[RollCall, ...]
    motion: NDArray[np.int64]
    member: tuple[str, ...]
    stance: NDArray[np.int64]
    last: NDArray[np.int64]
    chances: Mapping[str, Array]

    @cached_property
    def losses(self) -> Mapping[str, Array]:
        """Return predictor -> minus logarithm of the chance of what was voted `(n,)`."""
        at = np.arange(len(self.stance))
        return {name: -np.log(np.maximum(given[at, self.stance], LEAST)) for name, given in self.chances.items()}

    @cached_property
    def targets(self) -> NDArray[np.str_]:
        """Return the target of each vote."""
        return np.array([call.target for call in self.calls])[self.motion]

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """Return the year of each vote."""
        return np.array([call.year for call in self.calls])[self.motion]

    def group(self, name: str) -> Mask:
        """Return who belongs to one of `GROUPS` `(n,)`; switchers are those who left their own last stance."""
        has = self.last != NONE
        masks = (np.ones_like(has), has, ~has, has & (self.last != self.stance))
        return np.asarray(masks[GROUPS.index(name)])


def predict(posterior: Posterior, memory: Memory, calls: Iterable[RollCall]) -> Scored:
    """Predict roll calls from those of earlier days that the memory holds; parameters stay as they are."""
    sheets = lay_out(memory, sorted(calls, key=lambda call: call.place), forgets=False)
    given: dict[str, list[Array]] = {name: [] for name in PREDICTORS}
    for sheet in sheets:
        given[MODEL].append(posterior.chances(sheet.known, sheet.call.target))
        for name, chances in baseline_chances(posterior.baselines, sheet.known).items():
            given[name].append(chances)
    return Scored(
        calls=tuple(sheet.call for sheet in sheets),
        motion=np.repeat(np.arange(len(sheets)), [len(sheet.stance) for sheet in sheets]),
        member=tuple(code for sheet in sheets for code in sheet.known.members),
        stance=_joined([sheet.stance for sheet in sheets]),
        last=_joined([sheet.known.last for sheet in sheets]),
        chances={name: np.concatenate([np.empty((0, len(STANCES))), *parts]) for name, parts in given.items()},
    )


def joined(parts: Sequence[Scored]) -> Scored:
    """Return several sets of predictions as one."""
    starts = np.cumsum([0, *(len(part.calls) for part in parts)])
    return Scored(
        calls=tuple(call for part in parts for call in part.calls),
        motion=_joined([part.motion + start for part, start in zip(parts, starts, strict=False)]),
        member=tuple(code for part in parts for code in part.member),
        stance=_joined([part.stance for part in parts]),
        last=_joined([part.last for part in parts]),
        chances={name: np.concatenate([part.chances[name] for part in parts]) for name in PREDICTORS},
    )


def _joined(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])


def log_score(scored: Scored, mask: Mask) -> dict[str, float]:
    """Return the log score by predictor over some votes; NaN without any."""
    return {name: mean_of(losses[mask]) for name, losses in scored.losses.items()}


def measures(scored: Scored, name: str, mask: Mask) -> dict[str, float]:
    """Return log score, Brier score (sum over stances), accuracy, and AUC of for against not for."""
    given, stance = scored.chances[name][mask], scored.stance[mask]
    taken = np.eye(len(STANCES))[stance]
    return {
        "log_score": mean_of(scored.losses[name][mask]),
        "brier": mean_of(((given - taken) ** 2).sum(axis=1)),
        "accuracy": mean_of((given.argmax(axis=1) == stance).astype(np.float64)),
        "auc": area(given[:, FOR], stance == FOR),
    }


def area(chance: Array, is_so: Mask) -> float:
    """Return the area under the receiver operating curve: how often a higher chance went to one that was so."""
    n, m = int(is_so.sum()), int((~is_so).sum())
    if not n or not m:
        return float("nan")
    _, place, counts = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((rank[is_so].sum() - n * (n + 1) / 2) / (n * m))


def calibration(scored: Scored, name: str) -> list[tuple[float, float, int]]:
    """Return mean chance, share that came true and number of chances by tenth, all stances together."""
    given = scored.chances[name].ravel()
    taken = np.eye(len(STANCES))[scored.stance].ravel()
    place = np.minimum((given * BINS).astype(np.int64), BINS - 1)
    bins = [place == one for one in range(BINS)]
    return [(float(given[one].mean()), float(taken[one].mean()), int(one.sum())) for one in bins if one.any()]


def difference(scored: Scored, other: str, mask: Mask, seed: int = 1) -> dict[str, float]:
    """Return the log score of the model minus that of another predictor, with a bootstrap interval of 95 %.

    Targets are drawn with replacement, then motions within each drawn target; the votes of a motion stay together.
    With one target only motions are drawn. Negative is better for the model.
    """
    gap = (scored.losses[MODEL] - scored.losses[other])[mask]
    return mean_and_interval(gap, scored.motion[mask], [call.target for call in scored.calls], seed)
