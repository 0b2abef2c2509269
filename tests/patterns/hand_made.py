"""Small output tables made by hand: for every pattern one world that shows it and one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from tests.conftest import ROOT

from demarche.cast.cast import load_cast
from demarche.history.patterns.view import BASELINE, QUIET, PracticeError, Surroundings, View
from demarche.history.record import need_record
from demarche.history.tables import Tables, months_between

START, END = "1989-06", "1998-12"
HISTORY = need_record(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"))
ERROR = HISTORY.judging.error
ACCOUNT = "account"

Event = tuple[str, str, str, str, str, float]
"""Month, kind, actor, about, detail, value."""
Path = Callable[[int], float]
"""Function from a step to the value of a series."""


@dataclass(frozen=True)
class Arm:
    """Events and series that all runs of an arm share; `targets` gives each run (one target each) its own."""

    events: Iterable[Event] = ()
    series: Mapping[str, Path] = field(default_factory=dict)
    targets: tuple[Arm, ...] = ()


World = Mapping[str, Arm]


def ev(month: str, kind: str, actor: str = "", detail: str = "", value: float = 0.0, about: str = "") -> Event:
    return month, kind, actor, about, detail, value


def view(world: World, copies: int, calendar: Iterable[tuple[str, str]], around: Surroundings,
         error: PracticeError | None) -> View:  # fmt: skip
    """Return what a measure sees: so many runs of every arm, or so many worlds of many targets."""
    runs: list[dict[str, object]] = []
    events: list[tuple[object, ...]] = []
    parts: list[pd.DataFrame] = []
    steps = range(months_between(START, END) + 1)
    for name, arm in world.items():
        for target, one in enumerate(arm.targets or (arm,)):
            columns = {"core_practice": flat(0.35), **one.series}
            paths = pd.DataFrame({"step": steps, **{n: [path(step) for step in steps] for n, path in columns.items()}})
            for copy in range(copies):
                run = len(runs)
                runs.append({"run": run, "arm": name, "account": ACCOUNT, "replication": copy, "status": "done",
                             **({"target": target} if arm.targets else {})})  # fmt: skip
                events += [(run, months_between(START, month), *rest) for month, *rest in one.events]
                parts.append(paths.assign(run=run))
    names = ["run", "step", "kind", "actor", "about", "detail", "value"]
    dated = [(arm, months_between(START, month), kind + month, kind, month, "", 1.0)
             for arm in world for month, kind in calendar]  # fmt: skip
    columns = ["arm", "step", "code", "kind", "date", "actors", "strength"]
    table = pd.DataFrame(runs)
    tables = Tables(table, table[["run"]], pd.concat(parts, ignore_index=True), pd.DataFrame(events, columns=names),
                    pd.DataFrame(dated, columns=columns), START)  # fmt: skip
    return View({name: tables.slice(ACCOUNT, name) for name in world}, around, error)


def flat(value: float) -> Path:
    return lambda step: value


def line(start: float, a_year: float) -> Path:
    return lambda step: start + a_year * step / 12


def by_year(values: Mapping[int, float], other: float = 0.0) -> Path:
    """Return a series with a value for some years."""
    return lambda step: values.get(1989 + (step + 5) // 12, other)


def jump(month: str, before: float, after: float) -> Path:
    return lambda step: before if step < months_between(START, month) else after


def base(*events: Event | Iterable[Event], **series: Path) -> World:
    """Return a world with one arm; events may come in lists."""
    flatten: list[Event] = []
    for one in events:
        flatten += [one] if isinstance(one, tuple) else list(one)
    return {BASELINE: Arm(flatten, series)}


def quiet(*events: Event, **series: Path) -> World:
    return {QUIET: Arm(events, series)}


def session(month: str, counts: str = "", prefix: str = "M", fate: str = "no_action_carried") -> list[Event]:
    """Return a session; `counts` like `5y 2a 3n` are the members M00, M01, ... with yes, abstain and no."""
    words = {"y": "yes", "a": "abstain", "n": "no"}
    votes = [words[part[-1]] for part in counts.split() for _ in range(int(part[:-1]))]
    return [ev(month, "motion", detail=fate, value=1.0),
            *(ev(month, "vote_no_action", f"{prefix}{i:02d}", vote) for i, vote in enumerate(votes))]  # fmt: skip


def sponsors(month: str, on: Iterable[str]) -> list[Event]:
    return [ev(month, "sponsor", state, "sponsor") for state in on] or [ev(month, "sponsor", "NONE", "left")]


def many(count: int, prefix: str = "S") -> list[str]:
    return [f"{prefix}{i:02d}" for i in range(count)]


def released(*months: str, detail: str = "released", fame: float = 0.9) -> list[Event]:
    return [ev(month, "person", f"p{i}{month}", detail, fame) for i, month in enumerate(months)]
