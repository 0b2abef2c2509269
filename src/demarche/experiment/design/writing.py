"""Tables of runs as CSV: a design is written as one that an experiment may bring again."""

from __future__ import annotations

import csv
from typing import IO

import numpy as np

from demarche.errors import DesignError, Problem
from demarche.experiment.design.method import PLACES
from demarche.experiment.design.run_table import NAME_COLUMNS
from demarche.experiment.design.table import Design

BLOCK = 10_000


def need_shared_luck(design: Design) -> None:
    """Refuse a design that a table of runs cannot say.

    Raises
    ------
    DesignError
        If its points have luck of their own.
    """
    if design.places != PLACES:
        what = "a table of runs cannot say that every draw has luck of its own"
        raise DesignError([Problem("--to", what, fix="run the experiment: its table of runs holds the drawn values")])


def write_design(design: Design, stream: IO[str]) -> None:
    """Write the runs of a design as a table that an experiment may bring again; numbers are written in full.

    Raises
    ------
    DesignError
        As `need_shared_luck`.
    """
    need_shared_luck(design)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*NAME_COLUMNS, *design.parameters])
    for start in range(0, len(design), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(design)))
        runs, index = design.to_runs(rows), design.index(rows)
        columns = [np.asarray(runs.values[path]).tolist() for path in design.parameters]
        writer.writerows(zip(runs.arm, runs.account, index["replication"].tolist(), *columns, strict=True))
