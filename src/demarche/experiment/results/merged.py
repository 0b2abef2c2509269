"""Outcomes of all chunks, merged in the order of runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demarche.experiment.chunks.shards import PARTS
from demarche.experiment.ledger.ledger import DONE, Ledger
from demarche.experiment.tables.parquet import read_table


def merged(root: Path, ledger: Ledger) -> Iterator[Any]:
    """Yield the outcomes of all chunks as Arrow tables sorted by run, checksums compared.

    Chunks come in order of their first run; one that lies within the runs of another, because
    some of those were tried again, is merged with it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    held: Any = None
    for number in ledger.chunk_numbers(DONE):
        chunk = ledger.chunk(number)
        parts = [read_table(root, file) for file in chunk.files if file.table == PARTS]
        if not parts:
            continue
        if held is not None:
            before = pc.less(held["run"], chunk.first)
            ready, held = held.filter(before), held.filter(pc.invert(before))
            if ready.num_rows:
                yield ready
            parts = [held, *parts]
        joined = pa.concat_tables(parts)
        held = joined.take(pc.sort_indices(joined["run"]))
    if held is not None and held.num_rows:
        yield held
