"""Which decides the outcome: strategy (arm), account, parameters (design point) or chance?

A balanced table arm x account x point x replication is split into the variance of every factor and of every
interaction (analysis of variance on equal weights; Sobol' 1993). Replications are a sample of luck, and
sampled points a sample of parameters, so the share that their scatter lends to other terms is taken out
(expected mean squares; Searle, Casella and McCulloch 1992). Where points are draws, luck is drawn anew in
each of them: chance is the mean variance within draws, parameters are the variance of the means of draws less
what chance lends to it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.units import DRAW, LUCK
from demarche.arrays import Array

if TYPE_CHECKING:
    import pandas as pd

FACTORS = ("arm", "account", "point", "replication")
NESTED = {"point": DRAW, "replication": LUCK}
WORDS = {"arm": "strategy", "account": "account", "point": "parameters", "replication": "chance"}
CHANCE = "chance"
RESAMPLES = 500
SEED = 1995
CONFIDENCE = 0.95
COLUMNS = ("outcome", "term", "share", "low", "high", "sd", "n")

Term = tuple[str, ...]


def split_variance(
    frame: pd.DataFrame, outcomes: tuple[str, ...], sampled: bool = False, resamples: int = RESAMPLES
) -> pd.DataFrame:
    """Split the variance of outcomes by strategy, account, parameters and chance.

    Parameters
    ----------
    frame
        One row a run: arm, account, point and replication, or draw and luck, and outcomes. Replications (draws)
        that are not there, or have a missing value, in any arm, account and point (luck) are left out.
    outcomes
        Columns to split.
    sampled
        True if design points are a random sample, False if they were chosen; draws always are.
    resamples
        Bootstrap resamples of replications (and of sampled points), or of draws; 0 for no intervals.

    Returns
    -------
    pandas.DataFrame
        outcome; term (`strategy`, `account`, `strategy x account`, ..., `chance` for every term with
        replications, and `all strategy`, `all account`, `all parameters`: the term with its
        interactions; no term of a factor that has one level); share of the variance in [0, 1] with a 95 %
        bootstrap interval; sd, the standard deviation that the term alone would give, in units of the
        outcome; n, replications (draws) used.
        An outcome without variance, or with fewer than two whole replications (draws, lucks), has no row.
    """
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    nested = is_nested(frame)
    for name in outcomes:
        cube = to_cube(frame, name)
        if min(cube.shape[2 if nested else 3 :]) < 2 or np.ptp(cube) == 0:
            continue
        split = nested_components if nested else partial(components, sampled=sampled)
        parts = split(cube)
        found, total = shares(parts), sum(parts.values())
        low, high = _intervals(_resampled(cube, sampled, nested, resamples), split, found)
        for term, share in found.items():
            sd = math.sqrt(max(share * total, 0.0))
            rows.append((name, term, share, low[term], high[term], sd, cube.shape[2 if nested else 3]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def is_nested(frame: pd.DataFrame) -> bool:
    """Tell whether luck is drawn anew in every draw of parameters."""
    return DRAW in frame.columns


def resampled_words(frame: pd.DataFrame, sampled: bool) -> str:
    """Return over what the bootstrap resamples."""
    if is_nested(frame):
        return "draws"
    return "replications and sampled points" if sampled else "replications"


def to_cube(frame: pd.DataFrame, outcome: str) -> Array:
    """Return one outcome `(n_arms, n_accounts, n_points, n_replications)`, or with draws, gaps left out."""
    names = [NESTED.get(name, name) if is_nested(frame) else name for name in FACTORS]
    factors = [frame[name].to_numpy() if name in frame.columns else np.zeros(len(frame), int) for name in names]
    codes = [np.unique(values, return_inverse=True) for values in factors]
    cube: Array = np.full([len(levels) for levels, _ in codes], np.nan)
    cube[tuple(code for _, code in codes)] = frame[outcome].to_numpy(dtype=np.float64)
    gaps = np.isnan(cube)
    whole: Array = cube[:, :, ~gaps.any(axis=(0, 1, 3))] if is_nested(frame) else cube[..., ~gaps.any(axis=(0, 1, 2))]
    return whole


def nested_components(cube: Array) -> dict[Term, float]:
    """Return the variance of each term where luck is drawn anew in each draw; unbiased, as `components`.

    Parameters
    ----------
    cube
        `(n_arms, n_accounts, n_draws, n_lucks)`, two draws and lucks or more, without gaps.
    """
    n_draws, n_lucks = cube.shape[2:]
    means: Array = cube.mean(axis=3, keepdims=True)
    lucky = components((cube - means).reshape(*cube.shape[:2], 1, n_draws * n_lucks))
    within = {term: variance * n_lucks / (n_lucks - 1) * (1 - 1 / (n_draws * n_lucks))
              for term, variance in lucky.items() if "replication" in term}  # fmt: skip
    found = components(means, sampled=True)
    for term, variance in within.items():
        lent = tuple("point" if name == "replication" else name for name in term)
        found[lent] = found[lent] - variance / n_lucks
    return found | within


def components(cube: Array, sampled: bool = False) -> dict[Term, float]:
    """Return the variance of each term, unbiased where replications and sampled points are random.

    Parameters
    ----------
    cube
        `(n_arms, n_accounts, n_points, n_replications)`, without gaps.
    sampled
        True if points are a random sample.

    Returns
    -------
    dict
        Factors of the term -> variance; no factor of one level; may lie a little below 0 where the true value is 0.
    """
    axes = [axis for axis in range(cube.ndim) if cube.shape[axis] > 1]
    found = {}
    for size in range(1, len(axes) + 1):
        for inside in itertools.combinations(axes, size):
            found[tuple(FACTORS[axis] for axis in inside)] = float((_effect(cube, inside) ** 2).mean())
    for axis in (3, 2) if sampled else (3,):
        found = _unbiased(found, FACTORS[axis], cube.shape[axis])
    return found


def _effect(cube: Array, inside: tuple[int, ...]) -> Array:
    """Return the part of a table that varies with all of some axes and with nothing less."""
    outside = tuple(axis for axis in range(cube.ndim) if axis not in inside)
    part: Array = cube.mean(axis=outside, keepdims=True)
    for axis in inside:
        part = part - part.mean(axis=axis, keepdims=True)
    return part


def _unbiased(found: dict[Term, float], factor: str, n: int) -> dict[Term, float]:
    """Move the variance that a random factor of n levels lends to other terms to where it belongs."""
    if n < 2:
        return found
    fixed = dict(found)
    for term, variance in found.items():
        if factor in term:
            rest = tuple(name for name in term if name != factor)
            fixed[term] = variance * n / (n - 1)
            if rest:
                fixed[rest] = found[rest] - variance / (n - 1)
    return fixed


def shares(parts: dict[Term, float]) -> dict[str, float]:
    """Return the share of each term in words; shares of single terms add up to 1, negative ones count as 0."""
    kept = {term: max(variance, 0.0) for term, variance in parts.items()}
    total = sum(kept.values()) or 1.0
    named: dict[str, float] = {}
    for term, variance in kept.items():
        name = CHANCE if "replication" in term else " x ".join(WORDS[factor] for factor in term)
        named[name] = named.get(name, 0.0) + variance / total
    for factor in FACTORS[:3]:
        with_it = [variance for term, variance in kept.items() if factor in term and "replication" not in term]
        if with_it:
            named[f"all {WORDS[factor]}"] = sum(with_it) / total
    return named


def _resampled(cube: Array, sampled: bool, nested: bool, resamples: int) -> Iterator[Array]:
    """Yield tables in which replications (and sampled points), or draws, are drawn again from those that there are."""
    generator = np.random.default_rng(SEED)
    n_points, n_luck = cube.shape[2:]
    for _ in range(resamples):
        picked = cube if nested else cube[..., generator.integers(n_luck, size=n_luck)]
        if (sampled or nested) and n_points > 1:
            picked = picked[:, :, generator.integers(n_points, size=n_points)]
        yield picked


def _intervals(
    resampled: Iterable[Array], split: Callable[[Array], dict[Term, float]], found: dict[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return low and high ends: percentiles of resampled shares, moved so that their mean is the estimate; NaN if none.

    A resample repeats some replications, which makes luck look smaller and other terms larger; the move
    takes this out.
    """
    drawn: dict[str, list[float]] = {term: [] for term in found}
    for picked in resampled:
        for term, share in shares(split(picked)).items():
            drawn[term].append(share)
    tail = 50 * (1 - CONFIDENCE)
    low, high = dict.fromkeys(found, math.nan), dict.fromkeys(found, math.nan)
    for term, values in drawn.items():
        if not values:
            continue
        ends = np.percentile(values, [tail, 100 - tail]) + found[term] - np.mean(values)
        low[term], high[term] = (float(end) for end in np.clip(ends, 0.0, 1.0))
    return low, high


