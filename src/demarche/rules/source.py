"""The source of rules: what a body calls and which constants it uses, followed by name through its modules.

Works for packaged modules and for files of a scenario alike, as long as the module's loader gives its text.
"""

from __future__ import annotations

import ast
import linecache
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any

from demarche.errors import Problem, RuleError

KEPT_MODULES = 256
KEPT_FUNCTIONS = 4096
Function = ast.FunctionDef
Place = tuple[str, str]
"""Name of a module and name in it."""


@dataclass(frozen=True)
class Source:
    """What one body runs, as far as it is written in rules.

    Parameters
    ----------
    body
        The function of the rule.
    helpers
        Functions that it calls, directly or through others, by module and name.
    constants
        Values of module level that any of them uses, by module and name.
    """

    body: Function
    helpers: Mapping[Place, Function]
    constants: Mapping[Place, Any]


def _text_around(function: FunctionType) -> str:
    """Return the text of the module of a function, from its loader or else from its file."""
    scope = function.__globals__
    get_source = getattr(scope.get("__loader__"), "get_source", None)
    text = get_source(scope["__name__"]) if get_source else None
    return text or "".join(linecache.getlines(function.__code__.co_filename, scope))


@lru_cache(maxsize=KEPT_MODULES)
def _functions(module: str, text: str) -> dict[int, Function]:
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]
    return {min([node.lineno, *(d.lineno for d in node.decorator_list)]): node for node in nodes}


def function_of(function: Callable[..., Any]) -> Function:
    """Return the syntax tree of a function.

    Raises
    ------
    RuleError
        If it is no function with a text of its own, such as a lambda.
    """
    if isinstance(function, FunctionType):
        text = _text_around(function)
        found = _functions(function.__globals__["__name__"], text).get(function.__code__.co_firstlineno)
        if found is not None:
            return found
    raise RuleError([Problem(repr(function), "the body of a rule must be a function written with def")])


@lru_cache(maxsize=KEPT_FUNCTIONS)
def names_used(function: Function) -> tuple[str, ...]:
    """Return the names that the statements of a function read, types left out; in order and once each."""
    found: dict[str, None] = {}
    waiting: list[ast.AST] = list(reversed(function.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found[node.id] = None
        types = (getattr(node, "annotation", None), getattr(node, "returns", None))
        waiting += [part for part in ast.iter_child_nodes(node) if part not in types][::-1]
    return tuple(found)


def _is_rules(value: FunctionType, home: str) -> bool:
    return value.__module__ == home or value.__module__.startswith("demarche.")


def source_of(body: Callable[..., Any], by_name: Callable[[str], bool] = lambda module: False) -> Source:
    """Return the source of a rule's body with its helpers and constants.

    Functions of other packages (NumPy, SciPy) are known by name only.

    Parameters
    ----------
    body
        The function that a rule runs.
    by_name
        Tells of a module whether what its functions call and use in their turn is left out.
    """
    helpers: dict[Place, Function] = {}
    constants: dict[Place, Any] = {}
    waiting: list[Callable[..., Any]] = [body]
    while waiting:
        function = waiting.pop(0)
        node, scope = function_of(function), function.__globals__
        own = {argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
        for name in names_used(node):
            value = scope.get(name)
            if name in own or value is None or isinstance(value, (type, ModuleType)):
                continue
            if not isinstance(value, FunctionType):
                constants[scope["__name__"], name] = value
            elif value is not body and _is_rules(value, scope["__name__"]):
                place = value.__module__, value.__name__
                if place not in helpers:
                    helpers[place] = function_of(value)
                    if not by_name(value.__module__):
                        waiting.append(value)
    return Source(function_of(body), helpers, constants)
