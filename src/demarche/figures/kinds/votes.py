"""Votes by session: how members voted on taking no action, the margin, what was tabled, who sponsored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.figures import record
from demarche.figures.common import (
    BAND,
    Style,
    account_title,
    arm_label,
    caption,
    finish,
    new_figure,
    other_styles,
    sign_line,
    styled,
    styles,
    year_axis,
)
from demarche.figures.figure import FigureKind, always
from demarche.figures.needs import Dates
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SERIES = ("motion_margin", "motions_tabled", "sponsor_count")
VOTE_KIND = "vote_no_action"
SESSION = "session"
CHOICES = ("yes", "no", "abstain")
LEAST_SHARE = 0.1
ROWS = (
    "votes on taking\nno action\nmembers",
    "margin (yes - no)\nvotes",
    "a motion tabled\nshare of runs",
    "sponsors\nstates",
)


@dataclass(frozen=True)
class Sessions:
    """Sessions of one arm and account; arrays `(n_sessions,)` unless said otherwise.

    Parameters
    ----------
    years
        Month of the session as decimal year.
    tabled
        Share of runs with a motion.
    margin, sponsors
        Low, median and high `(3, n_sessions)`; the margin over runs with a motion, NaN where
        fewer than one run in ten has one.
    """

    years: NDArray[np.float64]
    tabled: NDArray[np.float64]
    margin: NDArray[np.float64]
    sponsors: NDArray[np.float64]


def sessions(tables: FigureTables, arm: str, account: str) -> Sessions:
    """Return what the sessions of an arm and account brought."""
    steps = tables.dates(arm, [SESSION])
    steps = steps[(steps >= 0) & (steps < tables.n_steps)]
    tabled = tables.cube("motions_tabled", arm, account)[:, steps] > 0
    margin = np.where(tabled, tables.cube("motion_margin", arm, account)[:, steps], np.nan)
    sponsors = tables.cube("sponsor_count", arm, account)[:, steps]
    share = tabled.sum(axis=0) / len(tabled) if len(tabled) else np.full(len(steps), np.nan)
    return Sessions(tables.years(steps), share, _spread(margin), _spread(sponsors))


def _spread(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return low, median and high over runs, NaN where fewer than one run in ten has a value."""
    found = np.full((3, values.shape[1]), np.nan)
    for column, part in enumerate(values.T):
        known = part[~np.isnan(part)]
        if len(known) and len(known) >= LEAST_SHARE * len(part):
            found[:, column] = np.percentile(known, [BAND[0], 50.0, BAND[1]])
    return found


def counts(tables: FigureTables, arm: str, account: str) -> dict[str, NDArray[np.float64]]:
    """Return low, median and high number of members voting yes, no and abstain at each session, as `_spread`."""
    steps = tables.dates(arm, [SESSION])
    steps = steps[(steps >= 0) & (steps < tables.n_steps)]
    runs = tables.run_numbers(arm, account)
    events = tables.events
    mine = events[(events["kind"] == VOTE_KIND).to_numpy() & np.isin(events["run"].to_numpy(), runs)]
    mine = mine[np.isin(mine["step"].to_numpy(), steps)]
    cell = np.searchsorted(runs, mine["run"].to_numpy()) * len(steps) + np.searchsorted(steps, mine["step"].to_numpy())
    shape = (len(runs), len(steps))
    held = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape) > 0
    found = {}
    for choice in CHOICES:
        number = np.bincount(cell[(mine["detail"] == choice).to_numpy()], minlength=shape[0] * shape[1]).reshape(shape)
        found[choice] = _spread(np.where(held, number, np.nan))
    return found


def draw(tables: FigureTables) -> Figure:
    """Draw votes, margin, share tabled and sponsors in rows and accounts in columns."""
    accounts, looks = list(tables.accounts), styles(list(tables.arms), tables.reference)
    choices = other_styles(CHOICES)
    first = 0 if len(tables.events) else 1
    with styled():
        figure = new_figure(max(2.75 * len(accounts), 7.5) + 0.4, 1.9 * (len(ROWS) - first) + 2.2)
        grid = figure.subplots(len(ROWS) - first, len(accounts), sharex=True, sharey="row", squeeze=False)
        for column, account in enumerate(accounts):
            axes = grid[:, column]
            if not first:
                _counts(axes[0], tables, account, choices)
            for arm, look in looks.items():
                _arm(axes[1 - first :], sessions(tables, arm, account), look, arm, band=arm == tables.reference)
            _marks(axes[1 - first :], tables)
            axes[0].set_title(account_title(tables, account))
            year_axis(axes[-1], tables)
        _label_rows(grid, ROWS[first:])
        handles = _legend(tables, looks, {} if first else choices)
        return finish(figure, FIGURE.title, caption(tables, _reading(tables, not first)), handles, 3)


