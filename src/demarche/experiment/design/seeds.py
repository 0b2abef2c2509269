"""Seeds: all luck of an experiment follows from its one number."""

from __future__ import annotations

import hashlib
from functools import lru_cache

SEED_BITS = 63


@lru_cache(maxsize=2**16)
def replication_seed(experiment_seed: int, replication: int) -> int:
    """Return the seed of a replication in [0, 2**63), the same in every arm, account and design point.

    Examples
    --------
    >>> replication_seed(1995, 0) == replication_seed(1995, 0) != replication_seed(1995, 1)
    True
    """
    text = f"replication {replication} of {experiment_seed}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> (64 - SEED_BITS)


def new_at_every_point(experiment_seed: int, point: int, replication: int) -> int:
    """Return the seed of a run in [0, 2**63) whose luck is its own at every point, the same in every arm and account.

    Examples
    --------
    >>> new_at_every_point(1995, 0, 1) != new_at_every_point(1995, 1, 1)
    True
    """
    text = f"replication {replication} at point {point} of {experiment_seed}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> (64 - SEED_BITS)


def same_at_every_point(experiment_seed: int, point: int, replication: int) -> int:
    """Return the seed of a run whose luck follows from the replication alone, so that points are paired."""
    return replication_seed(experiment_seed, replication)
