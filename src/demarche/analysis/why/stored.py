"""Is the repeated run the stored one? Series and events up to the month in question, compared digit by digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from demarche.analysis.why.case import Case
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.simulation import MIN_WIDTH
from demarche.errors import Problem, StoreError

CHANGED = "The rules of this version are not those that made the folder; up to this month they give the same run."
MOST_TOLD = 6
EVENT_COLUMNS = ("step", "kind", "actor", "about", "detail", "value")


def recorder_for(case: Case) -> Recorder | None:
    """Return a recorder for the repeated run, None if there is no folder to compare with."""
    if case.results is None:
        return None
    return Recorder(world_codes(case.setup.cast), case.setup.period.n_steps, MIN_WIDTH)


def compare_with_folder(case: Case, recorder: Recorder | None, last: int) -> tuple[str, ...]:
    """Compare the repeated run with the folder up to a step, and say what was compared.

    Raises
    ------
    StoreError
        If the run did not come out as it is stored, with the first number that differs.
    """
    if case.results is None or recorder is None:
        return ("Not from a results folder: the run was simulated now.",)
    n_series, different = _series(case, recorder, last)
    n_events, others = _events(case, recorder, last)
    if different or others:
        raise StoreError([_differs(case, different or others)])
    month = case.setup.period.month(last)
    if not n_series and n_events is None:
        said = "The folder keeps neither series nor events: demarche results rerun compares the outcomes of this run."
        return (said, *([CHANGED] if case.other_rules else []))
    parts = [f"{n_series:,} monthly numbers"] if n_series else []
    parts += [f"{n_events:,} events"] if n_events is not None else []
    said = f"Repeated in {case.arm} and compared: {' and '.join(parts)} up to {month} are as stored, to the digit."
    return (said, *([CHANGED] if case.other_rules else []))


def recorded(case: Case, step: int, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the sentence on what the folder records of some actors in a month; none without a folder or an event."""
    if case.results is None or not case.results.manifest.table("events"):
        return ()
    stored = case.results.of_run("events", case.run)
    mine = stored[(stored["step"] == step) & (stored["actor"].isin(codes) | stored["about"].isin(codes))]
    told = [f"{kind} {detail}" for kind, detail in zip(mine["kind"], mine["detail"], strict=True)]
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    who = " and ".join(codes)
    return (f"The folder records that month of {who}: {', '.join(told[:MOST_TOLD])}{more}.",) if told else ()


def _series(case: Case, recorder: Recorder, last: int) -> tuple[int, str]:
    """Return how many numbers of series were compared, and what differs first."""
    if case.results is None or not case.results.manifest.table("series"):
        return 0, ""
    stored = case.results.of_run("series", case.run)
    stored = stored[stored["step"] <= last]
    compared = 0
    for place, spec in enumerate(recorder.specs):
        if spec.name not in stored.columns:
            continue
        was, now = stored[spec.name].to_numpy(), recorder.series[place, : last + 1, 0]
        compared += len(was)
        if not np.array_equal(was, now, equal_nan=True):
            at = int(np.flatnonzero(~((was == now) | (np.isnan(was) & np.isnan(now))))[0])
            return compared, f"{spec.name} in {case.setup.period.month(at)} was {was[at]:.9g} and is now {now[at]:.9g}"
    return compared, ""


def _events(case: Case, recorder: Recorder, last: int) -> tuple[int | None, str]:
    """Return how many events were compared, None if none are kept, and what differs first."""
    from demarche.experiment.chunks.shards import event_columns

    if case.results is None or not case.results.manifest.table("events"):
        return None, ""
    stored = case.results.of_run("events", case.run)
    was = _rows({name: stored[name].tolist() for name in EVENT_COLUMNS if name in stored.columns}, last)
    made = event_columns(np.arange(MIN_WIDTH), recorder)
    mine = np.flatnonzero(np.asarray(made["run"]) == 0)
    now = _rows({name: _listed(made[name], mine) for name in EVENT_COLUMNS if name in stored.columns}, last)
    odd = next(iter(sorted(set(was) ^ set(now))), None)
    if odd is None and len(was) == len(now):
        return len(was), ""
    told = " ".join(part for part in odd[1:] if part) if odd else "an event"
    where = "only in the folder" if odd in set(was) else "only in the repeated run"
    return len(was), f"{told} in {case.setup.period.month(int(odd[0]) if odd else 0)} is {where}"


def _listed(column: Any, rows: Any) -> list[Any]:
    return list(column[rows].tolist() if isinstance(column, np.ndarray) else column.take(rows).to_pylist())


def _rows(columns: dict[str, list[Any]], last: int) -> list[tuple[str, ...]]:
    """Return events up to a step as texts, so that they can be compared and sorted."""
    rows = zip(*columns.values(), strict=True)
    early = (row for row in rows if row[0] <= last)
    return [(f"{row[0]:05d}", *("" if _missing(one) else str(one) for one in row[1:])) for row in early]


def _missing(value: Any) -> bool:
    return value is None or value != value


def _differs(case: Case, what: str) -> Problem:
    same = "the rules are the same; machine or libraries may differ"
    rules = "the rules have changed since" if case.other_rules else same
    return Problem(
        case.source, f"the run cannot be repeated as it is stored ({rules})", what, "every number as it is stored",
        fix="use the version of Demarche that wrote the results, or run the experiment again",
    )  # fmt: skip
