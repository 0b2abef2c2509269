"""How the size of an experiment is said, and what is remarked on its scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.cli.say.numbers import count

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.scenario.content import Scenario


def describe_experiment(experiment: Experiment) -> str:
    """Return the size of an experiment in words."""
    from demarche.experiment.design.layout import method_of

    parts = [count(len(experiment.arms), "arm"), count(len(experiment.accounts), "account")]
    point, run = method_of(experiment).places
    parts += [count(experiment.points, point)] if experiment.points > 1 else []
    parts += [count(experiment.replications, run)]
    return f"{' x '.join(parts)} = {count(experiment.n_runs, 'run')}"


def remarks_on(scenario: Scenario) -> tuple[str, ...]:
    """Return what a reader should know of a scenario before it runs."""
    return tuple(f"Remark: {remark}" for remark in scenario.remarks)
