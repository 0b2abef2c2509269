"""What a field is: one array of the world with its axes, unit, range and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Given = Literal["cast", "years", "pairs", "start", "issue"]
Kind = Literal["stock", "memory", "flow", "data", "lever", "utility", "choice", "event"]

KIND_MEANINGS: dict[str, str] = {
    "stock": "carried from month to month; rules add to `<name>_change`, bookkeeping integrates and clips it",
    "memory": "carried from month to month; the rules that write it keep it in range",
    "flow": "set to zero at the start of every month, then added to",
    "data": "a fact of the cast, renewed every January, shared by all runs (run axis of length 1)",
    "lever": "set by the arm of a scenario; NaN leaves the choice to the rules",
    "utility": "sum of named terms for each option of a decision, set to zero when the decision is due",
    "choice": "the option taken at the last decision, as its position; -1 before the first",
    "event": "codes of what happened this month, set to zero at the start of every month",
}


@dataclass(frozen=True)
class FieldSpec:
    """One array of the world.

    Parameters
    ----------
    name
        Name in rules, tables and figures.
    axes
        Axis names in order, without the run axis, which is always the last.
    unit
        Unit of the values (`share` means a number in [0, 1]).
    low, high
        Closed range of admissible values.
    meaning
        What the numbers stand for, in plain words.
    kind
        How the array lives through the months, see `KIND_MEANINGS`.
    initial
        Value at the start: a number, or where the cast gives it, within `low` and `high`: `years` is a column of its
        table of years and `pairs` one of its table of pairs with the focal state, laid in each January; `start` a key
        of `initial` in its file; `issue` a key of each issue area; `cast` other facts of it, or a rule of the
        start phase.
    labels
        For `event` fields: names of the codes 1, 2, ...
    """

    name: str
    axes: tuple[str, ...]
    unit: str
    low: float
    high: float
    meaning: str
    kind: Kind
    initial: float | Given = 0.0
    labels: tuple[str, ...] = ()


def share(
    name: str, axes: tuple[str, ...], meaning: str, kind: Kind = "stock", initial: float | Given = 0.0
) -> FieldSpec:
    """Return a field whose values are shares in [0, 1]."""
    return FieldSpec(name, axes, "share", 0.0, 1.0, meaning, kind, initial)


def event(name: str, axes: tuple[str, ...], meaning: str, labels: tuple[str, ...]) -> FieldSpec:
    """Return an event field; code `i + 1` stands for `labels[i]`, zero for nothing."""
    return FieldSpec(name, axes, "code", 0, len(labels), meaning, "event", 0.0, labels)


def change_of(stock: FieldSpec) -> FieldSpec:
    """Return the flow that collects this month's additions to a stock."""
    span = stock.high - stock.low
    meaning = f"additions of this month to: {stock.meaning}"
    return FieldSpec(f"{stock.name}_change", stock.axes, f"{stock.unit} per month", -span, span, meaning, "flow")
