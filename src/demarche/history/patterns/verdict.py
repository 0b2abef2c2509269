"""What every pattern check needs: bands, findings, verdicts and slopes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Band = dict[str, Any]
Measured = float | tuple[float, ...]
Word = Literal["pass", "fail", "not applicable"]


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    measured
        The measured value or values; NaN where a value cannot be taken.
    passes
        True or False, or None if the pattern cannot be measured on these tables.
    band
        The band in words, with the same order of values as `measured`.
    n
        Number of runs behind the value.
    note
        What a reader should know besides.
    """

    measured: Measured
    passes: bool | None
    band: str
    n: int
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """A finding under its pattern: id, title, value, band in words, verdict, number of runs, note."""

    pattern: str
    title: str
    measured: Measured
    band: str
    verdict: Word
    n: int
    note: str = ""


def verdict(pattern: str, band: Band, finding: Finding) -> Verdict:
    """Return the verdict on a pattern; nothing that cannot be measured counts as passed."""
    words: dict[bool | None, Word] = {True: "pass", False: "fail", None: "not applicable"}
    word = words[None if finding.passes is None else bool(finding.passes)]
    return Verdict(pattern, str(band["title"]), finding.measured, finding.band, word, finding.n, finding.note)


def not_applicable(note: str, band: str = "") -> Finding:
    """Return the finding of a check that cannot be made."""
    return Finding(float("nan"), None, band, 0, note)


@cache
def load_bands() -> dict[str, Band]:
    """Read the frozen bands: pattern id -> title, source, window and limits."""
    import yaml

    text = (resources.files("demarche.history") / "bands.yaml").read_text(encoding="utf-8")
    table: dict[str, Band] = yaml.safe_load(text)
    return table


def inside(value: float, limits: list[float]) -> bool:
    """Tell whether a value lies between two limits, both included; NaN does not."""
    return bool(limits[0] <= value <= limits[1])


def between(limits: list[float]) -> str:
    """Return two limits in words."""
    return f"{limits[0]:g} to {limits[1]:g}"


def slopes(yearly: pd.DataFrame) -> NDArray[np.float64]:
    """Return the least-squares slope per year of each run `(n_runs,)` of a table run by year."""
    values = yearly.to_numpy(dtype=np.float64)
    years = np.asarray(yearly.columns, dtype=np.float64)
    years -= years.mean()
    slope: NDArray[np.float64] = values @ years / (years @ years)
    return slope
