"""The words of senders in the engine, in Mesa, AgentPy, JAX and straight Numba loops: the same numbers, at what cost?

AgentPy, JAX and Numba come with the extra `bench`; they are imported inside functions.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from demarche.rules.find import find_rules
from tests.benchmarks.measuring import in_turn
from tests.benchmarks.tables import Tables, figure, ratios, spread, table
from tests.benchmarks.words import RULES, SERIES, Case, Floats, Rewritten, case_of, run_engine, words_setup
from tests.conftest import make_setup

N_COMPARED, N_AGENTS = 64, 4
ROUNDING = 1e-3  # what single precision may add up to in sums over capitals in twenty years
GOAL_AGENTS = 40.0
ROUNDS, WIDE, NARROW = 5, 512, 64


@pytest.fixture(scope="module")
def words(setup: Setup) -> Setup:
    return words_setup(setup)


def model(module: str, name: str, package: str) -> Rewritten:
    pytest.importorskip(package)
    found: Rewritten = getattr(import_module(f"tests.benchmarks.{module}"), name)
    return found


def away(found: Floats, engine: Floats) -> Floats:
    """Return by how much the series of each run differ at most, `(n_runs,)`."""
    furthest: Floats = np.abs(found - engine).max(axis=(0, 1))
    return furthest


def test_the_part_is_whole(setup: Setup) -> None:
    assert set(RULES) <= {rule.id for rule in find_rules()}
    assert len(set(RULES)) == len(RULES) == 13


@pytest.mark.long
def test_capitals_in_plain_python_leave_the_series_of_the_engine(cast: Cast) -> None:
    setup, seeds = words_setup(make_setup(cast, 60)), list(range(N_AGENTS))
    engine = run_engine(setup, seeds)
    found = model("words_agents", "run_mesa", "mesa")(case_of(setup, seeds))
    assert found.shape == (len(SERIES), 60, N_AGENTS)
    assert engine.std(axis=(1, 2)).min() > 0.0
    assert away(found, engine).max() <= ROUNDING


@pytest.mark.bench
def test_all_five_leave_the_same_series(words: Setup) -> None:
    seeds = list(range(N_COMPARED))
    engine, case, few = run_engine(words, seeds), case_of(words, seeds), case_of(words, seeds[:N_AGENTS])
    numba = model("words_numba", "run_numba", "numba")(case)
    # a choice within rounding of its bound may part a run from its double in single precision
    assert (away(numba, engine) > ROUNDING).mean() <= 0.05
    assert (away(model("words_jax", "run_jax", "jax")(case), engine) > ROUNDING).mean() <= 0.05
    for name, package in (("run_mesa", "mesa"), ("run_agentpy", "agentpy")):
        found = model("words_agents", name, package)(few)
        np.testing.assert_allclose(found, numba[:, :, :N_AGENTS], rtol=0.0, atol=1e-9)


@pytest.mark.bench
def test_cost_side_by_side(words: Setup, benchmark: BenchmarkFixture, tables: Tables) -> None:
    mesa, agentpy = (model("words_agents", f"run_{name}", name) for name in ("mesa", "agentpy"))
    numba, run_jax = model("words_numba", "run_numba", "numba"), jax_compiled(words)
    seeds = list(range(WIDE))
    case, few, one = (case_of(words, seeds[:n]) for n in (WIDE, NARROW, 1))
    numba(one)  # compiled before it is timed
    engine = f"engine, {WIDE} runs side by side"
    work: dict[str, tuple[Callable[[], object], int]] = {
        engine: (lambda: run_engine(words, seeds), WIDE),
        "engine, one run alone": (lambda: run_engine(words, [0, 0]), 1),
        f"Numba {version('numba')}, loops by hand, one thread": (lambda: numba(case), WIDE),
        f"JAX {version('jax')}, `vmap` over {WIDE} runs, `scan` over months": (lambda: run_jax(case), WIDE),
        f"JAX, `vmap` over {NARROW} runs": (lambda: run_jax(few), NARROW),
        f"Mesa {version('mesa')}, agents in plain Python": (lambda: mesa(one), 1),
        f"AgentPy {version('agentpy')}, agents in plain Python": (lambda: agentpy(one), 1),
    }
    for name, (piece, _) in work.items():
        if name.startswith("JAX"):
            piece()
    times = in_turn(benchmark, {name: piece for name, (piece, _) in work.items()}, ROUNDS)
    ms = {name: [1e3 * t / work[name][1] for t in found] for name, found in times.items()}
    against = ratios(ms, engine)
    agents = len(case.facts.sender_keys) * len(case.facts.year_of)
    rows = [
        (name, spread(ms[name]), spread(against[name]), figure(1e3 * agents / statistics.median(ms[name])))
        for name in ms
    ]
    head = ("written in", "CPU ms per run", "times the engine", "agent-months a second and core")
    tables.show("side by side", table(head, rows))
    assert statistics.median(against[next(name for name in ms if name.startswith("Mesa"))]) >= GOAL_AGENTS


def jax_compiled(words: Setup) -> Callable[[Case], object]:
    pytest.importorskip("jax")
    module = import_module("tests.benchmarks.words_jax")
    compiled = module.make_jax(case_of(words, [0]))
    return lambda case: compiled(*module.given(case)).block_until_ready()
