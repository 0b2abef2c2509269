"""Placebos: the same world without what accounts say.

A: every contested link is neutral, base rates and all else drawn as ever. B: the priors of the common account. C: each
link takes the prior of an account at random; twenty such accounts, each judged by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from demarche.accounts.account import Account, LinkPrior
from demarche.accounts.links import all_links
from demarche.accounts.packaged import common_account, neutral_value
from demarche.engine.setup import Setup
from demarche.keyed import text_key

PERMUTATIONS = 20


def under(setup: Setup, account: Account) -> Setup:
    """Return a setup of one account; what its scenario sets wins over the account's own."""
    return replace(setup, accounts={account.id: replace(account, settings={**account.settings, **setup.fixed})})


def neutral_account() -> Account:
    """Return placebo A: no contested link does anything; those that nobody disputes keep their common median."""
    links = {name: _exactly(name, neutral_value(name)) for name in all_links()}
    return _made("placebo_a", "links neutral", links)


def common_placebo() -> Account:
    """Return placebo B: the common account under a name of its own."""
    return _made("placebo_b", "common priors", common_account().links)


def permuted_account(accounts: Sequence[Account], number: int) -> Account:
    """Return one of placebo C: each link has the prior of one of some accounts, keyed by link and number."""
    links = {}
    for name in all_links():
        place = int(np.random.default_rng([int(text_key(name)), number]).integers(len(accounts)))
        links[name] = accounts[place].links[name]
    return _made(f"placebo_c_{number + 1}", "labels permuted", links)


def _exactly(name: str, value: float) -> LinkPrior:
    return LinkPrior(all_links()[name].prior(value, value, value), source="assumption: placebo")


def _made(id: str, title: str, links: Mapping[str, LinkPrior]) -> Account:
    settings = {all_links()[name].path: held.prior.median for name, held in links.items()}
    reasons = dict.fromkeys(settings, "placebo")
    return Account(id, title, "A placebo.", (), settings, reasons, links, tuple(links))
