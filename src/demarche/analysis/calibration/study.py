"""Calibrate an account on the record to a date: bank, waves, posterior, and what a sceptic asks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from demarche.accounts.posterior import Posterior
from demarche.analysis.calibration.adjusting import Near, adjusted, nearest, noisy, resampled
from demarche.analysis.calibration.bank import Bank, Runned, World
from demarche.analysis.calibration.contrast import LUCKS, Pair, contrasts, differences_of, observations
from demarche.analysis.calibration.coverage import HISTORIES, coverage
from demarche.analysis.calibration.matching import CUT, DISCREPANCY, Target, target_of
from demarche.analysis.calibration.measures import History, Measured, history_of
from demarche.analysis.calibration.narrowing import FALSE, Narrowed, narrowed_by
from demarche.analysis.calibration.waves import Matched, Size, Wave, match, numbers, too_few
from demarche.arrays import Array
from demarche.history.record import need_record
from demarche.rules.identity import digest_of, rule_digest

CHECKED_FROM = 10_000_000
"""Numbers of draws from which the luck of posterior runs follows, far behind those of the bank."""
SHOWN = 40
LEAST_NEAR = 40
"""Fewest runs near the record that a posterior rests on."""


@dataclass(frozen=True)
class Plan:
    """What is done.

    Parameters
    ----------
    until
        Last year of the record that is looked at.
    size
        How much is run.
    discrepancy
        What the model may miss of each number, as a share of its spread over prior runs.
    kept, checked
        Draws of the posterior file, and how many of them are run again to check it.
    histories
        Synthetic histories of the coverage, 0 for none.
    command
        What the posterior file says it was written by.
    pair, contrasted
        Two arms that are compared at medians, prior and posterior, None for none; and draws of each.
    """

    until: int
    size: Size
    discrepancy: float = DISCREPANCY
    kept: int = 200
    checked: int = 100
    histories: int = HISTORIES
    command: str = ""
    pair: Pair | None = None
    contrasted: int = 60


def calibrate(bank: Bank, plan: Plan, tell: Callable[[str], None]) -> Posterior:
    """Return what the record leaves of the priors of the bank's account, with a report on it.

    Raises
    ------
    DesignError
        If the record rules out nearly every draw.
    """
    world = bank.world
    learned = learn(bank, plan, tell)
    places = learned.matched.places[learned.near.rows]
    left = resampled(adjusted(places, learned.near), learned.near.weights, plan.kept, world.seed)
    report = {
        **_told_of(learned, plan, world),
        "narrowed": _narrowed(narrowed_by(list(world.priors), places, learned.near, world.seed)),
        "check": _checked(learned, plan, world, left, tell),
        "coverage": _covered(world, plan, learned.prior, learned.target, tell),
        "contrast": _contrasted(learned, world, plan, left, tell),
    }
    rules = digest_of(rule_digest(rule) for rule in world.setup.catalogue.rules)
    held = world.setup.accounts[world.account].digest
    return Posterior(world.account, held, rules, plan.until, world.values(left), plan.command, report)


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned: the record, runs of the prior, what is matched and missed, what is left, and what is near."""

    history: History
    prior: Runned
    target: Target
    missed: Mapping[str, float]
    matched: Matched
    near: Near


def learn(bank: Bank, plan: Plan, tell: Callable[[str], None]) -> Learned:
    """Fill the bank, match the record in waves and find the runs that are near it."""
    cast, until, draws = bank.world.setup.cast, plan.until, range(plan.size.first)
    history = history_of(cast, need_record(cast))
    bank.fill(draws, lambda done, of: tell(f"bank: {done:,} of {of:,} draws"))
    prior = bank.read(draws)
    target, missed = target_of(history.until[until], prior.seen.until[until], plan.discrepancy)
    matched = match(bank, target, until, plan.size, tell)
    near = nearest(noisy(numbers(matched.seen, until, target), target, bank.world.seed), target.values)
    if len(near.rows) < LEAST_NEAR:
        raise too_few(len(near.rows))
    return Learned(history, prior, target, missed, matched, near)


def _told_of(learned: Learned, plan: Plan, world: World) -> dict[str, Any]:
    near = learned.near
    return {
        "matched": list(learned.target.names), "missed": learned.missed, "discrepancy": plan.discrepancy, "cut": CUT,
        "draws": plan.size.first, "lucks": world.lucks, "seed": world.seed,
        "waves": [_told(one) for one in learned.matched.waves],
        "near": {"runs": len(near.rows), "effective": round(near.effective, 1), "complete": round(near.complete, 3)},
    }  # fmt: skip


