"""The levers of an arm as keys of a file, built from `demarche.world.levers.LEVERS`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Annotated, ClassVar, Self

from pydantic import Field, PlainValidator, WithJsonSchema, WrapValidator, model_validator

from demarche.reading.strict import Form, Schema, Strict, extended, unfit
from demarche.scenario.models import ArmFile, ArmPhaseFile, BundleFile, Name, PhaseFile, ScenarioFile
from demarche.world.levers import LEVERS, Lever, LeverPart

FREE = "free"
"""Word that gives a lever back to the rules."""

WHOM = {"senders": "group or state", "ngos": "kind of group or group", "treaties": "treaty"}
"""Whom a lever is set for, if not for the world -> what its keys name."""


def read_part(part: LeverPart, value: object) -> float:
    """Return the number that a value of a file stands for; refuse others with the admissible range."""
    expected = part_range(part)
    if isinstance(value, str):
        if value in part.words:
            return part.words[value]
        raise unfit("this is not an admissible value", expected, value, tuple(part.words))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise unfit("this is not an admissible value", expected)
    if part.whole and value != int(value):
        raise unfit("the value must be a whole number", expected)
    if not part.low <= value <= part.high:
        raise unfit("the value is out of range", expected)
    return float(value)


def part_range(part: LeverPart) -> str:
    """Return what a part admits, in words.

    Examples
    --------
    >>> part_range(LEVERS[0].parts[0])
    'a number from 0 to 1 (share)'
    """
    kind = "a whole number" if part.whole else "a number"
    number = f"{kind} from {part.low:g} to {part.high:g} ({part.unit})"
    return f"{', '.join(part.words)}, or {number}" if part.words else number


def part_schema(part: LeverPart) -> Schema:
    """Return the JSON Schema of a part."""
    kind = "integer" if part.whole else "number"
    number = {"type": kind, "minimum": part.low, "maximum": part.high, "description": part_range(part)}
    return {"anyOf": [{"enum": list(part.words)}, number]} if part.words else number


def _part_type(part: LeverPart) -> Form:
    return Annotated[float, PlainValidator(partial(read_part, part)), WithJsonSchema(part_schema(part))]


class PartsFile(Strict):
    """The parts of one lever for one group or for the world."""

    lever: ClassVar[Lever]

    @model_validator(mode="after")
    def _check(self) -> Self:
        keys = [part.key for part in self.lever.parts]
        if not self.model_fields_set:
            raise unfit("no part of the lever is set", f"one or more of {', '.join(keys)}")
        if self.lever.divides_one and sum(self.settings().values()) > 1.0 + 1e-9:
            expected = "shares of one whole, at most 1 in all"
            raise unfit(f"{' and '.join(keys)} add up to more than 1", expected)
        return self

    def settings(self) -> dict[str, float]:
        """Return lever field -> value."""
        whole = self.lever.divides_one
        return {
            part.field: getattr(self, part.key) if part.key in self.model_fields_set else 0.0
            for part in self.lever.parts
            if whole or part.key in self.model_fields_set
        }


def _value_type(lever: Lever) -> Form:
    if len(lever.parts) == 1 and not lever.parts[0].key:
        return _part_type(lever.parts[0])
    fields = {
        part.key: (_part_type(part), Field(default=None, description=part.meaning))
        for part in lever.parts
    }
    model = extended(PartsFile, f"{lever.name}_parts", fields)
    model.lever = lever
    return model


class _FreeToo:
    """Adds the word `free` to the JSON Schema of a lever's value."""

    def __get_pydantic_json_schema__(self, core: Schema, handler: Callable[[Schema], Schema]) -> Schema:
        return {"anyOf": [{"const": FREE}, handler(core)]}


def _read_or_free(said: object, handler: Callable[[object], object]) -> object:
    return FREE if said == FREE else handler(said)


def _lever_field(lever: Lever) -> tuple[Form, object]:
    value: Form = Annotated[_value_type(lever), WrapValidator(_read_or_free), _FreeToo()]
    if lever.scope == "world":
        return value, Field(default=None, description=lever.meaning)
    groups: Form = dict[str, value]
    return groups, Field(default=None, min_length=1, description=f"{WHOM[lever.scope]} -> {lever.meaning}")


def _levers() -> dict[str, tuple[Form, object]]:
    return {lever.name: _lever_field(lever) for lever in LEVERS}


@cache
def phase_model() -> type[PhaseFile]:
    """Return the model of a phase of a file of moves, with every lever as a key."""
    return extended(PhaseFile, "PhaseWithLevers", _levers())


@cache
def bundle_model() -> type[BundleFile]:
    """Return the model of a bundle with every lever as a key."""
    return extended(BundleFile, "BundleWithLevers", _levers())


@cache
def arm_model() -> type[ArmFile]:
    """Return the model of an arm with every lever as a key, and in its phases."""
    base, phase = ArmFile.model_fields["phases"], extended(ArmPhaseFile, "ArmPhaseWithLevers", _levers())
    phases: Form = list[phase]  # type: ignore[valid-type]
    field: object = Field(default=[], min_length=1, description=base.description)
    return extended(ArmFile, "ArmWithLevers", {"phases": (phases, field), **_levers()})


@cache
def scenario_model() -> type[ScenarioFile]:
    """Return the model of a scenario file whose arms and bundles have every lever as a key."""
    known = ScenarioFile.model_fields
    arms: Form = dict[Name, arm_model()]  # type: ignore[misc]
    bundles: Form = dict[Name, bundle_model()]  # type: ignore[misc]
    fields: dict[str, tuple[Form, object]] = {
        "arms": (arms, Field(min_length=1, description=known["arms"].description, examples=known["arms"].examples)),
        "bundles": (bundles, Field(default={}, min_length=1, description=known["bundles"].description,
                                   examples=known["bundles"].examples)),
    }  # fmt: skip
    return extended(ScenarioFile, "Scenario", fields)


def lever_settings(arm: ArmFile | PhaseFile | BundleFile) -> list[tuple[str, str, dict[str, float]]]:
    """Return lever, group (empty for the world) and lever field -> value of an arm, a phase or a bundle.

    Levers come in the order of `LEVERS`, groups in the order of the file.
    """
    found: list[tuple[str, str, dict[str, float]]] = []
    for lever in LEVERS:
        if lever.name not in arm.model_fields_set:
            continue
        value = getattr(arm, lever.name)
        groups = value if lever.scope != "world" else {"": value}
        for group, parts in groups.items():
            if parts == FREE:
                settings = {part.field: part.start for part in lever.parts}
            else:
                settings = parts.settings() if isinstance(parts, PartsFile) else {lever.parts[0].field: parts}
            found.append((lever.name, group, settings))
    return found
