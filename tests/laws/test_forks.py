"""Laws of snapshots and forks: a fork equals a straight run bit for bit, for some rows and into another arm."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.conftest import EVERY_ACCOUNT, make_setup

from demarche.cast.cast import Cast
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder, join_events
from demarche.engine.setup import ArmSetup, Runs
from demarche.engine.simulation import Simulation
from demarche.engine.snapshot import fork, restore, take_snapshot
from demarche.errors import DesignError
from demarche.world.decisions import DECISION_OF

N_STEPS, FORKED = 40, 22
SEEDS = [3, 4, 5, 6]


def simulation_of(cast: Cast, account: str, arms: list[str], from_step: int = 0) -> Simulation:
    setup = make_setup(cast, N_STEPS, from_step)
    recorder = Recorder(world_codes(cast), N_STEPS, len(arms))
    return Simulation(setup, Runs(arms, [account] * len(arms), SEEDS[: len(arms)]), recorder=recorder)


def advance(simulation: Simulation, until: int) -> Simulation:
    while simulation.step < until:
        simulation.advance()
    return simulation


def assert_same(one: Simulation, other: Simulation, rows: list[int]) -> None:
    for name, values in one.world.arrays.items():
        theirs = other.world.arrays[name]
        if values.shape[-1] == theirs.shape[-1] == 1 or one.world.declared.fields[name].kind == "lever":
            continue
        np.testing.assert_array_equal(values[..., rows], theirs[..., : len(rows)], err_msg=name)
    assert one.recorder is not None
    assert other.recorder is not None
    np.testing.assert_array_equal(one.recorder.series[..., rows], other.recorder.series)
    for mine, theirs in zip(
        dataclasses.astuple(join_events([_of_rows(part, rows) for part in one.recorder.parts])),
        dataclasses.astuple(join_events(other.recorder.parts)),
        strict=True,
    ):
        np.testing.assert_array_equal(mine, theirs)


def _of_rows(part: np.ndarray, rows: list[int]) -> np.ndarray:
    position, place = np.nonzero(part["run"][:, None] == np.array(rows))
    kept = part[position]
    kept["run"] = place
    return kept


@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_a_fork_of_some_rows_equals_the_straight_run(cast: Cast, account: str) -> None:
    straight = advance(simulation_of(cast, account, ["quiet", "as_it_was", "vocal", "as_it_was"]), FORKED)
    forked = fork(straight, rows=[3, 0])
    left = straight.world["practice"].copy()
    advance(forked, N_STEPS)
    np.testing.assert_array_equal(straight.world["practice"], left, err_msg="the fork touches nothing of its origin")
    assert_same(advance(straight, N_STEPS), forked, [3, 0])


@pytest.mark.parametrize("account", EVERY_ACCOUNT)
@pytest.mark.parametrize("forked_at", [pytest.param(1, marks=pytest.mark.long), FORKED])
@pytest.mark.long
def test_a_fork_into_another_arm_equals_a_straight_run_of_it(cast: Cast, account: str, forked_at: int) -> None:
    common = advance(simulation_of(cast, account, ["as_it_was"] * 4, forked_at), forked_at)
    straight = advance(simulation_of(cast, account, ["vocal"] * 4, forked_at), N_STEPS)
    forked = advance(fork(common, rows=[1, 2, 3], arm="vocal"), N_STEPS)
    assert_same(straight, forked, [1, 2, 3])
    other = advance(simulation_of(cast, account, ["as_it_was"] * 4, forked_at), N_STEPS)
    stocks = straight.world.declared.groups["stock"]
    assert any(not np.array_equal(straight.world[name], other.world[name]) for name in stocks), "the arms do differ"


@pytest.mark.long
def test_every_step_can_be_forked(cast: Cast) -> None:
    straight = simulation_of(cast, "leverage_toolbox", ["as_it_was", "quiet"])
    forks = []
    for step in range(14):  # a session, a year's turn and the month after each lie in between
        advance(straight, step)
        forks.append(fork(straight))
    advance(straight, 16)
    for forked in forks:
        assert_same(straight, advance(forked, 16), [0, 1])


def test_a_snapshot_sets_a_simulation_back(cast: Cast) -> None:
    simulation = advance(simulation_of(cast, "strategic_target", ["as_it_was", "vocal"]), 10)
    snapshot = take_snapshot(simulation)
    advance(simulation, 20)
    first = {name: values.copy() for name, values in simulation.world.arrays.items()}
    series = simulation.recorder.series.copy()
    restore(simulation, snapshot)
    assert (simulation.step, simulation.recorder.n_months) == (10, 10)
    advance(simulation, 20)
    for name, values in first.items():
        np.testing.assert_array_equal(values, simulation.world.arrays[name], err_msg=name)
    np.testing.assert_array_equal(series, simulation.recorder.series)


@pytest.fixture
def bound(cast: Cast) -> Simulation:
    """Ten months of four runs, in two of which a choice is bound for later; one move had found no occasion."""
    simulation = advance(simulation_of(cast, "leverage_toolbox", ["as_it_was"] * 4), 9)
    simulation.seats.bind("representation", "public", cast.focal, runs=np.array([1, 3]))
    advance(simulation, 10)
    simulation.seats.bind("representation", "public", "FRA", runs=np.array([1, 3]))
    return simulation


def words_of_france(simulation: Simulation) -> np.ndarray:
    world = simulation.world
    return world["representation_held"][world.codes["state"].index("FRA")]


def test_a_snapshot_keeps_what_is_bound_for_later_and_what_found_no_occasion(bound: Simulation, cast: Cast) -> None:
    public = DECISION_OF["representation"].index("public")
    snapshot = take_snapshot(bound)
    for _ in range(2):
        advance(bound, 11)
        np.testing.assert_array_equal(words_of_france(bound) == public, [False, True, False, True])
        bound.seats.bind("representation", "none", "FRA")
        bound.seats.bind("representation", "public", cast.focal)
        advance(bound, 12)
        assert [(one.step, one.runs) for one in bound.seats.idle] == [(9, (1, 3)), (11, (0, 1, 2, 3))]
        bound.seats.bind("representation", "public", "DEU")
        restore(bound, snapshot)
        assert [(one.step, one.runs) for one in bound.seats.idle] == [(9, (1, 3))]


def test_a_fork_keeps_them_for_its_runs_and_its_origin_keeps_its_own(bound: Simulation) -> None:
    public = DECISION_OF["representation"].index("public")
    some, one = fork(bound, rows=[3, 0, 2]), fork(bound, rows=[1])
    assert [(idle.step, idle.runs) for idle in some.seats.idle] == [(9, (0,))]
    np.testing.assert_array_equal(words_of_france(advance(some, 11)) == public, [True, False, False])
    np.testing.assert_array_equal(words_of_france(advance(one, 11)) == public, [True, True])
    np.testing.assert_array_equal(words_of_france(advance(bound, 11)) == public, [False, True, False, True])


def test_a_fork_into_an_unknown_arm_or_one_with_other_rules_is_refused(cast: Cast) -> None:
    simulation = simulation_of(cast, "leverage_toolbox", ["as_it_was", "as_it_was"])
    with pytest.raises(DesignError, match=r"(?s)no arm is called 'vocl'.*Did you mean"):
        fork(simulation, arm="vocl")
    arm = simulation.setup.arms["as_it_was"]
    mute = ArmSetup("mute", arm.calendar, rules_off=("senders.says",))
    simulation.setup = dataclasses.replace(simulation.setup, arms={**simulation.setup.arms, "mute": mute})
    with pytest.raises(DesignError, match="switches rules off"):
        fork(simulation, arm="mute")


def test_the_recorder_grows_and_gives_quantiles_while_runs_go_on(cast: Cast) -> None:
    setup = make_setup(cast, 30)
    recorder = Recorder(world_codes(cast), 2, 4)
    simulation = Simulation(setup, Runs(["as_it_was"] * 4, ["leverage_toolbox"] * 4, SEEDS), recorder=recorder)
    advance(simulation, 9)
    assert recorder.series.shape[1:] == (9, 4)
    low, middle, high = recorder.quantiles("core_practice", (0.0, 0.5, 1.0))
    values = recorder.of("core_practice")
    np.testing.assert_allclose(middle, np.median(values, axis=1), rtol=1e-6)
    np.testing.assert_array_equal(low.astype(np.float32), values.min(axis=1))
    np.testing.assert_array_equal(high.astype(np.float32), values.max(axis=1))
    with pytest.raises(DesignError, match=r"(?s)core_practise.*Did you mean"):
        recorder.of("core_practise")
