"""Where two accounts differ: link by link, the widest difference first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.accounts.account import Account, LinkPrior
from demarche.accounts.links import all_links
from demarche.accounts.priors import SCALES


@dataclass(frozen=True)
class Difference:
    """One link on which two accounts differ.

    Parameters
    ----------
    link
        Its id.
    first, second
        What the two hold.
    distance
        Between the medians, in units of the mean half width of the two ranges on the link's own scale; above 1 the
        medians lie further apart than the accounts doubt.
    """

    link: str
    first: LinkPrior
    second: LinkPrior
    distance: float


def compare_accounts(first: Account, second: Account) -> tuple[Difference, ...]:
    """Return the links on which two accounts hold different medians or ranges, the widest difference first."""
    found = []
    for name in all_links():
        one, other = first.links[name], second.links[name]
        numbers = [(held.prior.median, held.prior.low, held.prior.high) for held in (one, other)]
        if numbers[0] != numbers[1]:
            found.append(Difference(name, one, other, _distance(one, other)))
    return tuple(sorted(found, key=lambda difference: (-difference.distance, difference.link)))


def _distance(one: LinkPrior, other: LinkPrior) -> float:
    there, _ = SCALES[one.prior.scale]
    places = there(np.array([[held.prior.low, held.prior.median, held.prior.high] for held in (one, other)]))
    half = float((places[:, 2] - places[:, 0]).mean() / 2.0)
    apart = float(abs(places[0, 1] - places[1, 1]))
    return apart / half if half > 0 else (np.inf if apart else 0.0)
