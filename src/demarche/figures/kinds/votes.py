"""Votes by session: the margin, whether a motion was tabled, or who sponsored; arms as lines, accounts as panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.errors import check_known
from demarche.figures import record
from demarche.figures.common import BAND, arm_label, sign_line
from demarche.figures.figure import FigureKind, always
from demarche.figures.kinds.path import pens_order
from demarche.figures.look import Look
from demarche.figures.needs import Dates
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.tables import FigureTables
from demarche.figures.timeline import years_below
from demarche.figures.titles import title_of
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
from demarche.figures.view import MOST_PANELS, View, chosen_accounts, chosen_arms, joined

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SERIES = ("motion_margin", "motions_tabled", "sponsor_count")
SESSION = "session"
LEAST_SHARE = 0.1
SHOWN = {
    "no_action_margin": "margin: yes minus no, votes",
    "motions_tabled": "share of runs with a motion",
    "sponsors": "sponsors, states",
}
READING = {
    "no_action_margin": "Above 0 no action is taken on the text; a tie defeats the motion. Over runs in which a motion "
    "was tabled, left out where fewer than one run in ten tabled it.",
    "motions_tabled": "A motion on the focal state is tabled in this share of the runs.",
    "sponsors": "States that put their names to the text, over all runs.",
}


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel, arm and session: panel, outcome, account, arm, year, low, median, high, luck, n."""
    import pandas as pd

    outcomes = _outcomes(view)
    accounts = chosen_accounts(tables, view, MOST_PANELS if len(outcomes) < 2 else 1)
    parts = []
    for outcome in outcomes:
        for account in accounts:
            for arm in chosen_arms(tables, view):
                years, (low, middle, high, luck_low, luck_high), n = sessions(tables, outcome, arm, account)
                parts.append(pd.DataFrame({
                    "panel": f"{outcome}|{account}", "outcome": outcome, "account": account, "arm": arm,
                    "year": years, "low": low, "median": middle, "high": high, "luck_low": luck_low,
                    "luck_high": luck_high, "n": n,
                }))  # fmt: skip
    return joined(parts, "votes")


def _outcomes(view: View) -> tuple[str, ...]:
    check_known("--outcome", "outcome of votes", view.outcomes, list(SHOWN))
    return view.outcomes or ("no_action_margin",)


def sessions(tables: FigureTables, outcome: str, arm: str, account: str
             ) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:  # fmt: skip
    """Return years of the sessions `(n,)`, low, median, high and the ends of luck `(5, n)`, and the number of runs."""
    steps = tables.dates(arm, [SESSION])
    steps = steps[(steps >= 0) & (steps < tables.n_steps)]
    tabled = tables.cube("motions_tabled", arm, account)[:, steps] > 0
    years, n = tables.years(steps), len(tabled)
    if outcome == "motions_tabled":
        share = tabled.mean(axis=0) if n else np.full(len(steps), np.nan)
        return years, np.vstack([[share] * 3, np.full((2, len(steps)), np.nan)]), n
    values = tables.cube(SERIES[0] if outcome == "no_action_margin" else SERIES[2], arm, account)[:, steps]
    values = np.where(tabled, values, np.nan) if outcome == "no_action_margin" else values
    spread, runs = _spread(values), tables.run_numbers(arm, account)
    luck = luck_band(tables, values, runs) if n else np.full((2, len(steps)), np.nan)
    return years, np.vstack([spread, np.where(np.isnan(spread[1]), np.nan, luck)]), n


