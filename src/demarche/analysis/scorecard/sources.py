"""Which patterns were fitted: sources of parameters, settings and inputs that cite a pattern or its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from demarche.accounts.account import Account
from demarche.accounts.links import all_links, all_rates
from demarche.cast.cast import Cast
from demarche.history.patterns.file import Judging
from demarche.rules.collected import Catalogue

Sources = Mapping[str, tuple[str, ...]]


def fitted_sources(catalogue: Catalogue, accounts: Mapping[str, Account], cast: Cast, judging: Judging) -> Sources:
    """Return pattern -> sources that cite its number, or words for a table that it was taken from, in order."""
    listed = list(sources(catalogue, accounts, cast))
    found = {}
    for pattern, keys in judging.patterns.items():
        words = [re.escape(word) for table in keys.tables for word in judging.words.get(table, ())]
        wanted = re.compile("|".join([rf"\b{pattern}\b", *words]))
        hits = [f"{where}: {text}" for where, text in listed if wanted.search(text)]
        if hits:
            found[pattern] = tuple(hits)
    return found


def sources(catalogue: Catalogue, accounts: Mapping[str, Account], cast: Cast) -> Iterator[tuple[str, str]]:
    """Yield every source of a number: where it stands, and its text."""
    for path, parameter in catalogue.parameters.items():
        yield f"parameter {path}", parameter.source
    for account in accounts.values():
        for path, reason in account.reasons.items():
            yield f"setting of {account.id}, {path}", reason
    for name, start in cast.initial.items():
        yield f"initial.{name}", start.source
    for issue in cast.issues:
        yield f"issue {issue.code}", f"{issue.source}; {issue.levels_source}"
    for event in cast.events:
        yield f"calendar {event.code}", event.source
    for link in all_links().values():
        yield f"{link.path}, declared as fitted to", link.said.fits
    for rate in all_rates().values():
        yield f"{rate.path}, note", rate.said.note
