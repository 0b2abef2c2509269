"""What a seat weighs: what its extreme moves change of what anybody sees, against the twin with the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array
from demarche.seminar.preview.features import ADOPTED, LOST, MARGIN
from demarche.seminar.preview.runs import Played
from demarche.seminar.timeline import NOBODY

ALARM = 0.05
"""Chance that a seat without any weight is said to have some, over all that is looked at."""


@dataclass(frozen=True)
class Weight:
    """What one script of a seat changes of one thing that is seen.

    Parameters
    ----------
    seat, script, account, seen
        Which seat, script and account; what is seen, summed over the rounds.
    mean, error
        Mean of the paired differences to nobody, and its standard error.
    """

    seat: str
    script: str
    account: str
    seen: str
    mean: float
    error: float


def weights_of(played: Played, scripts: Mapping[str, Sequence[str]], accounts: Sequence[str]) -> list[Weight]:
    """Return what seats change that can be told from luck, strongest first within each seat.

    Parameters
    ----------
    played
        Runs of the scripts and of nobody.
    scripts
        Seat -> names of the arms of its extreme moves.
    accounts
        Names of the accounts.
    """
    totals = played.seen.sum(axis=0)
    looks = max(len(accounts) * len(played.names) * max(map(len, scripts.values())), 1)
    found: list[Weight] = []
    for seat, arms in scripts.items():
        mine: list[Weight] = []
        for arm in arms:
            for account in accounts:
                mine += _changes(played, totals, (seat, arm, account), looks)
        found += sorted(mine, key=lambda one: -abs(one.mean) / max(one.error, 1e-12))
    return found


def _changes(played: Played, totals: Array, who: tuple[str, str, str], looks: int) -> list[Weight]:
    from scipy.special import stdtrit

    seat, arm, account = who
    pairs = totals[:, played.of(arm, account)] - totals[:, played.of(NOBODY, account)]
    n = pairs.shape[1]
    means, errors = pairs.mean(axis=1), pairs.std(axis=1, ddof=1) / np.sqrt(n)
    # a two-sided test at ALARM over all that is looked at
    least = float(stdtrit(n - 1, 1.0 - ALARM / (2 * looks)))
    return [
        Weight(seat, arm, account, name, float(mean), float(error))
        for name, mean, error in zip(played.names, means, errors, strict=True)
        if abs(mean) > least * error and mean != 0.0
    ]


@dataclass(frozen=True)
class Votes:
    """In how large a share of rooms something happened at least once.

    Parameters
    ----------
    lost, carried
        A motion to take no action was lost, or carried; one that carries spares the focal state.
    adopted
        A text on the focal state was adopted.
    """

    lost: float
    carried: float
    adopted: float


def share_of_rooms(played: Played, arms: Sequence[str]) -> dict[str, Votes]:
    """Return account -> in how large a share of rooms of some arms motions were lost and carried, texts adopted."""
    lost, margin, adopted = (played.seen[:, played.names.index(name)] for name in (LOST, MARGIN, ADOPTED))
    shares = {}
    for account in dict.fromkeys(played.account.tolist()):
        chosen = np.isin(played.arm, arms) & (played.account == account)
        ever = [float((one[:, chosen] > 0).any(axis=0).mean()) for one in (lost, margin, adopted)]
        shares[account] = Votes(*ever)
    return shares
