"""A room as files: its moves as an arm of a scenario that batches run, and what was ordered, said and believed."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from demarche.errors import DesignError, Problem
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.bundled import copy_files
from demarche.scenario.compile import arm_effects
from demarche.scenario.content import Arm, Choice, Scenario
from demarche.seminar.beliefs import brier
from demarche.seminar.room import Room
from demarche.seminar.timeline import CLASS, NOBODY
from demarche.world.levers import LEVER_OF

KEPT = (
    "title", "question", "cast", "period", "accounts", "rules", "calendar", "parameters", "outcomes", "aliases",
    "notes", "seminar",
)  # fmt: skip
"""Keys of a scenario that do not name its arms."""

WITHOUT = "without_"
MEDIANS, DRAWN, ALONE = (Path(f"experiments/{name}.yaml") for name in ("medians", "drawn", "without"))
"""Class and twin at medians; with every uncertain number drawn; the class and the class without each seat."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Signs by which a spreadsheet takes a text for a formula."""


def arms_of(room: Room) -> dict[str, Arm]:
    """Return the arms that a room adds up to, each kept to the end of the period: the class, and it without each seat.

    Seats without which the class would be the same, or would have done nothing, have none.

    Raises
    ------
    DesignError
        If the class left everything to the rules.
    """
    closed = room.stages_closed()
    arms = {NOBODY: Arm(NOBODY), CLASS: room.rulebook.arm(closed, keep=True)}
    for name in room.seminar.seats:
        others = [(stage, [order for order in orders if order.seat != name]) for stage, orders in closed]
        arm = room.rulebook.arm(others, keep=True)
        arms[WITHOUT + name] = dataclasses.replace(arm, name=WITHOUT + name, title=f"The class without {name}")
    effects = arm_effects(dataclasses.replace(room.scenario, arms=arms))
    if effects[CLASS][1] is None:
        what, fix = "the class left everything to the rules", "there is nothing to compare; play a round first"
        raise DesignError([Problem(str(room.log.path), what, fix=fix)])
    different: dict[object, str] = {}
    for name, (_, effect) in effects.items():
        different.setdefault(effect, name)
    return {name: arms[name] for name in different.values()}


def export_room(room: Room, folder: Path, replications: int, draws: int) -> list[Path]:
    """Write a room as files: scenario, moves, experiments and tables; nothing is overwritten.

    The first replication of the experiment at medians is the room's own history.

    Parameters
    ----------
    room
        The room.
    folder
        Where to; made if need be.
    replications
        Pairs of the experiments at medians.
    draws
        Draws of the experiment in which parameters are drawn.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    DesignError
        If the class left everything to the rules.
    ScenarioError
        If a file is there already, or cannot be written.
    """
    arms, scenario = arms_of(room), room.scenario
    # a scenario may be named from where the command stands, its cast is named in full
    root, name = scenario.path.resolve().parent, f"scenarios/{scenario.path.name}"
    replaced = {path.resolve() for path in _replaced(scenario)}
    contents = {
        Path("scenarios") / path.relative_to(root): path.read_bytes()
        for path in map(Path.resolve, scenario.files) if path.is_relative_to(root) and path not in replaced
    }  # fmt: skip
    contents[Path(name)] = _scenario_text(scenario, arms).encode()
    for arm in arms.values():
        if arm.name != NOBODY:
            contents[Path("scenarios", _moves_file(arm))] = _moves_text(arm).encode()
    contents |= _experiments(room, f"../{name}", arms, replications, draws)
    contents |= {Path(f"{table}.csv"): text.encode() for table, text in _tables(room).items()}
    contents[Path("log.sha256")] = f"{room.log.digest()}\n".encode()
    return copy_files(folder, contents)


def _experiments(room: Room, scenario: str, arms: Iterable[str], replications: int, draws: int) -> dict[Path, bytes]:
    head = f"scenario: {scenario}\nseed: {room.state.seed}\nrecord: {{series: true, events: true}}\n"
    pair, without = f"arms: [{CLASS}, {NOBODY}]\n", [name for name in arms if name.startswith(WITHOUT)]
    texts = {
        MEDIANS: f"# The first replication is the room's own history.\n{head}{pair}replications: {replications}\n",
        DRAWN: f"# Every uncertain number drawn.\n{head}{pair}draws: {draws}\nlucks: 1\n",
    }
    if without:
        named = f"arms: [{', '.join((CLASS, *without))}]\naccounts: [{room.state.account}]\n"
        texts[ALONE] = f"# What each delegation changed.\n{head}{named}replications: {replications}\n"
    return {path: text.encode() for path, text in texts.items()}


def _replaced(scenario: Scenario) -> set[Path]:
    return {scenario.path, *(arm.moves_file for arm in scenario.arms.values() if arm.moves_file is not None)}


def _moves_file(arm: Arm) -> str:
    return f"moves/{arm.name}.yaml"


def _scenario_text(scenario: Scenario, arms: dict[str, Arm]) -> str:
    """Return the scenario with the arms of the room in place of its own; values in the JSON that is YAML as well."""
    document = read_yaml(scenario.path)
    lines = [f"{key}: {_said(document.get(key))}" for key in KEPT if key in document.keys_at()]
    lines.append("arms:")
    for name, arm in arms.items():
        said: dict[str, object] = {} if name == NOBODY else {"title": arm.title, "moves": _moves_file(arm)}
        lines.append(f"  {name}: {_said(said)}")
    lines += [f"contrast: [{CLASS}, {NOBODY}]", f"reference: {NOBODY}"]
    return "# What a class did, beside the same world in which nobody sat.\n" + "\n".join(lines) + "\n"


def _moves_text(arm: Arm) -> str:
    lines = [f"title: {_said(arm.title)}"]
    if arm.moves:
        lines.append("moves:")
        lines += [f"  - {_said({**vars(move), 'month': str(move.month)})}" for move in arm.moves]
    if arm.choices:
        lines.append("phases:")
        lines += [f"  - {_said(_phase(choice))}" for choice in arm.choices]
    return "\n".join(lines) + "\n"


def _phase(choice: Choice) -> dict[str, object]:
    """Return a lever with its months as a phase of a file of moves."""
    lever = LEVER_OF[choice.lever]
    parts = {part.key: choice.values[part.field] for part in lever.parts if part.field in choice.values}
    value: object = parts.get("", parts)
    months = {key: str(month) for key, month in (("from", choice.start), ("until", choice.until)) if month is not None}
    return {**months, choice.lever: {choice.group: value} if choice.group else value}


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tables(room: Room) -> dict[str, str]:
    orders = [
        (stage.round, stage.closing, order.seat, order.act, order.option, " ".join(order.targets))
        for stage, given in room.stages_closed() for order in given
    ]  # fmt: skip
    words = [(word.round, word.seat, word.to or "everybody", word.text) for word in room.state.words]
    opened, truth = room.state.opened, room.state.account
    beliefs = [
        (member, rounds, account, shares[account], f"{brier(shares, truth):.4f}" if opened else "")
        for (member, rounds), shares in sorted(room.state.beliefs.items()) for account in room.scenario.accounts
    ]  # fmt: skip
    return {
        "orders": table_text(("round", "closing", "seat", "act", "option", "targets"), orders),
        "statements": table_text(("round", "from", "to", "text"), words),
        "beliefs": table_text(("member", "rounds", "account", "share", "score"), beliefs),
    }


def table_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV in which no spreadsheet finds a formula.

    Examples
    --------
    >>> table_text(("text",), [("=1+1",)])
    "text\\r\\n'=1+1\\r\\n"
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return file.getvalue()


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
