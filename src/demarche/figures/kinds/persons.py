"""Lives of persons as swimlanes: what happened to whom in one run, two arms with the same luck side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.errors import DesignError, Problem
from demarche.figures.common import arm_label
from demarche.figures.figure import FigureKind
from demarche.figures.look import Look
from demarche.figures.needs import TwoArms
from demarche.figures.paired import pairs_of
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.tables import FigureTables
from demarche.figures.timeline import years_below
from demarche.figures.titles import in_words
from demarche.figures.view import View, chosen_accounts, chosen_pair, joined

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

IN = ("detained", "detained_again")
OUT = ("released", "exiled", "term_ended")
MOST = 12
MARKS = {
    "detained": ("|", "#222222", "detained"),
    "treated_better": ("P", "#56B4E9", "treated better"),
    "released": ("^", "#009E73", "released"),
    "exiled": ("D", "#D55E00", "released into exile"),
    "term_ended": ("o", "#ffffff", "term ended"),
}
GREY_FACES = {"treated_better": "#bdbdbd", "released": "#000000", "exiled": "#7a7a7a", "term_ended": "#ffffff"}


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel and event: panel, arm, run, person, lane, year, what; those whose lives differ most."""
    import pandas as pd

    (account,), pair = chosen_accounts(tables, view, 1)[:1], chosen_pair(tables, view)
    runs = runs_of(tables, account, pair, view.run)
    events = tables.events[(tables.events["kind"] == "person") & tables.events["run"].isin(list(runs.values()))]
    events = events[events["detail"].isin([*MARKS, "detained_again"])]
    lanes = _lanes(events)
    parts = []
    for arm, run in runs.items():
        mine = events[(events["run"] == run) & events["actor"].isin(lanes)]
        parts.append(pd.DataFrame({
            "panel": arm, "account": account, "arm": arm, "run": run, "person": mine["actor"].astype(str),
            "lane": [lanes.index(str(name)) for name in mine["actor"]], "what": mine["detail"].astype(str),
            "year": tables.years(mine["step"].to_numpy(dtype=np.int64)),
        }))  # fmt: skip
    return joined(parts, "persons")


def runs_of(tables: FigureTables, account: str, pair: tuple[str, str], number: int) -> dict[str, int]:
    """Return arm -> run of the pair whose luck is shown.

    Raises
    ------
    DesignError
        If there is no such pair.
    """
    both = pairs_of(tables, account, *pair)
    if not 0 <= number < len(both[0]):
        raise DesignError([Problem("--run", "there is no such pair of runs", str(number), f"0 to {len(both[0]) - 1}")])
    return {arm: int(runs[number]) for arm, runs in zip(pair, both, strict=True)}