def verdict(table: pd.DataFrame, outcome: str) -> str:
    """Return in words which of strategy, account, parameters and chance decides an outcome most.

    Parameters
    ----------
    table
        What `split_variance` returned.
    outcome
        One of its outcomes.
    """
    mine = table[(table["outcome"] == outcome) & ~table["term"].str.startswith("all ")]
    ranked = mine.sort_values("share", ascending=False, kind="stable")
    first = ranked.iloc[0]
    text = f"{outcome}: {first['term']} decides most ({_range(first)})"
    if len(ranked) < 2:
        return f"{text}."
    second = ranked.iloc[1]
    if second["high"] > first["low"]:
        return f"{outcome}: {first['term']} ({_range(first)}) and {second['term']} ({_range(second)}) cannot be ranked."
    return f"{text}, then {second['term']} ({_range(second)})."


def _range(row: pd.Series) -> str:
    return f"{100 * row['share']:.0f} %, {100 * row['low']:.0f} to {100 * row['high']:.0f} %"


def in_one_line(table: pd.DataFrame) -> str:
    """Return what decides outcomes on the mean, in one line; empty if the variance could not be split.

    Parameters
    ----------
    table
        What `split_variance` returned.
    """
    if table.empty:
        return ""
    single = table[~table["term"].str.startswith("all ")]
    n = single["outcome"].nunique()
    mean = single.groupby("term", sort=False)["share"].sum() / n
    parts = {WORDS[factor]: mean.get(WORDS[factor], math.nan) for factor in FACTORS}
    parts["their interactions"] = float(mean[[term for term in mean.index if " x " in term]].sum())
    told = ", ".join(f"{name} {100 * share:.0f} %" for name, share in parts.items() if share == share)
    first = single.loc[single.groupby("outcome", sort=False)["share"].idxmax(), "term"].value_counts()
    most = ", ".join(f"{term} of {count}" for term, count in first.items())
    return f"Variance among runs, mean share of {n} {'outcome' if n == 1 else 'outcomes'}: {told}. Largest: {most}."
