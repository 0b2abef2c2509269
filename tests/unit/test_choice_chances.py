"""Chances of choices: odds follow utilities over the temperature, for every number of options and in every run."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.arrays import Cells
from demarche.engine.deciding import choose, decide, may_decide
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.keyed import run_keys, text_key, uniforms
from demarche.rules.find import parameters
from demarche.world.decisions import DECISION_OF, DECISIONS, Decision
from demarche.world.world import World
from tests.support.each import check_each
from tests.support.rule_bench import CODES

N = 20_000
LUCK = uniforms(run_keys(range(N)), text_key("choice chances"), 0)[None]
UTILITIES = {2: [0.0, 0.1], 3: [0.0, 0.1, -0.05], 4: [0.05, 0.0, 0.1, -0.05]}
ERRORS = 3.0  # standard errors; luck is fixed, so that this is no alarm by chance


def chances(utility: np.ndarray, temperature: float) -> np.ndarray:
    weights = np.exp(utility / temperature)
    return weights / weights.sum()


def assert_shares(choice: np.ndarray, expected: np.ndarray) -> None:
    taken = np.bincount(choice.ravel(), minlength=len(expected)) / choice.size
    errors = np.sqrt(expected * (1 - expected) / choice.size)
    assert (np.abs(taken - expected) <= ERRORS * errors).all(), f"taken {taken}, expected {expected}"


@pytest.mark.parametrize("temperature", [0.05, 0.12, 1.0])
@pytest.mark.parametrize("n_options", UTILITIES)
def test_chances_are_those_of_the_temperature(n_options: int, temperature: float) -> None:
    utility = np.array(UTILITIES[n_options])
    choice = choose(utility[:, None, None] * np.ones((n_options, 1, N)), LUCK, temperature)
    assert_shares(choice, chances(utility, temperature))


@pytest.mark.parametrize("temperature", [0.05, 0.12, 1.0])
@pytest.mark.parametrize("n_options", UTILITIES)
def test_a_term_of_the_temperature_times_a_log_multiplies_the_odds(n_options: int, temperature: float) -> None:
    """Odds ratio 2.5 on the last option against the first, at any temperature."""
    ratio = 2.5
    utility = np.zeros((n_options, 1, N))
    utility[-1] += temperature * np.log(ratio)
    choice = choose(utility, LUCK, temperature)
    last, first = (choice == n_options - 1).sum(), (choice == 0).sum()
    assert abs(np.log(last / first / ratio)) <= ERRORS * np.sqrt(1 / last + 1 / first)


@pytest.mark.parametrize("n_options", UTILITIES)
def test_every_run_has_its_own_temperature(n_options: int) -> None:
    """Half of the runs at 0.05, half at 1."""
    utility, temperature = np.array(UTILITIES[n_options]), np.repeat([0.05, 1.0], N // 2)
    choice = choose(utility[:, None, None] * np.ones((n_options, 1, N)), LUCK, temperature)
    for half, one in ((slice(N // 2), 0.05), (slice(N // 2, None), 1.0)):
        assert_shares(choice[:, half], chances(utility, one))


def watched(setup: Setup, temperature: float, months: int) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Return the utilities and choices of every decision for one option, with one temperature for all."""
    values = {f"decision.{name}.temperature": np.full(2, temperature) for name in DECISION_OF}
    seen: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    def look(decision: Decision, world: World, choice: np.ndarray) -> None:
        if decision.takes_some:
            return  # their luck is that of each candidate, see test_deciding
        utility, may = world[f"{decision.name}_utility"], may_decide(decision, world)
        decides = np.broadcast_to(True if may is None else may, choice.shape)
        seen.setdefault(decision.name, []).append((utility[:, decides], choice[decides]))

    runs = Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [3, 4], values)
    simulation = Simulation(setup, runs, override=look)
    for _ in range(months):
        simulation.advance()
    return seen


def test_every_term_scales_with_the_temperature_so_that_choices_do_not_depend_on_it(short_setup: Setup) -> None:
    """Chances and odds ratios are what they say at any temperature; barred options are barred at each of these."""
    usual, cold = (watched(short_setup, temperature, 14) for temperature in (1.0, 0.25))
    ones = [one for one in DECISIONS if not one.takes_some]
    due = {one.name for one in ones if any(short_setup.arms["as_it_was"].calendar.due_steps(one.when)[:14])}
    assert set(usual) == set(cold) == due
    for name in due:
        first, second = (np.concatenate([choice for _, choice in seen[name]]) for seen in (usual, cold))
        assert first.shape == second.shape, name
        assert np.sum(first != second) <= 0.001 * len(first), name


def test_the_temperature_of_a_decision_is_the_default_of_its_parameter(short_setup: Setup) -> None:
    runs = Runs(["quiet"] * 2, ["strategic_target"] * 2, [1, 2], {})

    def check(decision: Decision) -> None:
        declared = parameters()[f"decision.{decision.name}.temperature"]
        assert declared.low < declared.default < declared.high
        assert short_setup.temperature(decision.name, runs, 0) == declared.default

    check_each(DECISIONS, check, lambda decision: decision.name)


@pytest.mark.parametrize("deciders", [[1, 2, 3], [0, 5], [5], [0, 1, 2, 3, 4, 5]])
def test_deciders_get_their_own_utility_and_luck_wherever_they_stand(deciders: list[int]) -> None:
    """Row i of run k accepts if its luck exceeds its chance to decline, in one block of rows or in several."""
    world, decision = World(CODES, 3), DECISION_OF["accept_talks"]
    world["dialogue_offered"][deciders] = 1.0
    utility = np.linspace(-0.2, 0.2, 18).reshape(6, 3)
    luck = (np.arange(18) * 7 % 18 / 18 + 0.02).reshape(6, 3)
    world["accept_talks_utility"][1] = utility

    class Given:
        def of_rows(self, rows: np.ndarray) -> np.ndarray:
            return luck[rows]

        def of_cells(self, where: Cells) -> np.ndarray:
            return luck[where]

        def of_candidates(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            raise AssertionError("nobody chooses some of many")

        of_candidates_at = of_candidates

    decide(decision, world, Given(), 0.25)
    expected = luck >= 1 / (1 + np.exp(utility / 0.25))
    assert 0 < expected[deciders].mean() < 1
    others = [row for row in range(6) if row not in deciders]
    np.testing.assert_array_equal(world["accept_talks_choice"][deciders], expected[deciders])
    assert (world["accept_talks_choice"][others] == 0).all()
