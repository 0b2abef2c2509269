"""Links at issue, both sides of each: which accounts hold more of it, which less, and the passages they argue from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from demarche.accounts.compare import compare_accounts
from demarche.accounts.links import all_links
from demarche.claims.register import load_register
from demarche.figures.common import list_words
from demarche.figures.graph import in_words
from demarche.report.chain import Passage, passages

if TYPE_CHECKING:
    from demarche.accounts.account import Account
    from demarche.scenario.content import Scenario

MOST_PASSAGES = 2  # a side


@dataclass(frozen=True)
class Side:
    """What accounts hold that stand on one side of a link.

    Parameters
    ----------
    held
        An account each: short name, median, and whether that is its own word or the common account's.
    passages
        Claims of their own documents.
    against
        Where they have none: claims that the register sets against those of the other side.
    """

    held: tuple[tuple[str, str, bool], ...]
    passages: tuple[Passage, ...]
    against: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Issue:
    """One link at issue: id, meaning, unit, and who holds more and less of it."""

    name: str
    meaning: str
    unit: str
    more: Side
    less: Side

    @property
    def is_argued(self) -> bool:
        """Whether both sides argue from a passage of their own."""
        return bool(self.more.passages and self.less.passages)


def issues_of(
    scenario: Scenario, ran: Collection[str], passages: int = MOST_PASSAGES, carrying: Collection[str] = ()
) -> tuple[Issue, ...]:
    """Return the links at issue on which the accounts that were run differ.

    Links are those that the scenario names; of a scenario that names none, those that carry an effect, or else all.
    Those come first that both sides argue from passages of their own, among these those on which accounts differ most.

    Parameters
    ----------
    scenario
        The scenario.
    ran
        Names of its accounts that were run.
    passages
        Passages of a side, at most.
    carrying
        Links that were measured to carry an effect.
    """
    accounts = tuple(account for name, account in scenario.accounts.items() if name in ran)
    named = differing(accounts)
    chosen = scenario.lesson.links if scenario.lesson is not None else carrying
    named = tuple(name for name in named if name in chosen) if chosen else named
    found = [issue for name in named if (issue := _issue(name, accounts, passages)) is not None]
    return tuple(sorted(found, key=lambda issue: not issue.is_argued))


def differing(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Return the links on which two of some accounts hold different numbers, the widest difference first."""
    distance: dict[str, float] = {}
    for one, other in combinations(accounts, 2):
        for found in compare_accounts(one, other):
            distance[found.link] = max(distance.get(found.link, 0.0), found.distance)
    return tuple(sorted(distance, key=lambda name: (-distance[name], name)))


def _issue(name: str, accounts: Sequence[Account], most: int) -> Issue | None:
    """Return both sides of a link, parted where medians lie furthest apart; None if all hold the same median."""
    medians = sorted({account.links[name].prior.median for account in accounts})
    if len(medians) < 2:
        return None
    gaps = [high - low for low, high in pairwise(medians)]
    border = medians[gaps.index(max(gaps))]
    more = [account for account in accounts if account.links[name].prior.median > border]
    less = [account for account in accounts if account.links[name].prior.median <= border]
    claims = {side: _claims(name, mine) for side, mine in (("more", more), ("less", less))}
    return Issue(
        name, in_words(name), all_links()[name].said.unit, _side(name, more, claims["more"][:most], claims["less"]),
        _side(name, less, claims["less"][:most], claims["more"]),
    )  # fmt: skip


def _claims(name: str, accounts: Sequence[Account]) -> list[str]:
    """Return claims behind a link, the first of every account before the second of any."""
    own = [account.links[name].claims for account in accounts if name in account.own]
    places = range(max(map(len, own), default=0))
    return list(dict.fromkeys(claims[place] for place in places for claims in own if place < len(claims)))


def _side(name: str, accounts: Sequence[Account], mine: Sequence[str], others: Sequence[str]) -> Side:
    held = tuple((account.short, f"{account.links[name].prior.median:g}", name in account.own) for account in accounts)
    against = [] if mine else _against(others)
    return Side(held, passages(mine), passages(against[:1]))


def _against(claims: Iterable[str]) -> list[str]:
    """Return what the register sets against some claims: what contradicts them, then what qualifies them."""
    register = load_register()
    pairs = [pair for claim in claims for pair in register.against(claim)]
    return [other for kind in ("contradicts", "qualifies") for other, mine in pairs if mine == kind]


def words_of_side(side: Side) -> str:
    """Return who stands on a side, equal medians together.

    Examples
    --------
    >>> words_of_side(Side((("T1", "1.3", True), ("T2", "1", False), ("T3", "1", False)), ()))
    'T1 1.3; T2 and T3 1, as in the common account'
    """
    groups: dict[tuple[str, bool], list[str]] = {}
    for account, median, own in side.held:
        groups.setdefault((median, own), []).append(account)
    return "; ".join(_group(names, *key) for key, names in groups.items())


def _group(names: Sequence[str], median: str, own: bool) -> str:
    return f"{list_words(names)} {median}{'' if own else ', as in the common account'}"


def links_word(scenario: Scenario, carrying: Collection[str] = ()) -> str:
    """Return on which ground links are at issue, in words."""
    if scenario.lesson is not None:
        return "Links that the scenario names as at issue and on which the accounts differ."
    if carrying:
        return "Links that carry these effects, as the report measured, and on which the accounts differ."
    return "Links on which the accounts differ most, whether or not they matter here; after a report, those that do."
