"""What the models of all files share: mappings that refuse what they do not know, and refusals in our words."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


def unfit(
    what: str, expected: str = "", name: str = "", among: tuple[str, ...] = (), fix: str = ""
) -> PydanticCustomError:
    """Return an error for a validator to raise that carries the parts of our messages."""
    parts = {"what": what, "expected": expected, "name": name, "among": among, "fix": fix}
    return PydanticCustomError("unfit", "{what}", parts)


class Strict(BaseModel):
    """A mapping of a file: unknown keys, other types and non-finite numbers are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
