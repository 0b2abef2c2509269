"""What the model of a file refuses, in our own words and at its place in the file."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from demarche.reading.report import Report, dotted
from demarche.reading.strict import Model, Schema
from demarche.reading.yaml_nodes import KeyPath

_WRONG_KIND = "this is the wrong kind of value"
_OUT_OF_RANGE = "the value is out of range"
_OF_A_FORM = "string_pattern_mismatch"
_MESSAGES: dict[str, tuple[str, str]] = {
    "string_type": (_WRONG_KIND, "text"),
    "int_type": (_WRONG_KIND, "a whole number"),
    "float_type": (_WRONG_KIND, "a number"),
    "bool_type": (_WRONG_KIND, "true or false"),
    "list_type": (_WRONG_KIND, "a list like [one, two]"),
    "dict_type": (_WRONG_KIND, "a mapping of keys and values"),
    "model_type": (_WRONG_KIND, "a mapping of keys and values"),
    "greater_than_equal": (_OUT_OF_RANGE, "{ge:g} or more"),
    "less_than_equal": (_OUT_OF_RANGE, "{le:g} or less"),
    "too_short": ("there are too few entries", "at least {min_length}"),
    "too_long": ("there are too many entries", "at most {max_length}"),
    "string_too_short": ("the text is too short", "at least {min_length} character"),
    "string_too_long": ("the text is too long", "at most {max_length} characters"),
    "literal_error": ("this is not an admissible value", "{expected}"),
    _OF_A_FORM: ("the text has another form", ""),
}
"""Kind of refusal of the model -> what is wrong and what was expected."""

_NUMBERS = ("int_type", "float_type")
_OF_ONE_VALUE = ("string_type", "int_type", "float_type", "bool_type")


@cache
def model_schema(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema of a model."""
    return model.model_json_schema()


def subschema(schema: Schema, path: KeyPath) -> Schema:
    """Return the part of a JSON Schema that describes a path, empty if it says nothing about it."""
    part = _resolve(schema, schema)
    for step in path:
        if isinstance(step, int):
            found = part.get("items", {})
        else:
            named = part.get("properties", {}).get(step)
            patterns = list(part.get("patternProperties", {}).values())
            more = part.get("additionalProperties", {})
            found = named or (patterns[0] if patterns else more)
        part = _resolve(schema, found) if isinstance(found, dict) else {}
    return part


def _resolve(schema: Schema, part: Schema) -> Schema:
    if "$ref" in part:
        target = schema["$defs"][part["$ref"].removeprefix("#/$defs/")]
        return {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    # where a word may stand for a mapping, the mapping is what has parts
    members = [_resolve(schema, member) for member in part.get("anyOf", ())]
    return next((member for member in members if "properties" in member), dict(part))


def validate(model: type[Model], report: Report) -> Model | None:
    """Return the data of a report's document as a model, or None with every refusal in the report."""
    try:
        return model.model_validate(report.document.data)
    except ValidationError as error:
        schema = model_schema(model)
        for entry in error.errors(include_url=False):
            _add(report, schema, entry)
        return None


def _add(report: Report, schema: Schema, entry: ErrorDetails) -> None:
    path: KeyPath = entry["loc"]
    at_key = len(path) > 0 and path[-1] == "[key]" and path not in report.document.marks
    path = path[:-1] if at_key else path
    kind, context = entry["type"], entry.get("ctx", {})
    if kind == "extra_forbidden":
        _add_unknown(report, schema, path)
    elif kind == "missing":
        _add_missing(report, schema, path)
    elif kind == "unfit":
        report.add(
            path, context["what"], found=path[-1] if at_key else entry["input"], expected=context["expected"],
            name=context["name"], among=context["among"], fix=context["fix"], at_key=at_key,
        )  # fmt: skip
    else:
        _add_refused(report, schema, path, entry, at_key)


def _add_refused(
    report: Report, schema: Schema, path: KeyPath, entry: ErrorDetails, at_key: bool
) -> None:
    kind, found = entry["type"], entry["input"]
    what, form = _MESSAGES.get(kind, ("the value cannot be used here", ""))
    span = _range(subschema(schema, path))
    expected = span if what == _OUT_OF_RANGE else _like(subschema(schema, path)) if kind == _OF_A_FORM else ""
    expected = expected or form.format(**entry.get("ctx", {})) or entry["msg"]
    if found is None and kind in _OF_ONE_VALUE:
        what, expected = "nothing stands here yet", f"{expected} from {span}" if span else expected
    keys = list(subschema(schema, path).get("properties", {})) if kind == "model_type" else []
    expected = f"a mapping with keys among {', '.join(keys)}" if keys else expected
    required = path and path[-1] in subschema(schema, path[:-1]).get("required", ())
    fix = "leave the key out if there are none" if kind == "too_short" and not required else ""
    fix = "write {} for an empty mapping" if keys and found is None else fix
    fix = "write the number without quotes" if kind in _NUMBERS and _is_number(found) else fix
    report.add(path, what, found=found, expected=expected, fix=fix, at_key=at_key)


def _is_number(found: object) -> bool:
    """Tell whether a text would be a number without its quotes."""
    return isinstance(found, str) and re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", found) is not None


def _like(part: Schema) -> str:
    """Return what a text of a form stands for, with an example of the form."""
    told = [str(part.get("description", "text")), *(f"such as {example}" for example in part.get("examples", ()))]
    return ", ".join(told)


def _range(part: Schema) -> str:
    """Return the range that a schema admits, empty unless it has two ends."""
    low, high = part.get("minimum"), part.get("maximum")
    return "" if low is None or high is None else f"{low:g} to {high:g}"


def _add_unknown(report: Report, schema: Schema, path: KeyPath) -> None:
    known = list(subschema(schema, path[:-1]).get("properties", {}))
    name = str(path[-1])
    what = f"unknown key '{dotted((name,))}'"
    report.add(path, what, expected=", ".join(known), name=name, among=known, at_key=True)


def _add_missing(report: Report, schema: Schema, path: KeyPath) -> None:
    part = subschema(schema, path)
    named = f"key '{path[-1]}' is missing"
    example = next(iter(part.get("examples", ["..."])))
    report.add(path, named, expected=part.get("description", ""), fix=f"add '{path[-1]}: {example}'", at_key=True)
