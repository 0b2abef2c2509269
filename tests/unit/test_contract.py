"""The contract of a rule: arguments are checked when a rule is declared, fields are typed from their declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from demarche.arrays import Array
from demarche.errors import RuleError
from demarche.rules.contract import ALL, Fields, Moment, Parameter, Rule, rule, strength
from demarche.rules.find import find_rules
from demarche.world.fields import FIELDS
from demarche.world.fields.generate import PROTOCOL, parts, protocol_texts

LEAD = Parameter("lead", 3.0, 0.0, 12.0, "months", "how long before", "assumption: a quarter")


def declare(body: Callable[..., None], *parameters: Parameter) -> Rule:
    wrap = rule(
        "senders.try", "A rule that is only declared.", claims=("PRS-01",), accounts=ALL, phase="acting",
        writes=("occasion",), parameters=parameters,
    )  # fmt: skip
    return wrap(body)


def refused(body: Callable[..., None], *parameters: Parameter) -> str:
    with pytest.raises(RuleError) as caught:
        declare(body, *parameters)
    text = str(caught.value)
    assert "test_contract.py:" in text
    assert "rule senders.try" in text
    return text


def test_parameters_are_given_by_name() -> None:
    def body(w: Fields, now: Moment, *, lead: Array, strength: Array) -> None: ...

    declared = declare(body, strength("scale", "assumption"), LEAD)
    assert declared.body is body


def test_a_misspelt_argument_names_the_closest_parameter() -> None:
    def body(w: Fields, now: Moment, *, laed: Array) -> None: ...

    text = refused(body, LEAD)
    assert "argument 'laed' is no declared parameter" in text
    assert "Did you mean 'lead'?" in text
    assert "declared parameter 'lead' is no argument of the body" in text
    assert "Did you mean 'laed'?" in text


def test_a_parameter_that_the_body_leaves_out_is_refused() -> None:
    def body(w: Fields, now: Moment) -> None: ...

    text = refused(body, LEAD)
    assert "declared parameter 'lead' is no argument of the body" in text
    assert "Fix: add 'lead: Array' after the star" in text


def without_a_star(w: Fields, now: Moment, lead: Array) -> None: ...
def in_another_order(now: Moment, w: Fields, *, lead: Array) -> None: ...
def open_ended(w: Fields, now: Moment, **lead: Array) -> None: ...
def without_moment(w: Fields, *, lead: Array) -> None: ...


@pytest.mark.parametrize("body", [without_a_star, in_another_order, open_ended, without_moment])
def test_arguments_are_the_world_the_moment_and_names(body: Any) -> None:
    text = refused(body, LEAD)
    assert "the body takes its arguments in another way" in text
    assert "Fix: write it as: def name(w: Fields, now: Moment, *," in text


def test_a_number_in_the_signature_is_refused() -> None:
    def body(w: Fields, now: Moment, *, lead: Any = 3.0) -> None: ...

    assert "argument 'lead' has a default of its own" in refused(body, LEAD)


def test_a_parameter_declared_twice_is_refused() -> None:
    def body(w: Fields, now: Moment, *, lead: Array) -> None: ...

    assert "parameter 'lead' is declared twice" in refused(body, LEAD, LEAD)


def test_typed_fields_are_those_declared() -> None:
    written = {
        path.relative_to(PROTOCOL).as_posix(): path.read_text(encoding="utf-8") for path in PROTOCOL.rglob("*.py")
    }
    assert written == protocol_texts(), "python -m demarche.world.fields.generate"
    assert set(get_type_hints(Fields)) == set(FIELDS)
    assert sorted(spec.name for part in parts().values() for spec in part) == sorted(FIELDS), "listed once"


def test_no_rule_has_an_untyped_argument() -> None:
    for found in find_rules():
        hints = get_type_hints(found.body)
        assert hints.pop("return") is type(None), found.id
        assert hints.pop("w") is Fields, found.id
        assert hints.pop("now") is Moment, found.id
        assert set(hints.values()) <= {Array}, found.id
