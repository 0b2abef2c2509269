"""Find the figures: the `FIGURE` of every module of `demarche.figures.kinds`; choose those that can be drawn."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem
from demarche.figures import kinds
from demarche.figures.figure import FigureKind

if TYPE_CHECKING:
    from demarche.experiment.design.figures import Supply

Figures = Mapping[str, FigureKind[...]]
Plain = Mapping[str, FigureKind[...]]


@cache
def find_figures(folder: ModuleType = kinds) -> Figures:
    """Return every figure of a folder by name, sorted.

    Raises
    ------
    DesignError
        If a module declares no figure of its own name.
    """
    found: dict[str, FigureKind[...]] = {}
    for name in sorted(info.name for info in pkgutil.iter_modules(folder.__path__)):
        module = f"{folder.__name__}.{name}"
        figure: Any = getattr(importlib.import_module(module), "FIGURE", None)
        if not isinstance(figure, FigureKind) or figure.name != name:
            what = f"the module must declare FIGURE, a figure that is called '{name}'"
            raise DesignError([Problem(module, what, fix="see the other modules of its folder")])
        found[name] = figure
    return found


def figures_of_experiments(folder: ModuleType = kinds) -> Plain:
    """Return the figures that are drawn from tables alone, so that an experiment may name them."""
    return {name: figure for name, figure in find_figures(folder).items() if not figure.command}


@dataclass(frozen=True)
class Choice:
    """Which figures are drawn, and why others are not.

    Parameters
    ----------
    names
        Names of figures, in order.
    left_out
        Name -> what it lacks, in words.
    """

    names: tuple[str, ...]
    left_out: Mapping[str, str]


def choose(asked: Iterable[str] | None, supply: Supply, known: Plain) -> Choice:
    """Return the figures that somebody asked for; those that there is enough for if nobody said which."""
    if asked is not None:
        return Choice(tuple(dict.fromkeys(asked)), {})
    known = {name: figure for name, figure in known.items() if not figure.on_request}
    lacks = {name: figure.lacks(supply) for name, figure in known.items()}
    left_out = {name: " and ".join(lack.what for lack in found) for name, found in lacks.items() if found}
    return Choice(tuple(name for name in known if name not in left_out), left_out)
