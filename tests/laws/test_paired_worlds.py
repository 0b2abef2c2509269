"""Laws of paired worlds: what has not been touched keeps its luck."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.conftest import EVERY_ACCOUNT, make_setup
from tests.support.compare import assert_equal, event_rows, runs_of

from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.engine.setup import ArmSetup
from demarche.engine.simulate import simulate
from demarche.engine.simulation import Simulation
from demarche.keyed import entity_keys, run_keys, text_key, uniforms
from demarche.rules.contract import Rule
from demarche.rules.find import parameters
from demarche.world.axes import CAST_AXES
from demarche.world.calendar import Calendar
from demarche.world.decisions import DECISIONS
from demarche.world.world import FieldView, World

SEEDS = list(range(6))


@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_arms_are_equal_until_the_month_in_which_they_part(cast: Cast, account: str) -> None:
    parting = 31
    setup = make_setup(cast, 48, from_step=parting)
    runs = runs_of(["as_it_was", "vocal"], [account], SEEDS)
    result = simulate(setup, runs)
    n = len(SEEDS)
    np.testing.assert_array_equal(result.series[:, :parting, :n], result.series[:, :parting, n:])
    for run in range(n):
        assert event_rows(result, run, before=parting) == event_rows(result, run + n, before=parting)
    assert not np.array_equal(result.series[:, parting:, :n], result.series[:, parting:, n:])


def _zero(rule: Rule, world: World, calendar: Calendar, step: int) -> None:
    """Let a rule act with its strength at zero, with luck of its own."""
    draws = Draws(range(50, 50 + world.n_runs), {axis: world.codes[axis] for axis in CAST_AXES})
    noise = {one.name: np.ones(world.n_runs) for one in DECISIONS}
    masks = actor_masks(world.codes["state"])
    moment = RuleMoment(rule, calendar, draws, masks, world.n_runs, world.n_senders, noise)
    moment.step = step
    known = parameters()
    values = {name: np.full(world.n_runs, known[path].default) for name, path in rule.arguments.items()}
    values |= {p.name: np.zeros(world.n_runs) for p in rule.parameters if p.role == "strength"}
    view: Any = FieldView(world, rule.reads, rule.writes, rule.id, rule.rows)
    rule.body(view, moment, **values)


@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_a_rule_at_zero_strength_changes_nothing(cast: Cast, account: str) -> None:
    """Every rule with a strength, in every month in which it acts, in the world as it then is."""
    offenders: dict[str, set[str]] = {}

    def watch(rule: Rule, world: World, act: Callable[[], None]) -> None:
        if rule.has_strength:
            before = {name: world[name].copy() for name in rule.writes}
            _zero(rule, world, simulation.calendar, simulation.step)
            for name, values in before.items():
                if not np.array_equal(values, world[name]):
                    offenders.setdefault(rule.id, set()).add(name)
                    world[name][...] = values
        act()

    simulation = Simulation.of(make_setup(cast, 60), "as_it_was", account, [1, 2], watcher=watch)
    for _ in range(60):
        simulation.advance()
    assert not offenders


@pytest.mark.parametrize("rule_id", ["focal.threat_screen"])
@pytest.mark.long
def test_a_rule_at_zero_strength_equals_the_rule_switched_off(cast: Cast, rule_id: str) -> None:
    setup = make_setup(cast, 36)
    arm = setup.arms["as_it_was"]
    without = dataclasses.replace(setup, arms={"as_it_was": ArmSetup("as_it_was", arm.calendar, rules_off=(rule_id,))})
    runs = runs_of(["as_it_was"], ["strategic_target"], [1, 2])
    zero = simulate(setup, runs_of(["as_it_was"], ["strategic_target"], [1, 2], **{f"{rule_id}.strength": 0.0}))
    assert_equal(zero, simulate(without, runs))
    assert not np.array_equal(zero.series, simulate(setup, runs).series)


def test_adding_a_state_moves_no_other_states_draws() -> None:
    runs = run_keys([3, 4, 5])
    stream = text_key("bodies.mood_of_motions/first")
    few = uniforms(runs, stream, 10, entity_keys(["FRA", "PER"]))
    more = uniforms(runs, stream, 10, entity_keys(["BRA", "FRA", "KEN", "PER"]))
    np.testing.assert_array_equal(more[[1, 3]], few)


def test_rows_of_a_draw_do_not_depend_on_the_other_rows() -> None:
    codes = {"state": tuple("ABCDEFG")}
    whole = Draws([1, 2], codes).draw("x", 4, "state")
    some = Draws([1, 2], codes).draw("x", 4, "state", np.array([1, 5]))
    np.testing.assert_array_equal(some, whole[[1, 5]])
