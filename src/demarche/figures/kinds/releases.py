"""Releases and detentions around tariff deadlines, summits and decisions on bids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.comparison.units import over_what
from demarche.figures.common import arm_label, list_words
from demarche.figures.figure import FigureKind, always
from demarche.figures.look import Look
from demarche.figures.needs import Dates
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import in_a_line
from demarche.figures.tables import Cube, FigureTables
from demarche.figures.two_layers import DARK, FAINT, LUCK_LABEL, has_layers, legend_entries, mean_layers, rows_of
from demarche.figures.view import View, chosen_accounts, chosen_arms, joined

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

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
    mean, half, luck_half
        Mean over runs at each of the months -6 to 6, half its 95 % interval over independent units (draws where there
        are draws), and half of that given the draws (NaN where luck cannot be told apart); persons a month.
    base
        Mean of the months of the same span that are neither a month of a date nor the one before.
    ratio
        Rate of the month of the date and the one before, over `base`; NaN if base is 0.
    dates
        Number of dates.
    """

    mean: NDArray[np.float64]
    half: NDArray[np.float64]
    luck_half: NDArray[np.float64]
    base: float
    ratio: float
    dates: int


def around(values: Cube, dates: NDArray[np.int64], rows: pd.DataFrame) -> Around | None:
    """Return rates around dates, or None without a date whose whole span lies within the period.

    Parameters
    ----------
    values
        Persons, `(n_runs, n_steps)`.
    dates
        Steps of the dates.
    rows
        Of the runs: draw and luck, or replication.
    """
    n_runs, n_steps = values.shape
    whole = dates[(dates >= SPAN) & (dates < n_steps - SPAN)]
    if not len(whole) or not n_runs:
        return None
    by_run = values[:, whole[:, None] + OFFSETS].mean(axis=1, dtype=np.float64)
    half, luck_half = mean_layers(by_run, rows)
    months = np.arange(whole.min() - SPAN, whole.max() + SPAN + 1)
    before = np.isin(months, np.concatenate([dates - lead for lead in range(LEAD + 1)]))
    rates = values[:, months].mean(axis=0, dtype=np.float64)
    base = float(rates[~before].mean()) if (~before).any() else float("nan")
    ratio = float(rates[before].mean()) / base if base > 0 else float("nan")
    return Around(by_run.mean(axis=0), half, luck_half, base, ratio, len(whole))


def dated_kinds(tables: FigureTables, arm: str) -> list[str]:
    """Return the kinds that have a date of an arm with its whole span within the period."""
    last = tables.n_steps - SPAN
    dates = {kind: tables.dates(arm, [kind]) for kind in KINDS}
    return [kind for kind, steps in dates.items() if ((steps >= SPAN) & (steps < last)).any()]


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel, kind of event and month from a date: mean, low and high of the runs, base rate."""
    import pandas as pd

    arm = _arm(tables, view)
    dates = tables.dates(arm, dated_kinds(tables, arm))
    parts = []
    for account in chosen_accounts(tables, view):
        runs = rows_of(tables, tables.run_numbers(arm, account))
        for name in VARIABLES:
            rates = around(tables.cube(name, arm, account), dates, runs)
            if rates is not None:
                parts.append(pd.DataFrame({
                    "panel": account, "account": account, "what": name, "month": OFFSETS, "mean": rates.mean,
                    "low": rates.mean - rates.half, "high": rates.mean + rates.half,
                    "luck_low": rates.mean - rates.luck_half, "luck_high": rates.mean + rates.luck_half,
                    "base": rates.base, "ratio": rates.ratio, "dates": rates.dates,
                }))  # fmt: skip
    return joined(parts, "releases")


def _arm(tables: FigureTables, view: View) -> str:
    return chosen_arms(tables, view)[0] if view.arms else tables.reference


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan rates around dates: an account a panel, releases and detentions as lines, under one arm."""
    arm, frame = _arm(tables, view), frame_of(tables, view)
    accounts = tuple(dict.fromkeys(frame["account"]))
    panels = {name: f"{tables.accounts[name] or name}\n{_ratio(frame[frame['account'] == name])}" for name in accounts}
    return Plan(
        title=f"Releases and detentions around deadlines, summits and bids ({arm_label(tables, arm)})",
        reading=_reading(tables, arm), alt=_alt(tables, panels), frame=frame, table=_table(tables, frame), draw=_panel,
        panels=panels, lines=VARIABLES, first="releases", accounts=accounts, arms=(arm,),
        more=lambda look: legend_entries(tables, ("band: 95 % interval of the mean", LUCK_LABEL)),
    )  # fmt: skip


