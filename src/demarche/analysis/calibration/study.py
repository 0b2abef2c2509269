"""Calibrate an account on the record to a date: bank, waves, posterior, and what a sceptic asks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from demarche.accounts.posterior import Posterior
from demarche.analysis.calibration.adjusting import adjusted, nearest, noisy, resampled
from demarche.analysis.calibration.bank import Bank, World
from demarche.analysis.calibration.coverage import HISTORIES, LEAST_LEFT, coverage
from demarche.analysis.calibration.matching import CUT, DISCREPANCY, Target, target_of
from demarche.analysis.calibration.measures import History, Measured, history_of
from demarche.analysis.calibration.narrowing import FALSE, Narrowed, narrowed_by
from demarche.analysis.calibration.waves import Size, Wave, match, numbers, too_few
from demarche.arrays import Array
from demarche.history.record import need_record
from demarche.rules.identity import digest_of, rule_digest

CHECKED_FROM = 10_000_000
"""Numbers of draws from which the luck of posterior runs follows, far behind those of the bank."""
SHOWN = 40


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
    """

    until: int
    size: Size
    discrepancy: float = DISCREPANCY
    kept: int = 200
    checked: int = 100
    histories: int = HISTORIES
    command: str = ""


def calibrate(bank: Bank, plan: Plan, tell: Callable[[str], None]) -> Posterior:
    """Return what the record leaves of the priors of the bank's account, with a report on it.

    Raises
    ------
    DesignError
        If the record rules out nearly every draw.
    """
    world, record = bank.world, need_record(bank.world.setup.cast)
    history = history_of(world.setup.cast, record)
    draws = range(plan.size.first)
    bank.fill(draws, lambda done, of: tell(f"bank: {done:,} of {of:,} draws"))
    prior = bank.read(draws)
    target, missed = target_of(history.until[plan.until], prior.seen.until[plan.until], plan.discrepancy)
    matched = match(bank, target, plan.until, plan.size, tell)
    near = nearest(noisy(numbers(matched.seen, plan.until, target), target, world.seed), target.values)
    if len(near.rows) < LEAST_LEFT:
        raise too_few(len(near.rows))
    places, paths = matched.places[near.rows], list(world.priors)
    found = narrowed_by(paths, places, near, world.seed)
    left = resampled(adjusted(places, near), near.weights, plan.kept, world.seed)
    tell(f"{plan.checked} draws of the posterior are run")
    after = checked(world, left[: plan.checked], plan.until)
    report: dict[str, Any] = {
        "matched": list(target.names), "missed": missed, "discrepancy": plan.discrepancy, "cut": CUT,
        "draws": plan.size.first, "lucks": world.lucks, "seed": world.seed,
        "waves": [_told(one) for one in matched.waves],
        "near": {"runs": len(near.rows), "effective": round(near.effective, 1), "complete": round(near.complete, 3)},
        "narrowed": _narrowed(found),
        "check": check(history, plan.until, prior.seen.until[plan.until], after, target),
        "coverage": None,
    }  # fmt: skip
    if plan.histories:
        tell(f"{plan.histories} synthetic histories are calibrated on")
        place_of = world.places(list(draws))[prior.draws]
        some = prior.seen.until[plan.until].take(target.names)
        told = coverage(place_of, some, prior.draws, target, world.seed, plan.histories)
        report["coverage"] = {name: round(value, 3) for name, value in asdict(told).items()}
    values = world.values(left)
    rules = digest_of(rule_digest(rule) for rule in world.setup.catalogue.rules)
    held = world.setup.accounts[world.account].digest
    return Posterior(world.account, held, rules, plan.until, values, plan.command, report)


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
    surely = [one for one in found if one.narrowed or one.moved]
    kinds = {"links": "link.", "base rates": "rate.", "numbers of rules": ""}
    counts: Mapping[str, list[Narrowed]] = {
        what: [one for one in found if _kind(one.path) == prefix] for what, prefix in kinds.items()
    }
    return {
        "parameters": {what: len(some) for what, some in counts.items()},
        "narrowed": {what: sum(one.narrowed for one in some) for what, some in counts.items()},
        "moved": {what: sum(one.moved for one in some) for what, some in counts.items()},
        "median_width": {what: round(float(np.median([one.width for one in some])), 3) if some else None
                         for what, some in counts.items()},
        "expected_by_chance": round(2 * FALSE * len(found), 1),
        "list": [{"path": one.path, "width": round(one.width, 3), "median": round(one.median, 3),
                  "narrowed": one.narrowed, "moved": one.moved} for one in surely[:SHOWN]],
        "widths": {one.path: round(one.width, 3) for one in found},
    }  # fmt: skip


def _kind(path: str) -> str:
    return next((prefix for prefix in ("link.", "rate.") if path.startswith(prefix)), "")