def _checked(
    learned: Learned, plan: Plan, world: World, left: Array, tell: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Run some draws of the posterior and return where the record lies among them."""
    tell(f"{plan.checked} draws of the posterior are run")
    after = checked(world, left[: plan.checked], plan.until)
    return check(learned.history, plan.until, learned.prior.seen.until[plan.until], after, learned.target)


def _covered(
    world: World, plan: Plan, prior: Runned, target: Target, tell: Callable[[str], None]
) -> dict[str, float] | None:
    """Return what synthetic histories from the prior runs say, None if none are asked for."""
    if not plan.histories:
        return None
    tell(f"{plan.histories} synthetic histories are calibrated on")
    places = world.places(list(range(plan.size.first)))[prior.draws]
    some = prior.seen.until[plan.until].take(target.names)
    told = coverage(places, some, prior.draws, target, world.seed, plan.histories)
    return {name: round(value, 3) for name, value in asdict(told).items()}


def _contrasted(
    learned: Learned, world: World, plan: Plan, left: Array, tell: Callable[[str], None]
) -> dict[str, Any] | None:
    """Return how two arms differ at medians, prior and posterior, None if nothing is compared."""
    if plan.pair is None or not plan.contrasted:
        return None
    n = _n_contrasted(plan, left)
    tell(f"{' and '.join(plan.pair.arms)} are compared over {n} draws")
    found = compared(world, plan, left)
    runs = numbers(learned.prior.seen, plan.until, learned.target)
    values = runs.values[: n * world.lucks].reshape(n, world.lucks, -1)
    has = np.isfinite(values).all(axis=1)
    means = np.where(has, np.where(np.isfinite(values), values, 0.0).mean(axis=1), np.nan)
    return {
        "arms": list(plan.pair.arms), "lucks": LUCKS, "draws": n, "outcomes": contrasts(found),
        "observations": observations(found["prior"], Measured(runs.names, means, runs.errors), world.seed),
    }  # fmt: skip


def compared(world: World, plan: Plan, left: Array) -> dict[str, dict[str, Array]]:
    """Return set of parameters -> outcome -> first arm minus second `(n_draws,)`; empty if nothing is compared.

    Parameters
    ----------
    world, plan
        Whose priors are drawn, and what is done.
    left
        Places of draws of the posterior `(n, n_parameters)`.
    """
    if plan.pair is None or not plan.contrasted:
        return {}
    n = _n_contrasted(plan, left)
    prior = world.places(list(range(n)))
    sets = {"medians": np.zeros_like(prior), "prior": prior, "posterior": left[:n]}
    return differences_of(plan.pair, world, sets)


def _n_contrasted(plan: Plan, left: Array) -> int:
    return min(plan.contrasted, len(left), plan.size.first)


def checked(world: World, places: Array, until: int) -> Measured:
    """Run draws of a posterior with luck of their own and return what is measured of them."""
    draws = range(CHECKED_FROM, CHECKED_FROM + len(places))
    return world.seen(world.runs(world.values(places), draws)).until[until]


def check(history: History, until: int, before: Measured, after: Measured, target: Target) -> list[dict[str, Any]]:
    """Return for each number of the record where it lies among runs of the prior and of the posterior."""
    record, rows = history.until[until], []
    for name, value, error in zip(record.names, record.values[0], record.errors, strict=True):
        row: dict[str, Any] = {"name": name, "record": round(float(value), 4), "matched": name in target.names}
        for word, runs in (("prior", before), ("posterior", after)):
            some = runs.take((name,)).values[:, 0]
            some = some[np.isfinite(some)]
            noise = error * np.random.default_rng(0).standard_normal(len(some))
            below = (some + noise < value) + 0.5 * (some + noise == value)
            place = float(below.mean()) if len(some) else None
            row[word] = {"mean": _short(some.mean()) if len(some) else None,
                         "sd": _short(some.std()) if len(some) else None,
                         "place": None if place is None else round(place, 3)}  # fmt: skip
        rows.append(row)
    return rows


def _short(value: float) -> float:
    return float(f"{float(value):.4g}")


def _told(wave: Wave) -> dict[str, Any]:
    told = {one.name: round(one.told, 3) for one in wave.emulators}
    return {"runs": wave.runs, "left": round(wave.left, 4), "told_out_of_sample": told, "ruled_out_by": wave.decides}


def _narrowed(found: list[Narrowed]) -> dict[str, Any]:
    surely = [one for one in found if one.stands_out]
    kinds = {"links": "link.", "base rates": "rate.", "numbers of rules": ""}
    counts: Mapping[str, list[Narrowed]] = {
        what: [one for one in found if _kind(one.path) == prefix] for what, prefix in kinds.items()
    }
    return {
        "parameters": {what: len(some) for what, some in counts.items()},
        "narrowed": {what: sum(one.narrowed for one in some) for what, some in counts.items()},
        "sure": {what: sum(one.narrowed or one.moved for one in some) for what, some in counts.items()},
        "undecided": {what: sum(one.undecided for one in some) for what, some in counts.items()},
        "moved": {what: sum(one.moved for one in some) for what, some in counts.items()},
        "median_width": {what: round(float(np.median([one.width for one in some])), 3) if some else None
                         for what, some in counts.items()},
        "expected_by_chance": round(2 * FALSE * len(found), 1),
        "list": [{"path": one.path, "width": round(one.width, 3), "median": round(one.median, 3),
                  "narrowed": one.narrowed, "moved": one.moved,
                  "undecided": one.undecided} for one in surely[:SHOWN]],
        "widths": {one.path: round(one.width, 3) for one in found},
    }  # fmt: skip


def _kind(path: str) -> str:
    return next((prefix for prefix in ("link.", "rate.") if path.startswith(prefix)), "")

