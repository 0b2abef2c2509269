"""The graph of links: what each moves, and how much of a contrast it carries, thick where it carries much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.accounts.links import all_links
from demarche.analysis.carriers import is_clear
from demarche.analysis.comparison.shown import shown
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError, Problem
from demarche.figures.carried import carried_by
from demarche.figures.figure import FigureKind
from demarche.figures.graph import BROKEN, GREY, THIN, draw_graph, in_words, target_of
from demarche.figures.look import Look, rounded, unsigned
from demarche.figures.needs import Folder, TwoArms
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import figure_of, wrap
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of, unit_of
from demarche.figures.view import View, chosen_accounts, chosen_outcomes, chosen_pair

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 10  # links that are drawn thick and named
THICKEST = 7.0
UP, DOWN = "#0072B2", "#D55E00"


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a link: panel, account, outcome, link, family, target, effect, carried, error, clear, rank."""
    account, outcome = chosen_accounts(tables, view, 1)[0], chosen_outcomes(tables, view, 1)[0]
    found = carried_by(tables, (account,), chosen_pair(tables, view), (outcome,))
    if found.empty:
        raise DesignError([Problem("--kind links", f"the account '{account}' holds no link that could be taken out")])
    clear = [is_clear(row["carried"], row["error"]) for row in found.to_dict("records")]
    found = found.assign(
        panel="all", family=[all_links()[name].said.family for name in found["link"]],
        target=[target_of(str(name)) for name in found["link"]], clear=clear,
    )  # fmt: skip
    order = found.assign(size=found["carried"].abs()).sort_values(["clear", "size"], ascending=False, kind="stable")
    rank = np.arange(1, len(order) + 1)
    unit = OUTCOMES[outcome].unit
    moving = np.array([shown(value, unit) != 0 for value in order["carried"]])
    return order.assign(rank=np.where(moving & (rank <= MOST), rank, 0)).drop(columns="size").reset_index(drop=True)


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan one graph: kinds of causes on the left, what they act on to the right, the named links below."""
    frame, (arm, against) = frame_of(tables, view), chosen_pair(tables, view)
    account, outcome = str(frame["account"].iloc[0]), str(frame["outcome"].iloc[0])
    named = frame[frame["rank"] > 0]
    title = (f"Links that carry the effect of {arm} instead of {against} on {title_of(outcome)[:1].lower()}"
             f"{title_of(outcome)[1:]} ({tables.accounts[account] or account})")  # fmt: skip
    return Plan(
        title=title, reading=_reading(frame, outcome, arm, against), alt=_alt(frame, outcome), frame=frame,
        table=_table(tables, frame), draw=_panel, panels={"all": ""}, more=_legend, height=2.75 + 0.18 * len(named),
        least=1.6 + 0.13 * len(named),
        accounts=(account,), arms=(arm, against),
    )  # fmt: skip


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
    names = part[part["rank"] > 0].sort_values("rank")
    per_line = (0.18 if not look.is_slide else 0.33) / 2.6
    most = max(float(part["carried"].abs().max()), 1e-12)
    up, down = ("#000000", "#777777") if look.is_grey else (UP, DOWN)
    named = part["rank"] > 0
    draw_graph(ax, part.assign(
        colour=np.where(named, np.where(part["carried"] > 0, up, down), GREY),
        width=np.where(named, np.maximum(THICKEST * part["carried"].abs() / most, 0.9), THIN),
        dashed=named & ~part["clear"],
    ), look)  # fmt: skip
    unit = OUTCOMES[str(part["outcome"].iloc[0])].unit
    wide, size = ax.get_window_extent().width / ax.figure.dpi, look.sizes.tick
    for place, row in enumerate(names.to_dict("records")):
        carried = f"{rounded(row['carried'], unit)} ± {unsigned(2 * row['error'], unit)}"
        text = f"{row['rank']}  {carried}: {in_words(row['link'])}"
        ax.annotate(wrap(figure_of(ax), text, wide, size, 1, "normal"), (0.0, -per_line * (place + 1.0)), va="center",
                    fontsize=size, fontweight="normal", color="#000000" if row["clear"] else "#666666")  # fmt: skip
    ax.set_ylim(-per_line * (len(names) + 0.8), 1.05)


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    up, down = ("#000000", "#777777") if look.is_grey else (UP, DOWN)
    return [
        Line2D([], [], color=up, linewidth=4, label="raises the effect"),
        Line2D([], [], color=down, linewidth=4, label="lowers the effect"),
        Line2D([], [], color="#444444", linewidth=2.5, linestyle=BROKEN, label="not clear of 0"),
        Line2D([], [], color=GREY, linewidth=0.8, label="other links"),
    ]  # fmt: skip


def _reading(frame: pd.DataFrame, outcome: str, arm: str, against: str) -> str:
    first = frame.iloc[0]
    unit = OUTCOMES[outcome].unit
    return (
        f"Effect at the medians of the account: {rounded(first['effect'], unit)} {unit}, over {first['lucks']} lucks. "
        "Each link in turn is set to where it does nothing and both arms are run again with the same luck; what the "
        f"effect of {arm} instead of {against} then loses is what the link carries (± two standard errors; within "
        f"them it is not clear of 0). Thickness: how much; the {MOST} that carry most are numbered. Links act "
        "through one another, so the parts need not add up."
    )


def _alt(frame: pd.DataFrame, outcome: str) -> str:
    unit = OUTCOMES[outcome].unit
    parts = [f"{row['rank']}. {in_words(row['link'])}: {rounded(row['carried'], unit)} {unit}"
             f"{'' if row['clear'] else ', not clear of 0'}"
             for row in frame[frame["rank"] > 0].to_dict("records")]  # fmt: skip
    told = "; ".join(parts) or "no link carries anything"
    return f"Graph of {len(frame)} links from kinds of causes to what they act on. {told}."


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.assign(
        account=[tables.accounts.get(name) or name for name in frame["account"]],
        outcome=[title_of(name) for name in frame["outcome"]], meaning=[in_words(name) for name in frame["link"]],
        unit=[unit_of(name) for name in frame["outcome"]],
    )  # fmt: skip
    return told[["account", "outcome", "unit", "link", "meaning", "effect", "carried", "error", "lucks"]].rename(
        columns={"effect": "effect with all links", "carried": "carried by this link", "error": "standard error"}
    )


FIGURE = FigureKind(
    name="links",
    title="The graph of links, with those that carry the contrast drawn thick",
    reading="thick lines carry much of the effect of one arm instead of another; the rest is grey",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "outcomes"),
    needs=(TwoArms(), Folder()),
    on_request=True,
)
