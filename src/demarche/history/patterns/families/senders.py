"""Patterns of senders' agendas and sanctions: P53 and P54."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.history.patterns.contract import Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import cell, correlations, series_of
from demarche.history.patterns.view import NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd


def rivalry(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P53: correlation of the share of rights on senders' agendas with the salience of security, over months."""
    share, salience = (view.monthly(name, keys.years) for name in ("rights_share", "security_salience"))
    return correlations(share, salience)


def after_sanctions(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P54: core practice one to three years after the first sanction minus the year before."""
    sanctions = view.events("sanction", keys.years)
    onset = sanctions[sanctions["detail"] != "lifted"].groupby("run")["step"].min()
    practice = view.yearly("core_practice", keys.years)
    found = {}
    for run, year in view.year_of(onset).items():
        after = [cell(practice, run, later) for later in (year + 1, year + 2, year + 3)]
        known = [value for value in after if not np.isnan(value)]
        before = cell(practice, run, year - 1)
        if known and not np.isnan(before):
            found[run] = float(np.mean(known)) - before
    if not found:
        raise NotMeasured("no sanction has a year before and one after it")
    return view.per_run(series_of(found))


P53 = Pattern(
    "P53",
    PatternKeys,
    rivalry,
    Reads(
        series={
            "rights_share": "share of rights on senders' agendas",
            "security_salience": "security in world affairs, 0-1",
        }
    ),
)
P54 = Pattern(
    "P54",
    PatternKeys,
    after_sanctions,
    Reads({"sanction": "actor: sender; detail: diplomatic, aid, arms, trade, lifted"}, {"core_practice": "practice"}),
)
