from __future__ import annotations

import numpy as np
import pytest

from demarche.arrays import Spots, cells

RNG = np.random.default_rng(1)
VALUES = RNG.random((7, 5))
MASK = RNG.random((7, 5)) < 0.4
SHARED = np.broadcast_to(RNG.random((7, 1)), (7, 5))


KINDS = {"whole": VALUES, "some rows": VALUES[:4], "turned": VALUES.T.copy().T, "shared": SHARED}


@pytest.mark.parametrize("values", KINDS.values(), ids=KINDS)
def test_spots_read_what_a_pair_of_rows_and_runs_reads(values: np.ndarray) -> None:
    spots = cells(MASK[: len(values)])
    rows, runs = np.nonzero(MASK[: len(values)])
    assert (spots[0] == rows).all()
    assert (spots[1] == runs).all()
    np.testing.assert_array_equal(spots.of(values), values[rows, runs])
    np.testing.assert_array_equal(values[spots], values[rows, runs])
    np.testing.assert_array_equal(spots.of_each(np.stack([values, 2.0 * values]))[1], 2.0 * values[rows, runs])


@pytest.mark.parametrize("turned", [False, True], ids=["in a row", "turned"])
def test_spots_write_in_place_and_nowhere_else(turned: bool) -> None:
    values = VALUES.copy() if not turned else VALUES.T.copy().T
    spots = cells(MASK)
    spots.put_into(values, 2.0)
    spots.add_to(values, np.arange(len(spots.flat)))
    expected = VALUES.copy()
    expected[MASK] = 2.0 + np.arange(MASK.sum())
    np.testing.assert_array_equal(values, expected)


def test_spots_read_across_an_axis_between_rows_and_runs() -> None:
    deep = RNG.random((7, 3, 5))
    spots = cells(MASK)
    np.testing.assert_array_equal(spots.across(deep), deep[spots[0], :, spots[1]].T)


def test_some_of_the_spots_keep_their_places() -> None:
    spots = cells(MASK)
    kept = spots.where(spots.of(VALUES) > 0.5)
    assert list(zip(*kept, strict=True)) == list(zip(*np.nonzero(MASK & (VALUES > 0.5)), strict=True))
    np.testing.assert_array_equal(kept.of(VALUES), VALUES[MASK & (VALUES > 0.5)])


def test_cells_of_numbers_are_those_that_are_not_zero() -> None:
    assert [part.tolist() for part in cells(np.array([[0.0, -1.0], [2.0, 0.0]]))] == [[0, 1], [1, 0]]
    assert Spots.at(np.array([3]), 2).flat.tolist() == [3]
