"""What the declared facts of a rule must name, whoever wrote it: families, accounts, fields, events, ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from demarche.accounts.links import all_links, all_rates
from demarche.accounts.packaged import packaged_accounts
from demarche.errors import Problem, closest, listed
from demarche.rules.contract import ALL, FAMILIES, Parameter, Rule
from demarche.rules.usage import declaration_problems
from demarche.world.calendar import EVENT_KINDS
from demarche.world.decisions import DECISIONS
from demarche.world.fields import FIELDS

ID_PATTERN = re.compile(r"([a-z_]+)\.[a-z][a-z0-9_]*")
TIMES = ("start", "month", "quarter", "half_year", "year", "march")


def rule_problems(rule: Rule) -> list[Problem]:
    """Return what is wrong with the facts of a rule, taken alone, and where they and its body disagree."""
    problems = [*_identity_problems(rule), *_name_problems(rule), *_parameter_problems(rule)]
    return problems or declaration_problems(rule)


def unknown(place: str, what: str, names: Iterable[str], known: Iterable[str], fix: str = "") -> Iterator[Problem]:
    """Yield a problem for each name that is not known, with the closest one that is."""
    known = tuple(known)
    expected = listed(known)
    for name in names:
        if name not in known:
            meant = closest(name, known)
            yield Problem(place, f"no {what} is called '{name}'", expected=expected, did_you_mean=meant, fix=fix)


def _identity_problems(rule: Rule) -> Iterator[Problem]:
    match = ID_PATTERN.fullmatch(rule.id)
    if match is None:
        yield Problem(rule.place, "this is no id of a rule", rule.id, "<family>.<short_name> in small letters")
    else:
        yield from unknown(rule.place, "family", [match[1]], FAMILIES)
    if not rule.sentence.endswith("."):
        fix = "write the rule in one plain sentence"
        yield Problem(rule.place, "the sentence of the rule does not end with a full stop", rule.sentence, fix=fix)
    if not rule.accounts:
        yield Problem(rule.place, "the rule is in no account", expected=f"ALL, or {', '.join(packaged_accounts())}")


def _name_problems(rule: Rule) -> Iterator[Problem]:
    if rule.accounts != ALL:
        yield from unknown(rule.place, "account", rule.accounts, packaged_accounts())
    yield from unknown(rule.place, "field", (*rule.reads, *rule.writes), FIELDS, "see docs/reference/fields.md")
    yield from unknown(rule.place, "kind of event", rule.calendar, EVENT_KINDS)
    yield from unknown(rule.place, "link", rule.links, all_links(), "declare it in accounts/declared/links.yaml")
    yield from unknown(rule.place, "base rate", rule.rates, all_rates(), "declare it in accounts/declared")
    kind = re.sub(r"-[0-9]+(\.\.[0-9]+)?$", "", rule.when)
    yield from unknown(rule.place, "time to act", [kind], (*TIMES, *EVENT_KINDS))
    of_senders = {f"{decision.name}_utility" for decision in DECISIONS if decision.rows == "senders"}
    if rule.rows != "senders" and (found := sorted(of_senders & set(rule.writes))):
        what = "the rule weighs choices that only senders have, but concerns all states"
        yield Problem(rule.place, what, ", ".join(found), fix="declare rows='senders'")


def _parameter_problems(rule: Rule) -> Iterator[Problem]:
    for parameter in rule.parameters:
        place = f"{rule.place}: parameter {parameter.name}"
        if not _is_range(parameter):
            found = f"{parameter.default} in {parameter.low} to {parameter.high}"
            yield Problem(place, "the default does not lie in a range of numbers", found, "low <= default <= high")
        for what in ("unit", "meaning", "source"):
            if not getattr(parameter, what).strip():
                yield Problem(place, f"the {what} is empty", fix="say it, if need be as 'assumption: ...'")
    scales = [parameter.name for parameter in rule.parameters if parameter.role == "strength"]
    if len(scales) > 1:
        yield Problem(rule.place, "more than one parameter scales the whole rule", ", ".join(scales), "one strength")


def _is_range(parameter: Parameter) -> bool:
    ends = parameter.low, parameter.high
    whole = parameter.low < parameter.high or parameter.role == "constant"
    return all(map(math.isfinite, ends)) and parameter.low <= parameter.default <= parameter.high and whole
