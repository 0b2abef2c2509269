"""Links and base rates: what is disputed and what is common, each declared once with unit and place in the graph.

A link is the sign and strength of one mechanism; accounts hold priors over it. A base rate is how often an actor does
a thing when nothing pushes; it is the same in all accounts. Both are parameters of the rules that declare them, with
the paths `link.<id>` and `rate.<id>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from demarche.accounts.priors import Prior
from demarche.accounts.units import SIGNED_SHARE, UNITS, Unit, UnitName
from demarche.errors import ScenarioError
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.strict import Model, Strict
from demarche.reading.yaml_nodes import read_yaml

Neutral = float | Literal["common"]
LINK_PREFIX, RATE_PREFIX = "link.", "rate."


class LinkFile(Strict):
    """One link as its file declares it.

    Parameters
    ----------
    meaning, acts_on, treatment
        What moves what, which state it acts on, and what scales it from 0 to 1, in plain words.
    unit
        What a number of it says, see `demarche.accounts.units`.
    neutral
        Value at which the mechanism does nothing; `common` where nobody disputes it: the median of the common account.
    family, sign
        Links of one family are argued from the same cases, so that their draws are correlated; -1 if a higher value
        makes outside effect or practice worse.
    scale
        `identity` for shares that may lie below 0.
    fits
        Patterns of the record that it was fitted to, and that thereby cease to be tests of it.
    """

    meaning: str
    unit: UnitName
    neutral: Neutral
    family: str
    sign: Literal[1, -1]
    acts_on: str
    treatment: str
    scale: Literal["", "identity"] = ""
    fits: str = ""

    @property
    def unit_of(self) -> Unit:
        """How its numbers are drawn."""
        return SIGNED_SHARE if self.scale == "identity" and self.unit == "share" else UNITS[self.unit]


class RateFile(Strict):
    """One base rate as its file declares it.

    Parameters
    ----------
    decision, option, occasion
        What is done how often, and on which occasions, in plain words.
    median, low, high
        Median, 5 % and 95 % quantile.
    unit
        As for links.
    source
        Dataset, literature or `assumption`.
    note
        What else a reader should know.
    family, correlation
        Rates of one family are drawn together, with this correlation.
    """

    decision: str
    option: str
    occasion: str
    median: float
    low: float
    high: float
    unit: UnitName
    source: str = Field(min_length=1)
    note: str = ""
    family: str = ""
    correlation: float = Field(default=0.0, ge=0.0, le=1.0)


class LinksFile(Strict):
    """All links by id."""

    links: dict[str, LinkFile]


class RatesFile(Strict):
    """All base rates by id."""

    rates: dict[str, RateFile]


@dataclass(frozen=True)
class Link:
    """A declared link under its id."""

    id: str
    said: LinkFile

    @property
    def path(self) -> str:
        """Path of the parameter."""
        return LINK_PREFIX + self.id

    def prior(self, median: float, low: float, high: float) -> Prior:
        """Return what is held of it as a prior.

        Raises
        ------
        DesignError
            If the numbers are not in order or out of the bounds of its unit.
        """
        unit = self.said.unit_of
        bounds = (unit.low, unit.high)
        return Prior(self.path, median, low, high, unit.scale, bounds, self.said.family, self.said.sign)


@dataclass(frozen=True)
class Rate:
    """A declared base rate under its id, and its prior."""

    id: str
    said: RateFile
    prior: Prior

    @property
    def path(self) -> str:
        """Path of the parameter."""
        return RATE_PREFIX + self.id


def declared_file(name: str) -> Path:
    """Return the file of what is declared, `links` or `base_rates`."""
    return Path(str(resources.files("demarche.accounts"))) / "declared" / f"{name}.yaml"


@cache
def all_links() -> dict[str, Link]:
    """Return the links by id, in the order of their file.

    Raises
    ------
    ScenarioError
        With every problem of the file.
    """
    return {name: Link(name, said) for name, said in _declared(LinksFile, "links").links.items()}


@cache
def all_rates() -> dict[str, Rate]:
    """Return the base rates by id, in the order of their file.

    Raises
    ------
    ScenarioError
        With every problem of the file.
    DesignError
        If the numbers of one are not in order.
    """
    rates = _declared(RatesFile, "base_rates").rates
    return {name: Rate(name, said, _rate_prior(name, said)) for name, said in rates.items()}


def _declared(model: type[Model], name: str) -> Model:
    report = Report(read_yaml(declared_file(name)))
    found = validate(model, report)
    report.raise_if_any()
    if found is None:
        raise ScenarioError(f"{declared_file(name)}:1:1: the file cannot be used, for a reason that was not found")
    return found


def _rate_prior(name: str, said: RateFile) -> Prior:
    unit = UNITS[said.unit]
    family = f"rates of {said.family}" if said.family else ""
    return Prior(
        RATE_PREFIX + name, said.median, said.low, said.high, unit.scale, (unit.low, unit.high), family,
        correlation=said.correlation if family else None,
    )  # fmt: skip
