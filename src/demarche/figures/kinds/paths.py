"""Paths of practice and commitment by issue area: medians and means of arms, bands of 80 % of the runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.figures import record
from demarche.figures.common import (
    GREY,
    Style,
    account_title,
    arm_label,
    caption,
    finish,
    list_words,
    new_figure,
    quantiles,
    styled,
    styles,
    year_axis,
)
from demarche.figures.figure import FigureKind
from demarche.figures.tables import FigureTables
from demarche.world.calendar import EVENT_KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PRACTICE, COMMITMENT = "practice_", "commitment_"
PREFERRED = ("civil_political", "due_process", "labour", "economic_social")
MARKED = ("crackdown", "trade_accession", "games")
MOST_ISSUES = 4
MARKS_A_LINE = 5


def choose_issues(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the issue areas to show, given the columns of the series: the preferred ones, else the first."""
    names = list(columns)
    known = [name.removeprefix(PRACTICE) for name in names if name.startswith(PRACTICE)]
    known = [issue for issue in known if COMMITMENT + issue in names]
    preferred = [issue for issue in PREFERRED if issue in known]
    return tuple(preferred or known[:MOST_ISSUES])


def series(there: Collection[str]) -> tuple[str, ...]:
    """Return the series of the issue areas to show, given those that there are."""
    return tuple(part + issue for issue in choose_issues(there) or PREFERRED for part in (PRACTICE, COMMITMENT))


def draw(tables: FigureTables) -> Figure:
    """Draw issue areas in rows and accounts in columns; practice is solid, commitment dashed."""
    issues = choose_issues(str(name) for name in tables.series.columns)
    accounts, looks = list(tables.accounts), styles(list(tables.arms), tables.reference)
    with styled():
        figure = new_figure(max(2.75 * len(accounts), 7.5) + 0.4, 2.2 * len(issues) + 1.9)
        grid = figure.subplots(len(issues), len(accounts), sharex=True, sharey="row", squeeze=False)
        for row, issue in enumerate(issues):
            for ax, account in zip(grid[row], accounts, strict=True):
                _panel(ax, tables, issue, account, looks)
            _tenths(grid[row, 0])
            grid[row, 0].set_ylabel(f"{tables.shown_name(issue)}\nshare (0 to 1)")
        for ax, account in zip(grid[0], accounts, strict=True):
            ax.set_title(account_title(tables, account))
        for ax in grid[-1]:
            year_axis(ax, tables)
        handles = _legend(tables, looks, issues)
        return finish(figure, FIGURE.title, caption(tables, _reading(tables, issues)), handles, 3)


def _tenths(ax: Axes) -> None:
    """Let the vertical axis begin and end at a tenth, within 0 and 1."""
    low, high = ax.get_ylim()
    first, last = max(int(np.floor(low * 10)), 0), min(int(np.ceil(high * 10)), 10)
    ax.set_yticks(np.arange(first, last + 1) / 10)
    ax.set_ylim(first / 10 - 0.005, last / 10 + 0.005)


def _panel(ax: Axes, tables: FigureTables, issue: str, account: str, looks: dict[str, Style]) -> None:
    """Draw one issue area under one account."""
    for position, (arm, look) in enumerate(looks.items()):
        practice = tables.cube(PRACTICE + issue, arm, account)
        if not len(practice):
            continue
        x = tables.years(np.arange(practice.shape[1]))
        low, middle, high = quantiles(practice)
        commitment = tables.cube(COMMITMENT + issue, arm, account).mean(axis=0)
        spacing = max(len(x) // MARKS_A_LINE, 1)
        start = position * max(spacing // max(len(looks), 1), 1)
        ax.fill_between(x, low, high, color=look.colour, alpha=0.13, linewidth=0)
        line: dict[str, Any] = {
            "color": look.colour, "linewidth": look.width, "marker": look.marker, "markersize": 3.6,
            "markevery": (start, spacing),
        }  # fmt: skip
        ax.plot(x, middle, label=f"practice {arm}", **line)
        ax.plot(x, commitment, linestyle=(0, (4, 2)), label=f"commitment {arm}", **line)
    for step in tables.dates(tables.reference, MARKED):
        ax.axvline(float(tables.years(np.array([step]))[0]), color=GREY, linewidth=0.8, linestyle=":", zorder=1)
    if issue == record.scores_issue(tables):
        record.draw_rights(ax, tables)


def _legend(tables: FigureTables, looks: dict[str, Style], issues: tuple[str, ...]) -> list[Any]:
    from matplotlib.lines import Line2D

    lines = [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=4.5, label=arm_label(tables, arm))
        for arm, look in looks.items()
    ]
    lines.append(Line2D([], [], color=GREY, label="solid: practice, with 80 % band"))
    lines.append(Line2D([], [], color=GREY, linestyle=(0, (4, 2)), label="dashed: commitment"))
    if tables.record is not None and record.scores_issue(tables) in issues:
        lines.append(record.legend_entry(f"record: {tables.record.rights_name}"))
    return lines


def _reading(tables: FigureTables, issues: tuple[str, ...]) -> str:
    marked = tables.calendar[(tables.calendar["arm"] == tables.reference) & tables.calendar["kind"].isin(MARKED)]
    marked = marked.sort_values("step")
    dates = [f"{_plain(str(kind))} {date}" for kind, date in zip(marked["kind"], marked["date"], strict=True)]
    text = (
        "Practice is what happens, commitment what has been declared or signed; each on a scale from 0 to 1. "
        "Solid lines: median over runs, with the middle 80 % of the runs; dashed lines: mean over runs, since "
        "commitment moves in steps when treaties are signed or ratified. "
        "Vertical axes differ by row and need not start at 0."
    )
    if dates:
        text += f" Dotted vertical lines: {list_words(dates)}."
    if tables.record is not None and record.scores_issue(tables) in issues:
        text += f" {tables.record.rights_caption}"
    return text


def _plain(kind: str) -> str:
    return kind.replace("_", " ") if kind in EVENT_KINDS else kind


FIGURE = FigureKind(
    name="paths",
    title="Practice and commitment by issue area",
    reading="the gap between solid and dashed lines is what is promised and not done; crosses are the record",
    draw=draw,
    series=series,
)
