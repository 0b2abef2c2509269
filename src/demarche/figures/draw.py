"""`draw_all(folder, names)`: figures of a results folder as PNG and SVG, each with its caption as text."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, check_known
from demarche.figures.common import DPI, styled
from demarche.figures.figure import FigureKind
from demarche.figures.find import Plain, figures_of_experiments
from demarche.figures.tables import FigureTables, read_tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from demarche.experiment.results.store import Results

FOLDER = "figures"


def draw_all(
    results_dir: Path, figures: tuple[str, ...], out_dir: Path | None = None, known: Plain | None = None
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

    Raises
    ------
    DesignError
        If a name is unknown, or a figure cannot be drawn from what was kept; figures that can be
        drawn are written first.
    StoreError
        If the folder is unfinished or damaged.
    """
    from demarche.experiment.results.store import open_results

    known = figures_of_experiments() if known is None else known
    names = tuple(dict.fromkeys(figures))
    check_known("figures", "figure", names, list(known))
    chosen = {name: known[name] for name in names}
    tables = read_what_they_need(open_results(results_dir), chosen.values())
    folder = Path(out_dir) if out_dir is not None else Path(results_dir) / FOLDER
    written: list[Path] = []
    problems: list[Problem] = []
    for name, kind in chosen.items():
        try:
            figure = kind(tables)
        except DesignError as error:
            problems += error.problems
            continue
        written += save(figure, folder, name)
    if problems:
        raise DesignError(problems)
    return written


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write a figure as PNG (150 dots an inch) and SVG, and its caption as text; equal figures give equal files."""
    from demarche.experiment.tables.files import write_bytes

    picture, drawing = BytesIO(), BytesIO()
    with styled():
        figure.savefig(picture, format="png", dpi=DPI)
        figure.savefig(drawing, format="svg", metadata={"Date": None})
    content = {"png": picture.getvalue(), "svg": drawing.getvalue(), "txt": f"{figure.get_label()}\n".encode()}
    for kind, part in content.items():
        write_bytes(folder / f"{name}.{kind}", part)
    return [folder / f"{name}.{kind}" for kind in content]


def read_what_they_need(results: Results, figures: Iterable[FigureKind[...]]) -> FigureTables:
    """Return the tables of results with the series and events of some figures, as far as they were kept."""
    there = [str(column["name"]) for column in results.manifest.columns["series"]]
    chosen = list(figures)
    series = [name for figure in chosen for name in figure.series(there)]
    events = [kind for figure in chosen for kind in (*figure.events, *figure.more_events)]
    return read_tables(results, series, events)
