"""Worked examples of rules: given fields, parameters and month, then exact numbers; read from files beside the rules.

`<family>/<module>.examples.yaml` holds examples of the rules of that module. Rows are named as on the rule bench
(`AAA` is the focal state, `BBB` the leading critic), options and events by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import KeyPath, read_yaml
from demarche.rules import catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import find_rules
from demarche.world.axes import PERSON_STATUS, TREATY_STAGES
from demarche.world.calendar import EVENT_KINDS
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS
from demarche.world.world import World
from tests.support.rule_bench import CODES, OTHERS, PRESET, RuleBench

BENCH_AXES = World(CODES, 2).codes
SUFFIX = ".examples.yaml"
HELD = "_held"


class Event(Strict):
    """One event of the calendar: what, in which step, who, how strong."""

    kind: str
    step: int
    actors: list[str] = Field(default_factory=list)
    strength: float = 1.0


class Entry(Strict):
    """One example as it stands in the file."""

    rule: str
    title: str
    fields: dict[str, Any] = Field(default_factory=dict)
    parameters: dict[str, float] = Field(default_factory=dict)
    step: int = 0
    events: list[Event] = Field(default_factory=list)
    draws: dict[str, Any] = Field(default_factory=dict)
    changes: dict[str, Any] = Field(default_factory=dict)
    becomes: dict[str, Any] = Field(default_factory=dict)


class File(Strict):
    """One file of examples."""

    examples: list[Entry]


@dataclass(frozen=True)
class Example:
    """One example that can be run.

    Parameters
    ----------
    place
        File and line.
    entry
        As it stands in the file.
    """

    place: str
    entry: Entry

    @property
    def rule(self) -> Rule:
        """The rule that acts."""
        return {rule.id: rule for rule in find_rules()}[self.entry.rule]


def example_files() -> list[Path]:
    """Return the files of examples beside the rules, sorted."""
    return sorted(path for root in catalogue.__path__ for path in Path(root).rglob(f"*{SUFFIX}"))


def read_examples(path: Path) -> list[Example]:
    """Read one file.

    Raises
    ------
    ScenarioError
        With every problem of the file at once: unknown keys, rules, fields, rows, words, parameters, draws and
        kinds of events, and whatever the rule needs that is not given.
    """
    document = read_yaml(path)
    report = Report(document)
    file = validate(File, report)
    if file is not None:
        for position, entry in enumerate(file.examples):
            _check(report, ("examples", position), entry, path)
    report.raise_if_any()
    assert file is not None
    lines = [report.mark(("examples", position)).line for position in range(len(file.examples))]
    return [Example(f"{path}:{line}", entry) for line, entry in zip(lines, file.examples, strict=True)]


def _check(report: Report, place: KeyPath, entry: Entry, path: Path) -> None:
    rules = {rule.id: rule for rule in find_rules()}
    if entry.rule not in rules:
        report.add((*place, "rule"), f"no rule is called '{entry.rule}'", name=entry.rule, among=rules)
        return
    rule = rules[entry.rule]
    module = rule.body.__module__.rpartition(".")[2]
    if module != path.name.removesuffix(SUFFIX):
        fix = f"move it to {module}{SUFFIX}"
        report.add((*place, "rule"), f"the rule is one of the module {module}", found=entry.rule, fix=fix)
    _check_names(report, (*place, "fields"), entry.fields, (*rule.reads, *rule.writes), "field of the rule")
    _check_names(report, (*place, "parameters"), entry.parameters, rule.arguments, "parameter")
    _check_names(report, (*place, "draws"), entry.draws, rule.draws, "draw")
    for part in ("changes", "becomes"):
        _check_names(report, (*place, part), getattr(entry, part), rule.writes, "field that the rule writes")
    given = {*entry.fields, *PRESET, *filter(_may_be_free, rule.reads)}
    _check_given(report, (*place, "fields"), "field", rule.reads, given)
    _check_given(report, (*place, "parameters"), "parameter", rule.arguments, entry.parameters)
    _check_given(report, (*place, "draws"), "draw", rule.draws, entry.draws)
    _check_events(report, place, entry, rule)
    for part in ("fields", "changes", "becomes"):
        for name, value in getattr(entry, part).items():
            if name in FIELDS:
                _check_value(report, (*place, part, name), value, axes_of(name), words_of(name))
    if not (entry.changes or entry.becomes):
        report.add(place, "it says nothing of what comes out", fix="add changes or becomes")


def _may_be_free(field: str) -> bool:
    """Tell whether a field is one that nobody need set: a lever, or a seat that is not bound."""
    return FIELDS[field].kind == "lever" or field.endswith(HELD)


def _check_names(report: Report, place: KeyPath, given: Iterable[str], known: Iterable[str], what: str) -> None:
    known = list(dict.fromkeys(known))
    for name in given:
        if name not in known:
            told = ", ".join(known) or "none"
            report.add((*place, name), f"'{name}' is no {what}", expected=told, name=name, among=known, at_key=True)


def _check_given(report: Report, place: KeyPath, what: str, needed: Iterable[str], given: Iterable[str]) -> None:
    missing = [name for name in needed if name not in given]
    if missing:
        report.add(place, f"the rule needs a {what} that is not given", expected=", ".join(missing), at_key=True)


def _check_events(report: Report, place: KeyPath, entry: Entry, rule: Rule) -> None:
    for position, event in enumerate(entry.events):
        here = (*place, "events", position)
        if event.kind not in rule.calendar:
            told = ", ".join(rule.calendar or EVENT_KINDS)
            report.add((*here, "kind"), f"the rule asks for no event '{event.kind}'", expected=told)
        for number, actor in enumerate(event.actors):
            if actor not in CODES["state"]:
                report.add(
                    (*here, "actors", number), f"no state is called '{actor}'", expected=", ".join(CODES["state"])
                )


def _check_value(report: Report, place: KeyPath, value: Any, axes: list[tuple[str, ...]], words: list[str]) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str | list | Mapping) and not is_number:
        report.add(place, "this is no value of the field", found=value, expected="a number, a word, a list or rows")
    elif isinstance(value, str):
        if value not in words:
            report.add(place, f"'{value}' is no value of the field", expected=", ".join(words) or "a number")
    elif isinstance(value, list):
        if len(axes) != 1 or len(value) != len(axes[0]):
            sizes = " by ".join(str(len(axis)) for axis in axes) or "one number"
            report.add(place, f"a list of {len(value)} does not fit the field", expected=sizes)
    elif isinstance(value, Mapping):
        if not axes:
            report.add(place, "the field has no rows", expected="a number")
            return
        for row, part in value.items():
            if row == OTHERS:
                _check_value(report, (*place, row), part, axes[1:], words)
            elif row not in axes[0]:
                told = ", ".join(axes[0][:12])
                report.add(
                    (*place, row), f"no row is called '{row}'", expected=told, name=row, among=axes[0], at_key=True
                )
            else:
                _check_value(report, (*place, row), part, axes[1:], words)


def axes_of(field: str) -> list[tuple[str, ...]]:
    """Return the names of the rows of each axis of a field on the bench, without the run axis."""
    return [_rows(axis) for axis in FIELDS[field].axes]


def _rows(axis: str) -> tuple[str, ...]:
    if axis.startswith("option:"):
        return DECISION_OF[axis.removeprefix("option:")].options
    return BENCH_AXES[axis]


def words_of(field: str) -> list[str]:
    """Return the words that stand for numbers in a field: options of a choice, labels of an event, stages."""
    stages = {"person_status": PERSON_STATUS, "treaty_stage": TREATY_STAGES}
    for ending in ("_choice", HELD):
        if field.removesuffix(ending) in DECISION_OF and field.endswith(ending):
            return list(DECISION_OF[field.removesuffix(ending)].options)
    return list(stages.get(field, FIELDS[field].labels))


def fill(target: NDArray[Any], value: Any, axes: list[tuple[str, ...]], words: list[str], first: int) -> None:
    """Write a value into an array `(*axes, n_runs)`: for all rows, one a row, or for the rows that are named.

    `first` is the number of the first word.
    """
    if isinstance(value, Mapping):
        for row in sorted(value, key=lambda name: name != OTHERS):
            where = slice(None) if row == OTHERS else axes[0].index(row)
            fill(target[where], value[row], axes[1:], words, first)
    elif isinstance(value, str):
        target[...] = words.index(value) + first
    else:
        number = np.asarray(value, dtype=float)
        target[...] = number[:, None] if number.ndim else number


def outcome(example: Example) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """Let the rule of an example act and return what each field it writes became, and what it should have become."""
    entry, bench = example.entry, RuleBench(n_runs=2)
    for name, value in entry.fields.items():
        fill(bench.world[name], value, axes_of(name), words_of(name), _first(name))
    expected = {name: bench.world[name].astype(float) for name in example.rule.writes}
    for name, value in entry.changes.items():
        added = np.zeros_like(expected[name])
        fill(added, value, axes_of(name), words_of(name), _first(name))
        expected[name] += added
    for name, value in entry.becomes.items():
        fill(expected[name], value, axes_of(name), words_of(name), _first(name))
    events = [(event.kind, event.step, tuple(event.actors), event.strength) for event in entry.events]
    bench.act(entry.rule, step=entry.step, events=events, draws=entry.draws, **entry.parameters)
    return {name: (bench.world[name].astype(float), expected[name]) for name in expected}


def _first(field: str) -> int:
    return 1 if FIELDS[field].kind == "event" else 0
