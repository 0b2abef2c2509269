"""Why an event came about: the rule that recorded it, and the choice behind it if somebody chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from demarche.analysis.why.asked import ROWS_OF, Row, asked_row, codes_of
from demarche.analysis.why.case import Case
from demarche.analysis.why.choice import SHOWN_RULES, month_in_words, reason_of, tell_choice, writers
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.inputs import shown_value, sources_of
from demarche.analysis.why.steps import step_to_choice, step_to_events, steps_to_likes
from demarche.analysis.why.stored import compare_with_folder, recorder_for
from demarche.analysis.why.told import Told
from demarche.analysis.why.weighing import Weighing, weigh
from demarche.engine.measured import EventKind
from demarche.engine.recorder import Recorder
from demarche.engine.trace import Act, Witness, repeat
from demarche.engine.variables import EVENT_KINDS
from demarche.errors import DesignError, Problem, check_known, shell_word
from demarche.rules.contract import Rule
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.fields import FIELDS
from demarche.world.world import World

CHOICE = "_choice"


def asked_kind(name: str) -> EventKind:
    """Return a kind of event by its name, in any case.

    Raises
    ------
    DesignError
        If there is none; says which was probably meant.
    """
    name = name.strip().lower().replace("-", "_")
    check_known("--event", "kind of event", [name], [kind.kind for kind in EVENT_KINDS])
    return next(kind for kind in EVENT_KINDS if kind.kind == name)


def decisions_behind(rules: Iterable[Rule]) -> tuple[Decision, ...]:
    """Return the decisions of which some rules read the choices."""
    names = (name.removesuffix(CHOICE) for rule in rules for name in rule.reads if name.endswith(CHOICE))
    return tuple(DECISION_OF[name] for name in dict.fromkeys(names) if name in DECISION_OF)


def explain_event(case: Case, kind: EventKind, step: int, given: tuple[str, str], shown: int = SHOWN_RULES) -> Told:
    """Repeat the run and return why an event of a kind came about in a month.

    Parameters
    ----------
    case, kind, step
        Which run, what and when.
    given
        Actor and whom or what it is about, as the user wrote them; empty where the kind has no such side.
    shown
        How many rules are told in full.

    Raises
    ------
    DesignError
        If there is no such event in that month.
    StoreError
        If the run does not come out as it is stored.
    """
    # whom an ask is about is missing where it is about no person
    sides = tuple(axis for _, axis in (kind.sides if given[1] else kind.sides[:1])) or FIELDS[kind.field].axes
    row = asked_row(case, sides, given)
    authors = writers(case, [kind.field])
    behind = decisions_behind(authors)
    fields = (kind.field, *(f"{one.name}{end}" for one in behind for end in ("_utility", CHOICE)))
    witness = Witness(fields, [step], [step], sources_of(writers(case, fields)), [one.name for one in behind])
    recorder = recorder_for(case)
    world = repeat(case.setup, case.runs, case.row, witness, recorder).world
    place = _find(case, kind, world, row, step)
    label = FIELDS[kind.field].labels[int(np.asarray(world[kind.field][(*place, 0)])) - 1]
    act = _author(witness, kind.field, place)
    codes = _codes(case, kind, world, place, row)
    recorded = _recorded(case, kind, world, place, row, label, act)
    found = _choice_behind(case, witness, behind, step, codes, act)
    if found is not None:
        told = tell_choice(case, witness, found, recorder, shown)
        likes = steps_to_likes(case, kind.kind, label, step)
        return replace(told, more=(*told.more, recorded), next_steps=(*likes, *told.next_steps))
    return _by_rule(case, witness, kind, step, row, place, label, recorded, recorder)


def _choice_behind(
    case: Case, witness: Witness, behind: tuple[Decision, ...], step: int, codes: dict[str, str], act: Act | None
) -> Weighing | None:
    """Return the choice that the rule which recorded an event went by; of several one that was not to let things be."""
    found = []
    for decision in behind if act is not None else ():
        seat = _seat(case, decision, codes)
        taken = any(one.decision == decision.name for one in witness.taken)
        reads = f"{decision.name}{CHOICE}" in case.setup.catalogue.get(act.rule).reads if act else False
        if seat is not None and taken and reads:
            found.append(weigh(case, witness, decision, step, seat))
    asked = [one for one in found if one.was_asked]
    acted = [one for one in asked if one.chosen and one.chosen[0] != one.options[0]]
    return next(iter((*acted, *asked)), None)


def _find(case: Case, kind: EventKind, world: World, row: Row, step: int) -> tuple[int, ...]:
    """Return the entry of the event field that holds the event, or refuse with what there was in that month."""
    codes = np.asarray(world[kind.field][..., 0])
    places = [tuple(int(i) for i in at) for at in np.argwhere(codes != 0)]
    if kind.sides:
        wanted = [at for at in places if all(
            int(world[name][(*at, 0)]) == position
            for (name, _), position in zip(kind.sides, row.positions, strict=False)
        )]  # fmt: skip
    else:
        wanted = [at for at in places if at == row.positions]
    if wanted:
        return wanted[-1]
    month = case.setup.period.month(step)
    known = codes_of(case)
    axes = FIELDS[kind.field].axes
    there = [" ".join(known[axis][i] for axis, i in zip(axes, at, strict=True)) for at in places if not kind.sides]
    who = " and ".join(case.label(code) for code in row.codes) or "this kind"
    few = ", ".join(there[:12]) + (f" and {len(there) - 12} more" if len(there) > 12 else "")
    what = f"there is no event '{kind.kind}' of {who} in {month}"
    fix = f"list them: demarche events {shell_word(case.source)} --kind {kind.kind} --around {month}"
    raise DesignError([Problem("--event", what, expected=few, fix=fix if case.results is not None else
                               "choose another month or actor")])  # fmt: skip


def _author(witness: Witness, field: str, place: tuple[int, ...]) -> Act | None:
    """Return the rule that wrote the event last."""
    moved = [act for act in witness.acts if field in act.after and act.after[field][place] != act.before[field][place]]
    return moved[-1] if moved else None


def _codes(case: Case, kind: EventKind, world: World, place: tuple[int, ...], row: Row) -> dict[str, str]:
    """Return axis -> code of everybody whom an event names."""
    if kind.sides:
        return row.by_axis
    known = codes_of(case)
    return {axis: known[axis][i] for axis, i in zip(FIELDS[kind.field].axes, place, strict=True)}


def _seat(case: Case, decision: Decision, codes: dict[str, str]) -> Row | None:
    """Return the row that decides, if an event names it; None if it does not."""
    axes = decision.axes[:1] if decision.takes_some else decision.axes
    known = codes_of(case)
    found = []
    for axis in axes:
        code = codes.get(axis) or codes.get(ROWS_OF.get(axis, "")) or (codes.get("sender") if axis == "state" else None)
        code = code or (known[axis][0] if len(known[axis]) == 1 else None)
        if code is None or code not in known[axis]:
            return None
        found.append(code)
    places = tuple(known[axis].index(code) for axis, code in zip(axes, found, strict=True))
    return Row(tuple(axes), tuple(found), places)


def _recorded(
    case: Case, kind: EventKind, world: World, place: tuple[int, ...], row: Row, label: str, act: Act | None
) -> str:
    """Return the event as it stands in the table, and the rule that wrote it."""
    who = " ".join(case.label(code) for code in row.codes)
    value = ""
    if kind.value:
        values = np.asarray(world[kind.value][..., 0])
        shown = values[place] if values.ndim == len(place) else np.nan
        value = f" ({FIELDS[kind.value].meaning}: {shown_value(kind.value, float(shown))})"
    by = f", by {act.rule}: {case.setup.catalogue.get(act.rule).sentence}" if act else ""
    return f"Recorded as event {kind.kind}{f' of {who}' if who else ''}: {label}{value}{by}"


def _by_rule(
    case: Case, witness: Witness, kind: EventKind, step: int, row: Row, place: tuple[int, ...], label: str,
    recorded: str, recorder: Recorder | None,
) -> Told:  # fmt: skip
    """Return why an event came about that nobody chose for this row."""
    acts = [act for act in witness.acts if kind.field in act.after
            and act.after[kind.field][place] != act.before[kind.field][place]]  # fmt: skip
    at = Row(FIELDS[kind.field].axes, tuple(codes_of(case)[axis][i] for axis, i in zip(
        FIELDS[kind.field].axes, place, strict=True)), place)  # fmt: skip
    reasons = [reason_of(case, witness, act, at if not kind.sides else row, f"recorded '{label}'") for act in acts]
    who = " and ".join(case.label(code) for code in row.codes)
    behind = decisions_behind([case.setup.catalogue.get(act.rule) for act in acts])
    drew = sorted({name for act in acts for name in case.setup.catalogue.get(act.rule).draws})
    month = month_in_words(case, step)
    sentence = f"In {month} {kind.kind}{f' of {who}' if who else ''} came out as '{label}', by rule, not by one choice"
    sentence += f": it follows from the choices {', '.join(one.name for one in behind)}." if behind else "."
    more = [recorded, *([f"The rule drew luck of its own: {', '.join(drew)}."] if drew else [])]
    codes = row.by_axis if kind.sides else at.by_axis
    steps = steps_to_likes(case, kind.kind, label, step)
    steps += [step_to_events(case, one.name, step) for one in behind if case.results is not None
             and one.name in {kind.kind for kind in EVENT_KINDS}]  # fmt: skip
    steps += [step_to_choice(case, one, step, _seat(case, one, codes)) for one in behind]
    return Told(
        sentence, tuple(more), case.told, compare_with_folder(case, recorder, step), (), tuple(reasons), (),
        passages_of(reasons), tuple(steps),
        {"event": kind.kind, "detail": label, "date": str(case.setup.period.month(step)), "actors": list(row.codes),
         "rules": [act.rule for act in acts]},
    )  # fmt: skip
