"""Waves of history matching: emulate, rule out, run more of what is left, and again while something is ruled out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.bank import Bank
from demarche.analysis.calibration.coverage import LEAST_LEFT
from demarche.analysis.calibration.matching import CUT, Emulator, Target, fit, implausibility, kept
from demarche.analysis.calibration.measures import Measured, Seen
from demarche.arrays import Array
from demarche.errors import DesignError, Problem

CANDIDATES = 1000
"""New draws that are screened by the emulators for each wave after the first."""
WORTH = 0.05
"""A further wave is run only if the last one ruled out at least this share of what was left."""


@dataclass(frozen=True, eq=False)
class Wave:
    """One wave: its emulators, the share of the space that it left of what there was, and the runs behind it."""

    emulators: list[Emulator]
    left: float
    runs: int
    decides: dict[str, float]


@dataclass(frozen=True, eq=False)
class Matched:
    """What is left after all waves.

    Parameters
    ----------
    draws
        Number of the draw of each run that is left `(n_runs,)`.
    places
        Of the runs `(n_runs, n_parameters)`.
    seen
        What was measured of them.
    waves
        The waves, in order.
    """

    draws: NDArray[np.int64]
    places: Array
    seen: Seen
    waves: list[Wave]


@dataclass(frozen=True)
class Size:
    """How much is run: draws of the first wave, of each further one, and most waves."""

    first: int = 800
    more: int = 100
    waves: int = 2


def match(bank: Bank, target: Target, until: int, size: Size, tell: Callable[[str], None]) -> Matched:
    """Match the record in waves; runs are drawn from the prior, cut to what no wave ruled out, and need no weights.

    Parameters
    ----------
    bank
        With the draws of the first wave.
    target, until
        The numbers of the record that are matched, and the last year that is looked at.
    size, tell
        How much is run; called with a line a wave.
    """
    draws = np.arange(size.first)
    waves: list[Wave] = []
    for number in range(1, size.waves + 1):
        runned = bank.read(draws.tolist())
        places = bank.world.places(draws.tolist())[np.searchsorted(draws, runned.draws)]
        emulators = list(fit(places, runned.seen.until[until].take(target.names), runned.draws))
        left = kept(emulators, target, places)
        waves.append(Wave(emulators, float(left.mean()), len(left), _decides(emulators, target, places)))
        tell(f"wave {number}: {left.mean():.0%} of {len(left):,} runs left")
        draws = np.unique(runned.draws[left])
        if left.sum() < LEAST_LEFT:
            raise too_few(int(left.sum()))
        if number == size.waves or 1.0 - left.mean() < WORTH:
            break
        draws = np.union1d(draws, _more(bank, waves, target, size, number))
    runned = bank.read(draws.tolist())
    places = bank.world.places(draws.tolist())[np.searchsorted(draws, runned.draws)]
    return Matched(runned.draws, places, runned.seen, waves)


def too_few(left: int) -> DesignError:
    """Return the error that the record rules out nearly everything."""
    what = "the record rules out nearly every draw of the priors, so that nothing is left to learn from"
    fix = "run more draws with --draws, or say with --discrepancy that the model may miss more"
    return DesignError([Problem("--draws", what, f"{left} runs left", f"{LEAST_LEFT} or more", fix=fix)])


def _decides(emulators: list[Emulator], target: Target, places: Array) -> dict[str, float]:
    """Return the share of places that each number alone rules out."""
    out = (implausibility(emulators, target, places) > CUT).mean(axis=0)
    return {one.name: round(float(share), 4) for one, share in zip(emulators, out, strict=True)}


def _more(bank: Bank, waves: list[Wave], target: Target, size: Size, number: int) -> NDArray[np.int64]:
    """Run new draws that no wave rules out, and return their numbers; draws of the screened lie behind all others."""
    start = size.first + (number - 1) * CANDIDATES
    candidates = np.arange(start, start + CANDIDATES)
    places = bank.world.places(candidates.tolist())
    fine = np.all([kept(wave.emulators, target, places) for wave in waves], axis=0)
    chosen = candidates[fine][: size.more]
    bank.fill(chosen.tolist(), lambda done, of: None)
    return np.asarray(chosen)


def numbers(seen: Seen, until: int, target: Target) -> Measured:
    """Return the numbers of runs that are matched."""
    return seen.until[until].take(target.names)