def _spread(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return low, median and high over runs, NaN where fewer than one run in ten has a value."""
    found = np.full((3, values.shape[1]), np.nan)
    for column, part in enumerate(values.T):
        known = part[~np.isnan(part)]
        if len(known) and len(known) >= LEAST_SHARE * len(part):
            found[:, column] = np.percentile(known, [BAND[0], 50.0, BAND[1]])
    return found


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan lines over sessions: panels are accounts of one outcome, or outcomes of one account."""
    frame, outcomes, arms = frame_of(tables, view), _outcomes(view), chosen_arms(tables, view)
    accounts = tuple(dict.fromkeys(frame["account"]))
    first = tables.reference if tables.reference in arms else arms[0]

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        outcome = str(part["outcome"].iloc[0])
        _panel(ax, part, pens, look, first)
        _scale(ax, tables, outcome, look)
        years_below(ax, tables, look)

    one = len(outcomes) == 1
    panels = {f"{outcome}|{name}": (tables.accounts[name] or name) if one else title_of(outcome)
              for outcome in outcomes for name in accounts}  # fmt: skip
    return Plan(
        title=f"{title_of(outcomes[0])}, by session" if one else "Votes by session",
        reading=_reading(tables, frame, outcomes, first), alt=_alt(tables, frame), frame=frame,
        table=_table(tables, frame), draw=draw, panels=panels,
        lines={arm: arm_label(tables, arm) for arm in pens_order(arms, first)}, first=first,
        more=lambda look: _more(tables, outcomes, look), share_y=one,
        accounts=accounts, arms=arms,
    )  # fmt: skip


def _more(tables: FigureTables, outcomes: tuple[str, ...], look: Look) -> list[Any]:
    """Return the entries of the legend for the record and, where a band is drawn, for its two layers."""
    found = [record.legend_entry("record", look)] if record.has_motions(tables) else []
    has_band = any(name != "motions_tabled" for name in outcomes)
    words = "band: the middle 80 % of the runs", LUCK_LABEL
    return [*found, *(legend_entries(tables, words) if has_band else [])]


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look, first: str) -> None:
    for arm, mine in part.groupby("arm", sort=False):
        pen = pens[str(arm)]
        if arm == first:
            fill_bands(ax, mine, pen.colour)
        # seaborn would draw a line across sessions without a vote
        ax.plot(mine["year"], mine["median"], color=pen.colour, linestyle=pen.linestyle, marker=pen.marker,
                markersize=0.85 * look.sizes.mark, linewidth=pen.width, markerfacecolor=pen.face,
                label=str(arm))  # fmt: skip
    ax.set_xlabel("")


def _scale(ax: Axes, tables: FigureTables, outcome: str, look: Look) -> None:
    """Draw the record, and the line of a tie; shares lie between 0 and 1."""
    ax.set_ylabel(SHOWN[outcome])
    marks = record.votes(tables)
    if outcome == "motions_tabled":
        tabled = record.tabled_years(tables)
        years = np.array(list(tabled), dtype=np.float64) + 0.25
        ax.plot(years, np.array(list(tabled.values()), dtype=np.float64), label="record", zorder=5, **record.mark(look))
        ax.set_ylim(-0.04, 1.04)
        return
    points = marks["margin" if outcome == "no_action_margin" else "sponsors"]
    ax.plot(points[:, 0], points[:, 1], label="record", zorder=5, **record.mark(look))
    ax.locator_params(axis="y", integer=True)
    if outcome == "no_action_margin":
        sign_line(ax, vertical=False)
    else:
        ax.set_ylim(bottom=0.0)


def _reading(tables: FigureTables, frame: pd.DataFrame, outcomes: tuple[str, ...], first: str) -> str:
    text = f"Lines: medians over runs; band: the middle 80 % of the runs of {first}, {band_words(tables)}. "
    text += " ".join(READING[name] for name in outcomes) + together(tables, frame)
    if tables.record is not None and record.has_motions(tables):
        text += f" {tables.record.votes_caption}"
    return text


def _alt(tables: FigureTables, frame: pd.DataFrame) -> str:
    parts = []
    for (panel, arm), mine in frame.groupby(["panel", "arm"], sort=False):
        outcome, account = str(panel).split("|")
        parts.append(f"{title_of(outcome)}, {tables.accounts.get(account) or account}, {arm}: median "
                     f"{mine['median'].min():.3g} to {mine['median'].max():.3g} over {len(mine)} sessions")  # fmt: skip
    bands = " A band of all runs, and a darker one of luck given the draws." if has_layers(tables) else ""
    return f"Line chart by session. {'; '.join(parts)}.{bands}"


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.assign(year=frame["year"].astype(int), outcome=[title_of(name) for name in frame["outcome"]],
                        account=[tables.accounts.get(name) or name for name in frame["account"]])  # fmt: skip
    names = {"low": "10 % of runs below", "median": "median", "high": "10 % of runs above"}
    names |= LUCK_COLUMNS if has_layers(tables) else {}
    return told[["outcome", "account", "arm", "year", *names, "n"]].rename(columns={**names, "n": "runs"})


FIGURE = FigureKind(
    name="votes",
    title="Votes by session on the motion to take no action",
    reading="above zero no action is taken; a tie defeats the motion",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("arms", "outcomes"),
    place=4,
    series=always(*SERIES),
    needs=(Dates((SESSION,)),),
)
