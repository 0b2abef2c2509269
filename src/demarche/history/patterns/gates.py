"""The twelve gate patterns as executable checks on output tables.

A check reads nothing that a historian could not see: votes, sponsors, dialogues, releases,
practice and commitment as recorded. Bands were frozen before tuning, see `bands.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from demarche.history.patterns.paths import flat_core, parting_issues, rebound, widening_gap
from demarche.history.patterns.persons import clustering, quiet_yield
from demarche.history.patterns.sponsors import cascade, sponsoring_ratio, votes_of_ex_sponsors
from demarche.history.patterns.verdict import (
    Band,
    Finding,
    Verdict,
    load_bands,
    not_applicable,
    verdict,
)
from demarche.history.patterns.votes import rotation_share, stickiness, yes_share
from demarche.history.tables import Slice, Tables

Check = Callable[[Slice, Band], Finding]
Arm = Literal["baseline", "quiet"]

GATES: dict[str, tuple[Check, Arm]] = {
    "P02": (yes_share, "baseline"),
    "P05": (stickiness, "baseline"),
    "P06": (rotation_share, "baseline"),
    "P09": (votes_of_ex_sponsors, "baseline"),
    "P10": (cascade, "baseline"),
    "P16": (sponsoring_ratio, "baseline"),
    "P19": (flat_core, "quiet"),
    "P23": (clustering, "baseline"),
    "P24": (quiet_yield, "quiet"),
    "P32": (widening_gap, "baseline"),
    "P34": (parting_issues, "baseline"),
    "P37": (rebound, "baseline"),
}

__all__ = ["GATES", "Verdict", "check_gates"]


def check_gates(tables: Tables, pack: str, baseline_arm: str, quiet_arm: str | None) -> list[Verdict]:
    """Return the verdicts on the gate patterns for one pack.

    Parameters
    ----------
    tables
        Output tables of a batch.
    pack
        The account whose runs are judged.
    baseline_arm
        The arm without levers, the world as it was.
    quiet_arm
        The arm with dialogue and private representations only; None if the batch has none.

    Returns
    -------
    list of Verdict
        One for each gate, in order. What the tables do not cover is not applicable, never passed.
    """
    slices = {"baseline": tables.slice(pack, baseline_arm)}
    if quiet_arm is not None:
        slices["quiet"] = tables.slice(pack, quiet_arm)
    verdicts = []
    for pattern, (check, arm) in GATES.items():
        band = load_bands()[pattern]
        finding = _find(check, slices.get(arm), band, arm)
        verdicts.append(verdict(pattern, band, finding))
    return verdicts


def _find(check: Check, runs: Slice | None, band: Band, arm: Arm) -> Finding:
    if runs is None or not runs.runs:
        return not_applicable(f"the batch has no runs of the {arm} arm")
    first, last = band["years"]
    if not runs.covers(first, last):
        return not_applicable(f"the period does not cover {first} to {last}")
    return check(runs, band)
