"""How much the batch engine saves; prints the tables of docs/performance.md.

CPU time of this process, the pieces of work in turn in every round; only ratios within a round are
asserted, since milliseconds belong to a machine.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.cast.cast import Cast
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import CHUNK, simulate_chunk
from demarche.rules.find import rules_of
from tests.benchmarks.agent_rows import find_row_local
from tests.benchmarks.conftest import MONTHS
from tests.benchmarks.measuring import costs_of, in_turn
from tests.benchmarks.reference import mixed_runs, reference_job, reference_setup, run_recorded
from tests.benchmarks.tables import Tables, ratios, spread, table
from tests.conftest import make_setup
from tests.support.accounts import document_accounts

pytestmark = pytest.mark.bench

ROUNDS = 5
WIDTHS = (128, 512, CHUNK)
ACCOUNT_ROUNDS = 3
AGENT_MONTHS = 12  # driven agent by agent; scaled to all months
ARM, ACCOUNT = "as_it_was", "leverage_toolbox"  # the account with the most rules
GOAL_RATIO, GOAL_MS, GOAL_RANDOM = 40.0, 10.0, 0.25


@pytest.fixture(scope="module")
def first_year(cast: Cast) -> Setup:
    return make_setup(cast, AGENT_MONTHS)


def batch(setup: Setup, account: str, n_runs: int) -> Callable[[], object]:
    runs = Runs([ARM] * n_runs, [account] * n_runs, list(range(n_runs)))
    return lambda: simulate_chunk(setup, runs)


def drive_agents(first_year: Setup) -> tuple[Callable[[], object], int]:
    """Return one year agent by agent without the making of the agents, and how many rules they apply."""
    from tests.benchmarks.agent_by_agent import AgentByAgent

    local = find_row_local(first_year, ARM, ACCOUNT, 0, AGENT_MONTHS)
    waiting = [AgentByAgent(first_year, ARM, ACCOUNT, 0, local) for _ in range(ROUNDS)]

    def year() -> None:
        model = waiting.pop()
        for _ in range(AGENT_MONTHS):
            model.step()

    return year, len(local)


def test_reference_case(benchmark: BenchmarkFixture, tables: Tables, tmp_path: Path) -> None:
    whole, job = reference_setup(MONTHS), reference_job(tmp_path)
    work: dict[str, tuple[Callable[[], object], int]] = {
        f"{n:,} runs side by side, nobody recording": (
            lambda n=n: simulate_chunk(whole, mixed_runs(n), events=False), n)
        for n in WIDTHS
    }  # fmt: skip
    recorded = f"{CHUNK:,} runs as the default experiment runs them: series, events, tables, files"
    work[recorded] = (lambda: run_recorded(job, CHUNK), CHUNK)
    simulate_chunk(whole, mixed_runs(2))  # what is read and kept once is no part of a run
    times = in_turn(benchmark, {name: piece for name, (piece, _) in work.items()}, ACCOUNT_ROUNDS)
    ms = {name: [1e3 * t / work[name][1] for t in found] for name, found in times.items()}
    tables.show("reference case", table(("all arms and accounts", "CPU ms per run"), [(n, spread(ms[n])) for n in ms]))
    assert statistics.median(ms[recorded]) < statistics.median(ms[next(iter(ms))])


def test_batch_against_agents(setup: Setup, first_year: Setup, benchmark: BenchmarkFixture, tables: Tables) -> None:
    from tests.benchmarks.agent_by_agent import thinking_model

    year, n_local = drive_agents(first_year)
    n_rules = len(rules_of(ACCOUNT))
    work = {
        f"batch engine, chunk of {CHUNK} runs": (batch(setup, ACCOUNT, CHUNK), 1 / CHUNK),
        "batch engine, one run alone": (batch(setup, ACCOUNT, 1), 1.0),
        "Mesa, rules on all agents at once, every agent decides in plain Python (kinder)": (
            lambda: thinking_model(setup, ARM, ACCOUNT, 0).run(), 1.0),
        f"Mesa, agent by agent: {n_local} of {n_rules} rules and all decisions, one agent at a time": (
            year, setup.period.n_steps / AGENT_MONTHS),
    }  # fmt: skip
    times = in_turn(benchmark, {name: piece for name, (piece, _) in work.items()}, ROUNDS)
    ms = {name: [1e3 * t * work[name][1] for t in found] for name, found in times.items()}
    against = ratios(ms, next(iter(ms)))
    rows = [(name, spread(ms[name]), spread(against[name])) for name in ms]
    tables.show("cost of a run", table(("driven by", "CPU ms per run", "times the batch"), rows))
    for name in list(ms)[2:]:
        assert statistics.median(against[name]) >= GOAL_RATIO, name


def test_cost_by_account_and_share_of_random_numbers(setup: Setup, benchmark: BenchmarkFixture, tables: Tables) -> None:
    batches = {account: batch(setup, account, CHUNK) for account in document_accounts()}
    times = in_turn(benchmark, batches, ACCOUNT_ROUNDS)
    rows, shares = [], {}
    for account, found in times.items():
        costs = costs_of(setup, ARM, account, CHUNK, rounds=1)
        shares[account] = costs["random numbers"] / costs.total()
        ms = spread(1e3 * t / CHUNK for t in found)
        rows.append((f"`{account}`", str(len(rules_of(account))), ms, f"{100 * shares[account]:.0f} %"))
    head = ("account", "rules", f"CPU ms per run (goal {GOAL_MS:g})", f"random numbers (goal {GOAL_RANDOM:.0%})")
    tables.show("cost by account", table(head, rows))
    assert max(shares.values()) <= GOAL_RANDOM


def test_cost_by_phase_and_rule(setup: Setup, benchmark: BenchmarkFixture, tables: Tables) -> None:
    costs = benchmark.pedantic(costs_of, (setup, ARM, ACCOUNT, CHUNK), rounds=1, iterations=1)
    phases: Counter[str] = Counter()
    for name, spent in costs.items():
        phases[name.split(": ")[0].replace("_", " ")] += spent
    total = costs.total()

    def rows(found: list[tuple[str, int]]) -> list[tuple[str, ...]]:
        return [(n, f"{s / 1000 / CHUNK:.0f}", f"{100 * s / total:.1f} %") for n, s in found]

    head = ("CPU us per run", "share")
    tables.show("cost by phase", table(("phase", *head), rows(phases.most_common())))
    pieces = [(name.split(": ")[1], s) for name, s in costs.most_common() if ": " in name][:10]
    tables.show("costliest rules", table(("rule or choice", *head), rows(pieces)))
    assert phases.total() == total
