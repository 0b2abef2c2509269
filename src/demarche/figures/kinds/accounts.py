"""Accounts side by side: the contrast of the scenario on every outcome, and where accounts disagree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison, compare
from demarche.analysis.comparison.shown import DISAGREE
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import account_name, arms_in_words, list_words, meanings
from demarche.figures.differences import (
    SPLIT_FACE,
    WARNING,
    interval_words,
    left_out,
    missing_words,
    sign_words,
    with_sign_share,
)
from demarche.figures.figure import FigureKind
from demarche.figures.kinds.contrast import table_of
from demarche.figures.look import Look, rounded
from demarche.figures.needs import ShownOutcomes, TwoArms
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import figure_of, wrap
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of
from demarche.figures.view import View, chosen_accounts, chosen_outcomes, chosen_pair

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

EVERY = 1_000
ROW = 0.23  # inches, at the type of a paper
MARKS = {1: ("^", "#0072B2", "up"), -1: ("v", "#D55E00", "down"), 0: ("o", "#7F7F7F", "not clear of 0")}


def found_of(tables: FigureTables, view: View) -> Comparison:
    """Return the effects of one arm instead of another on all outcomes that are shown."""
    arm, against = chosen_pair(tables, view)
    return compare(tables.batch, reference=against, levels=[arm], outcomes=chosen_outcomes(tables, view, EVERY))


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan one panel: an outcome a row, an account a column."""
    found, (arm, against) = found_of(tables, view), chosen_pair(tables, view)
    accounts = chosen_accounts(tables, view, EVERY)
    frame = found.table[found.table["account"].isin(accounts)].assign(panel="all")
    split = found.split if len(accounts) > 1 else ()

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        _panel(ax, part, look, found.outcomes, accounts, split)
        _labels(ax, tables, look, found.outcomes, accounts)

    count = f"{len(split) or 'none'} of {len(found.outcomes)} outcomes"
    verdict = f"accounts disagree in sign on {count}" if len(accounts) > 1 else "one account"
    return Plan(
        title=f"Effect of {arm} instead of {against}: {verdict}",
        reading=f"{statement(found, tables)}\n{_reading(tables, found, arm, against)}",
        alt=_alt(tables, frame, found, accounts), frame=frame, table=table_of(tables, frame), draw=draw,
        panels={"all": ""}, more=_legend,
        height=ROW * len(found.outcomes) + 0.75, least=0.155 * len(found.outcomes) + 0.45,
        accounts=accounts, arms=(arm, against),
    )  # fmt: skip


def statement(found: Comparison, tables: FigureTables) -> str:
    """Say in words where accounts disagree in sign."""
    def named(accounts: Iterable[str]) -> str:
        return list_words([account_name(tables, name) for name in accounts])

    parts = [f"{title_of(row['outcome'])} (up in {named(row['above'])}, down in {named(row['below'])})"
             for row in found.splits.to_dict("records")]  # fmt: skip
    return f"{DISAGREE} {'; '.join(parts)}." if parts else DISAGREE


def _panel(ax: Axes, part: pd.DataFrame, look: Look, outcomes: tuple[str, ...], accounts: tuple[str, ...],
           split: tuple[str, ...]) -> None:  # fmt: skip
    """Draw a mark and a number for each outcome and account; rows on which accounts disagree are shaded."""
    import seaborn as sns

    places = part.assign(x=[accounts.index(str(name)) - 0.3 for name in part["account"]],
                         y=[outcomes.index(str(name)) for name in part["outcome"]])  # fmt: skip
    for side, (marker, colour, _) in MARKS.items():
        sns.scatterplot(places[places["side"] == side], x="x", y="y", ax=ax, marker=marker, s=1.8 * look.sizes.mark**2,
                        color=("#222222" if look.is_grey else colour) if side else "white", linewidth=0.9,
                        edgecolor="#222222" if look.is_grey else colour, legend=False)  # fmt: skip
    for row in places.to_dict("records"):
        unit = OUTCOMES[str(row["outcome"])].unit
        told = with_sign_share(rounded(row["mean"], unit), row)
        ax.annotate(told, (row["x"] + 0.06, row["y"]), va="center", fontsize=look.sizes.tick,
                    color="#000000" if row["side"] else "#555555")  # fmt: skip
    for outcome in split:
        place = outcomes.index(outcome)
        ax.axhspan(place - 0.5, place + 0.5, color="#e9e9e9" if look.is_grey else SPLIT_FACE, zorder=0, linewidth=0)
        ax.annotate("signs differ", (len(accounts) - 0.45, place), va="center", fontsize=look.sizes.tick,
                    fontweight="bold", color="#000000" if look.is_grey else WARNING)  # fmt: skip


