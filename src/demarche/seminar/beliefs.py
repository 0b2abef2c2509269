"""What students believe of the account: shares of a hundred, and a score that rewards saying what one thinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.errors import DesignError, Problem

WHOLE = 100


def check_shares(shares: Mapping[str, int], accounts: Sequence[str]) -> None:
    """Refuse shares that are not whole numbers of 0 or more for each account, 100 in all.

    Raises
    ------
    DesignError
        Saying what is wrong with them.
    """
    if set(shares) != set(accounts):
        raise DesignError([Problem("shares", "one share for each account is needed", expected=", ".join(accounts))])
    fit = all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in shares.values())
    if not fit or sum(shares.values()) != WHOLE:
        found = ", ".join(str(one) for one in shares.values())
        raise DesignError([Problem("shares", f"the shares do not add up to {WHOLE}", found=found)])


def brier(shares: Mapping[str, int], account: str) -> float:
    """Return the Brier score of a belief, 0 (certain and right) to 2 (certain and wrong).

    It is proper: whoever wants a low score does best to state what he believes.

    Examples
    --------
    >>> brier({"a": 100, "b": 0}, "a"), brier({"a": 50, "b": 50}, "a"), brier({"a": 100, "b": 0}, "b")
    (0.0, 0.5, 2.0)
    """
    return sum((share / WHOLE - (name == account)) ** 2 for name, share in shares.items())


def uniform_score(n_accounts: int) -> float:
    """Return the score of somebody who gives each account the same share.

    Examples
    --------
    >>> uniform_score(4)
    0.75
    """
    return 1.0 - 1.0 / n_accounts


def rounds_asked(last: int) -> tuple[int, ...]:
    """Return after which rounds beliefs are asked for: every second one, and the last.

    Examples
    --------
    >>> rounds_asked(6), rounds_asked(7), rounds_asked(1)
    ((2, 4, 6), (2, 4, 7), (1,))
    """
    every_second = range(2, last - 1, 2)
    return (*every_second, last)
