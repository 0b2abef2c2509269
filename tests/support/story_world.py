"""A small world for a story: the reference cast, the rules that it needs, a calendar of its own, bound choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import Cast, load_cast
from demarche.engine.setup import ArmSetup, Move, Setup
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from tests.support.reform_world import CAST

START = Month(1990, 1)
Dated = tuple[str, str, tuple[str, ...]]
Bound = tuple[str, str, str, tuple[str, ...]]


@cache
def rules_of(modules: tuple[str, ...]) -> Catalogue:
    """Return the catalogue of some modules, and of all modules of folders that are named."""
    def ours(inner: str) -> bool:
        return inner in modules or any(inner.startswith(f"{folder}.") for folder in modules)

    return Catalogue.of(
        rule for rule in packaged().rules if ours(rule.body.__module__.removeprefix("demarche.rules.catalogue."))
    )


@cache
def whole_cast() -> Cast:
    """Return the reference cast with every group at work from the start."""
    cast = load_cast(CAST)
    first = min(ngo.start for ngo in cast.ngos)
    return replace(cast, ngos=tuple(ngo.model_copy(update={"start": first}) for ngo in cast.ngos))


def story(
    modules: tuple[str, ...],
    years: int,
    dated: Iterable[Dated] = (),
    off: tuple[str, ...] = (),
    moves: Iterable[Bound] = (),
) -> Setup:
    """Return a set-up of some rules, less those that are off.

    Parameters
    ----------
    modules
        Modules or folders of the catalogue.
    years
        Length of the period, from January 1990.
    dated
        Kind, month `YYYY-MM` and names of events.
    off
        Rules switched off.
    moves
        Month, decision, option and codes of bound choices.
    """
    period = Period(START, 12 * years)
    events = tuple(
        CalendarEvent(f"event_{number}", kind, Month.parse(month), names)
        for number, (kind, month, names) in enumerate(dated)
    )
    bound = tuple(
        Move(START.steps_to(Month.parse(month)), decision, option, codes) for month, decision, option, codes in moves
    )
    arm = ArmSetup("bare", Calendar(period, events), rules_off=off, moves=bound)
    return Setup(whole_cast(), period, {"bare": arm}, packaged_accounts(), "bare", rules_of(modules))
