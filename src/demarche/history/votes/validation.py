"""Cross-validation on the packaged record: a year or a target left out, priors chosen inside each fold.

What is left out is neither fitted on nor remembered by the rows that are; it is then predicted with all roll calls of
earlier days. Strengths of priors are chosen by further folds within the training part alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from demarche.arrays import Array
from demarche.history.votes.attributes import Attributes
from demarche.history.votes.estimate import Sheet, estimate_on, fit_any, lay_out, with_effects
from demarche.history.votes.features import FEATURES, columns
from demarche.history.votes.logit import averaged
from demarche.history.votes.memory import Memory
from demarche.history.votes.posterior import Settings
from demarche.history.votes.rollcalls import RollCall, in_order
from demarche.history.votes.scoring import Scored, joined, predict

START = Settings(features=0.3, targets=0.7, members=0.5)
FEATURE_SPREADS = (0.1, 0.2, 0.4)
EFFECT_SPREADS = ((0.35, 0.25), (0.7, 0.5), (1.4, 1.0))
BLOCK = 3
"""Years that are left out together when strengths are chosen."""

Key = Callable[[RollCall], object]


def by_target(call: RollCall) -> str:
    """Return the target of a roll call."""
    return call.target


def by_year(call: RollCall) -> int:
    """Return the year of a roll call."""
    return call.year


def by_block(call: RollCall) -> int:
    """Return the block of years of a roll call."""
    return call.year // BLOCK


def choose(sheets: Sequence[Sheet]) -> Settings:
    """Return the strengths of priors that predict best within the sheets: targets left out, then blocks of years."""
    of_features = [replace(START, features=one) for one in FEATURE_SPREADS]
    settings = of_features[int(np.argmin([_without_targets(sheets, one) for one in of_features]))]
    of_effects = [replace(settings, targets=one, members=two) for one, two in EFFECT_SPREADS]
    return of_effects[int(np.argmin(_without_years(sheets, of_effects)))]


def _without_targets(sheets: Sequence[Sheet], settings: Settings) -> float:
    """Return the log score when targets are left out in turn, each target counting the same.

    No effect of a target or member can count then. The next target is one of many, so none of these may rule by
    the number of motions on it.
    """
    losses = []
    for kept, left in _folds(sheets, by_target):
        first, scales = fit_any(kept, settings)
        of_target = []
        for sheet in left:
            a, f = columns(FEATURES, sheet.known, scales)
            spread = first.motions[int(not sheet.known.has_target)]
            of_target.append(_loss(averaged(a @ first.mean, f @ first.mean, spread), sheet))
        losses.append(np.concatenate(of_target).mean())
    return float(np.mean(losses))


def _without_years(sheets: Sequence[Sheet], candidates: Sequence[Settings]) -> list[float]:
    """Return the log score of candidates that differ in effects only, when blocks of years are left out."""
    losses: list[list[Array]] = [[] for _ in candidates]
    for kept, left in _folds(sheets, by_block):
        first, scales = fit_any(kept, candidates[0])
        for place, settings in enumerate(candidates):
            model = with_effects(kept, first, scales, settings)
            losses[place] += [_loss(model.chances(sheet.known, sheet.call.target), sheet) for sheet in left]
    return [float(np.concatenate(parts).mean()) for parts in losses]


def _folds(sheets: Sequence[Sheet], key: Key) -> Iterator[tuple[list[Sheet], list[Sheet]]]:
    for one in sorted({key(sheet.call) for sheet in sheets}, key=str):
        yield [s for s in sheets if key(s.call) != one], [s for s in sheets if key(s.call) == one]


def _loss(given: Array, sheet: Sheet) -> Array:
    return np.asarray(-np.log(given[np.arange(len(sheet.stance)), sheet.stance]))


def leave_out(
    calls: Sequence[RollCall], attributes: Attributes, key: Key, only: str = ""
) -> Iterator[tuple[object, Settings, Scored]]:
    """Yield what was left out, the priors chosen without it, and its predictions.

    Parameters
    ----------
    calls, attributes
        The record.
    key
        Roll calls with the same key are left out together.
    only
        Target whose roll calls are predicted; all if empty.
    """
    memory = Memory(in_order(calls), attributes)
    scored = [call for call in calls if not only or call.target == only]
    for one in sorted({key(call) for call in scored}, key=str):
        kept = [call for call in calls if key(call) != one]
        sheets = lay_out(Memory(in_order(kept), attributes), kept)
        settings = choose(sheets)
        yield one, settings, predict(estimate_on(sheets, settings), memory, [c for c in scored if key(c) == one])


def together(folds: Sequence[tuple[object, Settings, Scored]]) -> Scored:
    """Return the predictions of all folds as one."""
    return joined([scored for _, _, scored in folds])


def forward(
    calls: Sequence[RollCall], attributes: Attributes, first: int = 1993
) -> Iterator[tuple[object, Settings, Scored]]:
    """Yield each year from `first` on, priors chosen and model fitted on earlier years only, and its predictions."""
    memory = Memory(in_order(calls), attributes)
    for year in sorted({call.year for call in calls if call.year >= first}):
        kept = [call for call in calls if call.year < year]
        sheets = lay_out(Memory(in_order(kept), attributes), kept)
        settings = choose(sheets)
        left = [call for call in calls if call.year == year]
        yield year, settings, predict(estimate_on(sheets, settings), memory, left)
