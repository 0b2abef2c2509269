"""Grades by reading: a reader compared some claims, drawn at random, with their passage, carrier and test."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np

from tests.claims.rows import FOLDER, rows

GRADES = ("faithful", "partly", "wrong")
SEED, DRAWN = 1998, 40


@dataclass(frozen=True)
class Grade:
    """One row of a table of grades: what the reader found, why, and what was changed since, if anything was."""

    claim: str
    grade: str
    why: str
    since: str = ""


def drawn() -> tuple[str, ...]:
    """Return the claims that the seed draws without replacement, of all kinds, in register order."""
    places = np.random.default_rng(SEED).choice(len(rows()), DRAWN, replace=False)
    return tuple(rows()[place].claim for place in sorted(places))


def grades() -> tuple[Grade, ...]:
    """Return the grades as they stand."""
    return tuple(Grade(**row) for row in _rows_of("grades.csv"))


def second() -> tuple[Grade, ...]:
    """Return what a second reading found of carried claims that were not drawn: only those that fall short."""
    return tuple(Grade(**row) for row in _rows_of("second.csv"))


def missing() -> dict[str, str]:
    """Return what a reader found missing of claims whose test fails."""
    return {row["claim"]: row["missing"] for row in _rows_of("missing.csv")}


def _rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
