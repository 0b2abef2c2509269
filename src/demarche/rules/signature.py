"""The signature of a rule's body, compared with the parameters that the rule declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

from demarche.errors import Problem, closest

GIVEN = ("w", "now")
SHAPE = "def name(w: Fields, now: Moment, *, one: Array, other: Array) -> None"


def place_of(body: Callable[..., object]) -> str:
    """Return where a function stands, as `file:line:column`."""
    code = body.__code__
    return f"{code.co_filename}:{code.co_firstlineno}:1"


def signature_problems(rule_id: str, body: Callable[..., object], declared: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the arguments of a body, empty if they are the declared parameters.

    Parameters
    ----------
    rule_id
        Names the rule in messages.
    body
        Takes `w` and `now`, and each declared parameter by name only and without a default.
    declared
        Names of the declared parameters.
    """
    where = f"{place_of(body)}: rule {rule_id}"
    arguments = inspect.signature(body).parameters.values()
    by_place = tuple(a.name for a in arguments if a.kind in (a.POSITIONAL_ONLY, a.POSITIONAL_OR_KEYWORD))
    by_name = [a.name for a in arguments if a.kind == a.KEYWORD_ONLY]
    open_ended = [a.name for a in arguments if a.kind in (a.VAR_POSITIONAL, a.VAR_KEYWORD)]
    problems = []
    if by_place != GIVEN or open_ended:
        found = ", ".join((*by_place, *(f"*{name}" for name in open_ended))) or "none"
        fix = f"write it as: {SHAPE}"
        what = "the body takes its arguments in another way"
        problems.append(Problem(where, what, found, "w, now, then parameters by name", fix=fix))
    for name in by_name:
        if name not in declared:
            fix = f"declare a parameter '{name}', or take the argument out"
            problems.append(_strange(where, f"argument '{name}' is no declared parameter", name, declared, fix))
    for name in declared:
        if name not in (*by_name, *by_place):
            fix = f"add '{name}: Array' after the star, or take the parameter out"
            what = f"declared parameter '{name}' is no argument of the body"
            problems.append(_strange(where, what, name, by_name, fix))
    for argument in arguments:
        if argument.kind == argument.KEYWORD_ONLY and argument.default is not argument.empty:
            fix = "declare the number as the default of the parameter"
            problems.append(Problem(where, f"argument '{argument.name}' has a default of its own", fix=fix))
    for name in sorted({name for name in declared if list(declared).count(name) > 1}):
        problems.append(Problem(where, f"parameter '{name}' is declared twice", fix="rename one"))
    return problems


def _strange(where: str, what: str, name: str, known: Sequence[str], fix: str) -> Problem:
    expected = ", ".join(known) or "none"
    return Problem(where, what, expected=expected, did_you_mean=closest(name, known), fix=fix)
