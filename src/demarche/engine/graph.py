"""The world as one graph: which fields can move which others, through rules, decisions, stocks and the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from demarche.cast.cast import Cast
from demarche.engine.initial import world_codes
from demarche.engine.measured import fields_of
from demarche.engine.membership import SEAT_FIELDS
from demarche.engine.variables import OUTCOMES, SERIES
from demarche.rules.contract import Rule
from demarche.rules.flows import Flows, flows_of
from demarche.world.decisions import DECISIONS
from demarche.world.fields import FIELDS
from demarche.world.levers import BINDING_FIELDS
from demarche.world.world import World

Graph = Mapping[str, frozenset[str]]
"""Field -> fields that it can move at once."""


@cache
def _flows(rule: Rule, neutral: tuple[tuple[str, float], ...]) -> Flows:
    return flows_of(rule, dict(neutral))


def graph_of(rules: Iterable[Rule], neutral: Mapping[str, float]) -> Graph:
    """Return the graph of some rules.

    Parameters
    ----------
    rules
        Rules that act.
    neutral
        Link -> value, of those that are held where they do nothing; what they carry is no path.
    """
    found: dict[str, set[str]] = {}
    for rule in rules:
        held = tuple((link, neutral[link]) for link in rule.links if link in neutral)
        for target, sources in _flows(rule, held).items():
            for source in sources:
                found.setdefault(source, set()).add(target)
    for source, target in engine_flows():
        found.setdefault(source, set()).add(target)
    return {source: frozenset(targets) for source, targets in found.items()}


@cache
def engine_flows() -> tuple[tuple[str, str], ...]:
    """Return what the engine itself carries: utilities and levers into choices, changes into stocks, levers into seats.
    """
    pairs = [(f"{name}_change", name) for name, spec in FIELDS.items() if spec.kind == "stock"]
    for decision in DECISIONS:
        sources = (f"{decision.name}_utility", f"{decision.name}_held", decision.among, decision.trigger,
                   decision.purse, BINDING_FIELDS.get(decision.name, ""))  # fmt: skip
        pairs += [(source, f"{decision.name}_choice") for source in sources if source]
        if decision.name in BINDING_FIELDS:
            pairs.append((BINDING_FIELDS[decision.name], f"{decision.name}_held"))
    return tuple(pairs + [("lever_seats", seats) for seats in SEAT_FIELDS])


def reached(graph: Graph, sources: Iterable[str]) -> frozenset[str]:
    """Return every field that some fields can move, in however many steps, themselves included."""
    found, waiting = set(sources), list(sources)
    while waiting:
        for target in graph.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def fields_of_outcomes(cast: Cast, outcomes: Collection[str]) -> dict[str, frozenset[str]]:
    """Return outcome -> fields that it is read from."""
    world, by_name = World(world_codes(cast), 2), {one.name: one for one in SERIES}
    return {name: fields_of(by_name[OUTCOMES[name].series], world) for name in outcomes}
