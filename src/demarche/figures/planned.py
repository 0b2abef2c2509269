"""How a figure with a plan is drawn: the plan of its tables, with the caption that all figures have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.figures.common import caption, source_line
from demarche.figures.figure import Drawer, Planner
from demarche.figures.look import ON_PAPER, Look
from demarche.figures.sheet import draw_plan
from demarche.figures.tables import FigureTables
from demarche.figures.view import USUAL, View, only

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from demarche.figures.plan import Plan


def drawn_by(plan: Planner) -> Drawer:
    """Return the function that draws what a planner plans."""

    def draw(tables: FigureTables, view: View = USUAL, look: Look = ON_PAPER) -> Figure:
        return draw_planned(tables, plan(tables, view), look)

    return draw


def draw_planned(tables: FigureTables, plan: Plan, look: Look) -> Figure:
    """Return the figure of a plan with the caption of its tables."""
    shown = only(tables, plan.accounts or tuple(tables.accounts), plan.arms or tuple(tables.arms))
    return draw_plan(plan, caption(shown, plan.reading), source_line(shown), look)
