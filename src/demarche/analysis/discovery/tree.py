"""A small classification tree (Breiman et al. 1984): at most three questions, each one worth asking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.discovery.cases import Cases, Finding, Limit, make_box, quasi_p
from demarche.arrays import Array, Mask

DEPTH = 3
LEAST_MASS = 0.05
LEAST_CASES = 10
WORTH = 0.01  # p value of a split, multiplied by the number of splits that were tried (Bonferroni)

Split = tuple[Limit, Limit]
Values = NDArray[Any]


def grow(cases: Cases) -> Finding:
    """Return the leaves of a tree; those in which cases of interest are more frequent than overall are its boxes."""
    leaves = _leaves(cases, (), np.ones(len(cases.interest), dtype=bool), 0)
    boxes = sorted((make_box(limits, cases) for limits in leaves), key=lambda box: -box.density)
    if len(boxes) == 1:
        return Finding("tree", (), tuple(boxes), why_nothing="no question splits the cases better than chance would")
    good = tuple(box for box in boxes if quasi_p(box.n, box.hits, cases.share) < WORTH)
    why = "" if good else "no leaf holds cases of interest more often than chance would"
    return Finding("tree", good, tuple(boxes), why_nothing=why)


def _leaves(cases: Cases, limits: tuple[Limit, ...], inside: Mask, depth: int) -> list[tuple[Limit, ...]]:
    split = _best(cases, inside) if depth < DEPTH else None
    if split is None:
        return [limits]
    return [
        leaf
        for side in split
        for leaf in _leaves(cases, _merge(limits, side), inside & side.holds(cases), depth + 1)
    ]


def _merge(limits: tuple[Limit, ...], new: Limit) -> tuple[Limit, ...]:
    """Return the conditions with one more, or with the one of the same name made narrower."""
    old = next((limit for limit in limits if limit.name == new.name), None)
    if old is None:
        return (*limits, new)
    narrow = Limit(new.name, max(old.low, new.low), min(old.high, new.high), new.allowed)
    return tuple(narrow if limit is old else limit for limit in limits)


def _best(cases: Cases, inside: Mask) -> Split | None:
    """Return the split that lowers Gini impurity most, None if chance would do as well."""
    least = max(int(LEAST_MASS * len(inside)), LEAST_CASES)
    hits = cases.interest[inside].astype(np.float64)
    if hits.all() or not hits.any() or len(hits) < 2 * least:
        return None
    tried, best, best_gain = 0, None, 0.0
    for order, ordered, name, numeric in _orders(cases, inside):
        gains, cuts = _gains(hits[order], ordered, least)
        tried += len(gains) if numeric else 2 ** len(gains) - 1
        if len(gains) and gains.max() > best_gain:
            best_gain = float(gains.max())
            best = _halves(name, ordered, int(cuts[gains.argmax()]), numeric)
    share = float(hits.mean())
    # The gain is the variance between the two sides, so n times its share of p (1 - p) is the chi-square of the split.
    statistic = best_gain * len(hits) / (share * (1 - share))
    return best if best is not None and _p_value(statistic) * tried < WORTH else None


def _orders(cases: Cases, inside: Mask) -> Iterator[tuple[Values, Values, str, bool]]:
    """Yield the order in which cases may be cut: by number, or by the share of interest of their word."""
    for name, values in cases.numbers.items():
        mine = values[inside]
        order = np.argsort(mine, kind="stable")
        yield order, mine[order], name, True
    for name, words in cases.words.items():
        mine_words, hits = words[inside], cases.interest[inside]
        shares = {str(word): float(hits[mine_words == word].mean()) for word in np.unique(mine_words)}
        ranked = sorted(shares, key=lambda word: (shares[word], word))
        place = np.array([ranked.index(str(word)) for word in mine_words])
        order = np.argsort(place, kind="stable")
        yield order, mine_words[order], name, False


def _gains(hits: Array, values: Values, least: int) -> tuple[Array, NDArray[np.intp]]:
    """Return the gain in Gini impurity (half of it, for two classes) of each cut, and where the cuts lie."""
    n = len(hits)
    cuts = np.flatnonzero(values[1:] != values[:-1]) + 1
    cuts = cuts[(cuts >= least) & (n - cuts >= least)]
    below = np.cumsum(hits)[cuts - 1]
    total = hits.sum()
    low, high, whole = below / cuts, (total - below) / (n - cuts), total / n
    impurity = (cuts * low * (1 - low) + (n - cuts) * high * (1 - high)) / n
    gains: Array = whole * (1 - whole) - impurity
    return gains, cuts


def _halves(name: str, values: Values, cut: int, numeric: bool) -> Split:
    if numeric:
        middle = float((values[cut - 1] + values[cut]) / 2)
        return Limit(name, high=middle), Limit(name, low=float(np.nextafter(middle, np.inf)))
    first, second = (tuple(sorted({str(word) for word in part})) for part in (values[:cut], values[cut:]))
    return Limit(name, allowed=first), Limit(name, allowed=second)


def _p_value(statistic: float) -> float:
    """Return the probability of a larger chi-square with one degree of freedom."""
    from scipy.special import chdtrc

    return float(chdtrc(1, statistic))

