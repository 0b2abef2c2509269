"""Output tables of an in-memory batch, as a results folder would give them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demarche.engine.recorder import detail_label
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import Outcomes, simulate
from demarche.engine.variables import EVENT_KINDS
from demarche.history.tables import Tables
from demarche.world.fields import FIELDS


def event_frame(result: Outcomes) -> pd.DataFrame:
    """Return the events with codes as words."""
    events = result.events
    actors = []
    for kind, actor in zip(events.kind.tolist(), events.actor.tolist(), strict=True):
        axes = FIELDS[EVENT_KINDS[kind].field].axes
        actors.append(result.codes[axes[0]][actor] if axes else "")
    details = [detail_label(k, d) for k, d in zip(events.kind.tolist(), events.detail.tolist(), strict=True)]
    kinds = [EVENT_KINDS[k].kind for k in events.kind.tolist()]
    columns = {"run": events.run, "step": events.step.astype(int), "kind": kinds, "actor": actors, "detail": details}
    return pd.DataFrame({**columns, "value": events.value})


def tables_of(setup: Setup, runs: Runs) -> Tables:
    """Simulate a table of runs and return its output tables."""
    result = simulate(setup, runs)
    n_steps, n_runs = result.series.shape[1:]
    numbers = np.arange(n_runs)
    frame = pd.DataFrame({"run": numbers, "arm": runs.arm, "pack": runs.pack, "seed": runs.seed, "status": "done"})
    frame["replication"] = frame.groupby(["arm", "pack"]).cumcount()
    columns = {name: result.series[row].T.reshape(-1) for row, name in enumerate(result.series_names)}
    steps = {"run": np.repeat(numbers, n_steps), "step": np.tile(np.arange(n_steps), n_runs)}
    dates = [
        (arm.name, setup.period.start.steps_to(e.month), e.code, e.kind, str(e.month), " ".join(e.actors), e.strength)
        for arm in setup.arms.values()
        for e in arm.calendar.events
    ]
    calendar = pd.DataFrame(dates, columns=["arm", "step", "code", "kind", "date", "actors", "strength"])
    outcomes = pd.DataFrame({"run": numbers, **result.outcomes})
    series = pd.DataFrame({**steps, **columns})
    return Tables(frame, outcomes, series, event_frame(result), calendar, str(setup.period.start))
