"""Whether accounts can be ranked: differences of mean log scores against their error, all pairs at once.

Accounts that are equally good are ranked with a probability of 5 % at most, whatever the number of pairs: each pair is
held against an interval of 1 - 0.05 / pairs (Bonferroni). Accounts share patterns and luck, so that differences of
pairs go together in ways that are not known and have errors of different size; Tukey's range supposes one error for
all pairs and may then rank too often (Maxwell 1980), Bonferroni's intervals never do. An interval is the standard
error of a bootstrap over patterns, and within them over runs, times the quantile of Student's t with one degree of
freedom less than there are patterns: patterns are the units, they are few, and quantiles of a bootstrap over few units
lie too near to one another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from demarche.history.patterns.contract import PatternKeys
from demarche.history.scorecard.verdict import Verdict, score_of

LEAST = 5
"""Fewest patterns: a bootstrap over fewer units says nothing."""
FAMILY = 0.05
"""Probability at most that any of several accounts that are equally good is ranked before another."""
RESAMPLES = 400
SEED = 1995
Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True)
class Difference:
    """Mean log score of one account minus that of another; the intervals of all pairs hold together (95 %)."""

    first: str
    second: str
    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Tell whether the interval excludes zero."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Ranking:
    """The differences of all pairs, the patterns that they rest on, and the verdict in words."""

    patterns: tuple[str, ...]
    differences: tuple[Difference, ...]
    words: str


def rank(patterns: Mapping[str, PatternKeys], accounts: Mapping[str, Verdicts], evidence: Sequence[str]) -> Ranking:
    """Return whether the accounts differ on what is evidence and applicable in all of them.

    Patterns are resampled, and within each pattern the runs, which all accounts share by their luck.
    """
    used = tuple(name for name in evidence if all(one[name].word != "not applicable" for one in accounts.values()))
    if len(accounts) < 2:
        return Ranking(used, (), "there is one account, nothing to rank")
    if len(used) < LEAST:
        return Ranking(used, (), f"accounts cannot be ranked: that takes {LEAST} patterns of evidence or more")
    scores = {
        title: resampled([patterns[name] for name in used], [one[name] for name in used])
        for title, one in accounts.items()
    }
    found = differences(scores)
    clear = [one for one in found if one.is_clear]
    words = "accounts cannot be ranked: no difference of mean log scores exceeds its error"
    if clear:
        told = [
            f"{one.first if one.mean > 0 else one.second} before {one.second if one.mean > 0 else one.first}"
            for one in clear
        ]
        words = f"{len(clear)} of {len(found)} pairs of accounts can be ranked: {'; '.join(told)}"
    return Ranking(used, tuple(found), words)


def resampled(keys: Sequence[PatternKeys], verdicts: Sequence[Verdict]) -> NDArray[np.float64]:
    """Return log scores `(n_resamples + 1, n_patterns)`: the first row as found, the others with runs resampled.

    Positions of runs are drawn as shares of their number, so that accounts share the draws.
    """
    shares = np.random.default_rng(SEED).random((RESAMPLES, max(len(one.values) for one in verdicts)))
    table = np.empty((RESAMPLES + 1, len(verdicts)))
    for column, (key, one) in enumerate(zip(keys, verdicts, strict=True)):
        n = len(one.values)
        table[0, column] = one.score
        for row, some in enumerate(shares[:, :n], 1):
            table[row, column] = score_of(key, one.values[(some * n).astype(int)])
    return table


def differences(scores: Mapping[str, NDArray[np.float64]]) -> list[Difference]:
    """Return the differences of all pairs, with intervals that hold together in 95 % of cases.

    Parameters
    ----------
    scores
        Account -> log scores `(n_resamples + 1, n_patterns)`, see `resampled`.
    """
    pairs = list(combinations(scores, 2))
    return [difference(a, b, scores[a] - scores[b], FAMILY / len(pairs)) for a, b in pairs]


def difference(first: str, second: str, gap: NDArray[np.float64], level: float) -> Difference:
    """Return the difference of two accounts' mean scores, with patterns resampled too, and its interval of 1 - level.

    Parameters
    ----------
    first, second
        The accounts.
    gap
        Scores of the first minus those of the second `(n_resamples + 1, n_patterns)`.
    level
        Probability that an interval misses the truth.
    """
    from scipy.special import stdtrit

    n = gap.shape[1]
    chosen = np.random.default_rng(SEED + 1).integers(n, size=(len(gap) - 1, n))
    means = np.take_along_axis(gap[1:], chosen, axis=1).mean(axis=1)
    mean, error = float(gap[0].mean()), float(means.std(ddof=1)) * math.sqrt(n / (n - 1))
    half = float(stdtrit(n - 1, 1.0 - level / 2.0)) * error
    return Difference(first, second, mean, mean - half, mean + half)
