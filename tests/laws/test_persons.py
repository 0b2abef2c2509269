"""Laws of words, asks and persons: what is counted adds up, credit goes to who asked, and arrests copy no release."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from demarche.accounts.links import all_rates
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.find import find_rules
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.fields import FIELDS

pytestmark = pytest.mark.long

SCENARIO = Path(__file__).parents[2] / "scenarios" / "quiet_or_vocal.yaml"
TO_1998 = 115
FREED = tuple(FIELDS["person_event"].labels.index(label) + 1 for label in ("treated_better", "released", "exiled"))


@cache
def setup(months: int = TO_1998) -> Setup:
    made = compile_scenario(load_scenario(SCENARIO))
    return replace(made, period=replace(made.period, n_steps=months))


@cache
def simulated(arm: str, n_runs: int, months: int = TO_1998, account: str = "strategic_target") -> Recorder:
    """Return what is recorded of runs at the medians of the base rates, without any trade in prisoners."""
    paths = [rate.path for rate in all_rates().values()]
    held = {path: np.full(n_runs, rate.prior.median) for path, rate in zip(paths, all_rates().values(), strict=True)}
    held["link.prisoners_as_goods"] = np.ones(n_runs)
    runs = Runs([arm] * n_runs, [account] * n_runs, range(1, n_runs + 1), held)
    recorder = Recorder(world_codes(setup().cast), months, n_runs, events=False)
    sim = Simulation(setup(months), runs, recorder=recorder)
    for _ in range(months):
        sim.advance()
    return recorder


def test_arrests_less_ends_are_the_change_of_the_stock() -> None:
    made = simulated("as_it_was", 60)
    into = made.of("first_detentions") + made.of("renewed_detentions")
    out = made.of("releases") + made.of("terms_ended")
    stock = made.of("detained")
    np.testing.assert_array_equal(np.diff(stock, axis=0), (into - out)[1:])


def test_there_is_room_for_whoever_is_detained() -> None:
    """No arm runs out of slots for persons whom nobody knows yet, which would hold down its first arrests."""
    sim = Simulation.of(setup(247), "vocal", "domestic_engine", list(range(60)))
    none = np.zeros(60)
    for _ in range(247):
        sim.advance()
        none += ~(sim.world["person_status"] == 0.0).any(axis=0)
    assert none.mean() < 0.001 * 247


def test_arrests_do_not_copy_releases() -> None:
    made = simulated("as_it_was", 200)
    releases = made.of("releases").sum(axis=0) / made.of("detained").sum(axis=0)
    found = np.corrcoef(releases, made.of("first_detentions").sum(axis=0))[0, 1]
    print(f"correlation of releases a detained person-month with first arrests: {found:+.3f}")
    assert abs(found) < 0.2


def test_yields_come_from_own_asks_alone() -> None:
    n_runs = 20
    sim = Simulation.of(setup(48), "as_it_was", "strategic_target", list(range(n_runs)))
    credited = answered = 0
    since = np.zeros(sim.world["unheard"].shape)  # asks since the last answer, from the record
    asked = np.full(since.shape, -np.inf)  # the month of the last ask
    for step in range(48):
        before = sim.world["yield_persons"].copy()
        sim.advance()
        rows, runs = np.nonzero(sim.world["ask_event"] == 1)
        who, whom = (sim.world[name][rows, runs].astype(int) for name in ("ask_sender", "ask_person"))
        since[who, whom, runs] = np.where(step - asked[who, whom, runs] <= 24, since[who, whom, runs], 0) + 1
        asked[who, whom, runs] = step
        rows, runs = np.nonzero(sim.world["reply_person"] * (sim.world["reply_event"] > 0) > 0)
        who, whom = (sim.world[name][rows, runs].astype(int) for name in ("reply_sender", "reply_person"))
        assert (sim.world["reply_asks"][rows, runs] == since[who, whom, runs]).all(), "asks since the last answer"
        since[who, whom, runs] = 0
        answered += len(rows)
        risen = np.argwhere(sim.world["yield_persons"] > before)
        for sender, run in risen:
            people = np.flatnonzero(asked[sender, :, run] >= sim.step - 1 - 24)
            assert np.isin(sim.world["person_event"][people, run], FREED).any()
        credited += len(risen)
    assert credited > n_runs
    assert answered > n_runs


def test_nobody_speaks_in_the_silent_arm_and_a_shock_is_heard() -> None:
    silent, as_it_was, vocal = (simulated(arm, 40, 24) for arm in ("silent", "as_it_was", "vocal"))
    for name in ("public_pressure", "private_pressure", "voice", "private_words", "public_words"):
        assert not silent.of(name).any()
    assert vocal.of("voice")[7:19].mean() - silent.of("voice")[7:19].mean() > 0.3
    words = (as_it_was.of("private_words") + as_it_was.of("public_words"))[7:19].sum(axis=0)
    assert 80 < words.mean() < 140


def test_core_pressure_of_1990_lies_where_links_can_be_seen() -> None:
    """The loudest issue of the core, as it was; the acceptance of the scale of words."""
    sim = Simulation.of(setup(19), "as_it_was", "strategic_target", list(range(40)))
    found = []
    for step in range(19):
        sim.advance()
        if step >= 7:
            core = sim.world["is_core"][:, 0] > 0
            found.append(sim.world["pressure_public"][core].max(axis=0))
    assert 0.5 < np.mean(found) < 0.9


def test_the_mix_of_channels_moves_words_alone() -> None:
    readers = [rule for rule in find_rules() if {"lever_quiet", "lever_vocal"} & set(rule.reads)]
    moved = {field for rule in readers for field in rule.writes}
    assert moved == {"representation_utility", "deed_utility"}


@pytest.mark.parametrize("arm", ["quiet", "vocal", "silent"])
def test_arms_say_what_they_impose(arm: str) -> None:
    made = simulated(arm, 40, 24)
    assert bool(made.of("public_words").any()) == (arm == "vocal")
    assert bool(made.of("private_words").any()) == (arm == "quiet")
