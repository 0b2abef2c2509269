"""What is uncertain in an account: links, base rates and numbers of rules, each with its prior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.accounts.account import Account
from demarche.accounts.packaged import drawn_priors
from demarche.accounts.priors import FAMILY_CORRELATION, Prior, draw_values, range_prior
from demarche.arrays import Array
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule

DRAWN_ROLES = ("uncertainty", "strength")


def uncertain_paths(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return the paths that are drawn for some rules: links and base rates, sorted, then numbers rule by rule."""
    shared = sorted({path for rule in rules for path in rule.shared_paths})
    own = [
        parameter.path(rule.id) for rule in rules for parameter in rule.parameters if parameter.role in DRAWN_ROLES
    ]
    return (*shared, *dict.fromkeys(own))  # what several rules share is drawn once


def priors_of(
    catalogue: Catalogue, account: Account, paths: Sequence[str], fixed: Mapping[str, float]
) -> dict[str, Prior]:
    """Return path -> prior of those paths that can matter in an account and are not fixed.

    Links are held as the account has them, base rates as all accounts share them; a number of a rule has its own
    value or its default as the median, within its declared range.
    """
    mattering = catalogue.paths_on(account.id)
    on = [path for path in paths if path in mattering and path not in fixed]
    found = drawn_priors(account, on)
    for path in on:
        if path not in found:
            number = catalogue.parameters[path]
            middle = account.settings.get(path, number.default)
            found[path] = range_prior(path, middle, number.low, number.high)
    return found


def drawn_columns(
    catalogue: Catalogue, accounts: Sequence[Account], draws: Sequence[int], seed: int, r: float = FAMILY_CORRELATION
) -> dict[str, Array]:
    """Return path -> values `(n_rows,)` of everything uncertain, one row an account and draw.

    Parameters
    ----------
    catalogue
        The rules.
    accounts, draws
        Account and number of the draw of each row, of equal length.
    seed
        Luck of draws follows from it; the same number of a draw has the same luck in every account.
    r
        Correlation of priors of one family.
    """
    import numpy as np

    paths = uncertain_paths(catalogue.rules)
    columns = {path: np.full(len(draws), catalogue.parameters[path].default) for path in paths}
    numbers = np.asarray(draws)
    for account in dict.fromkeys(one.id for one in accounts):
        rows = np.array([one.id == account for one in accounts])
        held = next(one for one in accounts if one.id == account)
        different, places = np.unique(numbers[rows], return_inverse=True)
        priors = priors_of(catalogue, held, paths, {}).values()
        for path, values in draw_values(priors, seed, different.tolist(), r).items():
            columns[path][rows] = values[places]
    return columns
