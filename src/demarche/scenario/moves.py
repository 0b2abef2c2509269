"""Files of moves: choices and lever settings by month that an arm binds in advance, as a class has made them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from demarche.cast.cast import Cast
from demarche.cast.keys import MonthText
from demarche.engine.initial import may_ever_decide
from demarche.reading.includes import find_include
from demarche.reading.messages import validate
from demarche.reading.names import check_names
from demarche.reading.report import Report
from demarche.reading.strict import Form, Strict, extended
from demarche.reading.yaml_nodes import ANY, KeyPath, Node, read_yaml
from demarche.scenario.arms import phase_model
from demarche.scenario.checks import check_groups, check_month, check_phases
from demarche.scenario.content import MoveChoice
from demarche.scenario.models import PhaseFile, Title
from demarche.world.calendar import Calendar, Month
from demarche.world.decisions import DECISION_OF, Decision


class MoveFile(Strict):
    """One bound choice."""

    month: MonthText = Field(description="month in which the decision is due", examples=["1995-02"])
    decision: str = Field(description="what is decided", examples=["sponsor"])
    actors: list[str] = Field(
        min_length=1,
        max_length=2,
        description="code of who decides it, or of the person, treaty or state at issue; two for a pair",
        examples=["[FRA]"],
    )
    option: str = Field(description="the option that is taken", examples=["stay_out"])


class MovesFile(Strict):
    """A whole file of moves."""

    title: Title = Field(default="", description="name for readers")
    moves: list[MoveFile] = Field(default=[], min_length=1, description="choices by month")
    phases: list[PhaseFile] = Field(default=[], min_length=1, description="lever settings by month")


@cache
def moves_model() -> type[MovesFile]:
    """Return the model of a file of moves whose phases have every lever as a key."""
    phases: Form = list[phase_model()]  # type: ignore[misc]
    field: object = Field(default=[], description="lever settings by month")
    return extended(MovesFile, "MovesWithLevers", {"phases": (phases, field)})


def read_moves(
    report: Report, path: KeyPath, text: str, folder: Path, cast: Cast, calendar: Calendar
) -> tuple[Path, tuple[MoveChoice, ...], tuple[PhaseFile, ...]] | None:
    """Read the file of moves that an arm names; None with every problem in the report.

    Parameters
    ----------
    report, path
        The report of the scenario, and the key that names the file.
    text, folder
        The file as it is named, and the folder it is relative to and may not leave.
    cast, calendar
        Who is there, and what falls when, in the arm.
    """
    found = find_include(report, path, text, folder, folder)
    if found is None:
        return None
    own = Report(read_yaml(found))
    model = None if own.document.is_broken else validate(moves_model(), own)
    _check_moves(own, cast, calendar)
    check_groups(own, cast, ("phases", ANY))
    check_phases(own, ("phases",), calendar.period)
    if own or model is None:
        report.add(path, "the moves cannot be used", found=text, fix="mend the problems of the file of moves below")
        report.add_foreign(own.problems())
        return None
    choices = tuple(MoveChoice(m.month, m.decision, m.option, tuple(m.actors)) for m in model.moves)
    return found, choices, tuple(model.phases)


def _check_moves(report: Report, cast: Cast, calendar: Calendar) -> None:
    select = report.document.select
    check_names(report, "decision", select("moves", ANY, "decision"), DECISION_OF)
    seen: dict[tuple[str, ...], KeyPath] = {}
    for path, entry in select("moves", ANY):
        name = entry.get("decision") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(name, str) or name not in DECISION_OF:
            continue
        decision = DECISION_OF[name]
        check_names(report, "option", [((*path, "option"), entry.get("option"))], decision.options)
        actors = entry.get("actors")
        if isinstance(actors, list):
            _check_actors(report, (*path, "actors"), actors, decision, cast)
            key = (str(entry.get("month")), decision.name, *map(str, actors))
            if key in seen:
                report.add(path, "the same choice is bound twice", fix="leave out one of the two")
            seen[key] = path
        month = check_month(report, (*path, "month"), entry.get("month"), calendar.period)
        if month is not None and _check_due(report, (*path, "month"), month, decision, calendar):
            _check_asked(report, (*path, "actors"), actors, month, decision, cast, calendar)


def _check_actors(report: Report, path: KeyPath, actors: list[Node], decision: Decision, cast: Cast) -> None:
    if len(actors) != len(decision.axes):
        expected = f"one code for each of: {', '.join(decision.axes)}"
        report.add(path, "the decision is not taken by so many", found=", ".join(map(str, actors)), expected=expected)
        return
    for position, (axis, code) in enumerate(zip(decision.axes, actors, strict=True)):
        check_names(report, axis, [((*path, position), code)], cast.axis_codes[axis])


def _check_asked(
    report: Report, path: KeyPath, actors: object, month: Month, decision: Decision, cast: Cast, calendar: Calendar
) -> None:
    """Refuse a seat that is not asked in that month, whatever happens in a run."""
    code = actors[0] if isinstance(actors, list) and actors else None
    step = calendar.period.start.steps_to(month)
    if code in cast.state_codes and not may_ever_decide(cast, calendar, decision, str(code), step):
        what = f"the decision '{decision.name}' is not this state's to take in {month}"
        expected = "a state that may raise rights in that year" if decision.rows else "a member of the charter body"
        report.add((*path, 0), what, found=code, expected=expected)


def _check_due(report: Report, path: KeyPath, month: Month, decision: Decision, calendar: Calendar) -> bool:
    """Tell whether a decision is taken in a month; if not, the reason stands in the report."""
    period = calendar.period
    due = calendar.due_steps(decision.when)
    step = period.start.steps_to(month)
    if due[step]:
        return True
    near = sorted((s for s, is_due in enumerate(due) if is_due), key=lambda s: abs(s - step))[:2]
    months = " or ".join(str(period.month(s)) for s in sorted(near)) or "no month of this period"
    report.add(path, f"the decision '{decision.name}' is not taken in this month", found=str(month), expected=months)
    return False
