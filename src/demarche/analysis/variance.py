"""Which decides the outcome: strategy (arm), account (pack), parameters (design point) or chance?

A balanced table arm x pack x point x replication is split into the variance of every factor and of every
interaction (analysis of variance on equal weights; Sobol' 1993). Replications are a sample of luck, and
sampled points a sample of parameters, so the share that their scatter lends to other terms is taken out
(expected mean squares; Searle, Casella and McCulloch 1992).
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from demarche.arrays import Array

if TYPE_CHECKING:
    import pandas as pd

FACTORS = ("arm", "pack", "point", "replication")
WORDS = {"arm": "strategy", "pack": "account", "point": "parameters", "replication": "chance"}
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
        One row a run: arm, pack, point, replication and outcomes. Replications that are not there, or
        have a missing value, in any arm, pack and point are left out.
    outcomes
        Columns to split.
    sampled
        True if design points are a random sample, False if they were chosen.
    resamples
        Bootstrap resamples of replications (and of sampled points).

    Returns
    -------
    pandas.DataFrame
        outcome; term (`strategy`, `account`, `strategy x account`, ..., `chance` for every term with
        replications, and `all strategy`, `all account`, `all parameters`: the term with its
        interactions; no term of a factor that has one level); share of the variance in [0, 1] with a 95 %
        bootstrap interval; sd, the standard deviation that the term alone would give, in units of the
        outcome; n, replications used.
        An outcome without variance, or with fewer than two whole replications, has no row.
    """
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    for name in outcomes:
        cube = to_cube(frame, name)
        if cube.shape[-1] < 2 or np.ptp(cube) == 0:
            continue
        parts = components(cube, sampled)
        found, total = shares(parts), sum(parts.values())
        low, high = _intervals(cube, sampled, found, resamples)
        for term, share in found.items():
            sd = math.sqrt(max(share * total, 0.0))
            rows.append((name, term, share, low[term], high[term], sd, cube.shape[-1]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def to_cube(frame: pd.DataFrame, outcome: str) -> Array:
    """Return one outcome `(n_arms, n_packs, n_points, n_replications)`, replications with gaps left out."""
    factors = [frame[name].to_numpy() if name in frame.columns else np.zeros(len(frame), int) for name in FACTORS]
    codes = [np.unique(values, return_inverse=True) for values in factors]
    cube: Array = np.full([len(levels) for levels, _ in codes], np.nan)
    cube[tuple(code for _, code in codes)] = frame[outcome].to_numpy(dtype=np.float64)
    whole: Array = cube[..., ~np.isnan(cube).any(axis=(0, 1, 2))]
    return whole


def components(cube: Array, sampled: bool = False) -> dict[Term, float]:
    """Return the variance of each term, unbiased where replications and sampled points are random.

    Parameters
    ----------
    cube
        `(n_arms, n_packs, n_points, n_replications)`, without gaps.
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


def _intervals(
    cube: Array, sampled: bool, found: dict[str, float], resamples: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return low and high ends: percentiles of resampled shares, moved so that their mean is the estimate.

    A resample repeats some replications, which makes luck look smaller and other terms larger; the move
    takes this out.
    """
    generator = np.random.default_rng(SEED)
    n_points, n_luck = cube.shape[2:]
    drawn: dict[str, list[float]] = {term: [] for term in found}
    for _ in range(resamples):
        picked = cube[..., generator.integers(n_luck, size=n_luck)]
        if sampled and n_points > 1:
            picked = picked[:, :, generator.integers(n_points, size=n_points)]
        for term, share in shares(components(picked, sampled)).items():
            drawn[term].append(share)
    tail = 50 * (1 - CONFIDENCE)
    low, high = {}, {}
    for term, values in drawn.items():
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
