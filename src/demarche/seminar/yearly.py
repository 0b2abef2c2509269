"""Figures while a class plays: years of closed rounds as curves, drawn from nothing but the frame of who looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demarche.seminar.drawn import Chart, chart
from demarche.seminar.seen import HEADLINES

LEAST_ROUNDS = 2
"""Rounds before there is a curve."""

HEIGHT = 130.0
LEAST_PERSONS, LEAST_SHARE = 10.0, 0.1
"""Least span of a scale: of counts, and of shares; smaller differences do not look like much."""

STYLES = ("mean", "twin", "third")
"""Of the curves of a figure, in their order: line, dashes, dots."""

LINES = ("line", "dashes", "dots")


@dataclass(frozen=True)
class Yearly:
    """One figure.

    Parameters
    ----------
    title
        What is drawn.
    years, curves
        Years of the sessions, and name of a curve -> a value or word a year.
    chart
        The geometry.
    """

    title: str
    years: tuple[int, ...]
    curves: Mapping[str, tuple[Any, ...]]
    chart: Chart

    @property
    def legend(self) -> str:
        """What line, dashes and dots are."""
        return "; ".join(f"{line}: {name}" for line, name in zip(LINES, self.curves, strict=False))

    @property
    def told(self) -> str:
        """The figure as a text."""
        each = (f"{name} {', '.join(map(str, values))}" for name, values in self.curves.items())
        return f"{self.title}, {self.years[0]} to {self.years[-1]}: {'; '.join(each)}"


def figures_of(frame: Mapping[str, Any]) -> list[Yearly]:
    """Return the figures of a frame, none before two rounds are closed.

    Parameters
    ----------
    frame
        Of the projector, a seat or the facilitator: what is not in it is not drawn.
    """
    over = frame["closing"] != "session"
    rounds = [one for one in frame["rounds"] if over or one["round"] != frame["round"]]
    found = []
    if len(rounds) >= LEAST_ROUNDS:
        years = [int(one["year"]) for one in rounds]
        persons = {name: [one["acts"][name] for one in rounds] for name in ("releases", "detentions")
                   if all(name in one["acts"] for one in rounds)}  # fmt: skip
        if persons:
            found.append(_counted("Persons, a round", years, persons))
        found.append(_counted("Sponsors", years, {"sponsors": [len(one["sponsors"]) for one in rounds]}))
        heard = [HEADLINES.index(one["headline"]) for one in rounds]
        drawn = chart(years, {STYLES[0]: heard}, None, last_played=years[-1], height=HEIGHT, words=HEADLINES)
        words = tuple(one["headline"] for one in rounds)
        found.append(Yearly("In the headlines", tuple(years), {"headlines": words}, drawn))
    reports = [one for one in frame.get("reports", ()) if one["round"] and (over or one["round"] != frame["round"])]
    if len(reports) >= LEAST_ROUNDS:
        groups = [name for name in ("core", "social", "overlap") if all(name in one for one in reports)]
        shares = {name: [one[name] for one in reports] for name in groups}
        title = "Violations that monitors document, as a share"
        found.append(_drawn(title, [int(one["year"]) for one in reports], shares, LEAST_SHARE, zero=False))
    return found


def _counted(title: str, years: Sequence[int], curves: Mapping[str, Sequence[int]]) -> Yearly:
    return _drawn(title, years, curves, LEAST_PERSONS, zero=True)


def _drawn(
    title: str, years: Sequence[int], curves: Mapping[str, Sequence[float]], least: float, *, zero: bool
) -> Yearly:
    styled = dict(zip(STYLES, curves.values(), strict=False))
    drawn = chart(years, styled, None, last_played=years[-1], height=HEIGHT, zero=zero, least=least)
    return Yearly(title, tuple(years), {name: tuple(values) for name, values in curves.items()}, drawn)
