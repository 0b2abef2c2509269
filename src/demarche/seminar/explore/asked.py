"""What a lecturer asks the explorer: two arms, an account, an outcome, levers of the first arm, links of the world."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from demarche.accounts.links import all_links
from demarche.accounts.packaged import common_account
from demarche.accounts.priors import Prior
from demarche.engine.variables import OUTCOMES, SERIES
from demarche.errors import DesignError, Problem, closest
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.content import Arm, Choice, Scenario
from demarche.world.levers import LEVER_OF
from demarche.world.levers.spec import LeverPart

EVERYBODY = "all_senders"
SLIDERS = (("channel_mix", "quiet"), ("channel_mix", "vocal"), ("effort", ""))
"""Levers that have sliders, set for all senders alike, with the part of each."""

MOST_LINKS = 4
EXPLORED = "explored"
KEPT = ("question", "cast", "period", "accounts", "rules", "calendar", "outcomes", "aliases", "bundles")
SERIES_OF = {one.name: one for one in SERIES}


@dataclass(frozen=True)
class Controls:
    """What can be asked of a scenario.

    Parameters
    ----------
    arms, accounts, outcomes
        Names; outcomes are series by month.
    levers
        Name of a slider -> part of the lever that it sets.
    links
        Id of a link -> account -> what that account holds of it.
    """

    arms: tuple[str, ...]
    accounts: tuple[str, ...]
    outcomes: tuple[str, ...]
    levers: Mapping[str, LeverPart]
    links: Mapping[str, Mapping[str, Prior]]

    def range_of(self, link: str) -> tuple[float, float]:
        """Return the lowest and the highest value that any account allows a link."""
        priors = self.links[link].values()
        return min(one.low for one in priors), max(one.high for one in priors)


@dataclass(frozen=True)
class Asked:
    """One question; its address is `query`.

    Parameters
    ----------
    arm, reference, account, outcome
        Names: the first arm is compared with the second.
    levers, links
        Values of the sliders that are set; levers are of the first arm, links of both.
    """

    arm: str
    reference: str
    account: str
    outcome: str
    levers: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, float] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The question as the end of an address."""
        plain = {"arm": self.arm, "reference": self.reference, "account": self.account, "outcome": self.outcome}
        numbers = {**self.levers, **{f"link.{name}": value for name, value in self.links.items()}}
        return urlencode({**plain, **{name: f"{value:g}" for name, value in numbers.items()}})


def controls_of(scenario: Scenario) -> Controls:
    """Return what can be asked of a scenario: of links those at issue in it, else those on which accounts differ."""
    named = [OUTCOMES[name].series for name in scenario.outcomes]
    parts = {
        f"{lever}.{key}" if key else lever: part
        for lever, key in SLIDERS for part in LEVER_OF[lever].parts if part.key == key
    }  # fmt: skip
    known, common = all_links(), common_account()
    held = {
        name: {account: one.links.get(name, common.links[name]).prior for account, one in scenario.accounts.items()}
        for name in known
    }
    at_issue = scenario.lesson.links if scenario.lesson is not None else ()
    differ = sorted(held, key=lambda name: -len({prior.median for prior in held[name].values()}))
    links = list(dict.fromkeys((*at_issue, *differ)))[:MOST_LINKS]
    outcomes = tuple(dict.fromkeys(name for name in named if name in SERIES_OF))
    chosen = {name: held[name] for name in links}
    return Controls(tuple(scenario.arms), tuple(scenario.accounts), outcomes, parts, chosen)


