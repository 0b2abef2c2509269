"""The subset in the engine, in AgentPy and in straight Numba loops: the same numbers, at what cost?

AgentPy and Numba come with the extra `bench`; they are imported inside functions.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.engine import deciding
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import CHUNK, simulate_chunk
from demarche.rules.find import get_rule, rules_of
from tests.benchmarks.measuring import in_turn
from tests.benchmarks.subset import (
    ACCOUNT,
    ARM,
    RULES,
    Facts,
    facts_of,
    keys_of,
    numbers,
    persons_of,
    run_engine,
    subset_setup,
)
from tests.benchmarks.tables import Tables, ratios, spread, table

pytestmark = [pytest.mark.bench, pytest.mark.filterwarnings("default")]

N_COMPARED, N_AGENTPY = 64, 4
GOAL_AGENTPY = 40.0
ROUNDS = 5

Rewritten = Callable[[Facts, Any, NDArray[np.float64], NDArray[np.uint64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Case:
    """What a rewritten model needs."""

    setup: Setup
    facts: Facts
    numbers: Any

    def run(self, model: Rewritten, seeds: list[int]) -> NDArray[np.float64]:
        """Return the series that a rewritten model leaves."""
        return model(self.facts, self.numbers, persons_of(self.setup, seeds), keys_of(seeds))


@pytest.fixture(scope="module")
def case(setup: Setup) -> Case:
    small = subset_setup(setup)
    return Case(small, facts_of(small), numbers(small))


@pytest.fixture(scope="module")
def run_numba() -> Rewritten:
    pytest.importorskip("numba")
    from tests.benchmarks.subset_numba import run_numba

    return run_numba


@pytest.fixture(scope="module")
def run_agentpy() -> Rewritten:
    pytest.importorskip("agentpy")
    from tests.benchmarks.subset_agentpy import run_agentpy

    return run_agentpy


def choose_in_double(utility: NDArray[np.float64], luck: NDArray[np.float64], temperature: float) -> NDArray[np.int8]:
    """Choose like the engine, but in double precision throughout."""
    weights = np.exp((utility - utility.max(axis=0)) / temperature).cumsum(axis=0)
    return np.asarray((luck * weights[-1] >= weights[:-1]).sum(axis=0), dtype=np.int8)


def test_the_subset_is_whole(setup: Setup) -> None:
    assert set(RULES) <= {rule.id for rule in rules_of(ACCOUNT)}
    assert len(set(RULES)) == len(RULES) == 25
    drawn = {f"{rule}/{label}" for rule in RULES for label in get_rule(rule).draws}
    assert len(drawn) == 6


def test_rewritten_models_leave_the_series_of_the_engine(
    case: Case, run_numba: Rewritten, run_agentpy: Rewritten, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "choose", choose_in_double)
    seeds = list(range(N_COMPARED))
    engine = run_engine(case.setup, seeds)
    assert engine.std(axis=(1, 2)).min() > 0.0
    np.testing.assert_allclose(case.run(run_numba, seeds), engine, rtol=0.0, atol=1e-9)
    agents = case.run(run_agentpy, seeds[:N_AGENTPY])
    np.testing.assert_allclose(agents, engine[:, :, :N_AGENTPY], rtol=0.0, atol=1e-9)


def test_single_precision_of_choices_changes_few_runs(case: Case, run_numba: Rewritten) -> None:
    seeds = list(range(2 * N_COMPARED))
    away = np.abs(case.run(run_numba, seeds) - run_engine(case.setup, seeds)).max(axis=(0, 1)) > 1e-9
    assert away.mean() <= 0.04


def test_cost_of_the_subset(
    case: Case, run_numba: Rewritten, run_agentpy: Rewritten, benchmark: BenchmarkFixture, tables: Tables
) -> None:
    seeds = list(range(CHUNK))
    persons, keys, runs = persons_of(case.setup, seeds), keys_of(seeds), Runs([ARM] * CHUNK, [ACCOUNT] * CHUNK, seeds)
    bare, shared = f"engine, the subset's two decisions, chunk of {CHUNK} runs", (case.facts, case.numbers)
    run_numba(*shared, persons[:1], keys[:1])  # compiled before it is timed
    work: dict[str, tuple[Callable[[], object], int]] = {
        bare: (lambda: run_engine(case.setup, seeds), CHUNK),
        f"engine as experiments use it (all ten decisions, every series and event), chunk of {CHUNK} runs": (
            lambda: simulate_chunk(case.setup, runs), CHUNK),
        "straight Numba loops, one thread": (lambda: run_numba(*shared, persons, keys), CHUNK),
        "AgentPy, agents in plain Python": (lambda: run_agentpy(*shared, persons[:1], keys[:1]), 1),
    }  # fmt: skip
    times = in_turn(benchmark, {name: piece for name, (piece, _) in work.items()}, ROUNDS)
    ms = {name: [1e3 * t / work[name][1] for t in found] for name, found in times.items()}
    against = ratios(ms, bare)
    rows = [(name, spread(ms[name]), spread(against[name])) for name in ms]
    tables.show("cost of the subset", table(("written in", "CPU ms per run", "times the engine"), rows))
    assert statistics.median(against["AgentPy, agents in plain Python"]) >= GOAL_AGENTPY
