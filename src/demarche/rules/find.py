"""Find the rules of the packaged catalogue: every `Rule` at the top level of its modules, at any depth."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from demarche.errors import Problem, RuleError
from demarche.rules import catalogue
from demarche.rules.collected import Catalogue
from demarche.rules.common import common_parameters
from demarche.rules.contract import Parameter, Rule
from demarche.rules.identity import code_digest, digest_of, rule_digest


def read_rules(package: ModuleType) -> tuple[Rule, ...]:
    """Return the rules of a package and of every package in it, in order of their modules.

    Raises
    ------
    RuleError
        Naming every module that holds no rule and every folder with modules that is no package: nothing is
        passed over in silence.
    """
    problems = [*_forgotten_folders(Path(folder) for folder in package.__path__)]
    rules: dict[int, Rule] = {}
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda info: info.name):
        module = importlib.import_module(found.name)
        own = [value for value in vars(module).values() if isinstance(value, Rule)]
        rules |= {id(rule): rule for rule in own}
        if not own and not found.ispkg:
            fix = "declare a rule in it, or move what rules share to demarche.rules.kit"
            problems.append(Problem(str(module.__file__), "this module of the catalogue holds no rule", fix=fix))
    if problems:
        raise RuleError(problems)
    return tuple(rules.values())


def _forgotten_folders(tops: Iterator[Path]) -> Iterator[Problem]:
    for top in tops:
        for folder in sorted({path.parent for path in top.rglob("*.py")} - {top}):
            between = [folder, *(above for above in folder.parents if top in above.parents)]
            if not all((place / "__init__.py").is_file() for place in between):
                what = "this folder of the catalogue has modules but is no package"
                yield Problem(str(folder), what, fix="add an __init__.py to it and to the folders above it")


@cache
def packaged() -> Catalogue:
    """Return the packaged catalogue.

    Raises
    ------
    RuleError
        If two rules share an id, or something in its folder is neither a package nor holds a rule.
    """
    return Catalogue.of(read_rules(catalogue), (packaged, ()))


def find_rules() -> tuple[Rule, ...]:
    """Return all packaged rules, sorted by id."""
    return packaged().rules


def get_rule(rule_id: str) -> Rule:
    """Return one packaged rule by id, see `Catalogue.get`."""
    return packaged().get(rule_id)


def rules_of(account_id: str) -> tuple[Rule, ...]:
    """Return the packaged rules that are on in an account, sorted by id."""
    return packaged().on(account_id)


def parameters() -> dict[str, Parameter]:
    """Return every parameter of the packaged catalogue by path `<rule id>.<name>`."""
    return packaged().parameters


@cache
def rules_digest() -> str:
    """Return a SHA-256 over packaged rules and engine: of everything but the scenario that makes a run what it is.

    It does not change when files move, nor with words, comments and layout.
    """
    shared = (f"{path} {parameter.default!r}" for path, parameter in common_parameters().items())
    return digest_of([code_digest(), *shared, *map(rule_digest, find_rules())])
