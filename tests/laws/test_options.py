"""Law: every option of every decision is taken now and then, and what groups and bodies decide changes the world."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from demarche.analysis.decisions.counted import OptionCount, count_options, seldom
from demarche.analysis.liveness.runs_apart import Apart
from demarche.engine.setup import Runs
from demarche.engine.simulation import Simulation
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.decisions import DECISIONS
from demarche.world.fields import FIELDS

SCENARIO = Path(__file__).parents[2] / "scenarios" / "quiet_or_vocal.yaml"
DRAWS = 24
NEVER = {
    ("recommendation_action", "leave"): "the mid-term of the only review lies in January 2011, after the period",
    ("recommendation_action", "act"): "the same",
}
"""Options that no arm and account takes in one run in twenty, with the reason; at most ten."""


@cache
def counted() -> tuple[tuple[OptionCount, ...], ...]:
    setup = compile_scenario(load_scenario(SCENARIO))
    return tuple(count_options(setup, "as_it_was", account, range(DRAWS)) for account in setup.accounts)


@pytest.mark.long
def test_every_option_is_taken_in_one_run_in_twenty_of_some_account() -> None:
    assert set(seldom(counted())) == set(NEVER)
    assert len(NEVER) <= 10


@pytest.mark.long
def test_an_option_that_is_barred_is_found() -> None:
    """Mutation: as if one option had never been taken."""
    barred = [tuple(one if one.option != "opt_out" else _never(one) for one in some) for some in counted()]
    assert ("instrument", "opt_out") in seldom(barred)


def _never(one: OptionCount) -> OptionCount:
    from dataclasses import replace

    return replace(one, runs=0.0)


MONTHS, LUCKS = 96, 4
OPEN = {"bodies.special_session_meets.block": 1.0}
"""At its median the like-minded, with half of the seats, stop every special session; here half of them."""
OWN = {"ngo", "body"}


@cache
def moved_outside() -> dict[tuple[str, str], set[str]]:
    """Return decision and option -> fields outside who decides that differ if everybody takes it, under one luck."""
    setup = compile_scenario(load_scenario(SCENARIO))
    cases = [(one, option) for one in DECISIONS if one.axes[0] in OWN for option in one.options]
    forced: dict[str, tuple[tuple[int, np.ndarray], ...]] = {}
    for place, (one, option) in enumerate(cases, 1):
        mine = LUCKS * place + np.arange(LUCKS)
        forced[one.name] = (*forced.get(one.name, ()), (one.index(option), mine))
    n = LUCKS * (1 + len(cases))
    runs = Runs(["as_it_was"] * n, ["leverage_toolbox"] * n, list(range(LUCKS)) * (1 + len(cases)),
                {path: np.full(n, value) for path, value in OPEN.items()})  # fmt: skip
    simulation = Simulation(setup, runs, override=Apart(forced=forced).bind)
    differs: dict[int, set[str]] = {place: set() for place in range(1 + len(cases))}
    for step in range(MONTHS):
        simulation.advance()
        for name, spec in FIELDS.items() if step % 3 == 2 else ():
            if spec.kind in ("stock", "memory") and not OWN & set(spec.axes):
                table = np.broadcast_to(simulation.world[name], (*simulation.world[name].shape[:-1], n))
                table = table.reshape(-1, 1 + len(cases), LUCKS)
                for place in np.flatnonzero((table != table[:, :1]).any(axis=(0, 2))):
                    differs[int(place)].add(name)
    return {(one.name, option): differs[place] for place, (one, option) in enumerate(cases, 1)}


@pytest.mark.long
@pytest.mark.parametrize("axis", sorted(OWN))
def test_groups_and_bodies_take_five_kinds_of_decisions_that_change_something_outside_themselves(axis: str) -> None:
    kinds = {
        one.name: {option for option in one.options if moved_outside()[one.name, option]}
        for one in DECISIONS
        if one.axes[0] == axis
    }
    idle = [name for name, options in kinds.items() if not options]
    print(f"{axis}: {len(kinds) - len(idle)} of {len(kinds)} kinds of decisions change something outside; idle {idle}")
    assert len(kinds) - len(idle) >= 5
    assert not idle
