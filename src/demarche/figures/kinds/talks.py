"""Who speaks to whom and briefs whom, in one run: groups, capitals and UN bodies, the focal government."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.analysis.talks import BODIES, BRIEFS
from demarche.analysis.talks import talks as talks_of
from demarche.errors import DesignError, Problem
from demarche.figures.common import arm_label
from demarche.figures.figure import FigureKind
from demarche.figures.kinds.persons import runs_of
from demarche.figures.look import PAPER, Look
from demarche.figures.needs import Folder, TwoArms
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.tables import FigureTables
from demarche.figures.titles import in_words
from demarche.figures.view import View, chosen_accounts, chosen_pair, joined

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 10  # capitals that are named
OTHERS = "others"
WAYS: dict[str, tuple[str, Any, str]] = {
    "private": ("#0072B2", (0, (5, 1.5)), "speaks in private"),
    "public": ("#D55E00", "-", "speaks in public"),
    "both": ("#009E73", (0, (5, 1.2, 1, 1.2)), "speaks in both"),
    BRIEFS: ("#8a8a8a", "-", "briefs"),
}
GREYS = {"private": "#777777", "public": "#000000", "both": "#444444", BRIEFS: "#b5b5b5"}
COLUMN = (0.0, 0.52, 1.0)
THICKEST = 7.0  # points, on paper
LONGEST = 2.0  # points of width up to which dashes grow with a line
MIDDLE = 0.1  # half the room of a capital's name


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel, speaker, listener and way: panel, arm, run, speaker, listener, how, times."""

    from demarche.experiment.results.rerun import setup_of, table_of

    if tables.results is None:
        raise DesignError([Problem("--kind talks", "it repeats runs and needs their results folder")])
    account = chosen_accounts(tables, view, 1)[0]
    setup = setup_of(tables.results)
    parts = []
    for arm, run in runs_of(tables, account, chosen_pair(tables, view), view.run).items():
        found = talks_of(setup, table_of(tables.results, run))
        parts.append(found.assign(panel=arm, arm=arm, run=run, account=account, focal=setup.cast.focal))
    return joined(parts, "talks")


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan flows: groups on the left, capitals and UN bodies in the middle, the focal government on the right."""
    frame, pair = frame_of(tables, view), chosen_pair(tables, view)
    account, focal = str(frame["account"].iloc[0]), str(frame["focal"].iloc[0])
    groups, capitals = _named(frame, focal)
    flows = {str(panel): _folded(part, capitals, focal) for panel, part in frame.groupby("panel")}
    most = max(float(part["times"].max()) for part in flows.values())
    flows = {panel: part.assign(share=part["times"] / most) for panel, part in flows.items()}

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        nodes = _nodes(groups, capitals, focal)
        _flows(ax, flows[str(part["panel"].iloc[0])], nodes, look)
        _names(ax, tables, nodes, look)

    return Plan(
        title=f"Who speaks to whom, and who briefs whom ({tables.accounts[account] or account})",
        reading=_reading(tables, frame), alt=_alt(tables, frame, focal), frame=frame, table=_table(tables, frame),
        draw=draw, panels={arm: arm_label(tables, arm) for arm in pair}, more=_legend,
        height=0.21 * max(len(groups), len(capitals) + 2) + 0.7, least=1.7, columns=2, accounts=(account,), arms=pair,
    )  # fmt: skip


def _named(frame: pd.DataFrame, focal: str) -> tuple[list[str], list[str]]:
    """Return the groups and the capitals that are named: those that speak most in all panels."""
    briefing = frame["how"] == BRIEFS
    groups = frame[briefing].groupby("speaker")["times"].sum().sort_values(ascending=False, kind="stable")
    spoken = frame[~briefing].groupby("speaker")["times"].sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in groups.index], [str(name) for name in spoken.index[:MOST]]


def _folded(part: pd.DataFrame, capitals: list[str], focal: str) -> pd.DataFrame:
    """Return the flows with capitals that are not named as one."""
    kept = {*capitals, focal, BODIES}
    briefing = part["how"] == BRIEFS
    speaker = part["speaker"].where(briefing | part["speaker"].isin(kept), OTHERS)
    listener = part["listener"].where(part["listener"].isin(kept), OTHERS)
    folded = part.assign(speaker=speaker, listener=listener)
    return folded.groupby(["speaker", "listener", "how"], sort=False)["times"].sum().reset_index()


def _nodes(groups: list[str], capitals: list[str], focal: str) -> dict[str, tuple[float, float]]:
    places: dict[str, tuple[float, float]] = {}
    for x, names in zip(COLUMN, (groups, [*capitals, OTHERS, BODIES], [focal]), strict=True):
        heights = np.linspace(1, 0, len(names)) if len(names) > 1 else np.array([0.5])
        places |= {name: (x, float(y)) for name, y in zip(names, heights, strict=True)}
    return places


def _flows(ax: Axes, flows: pd.DataFrame, nodes: dict[str, tuple[float, float]], look: Look) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Line

    shift = {"private": 0.01, "public": -0.01}
    for row in flows.sort_values("times").to_dict("records"):
        if row["speaker"] not in nodes or row["listener"] not in nodes:
            continue
        colour, dashes, _ = WAYS[row["how"]]
        start, end = nodes[row["speaker"]], nodes[row["listener"]]
        rise = shift.get(row["how"], 0.0)
        x0, x1 = start[0] + _beside(start[0]), end[0] - _beside(end[0])
        middle = (x0 + x1) / 2
        wide = max(THICKEST * row["share"] ** 0.5, 0.4) * look.sizes.line / PAPER.line
        points = [(x0, start[1] + rise), (middle, start[1] + rise), (middle, end[1] + rise), (x1, end[1] + rise)]
        ax.add_patch(PathPatch(
            Line(points, [Line.MOVETO, Line.CURVE4, Line.CURVE4, Line.CURVE4]), fill=False,
            linestyle=short_dashes(dashes, wide), edgecolor=GREYS[row["how"]] if look.is_grey else colour,
            alpha=0.85, linewidth=wide,
        ))  # fmt: skip


def short_dashes(dashes: Any, wide: float) -> Any:
    """Return dashes that do not grow with the width of a line, or a thick line would be one dash and one gap."""
    return dashes if dashes == "-" else (0, tuple(length * min(1.0, LONGEST / wide) for length in dashes[1]))


def _beside(x: float) -> float:
    """Return how far from the place of a name a line begins or ends."""
    return MIDDLE if x == COLUMN[1] else 0.015


def _names(ax: Axes, tables: FigureTables, nodes: dict[str, tuple[float, float]], look: Look) -> None:
    size = look.sizes.tick
    for name, (x, y) in nodes.items():
        alias = tables.shown_name(name)
        text = alias if alias != name or name.isupper() or " " in name else in_words(name)
        side = {0.0: "right", 1.0: "left"}.get(x, "center")
        ax.annotate(text, (x, y), xytext=(-4 if side == "right" else 4 if side == "left" else 0, 0), fontsize=size,
                    textcoords="offset points", ha=side, va="center", zorder=4,
                    bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6})  # fmt: skip
    ax.set_xlim(-0.52, 1.16)
    ax.set_ylim(-0.06, 1.06)
    ax.set_axis_off()


def _legend(look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=GREYS[how] if look.is_grey else colour, linestyle=dashes, linewidth=2.2, label=label)
        for how, (colour, dashes, label) in WAYS.items()
    ]


def _reading(tables: FigureTables, frame: pd.DataFrame) -> str:
    runs = dict(zip(frame["arm"], frame["run"], strict=True))
    named = " and ".join(f"run {run} ({arm})" for arm, run in runs.items())
    return (
        f"One pair of runs with the same luck, {named}, repeated and watched. Thickness: the root of the number "
        f"of months with a representation, or of quarters with a briefing, over the whole period. The {MOST} capitals "
        "that speak most are named; codes are ISO 3166. A briefing goes to the capitals on whose agenda the issue rose."
    )


def _alt(tables: FigureTables, frame: pd.DataFrame, focal: str) -> str:
    parts = []
    for arm, mine in frame.groupby("arm", sort=False):
        counts = mine.groupby("how")["times"].sum()
        first = mine[mine["listener"] == focal].groupby("speaker")["times"].sum().nlargest(3)
        told = ", ".join(f"{counts[how]:,} {label}" for how, (*_, label) in WAYS.items() if how in counts.index)
        loudest = ", ".join(tables.shown_name(str(name)) for name in first.index)
        parts.append(f"{arm}: {told}" + (f"; most often {loudest}" if loudest else ""))
    return f"Flows from groups to capitals and UN bodies, and on to {tables.shown_name(focal)}. {'. '.join(parts)}."


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.assign(**{name: [tables.shown_name(str(code)) for code in frame[name]]
                           for name in ("speaker", "listener")})  # fmt: skip
    return told[["arm", "run", "speaker", "listener", "how", "times"]]


FIGURE = FigureKind(
    name="talks",
    title="Who speaks to whom and who briefs whom, in one run of each of two arms",
    reading="thick lines: often; blue and dashed in private, orange and solid in public",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "run"),
    needs=(TwoArms(), Folder()),
    on_request=True,
)
