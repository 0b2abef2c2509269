"""What reaches what: edges of rules, of decisions and of bookkeeping, followed to what a run leaves behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from demarche.analysis.graph.probed import Edges
from demarche.engine.graph import engine_flows
from demarche.engine.measured import fields_of
from demarche.engine.variables import EVENT_KINDS, OUTCOMES, SERIES
from demarche.rules.collected import Catalogue
from demarche.world.world import World

Graph = Mapping[str, frozenset[str]]


@cache
def series_fields() -> Mapping[str, frozenset[str]]:
    """Return series -> fields that it is read from."""
    world = World({"state": ("AAA", "BBB"), "issue": ("one",), "person": ("p",), "ngo": ("n",), "body": ("b",),
                   "treaty": ("t",), "firm": ("f",)}, 2)  # fmt: skip
    return {spec.name: fields_of(spec, world) for spec in SERIES}


def outcome_fields(*outcomes: str) -> frozenset[str]:
    """Return the fields that some outcomes rest on; all outcomes if none is named."""
    series = {OUTCOMES[name].series for name in outcomes or tuple(OUTCOMES)}
    return frozenset().union(*(series_fields()[name] for name in series))


def recorded_fields() -> frozenset[str]:
    """Return the fields that a run leaves something of: in outcomes, series or events."""
    of_events = {name for kind in EVENT_KINDS for name in (kind.field, kind.value, *(side for side, _ in kind.sides))}
    return frozenset().union(*series_fields().values(), of_events - {""})


def declared_graph(catalogue: Catalogue) -> Graph:
    """Return field -> fields that a rule which reads it may move, by what rules declare."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in catalogue.rules:
        for name in (*rule.reads, *rule.writes, *((rule.trigger,) if rule.trigger else ())):
            found[name] |= set(rule.writes) - {name}
    return _with_common(found, catalogue)


def measured_graph(catalogue: Catalogue, edges: Edges) -> Graph:
    """Return field -> fields that move with it in some rule, as measured."""
    found: dict[str, set[str]] = defaultdict(set)
    for reads in edges.of_fields.values():
        for name, moved in reads.items():
            found[name] |= moved
    return _with_common(found, catalogue)


def _with_common(found: dict[str, set[str]], catalogue: Catalogue) -> Graph:
    for source, target in engine_flows():
        found[source].add(target)
    for rule in catalogue.rules:
        if rule.trigger:
            found[rule.trigger] |= set(rule.writes)
    return {name: frozenset(moved) for name, moved in found.items()}


def reaching(graph: Graph, targets: Iterable[str]) -> frozenset[str]:
    """Return the fields from which some targets are reached, the targets too."""
    before: dict[str, set[str]] = defaultdict(set)
    for name, moved in graph.items():
        for other in moved:
            before[other].add(name)
    found = set(targets)
    waiting = list(found)
    while waiting:
        for name in before[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return frozenset(found)
