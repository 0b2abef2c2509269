"""`draw_all(folder, names)`: figures of a results folder as PNG and SVG, each with its caption as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, closest
from demarche.figures.common import DPI, styled
from demarche.figures.kinds import contrast, packs, paths, releases, votes
from demarche.figures.tables import FigureTables, read_tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from demarche.experiment.results.store import Results

FIGURES: dict[str, Callable[[FigureTables], Figure]] = {
    paths.NAME: paths.draw,
    contrast.NAME: contrast.draw,
    releases.NAME: releases.draw,
    votes.NAME: votes.draw,
    packs.NAME: packs.draw,
}
FOLDER = "figures"


def draw_all(results_dir: Path, figures: tuple[str, ...], out_dir: Path | None = None) -> list[Path]:
    """Draw figures of a results folder and return the files written, in order.

    Parameters
    ----------
    results_dir
        A finished results folder.
    figures
        Names of figures.
    out_dir
        Where the files go; `figures/` of the results folder if None.

    Raises
    ------
    DesignError
        If a name is unknown, or a figure cannot be drawn from what was kept; figures that can be
        drawn are written first.
    StoreError
        If the folder is unfinished or damaged.
    """
    from demarche.experiment.results.store import open_results

    names = tuple(dict.fromkeys(figures))
    _check_names(names)
    results = open_results(results_dir)
    tables = read_tables(results, wanted_series(results, names), wanted_events(names))
    folder = Path(out_dir) if out_dir is not None else Path(results_dir) / FOLDER
    written: list[Path] = []
    problems: list[Problem] = []
    for name in names:
        try:
            figure = FIGURES[name](tables)
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


def wanted_series(results: Results, names: Iterable[str]) -> list[str]:
    """Return the series that some figures need, of those the results hold."""
    columns = [str(column["name"]) for column in results.manifest.columns.get("series", [])]
    wanted: list[str] = []
    if paths.NAME in names:
        issues = paths.choose_issues(columns)
        wanted += [prefix + issue for issue in issues for prefix in (paths.PRACTICE, paths.COMMITMENT)]
    wanted += releases.VARIABLES if releases.NAME in names else ()
    wanted += votes.SERIES if votes.NAME in names else ()
    return wanted


def wanted_events(names: Iterable[str]) -> list[str]:
    """Return the kinds of events that some figures need."""
    return [votes.VOTE_KIND] if votes.NAME in names else []


def _check_names(names: tuple[str, ...]) -> None:
    known = ", ".join(FIGURES)
    problems = [
        Problem("figures", f"no figure is called '{name}'", expected=known, did_you_mean=closest(name, FIGURES))
        for name in names
        if name not in FIGURES
    ]
    if problems:
        raise DesignError(problems)
