"""Small output tables with known answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
from tests.conftest import ROOT

from demarche.cast.cast import load_cast
from demarche.history.patterns.gates import Verdict, check_gates
from demarche.history.record import need_record
from demarche.history.tables import Tables, months_between

START = "1989-06"
END = "2000-12"
PACK = "some_pack"
BASE = "as_it_was"
QUIET = "quiet"

BANDS = need_record(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml")).patterns

Event = tuple[int, str, str, str, str]
Path = Callable[[int, int], float]


def batch(
    events: Iterable[Event] = (),
    series: Mapping[str, Path] | None = None,
    calendar: Iterable[tuple[str, str]] = (),
    n_runs: int = 1,
    arm: str = BASE,
    end: str = END,
) -> Tables:
    """Return tables of `n_runs` runs of one arm; events are (run, month, kind, actor, detail)."""
    runs = pd.DataFrame({
        "run": range(n_runs), "arm": arm, "pack": PACK, "replication": range(n_runs), "seed": 7, "status": "done",
    })
    steps = range(months_between(START, end) + 1)
    columns = {"core_practice": lambda run, step: 0.35} if series is None else series
    rows = [
        {"run": run, "step": step, **{name: path(run, step) for name, path in columns.items()}}
        for run in range(n_runs) for step in steps
    ]
    listed = [(run, months_between(START, month), kind, actor, detail, 0.0)
              for run, month, kind, actor, detail in events]
    dated = [(arm, months_between(START, month), kind + month, kind, month, "", 1.0) for month, kind in calendar]
    return Tables(
        runs,
        runs[["run"]],
        pd.DataFrame(rows),
        pd.DataFrame(listed, columns=["run", "step", "kind", "actor", "detail", "value"]),
        pd.DataFrame(dated, columns=["arm", "step", "code", "kind", "date", "actors", "strength"]),
        START,
    )


def judge(pattern: str, tables: Tables) -> Verdict:
    """Return one gate's verdict."""
    return next(v for v in check_gates(tables, BANDS, PACK, BASE, QUIET) if v.pattern == pattern)


def session(month: str, votes: Mapping[str, str], run: int = 0) -> list[Event]:
    """Return the votes of a session: state -> vote."""
    return [(run, month, "vote_no_action", state, vote) for state, vote in votes.items()]


def sponsors(month: str, on: Iterable[str], left: Iterable[str] = (), run: int = 0) -> list[Event]:
    """Return the sponsor events of a decision."""
    stay = [(run, month, "sponsor", state, "sponsor") for state in on]
    return stay + [(run, month, "sponsor", state, "left") for state in left]


def bench(yes: int = 0, abstain: int = 0, no: int = 0, absent: int = 0, prefix: str = "M") -> dict[str, str]:
    """Return members M00, M01, ... with so many votes of each kind, in this order."""
    votes = ["yes"] * yes + ["abstain"] * abstain + ["no"] * no + ["absent"] * absent
    return {f"{prefix}{position:02d}": vote for position, vote in enumerate(votes)}


def names(count: int) -> list[str]:
    """Return so many codes of states."""
    return [f"S{position:02d}" for position in range(count)]
