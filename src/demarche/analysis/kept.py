"""Studies of the model that are kept with the package: plain data, what repeats them, what they hold for."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.analysis.scorecard.held_for import digests, holds
from demarche.history.record import need_record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from demarche.cast.cast import Cast
    from demarche.engine.setup import Setup
    from demarche.rules.collected import Catalogue

DIGITS = 4


def read_kept(package: str, file: str, path: Path | None = None) -> dict[str, Any]:
    """Return a study, that of a package if no path is given; `{}` if there is none."""
    source = path or resources.files(package) / file
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}
    return found


def stamp(command: str, catalogue: Catalogue, cast: Cast) -> dict[str, Any]:
    """Return how a study begins: the command that repeats it, and digests of what it holds for."""
    return {"command": command, "digests": digests(catalogue, cast, need_record(cast))}


def is_current(setup: Setup, study: Mapping[str, Any]) -> bool:
    """Tell whether a study holds for the rules, the case and the engine at hand."""
    return holds(study["digests"], setup.catalogue, setup.cast, need_record(setup.cast))


def rounded_row(one: DataclassInstance) -> dict[str, Any]:
    """Return what a dataclass holds, numbers to four significant digits, those that are none as None."""
    found: dict[str, Any] = _rounded(asdict(one))
    return found


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, (list, tuple)) else value


def facts_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a kept row holds, lists as tuples, and NaN where there is no number."""
    return {
        name: math.nan if value is None else tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


def as_lines(study: Mapping[str, Any], rows: str) -> str:
    """Return a study as JSON, one line a row of one of its lists, so that versions can be compared."""
    head = json.dumps({**{name: value for name, value in study.items() if name != rows}, rows: []}, indent=1)
    lines = ",\n".join(json.dumps(row) for row in study[rows])
    return f"{head.removesuffix('[]' + chr(10) + '}')}[\n{lines}\n]}}\n"
