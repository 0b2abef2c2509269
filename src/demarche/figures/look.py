"""How a picture looks: style, size and whether it carries its caption; colours, markers and dashes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from demarche.errors import DesignError, Problem, check_known

INCHES = {"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1.0, "px": 1 / 96}
LEAST, MOST = 1.5, 48.0  # inches
FORMATS = ("png", "svg", "pdf")

FIRST_COLOUR = "#000000"
RECORD_COLOUR = "#B2182B"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F")
GREYS = ("#6e6e6e", "#3c3c3c", "#989898")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES: tuple[tuple[float, ...], ...] = (
    (), (5, 1.5), (1, 1.2), (5, 1.2, 1, 1.2), (3, 1, 1, 1, 1, 1), (8, 2, 2, 2),
)  # fmt: skip
FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "WenQuanYi Zen Hei",
         "PingFang SC", "Microsoft YaHei", "SimHei", "Arial Unicode MS")  # fmt: skip


@dataclass(frozen=True)
class Sizes:
    """Sizes of a style, in points; width of a picture, least width and height of a panel, in inches."""

    text: float
    tick: float
    title: float
    caption: float
    line: float
    mark: float
    width: float
    panel: tuple[float, float]
    whole: tuple[float, float] | None = None


PAPER = Sizes(8.5, 7.5, 11.0, 7.5, 1.3, 4.2, 7.5, (2.0, 1.95))
SMALL = Sizes(7.0, 6.5, 8.5, 6.5, 1.1, 3.6, 4.7, (1.7, 1.2))
SLIDE = Sizes(15.0, 13.5, 22.0, 13.5, 2.4, 8.0, 40 / 3, (4.0, 2.0), (40 / 3, 7.5))
STYLES = {"paper": PAPER, "slide": SLIDE, "grey": PAPER}
NARROW = 5.6  # inches, below which the type of a paper is smaller


@dataclass(frozen=True)
class Look:
    """How a picture looks.

    Parameters
    ----------
    style
        `paper`, `slide` (1280 x 720 pixels at 96 an inch, no type below 18 pixels) or `grey`.
    size
        Width and height in inches, without the caption; None for what the content needs.
    caption, title
        Whether caption and title stand in the picture; both are kept as text in any case.
    """

    style: str = "paper"
    size: tuple[float, float] | None = None
    caption: bool = True
    title: bool = True

    @property
    def sizes(self) -> Sizes:
        """Sizes of type, lines and panels."""
        found = STYLES[self.style]
        return SMALL if found is PAPER and self.size is not None and self.size[0] < NARROW else found

    @property
    def is_grey(self) -> bool:
        """Tell whether colours are left out."""
        return self.style == "grey"

    @property
    def of_record(self) -> str:
        """Colour of the record, and of what else must not be taken for an arm."""
        return FIRST_COLOUR if self.is_grey else RECORD_COLOUR

    @property
    def is_slide(self) -> bool:
        """Tell whether it is for a projector."""
        return self.style == "slide"


ON_PAPER = Look()


def look_of(style: str = "paper", size: str = "", caption: bool = True) -> Look:
    """Return a look from what a user says.

    Raises
    ------
    DesignError
        If the style is unknown or the size cannot be read.
    """
    check_known("--style", "style", [style], list(STYLES))
    return Look(style, read_size(size) if size else None, caption)


def read_size(text: str) -> tuple[float, float]:
    """Return width and height in inches.

    Raises
    ------
    DesignError
        If it is no size, or one that no page or screen has.

    Examples
    --------
    >>> read_size("12.7 x 7.62 cm"), read_size("960x480px")
    ((5.0, 3.0), (10.0, 5.0))
    """
    found = re.fullmatch(r"\s*([\d.]+)\s*[x×*]\s*([\d.]+)\s*(cm|mm|in|px)\s*", str(text).lower())
    expected = "width x height with cm, mm, in or px, such as 12x7cm"
    try:
        wide, high = (float(part) * INCHES[found.group(3)] for part in found.groups()[:2]) if found else (0.0, 0.0)
    except ValueError:
        wide = high = 0.0
    if not (LEAST <= wide <= MOST and LEAST <= high <= MOST):
        ends = f"each side {LEAST * 2.54:.1f} to {MOST * 2.54:.0f} cm"
        what = f"a size must have {ends}" if wide and high else "this is no size"
        raise DesignError([Problem("--size", what, found=str(text), expected=expected)])
    return round(wide, 6), round(high, 6)


@dataclass(frozen=True)
class Pen:
    """How one thing is drawn: it differs from others by colour, marker and dashes at once.

    Parameters
    ----------
    colour, marker, dashes
        Colour, Matplotlib marker, lengths of dashes and gaps (none for a solid line).
    width
        Width of the line in points.
    hollow
        Whether its marks are open, so that a second round of dashes is told from the first.
    """

    colour: str
    marker: str
    dashes: tuple[float, ...]
    width: float
    hollow: bool = False

    @property
    def face(self) -> str:
        """Colour within a mark."""
        return "#ffffff" if self.hollow else self.colour

    @property
    def linestyle(self) -> Any:
        """The dashes as Matplotlib wants them."""
        return (0, self.dashes) if self.dashes else "-"


def pens(names: Sequence[str], first: str, look: Look) -> dict[str, Pen]:
    """Return a pen for each name; `first` is black, solid and wide and comes first, so that others lie on it."""
    wide = look.sizes.line
    colours = GREYS if look.is_grey else COLOURS
    found = {first: Pen(FIRST_COLOUR, MARKERS[0], (), 1.5 * wide)} if first in names else {}
    for place, name in enumerate(name for name in names if name != first):
        turn = place + 1
        marker, dashes = MARKERS[turn % len(MARKERS)], DASHES[turn % len(DASHES)]
        found[name] = Pen(colours[place % len(colours)], marker, dashes, wide, turn >= len(DASHES))
    return found


def fonts() -> list[str]:
    """Return the fonts that are there of those wanted, so that titles in Chinese are drawn where one has them."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    return [name for name in FONTS if name in there] or ["DejaVu Sans"]


