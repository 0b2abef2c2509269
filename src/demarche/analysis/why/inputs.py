"""What a rule saw: the values of the fields it may read, on the row in question, and where each comes from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from demarche.analysis.why.asked import ROWS_OF, Row, codes_of, members
from demarche.analysis.why.case import Case
from demarche.analysis.why.told import Input
from demarche.arrays import Array
from demarche.engine.trace import Act, Origin
from demarche.rules.contract import Rule
from demarche.world import axes
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS

FEW = 8
"""Entries of a field that are shown one by one."""
POSITION = "position in "
UNMOVED = "has not moved"
KINDS_LEFT_OUT = ("utility",)


def sources_of(rules: tuple[Rule, ...]) -> frozenset[str]:
    """Return the fields whose last change is worth knowing: what some rules read, stocks by their changes."""
    read = {name for rule in rules for name in (*rule.reads, *rule.writes)}
    named = {f"{name}_change" if FIELDS[name].kind == "stock" else name for name in read}
    return frozenset(name for name in named if FIELDS[name].kind not in ("data", "lever", *KINDS_LEFT_OUT))


def inputs_of(case: Case, rules: Sequence[str], act: Act, row: Row) -> tuple[Input, ...]:
    """Return what a rule saw when it acted, on a row; `rules` are those that its origins count."""
    codes = _with_issue(case, act.saw, row.by_axis)
    return tuple(
        _input(case, rules, act, name, codes)
        for name in dict.fromkeys(act.saw)
        if FIELDS[name].kind not in KINDS_LEFT_OUT and not _is_result(name, act)
    )


def _is_result(name: str, act: Act) -> bool:
    """Tell whether a field is what rules make this month, rather than something to go by."""
    if name.endswith("_change") and FIELDS[name].kind == "flow":
        return True
    return FIELDS[name].kind in ("flow", "event") and not np.any(act.saw[name])


def _with_issue(case: Case, saw: Mapping[str, Array], codes: dict[str, str]) -> dict[str, str]:
    """Return the codes of a row, and for a person the issue that the person stands for."""
    if "person" not in codes or "person_issue" not in saw:
        return codes
    known = codes_of(case)
    position = int(saw["person_issue"][known["person"].index(codes["person"])])
    return {**codes, "issue": known["issue"][position]}


def _input(case: Case, rules: Sequence[str], act: Act, name: str, codes: Mapping[str, str]) -> Input:
    spec, known, values = FIELDS[name], codes_of(case), act.saw[name]
    index: list[int | slice] = []
    rest = []
    for axis in spec.axes:
        code = codes.get(axis) or codes.get(ROWS_OF.get(axis, ""), "") or _same_rows(axis, codes)
        if code and code in known.get(axis, ()):
            index.append(known[axis].index(code))
        else:
            index.append(slice(None))
            rest.append(axis)
    cell = np.asarray(values)[tuple(index)]
    shown = value_here(case, name, float(cell)) if cell.ndim == 0 else _summary(name, cell, rest, known, act.saw)
    if cell.ndim == 0 and spec.axes and spec.kind not in ("data", "lever") and not spec.labels:
        shown += _beside(name, np.asarray(values))
    return Input(name, shown, spec.unit, spec.meaning, because(case, rules, act, name, tuple(index), cell))


def _same_rows(axis: str, codes: Mapping[str, str]) -> str:
    return codes.get("sender", "") if axis == "state" else ""


def value_here(case: Case, name: str, value: float) -> str:
    """Return one value as it is shown in a run: steps as months, else as `shown_value` does."""
    spec = FIELDS[name]
    if math.isnan(value):
        return shown_value(name, value)
    if spec.unit == "step":
        return "never" if value < 0 and spec.low >= -1 else str(case.setup.period.month(int(value)))
    axis = spec.unit.removeprefix("position of the ").removeprefix("position of a ")
    codes = codes_of(case).get(axis, ()) if axis != spec.unit else ()
    return codes[int(value)] if 0 <= value < len(codes) else shown_value(name, value)


def shown_value(name: str, value: float) -> str:
    """Return one value as it is shown: options and labels by name, numbers with four digits."""
    spec = FIELDS[name]
    if math.isnan(value):
        return "left free"
    if name.endswith("_choice") and name.removesuffix("_choice") in DECISION_OF:
        decision = DECISION_OF[name.removesuffix("_choice")]
        if not decision.takes_some and 0 <= int(value) < len(decision.options):
            return decision.options[int(value)]
    if spec.unit.startswith(POSITION):
        names: tuple[str, ...] = getattr(axes, spec.unit.removeprefix(POSITION), ())
        return names[int(value)] if 0 <= value < len(names) else f"{value:.4g}"
    if spec.labels:
        return spec.labels[int(value) - 1] if value > 0 else "nothing"
    return f"{value:.4g}"


def _summary(
    name: str, cell: Array, rest: list[str], known: Mapping[str, tuple[str, ...]], saw: Mapping[str, Array]
) -> str:
    """Return many values in short: one by one if they are few and of one axis, else the mean and the largest."""
    names = [members(known, axis) for axis in rest]
    if cell.ndim == 1 and cell.size <= FEW and len(names[0]) == cell.size:
        return ", ".join(f"{code} {shown_value(name, float(one))}" for code, one in zip(names[0], cell, strict=True))
    if name.endswith("_choice") and name.removesuffix("_choice") in DECISION_OF:
        return _counted(name, cell, saw)
    finite = np.where(np.isfinite(cell), cell, 0.0)
    if cell.size == 0 or not finite.any():
        return f"0 everywhere ({cell.size} entries)"
    top = np.unravel_index(int(np.argmax(np.abs(finite))), cell.shape)
    who = "/".join(codes[at] if len(codes) > at else str(at) for codes, at in zip(names, top, strict=True))
    nonzero = int(np.count_nonzero(finite))
    return f"{finite.mean():.4g} on average of {cell.size} ({nonzero} not 0), most {who} {float(finite[top]):.4g}"


def _beside(name: str, values: Array) -> str:
    """Return what all rows have on average: a rule may go by the others, too."""
    if name.endswith("_choice") or name.startswith("person_") or values.size == 1:
        return ""
    mean = float(np.where(np.isfinite(values), values, 0.0).mean())
    return f" (mean of all {values.size}: {mean:.3g})"


def _counted(name: str, cell: Array, saw: Mapping[str, Array]) -> str:
    """Return how many rows took each option, of those that decide as far as the rule saw who does."""
    decision = DECISION_OF[name.removesuffix("_choice")]
    if decision.takes_some:
        return f"{int(np.count_nonzero(cell > 0))} taken"
    if decision.among in saw and np.shape(saw[decision.among]) == cell.shape:
        cell = cell[np.asarray(saw[decision.among]) > 0]
    counts = [(option, int(np.count_nonzero(cell == place))) for place, option in enumerate(decision.options)]
    return ", ".join(f"{option} {number}" for option, number in counts if number) or "nobody was asked yet"


def because(
    case: Case, rules: Sequence[str], act: Act, name: str, index: tuple[int | slice, ...], cell: Array
) -> str:
    """Return where a value comes from: the cast, the arm, the start, or the rule that changed it last."""
    spec, period, step = FIELDS[name], case.setup.period, act.step
    if spec.kind == "data":
        return f"it is a fact of the cast for {period.month(step).year}"
    if spec.kind == "lever":
        is_set = any(one.field == name and one.holds(step) for one in case.setup.arms[case.arm].settings)
        return f"the arm {case.arm} sets it" if is_set else f"no lever of the arm {case.arm} sets it"
    if name.endswith("_choice"):
        return _decided(case, step, name)
    found = _last(act.origins.get(f"{name}_change" if spec.kind == "stock" else name), index)
    if spec.kind in ("flow", "event") and (found is None or found[1] != step):
        return "nothing added to it this month"
    if found is None:
        given = case.setup.cast.initial.get(name)
        return f"it began so ({given.source}) and {UNMOVED}" if given else f"it began so and {UNMOVED}"
    rule, when, before = rules[found[0]], found[1], found[2]
    month = "this month" if when == step else f"in {period.month(when)}"
    if spec.kind in ("stock", "flow", "event"):
        return f"{rule} moved it last, {month}" if spec.kind == "stock" else f"{rule} made it, {month}"
    was = f" from {value_here(case, name, before)}" if cell.ndim == 0 else ""
    return f"{rule} set it {month}{was}"


def _decided(case: Case, step: int, name: str) -> str:
    """Return when a decision was last to be taken."""
    calendar, when = case.setup.arms[case.arm].calendar, DECISION_OF[name.removesuffix("_choice")].when
    due = next((one for one in range(step, -1, -1) if calendar.is_due(when, one)), None)
    if due is None:
        return "nobody has decided it yet"
    return f"it was decided {'this month' if due == step else f'in {case.setup.period.month(due)}'}"


def _last(origin: Origin | None, index: tuple[int | slice, ...]) -> tuple[int, int, float] | None:
    """Return rule, step and earlier value of the latest change among some entries, None if there was none."""
    if origin is None:
        return None
    steps = np.asarray(origin.step[index]).reshape(-1)
    if steps.size == 0 or steps.max() < 0:
        return None
    at = int(steps.argmax())
    pick = [np.asarray(one[index]).reshape(-1)[at] for one in (origin.rule, origin.before)]
    return int(pick[0]), int(steps[at]), float(pick[1])
