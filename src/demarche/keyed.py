"""Keyed, stateless random numbers: a number belongs to its key and to nothing else.

`u = hash(run seed, digest(rule id, label), step, digest(entity code))` with the finaliser of
splitmix64 over uint64 and 53 bits. Not cryptographic. Source of the constants: Steele, Lea and
Flood (2014), Fast splittable pseudorandom number generators.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import BELOW_ONE, Array

Keys = NDArray[np.uint64]
Kind = type[np.float32] | type[np.float64]

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


def _unit(z: Keys, kind: Kind) -> Array:
    z >>= _S11
    unit: Array = z.astype(kind)
    unit *= _TO_UNIT
    # rounding up to 1 is only possible where a number holds fewer than 53 bits
    return unit if kind is np.float64 else np.minimum(unit, BELOW_ONE, out=unit)


def uniforms(
    runs: Keys, stream: np.uint64, step: int, entities: Keys | None = None, kind: Kind = np.float64
) -> Array:
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
    kind
        Precision: the number of 53 bits is rounded to it, and stays below 1.
    """
    base = _mix((runs ^ stream) + np.uint64((step + 2) * int(_STEP) % _WRAP))
    z = _mix(base + _GOLDEN) if entities is None else _mix(base[None, :] + (entities * _GOLDEN)[:, None])
    return _unit(z, kind)


def uniforms_at(
    runs: Keys, stream: np.uint64, steps: int | NDArray[np.int64], entities: Keys, kind: Kind = np.float64
) -> Array:
    """Return uniforms on [0, 1) of single keys `(n,)`: those of `uniforms` at some cells, or of steps of their own.

    Parameters
    ----------
    runs, entities
        Keys of run and entity of each number, `(n,)`.
    stream
        Key of rule and label.
    steps
        One step for all, or a number of each, such as how often something has happened there, `(n,)`.
    kind
        Precision, see `uniforms`.
    """
    if isinstance(steps, np.ndarray):
        at: Keys | np.uint64 = (steps.astype(np.uint64) + np.uint64(2)) * _STEP
    else:
        at = np.uint64((steps + 2) * int(_STEP) % _WRAP)
    z = _mix(_mix((runs ^ stream) + at) + entities * _GOLDEN)
    return _unit(z, kind)
