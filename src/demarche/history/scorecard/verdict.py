"""The verdict on one pattern: place of the record's value in what the runs predict, and its log score.

A pattern with a value passes if the record lies between the 5th and the 95th percentile of the values of the
runs, each with the error of measurement (ties count one half); where so few runs may put it on the other side of that
line, at the level of `level.py`, the verdict is undecided. With fewer than 103 runs (19 ERROR²) no value can then be
surely outside 5 to 95 %: it passes or is undecided. The log score is the log density of the record
under a normal with the mean and standard deviation of those values. A pattern with ends passes if at least the
stated share of runs lies inside; its log score is the log of that share, with one half added to both counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from demarche.history.patterns.contract import BaseRate, Pattern, PatternKeys
from demarche.history.patterns.view import NotMeasured, View, normals
from demarche.history.scorecard.level import ERROR
from demarche.keyed import run_keys, text_key

Word = Literal["pass", "fail", "undecided", "not applicable"]
TAIL = 0.05
LEAST = 20
"""Fewest runs with a value: with fewer no value could lie outside 5 to 95 %."""
NAN = float("nan")
SPREAD = 3.29
"""Standard deviations of a normal between its 5 and 95 %."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the runs of one account say of one pattern.

    Parameters
    ----------
    pattern, word
        Its id, and whether it passes.
    values
        Values of the runs that have one, with the error of measurement.
    place
        Share of them below the record's value, or inside the ends.
    score
        Log score.
    gain
        Log score minus that of the base rate, NaN without one.
    reason
        Why it is not applicable.
    line
        Whether it passes with no regard to the error of the place; empty if that is what `word` says.
    """

    pattern: str
    word: Word
    values: NDArray[np.float64]
    place: float = NAN
    score: float = NAN
    gain: float = NAN
    reason: str = ""
    line: Word | Literal[""] = ""

    @property
    def by_line(self) -> Word:
        """Whether it passes with no regard to the error of the place."""
        return self.line or self.word

    @property
    def mean(self) -> float:
        """Mean of the values, NaN without any."""
        return float(self.values.mean()) if len(self.values) else NAN

    @property
    def limits(self) -> tuple[float, float]:
        """The values at 5 and 95 %."""
        if not len(self.values):
            return NAN, NAN
        low, high = np.quantile(self.values, [TAIL, 1.0 - TAIL])
        return float(low), float(high)


def judge(pattern: Pattern[Any], keys: PatternKeys, view: View) -> Verdict:
    """Return the verdict of the runs of one account on a pattern."""
    try:
        values = measured(pattern, keys, view)
    except NotMeasured as lack:
        return Verdict(pattern.id, "not applicable", np.empty(0), reason=str(lack))
    return verdict(pattern.id, keys, values)


def measured(pattern: Pattern[Any], keys: PatternKeys, view: View) -> NDArray[np.float64]:
    """Return the values of the runs that have one, with the error of measurement; raises `NotMeasured`."""
    first, last = keys.years
    for role in pattern.reads.arms:
        if not view.arm(role).covers(first, last):
            raise NotMeasured(f"the period does not cover {first} to {last}")
    found = pattern.measure(view, keys)
    found = found[np.isfinite(found.to_numpy(dtype=np.float64))]
    values: NDArray[np.float64] = np.array(found, dtype=np.float64)
    if keys.error is None or view.error is None:
        return values
    stream = run_keys(found.index.to_numpy(dtype=np.int64))
    noise = normals(stream, text_key(f"scorecard/error/{pattern.id}"), 0)
    return np.asarray(values + keys.error * noise, dtype=np.float64)


def verdict(pattern: str, keys: PatternKeys, values: NDArray[np.float64]) -> Verdict:
    """Return the verdict on some values."""
    if len(values) < LEAST:
        why = f"{keys.not_applicable}" if not len(values) else f"{len(values)} runs have a value, {LEAST} are needed"
        return Verdict(pattern, "not applicable", values, reason=why)
    place, score = place_of(keys, values), score_of(keys, values)
    gain = NAN if keys.record is None or keys.base_rate is None else score - base_score(keys.record, keys.base_rate)
    word = decided(keys, place, len(values))
    return Verdict(pattern, word, values, place, score, gain, line=_word(passes(keys, place)))


def passes(keys: PatternKeys, place: float) -> bool:
    """Tell whether a place passes: between 5 and 95 %, or at least the stated share inside the ends."""
    return place >= keys.share if keys.record is None else TAIL <= place <= 1.0 - TAIL


def decided(keys: PatternKeys, place: float, n: int) -> Word:
    """Return the verdict on a place that rests on so many runs: undecided if other runs may put it beyond the line."""
    low, high = place_interval(place, n)
    if passes(keys, low) and passes(keys, high):
        return "pass"
    sure = high < keys.share if keys.record is None else high < TAIL or low > 1.0 - TAIL
    return "fail" if sure else "undecided"


def place_interval(place: float, n: int, z: float = ERROR) -> tuple[float, float]:
    """Return Wilson's interval of a share of so many runs.

    Examples
    --------
    >>> [round(end, 3) for end in place_interval(0.0, 40)], [round(end, 3) for end in place_interval(0.5, 40)]
    ([0.0, 0.119], [0.327, 0.673])
    """
    middle = (place + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(place * (1 - place) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _word(fine: bool) -> Word:
    return "pass" if fine else "fail"


def place_of(keys: PatternKeys, values: NDArray[np.float64]) -> float:
    """Return the share of values below the record's, ties one half; or inside the ends."""
    if keys.record is not None:
        return float((values < keys.record).mean() + 0.5 * (values == keys.record).mean())
    return float(inside(keys, values).mean())


def inside(keys: PatternKeys, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which values lie within the ends, both included."""
    low, high = keys.within or (None, None)
    return (values >= (-math.inf if low is None else low)) & (values <= (math.inf if high is None else high))


def score_of(keys: PatternKeys, values: NDArray[np.float64]) -> float:
    """Return the log score: of a normal at the record's value, or the log of the share inside the ends."""
    if keys.record is None:
        hits = int(inside(keys, values).sum())
        return math.log((hits + 0.5) / (len(values) + 1.0))
    spread = max(float(values.std(ddof=1)), keys.error or 0.0)
    return log_normal(keys.record, float(values.mean()), spread)


def base_score(value: float, base: BaseRate) -> float:
    """Return the log density of a value under a normal through the quantiles of a base rate."""
    low, quarter, middle, three, high = base.quantiles
    return log_normal(value, (quarter + middle + three) / 3.0, (high - low) / SPREAD)


def log_normal(value: float, mean: float, spread: float) -> float:
    """Return the log density of a normal."""
    return -0.5 * ((value - mean) / spread) ** 2 - math.log(spread) - 0.5 * math.log(2.0 * math.pi)
