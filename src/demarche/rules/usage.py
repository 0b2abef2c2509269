"""What a body does, read from its source: fields read and written, draws taken, events asked about.

The declaration of a rule is held against it, so that nothing is undeclared and nothing declared in vain.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from demarche.errors import Problem, closest
from demarche.rules.contract import Rule
from demarche.rules.source import Function, Source, source_of
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS

CHANGING = ("at", "copyto", "put_into", "add_to")  # functions of NumPy and of `Spots` that change the first argument
DRAWING = ("draw", "draw_cells", "draw_joint", "draw_lasting")
ASKING = ("is_on", "strength", "next_strength", "strength_within", "months_to", "months_since", "actors", "named")


@dataclass
class Usage:
    """What a body does with the world and the moment.

    Parameters
    ----------
    fields
        Every field that it names.
    written
        Fields that it changes in place.
    touched
        Fields of which it changes a part that may be a copy, so that the world may or may not change.
    draws, kinds
        Labels of its draws; kinds of events that it asks about.
    options
        Decisions and options whose position it asks for.
    bound
        Names that it binds.
    replaced
        Fields that it would replace by another array instead of changing them.
    """

    fields: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    draws: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)


class _Reader(ast.NodeVisitor):
    """Reads one function; names that stand for fields are followed, into helpers too."""

    def __init__(self, source: Source, usage: Usage, world: str, moment: str, aliases: Mapping[str, set[str]]) -> None:
        self.source, self.usage, self.world, self.moment = source, usage, world, moment
        self.top = not aliases
        self.aliases: dict[str, set[str]] = {name: set(fields) for name, fields in aliases.items()}
        self.parts: dict[str, set[str]] = {}
        self.texts: dict[str, set[str]] = {}
        self.helpers = {name: node for (_, name), node in source.helpers.items()}
        self.values = {name: value for (_, name), value in source.constants.items()}

    def _fields(self, node: ast.AST) -> set[str]:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == self.world:
            return {node.attr}
        return self.aliases.get(node.id, set()) if isinstance(node, ast.Name) else set()

    def _write(self, target: ast.AST) -> None:
        while (array := _array_of(target)) is not None:
            target = array
        self.usage.written |= self._fields(target)
        if isinstance(target, ast.Name):
            self.usage.touched |= self.parts.get(target.id, set())

    def _texts(self, node: ast.AST) -> set[str]:
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) else set()
        if isinstance(node, (ast.Tuple, ast.List)):
            return set().union(*(self._texts(part) for part in node.elts))
        if isinstance(node, ast.Name):
            value = self.values.get(node.id, ())
            return self.texts.get(node.id) or {text for text in _flat(value) if isinstance(text, str)}
        return set()

    def _bind(self, target: ast.AST, values: Iterable[ast.AST]) -> None:
        """Note what a name may stand for, one value or each of several."""
        for value in values:
            if isinstance(target, ast.Name):
                self.usage.bound |= {target.id} if self.top else set()
                whole, part = self._fields(value), value
                while isinstance(part, ast.Subscript):
                    part = part.value
                self.aliases[target.id] = self.aliases.get(target.id, set()) | whole
                self.parts[target.id] = self.parts.get(target.id, set()) | self._fields(part)
                self.texts[target.id] = self.texts.get(target.id, set()) | self._texts(value)
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                for one, other in zip(target.elts, value.elts, strict=False):
                    self._bind(one, [other])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.usage.fields |= self._fields(node)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                self._write(target)
            elif isinstance(target, ast.Attribute):
                self.usage.replaced |= self._fields(target)
            else:
                self._bind(target, [node.value])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        if node.value is not None:
            self._bind(node.target, [node.value])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        self._write(node.target)

    def visit_For(self, node: ast.For) -> None:
        values = node.iter.elts if isinstance(node.iter, (ast.Tuple, ast.List)) else [_rows_of(node.iter)]
        self._bind(node.target, values)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        for keyword in node.keywords:
            if keyword.arg == "out":
                self._write(keyword.value)
        if isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING and node.args:
            self._write(node.args[0])
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            if node.func.value.id == self.moment and node.args:
                self._ask(node.func.attr, *map(self._texts, node.args[:2]))
        elif isinstance(node.func, ast.Name) and node.func.id in self.helpers:
            self._follow(node, self.helpers[node.func.id])

    def _ask(self, what: str, first: set[str], second: Iterable[str] = ()) -> None:
        self.usage.draws |= first if what in DRAWING else set()
        self.usage.kinds |= first if what in ASKING else set()
        self.usage.options |= {(one, other) for one in first for other in second} if what == "index" else set()

    def _follow(self, call: ast.Call, helper: Function) -> None:
        names = [argument.arg for argument in helper.args.args]
        given = {**dict(zip(names, call.args, strict=False)), **{k.arg: k.value for k in call.keywords if k.arg}}
        whole = {name: value.id for name, value in given.items() if isinstance(value, ast.Name)}
        world = next((name for name, value in whole.items() if value == self.world), "")
        moment = next((name for name, value in whole.items() if value == self.moment), "")
        aliases = {name: self._fields(value) for name, value in given.items()}
        reader = _Reader(self.source, self.usage, world, moment, aliases)
        for statement in helper.body:
            reader.visit(statement)


def _array_of(node: ast.AST) -> ast.AST | None:
    """Return the array of which this is a part, or which it is in another shape that shares its memory; else None."""
    if isinstance(node, ast.Subscript):
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reshape":
        return node.func.value
    return None


def _rows_of(iterated: ast.expr) -> ast.expr:
    """Return what a loop goes through; of several arrays, row by row side by side, all of them."""
    together = isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) and iterated.func.id == "zip"
    return ast.Tuple(elts=iterated.args) if together and isinstance(iterated, ast.Call) else iterated


def _flat(value: object) -> Iterable[object]:
    return [inner for part in value for inner in _flat(part)] if isinstance(value, (tuple, list)) else [value]


def usage_of(rule: Rule) -> Usage:
    """Return what the body of a rule does, its helpers included."""
    source, usage = source_of(rule.body), Usage()
    reader = _Reader(source, usage, "w", "now", {})
    for statement in source.body.body:
        reader.visit(statement)
    return usage


def declaration_problems(rule: Rule) -> list[Problem]:
    """Return where a rule's declaration and its body disagree."""
    usage = usage_of(rule)
    where = rule.place
    if problems := [*_strange_fields(where, usage), *_replaced(where, usage)]:
        return problems  # what is declared of these is told when they are mended
    reads, writes = set(rule.reads), set(rule.writes)
    lists: tuple[tuple[str, set[str], set[str], set[str]], ...] = (
        ("reads", reads, usage.fields - writes, usage.fields),
        ("writes", writes, usage.written, usage.written | usage.touched),
        ("draws", set(rule.draws), usage.draws, usage.draws),
        ("calendar", set(rule.calendar), usage.kinds, usage.kinds),
    )
    for name, declared, needed, used in lists:
        for missing in sorted(needed - declared):
            fix = f"add it to {name}"
            meant = closest(missing, declared - used)
            problems.append(Problem(where, f"'{missing}' is used but not declared in {name}", "", "", meant, fix))
        for idle in sorted(declared - used):
            problems.append(Problem(where, f"'{idle}' is declared in {name} but not used", fix="take it out"))
    for both in sorted(reads & writes):
        fix = "take it out of reads, since a rule may read what it writes"
        problems.append(Problem(where, f"'{both}' is declared in reads and in writes", fix=fix))
    return problems + _strange_options(where, usage) + _rebound(where, usage, rule)


