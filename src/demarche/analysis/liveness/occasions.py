"""Rules that have nothing to do in an arm, tried where they have: where levers are set, or events happen at all.

A rule that carries out a lever is silent where nobody sets it, and one that waits for a kind of event where the case
has none of the kind.
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
ENDS = ("low", "high")


def parts_read(setup: Setup, rule: str) -> list[tuple[Lever, LeverPart]]:
    """Return the parts of levers that a rule reads, none if it carries out no lever."""
    reads = setup.catalogue.by_id[rule].reads
    return [(lever, part) for lever in LEVERS for part in lever.parts if part.field in reads]


def events_lacked(setup: Setup, arm: str, rule: str) -> list[CalendarEvent]:
    """Return an event a year of each kind that a rule asks about and the calendar of an arm has none of."""
    calendar = setup.arms[arm].calendar
    lacked = [kind for kind in setup.catalogue.by_id[rule].calendar if not calendar.steps(kind)]
    steps = range(YEAR // 2, setup.period.n_steps, YEAR)
    return [CalendarEvent(f"{kind}_{step}", kind, setup.period.start.plus(step)) for kind in lacked for step in steps]


def moved_with_occasion(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float]
) -> Iterator[Moved]:
    """Yield how far rules move outcomes where the levers that they read are set, or what they wait for comes yearly.

    Parameters
    ----------
    setup, arm, account
        What is run; in a copy of the arm levers are set from the first month on and for all, to one end of their
        range and to the other.
    cases
        Rules among others; those that neither read a lever nor lack a kind of event are passed over.
    lucks, spreads
        As in `moved_by`.

    Yields
    ------
    Moved
        Of each rule at the end of the range at which it moves more.
    """
    for case in cases:
        parts = parts_read(setup, case.name) if case.kind == RULE else []
        events = events_lacked(setup, arm, case.name) if case.kind == RULE else []
        if not parts and not events:
            continue
        tried = []
        for end in ENDS:
            settings = tuple(LeverSetting(part.field, getattr(part, end), _everybody(setup, lever))
                             for lever, part in parts)  # fmt: skip
            plain = setup.arms[arm]
            held = replace(plain, name=ARM, settings=(*plain.settings, *settings),
                           calendar=plain.calendar.changed(add=events))  # fmt: skip
            tried += moved_by(replace(setup, arms={ARM: held}), ARM, account, [case], lucks, spreads)
        yield max(tried, key=lambda one: one.effects[one.largest()])


def _everybody(setup: Setup, lever: Lever) -> NDArray[np.bool_] | None:
    """Return the mask of all whom a lever can be set for; None for the world."""
    cast = setup.cast
    members = {"senders": cast.state_codes, "ngos": cast.ngos, "treaties": cast.treaties}.get(lever.scope)
    return None if members is None else np.ones(len(members), dtype=np.bool_)
