"""The levers that an arm of a scenario may set, in the words of scenario files.

A lever moves one thing. It has one or more parts; each part makes one lever field and sets it, for some of the senders,
organisations or treaties, or for the whole world. A new lever is one entry here, and the rules that read its fields;
or it binds a decision, and then needs no rule.
"""

from __future__ import annotations

from demarche.world.levers.bargains import BARGAIN_LEVERS
from demarche.world.levers.inside import INSIDE_LEVERS
from demarche.world.levers.spec import ALL_OF, FREE, SCOPE_AXES, Lever, LeverPart, LeverSetting, Scope
from demarche.world.levers.words import WORD_LEVERS

LEVERS: tuple[Lever, ...] = (*WORD_LEVERS, *BARGAIN_LEVERS, *INSIDE_LEVERS)

LEVER_OF: dict[str, Lever] = {lever.name: lever for lever in LEVERS}

LEVER_PATHS: dict[str, LeverPart] = {
    f"lever.{lever.name}.{part.key}" if part.key else f"lever.{lever.name}": part
    for lever in LEVERS
    for part in lever.parts
}
"""Path of a lever's part, as parameters are named in experiments -> the part."""

START_OF: dict[str, float] = {part.field: part.start for part in LEVER_PATHS.values()}
"""Lever field -> its value if nobody sets it."""

LEVER_OF_FIELD: dict[str, Lever] = {part.field: lever for lever in LEVERS for part in lever.parts}
"""Lever field -> its lever."""

BINDING_FIELDS: dict[str, str] = {lever.decision: lever.parts[0].field for lever in LEVERS if lever.decision}
"""Decision -> lever field that binds it."""

__all__ = [
    "ALL_OF", "BINDING_FIELDS", "FREE", "LEVERS", "LEVER_OF", "LEVER_OF_FIELD", "LEVER_PATHS", "SCOPE_AXES", "START_OF",
    "Lever", "LeverPart", "LeverSetting", "Scope",
]  # fmt: skip
