"""Find the rules of the catalogue: every `Rule` at the top level of its modules."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from demarche.errors import Problem, RuleError, closest
from demarche.rules import catalogue
from demarche.rules.contract import ALL, Parameter, Rule


@cache
def find_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by id.

    Raises
    ------
    RuleError
        If two rules share an id.
    """
    found: dict[str, Rule] = {}
    prefix = f"{catalogue.__name__}."
    for module_info in sorted(pkgutil.walk_packages(catalogue.__path__, prefix), key=lambda info: info.name):
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            if not isinstance(value, Rule):
                continue
            if found.setdefault(value.id, value) is not value:
                raise RuleError([Problem(module.__name__, f"rule id '{value.id}' is used twice", fix="rename one")])
    return tuple(found[id_] for id_ in sorted(found))


def get_rule(rule_id: str) -> Rule:
    """Return one rule by id.

    Raises
    ------
    RuleError
        If there is no such rule; says which was probably meant.
    """
    rules = {rule.id: rule for rule in find_rules()}
    if rule_id not in rules:
        raise RuleError(
            [
                Problem(
                    "rules",
                    f"no rule is called '{rule_id}'",
                    did_you_mean=closest(rule_id, rules),
                    fix="list them with: demarche rules",
                )
            ]
        )
    return rules[rule_id]


def rules_of(pack_id: str) -> tuple[Rule, ...]:
    """Return the rules that are on in a pack, sorted by id."""
    return tuple(rule for rule in find_rules() if rule.packs == ALL or pack_id in rule.packs)


@cache
def parameters() -> dict[str, Parameter]:
    """Return every parameter of the catalogue by path `<rule id>.<name>`."""
    return {f"{rule.id}.{parameter.name}": parameter for rule in find_rules() for parameter in rule.parameters}


@cache
def rules_digest() -> str:
    """Return a SHA-256 over the source of world, rules and engine: of everything that makes a run what it is."""
    root = Path(catalogue.__path__[0]).parents[1]
    digest = hashlib.sha256()
    for package in ("world", "rules", "engine"):
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
