"""Design `table`: the rows of a CSV file of the user's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from demarche.arrays import Array
from demarche.errors import ScenarioError
from demarche.experiment.design.method import Ask, Method, Names
from demarche.experiment.design.request import Request
from demarche.experiment.design.run_table import Table, read_table
from demarche.reading.includes import find_include
from demarche.reading.strict import Strict


class Keys(Strict):
    """The keys of a table design."""

    table: str = Field(
        default="", description="CSV file of a table design, relative to this file", examples=["my_rows.csv"]
    )


def read(ask: Ask, keys: Keys) -> Table | None:
    """Read the file; refuse arms and accounts that the experiment lists but no row of it names."""
    path = find_include(ask.report, ("table",), keys.table, ask.folder, ask.folder.resolve().parent)
    if path is None:
        return None
    try:
        table = read_table(path, ask.arms, ask.scope, ask.replications)
    except ScenarioError as error:
        fix = "mend the problems of the table below"
        ask.report.add(("table",), "the table cannot be used", found=keys.table, fix=fix)
        ask.report.add_foreign(error.problems)
        return None
    _check_used(ask, table)
    return table


def _check_used(ask: Ask, table: Table) -> None:
    for key, what, names in (("arms", "arm", ask.arms), ("accounts", "account", ask.accounts)):
        if key not in ask.report.document.keys_at():
            continue
        used = table.used(what, names)
        for position, name in enumerate(names):
            if name not in used:
                fix = "leave it out, or add rows to the table"
                ask.report.add((key, position), f"no row of the table has this {what}", found=name, fix=fix)


def chosen(request: Request, options: Table, points: Array) -> NDArray[np.int64]:
    """Return the runs that the rows name; a row without arm, account or replication means all of them."""
    shape = (len(request.arms), len(request.accounts), len(points), request.replications)
    n_rows = len(options.point)
    every = [np.broadcast_to(np.arange(size), (n_rows, size)) for size in (shape[0], shape[1], shape[3])]
    for axis, (names, known) in enumerate(((options.arm, request.arms), (options.account, request.accounts))):
        if names is not None:
            place = {name: position for position, name in enumerate(known)}
            every[axis] = np.array([[place.get(name, -1)] for name in names])
    if options.replication is not None:
        every[2] = options.replication[:, None]
    arm, account, replication = every
    parts = (arm[:, :, None, None], account[:, None, :, None], options.point[:, None, None, None],
             replication[:, None, None, :])  # fmt: skip
    named = np.stack([part.ravel() for part in np.broadcast_arrays(*parts)])
    is_wanted = (named[0] >= 0) & (named[1] >= 0) & (named[3] < shape[3])
    return np.unique(np.ravel_multi_index(tuple(named[:, is_wanted]), shape))


def used(options: Table, arms: Names, accounts: Names) -> tuple[Names, Names]:
    """Return the arms and accounts that a row names."""
    return options.used("arm", arms), options.used("account", accounts)


TABLE = Method[Keys, Table](
    name="table",
    meaning="the rows of a CSV file of your own",
    count=lambda request, options: len(options.points),
    lay_out=lambda request, options: options.points,
    keys=Keys,
    needs=("table",),
    varies=False,
    read=read,
    columns=lambda request, options: options.parameters,
    chosen=chosen,
    used=used,
    files=lambda options: (options.path,),
)