def theme(look: Look) -> dict[str, Any]:
    """Return the settings in which pictures are made and saved; `$` is a dollar, and text stays text."""
    import seaborn as sns

    size = look.sizes
    return {
        **sns.axes_style("ticks"),
        # Matplotlib falls back from one name to the next, not within a generic family
        "font.size": size.text, "font.family": [*fonts(), "sans-serif"],
        "axes.titlesize": size.text, "axes.labelsize": size.text, "axes.linewidth": 0.7 * size.line / 1.3,
        "axes.grid": True, "axes.axisbelow": True, "axes.spines.right": False, "axes.spines.top": False,
        "axes.unicode_minus": True, "grid.color": "#e4e4e4", "grid.linewidth": 0.6,
        "xtick.labelsize": size.tick, "ytick.labelsize": size.tick,
        "legend.fontsize": size.text, "legend.frameon": False, "lines.linewidth": size.line,
        "figure.autolayout": False, "figure.constrained_layout.use": False, "text.parse_math": False,
        "svg.hashsalt": "demarche", "svg.fonttype": "none", "pdf.fonttype": 42,
    }  # fmt: skip


@contextmanager
def styled(look: Look = ON_PAPER) -> Iterator[None]:
    """Hold the settings of `theme` and give back the ones before; a character that no font has is no error."""
    import warnings

    import matplotlib as mpl

    settings: Any = theme(look)
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing from.*")
        yield


def unsigned(value: float, unit: str) -> str:
    """Return the size of a number with the digits that its unit deserves; a dash for none.

    Examples
    --------
    >>> unsigned(123.42, "persons"), unsigned(float("nan"), "share")
    ('123.4', '–')
    """
    return rounded(abs(value), unit).lstrip("+")


def ends(low: float, high: float, unit: str) -> str:
    """Return the ends of an interval in words, without a plus; nothing is printed as a minus zero.

    Examples
    --------
    >>> ends(-1.84, -0.02, "persons"), ends(0.3, 2.8, "persons")
    ('−1.8 to 0.0', '0.3 to 2.8')
    """
    return " to ".join(rounded(value, unit).lstrip("+") for value in (low, high))


def rounded(value: float, unit: str) -> str:
    """Return a number as readers see it, with its sign and the digits that its unit deserves; a dash for none.

    Examples
    --------
    >>> rounded(4.12, "persons"), rounded(-0.0123, "share"), rounded(-0.01, "persons"), rounded(float("nan"), "share")
    ('+4.1', '−0.012', '0.0', '–')
    """
    from demarche.analysis.comparison.shown import digits_of

    if not math.isfinite(value):
        return "–"
    digits = digits_of(unit.partition(",")[0])
    text = f"{value:+.{digits}f}" if abs(value) >= 0.5 / 10**digits else f"{0.0:.{digits}f}"
    return text.replace("-", "−")
