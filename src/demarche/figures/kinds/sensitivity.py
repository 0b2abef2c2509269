"""Sensitivity indices by outcome and account: on which parameters an outcome depends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demarche.figures.common import caption, finish, meanings, new_figure
from demarche.figures.figure import FigureKind
from demarche.figures.look import styled
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12
MAIN = {"colour": "#0072B2", "marker": "o"}
OTHER = {"colour": "#D55E00", "marker": "D"}
EARLIER = "#9a9a9a"
KINDS = {
    "total": ("first", "total index: share of the variance in which the parameter has a part, alone or with others",
              "first-order index: share that would go if the parameter alone were known"),
    "mu_star": ("sigma", "mu*: mean size of the effect over the whole range of the parameter",
                "sigma: spread of that effect, by curvature or interaction"),
}  # fmt: skip


def draw(tables: FigureTables, table: pd.DataFrame, arm: str) -> Figure:
    """Draw total and first-order indices, or mu* and sigma, of one arm (or of a difference).

    Parameters
    ----------
    tables
        What was run, for the caption.
    table
        What `sensitivity` returned.
    arm
        The arm that is drawn.
    """
    mine = table[table["arm"] == arm]
    main = "total" if (mine["index"] == "total").any() else "mu_star"
    outcomes, accounts = (list(dict.fromkeys(mine[name])) for name in ("outcome", "account"))
    n_lines = min(mine["parameter"].nunique(), MOST)
    longest = max(len(name) for name in mine["parameter"])
    with styled():
        width, height = max(2.1 * len(accounts) + 0.075 * longest + 0.5, 7.5), (0.19 * n_lines + 0.75) * len(outcomes)
        figure = new_figure(width, height + 2.2)
        grid = figure.subplots(len(outcomes), len(accounts), sharex="row", sharey="row", squeeze=False)
        for row, outcome in enumerate(outcomes):
            part = mine[mine["outcome"] == outcome]
            names = _largest(part, main)
            for column, account in enumerate(accounts):
                ax = grid[row, column]
                _panel(ax, part[part["account"] == account], names, main)
                ax.set_xlabel("share of the variance" if main == "total" else unit_of(outcome), labelpad=2)
                if row == 0:
                    ax.set_title(tables.accounts.get(account) or account)
            grid[row, 0].annotate(title_of(outcome), (0.0, 1.0), xytext=(-4, 3), xycoords="axes fraction", ha="right",
                                  textcoords="offset points", fontweight="bold", fontsize=8.5)  # fmt: skip
        title = f"What {_measured(arm)} depends on"
        return finish(figure, title, caption(tables, _reading(mine, main, n_lines)), _legend(main), 1)


def _measured(arm: str) -> str:
    return f"the difference {arm}" if " minus " in arm else f"the outcome of {arm}"


def _largest(part: pd.DataFrame, main: str) -> list[str]:
    """Return the parameters with the largest main index under any account, the largest first."""
    whole = part[(part["index"] == main) & (part["n_base"] == part["n_base"].max())]
    sizes = whole.groupby("parameter")["value"].max().sort_values(ascending=False, kind="stable")
    return [str(name) for name in sizes.index[:MOST]]


def _panel(ax: Axes, part: pd.DataFrame, names: list[str], main: str) -> None:
    """Draw the indices of one outcome under one account; smaller grey marks: a half and a quarter of the sample."""
    ax.axvline(0.0, color="#333333", linewidth=0.8, zorder=1)
    most = part["n_base"].max()
    for row in part[part["parameter"].isin(names)].to_dict("records"):
        place, index = names.index(row["parameter"]), row["index"]
        if row["n_base"] < most:
            if index == main:
                ax.plot(row["value"], place - 0.26, marker="|", markersize=5, color=EARLIER, linestyle="none")
        elif index in (main, KINDS[main][0]):
            look, shift = (MAIN, -0.08) if index == main else (OTHER, 0.24)
            ax.hlines(place + shift, row["low"], row["high"], color=look["colour"], linewidth=1.3)
            ax.plot(row["value"], place + shift, marker=look["marker"], markersize=4.2, linestyle="none",
                    markeredgecolor=look["colour"],
                    markerfacecolor=look["colour"] if index == main else "white")  # fmt: skip
    ax.set_yticks(range(len(names)), names, fontsize=7)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=4)
    if part.empty:
        ax.text(0.5, 0.5, "does not vary", transform=ax.transAxes, ha="center", fontsize=8, color="#555555")


def _legend(main: str) -> list[Any]:
    from matplotlib.lines import Line2D

    _, first, second = KINDS[main]
    return [
        Line2D([], [], color=MAIN["colour"], marker=MAIN["marker"], markersize=5, label=first),
        Line2D([], [], color=OTHER["colour"], marker=OTHER["marker"], markersize=5, markerfacecolor="white",
               linestyle="-" if main == "total" else "none", label=second),
        Line2D([], [], color=EARLIER, marker="|", markersize=6, linestyle="none",
               label="the first of these on a quarter and on half of the sample"),
    ]  # fmt: skip


def _reading(part: pd.DataFrame, main: str, n_lines: int) -> str:
    base = int(part["n_base"].max())
    sample = f"base sample of {base:,}" if main == "total" else f"{base:,} trajectories"
    source = "Sobol' indices (Saltelli 2010)" if main == "total" else "Elementary effects (Morris 1991)"
    dropped = part["parameter"].nunique() - n_lines
    less = f" The {n_lines} largest of {part['parameter'].nunique()} parameters." if dropped else ""
    outcomes = list(dict.fromkeys(part["outcome"]))
    return (
        f"{source} from SALib over the ranges of the experiment, means over replications; {sample}; lines: 95 % "
        f"bootstrap intervals.{less} Indices say on what the outcome depends within these ranges, not whether the "
        f"ranges are right.\n{meanings(outcomes)}"
    )


FIGURE = FigureKind(
    name="sensitivity",
    title="What an outcome depends on",
    reading="marks far from zero: parameters worth knowing better; grey: on a part of the sample",
    draw=draw,
    command="sensitivity",
)
