"""From a checked scenario to the setup of the engine."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Hashable
from typing import Any

import numpy as np

from demarche.cast.cast import Cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.scenario.content import Arm, Edits, Scenario
from demarche.world.calendar import Calendar, Month
from demarche.world.fields import FIELDS
from demarche.world.levers import LEVER_OF, LeverSetting


def compile_scenario(scenario: Scenario) -> Setup:
    """Return the setup of a scenario: arms as masked lever settings, packs with the scenario's parameters.

    A parameter that the scenario sets wins over the pack's.
    """
    from demarche.accounts.packs import PACKS

    reasons = dict.fromkeys(scenario.parameters, f"scenario: {scenario.title}")
    packs = {
        name: dataclasses.replace(
            PACKS[name],
            settings={**PACKS[name].settings, **scenario.parameters},
            reasons={**PACKS[name].reasons, **reasons},
        )
        for name in scenario.packs
    }
    arms = {name: compile_arm(scenario, arm) for name, arm in scenario.arms.items()}
    return Setup(scenario.cast, scenario.period, arms, packs, scenario.title)


def compile_arm(scenario: Scenario, arm: Arm) -> ArmSetup:
    """Return one arm with its masks `(n_states,)`, its calendar and its first step."""
    calendar = Calendar(scenario.period, scenario.cast.events)
    calendar = _edited(calendar, scenario.edits, None)
    calendar = _edited(calendar, arm.edits, arm.start)
    settings = tuple(
        LeverSetting(field, value, scenario.cast.group(choice.group) if choice.group else None)
        for choice in arm.choices
        for field, value in choice.values.items()
    )
    from_step = 0 if arm.start is None else scenario.period.start.steps_to(arm.start)
    return ArmSetup(arm.name, calendar, settings, from_step, arm.rules_off)


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
    if not fields and events == plain and not off:
        return None
    return fields, made.from_step if fields else 0, events, off


def _changed_fields(cast: Cast, arm: ArmSetup) -> Hashable:
    """Return field -> values of all states, for the fields that differ from their start."""
    n_states = len(cast.state_codes)
    start: dict[str, float] = {}
    for setting in arm.settings:
        initial = FIELDS[setting.field].initial
        start[setting.field] = initial if isinstance(initial, float | int) else 0.0
    values = {name: np.full(n_states, value, dtype=np.float64) for name, value in start.items()}
    for setting in arm.settings:
        values[setting.field][slice(None) if setting.mask is None else setting.mask] = setting.value
    return tuple(
        (name, row.tobytes()) for name, row in sorted(values.items())
        if not np.array_equal(row, np.full(n_states, start[name]), equal_nan=True)
    )  # fmt: skip


def _events(calendar: Calendar) -> Hashable:
    return tuple(sorted((e.month, e.code, e.kind, e.actors, e.strength) for e in calendar.events))


def _rules_off(scenario: Scenario, rules_off: tuple[str, ...]) -> Hashable:
    """Return the rules that are switched off and would be on in at least one pack."""
    from demarche.rules.find import rules_of

    on = {rule.id for pack in scenario.packs for rule in rules_of(pack)}
    return tuple(sorted(on & set(rules_off)))


def content_digest(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that the results depend on; the file's own `digest` is not read."""
    content = {
        "cast": scenario.cast.digest,
        "period": [str(scenario.period.start), scenario.period.n_steps],
        "packs": sorted(scenario.packs),
        "arms": {name: _plain_arm(arm) for name, arm in scenario.arms.items()},
        "outcomes": sorted(scenario.outcomes),
        "calendar": _plain_edits(scenario.edits),
        "parameters": {path: float(value) for path, value in scenario.parameters.items()},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain_arm(arm: Arm) -> dict[str, Any]:
    order = {name: position for position, name in enumerate(LEVER_OF)}
    # The sort is stable: groups keep the order of the file, which decides where they overlap.
    choices = sorted(arm.choices, key=lambda choice: order[choice.lever])
    return {
        "levers": [[choice.lever, choice.group, dict(choice.values)] for choice in choices],
        "from": str(arm.start or ""),
        "calendar": _plain_edits(arm.edits),
        "rules_off": sorted(arm.rules_off),
    }


def _plain_edits(edits: Edits) -> dict[str, Any]:
    added = [[e.code, e.kind, str(e.month), list(e.actors), e.strength] for e in edits.add]
    return {
        "add": sorted(added, key=lambda event: str(event[0])),
        "move": {code: str(month) for code, month in edits.move.items()},
        "remove": sorted(edits.remove),
    }
