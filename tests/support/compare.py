"""Bitwise comparison of what runs left behind."""

from __future__ import annotations

from typing import Any

import numpy as np

from demarche.engine.setup import Runs
from demarche.engine.simulate import Outcomes


def runs_of(arms: list[str], accounts: list[str], seeds: list[int], **values: float) -> Runs:
    """Return every combination of arms, accounts and seeds; `values` hold for all (`__` stands for a dot)."""
    rows = [(arm, account, seed) for arm in arms for account in accounts for seed in seeds]
    columns = {path.replace("__", "."): np.full(len(rows), value) for path, value in values.items()}
    return Runs([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], columns)


def event_rows(outcomes: Outcomes, run: int | None = None, before: int | None = None) -> list[tuple[Any, ...]]:
    """Return events as sorted tuples without NaN, of one run (then without the run) and before a step."""
    table = outcomes.events
    keep = np.ones(len(table), dtype=bool)
    if run is not None:
        keep &= table.run == run
    if before is not None:
        keep &= table.step < before
    value = np.nan_to_num(table.value[keep], nan=-9.0)
    columns = [table.step[keep], table.kind[keep], table.actor[keep], table.detail[keep], value]
    if run is None:
        columns.insert(0, table.run[keep])
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def assert_equal(left: Outcomes, right: Outcomes) -> None:
    """Assert that two results are bitwise equal in series, outcomes and events."""
    changed = [n for i, n in enumerate(left.series_names) if not np.array_equal(left.series[i], right.series[i])]
    assert not changed, f"series differ: {changed[:8]}"
    for name in left.outcomes:
        np.testing.assert_array_equal(left.outcomes[name], right.outcomes[name], err_msg=name)
    assert event_rows(left) == event_rows(right)
