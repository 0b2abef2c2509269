"""Cells that are searched, and arrays that are cleared, against the plain way of NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from demarche.arrays import MANY, WORD, cells, clear, places

SIZES = (0, 7, MANY - WORD, MANY, MANY + WORD, MANY + 1, 3 * MANY)


def sparse(size: int, density: float, dtype: Any) -> NDArray[Any]:
    """Return numbers of which a share is not 0; codes of bytes are of both signs and up to the largest."""
    rng = np.random.default_rng([size, int(1000 * density)])
    codes = rng.integers(-128, 128, size).astype(dtype)
    values: NDArray[Any] = np.where(rng.random(size) < density, codes, np.zeros(1, dtype))
    return values


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dtype", [np.bool_, np.int8, np.float32])
def test_places_are_those_of_a_plain_search(size: int, dtype: Any) -> None:
    for density in (0.0, 0.001, 0.02, 0.2, 1.0):
        values = sparse(size, density, dtype)
        assert np.array_equal(places(values), np.flatnonzero(values)), (density, np.count_nonzero(values))


def test_cells_of_every_second_run_are_found() -> None:
    """A view that does not lie in one piece."""
    values = sparse(2 * MANY, 0.01, np.int8).reshape(-1, 256)[:, ::2]
    rows, runs = cells(values)
    assert np.array_equal(np.stack([rows, runs]), np.stack(np.nonzero(values)))


def test_clear_sets_what_it_is_given_to_zero_and_nothing_else() -> None:
    values = np.full((6, 5), -1.5, dtype=np.float32)
    clear(values[:2])
    clear(values[3:, ::2])
    left = np.full((6, 5), -1.5)
    left[:2], left[3:, ::2] = 0.0, 0.0
    assert np.array_equal(values, left)
