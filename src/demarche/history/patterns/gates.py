"""The twelve gate patterns as executable checks on output tables.

A check reads nothing that a historian could not see: votes, sponsors, dialogues, releases,
practice and commitment as recorded. Windows and limits are data of a case: `patterns.yaml` of its record.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import Field, model_validator

from demarche.history.patterns.paths import FLAT_CORE, PARTING_ISSUES, REBOUND, WIDENING_GAP
from demarche.history.patterns.persons import CLUSTERING, QUIET_YIELD
from demarche.history.patterns.sponsors import CASCADE, EX_SPONSORS, SPONSORING_RATIO
from demarche.history.patterns.verdict import Band, Finding, Gate, Verdict, not_applicable, verdict
from demarche.history.patterns.votes import ROTATION, STICKINESS, YES_SHARE
from demarche.history.tables import Slice, Tables
from demarche.reading.strict import Strict, extended, unfit

__all__ = ["GATES", "Verdict", "check_gates"]

ALL: tuple[Gate[Any], ...] = (  # each with a band of its own
    YES_SHARE, STICKINESS, ROTATION, EX_SPONSORS, CASCADE, SPONSORING_RATIO,
    FLAT_CORE, CLUSTERING, QUIET_YIELD, WIDENING_GAP, PARTING_ISSUES, REBOUND,
)  # fmt: skip
GATES = {gate.pattern: gate for gate in ALL}


class PatternsFile(Strict):
    """The keys of `patterns.yaml`; `patterns_model` adds one for each gate, of which any may be left out."""

    @model_validator(mode="after")
    def _check(self) -> PatternsFile:
        if not self.model_fields_set:
            raise unfit("there is no pattern", f"one or more of {', '.join(GATES)}")
        return self

    def bands(self) -> dict[str, Band]:
        """Return pattern -> band of those that the file has, in the order of the gates."""
        return {pattern: getattr(self, pattern) for pattern in GATES if pattern in self.model_fields_set}


@cache
def patterns_model() -> type[PatternsFile]:
    """Return the model of `patterns.yaml`."""
    keys = {gate.pattern: (gate.band, Field(default=None)) for gate in GATES.values()}
    return extended(PatternsFile, "Patterns", keys)


def check_gates(
    tables: Tables, bands: Mapping[str, Band], pack: str, baseline_arm: str, quiet_arm: str | None
) -> list[Verdict]:
    """Return the verdicts on the gate patterns for one pack.

    Parameters
    ----------
    tables
        Output tables of a batch.
    bands
        Pattern -> band of the case; others are not judged.
    pack
        The account whose runs are judged.
    baseline_arm
        The arm without levers, the world as it was.
    quiet_arm
        The arm with dialogue and private representations only; None if the batch has none.

    Returns
    -------
    list of Verdict
        One for each band, in order. What the tables do not cover is not applicable, never passed.
    """
    slices = {"baseline": tables.slice(pack, baseline_arm)}
    if quiet_arm is not None:
        slices["quiet"] = tables.slice(pack, quiet_arm)
    return [
        verdict(pattern, band, _find(GATES[pattern], slices.get(GATES[pattern].arm), band))
        for pattern, band in bands.items()
    ]


def _find(gate: Gate[Band], runs: Slice | None, band: Band) -> Finding:
    if runs is None or not runs.runs:
        return not_applicable(f"the batch has no runs of the {gate.arm} arm")
    first, last = band.years
    if not runs.covers(first, last):
        return not_applicable(f"the period does not cover {first} to {last}")
    return gate.check(runs, band)
