"""The reference cast with the rules of reform, law, treaties and inner stocks alone, treatments held by the test.

Nobody else acts: words, talks, sanctions, protest and growth stay as the test lays them, so that a link can be probed
with its treatment at 0 and at 1 in the world in which it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from demarche.accounts.links import all_links
from demarche.accounts.packaged import neutral_value, packaged_accounts
from demarche.arrays import Array
from demarche.cast.cast import load_cast
from demarche.engine.setup import ArmSetup, Move, Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.rules.kit.usual import USUAL
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.world import World

CAST = Path(__file__).parents[2] / "scenarios" / "casts" / "china_1989.yaml"
MODULES = (
    "focal.reform.yearly", "focal.reform.words", "focal.reform.home", "focal.law.acts", "focal.law.reasons",
    "focal.law.custody", "focal.law.treaties", "focal.inner", "world.practice", "world.recorded",
)  # fmt: skip
BESIDE = "focal.reopens_issues"
START, YEARS = Month(1990, 1), 15
CONGRESSES = (Month(1992, 10), Month(1997, 9), Month(2002, 11))
STILL: dict[str, float] = {"growth_rate": 0.0, "mobilisation": USUAL["demands"]}
"""What lies at its reference if a test says nothing else; usual levels are laid too."""


@cache
def own_rules() -> Catalogue:
    """Return the catalogue of the modules, and of the one rule that pushes reform from elsewhere."""
    names = {f"demarche.rules.catalogue.{module}" for module in MODULES}
    return Catalogue.of(rule for rule in packaged().rules if rule.body.__module__ in names or rule.id == BESIDE)


@cache
def setup(
    years: int = YEARS,
    congresses: tuple[Month, ...] = CONGRESSES,
    off: tuple[str, ...] = (),
    moves: tuple[tuple[Month, str, str, str], ...] = (),
) -> Setup:
    """Return a set-up of the reference cast in which those rules act, less some, in all packaged accounts.

    `moves` bind choices: month, decision, option, code of the row.
    """
    period = Period(START, 12 * years)
    events = tuple(CalendarEvent(f"congress_{month}", "congress", month) for month in congresses)
    bound = tuple(Move(START.steps_to(month), decision, option, (row,)) for month, decision, option, row in moves)
    arm = ArmSetup("bare", Calendar(period, events), rules_off=off, moves=bound)
    return Setup(load_cast(CAST), period, {"bare": arm}, packaged_accounts(), "bare", own_rules())


def neutral() -> dict[str, float]:
    """Return path -> value at which a link does nothing, of every link; growth and needs do nothing either."""
    values = {link.path: neutral_value(name) for name, link in all_links().items()}
    return {**values, "link.growth_welfare": 0.0}


def run(
    n_runs: int,
    links: Mapping[str, float] | None = None,
    *,
    account: str = "",
    laid: Mapping[str, Any] | None = None,
    held: Mapping[str, Any] | None = None,
    world: Setup | None = None,
    seed: int = 0,
    values: Mapping[str, Any] | None = None,
    watched: Iterable[str] = (),
) -> tuple[World, dict[str, Array]]:
    """Let the rules act for the whole period.

    Parameters
    ----------
    n_runs
        Number of runs; they share everything but luck.
    links
        Link id -> value; the others are neutral, or as `account` has them.
    account
        Account whose medians hold; neutral links if empty.
    laid, held
        Field -> values: laid once before the first month, or held at the start of every month.
    world
        From `setup`.
    seed
        Of the first run.
    values
        Path of a parameter -> value, over everything else.
    watched
        Fields of which every month's values are kept.

    Returns
    -------
    World, dict
        The world at the end, and field -> values `(n_months, ..., n_runs)`.
    """
    chosen = world or setup()
    said: dict[str, Any] = {} if account else neutral()
    said |= {f"link.{name}": value for name, value in (links or {}).items()} | dict(values or {})
    table = {path: np.full(n_runs, value, dtype=float) for path, value in said.items()}
    names = [account or "common"] * n_runs
    runs = Runs(["bare"] * n_runs, names, list(range(seed, seed + n_runs)), table)
    sim = Simulation(chosen, runs)
    usual = {name: level for name, level in USUAL.items() if name in sim.world.arrays}
    lay(sim.world, {**usual, **STILL, **(laid or {})})
    kept: dict[str, list[Array]] = {name: [] for name in watched}
    for _ in range(chosen.period.n_steps):
        lay(sim.world, held or {})
        sim.advance()
        for name, months in kept.items():
            months.append(sim.world[name].astype(float))
    return sim.world, {name: np.array(months) for name, months in kept.items()}


def lay(world: World, fields: Mapping[str, Any]) -> None:
    """Set fields of a world: one number for all rows, or one a row."""
    for name, value in fields.items():
        array, given = world[name], np.asarray(value, dtype=float)
        array[...] = given[..., None] if given.ndim and given.ndim == array.ndim - 1 else given


def group_mean(world: World, field: str, group: str = "core") -> Array:
    """Return the mean of a field over a group of issues `(n_runs,)`."""
    mask = world[f"is_{group}"]
    mean: Array = (world[field] * mask).sum(axis=0) / mask.sum(axis=0)
    return mean