def _label_rows(grid: NDArray[Any], labels: Sequence[str]) -> None:
    for ax, label in zip(grid[:, 0], labels, strict=True):
        ax.set_ylabel(label)
        if "share" in label:
            ax.set_ylim(-0.04, 1.04)
            continue
        ax.yaxis.get_major_locator().set_params(integer=True)
        if "margin" not in label:
            ax.set_ylim(bottom=0.0)


def _counts(ax: Axes, tables: FigureTables, account: str, choices: dict[str, Style]) -> None:
    """Draw how members voted under the reference arm."""
    steps = tables.dates(tables.reference, [SESSION])
    years = tables.years(steps[(steps >= 0) & (steps < tables.n_steps)])
    marks = record.votes(tables)
    for choice, (low, middle, high) in counts(tables, tables.reference, account).items():
        look = choices[choice]
        ax.fill_between(years, low, high, color=look.colour, alpha=0.15, linewidth=0)
        ax.plot(
            years, middle, color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=3.2,
            linewidth=look.width, label=choice,
        )  # fmt: skip
        points = marks[choice]
        ax.plot(points[:, 0], points[:, 1], **(record.MARK | {"color": look.colour, "label": f"record {choice}"}))


def _arm(axes: NDArray[Any], found: Sessions, look: Style, arm: str, band: bool) -> None:
    """Draw margin, share tabled and sponsors of one arm."""
    line: dict[str, Any] = {
        "color": look.colour, "linestyle": look.dashes, "marker": look.marker, "markersize": 3.2,
        "label": arm, "linewidth": look.width, "zorder": 2 if band else 3,
    }  # fmt: skip
    for ax, (low, middle, high) in ((axes[0], found.margin), (axes[2], found.sponsors)):
        if band:
            ax.fill_between(found.years, low, high, color=look.colour, alpha=0.13, linewidth=0)
        ax.plot(found.years, middle, **line)
    axes[1].plot(found.years, found.tabled, **line)


def _marks(axes: NDArray[Any], tables: FigureTables) -> None:
    """Draw the record and the line of a tie."""
    sign_line(axes[0], vertical=False)
    marks = record.votes(tables)
    for ax, name in ((axes[0], "margin"), (axes[2], "sponsors")):
        ax.plot(marks[name][:, 0], marks[name][:, 1], label="record", zorder=5, **record.MARK)
    tabled = record.tabled_years(tables)
    if tabled:
        years = np.array(list(tabled), dtype=np.float64) + 0.25
        axes[1].plot(years, np.array(list(tabled.values()), dtype=np.float64), label="record", zorder=5, **record.MARK)


def _legend(tables: FigureTables, looks: dict[str, Style], choices: dict[str, Style]) -> list[Any]:
    from matplotlib.lines import Line2D

    def entry(look: Style, label: str) -> Any:
        return Line2D([], [], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4.5, label=label)

    lines = [entry(look, f"first row: {choice}") for choice, look in choices.items()]
    lines += [entry(look, arm_label(tables, arm)) for arm, look in looks.items()]
    return lines + ([record.legend_entry("record")] if record.has_motions(tables) else [])


def _reading(tables: FigureTables, with_votes: bool) -> str:
    text = (
        f"Lines: medians over runs; bands: the middle 80 % of the runs of {tables.reference}. A margin above 0 means "
        "that no action is taken on the text; a tie defeats the motion. Votes and margin over runs in which a motion "
        "was tabled, left out where fewer than one run in ten tabled it."
    )
    if with_votes:
        text = f"First row: arm {arm_label(tables, tables.reference)}. {text}"
    if tables.record is not None and record.has_motions(tables):
        text += f" {tables.record.votes_caption}"
    return text


FIGURE = FigureKind(
    name="votes",
    title="Votes by session on the motion to take no action",
    reading="above zero no action is taken; a tie defeats the motion",
    draw=draw,
    series=always(*SERIES),
    more_events=(VOTE_KIND,),
    needs=(Dates((SESSION,)),),
)
