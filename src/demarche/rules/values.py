"""The values that a rule declares, held against the types of the contract before anything else looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from numbers import Real
from typing import TYPE_CHECKING

from demarche.errors import Problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEXTS = "tuple[str, ...]"


def value_problems(where: str, facts: DataclassInstance, parameters: Sequence[DataclassInstance]) -> list[Problem]:
    """Return which declared values are of another kind than their type says, empty if none is.

    Parameters
    ----------
    where
        Place and name of the rule.
    facts
        The rule: what is declared as text must be text, as a tuple of texts a tuple of texts.
    parameters
        Its parameters, whose numbers must be numbers.
    """
    problems = list(_of(where, facts))
    if isinstance(parameters, tuple):
        for one in parameters:
            problems += _of(f"{where}: parameter {getattr(one, 'name', one)}", one)
    else:
        problems.append(_no_tuple(where, "parameters", parameters))
    return problems


def _of(where: str, one: DataclassInstance) -> Iterator[Problem]:
    if not hasattr(one, "__dataclass_fields__"):
        yield Problem(where, "this is no parameter", repr(one), "strength(...) or Parameter(...)")
        return
    for field in fields(one):
        value = getattr(one, field.name)
        if field.type == TEXTS and not _is_texts(value):
            yield _no_tuple(where, field.name, value)
        elif field.type == "str" and not isinstance(value, str):
            yield Problem(where, f"'{field.name}' is no text", repr(value), "text", fix="write it in quotes")
        elif field.type == "float" and (isinstance(value, bool) or not isinstance(value, Real)):
            yield Problem(where, f"'{field.name}' is no number", repr(value), "a number", fix="write it without quotes")


def _is_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(part, str) for part in value)


def _no_tuple(where: str, name: str, value: object) -> Problem:
    """Return what to write in place of a fact that must be a tuple: most often a comma is missing."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    written = ", ".join(f'"{part}"' if isinstance(part, str) else f"{type(part).__name__}(...)" for part in parts)
    fix = f"write {name}=({written}{',' if len(parts) == 1 else ''}); one alone needs the comma"
    return Problem(where, f"'{name}' is no tuple", str(value), "a tuple: round brackets and a comma", fix=fix)
