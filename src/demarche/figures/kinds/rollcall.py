"""A roll call as a seating chart: each member's seat by its vote in one session, arms or accounts as panels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.errors import DesignError, Problem
from demarche.figures.common import arm_label, list_words
from demarche.figures.figure import FigureKind
from demarche.figures.look import Look
from demarche.figures.needs import Dates
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import in_a_line
from demarche.figures.tables import FigureTables
from demarche.figures.view import View, chosen_accounts, chosen_arms, joined, step_of
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

KIND = "vote_no_action"
CHOICES = {
    "yes": ("s", "#0072B2", "#3d3d3d", "yes: no action"),
    "abstain": ("o", "#BDBDBD", "#c9c9c9", "abstains"),
    "no": ("D", "#E69F00", "#ffffff", "no: act on the text"),
    "absent": ("X", "#ffffff", "#f4f4f4", "absent"),
}
ROWS = 4
EVERY = 10_000
SURE = 0.8  # share of runs from which a vote counts as sure


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel and member: panel, account, arm, member, vote, share of runs, n, x and y of its seat."""

    arms, accounts = _who(tables, view)
    events = tables.events[tables.events["kind"] == KIND]
    votes = {
        (account, arm): events[events["run"].isin(tables.run_numbers(arm, account))]
        for account, arm in product(accounts, arms)
    }
    step = session_of(tables, view, list(votes.values()))
    parts: list[pd.DataFrame] = []
    for (account, arm), mine in votes.items():
        held = mine[mine["step"] == step]
        if held.empty:
            continue
        found = _votes(held).assign(panel=f"{account}|{arm}", account=account, arm=arm, n=held["run"].nunique())
        parts.append(_seated(found, parts[0] if parts else None))
    return joined(parts, "rollcall").assign(date=str(tables.start.plus(step)))


