"""How the size of an experiment is said, and what is remarked on its scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from demarche.cli.say.numbers import count

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.scenario.content import Scenario

Said = tuple[str, ...]


def describe_experiment(experiment: Experiment) -> str:
    """Return the size of an experiment in words."""
    from demarche.experiment.design.layout import method_of
    from demarche.experiment.design.parameters_from import BRIEF, MEDIANS

    parts = [count(len(experiment.arms), "arm"), count(len(experiment.accounts), "account")]
    point, run = method_of(experiment).places
    parts += [count(experiment.points, point)] if experiment.points > 1 else []
    parts += [count(experiment.replications, run)]
    learned = getattr(experiment.options, "learned", {})
    of = f", drawn of what the record to {max(one.until for one in learned.values())} left" if learned else ""
    of = of or ("" if experiment.has_draws else f", {BRIEF[MEDIANS]}")
    return f"{' x '.join(parts)} = {count(experiment.n_runs, 'run')}{of}"


def remarks_on(scenario: Scenario, arms: Sequence[str] = (), drawn: bool = False, swept: Sequence[str] = ()) -> Said:
    """Return what a reader should know of a scenario before it runs: bundles, remarks, levers without reach.

    Parameters
    ----------
    scenario
        The scenario.
    arms
        Arms that run, all if empty.
    drawn
        Links are drawn from their priors, and not taken at their medians.
    swept
        Paths that vary, some of levers.
    """
    from demarche.scenario.bundles import told_bundles
    from demarche.scenario.reach import told_reach

    named = tuple(arms) or tuple(scenario.arms)
    remarks = (*map(str, scenario.remarks), *told_reach(scenario, named, drawn, swept))
    return *told_bundles(scenario, named), *(f"Remark: {remark}" for remark in remarks)


def remarks_on_experiment(experiment: Experiment) -> Said:
    """Return what a reader should know of an experiment before it runs."""
    swept = (*experiment.vary, *getattr(experiment.options, "draw_levers", {}))
    return remarks_on(experiment.scenario, experiment.arms, experiment.has_draws, swept)
