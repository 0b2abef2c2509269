"""The sealed account: drawn when a room opens, shown as a hash, opened in the debrief for anybody to check."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

SHOWN = 12
SALT_BYTES = 16


def draw_account(accounts: Sequence[str]) -> str:
    """Return one of some accounts, each as likely, by the randomness of the operating system."""
    return secrets.choice(accounts)


def new_salt() -> str:
    """Return a salt that nobody can guess, hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def seal_of(account: str, salt: str) -> str:
    """Return the seal of an account: the first characters of SHA-256 of `account:salt`.

    Examples
    --------
    >>> seal_of("strategic_target", "00")
    '1dcbd88394b1'
    """
    return hashlib.sha256(f"{account}:{salt}".encode()).hexdigest()[:SHOWN]
