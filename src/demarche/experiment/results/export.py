"""A table of a results folder as one CSV or Parquet file, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem, check_known
from demarche.experiment.tables.columns import TABLES
from demarche.experiment.tables.files import replacing
from demarche.experiment.tables.parquet import COMPRESSION

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

ENDINGS = (".csv", ".parquet")


def export_table(results: Results, table: str, path: Path) -> int:
    """Write a table as CSV or Parquet, as the ending of the file says, and return the number of rows.

    Raises
    ------
    DesignError
        If there is no such table, the ending is another, or the file is there already.
    StoreError
        If the table is damaged.
    DiskError
        If the file cannot be written.
    """
    check_known("--table", "table", [table], TABLES)
    check_target(path)
    if not results.manifest.experiment["record"].get(table, True):
        fix = f"set 'record: {{{table}: true}}' in the experiment and run it again"
        raise DesignError([Problem("--table", f"these results were run without {table}", fix=fix)])
    rows = 0
    with replacing(path) as stream, _writer(path.suffix, stream, results.schema(table)) as write:
        for batch in results.batches(table):
            write(batch)
            rows += batch.num_rows
    return rows


def check_target(path: Path) -> None:
    """Refuse a file that cannot be an export.

    Raises
    ------
    DesignError
        If the ending is unknown, the folder is missing or the file is there already.
    """
    if path.suffix not in ENDINGS:
        what = f"a table is not written as '{path.suffix or path.name}'"
        raise DesignError([Problem("--to", what, str(path), f"a file that ends in {' or '.join(ENDINGS)}")])
    if not path.parent.is_dir():
        raise DesignError([Problem("--to", "there is no such folder", str(path.parent), fix="make it first")])
    if path.exists():
        raise DesignError([Problem("--to", "this file is there already", str(path), fix="choose another name")])


@contextmanager
def _writer(ending: str, stream: IO[bytes], schema: Any) -> Iterator[Callable[[Any], object]]:
    import pyarrow.csv
    import pyarrow.parquet

    if ending == ".csv":
        with pyarrow.csv.CSVWriter(stream, schema) as writer:
            yield lambda batch: writer.write_table(batch.cast(schema))
    else:
        with pyarrow.parquet.ParquetWriter(stream, schema, compression=COMPRESSION) as writer:
            yield lambda batch: writer.write_table(batch.cast(schema))
