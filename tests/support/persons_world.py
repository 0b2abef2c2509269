"""The reference cast with some rules of words, asks and persons alone, treatments held by the test.

Nobody else acts: needs, protest, belief and skill stay as the test lays them, so that a link can be probed with its
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
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.world import World

CAST = Path(__file__).parents[2] / "scenarios" / "casts" / "china_1989.yaml"
PERSONS = ("focal.answers", "focal.arrests", "focal.persons", "focal.reform.words")
WORDS = ("senders.attention", "senders.reasons", "senders.subjects", "senders.asking", "senders.weight",
         "senders.pressure", "senders.deeds", "senders.credit")  # fmt: skip
START = Month(1990, 1)
FOREVER = 1e4  # a step that never comes


@cache
def rules_of(modules: tuple[str, ...]) -> Catalogue:
    """Return the catalogue of some modules alone."""
    names = {f"demarche.rules.catalogue.{module}" for module in modules}
    return Catalogue.of(rule for rule in packaged().rules if rule.body.__module__ in names)


@cache
def setup(months: int, modules: tuple[str, ...] = PERSONS, events: tuple[tuple[str, int], ...] = ()) -> Setup:
    """Return a set-up of the reference cast in which the rules of those modules act; events are kinds and steps."""
    dated = tuple(CalendarEvent(f"e{i}", kind, START.plus(step)) for i, (kind, step) in enumerate(events))
    period = Period(START, months)
    arm = ArmSetup("bare", Calendar(period, dated))
    return Setup(load_cast(CAST), period, {"bare": arm}, packaged_accounts(), "bare", rules_of(modules))


def run(
    world: Setup,
    n_runs: int,
    links: Mapping[str, float] | None = None,
    *,
    held: Mapping[str, Any] | None = None,
    values: Mapping[str, float] | None = None,
    watched: Iterable[str] = (),
) -> tuple[World, dict[str, Array]]:
    """Let the rules act for the whole period, all links neutral but those given.

    Parameters
    ----------
    world
        From `setup`.
    n_runs
        Number of runs; they share everything but luck.
    links
        Link id -> value.
    held
        Field -> value at the start of every month.
    values
        Path of a parameter -> value.
    watched
        Fields of which every month's values are kept.

    Returns
    -------
    World, dict
        The world at the end, and field -> values `(n_months, ..., n_runs)`.
    """
    said: dict[str, float] = {link.path: neutral_value(name) for name, link in all_links().items()}
    said |= {f"link.{name}": value for name, value in (links or {}).items()} | dict(values or {})
    table = {path: np.full(n_runs, value, dtype=float) for path, value in said.items()}
    sim = Simulation(world, Runs(["bare"] * n_runs, ["common"] * n_runs, list(range(n_runs)), table))
    kept: dict[str, list[Array]] = {name: [] for name in watched}
    for _ in range(world.period.n_steps):
        for name, value in (held or {}).items():
            sim.world[name][...] = value
        sim.advance()
        for name, months in kept.items():
            months.append(sim.world[name].copy())
    return sim.world, {name: np.array(months) for name, months in kept.items()}
