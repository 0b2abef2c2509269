"""`open_results(path)`: a finished results folder as tables, checksums compared before any number."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem, ResultsWarning, StoreError, closest
from demarche.experiment.ledger.ledger import peek
from demarche.experiment.results.manifest import EDITED, MANIFEST, Manifest
from demarche.experiment.results.read import read_manifest
from demarche.experiment.results.verify import verify
from demarche.experiment.tables.files import check_file, resume_command
from demarche.experiment.tables.inside import inside
from demarche.experiment.tables.parquet import read_table, stream_table

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("run", "step")


@dataclass(frozen=True)
class Results:
    """A finished results folder.

    Parameters
    ----------
    path
        The folder.
    manifest
        What it rests on and holds.
    """

    path: Path
    manifest: Manifest

    @property
    def start(self) -> str:
        """Month of step 0, like `1989-06`."""
        return str(self.manifest.period["start"])

    def input(self, name: str) -> Path:
        """Return where the copy of `experiment`, `scenario` or `cast` lies."""
        return inside(self.path, self.manifest.inputs[name])

    def runs(self) -> pd.DataFrame:
        """Return one row a run: its inputs, its identity and whether it was done."""
        return self._read("runs")

    def outcomes(self) -> pd.DataFrame:
        """Return one row a run that was done: arm, account, point, replication, varied parameters and outcomes."""
        return self._read("outcomes")

    def check_kept(self, table: str, where: str) -> None:
        """Refuse a table that the experiment did not record; `where` is what asked for it.

        Raises
        ------
        DesignError
            Naming how to record it.
        """
        if not self.manifest.experiment["record"].get(table, True):
            fix = f"set 'record: {{{table}: true}}' in the experiment and run it again"
            raise DesignError([Problem(where, f"these results were run without {table}", fix=fix)])

    def series(self, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the monthly series: run, step and some columns (all if None); no rows if they were not kept.

        Raises
        ------
        DesignError
            If there is no such column; says which was probably meant.
        """
        if columns is None:
            return self._read("series")
        known = [str(column["name"]) for column in self.manifest.columns["series"]]
        wanted = list(dict.fromkeys((*KEYS, *columns)))
        for name in wanted:
            if name not in known:
                raise DesignError([
                    Problem(str(self.path), f"no series is called '{name}'", did_you_mean=closest(name, known))
                ])  # fmt: skip
        return self._read("series", wanted)

    def events(self, kinds: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the events of some kinds (all if None): run, step, kind, actor, detail, value."""
        return self._read("events", kinds=None if kinds is None else list(kinds))

    def of_run(self, table: str, run: int) -> pd.DataFrame:
        """Return the rows of one run, of `series` or `events`; parts of a file in which it cannot be stay packed."""
        import pyarrow as pa
        import pyarrow.compute as pc

        parts = []
        for record in self.manifest.table(table):
            for part in stream_table(self.path, record, run=run):
                parts.append(part.filter(pc.equal(part["run"], run)))
        frame: pd.DataFrame = (pa.concat_tables(parts) if parts else self._empty(table, None)).to_pandas()
        return frame.sort_values("step", kind="stable", ignore_index=True)

    def calendar(self) -> pd.DataFrame:
        """Return the dated events of each arm within the period."""
        return self._read("calendar")

    def verify(self) -> int:
        """Compare files, ledger, manifest and joined tables with one another, and return how many files there are.

        Raises
        ------
        StoreError
            If a file is missing or damaged, or two of them contradict each other.
        """
        return len(verify(self.path).files)

    def batches(self, table: str) -> Iterator[Any]:
        """Yield a table as Arrow tables, one file or row group at a time, checksums compared.

        Raises
        ------
        StoreError
            If a file is missing or damaged.
        """
        for record in self.manifest.table(table):
            yield from stream_table(self.path, record)

    def schema(self, table: str) -> Any:
        """Return the Arrow schema of a table."""
        return self._empty(table, None).schema

    def _read(self, table: str, columns: list[str] | None = None, kinds: list[str] | None = None) -> pd.DataFrame:
        import pyarrow as pa

        parts = []
        for record in self.manifest.table(table):
            part = read_table(self.path, record, columns)
            parts.append(part if kinds is None else _of_kinds(part, kinds))
        frame: pd.DataFrame = (pa.concat_tables(parts) if parts else self._empty(table, columns)).to_pandas()
        if "run" in frame.columns and not frame["run"].is_monotonic_increasing:
            # runs of several arms share chunks, so that the parts of a table overlap
            frame = frame.sort_values("run", kind="stable", ignore_index=True)
        return frame

    def _empty(self, table: str, columns: list[str] | None) -> Any:
        from demarche.experiment.tables.columns import Column, arrow_schema

        described = [Column(**column) for column in self.manifest.columns[table]]
        return arrow_schema(c for c in described if columns is None or c.name in columns).empty_table()


def _of_kinds(table: Any, kinds: list[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table["kind"], pa.array(kinds, pa.string())))


def open_results(path: Path | str) -> Results:
    """Open a finished results folder; its manifest is checked now, a table when it is read.

    No table needs the ledger: a `ResultsWarning` says if it is missing or damaged.

    Raises
    ------
    StoreError
        If the folder is unfinished, damaged or not a results folder.
    """
    root = Path(path)
    manifest = read_manifest(root)
    try:
        check_file(root, manifest.ledger)
        if peek(root / manifest.ledger.file, "manifest") != manifest.core:
            raise StoreError([Problem(str(root / MANIFEST), EDITED, fix=resume_command(root))])
    except StoreError as error:
        what = f"{error.problems[0].where}: {error.problems[0].what}"
        warnings.warn(f"{what}. Tables can be read; {error.problems[0].fix}", ResultsWarning, stacklevel=2)
    return Results(root, manifest)
