"""Laws of seats: a bound choice stands, whatever rules say later; moves of a file equal the same moves by hand."""

from __future__ import annotations

import dataclasses
import shutil

import numpy as np
import pytest
from tests.conftest import EVERY_ACCOUNT, ROOT, make_setup

from demarche.cast.cast import Cast
from demarche.engine.deciding import may_decide
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import ArmSetup, Move, Runs, Setup
from demarche.engine.simulate import simulate, simulate_chunk
from demarche.engine.simulation import Simulation
from demarche.errors import DesignError, ScenarioError
from demarche.mesa_model import EngagementModel, State
from demarche.rules.find import find_rules
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.calendar import CalendarEvent, Month
from demarche.world.decisions import DECISIONS

N_STEPS = 60
MONTHS = 96
"""Until decisions that wait for a congress, a conference, an office or a finding have been taken once."""
EACH = 4
"""Runs in which one decision is bound."""


def with_moves(setup: Setup, *moves: Move) -> Setup:
    arm = ArmSetup("class", setup.arms["as_it_was"].calendar, (), (), moves)
    return dataclasses.replace(setup, arms={**setup.arms, "class": arm})


def with_occasions(setup: Setup) -> Setup:
    """Return the set-up with a review by peers and an election, which otherwise come only after these months."""
    arm = setup.arms["as_it_was"]
    added = (
        CalendarEvent("review", "peer_review", Month(1990, 2)), CalendarEvent("election", "election", Month(1990, 5)),
    )  # fmt: skip
    calendar = arm.calendar.changed(add=added)
    return dataclasses.replace(setup, arms={**setup.arms, arm.name: dataclasses.replace(arm, calendar=calendar)})


@pytest.mark.long
@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_a_bound_choice_stands_at_the_end_of_the_month(cast: Cast, account: str) -> None:
    """In every account and every month in which it is due, each option in turn, for every seat that is asked.

    Each decision is bound in runs of its own, where no other is: all of them are simulated side by side.
    """
    setup = with_occasions(make_setup(cast, MONTHS))
    mine = {d.name: slice(EACH * place, EACH * (place + 1)) for place, d in enumerate(DECISIONS)}
    simulation = Simulation.of(setup, "as_it_was", account, list(range(EACH)) * len(DECISIONS))
    wanted: dict[str, np.ndarray] = {}

    def bind(taken, world, choice) -> None:
        runs = mine[taken.name]
        asked = np.zeros(choice.shape, dtype=bool)
        asked[..., runs] = np.broadcast_to(may_decide(taken, world), choice.shape)[..., runs]
        own = np.arange(choice[..., runs].size).reshape(choice[..., runs].shape)
        options = np.zeros(choice.shape, dtype=np.int8)
        options[..., runs] = (own + simulation.step) % len(taken.options)
        held = np.where(asked, options, -1).astype(np.int8)
        world[f"{taken.name}_held"][...] = held
        wanted[taken.name] = held

    simulation.override = bind
    n_bound = dict.fromkeys(mine, 0)
    for _ in range(MONTHS):
        wanted.clear()
        simulation.advance()
        for name, held in wanted.items():
            bound = held >= 0
            n_bound[name] += int(bound.sum())
            np.testing.assert_array_equal(simulation.world[f"{name}_choice"][bound], held[bound], err_msg=name)
        if "sponsor" in wanted and simulation.calendar.is_due("session-2", simulation.step - 1):
            bound = wanted["sponsor"] >= 0
            listed = simulation.world["is_lead"].any(axis=0)
            signed = simulation.world["is_sponsor"] == (wanted["sponsor"] > 0)
            assert signed[bound & np.broadcast_to(listed, bound.shape)].all()
    assert all(n_bound.values()), f"never due: {[name for name, count in n_bound.items() if not count]}"


def test_rules_that_write_a_choice_read_what_is_held() -> None:
    for rule in find_rules():
        for decision in DECISIONS:
            if f"{decision.name}_choice" in rule.writes:
                assert f"{decision.name}_held" in rule.reads, rule.id


@pytest.mark.long
@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_moves_equal_the_same_moves_made_step_by_step(cast: Cast, account: str) -> None:
    setup = make_setup(cast, N_STEPS)
    calendar = setup.arms["as_it_was"].calendar
    due = [step for step in range(N_STEPS) if calendar.due_steps("session-2")[step]]
    case = cast.axis_codes["person"][5]
    moves = (
        *(Move(step, "sponsor", "stay_out", (code,)) for step in due for code in ("FRA", "DEU", "USA")),
        *(Move(step, "representation", "public", ("CAN",)) for step in range(5, 30)),
        Move(12, "answer", "exile", (case,)),
    )
    runs = Runs(["class", "as_it_was"] * 2, [account] * 4, [1, 1, 2, 2])
    filed = simulate(with_moves(setup, *moves), runs)
    recorder = Recorder(world_codes(cast), N_STEPS, 4)
    by_hand = Simulation(with_moves(setup), runs, recorder=recorder)
    for step in range(N_STEPS):
        for move in moves:
            if move.step == step:
                by_hand.seats.bind(move.decision, move.option, *move.actors, runs=np.array([0, 2]))
        by_hand.advance()
    np.testing.assert_array_equal(filed.series, recorder.series)
    plain = simulate(setup, Runs(["as_it_was"] * 2, [account] * 2, [1, 2]))
    np.testing.assert_array_equal(filed.series[..., [1, 3]], plain.series)
    assert not np.array_equal(filed.series[..., 0], plain.series[..., 0])


