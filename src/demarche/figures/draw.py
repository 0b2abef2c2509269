"""`draw_all(folder, names)`: figures of a results folder as files, each with its caption and description as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem, check_known
from demarche.figures.figure import FigureKind, refuse_unheeded
from demarche.figures.find import Plain, figures_of_experiments
from demarche.figures.look import FORMATS, ON_PAPER, Look, styled
from demarche.figures.sheet import words_of
from demarche.figures.tables import FigureTables, read_tables
from demarche.figures.view import USUAL, View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from demarche.experiment.results.store import Results

FOLDER = "figures"
USUAL_FORMATS = ("png", "svg")


@dataclass(frozen=True)
class Wish:
    """What somebody wants drawn, and how; see `View` and `Look`.

    Parameters
    ----------
    view, look
        What is shown, and how it looks.
    formats
        Names of formats, see `FORMATS`; the words are written as text besides.
    """

    view: View = USUAL
    look: Look = ON_PAPER
    formats: Sequence[str] = USUAL_FORMATS


AS_USUAL = Wish()


def draw_all(
    results_dir: Path, figures: tuple[str, ...], out_dir: Path | None = None, known: Plain | None = None,
    wish: Wish = AS_USUAL,
) -> list[Path]:
    """Draw figures of a results folder and return the files written, in order.

    Parameters
    ----------
    results_dir
        A finished results folder.
    figures
        Names of figures.
    out_dir
        Where the files go; `figures/` of the results folder if None.
    known
        The figures that there are; those of the package if None.
    wish
        What they show and how they look.

    Raises
    ------
    DesignError
        If a name is unknown, or no figure goes by something that was chosen; or if a figure cannot be drawn from
        what was kept, and then figures that can be drawn are written first.
    StoreError
        If the folder is unfinished or damaged.
    """
    known = figures_of_experiments() if known is None else known
    names = tuple(dict.fromkeys(figures))
    check_known("figures", "figure", names, list(known))
    check_known("--format", "format", wish.formats, FORMATS)
    refuse_unheeded(wish.view, [known[name] for name in names], known.values())
    folder = Path(out_dir) if out_dir is not None else figures_folder(Path(results_dir))
    return files_of(names, draw_some(Path(results_dir), names, folder, known, wish))


Drawn = tuple[dict[str, list[Path]], list[Problem]]
"""Name of a figure -> the files written, and what stood in the way of others."""


def files_of(names: Sequence[str], *drawn: Drawn) -> list[Path]:
    """Return the files of figures in order.

    Raises
    ------
    DesignError
        If one of them could not be drawn.
    """
    problems = [problem for _, told in drawn for problem in told]
    if problems:
        raise DesignError(problems)
    files = {name: paths for found, _ in drawn for name, paths in found.items()}
    return [path for name in names for path in files[name]]


def draw_some(
    results_dir: Path, names: Sequence[str], folder: Path, known: Plain | None = None, wish: Wish = AS_USUAL
) -> Drawn:
    """Draw figures of a results folder, each as far as it can be; see `draw_all`.

    Raises
    ------
    StoreError
        If the folder is unfinished or damaged.
    """
    from demarche.experiment.results.store import open_results

    known = figures_of_experiments() if known is None else known
    chosen = {name: known[name] for name in names}
    tables = read_what_they_need(open_results(results_dir), chosen.values(), wish.view)
    written: dict[str, list[Path]] = {}
    problems: list[Problem] = []
    for name, kind in chosen.items():
        try:
            figure = kind(tables, wish.view, wish.look)
        except DesignError as error:
            problems += error.problems
            continue
        written[name] = save(figure, folder, name, wish.look, wish.formats)
    return written, problems


def figures_folder(root: Path) -> Path:
    """Return where the figures of a results folder lie.

    Raises
    ------
    StoreError
        If that is a link or a file.
    """
    from demarche.experiment.tables.inside import inside

    return inside(root, FOLDER, folder=True)


def save(
    figure: Figure, folder: Path, name: str, look: Look = ON_PAPER, formats: Sequence[str] = USUAL_FORMATS
) -> list[Path]:
    """Write a figure and its words as text; equal figures give equal files, and text stays text in SVG and PDF."""
    from demarche.experiment.tables.files import write_bytes

    title, caption, alt = words_of(figure)
    written = []
    for kind in dict.fromkeys(formats):
        written.append(folder / f"{name}.{kind}")
        write_bytes(written[-1], picture_of(figure, kind, look))
    written.append(folder / f"{name}.txt")
    write_bytes(written[-1], f"{title}\n{caption}\n\nIn words: {alt}\n".encode())
    return written


def picture_of(figure: Figure, kind: str, look: Look = ON_PAPER) -> bytes:
    """Return a figure in a format, with its title and description in it for those who cannot see it."""
    title, _, alt = words_of(figure)
    told: dict[str, dict[str, Any]] = {
        "png": {"Title": title, "Description": alt, "Software": "Demarche"},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None},
        "svg": {"Date": None},
    }
    made = BytesIO()
    with styled(look):
        figure.savefig(made, format=kind, dpi=figure.dpi, metadata=told[kind])
    return _with_words(made.getvalue(), title, alt) if kind == "svg" else made.getvalue()


def _with_words(svg: bytes, title: str, alt: str) -> bytes:
    """Return an SVG that a screen reader reads as one picture with a title and a description."""
    text = svg.decode()
    tag = re.search(r"<svg [^>]*>", text)
    if tag is None:
        return svg
    opening = f'{tag.group(0)[:-1]} role="img">\n <title>{escape(title)}</title>\n <desc>{escape(alt)}</desc>'
    return (text[: tag.start()] + opening + text[tag.end() :]).encode()


def read_what_they_need(results: Results, figures: Iterable[FigureKind[...]], view: View = USUAL) -> FigureTables:
    """Return the tables of results with the series and events of some figures, as far as they were kept."""
    there = [str(column["name"]) for column in results.manifest.columns["series"]]
    chosen, asked = list(figures), results.manifest.outcomes
    series = [name for figure in chosen for name in (*figure.series(there), *figure.wants(view, asked))]
    events = [kind for figure in chosen for kind in (*figure.events, *figure.more_events)]
    return read_tables(results, series, events)
