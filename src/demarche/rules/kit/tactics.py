"""What the tactics of groups have in common: who uses one, on which issue, and what the group learns from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Cells, Codes, cells
from demarche.rules.contract import Parameter

Positions = NDArray[np.intp]

MEMORY = Parameter("memory", 36.0, 12.0, 72.0, "months", "half-life of what a group remembers of a tactic",
                   "assumption: three years", shared_as="ngos.documents")  # fmt: skip
CREDIT = Parameter("credit", 0.25, 0.1, 0.5, "share", "weight of a quarter in the year's results",
                   "four quarters a year", shared_as="ngos.documents")  # fmt: skip


def users(choice: Codes, tactic: int, focus: Array) -> tuple[Cells, Positions]:
    """Return which groups use a tactic in which runs, and on which issue.

    Parameters
    ----------
    choice
        What groups do `(n_tactics, n_ngos, n_runs)`.
    tactic
        Position of the tactic.
    focus
        Issue that each group works on `(n_ngos, n_runs)`.
    """
    who = cells(choice[tactic] > 0)
    return who, focus[who].astype(np.intp)


def at_focus(values: Array, focus: Array) -> Array:
    """Return values `(..., n_issues, n_runs)` of groups at the issue they work on, `(..., n_runs)`.

    The axes before the issues end with that of the groups, `focus` is `(n_ngos, n_runs)`.
    """
    *before, n_groups, n_issues, n_runs = values.shape
    place = (np.arange(n_groups)[:, None] * n_issues + focus.astype(np.intp)) * n_runs + np.arange(n_runs)
    found: Array = values.reshape(*before, -1).take(place, axis=-1)
    return found


def learn(remembered: Array, tactic: int, who: Cells, issue: Positions, effect: Array, share: Array) -> None:
    """Move what groups remember of a tactic on an issue towards the part of its full effect that it now had.

    Parameters
    ----------
    remembered
        `(n_tactics, n_ngos, n_issues, n_runs)`, changed in place.
    tactic, who, issue
        Position of the tactic; groups and runs that used it, and on which issue.
    effect
        Part of the full effect, in [0, 1], one a use.
    share
        How far one quarter moves the memory `(n_runs,)`.
    """
    groups, runs = who
    place = tactic, groups, issue, runs
    remembered[place] += share[runs] * (effect - remembered[place])


def quarterly(half_life: Array) -> Array:
    """Return the share that a quarter moves a memory with a half-life in months."""
    share: Array = 1.0 - np.exp2(-12.0 / (2.0 * 2.0) / half_life)
    return share
