"""Design `ablation`: nothing off, then the strength of one rule at 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from demarche.arrays import Array
from demarche.experiment.design.kit import one_off, runs_that_move
from demarche.experiment.design.method import Ask, Method
from demarche.experiment.design.named_rules import ALL_RULES, Scope, check_rules, strengths_of
from demarche.experiment.design.request import Request
from demarche.reading.report import Report
from demarche.reading.strict import Schema, Strict
from demarche.rules.contract import FAMILIES
from demarche.scenario.schema import rule_schema

Switched = tuple[str, ...]
"""Paths of the strengths that are put at 0 in turn."""


def _list_rules(schema: Schema) -> None:
    schema["items"] = rule_schema(ALL_RULES, *FAMILIES)


class Keys(Strict):
    """The keys of an ablation."""

    rules: list[str] = Field(
        default=[],
        min_length=1,
        description="rules or families that an ablation switches off in turn, or 'all'",
        examples=["[all]"],
        json_schema_extra=_list_rules,
    )


def count(request: Request, options: Switched) -> int:
    """Return one and the number of rules."""
    return 1 + len(options)


def lay_out(request: Request, options: Switched) -> Array:
    """Return the point at which nothing is off, then one for each rule."""
    return one_off(len(options), [(column, 0.0) for column in range(len(options))])


def chosen(request: Request, options: Switched, points: Array) -> NDArray[np.int64]:
    """Leave out rules that are off in an account anyway."""
    return runs_that_move(request, options, points)


def names(report: Report, scope: Scope) -> None:
    """Refuse names of no rule, and rules that have no strength or are on in no account."""
    what = "the rule is a procedure without a strength that could be 0"
    fix = "leave it out, or switch it off with 'rules_off' in an arm of the scenario"
    check_rules(report, "rules", scope, lambda rule: rule.has_strength, what, fix, also=(ALL_RULES,))


def read(ask: Ask, keys: Keys) -> Switched | None:
    """Return the strengths of the rules that are named."""
    found = strengths_of(keys.rules, ask.scope)
    if not found:
        what, fix = "none of their rules that are on in the accounts has a strength", "name other rules or families"
        ask.report.add(("rules",), what, fix=fix, at_key=True)
    return found or None


ABLATION = Method[Keys, Switched](
    name="ablation",
    meaning="nothing off, then the strength of one rule at 0 at a time",
    count=count,
    lay_out=lay_out,
    keys=Keys,
    needs=("rules",),
    varies=False,
    names=names,
    read=read,
    columns=lambda request, options: options,
    chosen=chosen,
    describe=lambda options: {"switched": list(options)},
)
