"""Rules from files outside the package: one Python file holds some, and they join the catalogue of one scenario.

A file is run as a module of its own, under a name that follows from its content; nothing else of the program sees it.
Another process, or a results folder, makes the same rules again from the same text.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import re
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from demarche.errors import Problem, RuleError, closest
from demarche.rules import contract
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import packaged

KEPT_FILES = 64
MODULE = "demarche_rules_"
CALLED = re.compile(r"^(\w+)(?:\.__init__)?\(\) (?:got an unexpected keyword argument '(\w+)'|missing )")


@dataclass(frozen=True)
class RuleFile:
    """A Python file that holds rules.

    Parameters
    ----------
    file
        Where it lies, for messages.
    text
        Its content.
    """

    file: str
    text: str

    @property
    def module(self) -> str:
        """Name of the module that it is run as."""
        return MODULE + hashlib.sha256(self.text.encode()).hexdigest()[:16]


class _Loader:
    """Gives the text of a module to whoever asks its loader, such as tracebacks and `rules.source`."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, _name: str) -> str:
        return self.text


def extended(files: tuple[RuleFile, ...]) -> Catalogue:
    """Return the packaged catalogue with the rules of some files.

    Raises
    ------
    RuleError
        If a file cannot be used, or an id is taken.
    """
    base = packaged()
    return base.plus(tuple(rule for file in files for rule in load_rules(file)), (extended, (files,)))


@lru_cache(maxsize=KEPT_FILES)
def load_rules(file: RuleFile) -> tuple[Rule, ...]:
    """Run a file and return its rules, sorted by id.

    Raises
    ------
    RuleError
        With file and line of what is wrong: the syntax, an import, a declaration, or a rule that is hidden.
    """
    module = _run(file)
    known = {id(rule) for rule in packaged().rules}
    found = {id(value): value for value in vars(module).values() if isinstance(value, Rule) and id(value) not in known}
    problems = list(_hidden(file, module, found.values()))
    if not found and not problems:
        fix = "declare one with @rule, or take the file out of the scenario"
        problems.append(Problem(f"{file.file}:1:1", "the file holds no rule", fix=fix))
    if problems:
        raise RuleError(problems)
    return tuple(sorted(found.values(), key=lambda rule: rule.id))


def _run(file: RuleFile) -> ModuleType:
    module = ModuleType(file.module)
    module.__file__, module.__loader__ = file.file, _Loader(file.text)  # type: ignore[assignment]
    sys.modules[file.module] = module
    try:
        exec(compile(file.text, file.file, "exec", dont_inherit=True), vars(module))
    except BaseException as error:
        del sys.modules[file.module]
        if isinstance(error, KeyboardInterrupt):
            raise
        raise RuleError(_told(file, error)) from error
    return module


def _told(file: RuleFile, error: BaseException) -> list[Problem]:
    """Return what went wrong while a file was run, at its line of the file."""
    if isinstance(error, SyntaxError) and error.filename == file.file:
        where = f"{file.file}:{error.lineno or 1}:{error.offset or 1}"
        fix = "mend the line, or the one before it"
        return [Problem(where, f"this is no Python ({error.msg})", (error.text or "").strip(), fix=fix)]
    if isinstance(error, RuleError):
        return list(error.problems)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file.file]
    where = f"{file.file}:{lines[-1] if lines else 1}:1"
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, ImportError):
        fix = "install the package, or import only what NumPy, SciPy and Demarche offer"
        return [Problem(where, "an import of the file failed", said, fix=fix)]
    expected, meant = _meant(error)
    return [Problem(where, "the file stops with an error when it is run", said, expected, meant, "mend the line")]


def _meant(error: BaseException) -> tuple[str, str]:
    """Return what was expected in the place of a misspelt name, and the closest one, empty where nobody can tell."""
    if isinstance(error, NameError) and error.name:
        return "", closest(error.name, contract.__all__)
    called = CALLED.search(str(error)) if isinstance(error, TypeError) else None
    offered = vars(contract).get(called[1]) if called and called[1] in contract.__all__ else None
    if called is None or offered is None:
        return "", ""
    names = list(inspect.signature(offered).parameters)
    return ", ".join(names), closest(called[2], names) if called[2] else ""


def _hidden(file: RuleFile, module: ModuleType, found: Iterable[Rule]) -> Iterable[Problem]:
    """Yield the functions under `@rule` of which the module holds no rule."""
    lines = {rule.body.__code__.co_firstlineno for rule in found}
    for node in ast.walk(ast.parse(file.text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        named = [decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
        is_rule = any(isinstance(name, ast.Name) and vars(module).get(name.id) is contract.rule for name in named)
        if is_rule and node.decorator_list[0].lineno not in lines:
            where = f"{file.file}:{node.lineno}:{node.col_offset + 1}"
            fix = "write it at the top level of the file, under a name that nothing else there takes"
            yield Problem(where, f"the rule '{node.name}' is hidden", fix=fix)
