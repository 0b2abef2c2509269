"""Keyed, stateless random numbers: the luck of an actor belongs to the actor.

`u = hash(run seed, digest(rule id, label), step, digest(entity code))` with the finaliser of
splitmix64 over uint64 and 53 bits. A rule switched off moves nobody else's draws, a state
added leaves the other states' luck as it was, and replication k meets the same luck in every
arm, pack and design point. Not cryptographic. Source of the constants: Steele, Lea and Flood
(2014), Fast splittable pseudorandom number generators.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.errors import Problem, RuleError

Keys = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xD1B54A32D192ED03)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_TO_UNIT = 2.0**-53
_WRAP = 2**64
_S30, _S27, _S31, _S11 = (np.uint64(n) for n in (30, 27, 31, 11))


def text_key(text: str) -> np.uint64:
    """Return a stable 64-bit key of a text, the same in every process."""
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"))


def entity_keys(codes: Sequence[str]) -> Keys:
    """Return keys `(n,)` of entity codes."""
    return np.array([text_key(code) for code in codes], dtype=np.uint64)


def _mix(z: Keys) -> Keys:
    z ^= z >> _S30
    z *= _MIX_A
    z ^= z >> _S27
    z *= _MIX_B
    z ^= z >> _S31
    return z


def run_keys(seeds: Sequence[int] | NDArray[np.int64]) -> Keys:
    """Return keys `(n_runs,)` of run seeds; neighbouring seeds give unrelated keys."""
    with np.errstate(over="ignore"):
        return _mix((np.asarray(seeds).astype(np.uint64) + np.uint64(1)) * _GOLDEN)


def uniforms(runs: Keys, stream: np.uint64, step: int, entities: Keys | None = None) -> Array:
    """Return uniforms on [0, 1), `(n_entities, n_runs)`, or `(n_runs,)` without entities.

    Parameters
    ----------
    runs
        Keys of the runs, `(n_runs,)`.
    stream
        Key of rule and label.
    step
        Step from 0 on; -1 for draws that last through the run.
    entities
        Keys of the entities, `(n_entities,)`.
    """
    base = _mix((runs ^ stream) + np.uint64((step + 2) * int(_STEP) % _WRAP))
    z = _mix(base + _GOLDEN) if entities is None else _mix(base[None, :] + (entities * _GOLDEN)[:, None])
    z >>= _S11
    unit = z.astype(np.float64)
    unit *= _TO_UNIT
    return unit


class Draws:
    """The random numbers of one chunk of runs; refuses the same key twice in a step."""

    def __init__(self, seeds: Sequence[int] | NDArray[np.int64], axis_codes: dict[str, tuple[str, ...]]) -> None:
        self._runs = run_keys(seeds)
        self._entities = {axis: entity_keys(codes) for axis, codes in axis_codes.items()}
        self._streams: dict[str, np.uint64] = {}
        self._lasting: dict[str, Array] = {}
        self._used: set[str] = set()

    def start_step(self) -> None:
        """Forget which streams were used."""
        self._used.clear()

    def draw(
        self, stream: str, step: int, axis: str | None = None, rows: NDArray[np.intp] | slice | None = None
    ) -> Array:
        """Return this step's uniforms of a stream, of all members of an axis or of some rows.

        Raises
        ------
        RuleError
            If the stream was already drawn in this step.
        """
        if stream in self._used:
            fix = "declare a second label"
            raise RuleError([Problem(stream, "the same random number was drawn twice in a step", fix=fix)])
        self._used.add(stream)
        entities = self._entities[axis] if axis else None
        if entities is not None and rows is not None:
            entities = entities[rows]
        return uniforms(self._runs, self._key(stream), step, entities)

    def draw_lasting(self, stream: str, axis: str | None = None) -> Array:
        """Return the uniforms of a stream that last through the run (kept, read-only)."""
        if stream not in self._lasting:
            values = uniforms(self._runs, self._key(stream), -1, self._entities[axis] if axis else None)
            values.flags.writeable = False
            self._lasting[stream] = values
        return self._lasting[stream]

    def _key(self, stream: str) -> np.uint64:
        if stream not in self._streams:
            self._streams[stream] = text_key(stream)
        return self._streams[stream]
