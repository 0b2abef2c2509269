"""From an effect to the links that carry it, the rules that hold them, their claims, documents and sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.accounts.links import all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.carriers import is_clear
from demarche.analysis.comparison.shown import shown
from demarche.claims.register import load_register
from demarche.engine.variables import OUTCOMES
from demarche.figures.look import rounded, unsigned
from demarche.rules.find import find_rules

if TYPE_CHECKING:
    import pandas as pd

    from demarche.accounts.account import Account
    from demarche.report.effects import Effects

MOST = 5  # links told of an effect


@dataclass(frozen=True)
class Part:
    """What one link carries of an effect."""

    link: str
    anchor: str
    meaning: str
    carried: str
    twice_error: str
    clear: bool


@dataclass(frozen=True)
class Why:
    """An effect and the links that carry most of it; the effect at the medians of the account."""

    anchor: str
    outcome: str
    account: str
    effect: str
    unit: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Passage:
    """A claim with where it stands: id, paraphrase, document and its nickname, section and lines."""

    id: str
    paraphrase: str
    document: str
    place: str
    nick: str


@dataclass(frozen=True)
class RuleTold:
    """A rule: id, sentence and the ids of its claims."""

    id: str
    sentence: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class LinkTold:
    """A link: meaning, what accounts hold of it, rules that carry it out, claims behind it."""

    name: str
    anchor: str
    meaning: str
    unit: str
    treatment: str
    held: tuple[tuple[str, str, str], ...]
    rules: tuple[RuleTold, ...]
    passages: tuple[Passage, ...]


def whys(carried: pd.DataFrame, effects: Effects) -> tuple[Why, ...]:
    """Return, for each effect that is told, the links that carry most of it: those clear of 0 first.

    Parameters
    ----------
    carried
        What `carriers` returned, of all accounts.
    effects
        The effects of the report.
    """
    found = []
    for row in effects.rows:
        for effect in row.effects:
            mine = carried[(carried["outcome"] == row.name) & (carried["account"] == effect.account)]
            if mine.empty:
                continue
            clear = [is_clear(one["carried"], one["error"]) for one in mine.to_dict("records")]
            order = mine.assign(clear=clear, size=mine["carried"].abs()).sort_values(
                ["clear", "size"], ascending=False, kind="stable"
            )
            parts = tuple(_part(one, row.name) for one in order.head(MOST).to_dict("records")
                          if shown(one["carried"], row.unit))
            told = rounded(float(mine["effect"].iloc[0]), row.unit)
            found.append(Why(effect.anchor, row.title, effect.account, told, row.unit, parts))
    return tuple(found)


def _part(row: Mapping[object, object], outcome: str) -> Part:
    link, carried, error = str(row["link"]), float(str(row["carried"])), float(str(row["error"]))
    unit = OUTCOMES[outcome].unit
    return Part(link, anchor_of(link), meaning_of(link), rounded(carried, unit), unsigned(2 * error, unit),
                is_clear(carried, error))  # fmt: skip


def anchor_of(link: str) -> str:
    """Return the anchor of a link in the report."""
    return f"link-{link.replace('_', '-')}"


def meaning_of(link: str) -> str:
    """Return the meaning of a link, with an arrow."""
    return all_links()[link].said.meaning.replace("->", "→")


def links_told(names: Iterable[str], accounts: Iterable[str]) -> tuple[LinkTold, ...]:
    """Return all that stands behind some links.

    Parameters
    ----------
    names
        Links, in the order in which they are told.
    accounts
        Names of accounts, for what they hold; one that is not packaged is left out.
    """
    known = packaged_accounts()
    held = [known[name] for name in accounts if name in known]
    return tuple(_told(name, held) for name in dict.fromkeys(names))


def _told(name: str, accounts: list[Account]) -> LinkTold:
    said, numbers, claims = all_links()[name].said, [], []
    for account in accounts:
        prior = account.links[name].prior
        grounds = account.links[name].reason
        grounds = grounds if name in account.own else f"common account: {grounds}"
        numbers.append((account.title, f"{prior.median:g} ({prior.low:g} to {prior.high:g})", grounds))
        claims += list(account.links[name].claims) if name in account.own else []
    rules = tuple(RuleTold(rule.id, rule.sentence, rule.claims) for rule in find_rules() if name in rule.links)
    ids = [*claims, *(claim for rule in rules for claim in rule.claims)]
    return LinkTold(name, anchor_of(name), meaning_of(name), said.unit, said.treatment, tuple(numbers), rules,
                    passages(ids))  # fmt: skip


def passages(ids: Iterable[str]) -> tuple[Passage, ...]:
    """Return claims with document, section and lines, each once."""
    register = load_register()
    found = []
    for id_ in dict.fromkeys(ids):
        claim = register.claim(id_)
        source = register.source(claim.document)
        document = f"{source.author}, {source.title} ({source.year})"
        found.append(Passage(id_, claim.paraphrase, document, f"{claim.section}, lines {claim.lines}",
                             claim.document))  # fmt: skip
    return tuple(found)
