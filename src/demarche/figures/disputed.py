"""The graph that all accounts share: which links they dispute most, and which way each works on practice."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.accounts.account import Account, LinkPrior
from demarche.accounts.compare import compare_accounts
from demarche.accounts.links import all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.figures.common import list_words
from demarche.figures.graph import FAMILIES, GREY, THIN, draw_graph, in_words, target_of
from demarche.figures.look import ON_PAPER, Look
from demarche.figures.plan import Pens, Plan
from demarche.figures.sheet import draw_plan, figure_of, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12  # links that are drawn thick and named
THICK = 3.4
FURTHERS, HINDERS, BOTH = "furthers", "hinders", "disputed"
SIDES = {
    FURTHERS: ("#0072B2", "furthers practice in every account, or in some while others see nothing"),
    HINDERS: ("#D55E00", "works against it in every account, or in some while others see nothing"),
    BOTH: ("#111111", "furthers it in one account and works against it in another"),
}


def accounts_of_documents() -> dict[str, Account]:
    """Return the packaged accounts that speak for documents, in the order of their files."""
    return {name: one for name, one in packaged_accounts().items() if one.documents and not one.varies}


def frame_of(accounts: dict[str, Account]) -> pd.DataFrame:
    """Return one row a link: panel, link, family, target, side, distance, rank, from, to, lowest and highest.

    `distance` is the widest between two of the accounts, see `demarche.accounts.compare`; `lowest` and `highest` are
    medians, `from` and `to` the accounts that hold them; `side` is empty where no account departs from the neutral
    value.
    """
    import pandas as pd

    widest = dict.fromkeys(all_links(), 0.0)
    for one, other in combinations(accounts.values(), 2):
        for found in compare_accounts(one, other):
            widest[found.link] = max(widest[found.link], found.distance)
    rows = []
    for name in all_links():
        held = {account: one.links[name] for account, one in accounts.items()}
        ends = [pick(held, key=lambda account: held[account].prior.median) for pick in (min, max)]
        rows.append({
            "panel": "all", "link": name, "family": all_links()[name].said.family, "target": target_of(name),
            "side": _side(name, held), "distance": widest[name], "from": ends[0], "to": ends[1],
            "lowest": held[ends[0]].prior.median, "highest": held[ends[1]].prior.median,
        })  # fmt: skip
    frame = pd.DataFrame(rows).sort_values(["distance", "link"], ascending=[False, True], kind="stable")
    place = np.arange(1, len(frame) + 1)
    return frame.assign(rank=np.where((place <= MOST) & (frame["distance"] > 0), place, 0)).reset_index(drop=True)


def _side(name: str, held: dict[str, LinkPrior]) -> str:
    """Return which way a link works on practice, by the medians of accounts."""
    said = all_links()[name].said
    if said.neutral == "common":
        return ""
    ways = {float(np.sign(said.sign * (one.prior.median - said.neutral))) for one in held.values()} - {0.0}
    if len(ways) > 1:
        return BOTH
    return {1.0: FURTHERS, -1.0: HINDERS}[ways.pop()] if ways else ""


def plan() -> Plan:
    """Plan the graph of all links, those that the accounts of documents dispute most drawn thick."""
    accounts = accounts_of_documents()
    frame = frame_of(accounts)
    named = frame[frame["rank"] > 0]
    titles = {name: one.title for name, one in accounts.items()}
    return Plan(
        title=f"One graph for all accounts: {len(frame)} links, the {len(named)} most disputed thick",
        reading=(
            "Each curve: a link, from the kind of cause to what it acts on, with a number in every account. Thick and "
            "numbered: those on which two accounts of documents lie furthest apart, measured in units of how much they "
            "doubt themselves; below, the lowest and the highest median. Colours: which way the link works on "
            f"practice, by the medians of {list_words(list(titles.values()))}."
        ),
        alt=_alt(frame), frame=frame, table=frame, draw=_panel, panels={"all": ""}, more=_legend,
        height=3.0 + 0.18 * len(named), least=2.0,
    )  # fmt: skip


def draw() -> Figure:
    """Draw it."""
    told = plan()
    return draw_plan(told, told.reading, told.title, ON_PAPER)


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def _named(row: dict[Any, Any]) -> str:
    """Return what a thick link is and what accounts hold of it."""
    unit = all_links()[row["link"]].said.unit.replace("_", " ")
    ends = ((row["lowest"], row["from"]), (row["highest"], row["to"]))
    told = (f"{_number(value)} ({packaged_accounts()[name].short})" for value, name in ends)
    return f"{in_words(row['link'])}: {unit} {' to '.join(told)}"


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
    names = part[part["rank"] > 0].sort_values("rank")
    thick = part["rank"] > 0
    colours = [SIDES[side][0] if side else "#7F7F7F" for side in part["side"]]
    draw_graph(ax, part.assign(colour=np.where(thick, colours, GREY), width=np.where(thick, THICK, THIN), dashed=False),
               look)  # fmt: skip
    wide, line = figure_of(ax).get_size_inches()[0] - 0.3, 0.18 / 2.9
    for place, row in enumerate(names.to_dict("records")):
        text = wrap(figure_of(ax), f"{row['rank']}  {_named(row)}", wide, look.sizes.tick, 1, "normal")
        ax.annotate(text, (0.0, -line * (place + 1.0)), va="center", fontsize=look.sizes.tick)
    ax.set_ylim(-line * (len(names) + 0.8), 1.05)


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    found = [Line2D([], [], color=colour, linewidth=THICK, label=label) for colour, label in SIDES.values()]
    return [*found, Line2D([], [], color=GREY, linewidth=1.0, label="other links")]


def _alt(frame: pd.DataFrame) -> str:
    parts = []
    for family, title in FAMILIES.items():
        mine = frame[frame["family"] == family].to_dict("records")
        told = [f"{row['link']} on {row['target'][:1].lower()}{row['target'][1:]}"
                + (f" (number {row['rank']}, {_named(row)}, {row['side'] or 'no side'})" if row["rank"] else "")
                for row in mine]  # fmt: skip
        parts.append(f"{title}: {'; '.join(told)}.")
    return f"Graph of {len(frame)} links from kinds of causes to what they act on. {' '.join(parts)}"
