"""Output tables of runs in memory, as a results folder would give them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import EventTable, detail_label
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import Outcomes, simulate
from demarche.engine.variables import EVENT_KINDS
from demarche.history.tables import Tables
from demarche.world.fields import FIELDS

if TYPE_CHECKING:
    import pandas as pd


def tables_of(setup: Setup, runs: Runs, bulk: bool = False, kinds: Collection[str] = ()) -> Tables:
    """Simulate a table of runs and return its output tables.

    Parameters
    ----------
    setup, runs
        What is simulated.
    bulk
        Whether kinds of events that are many are kept.
    kinds
        The only kinds of events that are kept, all if empty.
    """
    result = simulate(setup, runs, bulk=bulk)
    return as_tables(setup, runs, replace(result, events=only(result.events, kinds)) if kinds else result)


def as_tables(setup: Setup, runs: Runs, result: Outcomes) -> Tables:
    """Return the output tables of a table of runs."""
    import pandas as pd

    n_steps, n_runs = result.series.shape[1:]
    numbers = np.arange(n_runs)
    columns = {"run": numbers, "arm": runs.arm, "account": runs.account, "seed": runs.seed, "status": "done"}
    frame = pd.DataFrame(columns)
    frame["replication"] = frame.groupby(["arm", "account"]).cumcount()
    columns = {name: result.series[row].T.reshape(-1) for row, name in enumerate(result.series_names)}
    steps = {"run": np.repeat(numbers, n_steps), "step": np.tile(np.arange(n_steps), n_runs)}
    outcomes = pd.DataFrame({"run": numbers, **result.outcomes})
    series = pd.DataFrame({**steps, **columns})
    start = str(setup.period.start)
    return Tables(frame, outcomes, series, event_frame(result), calendar_frame(setup), start)


def rows_of(result: Outcomes, rows: range) -> Outcomes:
    """Return what consecutive runs of a table left behind, numbered from 0."""
    start, stop = np.searchsorted(result.events.run, [rows.start, rows.stop])
    events = {name: values[start:stop] for name, values in vars(result.events).items()}
    events["run"] = events["run"] - rows.start
    outcomes = {name: values[rows.start : rows.stop] for name, values in result.outcomes.items()}
    series = result.series[:, :, rows.start : rows.stop]
    return replace(result, series=series, outcomes=outcomes, events=replace(result.events, **events))


def only(events: EventTable, kinds: Collection[str]) -> EventTable:
    """Return the events of some kinds."""
    wanted = [place for place, one in enumerate(EVENT_KINDS) if one.kind in kinds]
    rows = np.isin(events.kind, wanted)
    return EventTable(**{one.name: getattr(events, one.name)[rows] for one in fields(events)})


def event_frame(result: Outcomes) -> pd.DataFrame:
    """Return the events with codes as words."""
    import pandas as pd

    table = result.events
    names: dict[str, NDArray[np.object_]] = {
        column: np.full(len(table), "", dtype=object) for column in ("kind", "actor", "about", "detail")
    }
    for position, kind in enumerate(EVENT_KINDS):
        mine = table.kind == position
        names["kind"][mine] = kind.kind
        for column, places, axis in zip(("actor", "about"), (table.actor, table.about), kind.axes, strict=False):
            names[column][mine] = np.array([*result.codes[axis], ""], dtype=object)[places[mine]]  # -1 is nobody
        labels = np.array(
            [detail_label(position, code) for code in range(1, len(FIELDS[kind.field].labels) + 1)], dtype=object
        )
        names["detail"][mine] = labels[table.detail[mine] - 1]
    return pd.DataFrame({"run": table.run, "step": table.step.astype(int), **names, "value": table.value})


def calendar_frame(setup: Setup) -> pd.DataFrame:
    """Return the dated events of every arm."""
    import pandas as pd

    start = setup.period.start
    dates = [
        (arm.name, start.steps_to(one.month), one.code, one.kind, str(one.month), " ".join(one.actors), one.strength)
        for arm in setup.arms.values()
        for one in arm.calendar.events
    ]
    return pd.DataFrame(dates, columns=["arm", "step", "code", "kind", "date", "actors", "strength"])
