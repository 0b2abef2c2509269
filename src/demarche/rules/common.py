"""Parameters that belong to no rule: links, base rates, temperatures, levers that are swept, starting values."""

from __future__ import annotations

import math
from functools import cache

from demarche.accounts.links import Link, Rate, all_links, all_rates
from demarche.accounts.packaged import common_account
from demarche.rules.contract import Parameter
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.fields import FieldSpec, given_as
from demarche.world.levers import LEVER_PATHS, LeverPart

START_PREFIX, GAP_PREFIX = "initial.", "assumed."


@cache
def common_parameters() -> dict[str, Parameter]:
    """Return them by path: `link.<id>`, `rate.<id>`, `decision.<name>.temperature`, `lever.<name>[.<part>]`."""
    links = {link.path: _link(link) for link in all_links().values()}
    rates = {rate.path: _rate(rate) for rate in all_rates().values()}
    of_decisions = {f"decision.{one.name}.temperature": _temperature(one) for one in DECISIONS}
    levers = {path: _lever(path, part) for path, part in LEVER_PATHS.items()}
    starts = {START_PREFIX + name: _start(spec) for name, spec in given_as("start").items()}
    gaps = {GAP_PREFIX + name: _gap(spec) for name, spec in given_as("pairs").items()}
    return {**links, **rates, **of_decisions, **levers, **starts, **gaps}


def _link(link: Link) -> Parameter:
    held, unit = common_account().links[link.id], link.said.unit_of
    return Parameter(link.id, held.prior.median, unit.low, unit.high, link.said.unit, link.said.meaning, held.source)


def _rate(rate: Rate) -> Parameter:
    said, prior = rate.said, rate.prior
    meaning = f"base rate of {said.decision}: {said.option} ({said.occasion})"
    return Parameter(rate.id, prior.median, *prior.bounds, said.unit, meaning, said.source)


def _temperature(decision: Decision) -> Parameter:
    scale = decision.temperature
    meaning = f"unexplained part of the decision {decision.name}: chances go with exp(utility / temperature)"
    return Parameter("temperature", scale.default, scale.low, scale.high, "utility", meaning, scale.source)


def _start(spec: FieldSpec) -> Parameter:
    """Return a starting value as a parameter: NaN, its default, leaves what the cast says."""
    meaning = f"{spec.meaning}: at the start, over what the cast says"
    return Parameter(spec.name, math.nan, spec.low, spec.high, spec.unit, meaning, "the cast", "lever")


def _gap(spec: FieldSpec) -> Parameter:
    """Return what gaps of a column stand for as a parameter: NaN, its default, leaves what the cast assumes."""
    meaning = f"{spec.meaning}: where the cast has no data, over what it assumes at no distance of ideal points"
    return Parameter(spec.name, math.nan, spec.low, spec.high, spec.unit, meaning, "the cast", "lever")


def _lever(path: str, part: LeverPart) -> Parameter:
    """Return a lever's part as a parameter: NaN, its default, leaves what the arm says."""
    meaning = f"{part.meaning}, for all alike and in all months, over what the arm says"
    return Parameter(path.partition(".")[2], math.nan, part.low, part.high, part.unit, meaning, "a lever", "lever")
