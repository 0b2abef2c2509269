"""A table of runs that the user brings as CSV: read strictly, all problems told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.experiment.design.named_rules import Scope
from demarche.reading.tables import Flaw, Row, Sheet, choice_flaw, number_flaw, open_sheet

NAME_COLUMNS = ("arm", "account", "replication")
Bounds = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of a table; a column that the file does not have is None and stands for all.

    Parameters
    ----------
    path
        The file.
    parameters
        Paths of its parameters.
    points
        Their different values `(n_points, n_parameters)`, in order of first appearance.
    point
        Point of each row `(n_rows,)`.
    arm, account
        Names, one a row.
    replication
        Number of the replication `(n_rows,)`, from 0.
    """

    path: Path
    parameters: tuple[str, ...]
    points: Array
    point: NDArray[np.int64]
    arm: tuple[str, ...] | None = None
    account: tuple[str, ...] | None = None
    replication: NDArray[np.int64] | None = None

    def used(self, column: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of some arms or accounts that a row names, in order."""
        found = self.arm if column == "arm" else self.account
        return names if found is None else tuple(name for name in names if name in set(found))


def read_table(path: Path, arms: Sequence[str], scope: Scope, replications: int) -> Table:
    """Read a table of runs: a header of parameter paths and of `arm`, `account`, `replication` if wanted, then rows.

    Parameters
    ----------
    path
        A file in UTF-8 with cells separated by commas.
    arms
        Names that may stand in it.
    scope
        Accounts and parameters that may stand in it.
    replications
        Replications are numbered from 0 to one less than this.

    Raises
    ------
    ScenarioError
        With every problem, each with its line and column.
    """
    known = scope.catalogue.parameters
    expected, fix = "arm, account, replication or the path of a parameter", "list the paths with: demarche rules"
    sheet = open_sheet(path, (), (*NAME_COLUMNS, *known), expected, fix)
    sheet.report.raise_if_any()
    _check_rules_on(sheet, scope)
    sheet.report.raise_if_any()
    allowed = {"arm": tuple(arms), "account": scope.accounts}
    bounds = [(float(known[n].low), float(known[n].high)) if n in known else (0.0, 0.0) for n in sheet.header]
    rows = list(_read_rows(sheet, bounds, allowed, replications))
    if not rows and not sheet.report:
        sheet.tell("the table has no rows", 2, fix="add one row for each point")
    sheet.report.raise_if_any()
    return _build(path, sheet.header, rows)


def _check_rules_on(sheet: Sheet, scope: Scope) -> None:
    """Refuse columns of parameters whose rule is on in none of the accounts."""
    on = {*NAME_COLUMNS, *scope.paths}
    header = Row(sheet, 1, sheet.lines[0], sheet.header)
    for name in sheet.header:
        if name not in on:
            fix = "leave the column out, or add an account in which its rule is on"
            header.tell(name, Flaw("its rule is on in none of the accounts", fix=fix))


Values = tuple[str, str, int, tuple[float, ...]]
"""Arm, account, replication and values of a row; empty or -1 where the table has no such column."""


def _read_rows(
    sheet: Sheet, bounds: Sequence[Bounds], allowed: Mapping[str, tuple[str, ...]], replications: int
) -> Iterator[Values]:
    seen = dict[Values, int]()
    for row in sheet.rows():
        names, values, is_good = {"arm": "", "account": "", "replication": "-1"}, list[float](), True
        for name, cell, bound in zip(sheet.header, row.cells, bounds, strict=True):
            flaw = _flaw(name, cell, bound, allowed, replications)
            if flaw is not None:
                row.tell(name, flaw)
                is_good = False
            elif name in names:
                names[name] = cell
            else:
                values.append(float(cell))
        if is_good:
            found = (names["arm"], names["account"], int(names["replication"]), tuple(values))
            if seen.setdefault(found, row.line) != row.line:
                sheet.repeats(row.line, seen[found])
            yield found


def _flaw(
    name: str, cell: str, bounds: Bounds, allowed: Mapping[str, tuple[str, ...]], replications: int
) -> Flaw | None:
    """Return what is wrong with a cell, None if nothing is."""
    if name in allowed:
        flaw = choice_flaw(cell, allowed[name], name)
        return flaw and replace(flaw, fix=f"name one of the {name}s of the experiment")
    if name == "replication":
        if cell.isascii() and cell.isdigit() and len(cell) < 10 and int(cell) < replications:
            return None
        fix = "or raise 'replications' in the experiment"
        return Flaw("no such replication", f"0 to {replications - 1}", fix=fix)
    return number_flaw(cell, *bounds)


def _build(path: Path, header: tuple[str, ...], rows: list[Values]) -> Table:
    place: dict[tuple[float, ...], int] = {}
    point = [place.setdefault(values, len(place)) for _, _, _, values in rows]
    names = [name for name in header if name not in NAME_COLUMNS]
    return Table(
        path=path,
        parameters=tuple(names),
        points=np.array(list(place), dtype=np.float64).reshape(len(place), len(names)),
        point=np.array(point, dtype=np.int64),
        arm=tuple(row[0] for row in rows) if "arm" in header else None,
        account=tuple(row[1] for row in rows) if "account" in header else None,
        replication=np.array([row[2] for row in rows], dtype=np.int64) if "replication" in header else None,
    )
