"""Waves of history matching beyond the second: each screens by all before it, and stops where nothing is ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from demarche.analysis.calibration.bank import Runned
from demarche.analysis.calibration.matching import Target, kept
from demarche.analysis.calibration.measures import Measured, Seen
from demarche.analysis.calibration.narrowing import SURE, _judged
from demarche.analysis.calibration.waves import CANDIDATES, Size, match

pytest.importorskip("sklearn")

NAMES = ("first", "second")
PARAMETERS = 6
FIRST = 1500


class Made:
    """A bank and its world: the first number is the first parameter, the second the square of the second one."""

    def __init__(self) -> None:
        self.world, self.filled = self, list[int]()

    def places(self, draws: Sequence[int]) -> np.ndarray:
        return np.array([np.random.default_rng(draw).standard_normal(PARAMETERS) for draw in draws])

    def fill(self, draws: Sequence[int], tell: object) -> None:
        self.filled += list(draws)

    def read(self, draws: Sequence[int]) -> Runned:
        places = self.places(sorted(draws))
        values = np.column_stack([places[:, 0], places[:, 1] + 0.5 * places[:, 0] ** 2])
        return Runned(np.array(sorted(draws)), Seen({}, {1998: Measured(NAMES, values, np.full(2, 0.02))}))


def matched(record: tuple[float, float], waves: int) -> tuple[Any, Made, Target]:
    bank = Made()
    target = Target(NAMES, np.array(record), np.full(2, 0.02), np.full(2, 0.25))
    return match(bank, target, 1998, Size(FIRST, 600, waves), lambda line: None), bank, target  # type: ignore[arg-type]


def test_later_waves_see_what_earlier_ones_could_not() -> None:
    """A square that is no line over the whole space is one near the record: later emulators are sharper."""
    found, bank, target = matched((0.8, 0.6), 4)
    assert len(found.waves) >= 3
    ensembles = [wave.emulators[1].ensemble for wave in found.waves]
    assert ensembles[1] < 0.8 * ensembles[0]
    assert ensembles[2] < 0.8 * ensembles[0]
    new = sorted(set(bank.filled))
    assert len(new) == len(bank.filled)
    last = FIRST + (len(found.waves) - 2) * CANDIDATES
    assert any(draw >= last for draw in new)
    for draw in [draw for draw in new if draw >= last]:
        places = bank.places([draw])
        assert all(kept(wave.emulators, target, places)[0] for wave in found.waves[:-1])
    assert np.abs(found.places[:, 0].mean() - 0.8) < 0.2


def test_waves_end_where_nothing_more_is_ruled_out() -> None:
    bank = Made()
    target = Target(NAMES, np.zeros(2), np.full(2, 0.02), np.full(2, 5.0))
    found = match(bank, target, 1998, Size(600, 300, 5), lambda line: None)  # type: ignore[arg-type]
    assert len(found.waves) == 1
    assert not bank.filled


@pytest.mark.parametrize(
    ("width", "median", "words"),
    [
        (1.0, 0.0, (False, False, False)),
        (0.79, 0.0, (False, False, True)),
        (0.5, 0.0, (True, False, False)),
        (1.0, -0.35, (False, False, True)),
        (1.0, -0.65, (False, False, True)),
        (1.0, -0.7, (False, True, False)),
        (0.5, 0.35, (True, False, False)),
    ],
)
def test_what_other_runs_may_change_is_undecided(
    width: float, median: float, words: tuple[bool, bool, bool]
) -> None:
    one = _judged("p", width, median, (0.8, 0.3), (SURE * 0.05, SURE * 0.08))
    assert (one.narrowed, one.moved, one.undecided) == words
    assert one.stands_out == any(words)
