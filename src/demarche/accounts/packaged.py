"""The accounts that come with the package, and what is neutral and drawn in an account."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from demarche.accounts.account import COMMON, Account
from demarche.accounts.file import account_files, read_account
from demarche.accounts.links import all_links, all_rates
from demarche.accounts.priors import Prior


@cache
def packaged_accounts() -> dict[str, Account]:
    """Return the packaged accounts by id: those of documents, the common one, then its variations.

    Raises
    ------
    ScenarioError
        With every problem of their files.
    """
    files = {path.stem: path for path in account_files()}
    common = read_account(files.pop(COMMON), None)
    found = [common, *(read_account(path, common) for path in files.values())]
    return {one.id: one for one in sorted(found, key=lambda one: (not one.documents, one.id != COMMON, one.title))}


def common_account() -> Account:
    """Return the account that holds for every link of which another does not speak."""
    return packaged_accounts()[COMMON]


def neutral_value(link: str) -> float:
    """Return the value at which a link does nothing, or its common median where nobody disputes it."""
    said = all_links()[link].said.neutral
    return common_account().links[link].prior.median if said == "common" else float(said)


def drawn_priors(account: Account, paths: Container[str]) -> dict[str, Prior]:
    """Return path -> prior of the links and base rates among some paths of parameters, as an account holds them."""
    links = {link.path: account.links[name].prior for name, link in all_links().items() if link.path in paths}
    rates = {rate.path: rate.prior for rate in all_rates().values() if rate.path in paths}
    return {**links, **rates}
