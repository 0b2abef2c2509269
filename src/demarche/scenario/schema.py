"""JSON Schema of scenario files, for editors that complete and check as one types.

The schema of experiment files is `demarche.experiment.design.experiment.experiment_schema`.
"""

from __future__ import annotations

import copy

from demarche.reading.messages import model_schema
from demarche.reading.strict import Schema
from demarche.scenario.arms import scenario_model
from demarche.scenario.seminar.acts import ACT_OF, KINDS
from demarche.scenario.seminar.declared import SEEN_EVENTS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> Schema:
    """Return the JSON Schema of scenario files, with every name that a file may use listed."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.engine.variables import OUTCOMES
    from demarche.rules.find import packaged
    from demarche.world.calendar import EVENT_KINDS

    schema = tidy_schema(model_schema(scenario_model()), "Demarche scenario")
    keys, parts = schema["properties"], schema["$defs"]
    files = {"type": "string", "pattern": r"\.ya?ml$"}
    keys["accounts"]["items"] = {"anyOf": [{"enum": list(packaged_accounts())}, files]}
    keys["outcomes"]["items"] = {"enum": list(OUTCOMES)}
    keys["parameters"].update(parameter_keys(None))
    parts["EventFile"]["properties"]["kind"]["enum"] = list(EVENT_KINDS)
    parts["ArmWithLevers"]["properties"]["rules_off"]["items"] = rule_schema()
    seat = parts["SeatFile"]["properties"]
    seat["kind"]["enum"], seat["moves"]["items"]["enum"] = list(KINDS), list(ACT_OF)
    parts["SeenFile"]["properties"]["acts"]["items"]["enum"] = list(SEEN_EVENTS)
    # without rules of its own a scenario can only name those of the package
    parts["PackagedParameter"] = {"enum": [*packaged().parameters]}
    parts["PackagedRule"] = {"enum": [*packaged().by_id]}
    off = {"properties": {"rules_off": {"items": {"$ref": "#/$defs/PackagedRule"}}}}
    schema["if"] = {"not": {"required": ["rules"]}}
    schema["then"] = {"properties": {
        "parameters": {"propertyNames": {"$ref": "#/$defs/PackagedParameter"}},
        "arms": {"additionalProperties": off},
    }}  # fmt: skip
    return schema


def rule_schema(*also: str) -> Schema:
    """Return the part of a schema for the name of a rule, packaged or of a file of one's own, or some other words."""
    from demarche.rules.find import packaged

    return {"anyOf": [{"enum": [*also, *packaged().by_id]}, {"type": "string", "pattern": f"^{_own_id()}$"}]}


def _own_id() -> str:
    from demarche.rules.contract import FAMILIES

    return rf"({'|'.join(FAMILIES)})\.[a-z][a-z0-9_]*"


def parameter_keys(entry: Schema | None) -> Schema:
    """Return a mapping of the schema with one key for each packaged parameter, and room for those of own rules.

    `entry` None means a plain number.
    """
    from demarche.rules.find import packaged

    listed = {
        path: {
            **(entry or {"type": "number", "minimum": parameter.low, "maximum": parameter.high}),
            "description": f"{parameter.meaning} ({parameter.unit}, {parameter.low:g} to {parameter.high:g})",
        }
        for path, parameter in packaged().parameters.items()
    }
    own = {rf"^{_own_id()}\.[a-z][a-z0-9_]*$": entry or {"type": "number"}}
    return {"properties": listed, "patternProperties": own, "additionalProperties": False}


def tidy_schema(schema: Schema, title: str) -> Schema:
    """Return a copy without titles and defaults, and with names of keys held to their pattern."""
    return {"$schema": DRAFT, "title": title, **_clean(copy.deepcopy(schema))}


def _clean(schema: Schema, is_names: bool = False) -> Schema:
    if is_names:
        return {name: _clean_part(entry) for name, entry in schema.items()}
    kept: Schema = {
        key: _clean_part(entry, key in ("properties", "$defs", "patternProperties"))
        for key, entry in schema.items()
        if key not in ("title", "default")
    }
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept


def _clean_part(node: object, is_names: bool = False) -> object:
    if isinstance(node, list):
        return [_clean_part(entry) for entry in node]
    return _clean(node, is_names) if isinstance(node, dict) else node
