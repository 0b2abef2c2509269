"""The fan of differences: pairs of runs with the same luck, one arm minus another, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.analysis.comparison.answer import compare
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import arm_label, sign_line
from demarche.figures.differences import interval_words, sign_words, with_sign_share
from demarche.figures.figure import FigureKind, always
from demarche.figures.look import Look, ends, rounded
from demarche.figures.needs import ShownOutcomes, TwoArms
from demarche.figures.paired import months_of, pairs_of
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import in_a_line
from demarche.figures.tables import FigureTables
from demarche.figures.timeline import dates_in_words, since, years_below
from demarche.figures.titles import title_of, unit_of
from demarche.figures.two_layers import LUCK_COLUMNS, has_layers, luck_band
from demarche.figures.view import MOST_PANELS, View, chosen_accounts, chosen_pair, chosen_series, joined, series_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FAN = ((95, 0.16), (80, 0.22), (50, 0.3))
COLOUR = "#0072B2"
LUCK_LINE, LUCK_DASHES = 0.6, (0, (4, 2))


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return one row a panel and month: panel, outcome, account, year, mean, ends of the fan and of luck, n pairs."""
    import pandas as pd

    outcomes, (arm, against) = _outcomes(tables, view), chosen_pair(tables, view)
    parts = []
    for outcome in outcomes:
        for account in chosen_accounts(tables, view, MOST_PANELS if len(outcomes) < 2 else 1):
            one, other = pairs_of(tables, account, arm, against)
            if not len(one):
                continue
            gaps = months_of(tables, outcome, one) - months_of(tables, outcome, other)
            ends = {f"{side}{share}": np.percentile(gaps, 50 + sign * share / 2, axis=0)
                    for share, _ in FAN for side, sign in (("low", -1), ("high", 1))}  # fmt: skip
            ends["luck_low"], ends["luck_high"] = luck_band(tables, gaps, one)
            parts.append(pd.DataFrame({
                "panel": f"{outcome}|{account}", "outcome": outcome, "account": account,
                "year": tables.years(np.arange(gaps.shape[1])), "mean": gaps.mean(axis=0), "n": len(gaps), **ends,
            }))  # fmt: skip
    return joined(parts, "difference")


