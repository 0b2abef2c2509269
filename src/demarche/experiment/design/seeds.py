"""Seeds: all luck of an experiment follows from its one number."""

from __future__ import annotations

import hashlib

SEED_BITS = 63


def replication_seed(experiment_seed: int, replication: int) -> int:
    """Return the seed of a replication in [0, 2**63), the same in every arm, pack and design point.

    Examples
    --------
    >>> replication_seed(1995, 0) == replication_seed(1995, 0) != replication_seed(1995, 1)
    True
    """
    text = f"replication {replication} of {experiment_seed}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> (64 - SEED_BITS)
