"""What the record narrows: posterior over prior width of each parameter, against runs whose numbers were shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.analysis.calibration.adjusting import Near, adjusted, quantiles, widths
from demarche.arrays import Array
from demarche.history.scorecard.level import ERROR

SHUFFLES = 5
QUARTILE = 0.6744897501960817
"""Median distance from the mean of a normal, in standard deviations."""
FALSE = 0.002
"""Share of parameters that come out as narrow if the record tells nothing."""
SURE = 2.0 * ERROR
"""Standard errors beyond the ends of chance from which a verdict is sure. Verdicts contradict one another most often in
the middle of what is undecided, `ERROR` from either end: there one seed in a hundred is sure, one within chance."""


@dataclass(frozen=True)
class Narrowed:
    """What is left of one parameter.

    Parameters
    ----------
    path
        Of a link, base rate or number of a rule.
    width
        Width of the middle 80 % over that of the prior, on the scale of the prior.
    median
        Where the median lies, in standard deviations of the prior.
    narrowed, moved
        Whether that is narrower, or farther from 0, than shuffled numbers give in all but `FALSE` of the cases, and
        surely so: by more than other runs would change it.
    undecided
        Whether it is, but by less than other runs may change it, so that they may say otherwise.
    """

    path: str
    width: float
    median: float
    narrowed: bool
    moved: bool
    undecided: bool

    @property
    def stands_out(self) -> bool:
        """Tell whether it stands out of chance, surely or not."""
        return self.narrowed or self.moved or self.undecided


def narrowed_by(paths: list[str], places: Array, near: Near, seed: int) -> list[Narrowed]:
    """Return what the record left of every parameter, narrowest first."""
    after = adjusted(places, near)
    width, median = widths(after, near.weights), quantiles(after, near.weights, (0.5,))[0]
    rng = np.random.default_rng(seed)
    chance_widths, chance_medians = [], []
    for _ in range(SHUFFLES):
        # whole rows of places are exchanged, so that priors keep their correlations and numbers theirs
        shuffled = adjusted(places[rng.permutation(len(places))], near)
        chance_widths.append(widths(shuffled, near.weights))
        chance_medians.append(np.abs(quantiles(shuffled, near.weights, (0.5,))[0]))
    least, most = np.quantile(chance_widths, FALSE), np.quantile(chance_medians, 1.0 - FALSE)
    ends = float(least), float(most)
    # medians of deviations: a parameter that did move stays among the runs that count, however they are shuffled
    spread = np.median(np.abs(np.asarray(chance_widths) - np.median(chance_widths))), np.median(chance_medians)
    sure = SURE * float(spread[0]) / QUARTILE, SURE * float(spread[1]) / QUARTILE
    found = [_judged(path, float(w), float(m), ends, sure) for path, w, m in zip(paths, width, median, strict=True)]
    return sorted(found, key=lambda one: one.width)


def _judged(
    path: str, width: float, median: float, ends: tuple[float, float], sure: tuple[float, float]
) -> Narrowed:
    """Return the verdict on one parameter from its width and median, ends of chance, and how far off these is sure."""
    off, (least, most) = abs(median), ends
    # the width of runs that are narrower varies less, in proportion
    narrowed, moved = width < least - sure[0] * width, off > most + sure[1]
    return Narrowed(path, width, median, narrowed, moved, not (narrowed or moved) and (width < least or off > most))
