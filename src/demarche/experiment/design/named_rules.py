"""Which rules the names in an experiment file mean, what of them can vary, and which names cannot stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.reading.names import check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY

if TYPE_CHECKING:
    from demarche.rules.collected import Catalogue
    from demarche.rules.contract import Rule

ALL_RULES = "all"
OFF = "leave it out, or add an account in which its rule is on"


@dataclass(frozen=True)
class Scope:
    """The rules that an experiment can mean: those of its scenario's catalogue that are on in an account it runs."""

    catalogue: Catalogue
    accounts: tuple[str, ...]

    @property
    def rules(self) -> dict[str, Rule]:
        """Rules that are on in any of the accounts, by id; unknown accounts have none."""
        found = {rule.id: rule for account in self.accounts for rule in self.catalogue.on(account)}
        return dict(sorted(found.items()))

    @property
    def paths(self) -> set[str]:
        """Paths of the parameters that can matter in one of the accounts."""
        return {path for account in self.accounts for path in self.catalogue.paths_on(account)}


def named_rules(names: Sequence[str], scope: Scope) -> Iterator[Rule]:
    """Yield the rules of a scope that are named by id, by family or by `all`; sorted by id."""
    for rule in scope.rules.values():
        if {rule.id, rule.family, ALL_RULES} & set(names):
            yield rule


def strengths_of(names: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """Return the paths of the strengths of named rules; rules without one are passed over."""
    return tuple(
        parameter.path(rule.id)
        for rule in named_rules(names, scope)
        for parameter in rule.parameters
        if parameter.role == "strength"
    )


def uncertainties_of(names: Sequence[str], scope: Scope) -> dict[str, tuple[float, float]]:
    """Return path -> range of every uncertainty of named rules; rules without one are passed over."""
    return {
        parameter.path(rule.id): (float(parameter.low), float(parameter.high))
        for rule in named_rules(names, scope)
        for parameter in rule.parameters
        if parameter.role == "uncertainty"
    }


def check_rules(
    report: Report,
    key: str,
    scope: Scope,
    is_fit: Callable[[Rule], bool],
    what: str,
    fix: str,
    also: tuple[str, ...] = (),
) -> None:
    """Refuse names in a list of rules and families that name nothing, stand twice, or do nothing here.

    Parameters
    ----------
    report, key
        Where the list is.
    scope
        The rules that can be meant.
    is_fit, what, fix
        Whether a rule named by its id has what is asked of it, and what to say if not.
    also
        Other words that may stand in the list.
    """
    from demarche.rules.contract import FAMILIES

    known, on = scope.catalogue.by_id, scope.rules
    entries = list(report.document.select(key, ANY))
    expected = ", ".join([*also, f"a family ({', '.join(FAMILIES)}) or the id of a rule"])
    check_names(report, "rule or family", entries, (*also, *FAMILIES, *known), expected=expected)
    check_repeats(report, entries)
    for path, name in entries:
        if name in known and name not in on:
            report.add(path, "the rule is on in none of the accounts", found=name, fix=OFF)
        elif name in known and not is_fit(known[name]):
            report.add(path, what, found=name, fix=fix)
