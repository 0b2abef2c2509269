"""Gaps of a table of pairs: what an empty cell, or a row that is left out, stands for, and within what range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from demarche.arrays import Array
from demarche.cast.keys import Said
from demarche.reading.strict import Strict, unfit
from demarche.world.fields import given_as


class GapFile(Strict):
    """What the gaps of a column stand for, for every state and year alike but for its distance to the focal state.

    `value` holds at no distance of ideal points, `per_distance` is added for each unit of it. `low` and `high` are the
    5 % and 95 % quantiles of `value`, within which it is drawn.
    """

    value: float
    low: float
    high: float
    per_distance: float = 0.0
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not (self.low < self.high and self.low <= self.value <= self.high):
            raise unfit("the numbers of the assumption are not in order", "low <= value <= high, and low below high")
        return self


@dataclass(frozen=True, eq=False)
class Gap:
    """An assumed column.

    Parameters
    ----------
    value, low, high, per_distance
        As in `GapFile`.
    bounds
        Lowest and highest value of the column; what lies beyond is put there.
    cells
        Which cells are gaps `(n_years, n_states)`.
    """

    value: float
    low: float
    high: float
    per_distance: float
    bounds: tuple[float, float]
    cells: NDArray[np.bool_]

    def at(self, value: Array, distance: Array) -> Array:
        """Return what gaps stand for, of any shape that `value` and `distance` have together."""
        found: Array = np.clip(value + self.per_distance * distance, *self.bounds)
        return found


def fill(
    columns: dict[str, NDArray[np.float64]], said: Mapping[str, GapFile], focal: int
) -> tuple[dict[str, NDArray[np.float64]], dict[str, Gap]]:
    """Return the columns `(n_years, n_states)` without gaps, and what was assumed.

    Parameters
    ----------
    columns
        Yearly attributes, NaN in gaps.
    said
        Column -> what its gaps stand for.
    focal
        Position of the focal state.
    """
    ideal, specs = columns["ideal_point"], given_as("pairs")
    distance = np.abs(ideal - ideal[:, [focal]])
    filled, gaps = dict(columns), {}
    for name, one in said.items():
        cells = np.isnan(columns[name])
        gap = Gap(one.value, one.low, one.high, one.per_distance, (specs[name].low, specs[name].high), cells)
        filled[name] = np.where(cells, gap.at(np.array(one.value), distance), columns[name])
        filled[name].flags.writeable = False
        if cells.any():
            gaps[name] = gap
    return filled, gaps
