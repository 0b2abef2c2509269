"""Work that is done in parts, side by side in processes where there are several."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from typing import Self, TypeVar

from demarche.experiment.chunks.pool import starting_children

Part = TypeVar("Part")
Found = TypeVar("Found")


class Workers:
    """Processes that work on parts side by side; they start with the first parts and are kept until the end.

    Parameters
    ----------
    number
        Processes; with one, all is done here.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=kind is not None)
            self.pool = None

    def each(self, do: Callable[[Part], Found], parts: Sequence[Part]) -> Iterator[Found]:
        """Yield what is found for each part, in their order; a process must be able to import `do` by its name."""
        if self.number < 2 or len(parts) < 2:
            yield from map(do, parts)
            return
        with starting_children():  # they start with the first parts
            found = self._started().map(do, parts)
        yield from found

    def begin(self, do: Callable[..., Found], *given: object) -> Future[Found]:
        """Let a process begin with something, and return where its answer will be."""
        with starting_children():
            return self._started().submit(do, *given)

    def _started(self) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.number, get_context("spawn"), _leave_interrupts)
        return self.pool


def _leave_interrupts() -> None:
    """Ignore Ctrl-C, which the parent answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def side_by_side(do: Callable[[Part], Found], parts: Sequence[Part], workers: int | Workers) -> Iterator[Found]:
    """Yield what is found for each part, in their order.

    Parameters
    ----------
    do
        Function of one part that a process can import by its name.
    parts
        What it is called with.
    workers
        Processes, or how many are started for this alone; with one, or with one part, all is done here.
    """
    if isinstance(workers, Workers):
        yield from workers.each(do, parts)
        return
    with Workers(min(workers, len(parts))) as some:
        yield from some.each(do, parts)


def even_parts(n: int, size: float) -> list[range]:
    """Return the numbers from 0 to n in parts that differ by one at most, as near to a size as even parts can be.

    Examples
    --------
    >>> even_parts(5, 2)
    [range(0, 2), range(2, 5)]
    >>> even_parts(2432, 1200)
    [range(0, 1216), range(1216, 2432)]
    >>> even_parts(3, 10)
    [range(0, 3)]
    """
    n_parts = max(1, round(n / size))
    ends = [n * place // n_parts for place in range(n_parts + 1)]
    return [range(start, end) for start, end in pairwise(ends)]
