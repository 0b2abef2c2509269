"""Which runs are independent of one another: what intervals are over, and how many of it there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import Codes
from demarche.experiment.design.parameters_from import BRIEF, MEDIANS

if TYPE_CHECKING:
    import pandas as pd

DRAW, LUCK, REPLICATION = "draw", "luck", "replication"
DRAWS = "draws"
POINT_GROUP = "point_group"
"""Column that tells which design points were drawn together at random; without it, points count as chosen."""


def clusters_of(part: pd.DataFrame) -> list[Codes]:
    """Return the sets of runs that are not independent of each other, as codes `(n,)` each.

    Runs of one draw share its parameters, whatever their luck. Without draws, runs of one replication share
    their luck, and those of points that were drawn together their parameters.
    """
    names = (DRAW,) if DRAW in part.columns else (REPLICATION, POINT_GROUP)
    return [_codes(part, name) for name in names if name in part.columns]


def luck_of(part: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return within what luck is drawn anew, and which runs share it, as codes `(n,)` each."""
    if DRAW in part.columns:
        return _codes(part, DRAW), _codes(part, LUCK)
    return np.zeros(len(part), dtype=np.intp), _codes(part, REPLICATION)


def _codes(part: pd.DataFrame, name: str) -> Codes:
    codes: Codes = np.unique(part[name].to_numpy(), return_inverse=True)[1]
    return codes


def over_what(frame: pd.DataFrame, said: str = "", varied: bool = False) -> str:
    """Return in words what intervals of a table of runs are over.

    Parameters
    ----------
    frame
        The runs.
    said
        Where their parameters have their values from, see `parameters_from`; empty if nobody says.
    varied
        Whether a design varies some of them besides.

    Examples
    --------
    >>> import pandas as pd
    >>> over_what(pd.DataFrame({"draw": [0], "luck": [0]})), over_what(pd.DataFrame({"replication": [0]}))
    ('over draws and luck', 'over luck alone')
    >>> over_what(pd.DataFrame({"replication": [0]}), "medians")
    "over luck alone (at the account's medians)"
    """
    at = f" ({'what does not vary ' if varied and said == MEDIANS else ''}{BRIEF[said]})" if said else ""
    if DRAW in frame.columns:
        return f"over draws and luck{at}"
    return f"{'over sampled points and luck' if POINT_GROUP in frame.columns else 'over luck alone'}{at}"


def unit_words(frame: pd.DataFrame) -> str:
    """Return what the independent units of a table of runs are called."""
    if DRAW in frame.columns:
        return DRAWS
    return "replications and points" if POINT_GROUP in frame.columns else "replications"
