"""What the record narrows: posterior over prior width of each parameter, against runs whose numbers were shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.analysis.calibration.adjusting import Near, adjusted, quantiles, widths
from demarche.arrays import Array

SHUFFLES = 5
FALSE = 0.002
"""Share of parameters that come out as narrow if the record tells nothing."""


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
        Whether that is narrower, or farther from 0, than shuffled numbers give in all but `FALSE` of the cases.
    """

    path: str
    width: float
    median: float
    narrowed: bool
    moved: bool


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
    found = [
        Narrowed(path, float(w), float(m), bool(w < least), bool(abs(m) > most))
        for path, w, m in zip(paths, width, median, strict=True)
    ]
    return sorted(found, key=lambda one: one.width)
