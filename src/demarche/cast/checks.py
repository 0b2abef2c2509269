"""Strict reading of a cast file: every value keeps its place, every problem is collected.

A cast is read without a schema library, because this layer stays free of one; the
checks are the same as for scenario files: duplicate and unknown keys, aliases, tags,
values of the wrong kind or out of range, months that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.errors import Problem, closest
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import yaml

PLAIN_TAGS = ("str", "int", "float", "bool", "null")


@dataclass(frozen=True)
class Item:
    """One value of a YAML file and its place.

    Parameters
    ----------
    value
        A scalar, a dict of items or a list of items.
    file, line, column
        Place in the file, counted from 1.
    path
        Dotted path of the value, such as `issues[2].tractability`.
    """

    value: Any
    file: str
    line: int
    column: int
    path: str

    @property
    def where(self) -> str:
        """Return `file:line:column: dotted.path`."""
        return f"{self.file}:{self.line}:{self.column}" + (f": {self.path}" if self.path else "")


def read_document(path: Path, problems: list[Problem]) -> Item:
    """Read a YAML file; a file that cannot be read gives an empty mapping and a problem."""
    import yaml

    empty = Item({}, str(path), 1, 1, "")
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(empty.where, f"the file cannot be read ({error})"))
        return empty
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else empty.where
        problems.append(Problem(place, f"not valid YAML ({error.problem})"))
        return empty
    except yaml.YAMLError as error:
        problems.append(Problem(empty.where, f"not valid YAML ({error})"))
        return empty
    if node is None:
        problems.append(Problem(empty.where, "the file is empty"))
        return empty
    return _Placing(str(path), problems).item(node, "")


class _Placing:
    """Turns composed nodes into items and refuses what a cast file must not contain."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.seen: set[int] = set()

    def item(self, node: yaml.Node, path: str) -> Item:
        """Return the item of a node."""
        import yaml

        mark = node.start_mark
        place = Item(None, self.file, mark.line + 1, mark.column + 1, path)
        if id(node) in self.seen:
            self.problems.append(Problem(place.where, "aliases are not read", fix="write the value out"))
            return place
        self.seen.add(id(node))
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            value = [self.item(child, f"{path}[{i}]") for i, child in enumerate(node.value)]
        else:
            value = self._scalar(node, place)
        return Item(value, self.file, place.line, place.column, path)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Item]:
        entries: dict[str, Item] = {}
        for key, child in node.value:
            name = str(key.value)
            mark = key.start_mark
            if name in entries:
                where = f"{self.file}:{mark.line + 1}:{mark.column + 1}: {path}"
                fix = "remove one of the two"
                self.problems.append(Problem(where, f"the key '{name}' is repeated", fix=fix))
            entries[name] = self.item(child, f"{path}.{name}" if path else name)
        return entries

    def _scalar(self, node: yaml.Node, place: Item) -> Any:
        import yaml

        kind = node.tag.rpartition(":")[2]
        if kind not in PLAIN_TAGS or not node.tag.startswith("tag:yaml.org,"):
            found = f"{node.value} ({node.tag})"
            fix = "put it in quotes"
            self.problems.append(Problem(place.where, "values of this type are not read", found, fix=fix))
            return str(node.value)
        if kind in ("int", "float") and re.search(r"[:_]|^[-+]?0[0-9a-z]", node.value):
            fix = "write a plain number, without leading zeros, colons or underscores"
            found = f"'{node.value}'"
            self.problems.append(Problem(place.where, "an ambiguous number", found, fix=fix))
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except (ValueError, yaml.YAMLError) as error:
            self.problems.append(Problem(place.where, f"the value cannot be read ({error})", str(node.value)))
            return None


def mapping(
    item: Item, problems: list[Problem], required: Collection[str] = (), optional: Collection[str] | None = ()
) -> dict[str, Item]:
    """Return the entries of a mapping; with `optional` None any further key is admissible."""
    if not isinstance(item.value, dict):
        problems.append(Problem(item.where, "not a mapping", _found(item), "keys with values"))
        return {}
    entries: dict[str, Item] = item.value
    for name in required:
        if name not in entries:
            problems.append(Problem(item.where, f"the key '{name}' is missing", fix=f"add '{name}:'"))
    if optional is not None:
        known = [*required, *optional]
        for name, entry in entries.items():
            if name not in known:
                expected, near = ", ".join(known) if len(known) <= 20 else "", closest(name, known)
                problems.append(Problem(entry.where, f"unknown key '{name}'", "", expected, near))
    return entries


def sequence(item: Item | None, problems: list[Problem]) -> list[Item]:
    """Return the entries of a list that must not be empty; none if the item is absent."""
    if item is None:
        return []
    if not isinstance(item.value, list) or not item.value:
        problems.append(Problem(item.where, "not a list with entries", _found(item), "a list"))
        return []
    return list(item.value)


def text(item: Item | None, problems: list[Problem]) -> str:
    """Return a text that must not be empty; absent gives an empty text (`mapping` has reported it)."""
    if item is None:
        return ""
    if isinstance(item.value, str) and item.value.strip():
        return item.value.strip()
    problems.append(Problem(item.where, "not a text", _found(item), "a text that is not empty"))
    return ""


def choice(item: Item | None, options: Collection[str], what: str, problems: list[Problem]) -> str:
    """Return a text that must be one of some names."""
    name = text(item, problems)
    if item is not None and name and name not in options:
        expected = ", ".join(options) if len(options) <= 20 else f"one of {len(options)} known names"
        problems.append(Problem(item.where, f"unknown {what}", f"'{name}'", expected, closest(name, options)))
    return name


def number(item: Item | None, problems: list[Problem], low: float = 0.0, high: float = 1.0) -> float:
    """Return a finite number in `[low, high]`; absent or wrong gives `low`."""
    if item is None:
        return low
    value = item.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and low <= value <= high:
        return float(value)
    expected = f"a number from {low:g} to {high:g}"
    problems.append(Problem(item.where, "not an admissible number", _found(item), expected))
    return low


def whole(item: Item | None, problems: list[Problem], low: int, high: int) -> int:
    """Return a whole number in `[low, high]`; absent or wrong gives `low`."""
    value = number(item, problems, low, high)
    if item is not None and value != int(value):
        problems.append(Problem(item.where, "not a whole number", _found(item), f"{low} to {high}"))
    return int(value)


def month(item: Item | None, problems: list[Problem]) -> Month | None:
    """Return a month written `YYYY-MM`, None if it is absent or wrong."""
    if item is None:
        return None
    try:
        return Month.parse(item.value if isinstance(item.value, str) else str(item.value))
    except ValueError:
        problems.append(Problem(item.where, "not a month", _found(item), "year and month as YYYY-MM"))
        return None


def _found(item: Item) -> str:
    """Return how a value is shown in a message."""
    if isinstance(item.value, dict):
        return "a mapping"
    if isinstance(item.value, list):
        return f"a list of {len(item.value)}"
    return "nothing" if item.value is None else f"'{item.value}'"
