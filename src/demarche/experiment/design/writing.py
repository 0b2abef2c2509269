"""Tables of runs as CSV: a design is written as one that an experiment may bring again."""

from __future__ import annotations

import csv
from typing import IO

import numpy as np

from demarche.experiment.design.run_table import NAME_COLUMNS, column_of, read_table
from demarche.experiment.design.table import Design

__all__ = ["column_of", "read_table", "write_design"]

BLOCK = 10_000


def write_design(design: Design, stream: IO[str]) -> None:
    """Write the runs of a design as a table that an experiment may bring again; numbers are written in full."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*NAME_COLUMNS, *design.parameters])
    for start in range(0, len(design), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(design)))
        runs, index = design.to_runs(rows), design.index(rows)
        columns = [np.asarray(runs.values[path]).tolist() for path in design.parameters]
        writer.writerows(zip(runs.arm, runs.pack, index["replication"].tolist(), *columns, strict=True))
