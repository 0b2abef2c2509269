"""What the names, months and numbers of a scenario file must mean, checked against cast and catalogue.

These checks look at the plain data, part by part, so that one wrong value does not hide
the next; whatever has the wrong kind has been refused before and is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.cast.cast import Cast
from demarche.cast.keys import parse_month
from demarche.reading.names import Entries, check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Parameter
from demarche.scenario.aliases import check_aliases
from demarche.scenario.arms import WHOM
from demarche.scenario.members import names_of
from demarche.world.calendar import EVENT_KINDS, Month, Period
from demarche.world.levers import LEVERS

MIN_STEPS = 12
MAX_STEPS = 600

Known = dict[str, tuple[str, Month | None]]
"""Code of an event -> kind and month."""


def check_parameters(report: Report, entries: Entries, known: Mapping[str, Parameter]) -> None:
    """Refuse values of parameters that lie outside the range of the parameter."""
    for path, value in entries:
        parameter = known.get(str(path[1])) if len(path) > 1 else None
        if parameter is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if not parameter.low <= value <= parameter.high:
            expected = f"a number from {parameter.low:g} to {parameter.high:g} ({parameter.unit})"
            report.add(path, "the value is out of the parameter's range", found=value, expected=expected)


def read_period(report: Report) -> Period | None:
    """Return the period, or None with the reason in the report if it is not a fit one."""
    start, end = (parse_month(report.document.get("period", key)) for key in ("start", "end"))
    if start is None or end is None:
        return None
    n_steps = start.steps_to(end) + 1
    if n_steps < 1:
        fix = "let the period end after it starts"
        report.add(("period", "end"), f"the end lies before the start {start}", found=str(end), fix=fix)
    elif not MIN_STEPS <= n_steps <= MAX_STEPS:
        expected = f"{MIN_STEPS} to {MAX_STEPS} months"
        what = f"the period has {n_steps:,} month{'s' if n_steps > 1 else ''}"
        report.add(("period", "end"), what, found=str(end), expected=expected)
    else:
        return Period(start, n_steps)
    return None


def check_scenario(report: Report, cast: Cast | None, period: Period | None, catalogue: Catalogue | None) -> None:
    """Check everything that names something: accounts, outcomes, rules, parameters, groups, events, months."""
    from demarche.engine.variables import OUTCOMES

    select = report.document.select
    check_names(report, "outcome", select("outcomes", ANY), OUTCOMES)
    if catalogue is not None:
        check_names(report, "rule", select("arms", ANY, "rules_off", ANY), catalogue.by_id)
        check_names(report, "parameter", select("parameters", ANY), catalogue.parameters, at_key=True)
        check_parameters(report, select("parameters", ANY), catalogue.parameters)
    arms = [str(path[-1]) for path, _ in select("arms", ANY)]
    check_names(report, "arm", [*select("reference"), *select("contrast", ANY)], arms)
    _check_lesson(report, arms)
    for pattern in (("outcomes", ANY), ("contrast", ANY), ("arms", ANY, "rules_off", ANY)):
        check_repeats(report, select(*pattern))
    for arm, _ in select("arms", ANY):
        _check_arm_start(report, arm, period)
        check_phases(report, (*arm, "phases"), period)
    _check_bundles(report)
    if cast is not None:
        check_groups(report, cast, ("arms", ANY), ("arms", ANY, "phases", ANY), ("bundles", ANY))
        check_aliases(report, cast)
        _check_calendars(report, cast, period)


def _check_lesson(report: Report, arms: Sequence[str]) -> None:
    """Check what the block of a library names: arms two by two, links, patterns."""
    from demarche.accounts.links import all_links
    from demarche.history.patterns.find import find_patterns

    select = report.document.select
    check_names(report, "arm", select("library", "pairs", ANY, ANY), arms)
    check_names(report, "link", select("library", "links", ANY), all_links())
    check_names(report, "pattern", select("library", "watched", ANY), find_patterns())
    for path, pair in select("library", "pairs", ANY):
        if isinstance(pair, list) and (len(pair) != 2 or pair[0] == pair[-1]):
            report.add(path, "this is no pair", found=pair, expected="two different arms, such as [quiet, vocal]")
    for pattern in (("links", ANY), ("watched", ANY)):
        check_repeats(report, select("library", *pattern))


def _check_bundles(report: Report) -> None:
    """Refuse bundles that are not there or set nothing."""
    select = report.document.select
    known = [str(path[-1]) for path, _ in select("bundles", ANY)]
    named = [*select("arms", ANY, "bundle"), *select("arms", ANY, "phases", ANY, "bundle")]
    check_names(report, "bundle", named, known, expected="" if known else "a bundle under 'bundles', but there is none")
    for path, held in select("bundles", ANY):
        if held == {}:
            report.add(path, "the bundle sets no lever", fix="name a lever, or leave the bundle out", at_key=True)


def check_groups(report: Report, cast: Cast, *places: tuple[object, ...]) -> None:
    """Check the groups of levers at the places of a file that hold levers."""
    for lever in LEVERS:
        if lever.scope == "world":
            continue
        entries = [entry for place in places for entry in report.document.select(*place, lever.name, ANY)]
        names, expected = names_of(cast, lever.scope), ""
        if lever.scope == "senders":
            for path, _ in entries:
                if path[-1] == cast.focal:
                    fix = "name a group or another state"
                    report.add(path, "the focal state is no sender", found=cast.focal, fix=fix, at_key=True)
            expected = f"{', '.join(cast.group_names())}, or the code of a state"
        check_names(report, WHOM[lever.scope], entries, names, expected=expected, at_key=True)


def check_phases(report: Report, place: KeyPath, period: Period | None) -> None:
    """Check the months of the phases at a place of a file, and that each sets something."""
    for path, phase in report.document.select(*place, ANY):
        if not isinstance(phase, dict):
            continue
        first, last = (check_month(report, (*path, key), phase.get(key), period) for key in ("from", "until"))
        if first is not None and last is not None and last < first:
            fix = "let 'until' be the same month or a later one"
            report.add((*path, "until"), f"the phase ends before it begins in {first}", found=str(last), fix=fix)
        if not set(phase) - {"from", "until"}:
            report.add(path, "the phase sets no lever", fix="name a lever, or leave the phase out")


def check_month(report: Report, path: KeyPath, value: object, period: Period | None) -> Month | None:
    """Return the month that a value stands for if it lies in the period; else None, with the reason in the report."""
    month = parse_month(value)
    if month is None or period is None or period.start <= month <= period.end:
        return month
    report.add(
        path,
        "the month lies outside the period",
        found=str(month),
        expected=f"{period.start} to {period.end}",
    )
    return None


def _check_arm_start(report: Report, arm: KeyPath, period: Period | None) -> None:
    data = report.document.get(*arm)
    if not isinstance(data, dict) or "from" not in data:
        return
    start = check_month(report, (*arm, "from"), data["from"], period)
    if data.get("rules_off"):
        fix = "leave out 'from', or make two arms"
        report.add(
            (*arm, "rules_off"),
            "rules are off from the first month, but the arm has 'from'",
            fix=fix,
            at_key=True,
        )
    if start is None:
        return
    dated = [
        *report.document.select(*arm, "calendar", "move", ANY),
        *report.document.select(*arm, "calendar", "add", ANY, "date"),
    ]
    for path, value in dated:
        month = parse_month(value)
        if month is not None and month < start:
            report.add(
                path,
                f"the month lies before the arm's 'from' {start}",
                found=str(month),
                fix="let 'from' be earlier",
            )


def _check_calendars(report: Report, cast: Cast, period: Period | None) -> None:
    known: Known = {event.code: (event.kind, event.month) for event in cast.events}
    known = _check_calendar(report, ("calendar",), known, cast, period)
    for arm, data in report.document.select("arms", ANY):
        start = parse_month(data.get("from")) if isinstance(data, dict) else None
        _check_calendar(report, (*arm, "calendar"), known, cast, period)
        _check_not_before(report, (*arm, "calendar"), known, start)


def _check_calendar(report: Report, place: KeyPath, known: Known, cast: Cast, period: Period | None) -> Known:
    """Check one set of changes against the events known so far; return the events after them."""
    select = report.document.select
    removed = list(select(*place, "remove", ANY))
    moved = list(select(*place, "move", ANY))
    kinds = sorted({kind for kind, _ in known.values()})
    check_names(report, "event code or kind", removed, (*known, *kinds))
    check_repeats(report, removed)
    check_names(report, "event code", moved, known, at_key=True)
    gone = {value for _, value in removed if isinstance(value, str)}
    for path, value in moved:
        check_month(report, path, value, period)
        code = str(path[-1])
        if code in known and (code in gone or known[code][0] in gone):
            fix = "either move it or remove it"
            report.add(path, "the event is moved and removed", found=code, fix=fix, at_key=True)
    _check_added(report, place, known, cast, period)
    after = {code: entry for code, entry in known.items() if code not in gone and entry[0] not in gone}
    for path, added in select(*place, "add", ANY, "code"):
        kind, month = (report.document.get(*path[:-1], key) for key in ("kind", "date"))
        if isinstance(added, str) and isinstance(kind, str):
            after[added] = (kind, parse_month(month))
    for path, value in moved:
        if path[-1] in after:
            after[str(path[-1])] = (after[str(path[-1])][0], parse_month(value))
    return after


def _check_not_before(report: Report, place: KeyPath, known: Known, start: Month | None) -> None:
    """Refuse changes of single events that lie before the arm's `from`."""
    if start is None:
        return
    select = report.document.select
    named = [(path, value, False) for path, value in select(*place, "remove", ANY)]
    named += [(path, path[-1], True) for path, _ in select(*place, "move", ANY)]
    for path, code, at_key in named:
        month = known[code][1] if isinstance(code, str) and code in known else None
        if month is not None and month < start:
            what = f"the event of {month} lies before the arm's 'from' {start}"
            report.add(path, what, found=code, fix="let 'from' be earlier, or leave the event", at_key=at_key)