def _lanes(events: pd.DataFrame) -> list[str]:
    """Return the persons to show, those first whose lives differ most between the runs, then the most eventful."""
    scores: dict[str, tuple[int, int]] = {}
    for person, mine in events.groupby("actor", observed=True):
        told = [set(zip(part["step"], part["detail"], strict=True)) for _, part in mine.groupby("run")]
        sides = [*told, set(), set()][:2]
        freed = int(mine["detail"].isin(["released", "exiled"]).sum())
        scores[str(person)] = (len(sides[0] ^ sides[1]) + 5 * freed, len(mine))
    return sorted(sorted(scores, key=lambda name: scores[name], reverse=True)[:MOST])


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan lanes: a person a lane, the same persons in both panels."""
    pair, frame = chosen_pair(tables, view), frame_of(tables, view)
    account = chosen_accounts(tables, view, 1)[0]
    if frame.empty:
        raise DesignError([Problem("--kind persons", "nothing happened to any person in these two runs")])
    lanes = dict(sorted({(row["lane"], row["person"]) for row in frame.to_dict("records")}))

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        _panel(ax, part, tables, look, len(lanes))
        named = [in_words(tables.shown_name(name)) for name in lanes.values()]
        ax.set_yticks(list(lanes), named, fontsize=look.sizes.tick)
        years_below(ax, tables, look)

    runs = {arm: int(frame.loc[frame["arm"] == arm, "run"].iloc[0]) for arm in pair if (frame["arm"] == arm).any()}
    return Plan(
        title=f"Lives of persons under {pair[0]} and {pair[1]} ({tables.accounts[account] or account})",
        reading=_reading(pair, runs, len(lanes)), alt=_alt(tables, frame, lanes), frame=frame,
        table=_table(tables, frame), draw=draw, panels={arm: arm_label(tables, arm) for arm in runs}, more=_legend,
        height=0.21 * len(lanes) + 0.75, least=0.13 * len(lanes) + 0.3, columns=2,
        accounts=(account,), arms=tuple(runs),
    )  # fmt: skip


def spells(part: pd.DataFrame, start: float, end: float) -> list[tuple[int, float, float]]:
    """Return the spells in detention as lane, first and last year; who is freed before being detained was inside."""
    found = []
    order = part.sort_values("year")
    for lane in sorted(int(one) for one in order["lane"].unique()):
        mine = order[order["lane"] == lane]
        since: float | None = None if mine["what"].iloc[0] in IN else start
        for row in mine.to_dict("records"):
            if row["what"] in IN and since is None:
                since = row["year"]
            elif row["what"] in OUT and since is not None:
                found.append((lane, since, float(row["year"])))
                since = None
        found += [(lane, since, end)] if since is not None else []
    return found


def _panel(ax: Axes, part: pd.DataFrame, tables: FigureTables, look: Look, n: int) -> None:
    import seaborn as sns

    start, end = float(tables.start.year), float(tables.start.plus(tables.n_steps - 1).year + 1)
    for lane in range(n):
        ax.axhline(lane, color="#ededed", linewidth=0.8, zorder=0)
    for lane, since, until in spells(part, start, end):
        ax.hlines(lane, since, until, color="#8a8a8a", linewidth=2.1 * look.sizes.mark / 1.6, alpha=0.75, zorder=1)
    for what, (marker, colour, _) in MARKS.items():
        names = IN if what == "detained" else (what,)
        mine = part[part["what"].isin(names)]
        face = GREY_FACES.get(what, "#222222") if look.is_grey else colour
        sns.scatterplot(mine, x="year", y="lane", ax=ax, marker=marker, s=2.0 * look.sizes.mark**2, color=face,
                        edgecolor=None if marker == "|" else "#222222", linewidth=1.4 if marker == "|" else 0.5,
                        legend=False, zorder=3)  # fmt: skip
    ax.set_ylim(n - 0.5, -0.5)
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.spines["left"].set_visible(False)


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    bar = Line2D([], [], color="#8a8a8a", alpha=0.75, linewidth=2.1 * look.sizes.mark / 1.6, label="in detention")
    marks = [
        Line2D([], [], linestyle="none", marker=marker, markersize=1.5 * look.sizes.mark, label=label,
               markeredgecolor="#222222", markeredgewidth=1.4 if marker == "|" else 0.5,
               markerfacecolor=GREY_FACES.get(what, colour) if look.is_grey else colour)
        for what, (marker, colour, label) in MARKS.items()
    ]  # fmt: skip
    return [bar, *marks]


def _reading(pair: tuple[str, str], runs: dict[str, int], n: int) -> str:
    named = " and ".join(f"run {run} ({arm})" for arm, run in runs.items())
    return (
        f"One pair of runs with the same luck, {named}: one history each, not a mean. The same {n} of the followed "
        "persons in both: those freed, and those whose lives differ most. A lane that begins grey: already in "
        f"detention when the period begins. Ask why with: demarche why RESULTS --run {next(iter(runs.values()), 0)}."
    )


def _alt(tables: FigureTables, frame: pd.DataFrame, lanes: dict[int, str]) -> str:
    parts = []
    for arm, mine in frame.groupby("arm", sort=False):
        counts = {label: int((mine["what"] == what).sum()) for what, (_, _, label) in MARKS.items()}
        parts.append(f"{arm}: {', '.join(f'{n} {label}' for label, n in counts.items())}")
    return f"Swimlanes of {len(lanes)} persons over years. {'; '.join(parts)}."


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    month = np.round((frame["year"] % 1) * 12 + 0.5).astype(int)
    told = frame.assign(
        person=[in_words(tables.shown_name(name)) for name in frame["person"]],
        month=[f"{int(year)}-{part:02d}" for year, part in zip(frame["year"], month, strict=True)],
        what=[in_words(name).lower() for name in frame["what"]],
    )
    return told[["arm", "run", "person", "month", "what"]]


FIGURE = FigureKind(
    name="persons",
    title="Lives of persons in one run, two arms with the same luck",
    reading="grey bars: in detention; look at who is detained again before calling a release a gain",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "run"),
    place=6,
    events=("person",),
    needs=(TwoArms(),),
)
