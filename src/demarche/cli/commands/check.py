"""`demarche check`: files are read and judged, nothing is run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.reading import figures_before, read_experiment
from demarche.cli.say.casts import told_gaps
from demarche.cli.say.console import console, plain
from demarche.cli.say.experiment import describe_experiment, remarks_on, remarks_on_experiment
from demarche.cli.say.figures import left_out
from demarche.cli.say.numbers import count
from demarche.errors import DemarcheError, Problem, ScenarioError


def check(
    files: Annotated[list[Path], typer.Argument(help="Scenario, experiment or cast files.", metavar="FILE...")],
) -> None:
    """Check files without running anything; all problems of all files are told at once."""
    shown = console()
    problems: list[Problem] = []
    for path in files:
        try:
            what, *remarks = _check_file(path)
            shown.print(f"{plain(str(path))}: {plain(what)}: ok", soft_wrap=True)
            for remark in remarks:
                shown.print(f"  {plain(remark)}", soft_wrap=True)
        except DemarcheError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


def _check_file(path: Path) -> tuple[str, ...]:
    """Check one file and say what it is, then what a reader should know of it.

    Raises
    ------
    ScenarioError
        With every problem of the file.
    """
    from demarche.cast.cast import load_cast
    from demarche.history.record import load_record
    from demarche.reading.yaml_nodes import read_yaml
    from demarche.scenario.load import load_scenario

    keys = set(read_yaml(path).keys_at())
    if {"scenario", "replications", "draws"} & keys:
        experiment = read_experiment(path)
        remarks = (*remarks_on_experiment(experiment), *left_out(figures_before(experiment)))
        return f"experiment, {describe_experiment(experiment)}", *remarks
    if {"tables", "focal"} & keys:
        cast = load_cast(path)
        record = load_record(cast)
        sizes = (len(cast.state_codes), "state"), (len(cast.issues), "issue area"), (len(cast.events), "dated event")
        told = f"record with {count(len(record.patterns), 'pattern')}" if record else "no record of history"
        return f"cast, {', '.join(count(*size) for size in sizes)}, {told}", *told_gaps(cast)
    scenario = load_scenario(path)
    sizes = (len(scenario.arms), "arm"), (len(scenario.accounts), "account"), (scenario.period.n_steps, "month")
    added = len(scenario.catalogue.added)
    more = f", with {count(added, 'rule')} of its own" if added else ""
    return f"scenario, {', '.join(count(*size) for size in sizes)}{more}", *remarks_on(scenario)
