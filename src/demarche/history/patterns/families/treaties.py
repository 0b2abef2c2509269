"""Patterns of treaties and procedure: P33 and P35."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.cast.keys import Said
from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.view import BASELINE, NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

REFORM = "procedure_reform"
TREATY = {"treaty": "actor: treaty; detail: signed, ratified"}


class TimingKeys(PatternKeys):
    """Keys of P33: the covenant that comes first, the one that comes later, months that count as near a date."""

    first: Said
    later: Said
    months: Few


def selective(view: View, keys: TimingKeys) -> pd.Series[float]:
    """P33: share of treaty acts near a session or summit; 0 where the covenants come in the wrong order.

    NaN in a run without an act. A covenant that is not signed within the window counts as coming after it.
    """
    acts = view.events("treaty", keys.years)
    dates = view.dated("session", "summit")
    near = np.array([(np.abs(dates - step) <= keys.months).any() for step in acts["step"]], dtype=float)
    share = acts.assign(near=near).groupby("run")["near"].mean()
    end = view.arm().steps(*keys.years)[1] + 1
    first, later = (
        view.per_run(acts[acts["actor"] == treaty].groupby("run")["step"].min(), end)
        for treaty in (keys.first, keys.later)
    )
    return view.per_run(share).where(~(later < first), 0.0)


def courts_only(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P35: change of the stock of prisoners by a reform of procedure while police may punish without courts."""
    levels = {role: view.yearly("detained", keys.years, role).mean(axis=1) for role in (BASELINE, REFORM)}
    pairs = view.paired(levels)
    if pairs.empty:
        raise NotMeasured("no runs of the two arms have the same luck")
    return (pairs[BASELINE] - pairs[REFORM]).abs() / pairs[BASELINE]


P33 = Pattern("P33", TimingKeys, selective, Reads(TREATY, calendar=("session", "summit")))
P35 = Pattern(
    "P35",
    PatternKeys,
    courts_only,
    Reads(series={"detained": "followed persons in detention"}, arms=(BASELINE, REFORM)),
)
