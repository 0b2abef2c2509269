"""What figures can rest on, and whether an experiment has it; which figures there are, a later layer knows and says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from demarche.engine.variables import EVENT_KINDS
from demarche.errors import Problem
from demarche.experiment.design.request import Request
from demarche.experiment.tables.columns import series_specs
from demarche.reading.names import check_names
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY
from demarche.scenario.load import compile_scenario


@dataclass(frozen=True)
class Supply:
    """What figures can rest on: what an experiment will keep, or what results hold.

    Parameters
    ----------
    arms, reference
        Names of the arms in order, and the one that others are compared with.
    outcomes
        Outcomes that the scenario asks for.
    series, events
        Names of monthly series and kinds of events; none if they are not kept.
    dates
        Function from an arm and kinds of dated events to their steps within the period.
    n_steps
        Months of the period.
    is_done
        Whether the runs are done.
    """

    arms: tuple[str, ...]
    reference: str
    outcomes: tuple[str, ...]
    series: frozenset[str]
    events: frozenset[str]
    dates: Callable[[str, Iterable[str]], Iterable[int]]
    n_steps: int
    is_done: bool = False


class Drawable(Protocol):
    """A figure, as far as an experiment must know it."""

    def problem(self, supply: Supply) -> Problem | None:
        """Return why it cannot be drawn, with a remedy; None if it can."""


Drawables = Mapping[str, Drawable]
"""Name of a figure that experiments may name -> the figure."""


def supply_of(request: Request) -> Supply:
    """Return what figures can rest on once an experiment is done."""
    setup, arms = compile_scenario(request.scenario), request.arms
    period = setup.period

    def dates(arm: str, kinds: Iterable[str]) -> list[int]:
        wanted = set(kinds)
        steps = {period.start.steps_to(e.month) for e in setup.arms[arm].calendar.events if e.kind in wanted}
        return sorted(step for step in steps if 0 <= step < period.n_steps)

    series = (spec.name for spec in series_specs(issue.code for issue in setup.cast.issues))
    return Supply(
        arms=arms,
        reference=request.scenario.asked.among(arms).reference,
        outcomes=request.scenario.outcomes,
        series=frozenset(series if request.record.series else ()),
        events=kinds_kept(request.record.events),
        dates=dates,
        n_steps=period.n_steps,
    )


def kinds_kept(events: bool) -> frozenset[str]:
    """Return the kinds of events that a batch keeps; bulky ones are recorded on request only."""
    return frozenset(kind.kind for kind in EVENT_KINDS if events and not kind.bulk)


def check_figure_names(report: Report, figures: Drawables) -> None:
    """Refuse names that no figure has."""
    check_names(report, "figure", report.document.select("figures", ANY), figures)


def check_figures(report: Report, request: Request, figures: Drawables) -> None:
    """Refuse figures that cannot be drawn from what the experiment will keep."""
    supply = supply_of(request)
    for path, name in report.document.select("figures", ANY):
        if problem := figures[str(name)].problem(supply):
            report.add(path, problem.what, found=name, expected=problem.expected, fix=problem.fix)
