"""Forms: what a page sends, read with the standard library, as orders, beliefs and words."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from demarche.errors import DesignError, Problem
from demarche.seminar.orders import Order

MOST_FIELDS = 60
Fields = Mapping[str, list[str]]


def read_form(body: bytes) -> dict[str, list[str]]:
    """Return name -> values of a form that was sent urlencoded.

    Raises
    ------
    DesignError
        If it is none.
    """
    try:
        return parse_qs(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MOST_FIELDS,
            errors="strict",
        )  # fmt: skip
    except ValueError as error:
        raise DesignError([Problem("form", "this is not a form of the room")]) from error


def one(form: Fields, name: str, default: str = "") -> str:
    """Return the only value of a field.

    Raises
    ------
    DesignError
        If it is there twice.
    """
    values = form.get(name, [default])
    if len(values) != 1:
        raise DesignError([Problem(name, "this is given twice")])
    return values[0]


def number(form: Fields, name: str) -> int:
    """Return a field that holds a whole number of at most six digits.

    Raises
    ------
    DesignError
        If it holds something else.
    """
    text = one(form, name).strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise DesignError([Problem(name, "this is not a whole number", text[:20])])
    return int(text)


def orders_of(form: Fields, seat: str) -> list[Order]:
    """Return the orders of a form: fields `act.<name>`, and `target.<name>` for whom they name.

    `was.<name>` says what the page showed, so that nobody undoes what another of the delegation has ordered since.
    """
    found = []
    for name in form:
        kind, _, act = name.partition(".")
        if kind == "act":
            option = one(form, name)
            named = tuple(dict.fromkeys(code for code in form.get(f"target.{act}", []) if code)) if option else ()
            shown = form.get(f"was.{act}")
            if shown is None or shown != [" ".join((option, *named))]:
                found.append(Order(seat, act, option, named))
    return found


def shares_of(form: Fields, accounts: tuple[str, ...]) -> dict[str, int]:
    """Return the shares of a form: fields `share.<account>`."""
    return {account: number(form, f"share.{account}") for account in accounts}
