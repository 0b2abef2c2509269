"""From a checked scenario to the setup of the engine."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Hashable
from typing import Any

import numpy as np

from demarche.cast.cast import Cast
from demarche.engine.setup import ArmSetup, Move, Setup
from demarche.rules.identity import rule_digest
from demarche.scenario.content import Arm, Choice, Edits, Scenario
from demarche.scenario.members import mask_of
from demarche.world.calendar import Calendar, Month
from demarche.world.levers import LEVER_OF, START_OF, LeverSetting


def compile_scenario(scenario: Scenario) -> Setup:
    """Return the setup of a scenario: arms as masked lever settings, accounts with the scenario's parameters.

    A parameter that the scenario sets wins over the account's.
    """
    reasons = dict.fromkeys(scenario.parameters, f"scenario: {scenario.title}")
    accounts = {
        name: dataclasses.replace(
            account,
            settings={**account.settings, **scenario.parameters},
            reasons={**account.reasons, **reasons},
        )
        for name, account in scenario.accounts.items()
    }
    arms = {name: compile_arm(scenario, arm) for name, arm in scenario.arms.items()}
    return Setup(
        scenario.cast, scenario.period, arms, accounts, scenario.title, scenario.catalogue, dict(scenario.parameters)
    )


def compile_arm(scenario: Scenario, arm: Arm) -> ArmSetup:
    """Return one arm with its masks `(n_states,)`, the months of its settings and moves as steps, and its calendar."""
    start = scenario.period.start
    settings = tuple(
        LeverSetting(
            field,
            value,
            mask_of(scenario.cast, LEVER_OF[choice.lever].scope, choice.group) if choice.group else None,
            0 if choice.start is None else start.steps_to(choice.start),
            None if choice.until is None else start.steps_to(choice.until),
        )
        for choice in arm.choices
        for field, value in choice.values.items()
    )
    moves = tuple(Move(start.steps_to(m.month), m.decision, m.option, m.actors) for m in arm.moves)
    return ArmSetup(arm.name, arm_calendar(scenario, arm), settings, arm.rules_off, moves)


def arm_calendar(scenario: Scenario, arm: Arm) -> Calendar:
    """Return the calendar of an arm: that of the cast, changed by the scenario, then by the arm."""
    calendar = Calendar(scenario.period, scenario.cast.events)
    return _edited(_edited(calendar, scenario.edits, None), arm.edits, arm.start)


def _edited(calendar: Calendar, edits: Edits, start: Month | None) -> Calendar:
    """Return a calendar with changes; a kind that is removed goes from `start` on."""
    events = {event.code: event for event in calendar.events}
    named = {code for code in events if code in edits.remove}
    kinds = {
        code for code, event in events.items() if event.kind in edits.remove and (start is None or event.month >= start)
    }
    moved = [dataclasses.replace(events[code], month=month) for code, month in edits.move.items()]
    return calendar.changed((*named, *kinds, *edits.move), (*moved, *edits.add))


def arm_effects(scenario: Scenario) -> dict[str, tuple[bool, Hashable]]:
    """Return for each arm whether it sets anything, and what it changes (None for nothing)."""
    plain = _events(compile_arm(scenario, Arm("plain")).calendar)
    return {name: (arm != Arm(name, arm.title), _effect(scenario, arm, plain)) for name, arm in scenario.arms.items()}


def _effect(scenario: Scenario, arm: Arm, plain: Hashable) -> Hashable:
    made = compile_arm(scenario, arm)
    fields = _changed_fields(scenario.cast, made)
    events = plain if arm.edits == Edits() else _events(made.calendar)
    off = _rules_off(scenario, arm.rules_off) if arm.rules_off else ()
    moves = tuple(sorted((m.step, m.decision, m.actors, m.option) for m in made.moves))
    if not fields and events == plain and not off and not moves:
        return None
    return fields, events, off, moves


def _changed_fields(cast: Cast, arm: ArmSetup) -> Hashable:
    """Return for each month in which levers change: field -> values of all states where they differ from the start."""
    turns = sorted({s.first for s in arm.settings} | {s.last + 1 for s in arm.settings if s.last is not None})
    found: list[tuple[int, Hashable]] = []
    for step in turns:
        held = _fields_at(cast, arm, step)
        if held != (found[-1][1] if found else ()):
            found.append((step, held))
    return tuple(found)


def _fields_at(cast: Cast, arm: ArmSetup, step: int) -> Hashable:
    sizes = {s.field: len(cast.state_codes) if s.mask is None else len(s.mask) for s in arm.settings}
    values = {field: np.full(size, START_OF[field], dtype=np.float64) for field, size in sizes.items()}
    start = {name: row.copy() for name, row in values.items()}
    for setting in arm.settings:
        if setting.holds(step):
            values[setting.field][slice(None) if setting.mask is None else setting.mask] = setting.value
    return tuple(
        (name, row.tobytes()) for name, row in sorted(values.items())
        if not np.array_equal(row, start[name], equal_nan=True)
    )  # fmt: skip


def _events(calendar: Calendar) -> Hashable:
    return tuple(sorted((e.month, e.code, e.kind, e.actors, e.strength) for e in calendar.events))


def _rules_off(scenario: Scenario, rules_off: tuple[str, ...]) -> Hashable:
    """Return the rules that are switched off and would be on in at least one account."""
    on = {rule.id for account in scenario.accounts for rule in scenario.catalogue.on(account)}
    return tuple(sorted(on & set(rules_off)))


def content_digest(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that the results depend on; the file's own `digest` is not read.

    Outcomes, titles and what is compared do not count: they say what is told of the runs.
    """
    content = {
        "cast": scenario.cast.digest,
        "period": [str(scenario.period.start), scenario.period.n_steps],
        "accounts": sorted([name, account.digest] for name, account in scenario.accounts.items()),
        "arms": {name: _plain_arm(arm) for name, arm in scenario.arms.items()},
        "calendar": _plain_edits(scenario.edits),
        "parameters": {path: float(value) for path, value in scenario.parameters.items()},
    }
    if scenario.catalogue.added:
        content["rules"] = sorted(map(rule_digest, scenario.catalogue.added))
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def parts_of(scenario: Scenario) -> dict[str, Any]:
    """Return what the results depend on part by part, as plain data, so that one can say what differs."""
    period = scenario.period
    return {
        "cast": scenario.cast.digest,
        "period": f"{period.start} to {period.end}",
        **{f"account {name}": account.digest for name, account in scenario.accounts.items()},
        **{f"arm {name}": _plain_arm(arm) for name, arm in scenario.arms.items()},
        "calendar": _plain_edits(scenario.edits),
        **{f"parameter {path}": float(value) for path, value in scenario.parameters.items()},
        **{f"rule {rule.id}": rule_digest(rule) for rule in scenario.catalogue.added},
    }


def _plain_arm(arm: Arm) -> dict[str, Any]:
    order = {name: position for position, name in enumerate(LEVER_OF)}
    # The sort is stable: groups keep the order of the file, which decides where they overlap.
    choices = sorted(arm.choices, key=lambda choice: order[choice.lever])
    return {
        "levers": [
            [choice.lever, choice.group, _plain_values(choice), str(choice.start or ""), str(choice.until or "")]
            for choice in choices
        ],
        "from": str(arm.start or ""),
        "moves": sorted([str(m.month), m.decision, list(m.actors), m.option] for m in arm.moves),
        "calendar": _plain_edits(arm.edits),
        "rules_off": sorted(arm.rules_off),
    }


def _plain_values(choice: Choice) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else value for name, value in choice.values.items()}


def _plain_edits(edits: Edits) -> dict[str, Any]:
    added = [[e.code, e.kind, str(e.month), list(e.actors), e.strength] for e in edits.add]
    return {
        "add": sorted(added, key=lambda event: str(event[0])),
        "move": {code: str(month) for code, month in edits.move.items()},
        "remove": sorted(edits.remove),
    }
