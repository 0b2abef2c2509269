"""Rooms within a layer: those of the experiment look one way, and only the reading room reads files of users."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_circles import SOURCE, own_imports

ROOMS = ("tables", "design", "chunks", "ledger", "results", "run")
"""The rooms of `demarche.experiment`: none imports from a later one."""

MOST_ARROWS = 13
READERS = {"yaml": {"reading/yaml_nodes.py"}, "csv.reader": {"reading/tables.py"}, "csv.DictReader": set[str]()}
"""Who may read what; the register of claims reads its own packaged data."""


def arrows(graph: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Return room and imported room, for those of the experiment that differ."""
    found = set()
    for name, others in graph.items():
        for other in others:
            ends = [one.split(".")[2] for one in (name, other) if one.startswith("demarche.experiment.")]
            if len(ends) == 2 and ends[0] != ends[1]:
                found.add((ends[0], ends[1]))
    return found


def test_rooms_of_the_experiment_look_one_way() -> None:
    found = arrows(own_imports())
    assert {room for ends in found for room in ends} == set(ROOMS)
    assert not {(room, other) for room, other in found if ROOMS.index(other) > ROOMS.index(room)}
    assert len(found) <= MOST_ARROWS


def test_floors_of_the_experiment() -> None:
    found = arrows(own_imports())

    def floor(room: str) -> int:
        return 1 + max((floor(other) for one, other in found if one == room), default=0)

    assert max(map(floor, ROOMS)) == 5


def used(path: Path) -> Iterator[str]:
    """Yield what a module imports, and the names that it takes of `csv`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "csv":
            yield f"csv.{node.attr}"


def test_one_room_reads_yaml_and_csv() -> None:
    found: dict[str, set[str]] = {what: set() for what in READERS}
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        for what in set(used(path)) & set(READERS):
            found[what] |= {name} - {"claims/register.py"}
    assert found == READERS
