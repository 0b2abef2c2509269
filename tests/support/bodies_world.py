"""The reference cast with the rules of groups, donors and UN bodies alone; treatments held by the test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import Cast, load_cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from tests.support.reform_world import CAST

FOLDERS = ("ngos", "bodies")
MODULES = ("focal.admission", "focal.reports", "focal.visits", "focal.recommendations")
OTHERS = ("bodies.votes", "bodies.waverers", "bodies.procedure")
ATTENTION = "senders.attention_returns"
START = Month(1990, 1)
Dated = tuple[str, str, tuple[str, ...]]


@cache
def group_and_body_rules() -> Catalogue:
    """Return the catalogue of groups and bodies alone."""
    def ours(rule: Rule) -> bool:
        inner = rule.body.__module__.removeprefix("demarche.rules.catalogue.")
        by_folder = inner.partition(".")[0] in FOLDERS and inner not in OTHERS
        return by_folder or inner in MODULES or rule.id == ATTENTION

    return Catalogue.of(rule for rule in packaged().rules if ours(rule))


def without(cast: Cast, *codes: str, kind: str = "") -> Cast:
    """Return a cast without some groups or bodies, by code or by kind."""
    ngos = tuple(ngo for ngo in cast.ngos if ngo.code not in codes and ngo.kind != kind)
    bodies = tuple(body for body in cast.bodies if body.code not in codes and body.kind != kind)
    return replace(cast, ngos=ngos, bodies=bodies)


def bodies(
    years: int = 10, dated: Iterable[Dated] = (), off: tuple[str, ...] = (), cast: Cast | None = None
) -> Setup:
    """Return a set-up in which those rules act, less some; `dated` are kind, month `YYYY-MM`, names."""
    period = Period(START, 12 * years)
    events = tuple(
        CalendarEvent(f"event_{number}", kind, Month.parse(month), names)
        for number, (kind, month, names) in enumerate(dated)
    )
    arm = ArmSetup("bare", Calendar(period, events), rules_off=off)
    return Setup(cast or load_cast(CAST), period, {"bare": arm}, packaged_accounts(), "bare", group_and_body_rules())


def yearly(kind: str, month: int, years: int, *names: str) -> tuple[Dated, ...]:
    """Return one event a year in a month."""
    return tuple((kind, f"{START.year + year}-{month:02d}", names) for year in range(years))
