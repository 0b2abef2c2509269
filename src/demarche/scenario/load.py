"""`load_scenario(path)`: one YAML file in, a checked scenario out, or all its problems at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from demarche.cast.cast import Cast, load_cast
from demarche.errors import ScenarioError
from demarche.reading.includes import find_include
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.arms import lever_settings, scenario_model
from demarche.scenario.checks import check_effects, check_scenario, read_period
from demarche.scenario.compile import arm_effects, compile_scenario, content_digest
from demarche.scenario.content import Arm, Choice, Edits, Scenario
from demarche.scenario.models import ADDED_SOURCE, ArmFile, CalendarFile, EventFile, ScenarioFile
from demarche.world.calendar import CalendarEvent, Period

__all__ = ["ADDED_SOURCE", "Arm", "Choice", "Edits", "Scenario", "compile_scenario", "load_scenario"]


def load_scenario(path: Path, read_cast: Callable[[Path], Cast] = load_cast) -> Scenario:
    """Read and check a scenario file.

    Parameters
    ----------
    path
        The file; the cast that it names lies in its folder or below.
    read_cast
        Reads a cast file; a caller that loads many scenarios of one cast may keep casts.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of the cast.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    model = validate(scenario_model(), report)
    cast = _read_cast(report, path, read_cast)
    period = read_period(report)
    check_scenario(report, cast, period)
    report.raise_if_any()
    if model is None or cast is None or period is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    scenario = _build(path, model, cast, period)
    check_effects(report, arm_effects(scenario))
    report.raise_if_any()
    return scenario


def _read_cast(report: Report, path: Path, read_cast: Callable[[Path], Cast]) -> Cast | None:
    text = report.document.get("cast")
    if not isinstance(text, str) or report.is_covered(("cast",)):
        return None
    folder = path.parent
    found = find_include(report, ("cast",), text, folder, folder)
    if found is None:
        return None
    try:
        return read_cast(found)
    except ScenarioError as error:
        report.add(("cast",), "the cast cannot be used", found=text, fix="mend the problems of the cast file below")
        report.add_foreign(error.problems)
        return None


def _build(path: Path, model: ScenarioFile, cast: Cast, period: Period) -> Scenario:
    scenario = Scenario(
        path=path,
        title=model.title,
        question=model.question,
        notes=model.notes,
        cast=cast,
        period=period,
        packs=tuple(model.packs),
        arms={name: _build_arm(name, arm, cast) for name, arm in model.arms.items()},
        outcomes=tuple(model.outcomes),
        edits=_build_edits(model.calendar, cast),
        parameters=dict(model.parameters),
        digest="",
    )
    return dataclasses.replace(scenario, digest=content_digest(scenario))


def _build_arm(name: str, arm: ArmFile, cast: Cast) -> Arm:
    choices = tuple(Choice(lever, group, values) for lever, group, values in lever_settings(arm))
    return Arm(name, arm.title, choices, arm.from_, _build_edits(arm.calendar, cast), tuple(arm.rules_off))


def _build_edits(calendar: CalendarFile, cast: Cast) -> Edits:
    added = tuple(_build_event(event, cast) for event in calendar.add)
    return Edits(added, dict(calendar.move), tuple(calendar.remove))


def _build_event(event: EventFile, cast: Cast) -> CalendarEvent:
    actors: list[str] = []
    for name in event.actors:
        if name in cast.group_names():
            members = cast.group(name, event.date.year)
            actors += [code for code, is_in in zip(cast.state_codes, members, strict=True) if is_in]
        else:
            actors.append(name)
    unique = tuple(dict.fromkeys(actors))
    return CalendarEvent(event.code, event.kind, event.date, unique, event.strength, event.source)
