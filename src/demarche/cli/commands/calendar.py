"""`demarche calendar`: the dated events of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import CaseOption, LikeOption, NameArgument
from demarche.cli.reading import read_case
from demarche.cli.say.console import console
from demarche.cli.say.listing import named, print_facts, print_list
from demarche.errors import check_known

if TYPE_CHECKING:
    from pathlib import Path

    from demarche.cli.reading import WhoAndWhen
    from demarche.world.calendar import CalendarEvent

app = typer.Typer(help="The calendar: sessions, summits, deadlines and other dated events of a case.")
KindOption = Annotated[str, typer.Option("--kind", "-k", help="Only one kind, such as session.")]
ArmOption = Annotated[str, typer.Option("--arm", help="Arm of the scenario; the first if left out.")]
MOST_ACTORS = 6


@app.callback(invoke_without_command=True)
def calendar(ctx: typer.Context, case: CaseOption = None, kind: KindOption = "", arm: ArmOption = "",
             like: LikeOption = "") -> None:  # fmt: skip
    """List the dated events of a case, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_calendar(case, kind, arm, like)


@app.command("list")
def list_calendar(case: CaseOption = None, kind: KindOption = "", arm: ArmOption = "", like: LikeOption = "") -> None:
    """List the dated events of a case."""
    print_calendar(case, kind, arm, like)


def print_calendar(case: Path | None, kind: str, arm: str, like: str) -> None:
    """Print one line an event."""
    from demarche.world.calendar import EVENT_KINDS

    kind = kind.strip().lower()
    check_known("--kind", "kind of dated event", [kind] if kind else [], list(EVENT_KINDS))
    rows = [
        (str(one.month), one.code, one.kind, _actors(one), f"{one.strength:g}")
        for one in events_of(read_case(case), arm)
        if not kind or one.kind == kind
    ]
    print_list(("date", "code", "kind", "actors", "strength"), rows, "dated event", "demarche calendar show CODE", like)


def events_of(found: WhoAndWhen, arm: str) -> list[CalendarEvent]:
    """Return the events of an arm within the period, in order.

    Raises
    ------
    DesignError
        If there is no such arm.
    """
    check_known("--arm", "arm", [arm] if arm else [], list(found.calendars))
    events = found.calendars[arm or next(iter(found.calendars))]
    period = found.period
    inside = [one for one in events if period is None or period.start <= one.month <= period.end]
    return sorted(inside, key=lambda one: (one.month, one.code))


def _actors(one: CalendarEvent) -> str:
    more = f" and {len(one.actors) - MOST_ACTORS} more" if len(one.actors) > MOST_ACTORS else ""
    return " ".join(one.actors[:MOST_ACTORS]) + more


@app.command("show")
def show(code: NameArgument, case: CaseOption = None) -> None:
    """Show one dated event: date, kind, actors, source, in which arms it is, and what is due by it."""
    from demarche.rules.find import find_rules
    from demarche.world.calendar import EVENT_KINDS
    from demarche.world.decisions import DECISIONS

    found = read_case(case)
    everywhere = {one.code: one for events in found.calendars.values() for one in events}
    one = everywhere[named(code, list(everywhere), "dated event")]
    arms = [f"{name} ({event.month})" for name, events in found.calendars.items() for event in events
            if event.code == one.code]  # fmt: skip
    due = [decision.name for decision in DECISIONS if decision.when.partition("-")[0] == one.kind]
    rules = [rule.id for rule in find_rules() if one.kind in (*rule.calendar, rule.when.partition("-")[0])]
    print_facts(console(), f"{one.code}, {one.month}: {one.kind}", {
        "Kind": EVENT_KINDS[one.kind], "Actors": " ".join(one.actors), "Strength": f"{one.strength:g}",
        "Source": one.source, "In": ", ".join(arms), "Decisions due by it": ", ".join(due),
        "Rules that go by it": ", ".join(rules),
        "To move it, in a scenario": f"calendar: {{move: {{{one.code}: {one.month}}}}}",
    })  # fmt: skip
