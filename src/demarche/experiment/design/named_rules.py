"""Which rules the names in an experiment file mean, and what of them can vary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from demarche.experiment.design.file import ALL_RULES

if TYPE_CHECKING:
    from demarche.rules.contract import Rule


def rules_on(packs: Iterable[str]) -> dict[str, Rule]:
    """Return the rules that are on in any of some packs, by id; unknown packs have none."""
    from demarche.rules.find import rules_of

    found = {rule.id: rule for pack in packs for rule in rules_of(pack)}
    return dict(sorted(found.items()))


def named_rules(names: Sequence[str], packs: Iterable[str]) -> Iterator[Rule]:
    """Yield the rules, on in any of some packs, that are named by id, by family or by `all`; sorted by id."""
    for rule in rules_on(packs).values():
        if {rule.id, rule.family, ALL_RULES} & set(names):
            yield rule


def strengths_of(names: Sequence[str], packs: Iterable[str]) -> tuple[str, ...]:
    """Return the paths of the strengths of named rules; rules without one are passed over."""
    return tuple(
        f"{rule.id}.{parameter.name}"
        for rule in named_rules(names, packs)
        for parameter in rule.parameters
        if parameter.role == "strength"
    )


def uncertainties_of(names: Sequence[str], packs: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return path -> range of every uncertainty of named rules; rules without one are passed over."""
    return {
        f"{rule.id}.{parameter.name}": (float(parameter.low), float(parameter.high))
        for rule in named_rules(names, packs)
        for parameter in rule.parameters
        if parameter.role == "uncertainty"
    }
