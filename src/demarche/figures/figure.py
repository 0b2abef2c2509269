"""The contract of a figure: its name, what it needs, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, Protocol

from demarche.errors import DesignError, Problem
from demarche.figures.needs import Lack, Need, not_kept

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from demarche.experiment.design.figures import Supply
    from demarche.figures.look import Look
    from demarche.figures.plan import Plan
    from demarche.figures.tables import FigureTables
    from demarche.figures.view import View

P = ParamSpec("P")
Names = tuple[str, ...]
ChooseSeries = Callable[[Collection[str]], Names]


def always(*names: str) -> ChooseSeries:
    """Return a choice of series that is the same whatever there is."""

    def choose(there: Collection[str]) -> Names:
        return names

    return choose


NO_SERIES = always()
Wants = Callable[["View", Names], Names]


def nothing_more(view: View, outcomes: Names) -> Names:
    """Return no series."""
    return ()


OPTIONS = {"outcomes": "--outcome", "arms": "--arm", "against": "--against", "date": "--date", "run": "--run"}
"""Choice of a view that some figures pass over -> its option on the command line."""


class Planner(Protocol):
    """How a picture is planned: from tables and what is to be shown."""

    def __call__(self, tables: FigureTables, view: View, /) -> Plan:
        """Return the plan."""


class Drawer(Protocol):
    """How a figure is drawn from tables alone."""

    def __call__(self, tables: FigureTables, view: View = ..., look: Look = ...) -> Figure:
        """Return the figure."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FigureKind(Generic[P]):
    """One figure.

    Parameters
    ----------
    name
        Name in files, and in the list `figures` of an experiment; also that of its module.
    title, reading
        What it shows, and how it is read, for lists.
    draw
        Function from tables, and from what an analysis found, to a Matplotlib figure; it may rely on
        `series`, `events` and `needs`.
    series
        Function from the names of series that there are to the names of those it cannot do without.
    events, more_events
        Kinds of events that it cannot do without, and those that it draws where they are kept.
    needs
        What it cannot do without besides.
    wants
        Function from a view and the outcomes that the scenario asks for to the series that this view draws besides.
    heeds
        Which choices of a view it goes by, of those that some figures pass over: `against`, `arms`, `date`,
        `outcomes`, `run`.
    plan
        How it is planned, None for figures that are drawn otherwise.
    place
        Its place among the figures of a report, from 1; 0 if it is not one of them.
    on_request
        Whether it is drawn only if somebody asks for it, since it repeats runs.
    command
        Command whose analysis it draws; empty if it is drawn from tables alone, so that an experiment may name it.
    """

    name: str
    title: str
    reading: str
    draw: Callable[Concatenate[FigureTables, P], Figure]
    series: ChooseSeries = NO_SERIES
    events: Names = ()
    more_events: Names = ()
    needs: tuple[Need, ...] = ()
    wants: Wants = nothing_more
    heeds: Names = ()
    plan: Planner | None = None
    place: int = 0
    on_request: bool = False
    command: str = ""

    def __call__(self, tables: FigureTables, *given: P.args, **more: P.kwargs) -> Figure:
        """Return the figure.

        Raises
        ------
        DesignError
            If the tables lack what it needs.
        """
        if problem := self.problem(tables.supply):
            raise DesignError([problem])
        return self.draw(tables, *given, **more)

    @property
    def needs_in_words(self) -> tuple[str, ...]:
        """What it needs, for lists: series if only the preferred ones are there, events, and the rest."""
        tables = {"monthly series": self.series(()), "events": self.events, "events, where kept,": self.more_events}
        told = [f"{what} {', '.join(f'`{name}`' for name in names)}" for what, names in tables.items() if names]
        return *told, *(need.words for need in self.needs)

    def problem(self, supply: Supply) -> Problem | None:
        """Return why it cannot be drawn, with a remedy; None if it can."""
        lacks = self.lacks(supply)
        if not lacks:
            return None
        what = f"the figure '{self.name}' {' and '.join(lack.what for lack in lacks)}"
        expected = "; ".join(lack.expected for lack in lacks if lack.expected)
        fix = f"{' and '.join(lack.fix for lack in lacks)}, or leave this figure out"
        return Problem("figures", what, expected=expected, fix=fix)

    def lacks(self, supply: Supply) -> tuple[Lack, ...]:
        """Return what it needs and is not supplied with."""
        series = tuple(name for name in self.series(supply.series) if name not in supply.series)
        events = tuple(kind for kind in self.events if kind not in supply.events)
        found = [not_kept("monthly series", "series", series, supply), not_kept("events", "events", events, supply)]
        found += [need.lack(supply) for need in self.needs]
        return tuple(lack for lack in found if lack is not None)


def refuse_unheeded(view: View, figures: Iterable[FigureKind[...]], known: Iterable[FigureKind[...]]) -> None:
    """Refuse what was chosen where none of some figures goes by it.

    Raises
    ------
    DesignError
        Naming each choice, and the figures of those that are known that go by it.
    """
    drawn = list(figures)
    names = ", ".join(f"'{figure.name}'" for figure in drawn)
    what = f"the figure {names} passes it over" if len(drawn) == 1 else f"the figures {names} all pass it over"
    problems = []
    for choice in view.chosen:
        if choice in OPTIONS and not any(choice in figure.heeds for figure in drawn):
            others = ", ".join(figure.name for figure in known if choice in figure.heeds)
            found = getattr(view, choice)
            told = ", ".join(found) if isinstance(found, tuple) else str(found)
            problems.append(
                Problem(OPTIONS[choice], what, told, fix=f"leave it out, or draw one that goes by it: {others}")
            )
    if problems:
        raise DesignError(problems)
