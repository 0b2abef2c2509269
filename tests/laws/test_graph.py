"""Law: nothing is dead. What is written is read, and every lever, link, base rate and number reaches an outcome.

First by what rules declare, which is quick; then by what their bodies do when each input is changed in turn.
"""

from __future__ import annotations

import ast
import dataclasses
from functools import cache
from pathlib import Path

import pytest

import demarche.engine
from demarche.accounts.links import all_links, all_rates
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.graph.probed import Edges, probed_edges
from demarche.analysis.graph.reach import (
    Graph,
    declared_graph,
    measured_graph,
    outcome_fields,
    reaching,
    recorded_fields,
)
from demarche.cast import members
from demarche.cast.cast import load_cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.fields import FIELDS

ROOT = Path(__file__).parents[2]
ADDED = (
    CalendarEvent("nameless", "summit", Month(1990, 5)), CalendarEvent("early_review", "peer_review", Month(1990, 6)),
    CalendarEvent("quarrel", "sender_dispute", Month(1990, 7)),
)  # fmt: skip
"""A summit that names nobody is the joint bloc's; a review early enough for its mid-term; a kind that no cast has."""
LAID_BY_THE_ENGINE = {"bodies.delegations_lean.posterior_draw": "which draw of the votes: laid with the world"}


def fields_in(folder: Path) -> frozenset[str]:
    """Return the fields that modules of a folder take from a world by name: `world["name"]`, not assigned to."""
    found = set()
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
                inner = node.slice
                if isinstance(inner, ast.Constant) and inner.value in FIELDS:
                    found.add(str(inner.value))
    return frozenset(found)


def dead_fields(graph: Graph, catalogue: Catalogue) -> list[str]:
    """Return the written or given fields of which nothing is left in any outcome, series or event."""
    alive = reaching(graph, recorded_fields()) | fields_in(Path(demarche.engine.__path__[0]))
    written = {name for rule in catalogue.rules for name in rule.writes}
    given = {name for name, spec in FIELDS.items() if spec.kind in ("data", "lever")}
    return sorted((written | given) - alive)


def test_every_field_that_is_written_or_given_is_read_or_recorded() -> None:
    assert not dead_fields(declared_graph(packaged()), packaged())


def test_every_link_base_rate_and_lever_is_named_by_a_rule_that_reaches_an_outcome() -> None:
    alive = reaching(declared_graph(packaged()), outcome_fields())
    reached = {path for rule in packaged().rules if set(rule.writes) & alive for path in rule.shared_paths}
    assert reached == {one.path for one in (*all_links().values(), *all_rates().values())}
    assert {name for name, spec in FIELDS.items() if spec.kind == "lever"} <= alive


def test_every_fact_that_a_cast_states_of_its_members_is_read() -> None:
    """Codes, titles and sources are for readers; the rest has to be used outside the file's own model."""
    for_readers = {"code", "title", "source", "levels_source"}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "demarche").rglob("*.py")
                        if path.name != "members.py")  # fmt: skip
    names = {
        name
        for one in (members.Ngo, members.Donor, members.Body, members.Treaty, members.Firm)
        for name in one.model_fields
    }
    assert not {name for name in names - for_readers if f".{name}" not in sources and f'"{name}"' not in sources}


@cache
def edges() -> Edges:
    cast, period = load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"), Period(Month(1989, 6), 283)
    arm = ArmSetup("as_it_was", Calendar(period, (*cast.events, *ADDED)))
    setup = Setup(cast, period, {"as_it_was": arm}, packaged_accounts())
    return probed_edges(setup, "as_it_was", "strategic_target", 40, seed=3)


@pytest.mark.long
def test_every_rule_acts_and_every_field_that_it_reads_moves_what_it_writes() -> None:
    found, rules = edges(), packaged().rules
    assert found.asked == {rule.id for rule in rules}
    idle = [(rule.id, name) for rule in rules for name in rule.reads if not found.of_fields[rule.id].get(name)]
    assert not idle


@pytest.mark.long
def test_every_number_of_a_rule_moves_what_it_writes_and_that_reaches_an_outcome() -> None:
    found, alive = edges().of_numbers, reaching(measured_graph(packaged(), edges()), outcome_fields())
    asked = {path for rule in packaged().rules for path in numbers_of(rule)} - LAID_BY_THE_ENGINE.keys()
    assert not {path for path in asked if not found.get(path, frozenset()) & alive}


def numbers_of(rule: Rule) -> tuple[str, ...]:
    own = zip(rule.parameter_paths, rule.parameters, strict=True)
    return (*(path for path, number in own if number.low < number.high), *rule.shared_paths)


@pytest.mark.long
def test_nothing_dead_is_left_when_the_bodies_are_asked() -> None:
    graph = measured_graph(packaged(), edges())
    assert not dead_fields(graph, packaged())
    alive = reaching(graph, outcome_fields())
    assert {name for name, spec in FIELDS.items() if spec.kind == "lever"} <= alive


@pytest.mark.long
@pytest.mark.parametrize(("rule", "field"), [("senders.caution", "caution"), ("bodies.lending", "lend_utility")])
def test_without_its_reader_a_field_is_dead(rule: str, field: str) -> None:
    """Mutation: as if a rule ignored all that it reads; what it alone carried on is found."""
    deaf = dataclasses.replace(edges(), of_fields={**edges().of_fields, rule: {}})
    assert field not in dead_fields(measured_graph(packaged(), edges()), packaged())
    assert field in dead_fields(measured_graph(packaged(), deaf), packaged())
