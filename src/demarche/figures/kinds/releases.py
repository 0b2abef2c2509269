"""Releases and detentions around tariff deadlines, summits and decisions on bids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.figures.common import (
    Style,
    account_title,
    arm_label,
    caption,
    finish,
    list_words,
    new_figure,
    other_styles,
    styled,
    styles,
)
from demarche.figures.figure import FigureKind, always
from demarche.figures.needs import Dates
from demarche.figures.tables import Cube, FigureTables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

VARIABLES = {
    "releases": "released, exile included",
    "first_detentions": "detained for the first time",
    "renewed_detentions": "detained again",
}
KINDS = {"tariff_deadline": "tariff deadline", "summit": "summit", "bid_decision": "decision on a bid"}
SPAN = 6
LEAD = 1
OFFSETS = np.arange(-SPAN, SPAN + 1)


@dataclass(frozen=True)
class Around:
    """Monthly rates around dates.

    Parameters
    ----------
    mean, half
        Mean over runs at each of the months -6 to 6 and half its 95 % interval, persons a month.
    base
        Mean of the months of the same span that are neither a month of a date nor the one before.
    ratio
        Rate of the month of the date and the one before, over `base`; NaN if base is 0.
    dates
        Number of dates.
    """

    mean: NDArray[np.float64]
    half: NDArray[np.float64]
    base: float
    ratio: float
    dates: int


def around(values: Cube, dates: NDArray[np.int64]) -> Around | None:
    """Return rates around dates, or None without a date whose whole span lies within the period.

    Parameters
    ----------
    values
        Persons, `(n_runs, n_steps)`.
    dates
        Steps of the dates.
    """
    from scipy.special import stdtrit

    n_runs, n_steps = values.shape
    whole = dates[(dates >= SPAN) & (dates < n_steps - SPAN)]
    if not len(whole) or not n_runs:
        return None
    by_run = values[:, whole[:, None] + OFFSETS].mean(axis=1, dtype=np.float64)
    sd = by_run.std(axis=0, ddof=1) if n_runs > 1 else np.full(len(OFFSETS), np.nan)
    half = (float(stdtrit(n_runs - 1, 0.975)) if n_runs > 1 else np.nan) * sd / n_runs**0.5
    months = np.arange(whole.min() - SPAN, whole.max() + SPAN + 1)
    before = np.isin(months, np.concatenate([dates - lead for lead in range(LEAD + 1)]))
    rates = values[:, months].mean(axis=0, dtype=np.float64)
    base = float(rates[~before].mean()) if (~before).any() else float("nan")
    ratio = float(rates[before].mean()) / base if base > 0 else float("nan")
    return Around(by_run.mean(axis=0), half, base, ratio, len(whole))


def dated_kinds(tables: FigureTables) -> list[str]:
    """Return the kinds that have a date with its whole span within the period."""
    last = tables.n_steps - SPAN
    dates = {kind: tables.dates(tables.reference, [kind]) for kind in KINDS}
    return [kind for kind, steps in dates.items() if ((steps >= SPAN) & (steps < last)).any()]


def draw(tables: FigureTables) -> Figure:
    """Draw kinds of dates in rows and accounts in columns under the reference arm; the last row compares arms."""
    accounts, arms = list(tables.accounts), list(tables.arms)
    kinds = dated_kinds(tables)
    kinds_look, arms_look = other_styles(list(VARIABLES)), styles(arms, tables.reference)
    with styled():
        figure = new_figure(max(2.75 * len(accounts), 7.5) + 0.4, 2.0 * (len(kinds) + 1) + 2.2)
        grid = figure.subplots(len(kinds) + 1, len(accounts), sharex=True, sharey="row", squeeze=False)
        for column, account in enumerate(accounts):
            for row, kind in enumerate(kinds):
                dates = tables.dates(tables.reference, [kind])
                drawn = {name: around(tables.cube(name, tables.reference, account), dates) for name in VARIABLES}
                _panel(grid[row, column], drawn, kinds_look)
            arms_drawn = {
                arm: around(tables.cube("releases", arm, account), tables.dates(arm, kinds)) for arm in arms_look
            }
            _panel(grid[-1, column], arms_drawn, arms_look)
            grid[0, column].set_title(account_title(tables, account))
            grid[-1, column].set_xlabel("months from the date")
        _label_rows(grid, kinds)
        handles = _legend(tables, kinds_look, arms_look)
        return finish(figure, FIGURE.title, caption(tables, _reading(tables, kinds)), handles, 3)


def _panel(ax: Axes, drawn: dict[str, Around | None], looks: dict[str, Style]) -> None:
    """Draw rates with intervals, and the base rate of each as a thin line."""
    ax.axvspan(-LEAD - 0.5, 0.5, color="#f0f0f0", zorder=0, linewidth=0)
    for name, rates in drawn.items():
        if rates is None:
            continue
        look = looks[name]
        low, high = rates.mean - rates.half, rates.mean + rates.half
        ax.fill_between(OFFSETS, low, high, color=look.colour, alpha=0.15, linewidth=0)
        ax.plot(
            OFFSETS, rates.mean, color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=3.2,
            linewidth=look.width, label=name,
        )  # fmt: skip
        ax.axhline(rates.base, color=look.colour, linewidth=0.6, alpha=0.8, label=f"base {name}")
    ax.set_xticks([-6, -3, 0, 3, 6])
    first = drawn.get("releases")
    if first is not None:
        words = f"{first.dates} dates; ×{first.ratio:.1f}" if np.isfinite(first.ratio) else f"{first.dates} dates"
        ax.text(0.98, 0.97, words, transform=ax.transAxes, ha="right", va="top", fontsize=7.5)


def _label_rows(grid: NDArray[Any], kinds: list[str]) -> None:
    labels = [f"{KINDS[kind]}\npersons a month" for kind in kinds]
    for ax, label in zip(grid[:, 0], [*labels, "released, all dates,\neach arm\npersons a month"], strict=True):
        ax.set_ylabel(label)
        ax.set_ylim(bottom=0.0)


def _legend(tables: FigureTables, kinds: dict[str, Style], arms: dict[str, Style]) -> list[Any]:
    from matplotlib.lines import Line2D

    def entry(look: Style, label: str) -> Any:
        return Line2D([], [], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4.5, label=label)

    lines = [entry(look, f"{name}: {VARIABLES[name]}") for name, look in kinds.items()]
    lines += [entry(look, f"last row, {arm_label(tables, arm)}") for arm, look in arms.items()]
    return lines


def _reading(tables: FigureTables, kinds: list[str]) -> str:
    named = list_words([KINDS[kind] for kind in kinds])
    return (
        f"Upper rows: arm {arm_label(tables, tables.reference)}. Month 0 is the month of the {named}. "
        "Lines: mean over runs and dates, followed persons a month in one run; bands: 95 % interval over runs; thin "
        "horizontal lines: base rate, the mean of the months that are neither month 0 nor the month before one. Grey: "
        "month 0 and the month before; × gives the releases of these two over the base rate. Dates within six months "
        "of the ends of the period are left out. Dates overlap: months after one date can be months before another."
    )


FIGURE = FigureKind(
    name="releases",
    title="Releases and detentions around deadlines, summits and bids",
    reading="look at detentions before calling a release a gain",
    draw=draw,
    series=always(*VARIABLES),
    needs=(Dates(tuple(KINDS), margin=SPAN),),
)
