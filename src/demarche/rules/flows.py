"""What flows from which field into which when a rule acts, with the links that an account holds at neutral folded away.

The body is read, not run: constants are folded as arithmetic has it (nothing times a neutral share is nothing, one to
any power is one), so that a write that a neutral link brings to nothing is no flow. Whatever is not understood counts
as flowing, so that a path is never missed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import FunctionType
from typing import Any

from demarche.rules.contract import Rule
from demarche.rules.folding import NOTHING, Value, called, folded, joined
from demarche.rules.source import Function, function_of

DEPTH = 6
INTO_FIRST = ("at", "copyto", "put_along_axis", "place")  # functions that change their first argument
AT_OWNER = ("put_into", "add_to")  # methods that change their first argument at the cells that they belong to
INTO_OWNER = ("append", "extend", "add", "update")  # methods that change what they belong to
PASSES = 2
WORLD, MOMENT = Value(is_world=True), Value()
Flows = dict[str, frozenset[str]]
"""Field that is written -> fields that it then depends on."""


@dataclass
class _Walk:
    """One rule read with some links at neutral."""

    into: dict[str, set[str]] = field(default_factory=dict)
    control: set[str] = field(default_factory=set)

    def write(self, target: Value, value: Value) -> None:
        for name in target.alias:
            self.into.setdefault(name, set()).update(value.fields)


class _Reader:
    """Reads one function with given arguments; writes go to a walk that its helpers share."""

    def __init__(self, walk: _Walk, scope: Mapping[str, Any], names: dict[str, Value], depth: int = 0) -> None:
        self.walk, self.scope, self.names, self.depth = walk, scope, names, depth
        self.returned: Value | None = None

    def body(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign):
            value = self.value(node.value)
            for target in node.targets:
                self.assign(target, value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self.assign(node.target, self.value(node.value))
        elif isinstance(node, ast.AugAssign):
            self.augment(node)
        elif isinstance(node, ast.Expr):
            self.value(node.value)
        elif isinstance(node, ast.Return) and node.value is not None:
            value = self.value(node.value)
            self.returned = value if self.returned is None else joined(self.returned, value)
        elif isinstance(node, (ast.If, ast.While)):
            self.walk.control |= self.value(node.test).fields
            self.body([*node.body, *node.orelse])
        elif isinstance(node, ast.For):
            self.loop(node)
        elif isinstance(node, ast.With):
            self.body(node.body)

    def loop(self, node: ast.For) -> None:
        items = node.iter.elts if isinstance(node.iter, (ast.Tuple, ast.List)) else None
        values = [self.value(item) for item in items] if items is not None else [self.value(node.iter)]
        for value in values:
            self.assign(node.target, value if items is not None else replace(value, items=()))
        for _ in range(PASSES):
            self.body(node.body)

    def augment(self, node: ast.AugAssign) -> None:
        value, target = self.value(node.value), node.target
        still = {ast.Add: 0.0, ast.Sub: 0.0, ast.Mult: 1.0, ast.Div: 1.0}.get(type(node.op))
        if value.const is not None and value.const == still:
            return
        place = self.value(target)
        self.walk.write(place, joined(value, replace(place, const=None)))
        self.fill(target, value)

    def fill(self, target: ast.expr, value: Value) -> None:
        """Note that a local array now holds a value too, in part or in whole."""
        while isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name) and not self.value(target).is_world:
            held = self.value(target)
            self.names[target.id] = replace(joined(held, value), const=None, alias=held.alias, items=())

    def assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            known = self.names.get(target.id)
            self.names[target.id] = value if known is None else joined(known, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            size = len(target.elts)
            parts = value.items if len(value.items) == size else (replace(value, items=()),) * size
            for one, part in zip(target.elts, parts, strict=True):
                self.assign(one, part)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, value)
        elif isinstance(target, ast.Subscript):
            value = joined(value, self.value(target.slice))
            self.walk.write(self.value(target.value), value)
            self.fill(target, value)

    def value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            return _number(node.value)
        if isinstance(node, ast.Name):
            return self.names[node.id] if node.id in self.names else _number(self.scope.get(node.id))
        if isinstance(node, ast.Attribute):
            whole = self.value(node.value)
            return Value(frozenset((node.attr,)), alias=frozenset((node.attr,))) if whole.is_world else whole
        if isinstance(node, ast.Subscript):
            whole, index = self.value(node.value), self.value(node.slice)
            return replace(joined(whole, index), const=whole.const, alias=whole.alias)
        if isinstance(node, ast.BinOp):
            return folded(node.op, self.value(node.left), self.value(node.right))
        if isinstance(node, ast.UnaryOp):
            value = self.value(node.operand)
            minus = isinstance(node.op, ast.USub) and value.const is not None
            return replace(value, const=-value.const if minus and value.const is not None else None, alias=frozenset())
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, (ast.Tuple, ast.List)):
            items = tuple(self.value(item) for item in node.elts)
            return replace(joined(*items), const=None, items=items) if items else NOTHING
        return self.others(node)

    def others(self, node: ast.expr) -> Value:
        """Return the value of what only gathers its parts; names that it binds stand for what they run through."""
        for part in getattr(node, "generators", ()):
            self.assign(part.target, replace(self.value(part.iter), items=()))
        parts = [self.value(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        for part in getattr(node, "generators", ()):
            parts += [self.value(test) for test in part.ifs]
        whole = joined(*parts) if parts else NOTHING
        return whole if isinstance(node, (ast.IfExp, ast.Starred)) else replace(whole, const=None, alias=frozenset())

    def call(self, node: ast.Call) -> Value:
        given = [self.value(argument) for argument in node.args]
        by_name = {word.arg or "": self.value(word.value) for word in node.keywords}
        if "out" in by_name:
            self.walk.write(by_name["out"], joined(*given))
        function = self.scope.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if isinstance(function, FunctionType) and function.__module__.startswith("demarche.") and self.depth < DEPTH:
            return self.inside(function, given, by_name)
        owner = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else NOTHING
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in (*INTO_FIRST, *AT_OWNER) and given:
            where = (owner,) if name in AT_OWNER else ()
            self.walk.write(given[0], joined(*where, *given, *by_name.values()))
            self.fill(node.args[0], joined(*where, *given, *by_name.values()))
        elif name in INTO_OWNER and given and isinstance(node.func, ast.Attribute):
            self.fill(node.func.value, joined(*given))
        return called(name, owner, given, by_name)

    def inside(self, function: FunctionType, given: list[Value], by_name: Mapping[str, Value]) -> Value:
        """Read a function of the package with the values that it is called with."""
        node = function_of(function)
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        own = {**dict(zip(names, given, strict=False)), **by_name}
        left = given[len(names) :]
        if node.args.vararg is not None and left:
            own[node.args.vararg.arg] = joined(*left)
        reader = _Reader(self.walk, function.__globals__, {**_defaults(node), **own}, self.depth + 1)
        for _ in range(PASSES):
            reader.body(node.body)
        return NOTHING if reader.returned is None else reader.returned


def _number(known: Any) -> Value:
    """Return a constant, or nothing if it is no number."""
    number = isinstance(known, (int, float)) and not isinstance(known, bool)
    return Value(const=float(known)) if number else NOTHING


def _defaults(node: Function) -> dict[str, Value]:
    positional = (*node.args.posonlyargs, *node.args.args)
    pairs = [*zip(positional[len(positional) - len(node.args.defaults) :], node.args.defaults, strict=True)]
    pairs += [(name, value) for name, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if value]
    values: dict[str, Any] = {name.arg: getattr(value, "value", None) for name, value in pairs}
    return {name: Value(const=float(value)) for name, value in values.items() if isinstance(value, (int, float))}


def flows_of(rule: Rule, neutral: Mapping[str, float] | None = None) -> Flows:
    """Return what flows where when a rule acts.

    Parameters
    ----------
    rule
        The rule.
    neutral
        Id of a link that is held at its neutral value -> that value; other links count as at work.
    """
    found = _read(rule, neutral or {})
    plain = _read(rule, {}) if neutral else found
    # a write that is done in a way that is not understood counts as flowing from all that the rule reads
    unread = frozenset((*rule.reads, *rule.writes))
    kept = [name for name in rule.writes if name in found or name not in plain]
    return {name: found.get(name, unread) for name in kept}


def _read(rule: Rule, neutral: Mapping[str, float]) -> Flows:
    node, walk = function_of(rule.body), _Walk()
    body: Callable[..., Any] = rule.body
    names = {argument.arg: NOTHING for argument in node.args.kwonlyargs}
    names |= {link: Value(const=neutral[link]) for link in rule.links if link in neutral}
    first, second, *_ = [argument.arg for argument in node.args.args]
    for _ in range(PASSES):
        _Reader(walk, getattr(body, "__globals__", {}), {**names, first: WORLD, second: MOMENT}).body(node.body)
    more = walk.control | ({rule.trigger} if rule.trigger else set())
    return {name: frozenset(fields | more) for name, fields in walk.into.items() if name in rule.writes}

