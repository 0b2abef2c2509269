"""Runs that are questioned: of the reference case for five years, and of a results folder of one year."""

from __future__ import annotations

from demarche.analysis.why.asked import Row, codes_of
from demarche.analysis.why.case import Case
from demarche.engine.setup import Runs, Setup
from demarche.world.decisions import Decision

ACCOUNT = "leverage_toolbox"


def a_case(setup: Setup, arm: str = "vocal", seed: int = 5) -> Case:
    """Return a run of a setup at the medians of an account."""
    return Case(setup, Runs([arm], [ACCOUNT], [seed]), 0, "here", {})


def row_at(case: Case, decision: Decision, *positions: int) -> Row:
    """Return the row at some positions of the axes of a decision."""
    known = codes_of(case)
    axes = decision.axes[: len(positions)]
    return Row(axes, tuple(known[axis][at] for axis, at in zip(axes, positions, strict=True)), positions)


def row_of(case: Case, decision: Decision, *codes: str) -> Row:
    """Return the row of some codes."""
    known = codes_of(case)
    return row_at(case, decision, *(known[axis].index(code) for axis, code in zip(decision.axes, codes, strict=False)))
