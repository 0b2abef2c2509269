"""The study of findings: every scenario of the library run in its own size, and what its pairs of arms came to."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from demarche.analysis.comparison.answer import compare
from demarche.analysis.kept import read_kept, stamp
from demarche.analysis.scorecard.held_for import holds
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import Results, open_results
from demarche.experiment.run.runner import run_experiment
from demarche.history.record import need_record
from demarche.rules.find import packaged
from demarche.scenario.content import Scenario
from demarche.scenario.library import copy_scenario, lesson_of, library

FOLDER, FILE = "demarche.analysis.findings", "findings.json"
COMMAND = "demarche scenarios find --write findings.json"
DIGITS = 6


@dataclass(frozen=True)
class Found:
    """One difference of a pair of arms on one outcome under one account.

    Parameters
    ----------
    arm, against
        The first instead of the second.
    outcome, account
        Names.
    mean, low, high
        Mean of the paired differences and its 95 % interval over draws and luck, in the unit of the outcome.
    side
        1 above 0, -1 below, 0 not clear of it in the digits shown.
    """

    arm: str
    against: str
    outcome: str
    account: str
    mean: float
    low: float
    high: float
    side: int


def findings_of(results: Results, scenario: Scenario) -> list[Found]:
    """Return what the pairs of a scenario of the library came to, by pair, outcome and account."""
    rows = []
    for arm, against in lesson_of(scenario).pairs:
        table = compare(results, reference=against, levels=(arm,), outcomes=scenario.outcomes).known
        place = {name: number for number, name in enumerate(scenario.outcomes)}
        table = table.sort_values("outcome", key=lambda names: names.map(place), kind="stable")
        rows += [
            Found(arm, against, str(row["outcome"]), str(row["account"]),
                  _number(row["mean"]), _number(row["low"]), _number(row["high"]), int(row["side"]))
            for row in table.to_dict("records")
        ]  # fmt: skip
    return rows


def _number(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else math.nan


def find(scenario: Scenario, workers: int | None = None) -> dict[str, Any]:
    """Run one scenario as somebody would who copied it out, and return its finding as plain data."""
    with TemporaryDirectory() as folder:
        path = copy_scenario(Path(folder), scenario)[-1]
        run_experiment(load_experiment(path), Path(folder, "results"), workers=workers)
        rows = findings_of(open_results(Path(folder, "results")), scenario)
    kept = [[*vars(row).values()] for row in rows if math.isfinite(row.mean)]
    return {"scenario": scenario.digest, "draws": lesson_of(scenario).draws, "rows": kept}


def run_study(names: Iterable[str], tell: Callable[[str], None], workers: int | None = None) -> dict[str, Any]:
    """Return the findings of some scenarios, all if none are named, with what they hold for."""
    chosen = {name: library()[name] for name in (tuple(names) or library())}
    found = {}
    for name, scenario in chosen.items():
        tell(f"{name} {scenario.title}")
        found[name] = find(scenario, workers)
    cast = next(iter(chosen.values())).cast
    return {**stamp(COMMAND, packaged(), cast), "found": found}


def read_findings(path: Path | None = None) -> dict[str, Any]:
    """Return kept findings, those of the package if no path is given; `{}` if there are none."""
    return read_kept(FOLDER, FILE, path)


def rows_of(study: Mapping[str, Any], name: str) -> tuple[Found, ...]:
    """Return the finding of one scenario, none if it was not studied."""
    return tuple(Found(*row) for row in study.get("found", {}).get(name, {}).get("rows", ()))


def is_current(study: Mapping[str, Any], scenario: Scenario) -> bool:
    """Tell whether a kept finding is of this model and this scenario."""
    mine = study.get("found", {}).get(lesson_of(scenario).id)
    if mine is None or mine["scenario"] != scenario.digest:
        return False
    return holds(study["digests"], packaged(), scenario.cast, need_record(scenario.cast))


def as_lines(study: Mapping[str, Any]) -> str:
    """Return findings as JSON, one line a difference, so that versions can be compared."""
    head = {name: value for name, value in study.items() if name != "found"}
    parts = []
    for name, one in study["found"].items():
        rows = ",\n   ".join(json.dumps(row) for row in one["rows"])
        facts = json.dumps({key: value for key, value in one.items() if key != "rows"})
        parts.append(f'  {json.dumps(name)}: {facts[:-1]}, "rows": [\n   {rows}\n  ]}}')
    return f'{json.dumps(head)[:-1]},\n "found": {{\n' + ",\n".join(parts) + "\n }}\n"