def _outcomes(tables: FigureTables, view: View) -> tuple[str, ...]:
    shown = tuple(name for name in tables.batch.shown if name not in tables.batch.without_number(tables.batch.shown))
    return chosen_series(tables, view, shown)


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan a fan: panels are accounts of one outcome, or outcomes of one account."""
    arm, against = chosen_pair(tables, view)
    frame, outcomes = frame_of(tables, view), _outcomes(tables, view)
    told, how = _effects(tables, frame, arm, against)
    accounts = tuple(dict.fromkeys(frame["account"]))

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        _panel(ax, part, look)
        years_below(ax, tables, look, arm)
        ax.set_ylabel(f"difference, {unit_of(str(part['outcome'].iloc[0])).partition(',')[0]}")

    what = f"{title_of(outcomes[0], tables.aliases)}{since(outcomes[0], tables)}" if len(outcomes) == 1 else "outcomes"
    reading = (
        f"{arm_label(tables, arm)}, minus {arm_label(tables, against)}. Line: mean of pairs of runs with the same "
        f"luck; shades: the middle 50, 80 and 95 % of the pairs{_luck_words(tables)}. Above the line of 0: more under "
        f"{arm}. {how}"
        f"{dates_in_words(tables, arm)}"
    )
    return Plan(
        title=f"Effect of {arm} instead of {against} on {what[:1].lower()}{what[1:]}", reading=reading,
        alt=f"Fan chart of differences over years. {in_a_line(told)}.{_luck_alt(tables)}", frame=frame,
        table=_table(tables, frame), draw=draw, panels=told,
        more=lambda look: _legend(tables, look), share_y=len(outcomes) == 1,
        accounts=accounts, arms=(arm, against),
    )  # fmt: skip


def _panel(ax: Axes, part: pd.DataFrame, look: Look) -> None:
    import seaborn as sns

    colour = "#4a4a4a" if look.is_grey else COLOUR
    for share, alpha in FAN:
        ax.fill_between(part["year"], part[f"low{share}"], part[f"high{share}"], color=colour, alpha=alpha, linewidth=0)
    sns.lineplot(part, x="year", y="mean", ax=ax, color="#000000", linewidth=1.4 * look.sizes.line, estimator=None,
                 legend=False, label="mean")  # fmt: skip
    for end in ("luck_low", "luck_high"):
        ax.plot(part["year"], part[end], color="#000000", linewidth=LUCK_LINE * look.sizes.line, linestyle=LUCK_DASHES)
    sign_line(ax, vertical=False)
    ax.set_xlabel("")
    ax.locator_params(axis="y", nbins=5)


def _luck_words(tables: FigureTables) -> str:
    where = "; between dashed lines: the middle 80 % of luck given the draws, around the median"
    return where if has_layers(tables) else ""


def _luck_alt(tables: FigureTables) -> str:
    return " Dashed lines hold the middle 80 % of luck given the draws." if has_layers(tables) else ""


def _legend(tables: FigureTables, look: Look) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    found: list[Any] = []
    colour, total = "#4a4a4a" if look.is_grey else COLOUR, 1.0
    for share, alpha in FAN:
        total *= 1 - alpha
        found.append(Patch(facecolor=colour, alpha=1 - total, label=f"{share} % of pairs"))
    if has_layers(tables):
        found.append(Line2D([], [], color="#000000", linewidth=LUCK_LINE * look.sizes.line, linestyle=LUCK_DASHES,
                            label="80 % of luck given the draws"))  # fmt: skip
    return [Line2D([], [], color="#000000", linewidth=1.4 * look.sizes.line, label="mean of pairs"), *found]


def _effects(tables: FigureTables, frame: pd.DataFrame, arm: str, against: str) -> tuple[dict[str, str], str]:
    """Return panel -> title with the effect and its interval, and how intervals were made."""
    panels, how = frame.drop_duplicates("panel"), ""
    known = [name for name in dict.fromkeys(panels["outcome"]) if name in tables.batch.outcomes
             and name not in tables.batch.without_number((name,))]  # fmt: skip
    rows: dict[tuple[str, str], Any] = {}
    if known:
        found = compare(tables.batch, reference=against, levels=[arm], outcomes=known)
        rows = {(row["outcome"], row["account"]): row for row in found.table.to_dict("records")}
        how = f"Numbers above panels: mean with the {interval_words(found, marked=False)}. {sign_words(found)}"
    titles, several = {}, panels["outcome"].nunique() > 1
    for row in panels.to_dict("records"):
        name = tables.accounts.get(row["account"]) or row["account"]
        name = f"{title_of(row['outcome'])}{since(row['outcome'], tables)}" if several else name
        effect = rows.get((row["outcome"], row["account"]))
        titles[str(row["panel"])] = f"{name}\n{_in_words(effect, row['outcome'])}" if effect else str(name)
    return titles, how


def _in_words(effect: dict[str, Any], outcome: str) -> str:
    unit = OUTCOMES[outcome].unit
    told = f"{rounded(effect['mean'], unit)} {unit} ({ends(effect['low'], effect['high'], unit)})"
    return with_sign_share(told, effect)


def _table(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[(frame["year"] % 1 > 11 / 12) | (frame["year"] == frame["year"].max())]
    told = rows.assign(
        year=rows["year"].astype(int), outcome=[title_of(name) for name in rows["outcome"]],
        account=[tables.accounts.get(name) or name for name in rows["account"]],
    )  # fmt: skip
    names = {"low95": "2.5 % of pairs below", "low80": "10 % below", "mean": "mean", "high80": "10 % above",
             "high95": "2.5 % above"}  # fmt: skip
    names |= LUCK_COLUMNS if has_layers(tables) else {}
    names["n"] = "pairs"
    found: pd.DataFrame = told[["outcome", "account", "year", *names]].rename(columns=names)
    return found


FIGURE = FigureKind(
    name="difference",
    title="Effect of one arm instead of another over time, as a fan of paired differences",
    reading="above the line of 0: more under the first arm; shades hold 50, 80 and 95 % of the pairs",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "outcomes"),
    place=1,
    series=always("core_practice"),
    wants=lambda view, outcomes: tuple(series_of(name) for name in view.outcomes or outcomes),
    needs=(TwoArms(), ShownOutcomes()),
)