def _strange_fields(where: str, usage: Usage) -> list[Problem]:
    fix = "see docs/reference/fields.md"
    return [
        Problem(where, f"the body names 'w.{name}', and no field is called so", "", "", closest(name, FIELDS), fix)
        for name in sorted(usage.fields - set(FIELDS))
    ]


def _replaced(where: str, usage: Usage) -> list[Problem]:
    return [
        Problem(where, f"the body puts another array in the place of '{name}'", f"w.{name} = ...",
                fix=f"change it in place: w.{name}[...] = ..., or w.{name} += ...")
        for name in sorted(usage.replaced)
    ]  # fmt: skip


def _strange_options(where: str, usage: Usage) -> list[Problem]:
    problems = []
    for name, option in sorted(usage.options):
        known = DECISION_OF[name].options if name in DECISION_OF else ()
        if option not in known:
            what = f"'{option}' is no option of the decision '{name}'" if known else f"no decision is called '{name}'"
            meant = closest(option, known) if known else closest(name, DECISION_OF)
            problems.append(Problem(where, what, expected=", ".join(known or DECISION_OF), did_you_mean=meant))
    return problems


def _rebound(where: str, usage: Usage, rule: Rule) -> list[Problem]:
    names = sorted(usage.bound & {parameter.name for parameter in rule.parameters})
    fix = "give the local value another name"
    return [Problem(where, f"the body binds its parameter '{name}' anew", fix=fix) for name in names]
