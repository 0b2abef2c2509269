"""What the models of all files share: mappings that refuse what they do not know, and refusals in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, create_model
from pydantic_core import PydanticCustomError

Form = Any
"""A type that is put together at run time and stands in an annotation; no static type describes it."""

Schema = dict[str, Any]
"""A JSON Schema or a part of one."""

Model = TypeVar("Model", bound=BaseModel)


def unfit(
    what: str, expected: str = "", name: str = "", among: tuple[str, ...] = (), fix: str = ""
) -> PydanticCustomError:
    """Return an error for a validator to raise that carries the parts of our messages."""
    parts = {"what": what, "expected": expected, "name": name, "among": among, "fix": fix}
    return PydanticCustomError("unfit", "{what}", parts)


class Strict(BaseModel):
    """A mapping of a file: unknown keys, other types and non-finite numbers are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def extended(base: type[Model], name: str, keys: Mapping[str, tuple[Form, object]]) -> type[Model]:
    """Return a model of a file with further keys, or with other kinds of value for those that it has.

    Its values are for reading alone: another process does not know the model, so that nothing that
    is sent to workers may hold one.

    Parameters
    ----------
    base
        The model; its description holds for the new one.
    name
        Name of the new model.
    keys
        Key -> kind of value, and the field that describes it.
    """
    definitions: dict[str, Any] = dict(keys)
    return create_model(name, __base__=base, __doc__=base.__doc__, __module__=base.__module__, **definitions)
