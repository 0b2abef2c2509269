"""JSON Schema of scenario files, for editors that complete and check as one types.

The schema of experiment files is `demarche.experiment.design.experiment.experiment_schema`.
"""

from __future__ import annotations

import copy
from typing import Any

from demarche.reading.messages import model_schema
from demarche.scenario.arms import scenario_model

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files, with every name that a file may use listed."""
    from demarche.accounts.packs import PACKS
    from demarche.engine.variables import OUTCOMES
    from demarche.rules.find import find_rules
    from demarche.world.calendar import EVENT_KINDS

    schema = tidy_schema(model_schema(scenario_model()), "Demarche scenario")
    keys, parts = schema["properties"], schema["$defs"]
    keys["packs"]["items"] = {"enum": list(PACKS)}
    keys["outcomes"]["items"] = {"enum": list(OUTCOMES)}
    keys["parameters"].update(parameter_keys(None))
    parts["EventFile"]["properties"]["kind"]["enum"] = list(EVENT_KINDS)
    rules = [rule.id for rule in find_rules()]
    parts["ArmWithLevers"]["properties"]["rules_off"]["items"] = {"enum": rules} if rules else {"type": "string"}
    return schema


def parameter_keys(entry: dict[str, Any] | None) -> dict[str, Any]:
    """Return a mapping of the schema with one key for each parameter; `entry` None means a plain number."""
    from demarche.rules.find import parameters

    listed = {
        path: {
            **(entry or {"type": "number", "minimum": parameter.low, "maximum": parameter.high}),
            "description": f"{parameter.meaning} ({parameter.unit}, {parameter.low:g} to {parameter.high:g})",
        }
        for path, parameter in parameters().items()
    }
    return {"properties": listed, "additionalProperties": False}


def tidy_schema(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a copy without titles and defaults, and with names of keys held to their pattern."""
    tidy: dict[str, Any] = _clean(copy.deepcopy(schema))
    return {"$schema": DRAFT, "title": title, **tidy}


def _clean(node: Any, is_names: bool = False) -> Any:
    if isinstance(node, list):
        return [_clean(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    if is_names:
        return {name: _clean(entry) for name, entry in node.items()}
    kept = {
        key: _clean(entry, key in ("properties", "$defs", "patternProperties"))
        for key, entry in node.items()
        if key not in ("title", "default")
    }
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept
