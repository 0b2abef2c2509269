"""What rules read and write in a month, counted in bytes, and how fast this machine moves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import REAL
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation

KIB = 1024
SIZES = (256 * KIB, 2048 * KIB, 16 * 1024 * KIB, 128 * 1024 * KIB)  # of what is moved, three arrays together
SECONDS = 0.2  # for each size


@dataclass
class Count:
    """Calls of NumPy that met the world, the numbers that they made, and the bytes that they read and wrote."""

    calls: int = 0
    numbers: int = 0
    bytes: int = 0

    def add(self, inputs: Sequence[Any], results: Sequence[Any]) -> None:
        """Count one call."""
        self.calls += 1
        made = [one for one in results if isinstance(one, np.ndarray)]
        self.numbers += sum(one.size for one in made)
        self.bytes += sum(one.nbytes for one in (*made, *inputs) if isinstance(one, np.ndarray))


class Counted(np.ndarray):
    """An array whose calls are counted, and whose results are counted arrays again."""

    count: ClassVar[Count] = Count()

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **words: Any) -> Any:
        given = {"out": tuple(_plain(one) for one in out)} if out is not None else {}
        words = {name: _plain(value) for name, value in words.items()}
        found = getattr(ufunc, method)(*(_plain(one) for one in inputs), **given, **words)
        Counted.count.add(inputs, out or (found if isinstance(found, tuple) else (found,)))
        if out is not None:
            return out[0] if len(out) == 1 else out
        return _counted(found)

    def __array_function__(self, function: Any, types: Any, args: Any, words: Any) -> Any:
        inputs = [one for one in args if isinstance(one, np.ndarray)]
        found = function(*_deep(args), **{name: _plain(value) for name, value in words.items()})
        Counted.count.add(inputs, (found,))
        return _counted(found)


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Counted) else value


def _deep(values: Any) -> Any:
    if isinstance(values, list | tuple):
        return type(values)(_deep(one) for one in values)
    return _plain(values)


def _counted(found: Any) -> Any:
    return found.view(Counted) if isinstance(found, np.ndarray) else found


def traffic_of_rules(setup: Setup, runs: Runs) -> Count:
    """Return what the rules of a chunk move in all months together, without draws and decisions.

    What a rule reads of the world is given to it as counted arrays; what it works out from luck and parameters alone is
    not counted, so the true traffic is somewhat larger.
    """
    simulation = Simulation(setup, runs)
    for entry in simulation.entries:
        fields = vars(entry.view)
        fields.update({name: value.view(Counted) for name, value in fields.items() if isinstance(value, np.ndarray)})
    Counted.count = Count()
    for _ in range(setup.period.n_steps):
        simulation.advance()
    return Counted.count


def bandwidth() -> Mapping[int, float]:
    """Return size -> bytes a second of an addition of two arrays into a third, all three of that size together."""
    return {size: size * _per_second(size // (3 * REAL().itemsize)) for size in SIZES}


def _per_second(n: int) -> float:
    a, b, c = (np.ones(n, dtype=REAL) for _ in range(3))
    return max(_rate(a, b, c) for _ in range(3))


def _rate(a: NDArray[Any], b: NDArray[Any], c: NDArray[Any]) -> float:
    start, times = process_time(), 0
    while process_time() - start < SECONDS:
        for _ in range(4):
            np.add(a, b, out=c)
        times += 4
    return times / (process_time() - start)
