"""What a run rests on besides its scenario, as digests that survive moves of files.

A rule counts with its id, the declared facts that shape a run, its parameters, and the source of its body with all
helpers and constants that it uses; helpers that belong to the engine by their name. The engine counts as the set of
the statements of its modules. Paths, imports,
comments, docstrings and layout do not count, nor do the words of rules and fields: sentences, meanings, sources.
"""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demarche.errors import Problem, RuleError
from demarche.rules.contract import Rule
from demarche.rules.source import KEPT_FUNCTIONS, KEPT_MODULES, Function, source_of
from demarche.world.fields import FIELDS

ROOT = Path(__file__).parents[1]
VOTES = "history/votes"
COUNTED = (
    "arrays.py", "cast", "engine", "keyed.py", "rules/collected.py", "world",
    *(f"{VOTES}/{name}.py" for name in ("draws", "features", "left_out", "memory", "packaged", "posterior", "running")),
)  # fmt: skip
COUNTED_DATA = tuple(
    f"{VOTES}/data/{name}" for name in ("ballots.csv", "motions.csv", "posterior.json", "left_out.json")
)
BY_VALUE = ("world/field_spec.py", "world/fields")  # declarations: they count as the fields that they make


def digest_of(parts: Iterable[str]) -> str:
    """Return a SHA-256 over texts, whatever their order."""
    content = json.dumps(sorted(parts), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def rule_digest(rule: Rule) -> str:
    """Return a SHA-256 over a rule: what it declares, and what its body runs.

    Raises
    ------
    RuleError
        If a constant that it uses is not made of numbers, texts and arrays.
    """
    source = source_of(rule.body, _is_of_the_engine)
    facts = {
        "id": rule.id, "accounts": sorted(rule.accounts), "phase": rule.phase, "when": rule.when, "rows": rule.rows,
        "after": sorted(rule.after), "reads": sorted(rule.reads), "writes": sorted(rule.writes),
        "draws": sorted(rule.draws), "calendar": sorted(rule.calendar),
        "parameters": sorted(
            [p.path(rule.id), float(p.default), float(p.low), float(p.high), p.role] for p in rule.parameters
        ),
        "links": sorted(rule.links), "rates": sorted(rule.rates), "body": _text(source.body, "body"),
        "helpers": sorted(
            [name, "engine" if _is_of_the_engine(module) else _text(node, name)]
            for (module, name), node in source.helpers.items()
        ),
        "constants": sorted([name, _plain(rule, name, value)] for (_, name), value in source.constants.items()),
    }  # fmt: skip
    return digest_of([json.dumps(facts, sort_keys=True)])


class _Untyped(ast.NodeTransformer):
    """Takes away types, which say nothing about what runs."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        return ast.Pass() if node.value is None else ast.Assign([node.target], node.value, lineno=node.lineno)


@lru_cache(maxsize=KEPT_FUNCTIONS)
def _text(function: Function, name: str) -> str:
    """Return the statements of a function under a name, without decorators, types and docstrings."""
    plain = ast.FunctionDef(name, function.args, function.body, [], lineno=1)
    return ast.unparse(_Untyped().visit(_without_docstrings(ast.parse(ast.unparse(plain)))))


def _without_docstrings(node: ast.AST) -> ast.AST:
    for part in ast.walk(node):
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
            kept = [one for one in part.body if not _is_text(one)]
            part.body = kept or [ast.Pass()]
    return node


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _plain(rule: Rule, name: str, value: Any) -> str:
    """Return a constant as a text that depends on its value alone."""
    if isinstance(value, np.ndarray):
        return f"array {value.dtype.str} {value.shape} {value.tobytes().hex()}"
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__}({', '.join(_plain(rule, name, part) for part in value)})"
    if isinstance(value, (set, frozenset)):
        return f"set({', '.join(sorted(_plain(rule, name, part) for part in value))})"
    if isinstance(value, dict):
        pairs = [f"{_plain(rule, name, key)}: {_plain(rule, name, part)}" for key, part in value.items()]
        return f"dict({', '.join(pairs)})"
    if value is None or isinstance(value, (bool, int, float, str, bytes, np.generic)):
        return repr(value)
    if callable(value) and hasattr(value, "__name__"):
        return f"{getattr(value, '__module__', '')}.{value.__name__}"
    what = f"the body uses '{name}', which is neither numbers nor texts nor arrays of them"
    fix = "write it as a number, a text, a tuple or an array, or make it a parameter"
    raise RuleError([Problem(rule.place, what, type(value).__name__, fix=fix)])


def _is_of_the_engine(module: str) -> bool:
    path = module.removeprefix("demarche.").replace(".", "/")
    return any(path == place.removesuffix(".py") or path.startswith(f"{place}/") for place in COUNTED)


def code_digest(root: Path = ROOT) -> str:
    """Return a SHA-256 over fields, decisions, the engine's statements and the packaged model of votes."""
    fields = [json.dumps(_shape(spec), sort_keys=True) for spec in FIELDS.values()]
    data = [hashlib.sha256((root / place).read_bytes()).hexdigest() for place in COUNTED_DATA]
    return digest_of({*fields, *data, *_statements(root)})


def _shape(spec: Any) -> dict[str, Any]:
    facts = dataclasses.asdict(spec)
    return {name: repr(value) for name, value in facts.items() if name not in ("unit", "meaning")}


def _statements(root: Path) -> Iterator[str]:
    """Yield every statement of module level that is no import and no text."""
    left_out = [root / place for place in BY_VALUE]
    for place in COUNTED:
        for path in sorted((root / place).rglob("*.py")) if (root / place).is_dir() else [root / place]:
            if any(path == other or other in path.parents for other in left_out):
                continue
            yield from _statements_of(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=KEPT_MODULES)
def _statements_of(text: str) -> tuple[str, ...]:
    nodes = [node for node in ast.parse(text).body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    return tuple(ast.unparse(_without_docstrings(node)) for node in nodes if not _is_text(node))
