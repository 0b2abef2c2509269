"""Contrast of arms: paired differences to one arm, outcomes as panels, arms as rows, accounts as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.analysis.comparison.answer import Comparison, compare
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import arm_label, arms_in_words, meanings, sign_line
from demarche.figures.differences import OPEN_MARK, draw_mark, interval_words, left_out, missing_words
from demarche.figures.figure import FigureKind
from demarche.figures.look import Look, rounded
from demarche.figures.needs import ShownOutcomes, TwoArms
from demarche.figures.plan import Pens, Plan
from demarche.figures.planned import drawn_by
from demarche.figures.sheet import figure_of, wrap
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of, unit_of
from demarche.figures.view import View, chosen_accounts, chosen_against, chosen_outcomes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABEL_SHARE = 0.27  # of the width, for the names of arms
LONG = 56  # columns of a terminal from which the title of an arm may find no room beside its row


def found_of(tables: FigureTables, view: View) -> Comparison:
    """Return the differences of arms to the one that is subtracted."""
    arms, against = chosen_against(tables, view)
    return compare(tables.batch, reference=against, levels=arms, outcomes=chosen_outcomes(tables, view))


def frame_of(tables: FigureTables, view: View) -> pd.DataFrame:
    """Return the table of differences of the accounts to show, one panel an outcome."""
    table = found_of(tables, view).table
    mine = table[table["account"].isin(chosen_accounts(tables, view, len(tables.accounts)))]
    return mine.assign(panel=mine["outcome"])


def plan(tables: FigureTables, view: View) -> Plan:
    """Plan marks with intervals: an arm a row, an account a mark."""
    found, frame = found_of(tables, view), frame_of(tables, view)
    against, arms = str(found.contrast.reference), [str(level) for level in found.contrast.levels]
    accounts = tuple(dict.fromkeys(str(name) for name in frame["account"]))

    def draw(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look) -> None:
        _panel(ax, part, pens, look, arms, found.has_draws)
        room = LABEL_SHARE * figure_of(ax).get_size_inches()[0]
        size = look.sizes.tick
        lines = max(int(ax.get_window_extent().height / ax.figure.dpi / len(arms) / (0.02 * size)), 1)
        told = [_row_label(figure_of(ax), tables, arm, room, size, min(lines, 3)) for arm in arms]
        ax.set_yticks(range(len(arms)), told, fontsize=size)
        outcome = str(part["outcome"].iloc[0])
        ax.set_xlabel(unit_of(outcome), labelpad=2)

    split = set(found.split)
    panels = {name: title_of(name) + (" (signs differ)" if name in split else "") for name in found.outcomes}
    one = len(arms) == 1
    return Plan(
        title=f"Effect of {arms[0] if one else 'each arm'} instead of {against}", alt=_alt(tables, frame),
        reading=_reading(tables, found, against), frame=frame, table=table_of(tables, frame), draw=draw, panels=panels,
        lines={name: tables.accounts[name] or name for name in accounts}, first=accounts[0], share_x=False,
        height=max(0.75 + (0.1 + 0.105 * len(accounts)) * len(arms), 1.2), columns=2,
        least=0.35 + 0.19 * len(arms), accounts=accounts,
        arms=(*arms, against),
    )  # fmt: skip


def _row_label(figure: Figure, tables: FigureTables, arm: str, room: float, size: float, most: int) -> str:
    """Return name and title of an arm, its name alone where the title would be cut: cut titles may be all alike."""
    whole = wrap(figure, arm_label(tables, arm), room, size, 0, "normal")
    return whole if whole.count("\n") < most else wrap(figure, arm, room, size, most, "normal")


def _panel(ax: Axes, part: pd.DataFrame, pens: Pens, look: Look, arms: list[str], with_luck: bool) -> None:
    sign_line(ax)
    ax.margins(x=0.08)
    apart = 0.7 / max(len(pens), 1)
    for row in part.to_dict("records"):
        account = str(row["account"])
        place = arms.index(str(row["level"])) + apart * (list(pens).index(account) - (len(pens) - 1) / 2)
        draw_mark(ax, row, place, pens[account], account, look.sizes.mark, look.sizes.line, with_luck)
    ax.set_ylim(len(arms) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    for edge in range(1, len(arms)):
        ax.axhline(edge - 0.5, color="#d5d5d5", linewidth=0.5, zorder=0)
    ax.locator_params(axis="x", nbins=5)
    ax.spines["left"].set_visible(False)


def _alt(tables: FigureTables, frame: pd.DataFrame) -> str:
    parts = []
    for row in frame.to_dict("records"):
        unit = OUTCOMES[row["outcome"]].unit
        clear = "clear of 0" if row["side"] else "not clear of 0"
        told = f"{rounded(row['mean'], unit)} {unit}, {clear}" if row["n"] else "missing"
        account = tables.accounts[row["account"]] or row["account"]
        parts.append(f"{title_of(row['outcome'])}, {row['level']}, {account}: {told}")
    return f"Marks with intervals, one row an arm. {'; '.join(parts)}."


def table_of(tables: FigureTables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return differences for readers: columns in words."""
    names: dict[str, str] = {
        "mean": "difference", "low": "95 % from", "high": "to", "luck_low": "given the draws from", "luck_high": "to ",
        "same_sign": "share with the sign of the mean", "median": "median", "q10": "middle 80 % from", "q90": "to  ",
        "p_superior": "chance of lying above", "n": "pairs", "units": "independent units",
    }  # fmt: skip
    told = frame.assign(
        outcome=[title_of(name) for name in frame["outcome"]], unit=[unit_of(name) for name in frame["outcome"]],
        account=[tables.accounts.get(name) or name for name in frame["account"]],
    ).rename(columns={"level": "arm", "reference": "instead of", **names})  # fmt: skip
    shown = [name for name in names.values() if not told[name].isna().all()]
    return told[["outcome", "unit", "account", "arm", "instead of", *shown]]


def _reading(tables: FigureTables, found: Comparison, against: str) -> str:
    pairs = f"{found.pairs_text} pairs of runs"
    less = " (fewer where an outcome is missing in one, such as a margin without a vote)" if " to " in pairs else ""
    told = (
        f"Each mark: mean over {pairs}{less} of the arm minus {against}, same luck in both; {OPEN_MARK}; "
        f"line: {interval_words(found)}. Each panel has its own axis in the unit of its outcome. "
        f"{arms_in_words(tables, *_long(tables, found), against)}"
    )
    words = (meanings(found.outcomes), missing_words(found, tables.aliases), left_out(tables))
    return f"{told.rstrip()}\n{' '.join(part for part in words if part)}".rstrip()


def _long(tables: FigureTables, found: Comparison) -> list[str]:
    """Return the arms whose titles are so long that rows may carry their names alone."""
    from unicodedata import east_asian_width

    arms = [str(level) for level in found.contrast.levels]
    wide = {arm: sum(1 + (east_asian_width(sign) in "WF") for sign in arm_label(tables, arm)) for arm in arms}
    return [arm for arm in arms if wide[arm] > LONG]


FIGURE = FigureKind(
    name="contrast",
    title="Effect of each arm on the first four outcomes, all accounts",
    reading="an open mark: the interval holds zero; each panel has its own axis",
    draw=drawn_by(plan),
    plan=plan,
    heeds=("against", "arms", "outcomes"),
    place=2,
    needs=(TwoArms(), ShownOutcomes()),
)
