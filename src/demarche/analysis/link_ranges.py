"""How strong each link's treatment was, and what it came to: the page of links.

A link of any size does nothing where its treatment stays near 0, or where skill and the frozen monopoly take it away.
Each rule that carries a link is asked in every month in which it acts: what would it write with the link at one unit,
what does it write as the account has it?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from demarche.accounts.links import LINK_PREFIX, all_links
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import ActiveRule, Simulation
from demarche.rules.contract import Rule
from demarche.world.world import World

ENDS = (0.05, 0.5, 0.95)
DILUTING = ("monopoly_freeze", "skill_yield", "equality_internalisation", "state_adoption", "nationalism_brake")
LOGARITHMIC = ("odds ratio", "factor")
YEARLY = ("share a year", "practice a year")
MONTHS = 12.0
CHANGE, UTILITY = "_change", "_utility"

Ends = tuple[float, float, float]
Found = dict[tuple[str, str], list[Array]]


@dataclass(frozen=True)
class LinkRange:
    """How strong one link was in one rule.

    Parameters
    ----------
    link, unit, rule
        What was measured, and the rule that carries it.
    treatment
        5 %, median and 95 % of the treatment over months, rows and runs, before the factors of other links act on
        it. Treatments that enter as their distance from the usual level may be negative.
    realised
        The same quantiles of what the link came to after dilution: log odds or log factor; per year for shares and
        practice a year; in the unit of what it writes for other shares.
    """

    link: str
    unit: str
    rule: str
    treatment: Ends
    realised: Ends


def link_ranges(setup: Setup, arm: str, account: str, n_runs: int, seed: int = 0) -> list[LinkRange]:
    """Return the ranges of every link that a rule of the setup carries, in the order of links and rules.

    Parameters
    ----------
    setup, arm, account
        What is run, with the medians of the account.
    n_runs, seed
        Number of runs and the first seed; at least two runs.
    """
    undiluted = {LINK_PREFIX + name: np.ones(n_runs) for name in DILUTING}
    treatments = _measured(setup, arm, account, n_runs, seed, undiluted, unit=True)
    realised = _measured(setup, arm, account, n_runs, seed, {}, unit=False)
    return [
        LinkRange(link, all_links()[link].said.unit, rule, _ends(treatments[link, rule]), _ends(realised[link, rule]))
        for link, rule in sorted(realised, key=lambda key: (list(all_links()).index(key[0]), key[1]))
    ]


def _ends(values: list[Array]) -> Ends:
    """Return the quantiles over months, rows and runs, of rows that the link ever reaches."""
    stacked = np.array(values)
    if stacked.ndim > 2:
        flat = np.moveaxis(stacked, -1, 1).reshape(-1, *stacked.shape[1:-1])
        reached = np.abs(flat).max(axis=0) > 0
        stacked = flat[:, reached] if reached.any() else flat
    low, middle, high = np.quantile(stacked, ENDS)
    return float(low), float(middle), float(high)


def _measured(
    setup: Setup, arm: str, account: str, n_runs: int, seed: int, values: Mapping[str, Array], *, unit: bool
) -> Found:
    found: Found = defaultdict(list)
    entries: dict[str, ActiveRule] = {}

    def watch(rule: Rule, world: World, act: Callable[[], None]) -> None:
        for link in rule.links:
            found[link, rule.id].append(_effect(entries[rule.id], world, link, unit))
        act()

    runs = Runs([arm] * n_runs, [account] * n_runs, range(seed, seed + n_runs), values)
    simulation = Simulation(setup, runs, watcher=watch)
    entries |= {entry.rule.id: entry for entry in simulation.entries}
    while simulation.step < simulation.n_steps:
        for entry in entries.values():
            entry.moment.step = simulation.step
        simulation.advance()
    return found


def _effect(entry: ActiveRule, world: World, link: str, unit: bool) -> Array:
    """Return what a link makes a rule write into the first field that it writes; the world stays as it was."""
    said = all_links()[link].said
    logarithmic = said.unit in LOGARITHMIC
    full = np.e if logarithmic else 1.0
    field = entry.rule.writes[0]
    before = {name: world[name].copy() for name in entry.rule.writes}

    def written(value: Array | float) -> Array:
        table = dict(entry.values)
        if unit and said.unit == "factor":  # what it acts on has to be there
            table |= {other: np.ones_like(table[other]) for other in entry.rule.links if other != link}
        table[link] = np.broadcast_to(np.asarray(value, dtype=float), entry.values[link].shape)
        entry.rule.body(entry.view, entry.moment, **table)
        after: Array = world[field] - before[field] if field.endswith((CHANGE, UTILITY)) else world[field].copy()
        for name, values in before.items():
            world[name][...] = values
        return after

    with_link = written(full if unit else entry.values[link])
    without = written(1.0 if logarithmic else 0.0)
    if said.unit == "factor":
        return _log_ratio(with_link, without)
    return _scaled(with_link - without, said.unit, field, world, entry, unit)


def _log_ratio(with_link: Array, without: Array) -> Array:
    there = np.abs(without) > 0
    ratio = np.divide(with_link, without, out=np.ones_like(without), where=there)
    logged: Array = np.log(np.maximum(ratio, np.finfo(float).tiny))
    return logged


def _scaled(effect: Array, said_unit: str, field: str, world: World, entry: ActiveRule, unit: bool) -> Array:
    if field.endswith(UTILITY):
        scale = entry.moment.temperature(field.removesuffix(UTILITY))
        largest = np.abs(effect).max(axis=0)
        signed: Array = np.where(effect.max(axis=0) >= largest, largest, -largest) / scale
        return signed
    if said_unit not in YEARLY:
        return effect
    yearly = MONTHS * effect
    if not unit or said_unit == "practice a year":
        return yearly
    missing: Array = 1.0 - world[field.removesuffix(CHANGE)]
    closed: Array = np.divide(yearly, missing, out=np.zeros_like(yearly), where=missing > 0)
    return closed
