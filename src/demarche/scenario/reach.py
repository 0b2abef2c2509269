"""Levers that cannot move any outcome that is shown, by account, and the link by which they would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class NoReach:
    """A lever without a path to any outcome that is shown.

    Parameters
    ----------
    lever
        Its name.
    accounts
        Accounts in which it has none.
    links
        Links that are neutral in them and would open one; empty if none would.
    """

    lever: str
    accounts: tuple[str, ...]
    links: tuple[str, ...]

    def __str__(self) -> str:
        where = f"in {', '.join(self.accounts)}"
        if self.links:
            verb = "is" if len(self.links) == 1 else "are"
            word = "link" if len(self.links) == 1 else "links"
            because = f"it would by the {word} {', '.join(self.links)}, which {verb} neutral there"
        else:
            because = "no rule leads from it to any of them"
        return f"the lever {self.lever} reaches none of the outcomes shown {where}: {because}"


def told_reach(scenario: Scenario, arms: Sequence[str], drawn: bool, swept: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each lever that reaches no outcome shown, in the accounts in which it does not."""
    return tuple(map(str, without_reach(scenario, arms, drawn, swept)))


def without_reach(
    scenario: Scenario, arms: Sequence[str], drawn: bool = False, swept: Sequence[str] = ()
) -> tuple[NoReach, ...]:
    """Return the levers of some arms, and those that are swept, that reach none of the scenario's outcomes.

    Parameters
    ----------
    scenario
        The scenario.
    arms
        Names of arms.
    drawn
        Links are drawn: only those whose prior is a single value stay where they are.
    swept
        Paths of parameters that vary.
    """
    used = {(choice.lever, scenario.arms[arm].rules_off) for arm in arms for choice in scenario.arms[arm].choices}
    used |= {(path.split(".")[1], ()) for path in swept if path.startswith(SWEPT) and path in LEVER_PATHS}
    if not used:
        return ()
    goals = frozenset().union(*fields_of_outcomes(scenario.cast, scenario.outcomes).values())
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for lever, off in sorted(used):
        for name, account in scenario.accounts.items():
            rules = tuple(rule for rule in scenario.catalogue.on(name) if rule.id not in off)
            links = _opening(lever, goals, rules, neutral_links(account, scenario.parameters, drawn))
            if links is not None:
                found.setdefault((lever, links), []).append(name)
    return tuple(NoReach(lever, tuple(dict.fromkeys(names)), links) for (lever, links), names in found.items())


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
    lever: str, goals: frozenset[str], rules: tuple[Rule, ...], neutral: tuple[tuple[str, float], ...]
) -> tuple[str, ...] | None:
    """Return the links that would open a path, none if nothing would; None if there is a path."""
    sources = [part.field for part in LEVER_OF[lever].parts]
    if reached(_graph(rules, neutral), sources) & goals:
        return None
    single = [link for link, _ in neutral if _opens(sources, goals, rules, [one for one in neutral if one[0] != link])]
    if single or not _opens(sources, goals, rules, []):
        return tuple(single)
    needed = list(neutral)
    for one in neutral:  # leaves out what is not needed for a path, one after the other
        if _opens(sources, goals, rules, [(link, value) for link, value in neutral if (link, value) not in needed
                                          or (link, value) == one]):  # fmt: skip
            needed.remove(one)
    return tuple(link for link, _ in needed)


def _opens(sources: list[str], goals: frozenset[str], rules: tuple[Rule, ...], held: list[tuple[str, float]]) -> bool:
    return bool(reached(_graph(rules, tuple(held)), sources) & goals)
