"""The reference cast with the rules of sponsors, talks, votes, sanctions and trade conditions alone.

Nobody else acts: persons, reform, evidence and society stay as a test lays them, so that a link can be probed with its
treatment at 0 and at 1 in the world in which it acts.
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
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, Month, Period
from demarche.world.world import World

CAST = Path(__file__).parents[2] / "scenarios" / "casts" / "china_1989.yaml"
MODULES = (
    "senders.reckoning", "senders.sponsors", "senders.bloc", "senders.talks", "senders.canvass",
    "senders.coordination", "senders.sanctions", "senders.tariff", "senders.will", "focal.bargain", "focal.rounds",
    "focal.lobby", "focal.retaliation", "focal.concessions", "focal.needs", "bodies.votes", "bodies.waverers",
    "bodies.procedure", "world.occasions",
)  # fmt: skip
START, END = Month(1989, 6), Month(1998, 12)


@cache
def own_rules() -> Catalogue:
    """Return the catalogue of the modules alone."""
    names = {f"demarche.rules.catalogue.{module}" for module in MODULES}
    return Catalogue.of(rule for rule in packaged().rules if rule.body.__module__ in names)


@cache
def setup(months: int = START.steps_to(END) + 1, off: tuple[str, ...] = ()) -> Setup:
    """Return a set-up of the reference cast and calendar in which those rules act, less some."""
    cast, period = load_cast(CAST), Period(START, months)
    arm = ArmSetup("bare", Calendar(period, cast.events), rules_off=off)
    return Setup(cast, period, {"bare": arm}, packaged_accounts(), "bare", own_rules())


def run(
    n_runs: int,
    links: Mapping[str, float] | None = None,
    *,
    account: str = "",
    laid: Mapping[str, Any] | None = None,
    held: Mapping[str, Any] | None = None,
    world: Setup | None = None,
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
    said: dict[str, Any] = {} if account else {link.path: neutral_value(name) for name, link in all_links().items()}
    said |= {f"link.{name}": value for name, value in (links or {}).items()} | dict(values or {})
    table = {path: np.full(n_runs, value, dtype=float) for path, value in said.items()}
    sim = Simulation(chosen, Runs(["bare"] * n_runs, [account or "common"] * n_runs, list(range(n_runs)), table))
    lay(sim.world, {"headline": 0.22, **(laid or {})})
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


def session_steps(setup_: Setup) -> list[int]:
    """Return the steps of sessions within the period."""
    return [step for step in setup_.arms["bare"].calendar.steps("session") if 0 <= step < setup_.period.n_steps]
