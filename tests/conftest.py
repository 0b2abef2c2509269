"""What many tests share: the reference cast, a short setup, quiet Matplotlib."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from demarche.accounts.packs import PACKS
from demarche.cast.cast import Cast, load_cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.world.calendar import Calendar, Month, Period
from demarche.world.levers import LeverSetting

os.environ.setdefault("MPLBACKEND", "Agg")
ROOT = Path(__file__).resolve().parents[1]


def make_setup(cast: Cast, n_steps: int, from_step: int = 0) -> Setup:
    """Return the reference case with the arms as_it_was, quiet and vocal."""
    period = Period(Month(1989, 6), n_steps)
    calendar = Calendar(period, tuple(cast.events))
    senders = cast.group("all_senders")

    def arm(name: str, quiet: float, vocal: float) -> ArmSetup:
        settings = (LeverSetting("lever_quiet", quiet, senders), LeverSetting("lever_vocal", vocal, senders))
        return ArmSetup(name, calendar, settings, from_step)

    arms = {
        "as_it_was": ArmSetup("as_it_was", calendar),
        "quiet": arm("quiet", 1.0, 0.0),
        "vocal": arm("vocal", 0.0, 1.0),
    }
    return Setup(cast, period, arms, PACKS)


@pytest.fixture(scope="session")
def cast() -> Cast:
    return load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml")


@pytest.fixture(scope="session")
def short_setup(cast: Cast) -> Setup:
    """Sixty months: six sessions, five tariff deadlines, a bid, a crackdown."""
    return make_setup(cast, 60)