def _who(tables: FigureTables, view: View) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return arms and accounts: the two arms of the contrast in one account, unless others are named."""
    accounts = chosen_accounts(tables, view, 1)
    if view.arms:
        return chosen_arms(tables, view), accounts
    if len(accounts) > 1:
        return (tables.batch.asked.reference,), accounts
    return tuple(tables.batch.asked.contrast) or (tables.batch.asked.reference,), accounts


def session_of(tables: FigureTables, view: View, votes: Sequence[pd.DataFrame]) -> int:
    """Return the step of the session: the one that was named, else that with a vote in most runs of every panel.

    Of several, one whose seats are on record, then the one in which most members vote another way in another panel.

    Raises
    ------
    DesignError
        If no run voted then.
    """
    counts = [part.drop_duplicates(["run", "step"])["step"].value_counts() for part in votes]
    least = {int(step): min(int(count.get(step, 0)) for count in counts) for count in counts for step in count.index}
    if not least:
        what = "no run of these arms and accounts voted on taking no action"
        raise DesignError([Problem("--kind rollcall", what, fix="choose other arms or accounts")])
    if view.date:
        step = step_of(tables, view.date)
        if step not in least:
            near = sorted(sorted(least, key=lambda other: abs(other - step))[:4])
            months = ", ".join(str(tables.start.plus(other)) for other in near)
            what = "no run of these arms and accounts voted in this month"
            raise DesignError([Problem("--date", what, view.date, f"a session with a vote, such as {months}")])
        return step
    enough = [step for step, count in least.items() if 2 * count >= max(least.values())]
    known = [step for step in enough if not _is_projected(tables, step)] or enough
    return max(known, key=lambda step: (_changes([part[part["step"] == step] for part in votes]), -step))


def _is_projected(tables: FigureTables, step: int) -> bool:
    """Tell whether a session lies after the data, so that who has a seat is drawn in each run."""
    return tables.known_until is not None and tables.start.plus(step) > tables.known_until


def _changes(votes: Sequence[pd.DataFrame]) -> int:
    """Return how many members vote another way in another panel."""
    first, *others = ({row["member"]: row["vote"] for row in _votes(part).to_dict("records")} for part in votes)
    return sum(first.get(member) != vote for other in others for member, vote in other.items())


def _votes(events: pd.DataFrame) -> pd.DataFrame:
    """Return one row a member: its most common vote, the share of the runs with a vote in which it cast it, and n.

    Members are states that sat in half of these runs or more: where seats are drawn, each run has others.
    """
    runs = events["run"].nunique()
    sat = events.groupby("actor", observed=True)["run"].nunique()
    events = events[events["actor"].isin(sat.index[2 * sat >= runs])]
    counts = events.groupby(["actor", "detail"], observed=True).size().rename("n").reset_index()
    counts["order"] = [list(CHOICES).index(str(name)) for name in counts["detail"]]
    most = counts.sort_values(["n", "order"], ascending=[False, True]).drop_duplicates("actor")
    return most.assign(share=most["n"] / runs).rename(columns={"actor": "member", "detail": "vote"})


def _seated(votes: pd.DataFrame, like: pd.DataFrame | None) -> pd.DataFrame:
    """Return members with seats in a half circle: those for no action on the left; in later panels as in the first."""
    lean = np.where(votes["vote"] == "no", votes["share"], -votes["share"])
    order = votes.assign(lean=lean).sort_values(["order", "lean", "member"])
    changed = np.zeros(len(order), bool)
    if like is not None:
        places = {str(name): place for place, name in enumerate(like["member"])}
        before = dict(zip(like["member"], like["vote"], strict=True))
        order = order.iloc[np.argsort([places.get(str(name), EVERY) for name in order["member"]], kind="stable")]
        changed = np.array([before.get(name, vote) != vote
                            for name, vote in zip(order["member"], order["vote"], strict=True)])  # fmt: skip
    angle, radius = hemicycle(len(order))
    return order.assign(x=radius * np.cos(angle), y=radius * np.sin(angle), changed=changed)


def hemicycle(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return angle (from the left) and radius of `n` seats in a half circle of a few rows.

    Examples
    --------
    >>> angle, radius = hemicycle(12)
    >>> len(angle), bool((np.diff(angle) <= 1e-9).all())
    (12, True)
    """
    rows = min(ROWS, max(1, n // 6))
    radii = np.linspace(0.55, 1.0, rows) if rows > 1 else np.array([1.0])
    share = radii / radii.sum()
    sizes = np.floor(share * n).astype(int)
    sizes[-1] += n - sizes.sum()
    angles = [np.linspace(np.pi, 0, size) if size > 1 else np.array([np.pi / 2]) for size in sizes]
    angle, radius = np.concatenate(angles), np.repeat(radii, sizes)
    order = np.lexsort((radius, -angle))
    return angle[order], radius[order]


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan seats: two arms of one account, or one arm of several accounts."""
    frame = frame_of(tables, view)
    arms, accounts = tuple(dict.fromkeys(frame["arm"])), tuple(dict.fromkeys(frame["account"]))
    date = str(frame["date"].iloc[0])
    panels = {}
    for row in frame.drop_duplicates("panel").to_dict("records"):
        names = [arm_label(tables, row["arm"])] if len(arms) > 1 or len(accounts) == 1 else []
        names += [tables.accounts[row["account"]] or row["account"]] if len(accounts) > 1 else []
        panels[str(row["panel"])] = f"{', '.join(names)}\n{tally(frame[frame['panel'] == row['panel']])}"
    name = tables.accounts[accounts[0]] or accounts[0]
    where = name if len(accounts) == 1 else arm_label(tables, arms[0])
    return Plan(
        title=f"Roll call of {date} on taking no action ({where})", reading=_reading(tables, frame),
        alt=f"Seating charts by vote. {in_a_line(panels)}.", frame=frame,
        table=_table(tables, frame), draw=_panel, panels=panels, more=_legend, height=2.55, least=1.3, columns=2,
        accounts=accounts, arms=arms,
    )  # fmt: skip


def tally(part: pd.DataFrame) -> str:
    """Return the votes of a panel in words, each member by its most common one."""
    counts = {choice: int((part["vote"] == choice).sum()) for choice in CHOICES}
    told = {"yes": "for no action", "no": "against", "abstain": "abstain", "absent": "absent"}
    return ", ".join(f"{counts[name]} {word}" for name, word in told.items() if counts[name] or name != "absent")


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
    import seaborn as sns

    wide = ax.get_window_extent().width / ax.figure.dpi
    seat = min(19.0 * wide / 3.4, 26.0 if look.is_slide else 19.0)
    for choice, (marker, colour, grey, _) in CHOICES.items():
        mine = part[part["vote"] == choice]
        for sure, edge in ((True, 1.4), (False, 0.5)):
            some = mine[(mine["share"] >= SURE) == sure]
            sns.scatterplot(some, x="x", y="y", ax=ax, marker=marker, s=seat**2 * (0.72 if marker == "D" else 1.0),
                            color=grey if look.is_grey else colour, edgecolor="#222222", linewidth=edge,
                            legend=False)  # fmt: skip
    # a code that fits a seat is too small for a projector
    for row in [] if look.is_slide else part.to_dict("records"):
        colour = "#ffffff" if row["vote"] == "yes" else "#000000"
        ax.annotate(str(row["member"])[:3], (row["x"], row["y"]), ha="center", va="center", color=colour,
                    fontsize=max(0.29 * seat, 3.6))  # fmt: skip
    moved = part[part["changed"]]
    ax.scatter(moved["x"], moved["y"], marker="o", s=(1.75 * seat) ** 2, facecolor="none", edgecolor=look.of_record,
               linewidth=1.6)  # fmt: skip
    ax.set_xlim(-1.16, 1.16)
    ax.set_ylim(-0.14, 1.16)
    ax.set_aspect("equal")
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.set_axis_off()


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    ring = Line2D([], [], linestyle="none", marker="o", markersize=2.6 * look.sizes.mark, markerfacecolor="none",
                  markeredgecolor=look.of_record, markeredgewidth=1.6,
                  label="ring: votes otherwise than in the first panel")  # fmt: skip
    seats = [
        Line2D([], [], linestyle="none", marker=marker, markersize=2 * look.sizes.mark, label=label,
               markerfacecolor=grey if look.is_grey else colour, markeredgecolor="#222222")
        for marker, colour, grey, label in CHOICES.values()
    ]  # fmt: skip
    return [*seats, ring]


def _reading(tables: FigureTables, frame: pd.DataFrame) -> str:
    n = list_words([f"{count:,} runs" for count in dict.fromkeys(frame.groupby("panel", sort=False)["n"].first())])
    step = tables.start.steps_to(Month.parse(str(frame["date"].iloc[0])))
    drawn = " Seats are drawn in each run: members of fewer than half of them are left out." if _is_projected(
        tables, step) else ""  # fmt: skip
    return (
        f"Each seat: a member's most common vote over the runs in which a vote was held ({n}); thick edges: the same "
        f"in {100 * SURE:.0f} % of them or more. Seats are ordered by the votes of the first panel; codes are ISO 3166."
        f"{drawn}"
    )


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.assign(account=[tables.accounts[name] or name for name in frame["account"]],
                        member=[tables.shown_name(str(code)) for code in frame["member"]])  # fmt: skip
    return told[["account", "arm", "member", "vote", "share", "n"]].rename(
        columns={"vote": "most common vote", "share": "share of the runs", "n": "runs with a vote"}
    )


FIGURE = FigureKind(
    name="rollcall",
    title="One roll call on taking no action as a seating chart, two arms side by side",
    reading="thick edges: the same vote in four runs of five or more",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("arms", "date"),
    place=5,
    events=(KIND,),
    needs=(Dates(("session",)),),
)
