"""Design `list`: the points themselves, one column a parameter."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.arrays import Array
from demarche.experiment.design.kit import rows_of
from demarche.experiment.design.method import Method, NoKeys
from demarche.experiment.design.request import Request, Vary
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import KeyPath


def count(request: Request, options: NoKeys) -> int:
    """Return the length of the longest list."""
    return max(len(vary.values) for vary in request.vary.values())


def lay_out(request: Request, options: NoKeys) -> Array:
    """Return the first values, the second values, and so on."""
    return rows_of(zip(*(vary.values for vary in request.vary.values()), strict=True))


def check(report: Report, vary: Mapping[str, Vary], keys: NoKeys) -> None:
    """Refuse lists of different lengths, and the second of two equal points."""
    lengths = {name: len(entry.values) for name, entry in vary.items()}
    for name, length in lengths.items():
        first = next(iter(lengths))
        if length and length != lengths[first]:
            what = f"{length} values, but '{first}' has {lengths[first]}"
            report.add(("vary", name), what, fix="give every parameter the same number of values", at_key=True)
    if len(set(lengths.values())) == 1:
        _check_listed_twice(report, vary)


def _check_listed_twice(report: Report, vary: Mapping[str, Vary]) -> None:
    seen: dict[tuple[float, ...], int] = {}
    for place, row in enumerate(zip(*(entry.values for entry in vary.values()), strict=True)):
        if seen.setdefault(row, place) != place:
            what = f"the values in place {place + 1} repeat those in place {seen[row] + 1}"
            path: KeyPath = ("vary", next(iter(vary)), "values", place)
            report.add(path, what, found=row[0], fix="keep one of the two")


LIST = Method[NoKeys, NoKeys](
    name="list",
    meaning="first values together, second values together, and so on",
    count=count,
    lay_out=lay_out,
    keys=NoKeys,
    samples=False,
    repeats=True,
    check=check,
)
