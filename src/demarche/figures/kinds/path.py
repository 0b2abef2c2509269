"""Paths over time: medians of arms with bands of runs and of luck, one panel an account or an outcome."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.figures import record
from demarche.figures.common import arm_label, quantiles
from demarche.figures.figure import FigureKind, always
from demarche.figures.look import Look
from demarche.figures.paired import months_of
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.tables import FigureTables
from demarche.figures.timeline import dates_in_words, since, spacing, years_below
from demarche.figures.titles import title_of, unit_of
from demarche.figures.together import together
from demarche.figures.two_layers import (
    LUCK_COLUMNS,
    LUCK_LABEL,
    band_words,
    fill_bands,
    has_layers,
    legend_entries,
    luck_band,
)
from demarche.figures.view import MOST_PANELS, View, chosen_accounts, chosen_arms, chosen_series, joined, series_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

USUAL = ("practice_civil_political", "core_practice")


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel, arm and month: panel, outcome, account, arm, year, low, median, high, ends of luck, n."""
    import pandas as pd

    outcomes, arms = chosen_series(tables, view, USUAL), chosen_arms(tables, view)
    accounts = chosen_accounts(tables, view, MOST_PANELS if len(outcomes) < 2 else 1)
    parts = []
    for outcome, account in product(outcomes, accounts):
        for arm in arms:
            runs = tables.run_numbers(arm, account)
            values = months_of(tables, outcome, runs)
            if not len(values):
                continue
            low, middle, high = quantiles(values)
            luck_low, luck_high = luck_band(tables, values, runs)
            parts.append(pd.DataFrame({
                "panel": f"{outcome}|{account}", "outcome": outcome, "account": account, "arm": arm,
                "year": tables.years(np.arange(values.shape[1])), "low": low, "median": middle, "high": high,
                "luck_low": luck_low, "luck_high": luck_high, "n": len(values),
            }))  # fmt: skip
    return joined(parts, "path")


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan paths: panels are accounts of one outcome, or outcomes of one account."""
    outcomes = chosen_series(tables, view, USUAL)
    frame, arms = frame_of(tables, view), chosen_arms(tables, view)
    accounts = tuple(dict.fromkeys(frame["account"]))
    first = tables.reference if tables.reference in arms else arms[0]
    unit = unit_of(outcomes[0])
    recorded = any(series_of(name) == f"practice_{record.scores_issue(tables)}" for name in outcomes)

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        _panel(ax, part, pens, look, first)
        years_below(ax, tables, look, first)
        outcome = str(part["outcome"].iloc[0])
        ax.set_ylabel(unit_of(outcome))
        if series_of(outcome) == f"practice_{record.scores_issue(tables)}":
            record.draw_rights(ax, tables, look)

    several = len(outcomes) > 1
    title = "Paths over time" if several else f"{title_of(outcomes[0], tables.aliases)}{_over(outcomes[0], tables)}"
    return Plan(
        title=title, reading=_reading(tables, frame, first, recorded), alt=_alt(tables, frame, unit), frame=frame,
        table=_table(tables, frame), draw=draw, panels=_panels(tables, frame, outcomes, accounts),
        lines={arm: arm_label(tables, arm) for arm in pens_order(arms, first)}, first=first,
        more=lambda look: _more(tables, recorded, look), share_y=len(outcomes) == 1, accounts=accounts, arms=arms,
    )  # fmt: skip


def _over(name: str, tables: FigureTables) -> str:
    return since(name, tables) or " over time"


def pens_order(arms: tuple[str, ...], first: str) -> tuple[str, ...]:
    """Return the arms with the first one first."""
    return (first, *(arm for arm in arms if arm != first))


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look, first: str) -> None:
    import seaborn as sns

    lines = list(part.groupby("arm", sort=False))
    for place, (arm, mine) in enumerate(lines):
        pen = pens[str(arm)]
        fill_bands(ax, mine, pen.colour, with_luck=arm == first)  # luck of several arms would hide one another
        sns.lineplot(
            mine, x="year", y="median", ax=ax, color=pen.colour, linestyle=pen.linestyle, linewidth=pen.width,
            marker=pen.marker, markersize=look.sizes.mark, markeredgewidth=0.6,
            markeredgecolor=pen.colour, markerfacecolor=pen.face, estimator=None, legend=False,
            markevery=spacing(len(mine), len(lines), place), label=str(arm),
        )  # fmt: skip
    ax.set_xlabel("")
    ax.locator_params(axis="y", nbins=5)


def _panels(tables: FigureTables, frame: pd.DataFrame, outcomes: tuple[str, ...], accounts: tuple[str, ...]
            ) -> dict[str, str]:  # fmt: skip
    """Return panel -> title: what tells panels apart, the account if nothing does."""
    titles = {}
    for row in frame.drop_duplicates("panel").to_dict("records"):
        account = tables.accounts.get(row["account"]) or row["account"]
        name = title_of(row["outcome"], tables.aliases)
        parts = [f"{name}{since(row['outcome'], tables)}"] if len(outcomes) > 1 else []
        parts += [account] if len(accounts) > 1 or not parts else []
        titles[str(row["panel"])] = "\n".join(parts)
    return titles


def _more(tables: FigureTables, recorded: bool, look: Look) -> list[Any]:
    found = legend_entries(tables, ("band: the middle 80 % of the runs", LUCK_LABEL))
    if recorded and tables.record is not None:
        found.append(record.legend_entry(f"record: {tables.record.rights_name}", look))
    return found


def _reading(tables: FigureTables, frame: pd.DataFrame, arm: str, recorded: bool) -> str:
    text = (
        f"Lines: median over runs; bands: the middle 80 % of the runs, {band_words(tables, arm)}. Vertical axes need "
        "not start at 0."
    )
    text += together(tables, frame)
    text += dates_in_words(tables, arm)
    return f"{text} {tables.record.rights_caption}" if recorded and tables.record is not None else text


def _alt(tables: FigureTables, frame: pd.DataFrame, unit: str) -> str:
    """Say where each line starts and ends."""
    parts = []
    for (panel, arm), mine in frame.groupby(["panel", "arm"], sort=False):
        outcome, account = str(panel).split("|")
        start, end = mine["median"].iloc[0], mine["median"].iloc[-1]
        parts.append(f"{title_of(outcome)}, {tables.accounts.get(account) or account}, {arm}: median from {start:.3g} "
                     f"to {end:.3g}")  # fmt: skip
    bands = " Bands of all runs, and a darker one of luck given the draws." if has_layers(tables) else ""
    return f"Line chart over years ({unit}). {'; '.join(parts)}.{bands}"


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a panel, arm and last month of a year."""
    rows = frame[(frame["year"] % 1 > 11 / 12) | (frame["year"] == frame["year"].max())]
    told = rows.assign(
        year=rows["year"].astype(int), outcome=[title_of(name) for name in rows["outcome"]],
        account=[tables.accounts.get(name) or name for name in rows["account"]],
    )  # fmt: skip
    names = {"low": "10 % of runs below", "median": "median", "high": "10 % of runs above"}
    names |= LUCK_COLUMNS if has_layers(tables) else {}
    found: pd.DataFrame = told[["outcome", "account", "arm", "year", *names, "n"]].rename(
        columns={**names, "n": "runs"}
    )
    return found


FIGURE = FigureKind(
    name="path",
    title="An outcome over time: arms as lines, accounts as panels",
    reading="bands hold the middle 80 % of the runs, darker ones of luck; crosses are the record",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("arms", "outcomes"),
    place=3,
    series=always(USUAL[1]),
    wants=lambda view, outcomes: (*USUAL, *(series_of(name) for name in view.outcomes)),
)
