"""Levers that cannot move any outcome that is shown, by account, and the link by which they would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from demarche.accounts.account import Account
from demarche.accounts.links import all_links
from demarche.accounts.packaged import common_account
from demarche.engine.graph import Graph, fields_of_outcomes, graph_of, reached
from demarche.rules.contract import Rule
from demarche.scenario.content import Scenario
from demarche.world.levers import LEVER_OF, LEVER_PATHS

SWEPT = "lever."
Held = tuple[str, float]
Opening = tuple[tuple[str, ...], bool]


@dataclass(frozen=True)
class NoReach:
    """A lever without a path to any outcome that is shown, or an outcome to which no lever has one.

    Parameters
    ----------
    lever, outcome
        Name of the one that is meant; the other is empty.
    accounts
        Accounts in which there is no path.
    links
        Links that are neutral in them and would open one; empty if none would.
    together
        Only all of these links together would; else each would alone.
    """

    lever: str
    outcome: str
    accounts: tuple[str, ...]
    links: tuple[str, ...]
    together: bool = False

    def __str__(self) -> str:
        where = f"in {', '.join(self.accounts)}"
        many = len(self.links) > 1
        named = (" and " if self.together else " or ").join(self.links)
        by = f"by the link{'s' * many} {named}, which {'are' if many else 'is'} neutral there"
        if self.lever:
            why = f"it would {by}" if self.links else "no rule leads from it to any of them"
            return f"the lever {self.lever} reaches none of the outcomes shown {where}: {why}"
        why = f"one would {by}" if self.links else "no rule leads to it from any of them"
        return f"no lever that is set or varied reaches the outcome {self.outcome} {where}: {why}"


def told_reach(scenario: Scenario, arms: Sequence[str], drawn: bool, swept: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each lever that reaches no outcome shown, and for each outcome that no lever reaches."""
    return tuple(map(str, without_reach(scenario, arms, drawn, swept)))


def without_reach(
    scenario: Scenario, arms: Sequence[str], drawn: bool = False, swept: Sequence[str] = ()
) -> tuple[NoReach, ...]:
    """Return the levers that reach none of the scenario's outcomes, then the outcomes that none of them reaches.

    Parameters
    ----------
    scenario
        The scenario.
    arms
        Names of arms whose levers are meant.
    drawn
        Links are drawn: only those whose prior is a single value stay where they are.
    swept
        Paths of parameters that vary; levers among them are meant too.
    """
    used = [(choice.lever, scenario.arms[arm].rules_off) for arm in arms for choice in scenario.arms[arm].choices]
    used += [(path.split(".")[1], ()) for path in swept if path.startswith(SWEPT) and path in LEVER_PATHS]
    if not used:
        return ()
    fields = fields_of_outcomes(scenario.cast, scenario.outcomes)
    shown = frozenset().union(*fields.values())
    asked = [(lever, "", _fields([lever]), shown, off) for lever, off in dict.fromkeys(used)]
    whole = frozenset(rule for _, off in used for rule in off if all(rule in other for _, other in used))
    every = _fields([lever for lever, _ in used])
    asked += [("", outcome, every, goals, tuple(whole)) for outcome, goals in fields.items()]
    found: dict[tuple[str, str, Opening], list[str]] = {}
    for lever, outcome, sources, goals, off in asked:
        for name, account in scenario.accounts.items():
            rules = tuple(rule for rule in scenario.catalogue.on(name) if rule.id not in off)
            opening = _opening(sources, goals, rules, neutral_links(account, scenario.parameters, drawn))
            if opening is not None:
                found.setdefault((lever, outcome, opening), []).append(name)
    told = [NoReach(*key[:2], tuple(dict.fromkeys(names)), *key[2]) for key, names in found.items()]
    dead = {one.accounts for one in told if one.lever}
    return tuple(one for one in told if one.lever or one.accounts not in dead)


def _fields(levers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.field for lever in levers for part in LEVER_OF[lever].parts))


def neutral_links(account: Account, parameters: Mapping[str, float], drawn: bool) -> tuple[tuple[str, float], ...]:
    """Return link and value of those that do nothing in an account, by themselves or as a scenario sets them.

    Where links are drawn only those that stay at one value count.
    """
    common, held = common_account().links, []
    for link in all_links().values():
        said, prior = link.said.neutral, account.links[link.id].prior
        neutral = common[link.id].prior.median if isinstance(said, str) else float(said)
        fixed = parameters.get(link.path)
        value = account.settings.get(link.path, prior.median) if fixed is None else fixed
        stays = fixed is not None or not drawn or prior.low == prior.high
        # what nobody disputes stands at its neutral value and works all the same
        if stays and value == neutral and not isinstance(said, str):
            held.append((link.id, neutral))
    return tuple(held)


@cache
def _graph(rules: tuple[Rule, ...], neutral: tuple[tuple[str, float], ...]) -> Graph:
    return graph_of(rules, dict(neutral))


def _opening(
    sources: Sequence[str], goals: frozenset[str], rules: tuple[Rule, ...], neutral: tuple[tuple[str, float], ...]
) -> Opening | None:
    """Return the links that would open a path, none if nothing would, and whether all are needed; None if there is one.

    Where some would alone, these are named.
    """
    if reached(_graph(rules, neutral), sources) & goals:
        return None
    single = [link for link, _ in neutral if _opens(sources, goals, rules, [one for one in neutral if one[0] != link])]
    if single or not _opens(sources, goals, rules, []):
        return tuple(single), False
    needed = list(neutral)
    for one in neutral:  # leaves out what is not needed for a path, one after the other
        if _opens(sources, goals, rules, [(link, value) for link, value in neutral if (link, value) not in needed
                                          or (link, value) == one]):  # fmt: skip
            needed.remove(one)
    return tuple(link for link, _ in needed), True


def _opens(sources: Sequence[str], goals: frozenset[str], rules: tuple[Rule, ...], held: list[Held]) -> bool:
    return bool(reached(_graph(rules, tuple(held)), sources) & goals)
