"""Rules that a run may draw on: the packaged catalogue, alone or with the rules that a scenario brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.errors import Problem, RuleError, closest
from demarche.rules.common import common_parameters
from demarche.rules.contract import ALL, Parameter, Rule

Origin = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Rules by id.

    Parameters
    ----------
    rules
        Sorted by id, no two of one id.
    added
        Those of them that are not packaged, sorted by id.
    origin
        A function and its arguments with which another process makes the same catalogue; None if none can.
    """

    rules: tuple[Rule, ...]
    added: tuple[Rule, ...] = ()
    origin: Origin | None = None

    @classmethod
    def of(cls, rules: Iterable[Rule], origin: Origin | None = None) -> Catalogue:
        """Return a catalogue of some rules.

        Raises
        ------
        RuleError
            Naming every id that two of them share, and every number that they share and declare differently.
        """
        found: dict[str, Rule] = {}
        numbers: dict[str, Parameter] = {}
        problems = []
        for rule in rules:
            for path, number in zip(rule.parameter_paths, rule.parameters, strict=True):
                if numbers.setdefault(path, number) != number:
                    what = f"'{path}' is declared in two ways"
                    problems.append(Problem(rule.place, what, fix="declare it once, and name it in both rules"))
            if found.setdefault(rule.id, rule) is not rule:
                problems.append(Problem(rule.place, f"rule id '{rule.id}' is used twice", fix="rename one"))
        if problems:
            raise RuleError(problems)
        return cls(tuple(found[id_] for id_ in sorted(found)), origin=origin)

    def plus(self, rules: Iterable[Rule], origin: Origin | None = None) -> Catalogue:
        """Return this catalogue with further rules, see `of`."""
        added = (*self.added, *rules)
        whole = self.of((*self.rules, *added))
        return Catalogue(whole.rules, tuple(sorted(added, key=lambda rule: rule.id)), origin)

    def __reduce__(self) -> Origin:
        if self.origin is None:
            what = "rules that a program made cannot go to another process"
            raise RuleError([Problem("rules", what, fix="write them into a file and name it in 'rules' of a scenario")])
        return self.origin

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by id, in order."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def shared_paths(self) -> tuple[str, ...]:
        """Paths of the links and base rates that some rule names, sorted."""
        return tuple(sorted({path for rule in self.rules for path in rule.shared_paths}))

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter by path: `<rule id>.<name>`, then those that belong to no rule, see `common_parameters`."""
        of_rules = {
            path: parameter
            for rule in self.rules
            for path, parameter in zip(rule.parameter_paths, rule.parameters, strict=True)
        }
        return {**of_rules, **common_parameters()}

    def on(self, account: str) -> tuple[Rule, ...]:
        """Return the rules that are on in an account, sorted by id."""
        return tuple(rule for rule in self.rules if rule.accounts == ALL or account in rule.accounts)

    def paths_on(self, account: str) -> frozenset[str]:
        """Return the paths of all parameters that can matter in an account.

        Those of its rules, the links and base rates that its rules name, temperatures and levers.
        """
        of_rules = {path for rule in self.on(account) for path in (*rule.parameter_paths, *rule.shared_paths)}
        shared = (LINK_PREFIX, RATE_PREFIX)
        return frozenset(of_rules | {path for path in common_parameters() if not path.startswith(shared)})

    def get(self, rule_id: str) -> Rule:
        """Return one rule by id.

        Raises
        ------
        RuleError
            If there is no such rule; says which was probably meant.
        """
        if rule_id not in self.by_id:
            what, fix = f"no rule is called '{rule_id}'", "list them with: demarche rules"
            raise RuleError([Problem("rules", what, did_you_mean=closest(rule_id, self.by_id), fix=fix)])
        return self.by_id[rule_id]
