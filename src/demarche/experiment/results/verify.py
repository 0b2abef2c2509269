"""Whether a results folder is as it was written: manifest, ledger, parts and joined tables agree with one another.

This guards against accidents and careless edits. It is no seal against somebody who rewrites all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demarche.errors import Problem, StoreError
from demarche.experiment.chunks.shards import FOLDERS
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, Ledger
from demarche.experiment.results.manifest import EDITED, MANIFEST, Manifest
from demarche.experiment.results.merged import merged
from demarche.experiment.results.read import read_manifest
from demarche.experiment.tables.files import check_file, make_again
from demarche.experiment.tables.inside import inside
from demarche.experiment.tables.parquet import stream_table

GUARDS = "This guards against accidents and careless edits, not against somebody who rewrites all of them together."
STATUS = ("run", "key", "status", "exception", "message", "traceback")


def verify(root: Path) -> Manifest:
    """Compare the checksum of every file, and what manifest, ledger, parts and joined tables say of the same things.

    Returns
    -------
    The manifest.

    Raises
    ------
    StoreError
        If a file is missing or damaged, or two of them contradict each other.
    """
    manifest = read_manifest(root)
    for record in manifest.files:
        check_file(root, record)
    with Ledger.open(inside(root, manifest.ledger.file), finished=True) as ledger:
        problems = list(_of_manifest(manifest, ledger)) or list(_of_tables(root, manifest, ledger))
    if problems:
        raise StoreError([
            Problem(str(root / where), what, fix=make_again(root))
            for where, what in problems
        ])  # fmt: skip
    return manifest


def _of_manifest(manifest: Manifest, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield where, and in what, the manifest contradicts the ledger."""
    facts, counts = ledger.facts(), ledger.counts()
    lost = {FAILED: counts[FAILED] + counts[KILLED], KILLED: counts[KILLED]}
    if dict(manifest.runs) != {"total": counts["total"], DONE: counts[DONE], **lost}:
        yield MANIFEST, f"it counts other runs than the ledger ({manifest.runs['total']:,}, {counts['total']:,})"
    if facts.get("identity") != manifest.identity:
        yield MANIFEST, "it belongs to other runs than the ledger"
    parts = {file for number in ledger.chunk_numbers(DONE) for file in ledger.chunk(number).files}
    if parts != {file for file in manifest.files if file.table in FOLDERS}:
        yield MANIFEST, "it and the ledger name other parts, or the same ones with other checksums"
    if ledger.inputs() != list(manifest.copies):
        yield MANIFEST, "it and the ledger name other inputs, or the same ones with other checksums"
    if facts.get("manifest") != manifest.core:
        yield MANIFEST, EDITED


def _of_tables(root: Path, manifest: Manifest, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield which joined table contradicts the ledger or the parts."""
    (runs,), (outcomes,) = manifest.table("runs"), manifest.table("outcomes")
    told = (row for part in stream_table(root, runs) for row in zip(*_columns(part, STATUS), strict=True))
    known = ((run, key, *rest) for batch in ledger.batches() for run, _, key, *rest in batch)
    if not _same(told, known):
        yield runs.file, "it does not say of the runs what the ledger says"
    joined, parts = stream_table(root, outcomes), merged(root, ledger)
    if not _same_outcomes(joined, parts):
        yield outcomes.file, "it does not hold what its parts hold"


def _same(one: Iterator[Any], other: Iterator[Any]) -> bool:
    try:
        return all(a == b for a, b in zip(one, other, strict=True))
    except ValueError:
        return False


def _columns(table: Any, names: tuple[str, ...]) -> list[list[Any]]:
    return [table[name].to_pylist() for name in names]


def _same_outcomes(joined: Iterator[Any], parts: Iterator[Any]) -> bool:
    """Tell whether the joined table has the rows of the parts, column by column, missing values included."""
    import pyarrow as pa

    whole, pieces = list(joined), list(parts)
    if not whole or not pieces:
        return bool(sum(part.num_rows for part in whole) == sum(part.num_rows for part in pieces))
    merged_parts = pa.concat_tables(pieces)
    table = pa.concat_tables(whole)
    names = set(merged_parts.column_names)
    if table.num_rows != merged_parts.num_rows or not names <= set(table.column_names):
        return False
    is_same: bool = all(_bits(table[name]) == _bits(merged_parts[name].cast(table[name].type)) for name in names)
    return is_same


def _bits(column: Any) -> bytes:
    """Return the values of a column of numbers as bytes: equal only if they are equal to the last bit."""
    values: bytes = column.to_numpy().tobytes()
    return values
