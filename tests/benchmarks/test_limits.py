"""How near the engine comes to what the machine allows; prints the tables of docs/performance.md."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.engine.simulate import simulate_chunk
from demarche.engine.simulation import Simulation
from tests.benchmarks.conftest import MONTHS
from tests.benchmarks.measuring import in_turn
from tests.benchmarks.reference import mixed_runs, reference_setup
from tests.benchmarks.tables import Tables, figure, spread, table
from tests.benchmarks.traffic import KIB, Count, Counted, bandwidth, traffic_of_rules

N_COUNTED, COUNTED_MONTHS, CHUNK, ROUNDS = 128, 24, 512, 3
NEAR, FAR = 2048 * KIB, 16 * 1024 * KIB  # beside the processor, and beyond what is kept there


def test_calls_and_bytes_are_counted() -> None:
    Counted.count = Count()
    first = np.ones((2, 3), dtype=np.float32).view(Counted)
    second = first + np.ones(3, dtype=np.float32)
    first *= second
    assert isinstance(second, Counted)
    assert type(np.where(second > 1.0, second, 0.0)) is Counted
    assert Counted.count.calls == 4
    assert Counted.count.numbers == 6 * 4
    assert Counted.count.bytes == (24 + 12 + 24) + (24 + 24 + 24) + (24 + 6) + (6 + 24 + 24)


@pytest.mark.bench
def test_physical_limits(benchmark: BenchmarkFixture, tables: Tables) -> None:
    short, whole = reference_setup(COUNTED_MONTHS), reference_setup(MONTHS)
    count = traffic_of_rules(short, mixed_runs(N_COUNTED))
    run_months = N_COUNTED * COUNTED_MONTHS
    world = Simulation(short, mixed_runs(N_COUNTED)).world
    state = sum(values.nbytes for values in world.arrays.values() if values.shape[-1] == N_COUNTED) / N_COUNTED
    speed = bandwidth()
    times = in_turn(benchmark, {"": lambda: simulate_chunk(whole, mixed_runs(CHUNK), events=False)}, ROUNDS)
    speeds = [(f"{size // KIB:,} KiB", f"{found / 1e9:.0f} GB/s") for size, found in speed.items()]
    tables.show("bandwidth", table(("moved at once", "addition of two arrays in single precision"), speeds))
    moved = count.bytes / run_months

    def least(n_bytes: float, size: int) -> str:
        return figure(1e3 * MONTHS * n_bytes / speed[size])

    rows = [
        (f"whole engine, measured, chunk of {CHUNK}", "", spread(1e3 * t / CHUNK for t in times[""])),
        (f"rules alone, their {count.calls / COUNTED_MONTHS:,.0f} calls a month and {count.numbers / run_months:,.0f} "
         "numbers a run-month as they are, from memory", f"{moved / KIB:,.0f} KiB", least(moved, FAR)),
        ("the same, from beside the processor", f"{moved / KIB:,.0f} KiB", least(moved, NEAR)),
        ("the state read and written once a month, from memory", f"{2 * state / KIB:,.0f} KiB", least(2 * state, FAR)),
    ]  # fmt: skip
    tables.show("limits", table(("what", "moved a run-month", "CPU ms a run of the reference case"), rows))
    assert count.calls > COUNTED_MONTHS * 100
