"""A table of a results folder as one CSV or Parquet file, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
KEYS = ("run", "step")
SIX = "%.6g"


def export_table(results: Results, table: str, path: Path, columns: Sequence[str] = ()) -> int:
    """Write a table as CSV or Parquet, as the ending of the file says, and return the number of rows.

    Rows of `series` and `events` are told by arm, account and date, and written to CSV with six digits.

    Parameters
    ----------
    results
        Opened results.
    table, columns
        Name of the table, and those of its columns that are wanted besides what tells a row; all if none.
    path
        The file.

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
    results.check_kept(table, "--table")
    names = results.schema(table).names
    check_known("--columns", f"column of {table}", columns, names)
    kept = [name for name in names if not columns or name in columns or name in KEYS]
    told = _Told(results) if table in ("series", "events") else None
    empty = results.schema(table).empty_table().select(kept)
    schema = (told(empty) if told else empty).schema
    rows = 0
    with replacing(path) as stream, _writer(path.suffix, stream, schema, told is not None) as write:
        for batch in results.batches(table):
            part = batch.select(kept)
            write(told(part) if told else part)
            rows += batch.num_rows
    return rows


class _Told:
    """Adds arm, account and date to rows of a run and a step."""

    def __init__(self, results: Results) -> None:
        import pandas as pd

        runs = results.runs()
        self.names = {name: runs.set_index("run")[name] for name in ("arm", "account")}
        n_steps = results.manifest.period["n_steps"]
        self.dates = pd.period_range(results.start, periods=n_steps, freq="M").strftime("%Y-%m").to_numpy()

    def __call__(self, part: Any) -> Any:
        import pyarrow as pa

        run, step = part["run"].to_numpy(), part["step"].to_numpy()
        told = {name: pa.array(known.reindex(run).to_numpy(), pa.string()) for name, known in self.names.items()}
        told["date"] = pa.array(self.dates[step], pa.string())
        for place, (name, values) in enumerate(told.items(), start=1):
            part = part.add_column(place, name, values)
        return part


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
def _writer(ending: str, stream: IO[bytes], schema: Any, short: bool) -> Iterator[Callable[[Any], object]]:
    import pyarrow.csv
    import pyarrow.parquet

    if ending == ".csv" and short:
        head = ",".join(f'"{name}"' for name in schema.names) + "\n"
        stream.write(head.encode())
        yield lambda batch: stream.write(
            batch.to_pandas().to_csv(header=False, index=False, float_format=SIX, lineterminator="\n").encode()
        )
    elif ending == ".csv":
        with pyarrow.csv.CSVWriter(stream, schema) as writer:
            yield lambda batch: writer.write_table(batch.cast(schema))
    else:
        with pyarrow.parquet.ParquetWriter(stream, schema, compression=COMPRESSION) as writer:
            yield lambda batch: writer.write_table(batch.cast(schema))