def _ratio(part: pd.DataFrame) -> str:
    mine = part[part["what"] == "releases"].iloc[0]
    times = f": releases ×{mine['ratio']:.1f}" if np.isfinite(mine["ratio"]) else ""
    return f"{mine['dates']} dates{times}"


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
    """Draw rates with intervals, and the base rate of each as a thin line."""
    import seaborn as sns

    ax.axvspan(-LEAD - 0.5, 0.5, color="#f0f0f0", zorder=0, linewidth=0)
    for name, mine in part.groupby("what", sort=False):
        pen = pens[str(name)]
        ax.fill_between(mine["month"], mine["low"], mine["high"], color=pen.colour, alpha=FAINT, linewidth=0)
        ax.fill_between(mine["month"], mine["luck_low"], mine["luck_high"], color=pen.colour, alpha=DARK, linewidth=0)
        sns.lineplot(mine, x="month", y="mean", ax=ax, color=pen.colour, linestyle=pen.linestyle, marker=pen.marker,
                     markersize=0.85 * look.sizes.mark, linewidth=pen.width, markeredgewidth=0.6,
            markeredgecolor=pen.colour, markerfacecolor=pen.face, estimator=None,
                     legend=False, label=str(name))  # fmt: skip
        ax.axhline(float(mine["base"].iloc[0]), color=pen.colour, linewidth=0.6, alpha=0.8, label=f"base {name}")
    ax.set_xticks([-6, -3, 0, 3, 6])
    highest = float(np.nanmax(part[["high", "mean", "base"]].to_numpy(dtype=float)))
    ax.set_ylim(0.0, max(ax.get_ylim()[1], 1.05 * highest))  # panels share the axis: none may cut another
    ax.set_xlabel("months from the date")
    ax.set_ylabel("persons a month")


def _reading(tables: FigureTables, arm: str) -> str:
    named = list_words([KINDS[kind] for kind in dated_kinds(tables, arm)])
    return (
        f"Month 0 is the month of the {named}. Lines: mean over runs and dates, followed persons a month in one run; "
        f"bands: {_bands(tables)}; thin horizontal lines: base rate, the mean of the months that are neither "
        "month 0 nor the month before one (grey); ×: releases in these two over the base rate. Dates within six months "
        "of the ends of the period are left out. Dates overlap: months after one can be months before another."
    )


def _bands(tables: FigureTables) -> str:
    """Return what the bands are: one interval over all that differs, one given the draws."""
    over = over_what(tables.done, tables.parameters_from)
    if has_layers(tables):
        return f"95 % interval of the mean {over}; darker: given the draws (luck alone)"
    return f"95 % interval of the mean {over}"


def _alt(tables: FigureTables, panels: dict[str, str]) -> str:
    bands = " Bands of the mean over draws and luck, and darker ones given the draws." if has_layers(tables) else ""
    return f"Line charts of persons a month around dates. {in_a_line(panels)}.{bands}"


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.assign(account=[tables.accounts[name] or name for name in frame["account"]],
                        what=[VARIABLES[name] for name in frame["what"]])  # fmt: skip
    names = {"month": "months from the date", "mean": "persons a month", "low": "95 % from", "high": "to"}
    names |= {"luck_low": "given the draws from", "luck_high": "to "} if has_layers(tables) else {}
    names |= {"base": "base rate"}
    return told[["account", "what", *names]].rename(columns=names)


FIGURE = FigureKind(
    name="releases",
    title="Releases and detentions around deadlines, summits and bids",
    reading="look at detentions before calling a release a gain",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("arms",),
    place=7,
    series=always(*VARIABLES),
    needs=(Dates(tuple(KINDS), margin=SPAN),),
)
