"""The reference cast with the rules of society, firms, attraction and scandals alone; treatments held by the test."""

from __future__ import annotations

from functools import cache

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import load_cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, Month, Period
from tests.support.reform_world import CAST

MODULES = (
    "society.citizens", "society.officials", "society.activists", "society.firms", "focal.crackdown", "focal.order",
    "focal.charm", "senders.scandals", "world.economy", "world.moods",
)  # fmt: skip
START = Month(1990, 1)


@cache
def society_rules() -> Catalogue:
    """Return the catalogue of the modules alone."""
    names = {f"demarche.rules.catalogue.{module}" for module in MODULES}
    return Catalogue.of(rule for rule in packaged().rules if rule.body.__module__ in names)


@cache
def society(years: int = 5, off: tuple[str, ...] = ()) -> Setup:
    """Return a set-up of the reference cast without any dated event, in which those rules act, less some."""
    period = Period(START, 12 * years)
    arm = ArmSetup("bare", Calendar(period, ()), rules_off=off)
    return Setup(load_cast(CAST), period, {"bare": arm}, packaged_accounts(), "bare", society_rules())
