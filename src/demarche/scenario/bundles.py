"""What a bundle holds, in words, so that no table hides what an arm sets together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from demarche.scenario.content import Choice, Scenario
from demarche.world.levers import LEVER_OF, LeverPart


def told_bundle(choices: Iterable[Choice]) -> str:
    """Return what some levers are set to, in the words of scenario files.

    Examples
    --------
    >>> mix = Choice("channel_mix", "g7", {"lever_quiet": 1.0, "lever_vocal": 0.0})
    >>> told_bundle([mix, Choice("bloc_rule", "", {"lever_unanimity": 0.0})])
    'channel_mix g7 quiet 1 vocal 0; bloc_rule majority'
    """
    told: dict[str, list[str]] = {}
    for choice in choices:
        told.setdefault(choice.lever, []).append(f"{choice.group} {_values(choice)}".strip())
    return "; ".join(f"{lever} {', '.join(values)}" for lever, values in told.items())


def _values(choice: Choice) -> str:
    parts = {part.field: part for part in LEVER_OF[choice.lever].parts}
    return " ".join(f"{parts[field].key} {_value(parts[field], value)}".strip() for field, value in
                    choice.values.items())  # fmt: skip


def _value(part: LeverPart, value: float) -> str:
    if math.isnan(value):
        return "free"
    return next((word for word, number in part.words.items() if number == value), f"{value:g}")


def bundles_of(scenario: Scenario, arm: str) -> dict[str, str]:
    """Return bundle -> what it holds, in words, of those that an arm takes."""
    return {name: told_bundle(scenario.bundles[name]) for name in scenario.arms[arm].bundles}


def told_bundles(scenario: Scenario, arms: Sequence[str]) -> tuple[str, ...]:
    """Return a line for each bundle that some arms take: what it holds, and in which arms."""
    held = {name: text for arm in arms for name, text in bundles_of(scenario, arm).items()}
    takers = {name: [arm for arm in arms if name in scenario.arms[arm].bundles] for name in held}
    return tuple(f"Bundle {name} (in {', '.join(takers[name])}): {text}" for name, text in held.items())
