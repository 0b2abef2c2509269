"""`load_scenario(path)`: one YAML file in, a checked scenario out, or all its problems at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from demarche.cast.cast import Cast, load_cast
from demarche.errors import ScenarioError
from demarche.history.record import load_record
from demarche.reading.includes import find_include
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import read_yaml
from demarche.rules.find import packaged
from demarche.scenario.accounts import read_accounts
from demarche.scenario.arms import lever_settings, scenario_model
from demarche.scenario.checks import check_effects, check_scenario, read_period
from demarche.scenario.compile import arm_calendar, arm_effects, compile_scenario, content_digest
from demarche.scenario.content import Arm, Choice, Edits, Lesson, Scenario
from demarche.scenario.dates import check_covered, check_sittings
from demarche.scenario.models import (
    ADDED_SOURCE,
    ArmFile,
    CalendarFile,
    EventFile,
    LibraryFile,
    PhaseFile,
    ScenarioFile,
)
from demarche.scenario.moves import read_moves
from demarche.scenario.own_rules import read_own_rules
from demarche.scenario.remarks import remark_bundles, remark_windows
from demarche.scenario.seminar.checks import check_seminar
from demarche.scenario.seminar.file import build_seminar
from demarche.world.calendar import CalendarEvent, Month, Period

Bundles = Mapping[str, tuple[Choice, ...]]

__all__ = ["ADDED_SOURCE", "Arm", "Choice", "Edits", "Scenario", "compile_scenario", "load_scenario"]


def load_scenario(path: Path, read_cast: Callable[[Path], Cast] = load_cast) -> Scenario:
    """Read and check a scenario file.

    Parameters
    ----------
    path
        The file; the cast and the rules that it names lie in its folder or below.
    read_cast
        Reads a cast file; a caller that loads many scenarios of one cast may keep casts.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of the cast and of its own rules.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    accounts = read_accounts(report, path.parent)
    model = validate(scenario_model(), report)
    cast = _read_cast(report, path, read_cast)
    period = read_period(report)
    catalogue, rule_files = read_own_rules(report, path.parent, accounts)
    check_scenario(report, cast, period, catalogue)
    check_seminar(report, cast, period)
    report.raise_if_any()
    if model is None or cast is None or period is None or catalogue is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    scenario = _build(path, model, cast, period)
    scenario = dataclasses.replace(scenario, accounts=accounts, catalogue=catalogue, rule_files=rule_files)
    scenario = _read_all_moves(report, scenario, model)
    report.raise_if_any()
    check_covered(report, cast, period)
    check_sittings(report, scenario)
    report.raise_if_any()
    check_effects(report, arm_effects(scenario))
    report.raise_if_any()
    remark_windows(report, period)
    remark_bundles(report)
    return dataclasses.replace(scenario, remarks=report.problems())


def _read_cast(report: Report, path: Path, read_cast: Callable[[Path], Cast]) -> Cast | None:
    text = report.document.get("cast")
    if not isinstance(text, str) or report.is_covered(("cast",)):
        return None
    folder = path.parent
    found = find_include(report, ("cast",), text, folder, folder)
    if found is None:
        return None
    try:
        cast = read_cast(found)
        load_record(cast)
    except ScenarioError as error:
        report.add(("cast",), "the cast cannot be used", found=text, fix="mend the problems of its files below")
        report.add_foreign(error.problems)
        return None
    return cast


def _build(path: Path, model: ScenarioFile, cast: Cast, period: Period) -> Scenario:
    bundles = {
        name: tuple(Choice(*one) for one in lever_settings(bundle)) for name, bundle in model.bundles.items()
    }
    return Scenario(
        path=path,
        title=model.title,
        question=model.question,
        notes=model.notes,
        cast=cast,
        period=period,
        accounts={},
        arms={name: _build_arm(name, arm, cast, bundles) for name, arm in model.arms.items()},
        outcomes=tuple(model.outcomes),
        edits=_build_edits(model.calendar, cast),
        parameters=dict(model.parameters),
        catalogue=packaged(),
        rule_files=(),
        digest="",
        aliases=dict(model.aliases),
        contrast=tuple(model.contrast),
        reference=model.reference,
        bundles=bundles,
        lesson=_build_lesson(model.library),
        seminar=build_seminar(model.seminar),
    )


def _build_lesson(file: LibraryFile | None) -> Lesson | None:
    if file is None:
        return None
    pairs = tuple((arm, against) for arm, against in file.pairs)
    return Lesson(file.id, file.teaching, tuple(file.watched), tuple(file.links), pairs, file.draws)


def _read_all_moves(report: Report, scenario: Scenario, model: ScenarioFile) -> Scenario:
    """Return the scenario with the moves of its arms, and its digest."""
    arms = dict(scenario.arms)
    for name, file in model.arms.items():
        if not file.moves:
            continue
        arm, folder = arms[name], scenario.path.parent
        calendar = arm_calendar(scenario, arm)
        read = read_moves(report, ("arms", name, "moves"), file.moves, folder, scenario.cast, calendar)
        if read is not None:
            moves_file, moves, phases = read
            choices = (*arm.choices, *_phase_choices(phases, {}))
            arms[name] = dataclasses.replace(arm, choices=choices, moves=moves, moves_file=moves_file)
    scenario = dataclasses.replace(scenario, arms=arms)
    return dataclasses.replace(scenario, digest=content_digest(scenario))


def _phase_choices(phases: Iterable[PhaseFile], bundles: Bundles) -> tuple[Choice, ...]:
    return tuple(
        choice for phase in phases for choice in _choices(phase, getattr(phase, "bundle", ""), bundles, phase.until)
    )


def _choices(holder: ArmFile | PhaseFile, bundle: str, bundles: Bundles, until: Month | None) -> tuple[Choice, ...]:
    """Return the levers of a bundle, then those set beside it, in the months of an arm or phase."""
    own = tuple(Choice(*one) for one in lever_settings(holder))
    held = (*bundles.get(bundle, ()), *own)
    return tuple(dataclasses.replace(choice, start=holder.from_, until=until) for choice in held)


def _build_arm(name: str, arm: ArmFile, cast: Cast, bundles: Bundles) -> Arm:
    choices = (*_choices(arm, arm.bundle, bundles, None), *_phase_choices(arm.phases, bundles))
    used = tuple(dict.fromkeys(filter(None, (arm.bundle, *(phase.bundle for phase in arm.phases)))))
    edits = _build_edits(arm.calendar, cast)
    return Arm(name, arm.title, choices, arm.from_, edits, tuple(arm.rules_off), bundles=used)


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