def _labels(ax: Axes, tables: FigureTables, look: Look, outcomes: tuple[str, ...], accounts: tuple[str, ...]) -> None:
    """Name outcomes on the left, with their units, and accounts above."""
    wide = figure_of(ax).get_size_inches()[0]
    size = look.sizes.tick
    left = [f"{title_of(name, tables.aliases)} ({OUTCOMES[name].unit})" for name in outcomes]
    ax.set_yticks(range(len(outcomes)), [wrap(figure_of(ax), text, 0.42 * wide, size, 1, "normal") for text in left],
                  fontsize=size)  # fmt: skip
    room = 0.5 * wide / (len(accounts) + 0.8)
    above = [wrap(figure_of(ax), tables.accounts[name] or name, room, size, 3) for name in accounts]
    ax.set_xticks(range(len(accounts)), above, fontsize=size, fontweight="bold")
    ax.tick_params(axis="both", length=0, labeltop=True, labelbottom=False)
    ax.set_xlim(-0.5, len(accounts) + 0.25)
    ax.set_ylim(len(outcomes) - 0.5, -0.5)
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.grid(visible=False, axis="x")
    for spine in ax.spines.values():
        spine.set_visible(False)


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    found = []
    for side, (marker, colour, label) in MARKS.items():
        colour = "#222222" if look.is_grey else colour
        found.append(Line2D([], [], linestyle="none", marker=marker, markersize=1.3 * look.sizes.mark, label=label,
                            markeredgecolor=colour, markerfacecolor=colour if side else "white"))  # fmt: skip
    return found


def _alt(tables: FigureTables, frame: pd.DataFrame, found: Comparison, accounts: tuple[str, ...]) -> str:
    parts = []
    for outcome in found.outcomes:
        mine = {row["account"]: row for row in frame[frame["outcome"] == outcome].to_dict("records")}
        told = [f"{tables.accounts[name] or name} {_told(mine[name], OUTCOMES[outcome].unit)}"
                for name in accounts if name in mine]  # fmt: skip
        parts.append(f"{title_of(outcome)}: {', '.join(told)}")
    return f"Table of marks, outcomes in rows and accounts in columns. {'; '.join(parts)}."


def _told(row: dict[Any, Any], unit: str) -> str:
    return f"{rounded(row['mean'], unit)} {MARKS[row['side']][2]}" if row["n"] else "missing"


def _reading(tables: FigureTables, found: Comparison, arm: str, against: str) -> str:
    told = (
        f"Each number: mean over {found.pairs_text} pairs of runs of {arm} minus {against}, same luck in both. Filled "
        "triangles: clear of 0; circles: not clear of 0 in the digits shown, judged by the "
        f"{interval_words(found, marked=False)}. {sign_words(found)} {arms_in_words(tables, arm, against)}"
    )
    words = (meanings(found.outcomes), missing_words(found, tables.aliases), left_out(tables))
    return f"{told.rstrip()}\n{' '.join(part for part in words if part)}".rstrip()


FIGURE = FigureKind(
    name="accounts",
    title="Effect of one arm instead of another on every outcome, all accounts side by side",
    reading="shaded rows: accounts disagree in sign; circles: not clear of zero",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "outcomes"),
    needs=(TwoArms(), ShownOutcomes()),
)
