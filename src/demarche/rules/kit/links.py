"""How a link of an account enters the world: odds ratios into utilities, factors, shares, gains and drifts into fields.

A treatment lies in [0, 1]: 0 is its reference, 1 is full strength. Every function leaves the world as it is
where the treatment is 0 or the link is neutral. All arrays have the run axis last.
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array

MONTHS = 12.0


def log_odds(temperature: Array | float, odds_ratio: Array, treatment: Array | float, price: float = 1.0) -> Array:
    """Return what is added to the utility of an option so that its odds against the reference are multiplied.

    Whatever the temperature, `exp(utility / temperature)` then grows by the odds ratio at full treatment.

    Parameters
    ----------
    temperature
        Scale of the unexplained part of the decision `(n_runs,)`.
    odds_ratio
        Value of the link `(n_runs,)`, above 0; 1 is neutral.
    treatment
        In [0, 1], broadcasting to the utility.
    price
        Divides the log odds: dearer options move less.
    """
    added: Array = temperature * np.log(odds_ratio) * treatment
    return added if price == 1.0 else added / price


def factor(link: Array, treatment: Array | float) -> Array:
    """Return the multiplier `link ** treatment`; the link is above 0, and 1 is neutral."""
    multiplier: Array = np.power(link, treatment)
    return multiplier


def loss(link: Array, treatment: Array | float) -> Array:
    """Return the share that is left, `1 - link * treatment`; the link is in [-1, 1], and 0 is neutral."""
    left: Array = 1.0 - link * treatment
    return left


def change(link: Array, treatment: Array | float) -> Array:
    """Return the multiplier `1 + link * treatment`; the link is at least -1, and 0 is neutral."""
    multiplier: Array = 1.0 + link * treatment
    return multiplier


def gain(values: Array, link: Array, treatment: Array | float) -> None:
    """Raise shares in place by a part `link * treatment` of what is missing to 1; the link is in [0, 1]."""
    values += link * treatment * (1.0 - values)


def share_a_year(stock: Array, link: Array, treatment: Array | float) -> Array:
    """Return this month's change of a stock in [0, 1] that a link moves by a share a year.

    A positive link closes that share of the distance to 1 in a year at full treatment, a negative one
    takes that share of the stock.
    """
    rate = link * treatment / MONTHS
    moved: Array = rate * np.where(rate >= 0.0, 1.0 - stock, stock)
    return moved


def practice_a_year(link: Array, treatment: Array | float) -> Array:
    """Return this month's change of structural practice under a link in units of practice a year."""
    moved: Array = link * treatment / MONTHS
    return moved


def return_to(stock: Array, start: Array | float, half_life: Array | float) -> Array:
    """Return this month's change of a stock that goes back to its start with a half-life in months."""
    moved: Array = (start - stock) * (1.0 - np.exp2(-1.0 / half_life))
    return moved
