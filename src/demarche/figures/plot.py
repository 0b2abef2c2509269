"""`plot(results, kind, ...)`: the axes of a figure, for Python; `tidy` gives the table that it is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, as_names, check_known
from demarche.figures.draw import read_what_they_need
from demarche.figures.figure import refuse_unheeded
from demarche.figures.find import figures_of_experiments
from demarche.figures.look import look_of
from demarche.figures.planned import draw_planned
from demarche.figures.view import View

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from demarche.experiment.results.store import Results
    from demarche.figures.plan import Plan
    from demarche.figures.tables import FigureTables


def plot(
    results: Results, kind: str, *, outcomes: str | Sequence[str] = (), accounts: str | Sequence[str] = (),
    arms: str | Sequence[str] = (), against: str = "", date: str = "", run: int = 0, style: str = "paper",
    size: str = "", caption: bool = True,
) -> list[Axes]:  # fmt: skip
    """Return the Matplotlib axes of a figure, one a panel; `axes[0].figure` is the figure.

    Parameters
    ----------
    results
        An opened results folder.
    kind
        Kind of figure, see `docs/reference/figures.md`.
    outcomes, accounts, arms, against, date, run
        What is shown, one name or several; see `View`.
    style, size, caption
        How it looks; see `Look`. The size is text such as `12x7cm`.

    Raises
    ------
    DesignError
        If a name is unknown, the figure passes over what was chosen, or cannot be drawn from what was kept.
    """
    view = View(as_names(outcomes), as_names(accounts), as_names(arms), against, date, run)
    tables, plan = _planned(results, kind, view)
    figure = draw_planned(tables, plan, look_of(style, size, caption))
    return [ax for ax in figure.axes if ax.get_visible()]


def tidy(
    results: Results, kind: str, *, outcomes: str | Sequence[str] = (), accounts: str | Sequence[str] = (),
    arms: str | Sequence[str] = (), against: str = "", date: str = "", run: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Return the tidy table that a figure is drawn from; the column `panel` says where a row stands.

    Parameters
    ----------
    results, kind, outcomes, accounts, arms, against, date, run
        As for `plot`.

    Raises
    ------
    DesignError
        If a name is unknown, the figure passes over what was chosen, or cannot be drawn from what was kept.
    """
    view = View(as_names(outcomes), as_names(accounts), as_names(arms), against, date, run)
    return _planned(results, kind, view)[1].frame


def _planned(results: Results, kind: str, view: View) -> tuple[FigureTables, Plan]:
    known = figures_of_experiments()
    check_known("kind", "figure", [kind], list(known))
    figure = known[kind]
    refuse_unheeded(view, [figure], known.values())
    tables = read_what_they_need(results, [figure], view)
    if problem := figure.problem(tables.supply):
        raise DesignError([problem])
    if figure.plan is None:
        raise DesignError([Problem("kind", f"the figure '{kind}' has no plan, and is drawn by draw_all alone")])
    return tables, figure.plan(tables, view)
