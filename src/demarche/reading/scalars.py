"""What a plain scalar of a file means: YAML 1.2 core rules, and refusal of whatever readers disagree on."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

Scalar = str | int | float | bool | None

MONTH_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])$(?!\n)"  # a line break at the end does not belong to it
MAX_DIGITS = 18  # whole numbers beyond this do not fit the tables that results are stored in


@dataclass(frozen=True)
class Refusal:
    """Why a scalar is refused and how to write it instead."""

    what: str
    fix: str


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORD = re.compile(r"(?i:y|n|yes|no|on|off)")
_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(:[0-9]{1,2})+(\.[0-9]*)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+", re.ASCII)
_UNDERSCORE = re.compile(r"(?=[^_]*_)[-+]?[0-9.][0-9_.]*", re.ASCII)
_RADIX = re.compile(r"[-+]?0(?i:x[0-9a-f_]+|o[0-7_]+|b[01_]+)", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?i:inf|nan)")

_READERS = "means different things to different YAML readers"
_DOUBTFUL: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (_WORD, f"'{{0}}' {_READERS}", 'write "{0}" in quotes for the word, or true or false'),
    (_CLOCK, f"'{{0}}' {_READERS}", 'write "{0}" in quotes for text, or one plain number'),
    (
        _LEADING_ZERO,
        f"'{{0}}' {_READERS}",
        'write the number without the leading zero, or "{0}" in quotes for text',
    ),
    (_UNDERSCORE, f"'{{0}}' {_READERS}", 'write the number without underscores, or "{0}" in quotes for text'),
    (_RADIX, f"'{{0}}' {_READERS}", 'write the number in decimal digits, or "{0}" in quotes for text'),
    (_NOT_FINITE, "'{0}' is not a finite number", "write a number with digits"),
    (re.compile("<<"), "merge keys ('<<') are not allowed", "write the keys out where they are needed"),
    (re.compile("="), "'=' alone means different things to different YAML readers", 'write "=" in quotes'),
)


def resolve_plain(text: str) -> Scalar | Refusal:
    """Return what an unquoted scalar stands for, or why it is refused.

    Months and dates stay text.

    Examples
    --------
    >>> resolve_plain("1989-06"), resolve_plain("1e3"), resolve_plain("true"), resolve_plain("~")
    ('1989-06', 1000.0, True, None)
    >>> resolve_plain("no").fix
    'write "no" in quotes for the word, or true or false'
    """
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    for pattern, what, fix in _DOUBTFUL:
        if pattern.fullmatch(text):
            return Refusal(what.format(shorten(text)), fix.format(shorten(text)))
    if _INT.fullmatch(text):
        return int(text) if len(text.lstrip("+-")) <= MAX_DIGITS else _too_large()
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else _too_large()
    return text


def read_number(text: str) -> float | None:
    """Return the finite number that a cell of a table stands for, None if it is none.

    Examples
    --------
    >>> read_number("-0.5e1"), read_number("1_0"), read_number("nan"), read_number("0,5")
    (-5.0, None, None, None)
    """
    number = float(text) if _FLOAT.fullmatch(text) else math.nan
    return number if math.isfinite(number) else None


def shorten(text: str, length: int = 40) -> str:
    """Return a text that is short enough for a message, and on one line.

    Examples
    --------
    >>> shorten("a" * 50)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...'
    """
    line = "".join(sign if sign.isprintable() else " " for sign in text[: length + 1])
    return line if len(line) <= length else f"{line[: length - 3]}..."


def _too_large() -> Refusal:
    return Refusal("the number is too large", f"write a number of at most {MAX_DIGITS} digits")