def read_asked(scenario: Scenario, controls: Controls, query: Mapping[str, str]) -> Asked:
    """Return the question of an address; what it does not say is as the scenario has it.

    Raises
    ------
    DesignError
        If it names something that is not there, or a number out of its range.
    """
    question = scenario.asked
    default = {
        "arm": question.contrast[0] if question.contrast else controls.arms[0],
        "reference": question.reference or controls.arms[-1],
        "account": controls.accounts[0], "outcome": controls.outcomes[0],
    }  # fmt: skip
    known: dict[str, Sequence[str]] = {
        "arm": controls.arms, "reference": controls.arms, "account": controls.accounts, "outcome": controls.outcomes,
    }  # fmt: skip
    plain = {name: query.get(name, default[name]) for name in known}
    for name, value in plain.items():
        if value not in known[name]:
            near = closest(value, known[name])
            raise DesignError([Problem(name, f"there is no such {name}", value[:40], ", ".join(known[name]), near)])
    levers = {name: _number(name, query[name], part.low, part.high)
              for name, part in controls.levers.items() if query.get(name)}  # fmt: skip
    links = {name: _number(f"link.{name}", query[f"link.{name}"], *controls.range_of(name))
             for name in controls.links if query.get(f"link.{name}")}  # fmt: skip
    if sum(value for name, value in levers.items() if name.startswith("channel_mix")) > 1.0:
        raise DesignError([Problem("channel_mix", "private and public parts add up to more than 1")])
    return Asked(**plain, levers=levers, links=links)


def _number(name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise DesignError([Problem(name, "this is out of range", text[:20], f"{low:g} to {high:g}")])
    return value


def explored_arm(scenario: Scenario, asked: Asked) -> Arm:
    """Return the first arm with the levers of the question on top, under a name of its own."""
    arm = scenario.arms[asked.arm]
    choices = [
        Choice(name, EVERYBODY, {part.field: values.get(part.key, 0.0) for part in LEVER_OF[name].parts})
        for name, values in _by_lever(asked).items()
    ]
    return Arm(EXPLORED, arm.title, (*arm.choices, *choices), arm.start, arm.edits, arm.rules_off, arm.moves)


def _by_lever(asked: Asked) -> dict[str, dict[str, float]]:
    """Return lever -> key of a part -> value."""
    found: dict[str, dict[str, float]] = {}
    for name, value in asked.levers.items():
        lever, _, key = name.partition(".")
        found.setdefault(lever, {})[key] = value
    return {lever: found[lever] for lever in LEVER_OF if lever in found}  # as a file is read


def scenario_text(scenario: Scenario, asked: Asked) -> str:
    """Return the question as a scenario file, to lie beside the one that it was asked of; JSON values are YAML."""
    document = read_yaml(scenario.path)
    lines = ["# Saved by the explorer; put it beside " + scenario.path.name,
             f"title: {json.dumps('Explored: ' + scenario.title, ensure_ascii=False)}"]  # fmt: skip
    lines += [f"{key}: {_said(document.get(key))}" for key in KEPT if key in document.keys_at()]
    values = {**scenario.parameters, **{all_links()[name].path: value for name, value in asked.links.items()}}
    if values:
        lines.append(f"parameters: {_said(values)}")
    arms = document.get("arms")
    own = arms.get(asked.arm) if isinstance(arms, dict) else None
    first: dict[str, object] = dict(own) if isinstance(own, dict) else {}
    if asked.levers:
        phase = {name: {EVERYBODY: parts.get("", parts)} for name, parts in _by_lever(asked).items()}
        earlier = first.get("phases")
        first["phases"] = [*(earlier if isinstance(earlier, list) else ()), phase]
    other = arms.get(asked.reference) if isinstance(arms, dict) else {}
    lines += ["arms:", f"  {EXPLORED}: {_said(first)}", f"  {asked.reference}: {_said(other or {})}",
              f"contrast: [{EXPLORED}, {asked.reference}]", f"reference: {asked.reference}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def experiment_text(asked: Asked, scenario: str, pairs: int, seed: int) -> str:
    """Return the experiment whose replications are the pairs of the fan."""
    return (
        f"# Saved by the explorer; put it beside {scenario}\nscenario: {scenario}\n"
        f"replications: {pairs}\nseed: {seed}\n"
        f"arms: [{EXPLORED}, {asked.reference}]\naccounts: [{asked.account}]\nrecord: {{series: true, events: true}}\n"
    )