def test_moves_equal_the_same_moves_of_mesa_agents(cast: Cast) -> None:
    class Silent(State):
        def decide(self, decision, about, utilities):
            return "stay_out" if decision == "sponsor" else None

    setup = make_setup(cast, 24)
    calendar = setup.arms["as_it_was"].calendar
    due = [step for step in range(24) if calendar.due_steps("session-2")[step]]
    moves = [Move(step, "sponsor", "stay_out", ("FRA",)) for step in due]
    model = EngagementModel(setup, "as_it_was", "leverage_toolbox", seed=3, classes={"FRA": Silent})
    outcomes = model.run()
    filed = simulate(with_moves(setup, *moves), Runs(["class"], ["leverage_toolbox"], [3]))
    for name, value in outcomes.items():
        np.testing.assert_array_equal(filed.outcomes[name][0], value, err_msg=name)


def test_a_move_without_occasion_is_told_and_changes_nothing(cast: Cast) -> None:
    setup = make_setup(cast, 12)
    nothing_offered = Move(3, "accept_talks", "accept", ("SWE",))
    setup = with_moves(setup, nothing_offered, Move(2, "representation", "public", (cast.focal,)))
    simulation = Simulation(setup, Runs(["class"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    for _ in range(12):
        simulation.advance()
    assert [(idle.step, idle.decision, idle.actors) for idle in simulation.seats.idle] == [
        (2, "representation", (cast.focal,)), (3, "accept_talks", ("SWE",)),
    ]  # fmt: skip
    assert all(idle.runs == (0, 1) for idle in simulation.seats.idle)
    alone = simulate_chunk(setup, Runs(["class"], ["leverage_toolbox"], [1]))
    assert [(idle.step, idle.runs) for idle in alone.idle] == [(2, (0,)), (3, (0,))], "padding is no run"


def test_an_unknown_seat_or_option_is_refused(cast: Cast) -> None:
    setup = make_setup(cast, 12)
    simulation = Simulation(setup, Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    simulation.seats.bind("representation", "publik", "FRA")
    with pytest.raises(DesignError, match=r"(?s)'publik' is not an option.*Did you mean"):
        simulation.advance()
    simulation = Simulation(setup, Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    simulation.seats.bind("representation", "public", "FRB")
    with pytest.raises(DesignError, match=r"(?s)no state has the code 'FRB'.*Did you mean"):
        simulation.advance()


SCENARIO = """
title: A class moved
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1991-12}
accounts: [leverage_toolbox]
arms:
  class: {moves: moves/class.yaml}
  phased:
    phases:
      - {from: 1990-01, until: 1990-06, channel_mix: {all_senders: {quiet: 1.0}}}
      - {from: 1990-04, channel_mix: {FRA: free}}
  as_it_was: {}
outcomes: [releases]
"""
MOVES = """
title: What the class did
moves:
  - {month: 1990-01, decision: sponsor, actors: [FRA], option: stay_out}
phases:
  - {from: 1990-03, until: 1990-05, effort: {FRA: 0.0}}
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "casts", tmp_path / "casts")
    (tmp_path / "moves").mkdir()
    (tmp_path / "moves" / "class.yaml").write_text(MOVES, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def test_a_file_of_moves_and_phases_are_read_and_compiled(folder) -> None:
    setup = compile_scenario(load_scenario(folder / "s.yaml"))
    assert setup.arms["class"].moves == (Move(7, "sponsor", "stay_out", ("FRA",)),)
    (setting,) = setup.arms["class"].settings
    assert (setting.field, setting.value, setting.first, setting.last) == ("lever_effort", 0.0, 9, 11)
    months = [(s.field, s.first, s.last) for s in setup.arms["phased"].settings]
    assert months == [
        ("lever_quiet", 7, 12), ("lever_vocal", 7, 12), ("lever_quiet", 10, None), ("lever_vocal", 10, None),
    ]  # fmt: skip
    assert np.isnan([s.value for s in setup.arms["phased"].settings[2:]]).all()
    simulate(setup, Runs(["class", "phased", "as_it_was"], ["leverage_toolbox"] * 3, [1] * 3))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("FRA], option", "FRB], option", "Did you mean 'SRB'"),
        ("stay_out", "stay_oot", "Did you mean 'stay_out'"),
        ("decision: sponsor", "decision: sponser", "Did you mean 'sponsor'"),
        ("month: 1990-01", "month: 1990-04", "the decision 'sponsor' is not taken in this month"),
        ("month: 1990-01", "month: 1999-02", "outside the period"),
        ("[FRA]", "[FRA, DEU]", "not taken by so many"),
        ("[FRA]", "[CUB]", "the decision 'sponsor' is not this state's to take in 1990-01"),
        ("effort: {FRA", "effort: {CHN", "the focal state is no sender"),
        ("until: 1990-05", "until: 1990-01", "ends before it begins"),
        ("effort: {FRA: 0.0}", "efort: {FRA: 0.0}", "unknown key 'efort'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_moves_is_told_at_its_place(folder, old: str, new: str, said: str) -> None:
    path = folder / "moves" / "class.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(folder / "s.yaml")
    assert said in str(caught.value)
    assert "the moves cannot be used" in str(caught.value)
