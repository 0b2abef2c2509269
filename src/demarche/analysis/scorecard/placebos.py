"""Placebos: the same world without what accounts say.

A: rules that belong to some accounts are off. B: under each account, rules with a strength that cite a claim which
another claim of the register contradicts are off. C: every rule of some accounts is given to others, by a random
permutation of the labels of its own; twenty worlds, each judged under one label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from demarche.claims.register import load_register
from demarche.engine.setup import Setup
from demarche.keyed import text_key
from demarche.rules.collected import Catalogue
from demarche.rules.contract import ALL, Rule

PERMUTATIONS = 20


def account_rules(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the rules that are on in some accounts only."""
    return tuple(rule.id for rule in catalogue.rules if rule.accounts != ALL)


def contested_rules(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the rules with a strength that cite a claim which another claim contradicts.

    Qualifications do not count, nor ids that the register does not know (rules of a scenario).
    """
    register = load_register()
    contested = {one for one, _, kind in register.contradictions if kind == "contradicts"}
    return tuple(rule.id for rule in catalogue.rules if rule.has_strength and contested & set(rule.claims))


def without(setup: Setup, rules: tuple[str, ...]) -> Setup:
    """Return a setup with some rules off in every arm."""
    arms = {name: replace(arm, rules_off=tuple(sorted({*arm.rules_off, *rules}))) for name, arm in setup.arms.items()}
    return replace(setup, arms=arms)


def permuted(setup: Setup, number: int) -> Setup:
    """Return a setup in which rules of accounts belong to others; `number` is the permutation."""
    return replace(setup, catalogue=permuted_catalogue(setup.catalogue, tuple(setup.accounts), number))


def permuted_catalogue(catalogue: Catalogue, accounts: tuple[str, ...], number: int) -> Catalogue:
    """Return the catalogue with the labels of each rule permuted, keyed by rule and number."""
    rules = [relabelled(rule, accounts, number) for rule in catalogue.rules]
    return Catalogue.of(rules, (permuted_catalogue, (catalogue, accounts, number)))


def relabelled(rule: Rule, accounts: tuple[str, ...], number: int) -> Rule:
    """Return a rule under permuted labels; one of all accounts stays."""
    if rule.accounts == ALL:
        return rule
    order = np.random.default_rng([int(text_key(rule.id)), number]).permutation(len(accounts))
    new: Mapping[str, str] = {account: accounts[place] for account, place in zip(accounts, order, strict=True)}
    return replace(rule, accounts=tuple(sorted(new.get(account, account) for account in rule.accounts)))
