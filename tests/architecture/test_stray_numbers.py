"""Architecture: numbers of the model are parameters; those that are not yet stand in a list that only shrinks."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from demarche import arrays
from demarche.arrays import Array
from demarche.engine import initial, membership, organisations
from demarche.rules.contract import Fields, Moment, Rule
from demarche.rules.find import find_rules
from demarche.rules.source import source_of
from demarche.world.decisions import DECISIONS
from demarche.world.decisions.decision import UNIT_NOISE

PLAIN = (0, 1, 0.5, 2, 12)
LISTED = Path(__file__).with_name("stray_numbers.yaml")
Found = dict[str, list[float]]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


def _numbers(values: Iterable[Any]) -> list[float]:
    """Return the numbers that are not plain, sorted, each as often as it stands; the sign does not count."""
    return sorted(abs(float(v)) for v in values if _is_number(v) and abs(v) not in PLAIN)


def _literals(nodes: Iterable[ast.AST]) -> list[float]:
    return _numbers(part.value for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant))


def _flat(value: object) -> Iterator[object]:
    for part in value if isinstance(value, (tuple, list)) else ():
        yield from _flat(part)
    if isinstance(value, np.ndarray):
        yield from value.ravel()
    elif not isinstance(value, (tuple, list)):
        yield value


def _short(module: str) -> str:
    return module.removeprefix("demarche.").removeprefix("rules.catalogue.")


def strays_of(name: str, body: Callable[..., None]) -> Found:
    """Return the stray numbers of a body, of what it calls and of the constants that it uses.

    The limits of the working precision are numbers of the machine, not of the model.
    """
    source = source_of(body)
    limits = vars(arrays)
    constants = {key: value for key, value in source.constants.items() if limits.get(key[1]) is not value}
    found = {name: _literals(source.body.body)}
    found |= {f"{_short(module)}:{name}()": _literals(node.body) for (module, name), node in source.helpers.items()}
    found |= {f"{_short(module)}:{name}": _numbers(_flat(v)) for (module, name), v in constants.items()}
    return {name: numbers for name, numbers in found.items() if numbers}


def strays_of_the_start() -> Found:
    """Return the stray numbers of the world before the first month: module level and functions."""
    found: Found = {}
    for module in (initial, membership, organisations):
        place = module.__name__.removeprefix("demarche.")
        for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[f"{place}:{node.name}()"] = _literals(node.body)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                found[f"{place}:{ast.unparse(node).partition(' =')[0]}"] = _literals([node])
    return {name: numbers for name, numbers in found.items() if numbers}


def all_strays(rules: Iterable[Rule]) -> Found:
    """Return every stray number of rules, of the start of the world, and of decisions.

    Of decisions any temperature is one: that which they share once, whatever number of them has it.
    """
    found: Found = {}
    for rule in rules:
        found |= strays_of(rule.id, rule.body)
    found |= strays_of_the_start()
    found["decisions:UNIT_NOISE"] = [UNIT_NOISE.default]
    own = [one for one in DECISIONS if one.temperature != UNIT_NOISE]
    return found | {f"decision {one.name}: temperature": [one.temperature.default] for one in own}


def differences(found: Found, listed: Found) -> list[str]:
    """Return what is new and what has gone, in words."""
    said = []
    for name in sorted({*found, *listed}):
        now, before = Counter(found.get(name, [])), Counter(listed.get(name, []))
        said += [f"{name}: {number:g} is new; make it a parameter" for number in (now - before).elements()]
        said += [f"{name}: {number:g} has gone; take it off {LISTED.name}" for number in (before - now).elements()]
    return said


def test_no_number_is_new_and_the_list_only_shrinks() -> None:
    listed = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    said = differences(all_strays(find_rules()), listed)
    assert not said, "\n".join(said)


STEP = (0.25, ("name", 3))
LOG = np.array([0.5, 7.0])


def _halved(values: Array) -> Array:
    return values * 0.5 - 1e-9


def _body(w: Fields, now: Moment) -> None:
    """A docstring may name 99."""
    w.occasion += _halved(0.3 * w.occasion) * STEP[0] * LOG[0] - 12.0 * 2 ** (-1.0) + 0.3


def _edge(w: Fields, now: Moment, *, lead: Array) -> None:
    w.occasion[:, None] += lead * (1.0 - w.occasion).sum(axis=0) / 12.0


def test_numbers_of_bodies_helpers_and_constants_are_found() -> None:
    found = {name.rpartition(":")[2]: numbers for name, numbers in strays_of("rule", _body).items()}
    assert found == {"rule": [0.3, 0.3], "_halved()": [1e-9], "STEP": [0.25, 3.0], "LOG": [7.0]}
    assert strays_of("rule", _edge) == {}


@pytest.mark.parametrize(
    ("found", "listed", "word"),
    [({"a": [3.0]}, {}, "new"), ({}, {"a": [3.0]}, "gone"), ({"a": [3.0, 3.0]}, {"a": [3.0]}, "new")],
)
def test_both_ways_of_differing_are_said(found: Found, listed: Found, word: str) -> None:
    (said,) = differences(found, listed)
    assert word in said
    assert not differences(found, found)
