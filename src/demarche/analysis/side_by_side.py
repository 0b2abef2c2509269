"""Work that is done in parts, side by side in processes where there are several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Part = TypeVar("Part")
Found = TypeVar("Found")


def side_by_side(do: Callable[[Part], Found], parts: Sequence[Part], workers: int) -> Iterator[Found]:
    """Yield what is found for each part, in their order.

    Parameters
    ----------
    do
        Function of one part that a process can import by its name.
    parts
        What it is called with.
    workers
        Processes; with one, or with one part, all is done here.
    """
    if workers < 2 or len(parts) < 2:
        yield from map(do, parts)
        return
    with ProcessPoolExecutor(min(workers, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(do, parts)


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
    return [range(start, end) for start, end in zip(ends, ends[1:], strict=False)]
