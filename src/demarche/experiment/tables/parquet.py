"""Tables as Parquet files: written whole or streamed, with page checksums; read after their SHA-256 was compared."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from demarche.experiment.tables.files import FileRecord, read_checked, replacing
from demarche.experiment.tables.inside import inside

COMPRESSION = "zstd"
SMALL = 1 << 20  # bytes; below, threads cost more than they bring, and some outlive a short command, which aborts it
ROW_GROUP = 8192  # rows of a joined table that are written at a time, whatever the chunks were


def write_table(root: Path, file: str, name: str, table: Any) -> FileRecord:
    """Write an Arrow table as Parquet with page checksums and return its record.

    Parameters
    ----------
    root, file
        Results folder, and path within it.
    name
        Name of the table.
    table
        `pyarrow.Table`; floating-point columns are split by byte, text is dictionary-encoded. Text that is given as
        positions in a list of words is read back as text.
    """
    return write_tables(root, file, name, table.schema, [table], table.num_rows)


def write_tables(
    root: Path, file: str, name: str, schema: Any, tables: Iterable[Any], rows: int = ROW_GROUP
) -> FileRecord:
    """Write Arrow tables of one schema one after another into one file, `rows` rows at a time.

    The bytes depend on the rows alone, not on how they were shared out among the tables.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    told, path, n_rows = _told(schema), inside(root, file), 0
    words = [field.name for field in told if pa.types.is_string(field.type)]
    options: dict[str, Any] = {"use_dictionary": words, "use_byte_stream_split": floats, "write_page_checksum": True,
                               "store_schema": told is schema}  # fmt: skip
    with replacing(path) as stream:
        digest = Digest(stream)
        sink = pa.PythonFile(digest, mode="w")
        with pq.ParquetWriter(sink, schema, compression=COMPRESSION, **options) as writer:
            for part in _regrouped(tables, max(rows, 1)):
                writer.write_table(part, row_group_size=max(rows, 1))
                n_rows += part.num_rows
            if told is not schema:
                writer.add_key_value_metadata({"ARROW:schema": base64.b64encode(told.serialize()).decode()})
    return FileRecord(file, name, n_rows, digest.size, digest.sha256.hexdigest())


def _told(schema: Any) -> Any:
    """Return the schema that readers meet: words are text, also where they are written as positions in a list."""
    import pyarrow as pa

    if not any(pa.types.is_dictionary(field.type) for field in schema):
        return schema
    return pa.schema([f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in schema])


class Digest:
    """A stream that writes to another one and knows size and checksum of what it wrote."""

    closed = False

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.size, self.sha256 = stream, 0, hashlib.sha256()

    def write(self, content: bytes) -> int:
        """Write some bytes and return how many they were."""
        self.sha256.update(content)
        self.size += len(content)
        return self.stream.write(content)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self.size

    def flush(self) -> None:
        """Pass on what is held back."""
        self.stream.flush()

    def close(self) -> None:
        """Leave the stream open: who opened it closes it."""


def _regrouped(tables: Iterable[Any], rows: int) -> Iterator[Any]:
    """Yield the rows of tables in tables of exactly `rows` rows; the last one may have fewer."""
    import pyarrow as pa

    held: list[Any] = []
    for table in tables:
        held.append(table)
        while sum(part.num_rows for part in held) >= rows:
            joined = pa.concat_tables(held)
            yield joined.slice(0, rows).combine_chunks()
            held = [joined.slice(rows)] if joined.num_rows > rows else []
    if held:
        yield pa.concat_tables(held).combine_chunks()


def read_table(root: Path, record: FileRecord, columns: list[str] | None = None) -> Any:
    """Return a Parquet file of a results folder as `pyarrow.Table`, checksums compared.

    Raises
    ------
    StoreError
        If the file is missing or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = read_checked(root, record)
    return pq.read_table(pa.BufferReader(content), columns=columns, page_checksum_verification=True,
                         use_threads=record.bytes > SMALL, pre_buffer=False)  # fmt: skip


def stream_table(root: Path, record: FileRecord, run: int | None = None) -> Iterator[Any]:
    """Yield a Parquet file of a results folder one row group at a time, checksums compared.

    Parameters
    ----------
    root, record
        The folder, and the file in it.
    run
        Only row groups in which this run may be; None for all.

    Raises
    ------
    StoreError
        If the file is missing or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(pa.BufferReader(read_checked(root, record)), page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            if run is None or _may_hold(file.metadata.row_group(group), run):
                yield file.read_row_group(group, use_threads=record.bytes > SMALL)


def _may_hold(group: Any, run: int) -> bool:
    """Tell whether rows of a run may be in a row group, by the smallest and largest run that it says it has."""
    column = next(group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema == "run")
    known = column.statistics
    return known is None or not known.has_min_max or known.min <= run <= known.max
