"""Which runs a folder is to hold, in which chunks: laid out once, extended by a larger design, split when needed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from demarche.engine.simulate import CHUNK
from demarche.errors import DesignError, Problem
from demarche.experiment.chunks.shards import Task
from demarche.experiment.design.table import Design
from demarche.experiment.ledger.ledger import BATCH, DONE, FAILED, KILLED, PENDING, RUNNING, Chunk, Ledger, Row

OTHER_FOLDER = "choose another folder with --out, or remove this one"


def chunk_sizes(n_runs: int, chunk: int = CHUNK) -> list[int]:
    """Return the sizes of the chunks of so many runs that may share chunks: even, none above the wished one.

    Even chunks leave no small rest, which would cost nearly as much as a whole one.

    Examples
    --------
    >>> chunk_sizes(600, chunk=512), chunk_sizes(300, chunk=512), chunk_sizes(5, chunk=2)
    ([300, 300], [300], [2, 2, 1])
    """
    n_chunks = -(-n_runs // chunk)
    return [n_runs // n_chunks + (position < n_runs % n_chunks) for position in range(n_chunks)]


def identity_of(design: Design, record: object) -> str:
    """Return a hash of all runs of a design, in order, and of what is kept of them."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{record} {design.parameters}".encode())
    for rows in _batches(np.arange(len(design))):
        digest.update("".join(design.keys(rows)).encode())
    return digest.hexdigest()


def _batches(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def lay_out(ledger: Ledger, design: Design, chunk: int = CHUNK) -> None:
    """Write the runs of a design that the ledger does not have, and their chunks; known runs keep their number.

    Runs are numbered in the order of the design, chunks are cut from all runs that keep company.
    Must be called within a transaction.

    Raises
    ------
    DesignError
        If the ledger has runs that the design does not have, or the design has a run twice.
    """
    before = ledger.next_number("runs")
    next_run, met = before, 0
    cuts = _cuts(ledger, design, chunk)
    for arm, pack, group in design.groups():
        cut = cuts[design.company(arm, pack)]
        for rows in _batches(group):
            keys = design.keys(rows)
            known = ledger.known(keys) if before else {}
            met += len(known)
            ledger.put("runs", _moved(known, keys, rows))
            new = [(int(row), key) for row, key in zip(rows, keys, strict=True) if key not in known]
            numbered = enumerate(new, next_run)
            ledger.put("runs", ((run, row, key, cut.take(run), PENDING, None) for run, (row, key) in numbered))
            next_run += len(new)
    ledger.put_chunks([chunk for cut in cuts.values() for chunk in cut.chunks])
    if met != before:
        what = f"the folder holds {before - met:,} runs that this design does not have"
        fix = f"give a design that keeps its arms, packs, points and replications, or {OTHER_FOLDER}"
        raise DesignError([Problem(str(ledger.path.parent.parent), what, fix=fix)])
    if next_run != len(design):
        what = f"{len(design) - next_run:,} runs of the design equal others"
        raise DesignError([Problem("design", what, fix="leave out points that are there twice")])


@dataclass
class _Cut:
    """The chunks of the new runs that keep company, filled in the order in which runs come."""

    sizes: list[int]
    first_number: int
    chunks: list[Chunk] = field(default_factory=list)

    def take(self, run: int) -> int:
        """Return the number of the chunk that a run goes into."""
        if not self.chunks or self.chunks[-1].count == self.sizes[len(self.chunks) - 1]:
            self.chunks.append(Chunk(self.first_number + len(self.chunks), run, run, 0))
        last = self.chunks[-1]
        self.chunks[-1] = replace(last, last=run, count=last.count + 1)
        return last.chunk


def _cuts(ledger: Ledger, design: Design, chunk: int) -> dict[Hashable, _Cut]:
    """Return how the new runs of each company are cut into chunks."""
    counts: Counter[Hashable] = Counter()
    extended = ledger.next_number("runs") > 0
    for arm, pack, group in design.groups():
        known = sum(len(ledger.known(design.keys(rows))) for rows in _batches(group)) if extended else 0
        counts[design.company(arm, pack)] += len(group) - known
    number, cuts = ledger.next_number("chunks"), {}
    for company, n_new in counts.items():
        sizes = chunk_sizes(n_new, chunk) if n_new else []
        cuts[company] = _Cut(sizes, number)
        number += len(sizes)
    return cuts


def _moved(known: dict[str, Row], keys: Sequence[str], rows: NDArray[np.int64]) -> Iterator[Row]:
    """Yield the known runs whose place in the design has changed."""
    for key, row in zip(keys, rows, strict=True):
        if key in known and known[key][1] != row:
            run, _, *rest = known[key]
            yield (run, int(row), *rest)


def reopen(ledger: Ledger, *, failed: bool = False) -> list[int]:
    """Make chunks that were under way wait again, with `failed` also runs that failed; return the waiting chunks.

    Must be called within a transaction.
    """
    for number in ledger.chunk_numbers(RUNNING):
        ledger.put_chunks([replace(ledger.chunk(number), status=PENDING)])
    if failed:
        for number in ledger.chunk_numbers(DONE):
            _set_failed_apart(ledger, ledger.chunk(number))
    return ledger.chunk_numbers(PENDING)


def _set_failed_apart(ledger: Ledger, chunk: Chunk) -> None:
    rows = ledger.runs_of(chunk)
    failed = [row for row in rows if row[4] in (FAILED, KILLED)]
    if not failed:
        return
    if len(failed) == len(rows):
        ledger.remove_chunk(chunk.chunk)
        give(ledger, failed, chunk, deaths=0, cpu_seconds=chunk.cpu_seconds)
    else:
        ledger.put_chunks([replace(chunk, count=len(rows) - len(failed))])
        give(ledger, failed, chunk, deaths=0)


def give(ledger: Ledger, rows: Sequence[Row], before: Chunk, deaths: int, cpu_seconds: float = 0.0) -> int:
    """Give runs of a chunk to a new chunk that waits, and return its number.

    The new chunk brings the attempts of the one before, and the seconds that nobody else would tell any more.
    """
    number = ledger.next_number("chunks")
    chunk = Chunk(number, rows[0][0], rows[-1][0], len(rows), PENDING, before.attempts, deaths, cpu_seconds)
    ledger.put_chunks([chunk])
    ledger.put("runs", ((*row[:3], number, PENDING, None) for row in rows))
    return number


def split(ledger: Ledger, chunk: Chunk) -> list[int]:
    """Give the runs of a chunk to two chunks of half the size and return their numbers."""
    rows = ledger.runs_of(chunk)
    middle = len(rows) // 2
    first = give(ledger, rows[:middle], chunk, chunk.deaths, chunk.cpu_seconds)
    second = give(ledger, rows[middle:], chunk, chunk.deaths)
    ledger.remove_chunk(chunk.chunk)
    return [first, second]


def task_of(ledger: Ledger, design: Design, number: int) -> Task:
    """Return a chunk as input of the engine."""
    rows = ledger.runs_of(ledger.chunk(number))
    runs = np.array([row[0] for row in rows], dtype=np.int64)
    return Task(number, runs, design.to_runs(np.array([row[1] for row in rows], dtype=np.int64)))