def _check_added(report: Report, place: KeyPath, known: Known, cast: Cast, period: Period | None) -> None:
    select = report.document.select
    check_names(report, "kind of event", select(*place, "add", ANY, "kind"), EVENT_KINDS)
    actors = (
        *cast.state_codes, *cast.group_names(), *(body.code for body in cast.bodies),
        *(treaty.code for treaty in cast.treaties),
    )  # fmt: skip
    check_names(report, "actor", select(*place, "add", ANY, "actors", ANY), actors)
    check_repeats(report, select(*place, "add", ANY, "actors", ANY))
    for path, value in select(*place, "add", ANY, "date"):
        check_month(report, path, value, period)
    codes = set(known)
    for path, value in select(*place, "add", ANY, "code"):
        if not isinstance(value, str):
            continue
        if value in codes:
            report.add(
                path,
                "there is already an event of this code",
                found=value,
                fix="choose another code, or move it",
            )
        codes.add(value)


def check_effects(report: Report, effects: dict[str, tuple[bool, object]]) -> None:
    """Refuse arms that change nothing although they set something, and arms equal to another.

    Parameters
    ----------
    effects
        Arm -> whether it sets anything, and what it changes; None for nothing.
    """
    seen: dict[object, str] = {}
    for arm, (sets_something, effect) in effects.items():
        path: KeyPath = ("arms", arm)
        if effect is None and sets_something:
            fix = "set a value that differs from the default, or write {} for the one baseline arm"
            report.add(path, "the arm changes nothing", fix=fix, at_key=True)
            continue
        if effect in seen:
            fix = "leave out one of the two"
            report.add(path, f"the arm is the same as '{seen[effect]}'", fix=fix, at_key=True)
        seen.setdefault(effect, arm)
