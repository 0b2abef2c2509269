"""PRIM, the patient rule induction method (Friedman and Fisher 1999), for cases that are of interest or not.

Peeling takes away, again and again, the twentieth of the box in which cases of interest are rarest;
pasting then gives back what does no harm. The box whose density is high enough and whose coverage is
largest is kept, without the conditions that it does not need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from demarche.analysis.discovery.cases import SIGNIFICANT, Box, Cases, Finding, Limit, make_box, measured_box, quasi_p
from demarche.arrays import Mask

PEEL = 0.05
LEAST_MASS = 0.05
LEAST_CASES = 10
SHUFFLES = 99
SEED = 1995

Limits = dict[str, Limit]


def prim(cases: Cases, density: float = 0.8, shuffles: int = SHUFFLES) -> Finding:
    """Return the box that holds most cases of interest at a wished density.

    Parameters
    ----------
    cases
        At least 20 cases, some of interest and some not.
    density
        Share of the cases in the box that should be of interest; the densest box if none reaches it.
    shuffles
        Searches among shuffled cases of interest, for the p value.
    """
    if cases.share >= density:
        why = f"it holds in {100 * cases.share:.0f} % of all cases; wish for a higher density, or ask where it does not"
        return Finding("prim", (), (), why_nothing=why)
    trajectory = peel(cases)
    chosen = choose(trajectory, density)
    p = p_value(chosen, cases, density, shuffles)
    if p > SIGNIFICANT:
        why = f"the best box is no better than what shuffled cases give (p = {p:.2f})"
        return Finding("prim", (), trajectory, p, why)
    box = _needed_only(_paste(chosen, cases), cases)
    if not box.limits:
        return Finding("prim", (), trajectory, p, "no condition alone is better than chance")
    return Finding("prim", (box,), trajectory, p)


def p_value(chosen: Box, cases: Cases, density: float, shuffles: int) -> float:
    """Return the share of searches among shuffled cases whose box is as improbable as the chosen one."""
    generator = np.random.default_rng(SEED)
    found = _strength(chosen, cases.share)
    as_good = 0
    for _ in range(shuffles):
        mixed = cases.take(generator.permutation(cases.interest))
        as_good += _strength(choose(peel(mixed), density), cases.share) >= found
    return (1 + as_good) / (1 + shuffles)


def peel(cases: Cases) -> tuple[Box, ...]:
    """Return the peeling trajectory, from the box of all cases to the smallest."""
    limits: Limits = {}
    inside = np.ones(len(cases.interest), dtype=bool)
    boxes = [measured_box((), inside, cases)]
    least = max(LEAST_MASS * len(inside), LEAST_CASES)
    while True:
        now = boxes[-1]
        best: tuple[float, int, Limit, Mask] | None = None
        for limit in _peels(cases, limits, inside):
            kept = inside & limit.holds(cases)
            n = int(kept.sum())
            if n < least or n == now.n:
                continue
            # Gain in density a case that is given up, so that words and numbers can be compared.
            gain = (int(cases.interest[kept].sum()) / n - now.density) / (now.n - n)
            if best is None or (gain, n) > best[:2]:
                best = (gain, n, limit, kept)
        if best is None or now.density == 1:
            break
        limits[best[2].name], inside = best[2], best[3]
        boxes.append(measured_box(tuple(limits.values()), inside, cases))
    return tuple(boxes)


def _peels(cases: Cases, limits: Limits, inside: Mask) -> Iterator[Limit]:
    """Yield what each condition would be after a small cut from below, from above, or of one word."""
    for name, values in cases.numbers.items():
        known = np.sort(values[inside])
        if known[0] == known[-1]:
            continue
        old = limits.get(name, Limit(name))
        cut = max(int(PEEL * len(known)), 1)
        low, high = known[cut], known[-1 - cut]
        yield replace(old, low=float(low if low > known[0] else known[known > known[0]][0]))
        yield replace(old, high=float(high if high < known[-1] else known[known < known[-1]][-1]))
    for name, words in cases.words.items():
        present = [str(word) for word in np.unique(words[inside])]
        for word in present if len(present) > 1 else ():
            yield Limit(name, allowed=tuple(other for other in present if other != word))


def _paste(box: Box, cases: Cases) -> Box:
    """Return a box after widening its ends as long as its density does not fall."""
    box, widened = make_box(box.limits, cases), True
    while widened:
        widened = False
        for limit in box.limits:
            if limit.allowed:
                continue
            others = [other for other in box.limits if other.name != limit.name]
            for wider in _pastes(limit, others, cases, box.n):
                tried = make_box([wider if one.name == limit.name else one for one in box.limits], cases)
                if tried.n > box.n and tried.density >= box.density:
                    box, widened = tried, True
                    break
    return box


def _pastes(limit: Limit, others: Sequence[Limit], cases: Cases, n: int) -> Iterator[Limit]:
    """Yield the condition with its lower, then its upper end moved outwards by a twentieth of the box."""
    inside = np.logical_and.reduce([np.ones(len(cases.interest), dtype=bool), *(one.holds(cases) for one in others)])
    values, step = np.sort(cases.numbers[limit.name][inside]), max(int(PEEL * n), 1)
    below, above = values[values < limit.low], values[values > limit.high]
    if len(below):
        yield replace(limit, low=float(below[-step]) if len(below) > step else -np.inf)
    if len(above):
        yield replace(limit, high=float(above[step - 1]) if len(above) > step else np.inf)


def choose(trajectory: Sequence[Box], density: float) -> Box:
    """Return the box of largest coverage among those that are dense enough, or the densest one."""
    enough = [box for box in trajectory if box.density >= density]
    if enough:
        return max(enough, key=lambda box: (box.coverage, box.density))
    return max(trajectory, key=lambda box: (box.density, box.coverage))


def _needed_only(box: Box, cases: Cases) -> Box:
    """Return the box without the conditions whose quasi p value is too large, the least needed first."""
    while box.limits and max(limit.quasi_p for limit in box.limits) > SIGNIFICANT:
        worst = max(box.limits, key=lambda limit: limit.quasi_p)
        box = make_box([limit for limit in box.limits if limit is not worst], cases)
    return box


def _strength(box: Box, share: float) -> float:
    """Return how little the hits of a box would be expected without any condition (log of the inverse)."""
    return float(-np.log(max(quasi_p(box.n, box.hits, share), np.finfo(float).tiny)))
