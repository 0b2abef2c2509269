"""Persons who were freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.history.patterns.view import BASELINE, View

if TYPE_CHECKING:
    import pandas as pd

FREED = ("released", "exiled")


def freed(view: View, years: tuple[int, int], role: str = BASELINE) -> pd.DataFrame:
    """Return the events in which a person is released or sent into exile."""
    events = view.events("person", years, role)
    return events[events["detail"].isin(FREED)]
