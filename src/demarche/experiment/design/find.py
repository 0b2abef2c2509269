"""Find the designs: every `Method` at the top level of the modules of `demarche.experiment.design.methods`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from demarche.errors import DesignError, Problem
from demarche.experiment.design import methods as package
from demarche.experiment.design.method import Method

PLAIN = "factorial"
"""The design of an experiment that names none."""

AnyMethod = Method[Any, Any]  # the keys of a method and what it makes of them concern that method alone


@cache
def methods() -> dict[str, AnyMethod]:
    """Return every design by name, sorted.

    Raises
    ------
    DesignError
        If a module declares no design or one of another name, or if two designs mean different things by a key.
    """
    found: dict[str, AnyMethod] = {}
    for module_info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module_info.ispkg:
            continue
        own = module_info.name.rpartition(".")[2]
        declared = [value for value in vars(importlib.import_module(module_info.name)).values()
                    if isinstance(value, Method)]  # fmt: skip
        if [method.name for method in declared] != [own] or own in found:
            what = f"the module must declare one design, called '{own}'"
            raise DesignError([Problem(module_info.name, what, fix="rename one of them")])
        found[own] = declared[0]
    check_keys(found.values())
    return dict(sorted(found.items()))


def check_keys(found: Iterable[AnyMethod]) -> dict[str, FieldInfo]:
    """Return the keys of some designs by name; those that share a key must mean the same by it.

    Raises
    ------
    DesignError
        If they do not, or if a design needs a key that it does not declare.
    """
    keys: dict[str, FieldInfo] = {}
    for method in found:
        for name, field in method.keys.model_fields.items():
            if field.is_required() or repr(keys.setdefault(name, field)) != repr(field):
                what = f"the key '{name}' has no default, or another meaning than in another design"
                raise DesignError([Problem(method.name, what, fix="rename the key, or share its declaration")])
        if missing := set(method.needs) - set(method.keys.model_fields):
            what = f"the design needs keys that it does not declare: {', '.join(sorted(missing))}"
            raise DesignError([Problem(method.name, what, fix="declare them in its 'keys'")])
    return keys


def own_keys() -> dict[str, FieldInfo]:
    """Return the keys of experiment files that belong to single designs."""
    return check_keys(methods().values())


def fitting(key: str) -> tuple[str, ...]:
    """Return the names of the designs that take a key."""
    return tuple(name for name, method in methods().items() if key in method.takes)
