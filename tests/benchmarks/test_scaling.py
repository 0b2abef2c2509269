"""How cost grows with runs, states, months and worker processes."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.cast.cast import Cast
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import CHUNK, simulate_chunk
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import run_experiment
from demarche.keyed import text_key
from demarche.rules.find import find_rules
from tests.benchmarks.measuring import Times, in_turn, line
from tests.benchmarks.reference import EXPERIMENT
from tests.benchmarks.tables import Tables, figure, ratios, spread, table
from tests.benchmarks.worlds import many_states
from tests.conftest import make_setup

pytestmark = pytest.mark.bench

ARM, ACCOUNT, ROUNDS = "as_it_was", "leverage_toolbox", 3
SIZES = (2, 8, 32, 128, 256, 512, 1200)
PARTS = (0.25, 0.5, 0.75, 1.0)  # of the rules
SHORT = 60  # months, where the length does not matter
MOST_WASTE = 1.5  # CPU of two workers over that of one


def batch(setup: Setup, n_runs: int) -> Callable[[], object]:
    runs = Runs([ARM] * n_runs, [ACCOUNT] * n_runs, list(range(n_runs)))
    return lambda: simulate_chunk(setup, runs)


def test_runs(cast: Cast, benchmark: BenchmarkFixture, tables: Tables) -> None:
    setup = make_setup(cast, SHORT)
    times = in_turn(benchmark, {str(n): batch(setup, n) for n in SIZES}, ROUNDS)
    ms = {name: [1e3 * t / int(name) for t in found] for name, found in times.items()}
    against = ratios(ms, str(CHUNK))
    rows = [(name, spread(ms[name]), spread(against[name])) for name in ms]
    text = table(("runs side by side", f"CPU ms per run of {SHORT} months", f"times {CHUNK}"), rows)
    fixed, each = line([float(name) for name in times], [statistics.median(t) / SHORT for t in times.values()])
    fit = f"Fitted: a month costs {1e3 * fixed:.1f} ms and {1e6 * each:.0f} microseconds a run."
    tables.show("runs", f"{text}\n\n{fit}")
    assert statistics.median(against["2"]) > statistics.median(against["128"]) > 1.0


def test_states(cast: Cast, benchmark: BenchmarkFixture, tables: Tables) -> None:
    setups = {len(cast.states.codes) * n: make_setup(many_states(cast, n), SHORT) for n in (1, 2, 4)}
    runs = 128
    times = in_turn(benchmark, {str(n): batch(setup, runs) for n, setup in setups.items()}, ROUNDS)
    base = min(times, key=int)
    against = ratios(times, base)
    rows = [
        (name, figure(int(name) / int(base)), spread(1e3 * t / runs for t in times[name]), spread(against[name]))
        for name in times
    ]
    head = ("states", "times the states", f"CPU ms per run of {SHORT} months, chunk {runs}", "times the cost")
    fixed, each = line([float(name) for name in times], [statistics.median(t) / runs for t in times.values()])
    fit = f"Fitted: a run of {SHORT} months costs {1e3 * fixed:.1f} ms and {1e6 * each:.1f} microseconds a state."
    tables.show("states", f"{table(head, rows)}\n\n{fit}")
    assert statistics.median(against[max(times, key=int)]) < 4.0


def test_months(cast: Cast, benchmark: BenchmarkFixture, tables: Tables) -> None:
    lengths, runs = (SHORT, 120, 247), 128
    times = in_turn(benchmark, {str(n): batch(make_setup(cast, n), runs) for n in lengths}, ROUNDS)
    against = ratios(times, str(SHORT))
    rows = [(n, figure(int(n) / SHORT), spread(1e3 * t / runs for t in times[n]), spread(against[n])) for n in times]
    head = ("months", "times the months", f"CPU ms per run, chunk {runs}", "times the cost")
    fixed, each = line([float(name) for name in times], [statistics.median(t) / runs for t in times.values()])
    fit = f"Fitted: a run costs {1e3 * fixed:.2f} ms and {1e6 * each:.0f} microseconds a month."
    tables.show("months", f"{table(head, rows)}\n\n{fit}")
    assert statistics.median(against["247"]) < 2.0 * 247 / SHORT


def test_rules(cast: Cast, benchmark: BenchmarkFixture, tables: Tables) -> None:
    whole, runs = make_setup(cast, SHORT), 128
    rules = sorted((rule.id for rule in find_rules()), key=text_key)  # an order that knows nothing of what they do
    setups = {round(part * len(rules)): only(whole, rules[: round(part * len(rules))]) for part in PARTS}
    times = in_turn(benchmark, {str(n): batch(setup, runs) for n, setup in setups.items()}, ROUNDS)
    against = ratios(times, str(len(rules)))
    rows = [(n, spread(1e3 * t / runs for t in times[n]), spread(against[n])) for n in times]
    head = ("rules", f"CPU ms per run of {SHORT} months, chunk {runs}", "times all")
    fixed, each = line([float(name) for name in times], [statistics.median(t) / runs for t in times.values()])
    fit = f"Fitted: a run of {SHORT} months costs {1e3 * fixed:.1f} ms and {1e6 * each:.0f} microseconds a rule."
    tables.show("rules", f"{table(head, rows)}\n\n{fit}")
    assert statistics.median(against[str(round(PARTS[0] * len(rules)))]) < 1.0


def only(setup: Setup, rules: list[str]) -> Setup:
    """Return a setup in which no other rules are on; decisions that nothing then weighs are still taken."""
    off = tuple(rule.id for rule in find_rules() if rule.id not in rules)
    return replace(setup, arms={ARM: replace(setup.arms[ARM], rules_off=off)})


def test_workers(tmp_path: Path, benchmark: BenchmarkFixture, tables: Tables) -> None:
    experiment = load_experiment(EXPERIMENT)
    cpu: Times = {"one worker": [], "two workers": []}
    folders = count()

    def run(name: str, workers: int) -> None:
        means = Means(workers=workers, engine="pool")
        report = run_experiment(experiment, tmp_path / f"out{next(folders)}", means=means)
        cpu[name].append(report.manifest.cpu_seconds)

    work = {"one worker": lambda: run("one worker", 1), "two workers": lambda: run("two workers", 2)}
    times = in_turn(benchmark, work, ROUNDS, clock=perf_counter)
    faster = {name: [a / b for a, b in zip(times["one worker"], found, strict=True)] for name, found in times.items()}
    rows = [(name, spread(times[name]), spread(faster[name]), spread(cpu[name])) for name in times]
    head = ("executed by", f"wall seconds for {experiment.n_runs:,} runs into a folder", "times as fast",
            "CPU seconds of the workers")  # fmt: skip
    tables.show("workers", table(head, rows))
    more = statistics.median(b / a for a, b in zip(cpu["one worker"], cpu["two workers"], strict=True))
    assert more <= MOST_WASTE  # wall time is asserted nowhere: it belongs to a machine with nothing else to do
