"""What all figures share: style, colours that survive grey print, labels with unit and n, captions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.variables import OUTCOMES
from demarche.figures.sheet import DPI
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ASSUMED = (
    "Effects follow from the rules of the named accounts; parameters are assumptions unless a source is given "
    "(demarche rules show ID)."
)
FIRST_COLOUR = "#000000"
OTHER_COLOURS = ("#5E3C99", "#A6611A", "#7F7F7F")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#7F7F7F")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES: tuple[Any, ...] = (
    "-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (5, 1.2, 1, 1.2)), (0, (3, 1, 1, 1, 1, 1)), (0, (8, 2)),
)  # fmt: skip
BAND = (10.0, 90.0)
GREY = "#6b6b6b"
CAPTION_SIZE = 7.5
CHARACTERS_AN_INCH = 17.5  # of the caption's size
LEGEND_INCHES = (0.75, 0.063)  # of a handle and of a character
MOST_MEANINGS = 6
MOST_IN_TEXT = 40  # characters of the title of an account
MOST_YEAR_TICKS = 6
TITLE_CHARACTERS_AN_INCH = 9.0


@dataclass(frozen=True)
class Style:
    """How one arm, account or kind of event is drawn: differs by colour, marker and dashes at once."""

    colour: str
    marker: str
    dashes: Any
    width: float = 1.3


def styles(names: Sequence[str], first: str) -> dict[str, Style]:
    """Return a style for each name; `first` is black, solid and wide and comes first, so that others lie on it."""
    others = [name for name in names if name != first]
    found = {first: Style(FIRST_COLOUR, MARKERS[0], DASHES[0], 2.0)}
    for position, name in enumerate(others):
        found[name] = Style(
            COLOURS[position % len(COLOURS)],
            MARKERS[(position + 1) % len(MARKERS)],
            DASHES[(position + 1) % len(DASHES)],
        )
    return found


def other_styles(names: Sequence[str]) -> dict[str, Style]:
    """Return styles of up to three kinds of things that must not be taken for arms."""
    return {
        name: Style(colour, marker, dashes)
        for name, colour, marker, dashes in zip(names, OTHER_COLOURS, MARKERS[3:], DASHES, strict=False)
    }




def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, in inches, that pyplot does not know of and that nobody needs to close."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=(width, height), dpi=DPI, layout=ConstrainedLayoutEngine(w_pad=0.07, h_pad=0.04))
    FigureCanvasAgg(figure)
    return figure


def finish(figure: Figure, title: str, caption: str, handles: Sequence[Any], columns: int) -> Figure:
    """Add title, legend and caption, lay the figure out once and return it; its label holds the text unwrapped."""
    wide, _ = figure.get_size_inches()
    figure.set_label(f"{title}\n{caption}")
    paragraphs = [textwrap.fill(line, int(wide * CHARACTERS_AN_INCH)) for line in caption.split("\n")]
    text = "\n".join(paragraphs)
    figure.supxlabel(text, x=0.008, ha="left", fontsize=CAPTION_SIZE, color="#333333", linespacing=1.35)
    named = [one for one in handles if not str(one.get_label()).startswith("_")]  # a leading underscore hides a name
    figure.legend(
        handles=named, loc="outside upper left", ncols=_columns(named, columns, wide), handlelength=3.2,
        borderaxespad=0.6,
        title=textwrap.fill(title, int(wide * TITLE_CHARACTERS_AN_INCH)), alignment="left",
        title_fontproperties={"size": 11.5, "weight": "bold"},
    )  # fmt: skip
    figure.align_ylabels()
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    figure.set_layout_engine(None)
    return figure


def _columns(handles: Sequence[Any], most: int, width: float) -> int:
    """Return how many columns of a legend fit into a width in inches, at most so many and at least one."""
    lengths = [len(str(handle.get_label())) for handle in handles]
    for columns in range(most, 1, -1):
        parts = [part for part in np.array_split(lengths, columns) if len(part)]
        if sum(LEGEND_INCHES[0] + LEGEND_INCHES[1] * int(part.max()) for part in parts) <= width:
            return columns
    return 1


def caption(tables: FigureTables, reading: str, accounts: Sequence[str] = ()) -> str:
    """Return the caption: how to read the figure, number of runs, period, scenario, seed, what effects rest on."""
    return f"{reading}\n{source_line(tables, accounts)}\n{ASSUMED}"


def source_line(tables: FigureTables, accounts: Sequence[str] = ()) -> str:
    """Return where the numbers of a figure come from, in one line."""
    named = accounts or list(tables.accounts)
    period = f"{tables.start} to {tables.start.plus(tables.n_steps - 1)}"
    if tables.projected_from is not None:
        period += f" (after {tables.known_until}, where the data end, a projection; shaded over time)"
    told = f"{'account' if len(named) == 1 else 'accounts'} {list_words([account_name(tables, one) for one in named])}"
    held = "".join(f" {words}" for words in (tables.batch.parameters_in_words, tables.quick) if words)
    return f"Scenario: {tables.title}, {period}; seed {tables.seed}; {runs_text(tables)}; {told}.{held}"


def account_name(tables: FigureTables, account: str) -> str:
    """Return what a reader sees for an account in running text: its title, or its name if the title is long."""
    title = tables.accounts.get(account, "")
    return title if 0 < len(title) <= MOST_IN_TEXT else account


def runs_text(tables: FigureTables) -> str:
    """Return the number of runs in words, in all and of each arm and account."""
    each = span_text(len(tables.run_numbers(arm, account)) for arm in tables.arms for account in tables.accounts)
    return f"{tables.n_runs:,} runs, {each} of each arm and account"


def account_title(tables: FigureTables, account: str) -> str:
    """Return the title of an account, its name in files and the number of its runs in each arm."""
    title = tables.accounts.get(account, "")
    n = span_text(len(tables.run_numbers(arm, account)) for arm in tables.arms)
    return f"{title or account}\n{account}, n = {n} an arm"


def span_text(numbers: Iterable[int]) -> str:
    """Return the smallest and the largest of some counts, or the one that all are.

    Examples
    --------
    >>> span_text([30, 28, 30]), span_text([30, 30])
    ('28 to 30', '30')
    """
    found = sorted(numbers)
    if not found:
        return "0"
    return f"{found[0]:,}" if found[0] == found[-1] else f"{found[0]:,} to {found[-1]:,}"


def arm_label(tables: FigureTables, arm: str) -> str:
    """Return the name of an arm with its title."""
    title = tables.arms.get(arm, "")
    return f"{arm}: {title}" if title and title != arm else arm


def arms_in_words(tables: FigureTables, *arms: str) -> str:
    """Return a sentence on what some arms are, empty if none has a title."""
    told = [arm_label(tables, arm) for arm in arms if arm_label(tables, arm) != arm]
    return f"{'; '.join(told)}." if told else ""


def meanings(outcomes: Sequence[str]) -> str:
    """Return the meaning and unit of each outcome in one sentence, or where they stand if they are many."""
    if len(outcomes) > MOST_MEANINGS:
        return "What each outcome measures stands in the dictionary of columns of the results."
    told = (f"{title_of(o)}: {OUTCOMES[o].meaning}, {OUTCOMES[o].unit} ({o})" for o in outcomes if o in OUTCOMES)
    return f"{'; '.join(told)}."


def year_axis(ax: Axes, tables: FigureTables, label: bool = True) -> None:
    """Lay whole years on the horizontal axis, the first year of the period among the ticks."""
    first = tables.start.year
    last = tables.start.plus(tables.n_steps - 1).year
    every = max(-(-(last - first) // (MOST_YEAR_TICKS - 1)), 1)
    ticks = np.arange(first, last + 1, every)
    ax.set_xticks(ticks, [str(year) for year in ticks])
    ax.set_xlim(first, last + 1)
    if label:
        ax.set_xlabel("year")


def quantiles(values: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return lower end of the 80 % band, median and upper end over the first axis."""
    low, middle, high = np.percentile(values, [BAND[0], 50.0, BAND[1]], axis=0)
    return low, middle, high


def sign_line(ax: Axes, vertical: bool = True) -> None:
    """Draw the line of no difference."""
    draw = ax.axvline if vertical else ax.axhline
    draw(0.0, color="#333333", linewidth=0.9, zorder=1)


def list_words(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    Examples
    --------
    >>> list_words(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))
