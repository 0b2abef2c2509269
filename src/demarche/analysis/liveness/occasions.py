"""Rules that have nothing to do in an arm, tried where they have: where levers are set, or events happen at all.

A rule that carries out a lever is silent where nobody sets it, and one that ends something where a lever is set from
the first month on, so that there is nothing to end. One that waits for a kind of event is silent where the case has
none of the kind, and one that follows years after it where the only one comes late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.liveness.effects import RULE, Case, Moved, moved_by
from demarche.engine.setup import Setup
from demarche.world.calendar import CalendarEvent
from demarche.world.levers import LEVERS, Lever, LeverPart, LeverSetting

ARM = "with_occasions"
YEAR = 12
EVERY = 3 * YEAR  # so that what follows years after an event has time to come
ENDS = ("low", "high")


def parts_read(setup: Setup, rule: str) -> list[tuple[Lever, LeverPart]]:
    """Return the parts of levers that a rule reads, none if it carries out no lever."""
    reads = setup.catalogue.by_id[rule].reads
    return [(lever, part) for lever in LEVERS for part in lever.parts if part.field in reads]


def kinds_awaited(setup: Setup, rule: str) -> set[str]:
    """Return the kinds of events that a rule asks about, or those that write what it waits for."""
    awaiting = setup.catalogue.by_id[rule]
    before = [one for one in setup.catalogue.rules if awaiting.trigger and awaiting.trigger in one.writes]
    return {kind for one in (awaiting, *before) for kind in one.calendar}


def events_lacked(setup: Setup, arm: str, rule: str) -> list[CalendarEvent]:
    """Return an event every third year of each kind that a rule waits for and an arm has at most one of."""
    calendar = setup.arms[arm].calendar
    lacked = sorted(kind for kind in kinds_awaited(setup, rule) if len(calendar.steps(kind)) <= 1)
    steps = range(YEAR // 2, setup.period.n_steps, EVERY)
    return [CalendarEvent(f"{kind}_{step}", kind, setup.period.start.plus(step)) for kind in lacked for step in steps]


def settings_tried(setup: Setup, parts: Sequence[tuple[Lever, LeverPart]]) -> list[tuple[LeverSetting, ...]]:
    """Return the ways in which levers are set for all: to either end of their range, throughout or from half time on.

    From half time on means that they stand at the other end before. One way, which sets nothing, if there are no parts.
    """
    if not parts:
        return [()]
    half = setup.period.n_steps // 2
    return [
        tuple(LeverSetting(part.field, getattr(part, which), _everybody(setup, lever), first)
              for first, which in ((0, before), (half, end)) for lever, part in parts)
        for end in ENDS for before in ENDS
    ]  # fmt: skip


def moved_with_occasion(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float]
) -> Iterator[Moved]:
    """Yield how far rules move outcomes where the levers that they read are set, or what they wait for comes.

    Parameters
    ----------
    setup, arm, account
        What is run; in copies of the arm levers are set for all, see `settings_tried`.
    cases
        Rules among others; those that neither read a lever nor lack events are passed over.
    lucks, spreads
        As in `moved_by`.

    Yields
    ------
    Moved
        Of each rule in the way in which it moves more.
    """
    for case in cases:
        parts = parts_read(setup, case.name) if case.kind == RULE else []
        events = events_lacked(setup, arm, case.name) if case.kind == RULE else []
        if not parts and not events:
            continue
        tried = []
        plain = setup.arms[arm]
        for settings in settings_tried(setup, parts):
            held = replace(plain, name=ARM, settings=(*plain.settings, *settings),
                           calendar=plain.calendar.changed(add=events))  # fmt: skip
            tried += moved_by(replace(setup, arms={ARM: held}), ARM, account, [case], lucks, spreads)
        yield max(tried, key=lambda one: one.effects[one.largest()])


def _everybody(setup: Setup, lever: Lever) -> NDArray[np.bool_] | None:
    """Return the mask of all whom a lever can be set for; None for the world."""
    cast = setup.cast
    members = {"senders": cast.state_codes, "ngos": cast.ngos, "treaties": cast.treaties}.get(lever.scope)
    return None if members is None else np.ones(len(members), dtype=np.bool_)
