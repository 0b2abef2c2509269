"""`demarche validate`: the scorecard of history, with placebos and baselines beside the accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.learning import IntoOption
from demarche.cli.options import QuietFlag, WorkersOption
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console
from demarche.cli.say.scorecard import as_data, say_scorecard
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from demarche.analysis.scorecard.assemble import Judged, Plan
    from demarche.analysis.scorecard.jobs import Roles
    from demarche.engine.setup import Setup

DEFAULT = Path("experiments") / "quiet_or_vocal.yaml"


def validate(
    experiment: Annotated[
        Path | None,
        typer.Argument(help="Experiment file or results folder; the bundled one if left out.", metavar="EXPERIMENT"),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Another seed of luck.")] = None,
    replications: Annotated[
        int | None,
        typer.Option("--replications", "-n", min=20, help="Runs of an account and arm, a draw each; 104 if left out."),
    ] = None,
    baseline: Annotated[
        str, typer.Option("--baseline", help="Arm without levers; the reference of the scenario if left out.")
    ] = "",
    quiet_arm: Annotated[str, typer.Option("--quiet-arm", help="Arm with private representations only.")] = "quiet",
    accounts_only: Annotated[
        bool, typer.Option("--accounts-only", help="Leave out the placebos; nothing is then known to be free.")
    ] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Fit the scorecard on a screen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write the table as a page of its own.")] = None,
    figure: Annotated[Path | None, typer.Option("--figure", help="Draw the scorecard into this file.")] = None,
    restate: Annotated[
        Path | None,
        typer.Option("--restate", help="Make links neutral and halve base rates, one by one, and write what flips."),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="Say instead whether so many seeds give the same verdicts.")
    ] = 1,
    into: IntoOption = None,
    workers: WorkersOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Hold the output of each account against the record of its case, beside placebos and baselines."""
    from demarche.scenario.bundled import bundled_root

    path = experiment or bundled_root() / DEFAULT
    given = (path, seed, replications, (baseline, quiet_arm), workers)
    if restate is not None:
        study(*given, restate, quiet)
        return
    if seeds > 1:
        say_over_seeds(*given, seeds, into, quiet)
        return
    judged = judged_of(*given, accounts_only)
    if as_json:
        typer.echo(json.dumps(as_data(judged)))
    else:
        say_scorecard(console(), judged, brief or quiet)
    write(judged, html, figure)


def judged_of(
    path: Path, seed: int | None, replications: int | None, arms: tuple[str, str], workers: int | None, alone: bool
) -> Judged:
    """Return the scorecard of an experiment file, which is run, or of a results folder, which is read."""
    from demarche.analysis.scorecard.assemble import judge_setup, judge_tables
    from demarche.experiment.results.inputs import need_record_of
    from demarche.experiment.results.rerun import setup_of
    from demarche.experiment.results.store import open_results
    from demarche.history.tables import Tables

    if not path.is_dir():
        setup, first, reference = setup_from(path)
        roles = roles_of(setup.arms, arms[0] or reference, arms[1])
        return judge_setup(setup, roles, plan_of(first, seed, replications, workers, alone))
    results = open_results(path)
    need_record_of(results)
    reference = arms[0] or results.manifest.asked.reference
    roles = roles_of(results.manifest.arms, reference, arms[1], what="no run has the arm")
    tables = Tables(
        results.runs(), results.outcomes(), results.series(), results.events(), results.calendar(), results.start
    )
    setup = setup_of(results)
    first = int(results.runs()["seed"].iloc[0])
    learned = results.manifest.experiment.get("learned")
    return judge_tables(tables, setup, roles, plan_of(first, seed, replications, workers, alone), learned)


def setup_from(path: Path) -> tuple[Setup, int, str]:
    """Return what the scenario of an experiment compiles to, the experiment's seed, and the reference arm."""
    from demarche.history.record import need_record
    from demarche.scenario.load import compile_scenario

    read = read_experiment(path)
    need_record(read.scenario.cast)
    return compile_scenario(read.scenario), read.seed, read.scenario.asked.reference


def plan_of(first: int, seed: int | None, replications: int | None, workers: int | None, alone: bool) -> Plan:
    """Return how much is run."""
    import os

    from demarche.analysis.scorecard.assemble import REPLICATIONS, Plan

    cores = workers or min(2, os.cpu_count() or 1)
    return Plan(first if seed is None else seed, replications or REPLICATIONS, cores, alone)


def roles_of(known: Iterable[str], baseline: str, quiet: str, what: str = "the scenario has no arm") -> Roles:
    """Return the arms by role; refuse a baseline that is not there, go without a quiet arm."""
    from demarche.analysis.scorecard.jobs import Roles

    names = list(known)
    if baseline not in names:
        near = closest(baseline, names)
        raise DesignError([
            Problem("--baseline", f"{what} '{baseline}'", expected=", ".join(names), did_you_mean=near)
        ])  # fmt: skip
    return Roles(baseline, quiet if quiet in names else None)


def study(
    path: Path, seed: int | None, replications: int | None, arms: tuple[str, str], workers: int | None, out: Path,
    quiet: bool,
) -> None:  # fmt: skip
    """Run the study of single links and base rates and write it."""
    from demarche.analysis.scorecard.assemble import seeds, shortened
    from demarche.analysis.scorecard.restated import write_study

    setup, first, reference = setup_from(path)
    roles = roles_of(setup.arms, arms[0] or reference, arms[1])
    plan = plan_of(first, seed, replications, workers, True)
    n = write_study(
        shortened(setup, roles), roles, seeds(plan), out, lambda text: None if quiet else typer.echo(text), plan.workers
    )
    typer.echo(f"{n} patterns are restated by one number; written to {out}")


def say_over_seeds(
    path: Path, seed: int | None, replications: int | None, arms: tuple[str, str], workers: int | None, seeds: int,
    into: Path | None, quiet: bool,
) -> None:  # fmt: skip
    """Print, and write into a page, whether other seeds give the same verdicts."""
    from demarche.analysis.scorecard.over_seeds import COLUMNS, NOTE, over_seeds, rows, sentences
    from demarche.cli.learning import write_block
    from demarche.cli.say.calibration import say_rows
    from demarche.cli.say.console import plain

    if path.is_dir():
        raise DesignError([Problem("--seeds", "results have one seed", found=str(path), fix="name an experiment file")])
    setup, first, reference = setup_from(path)
    plan = plan_of(first, seed, replications, workers, False)
    roles = roles_of(setup.arms, arms[0] or reference, arms[1])
    found = over_seeds(setup, roles, plan, seeds, lambda line: None if quiet else typer.echo(line, err=True))
    if into is not None:
        command = f"demarche validate --seeds {seeds} --seed {plan.seed} --replications {plan.replications}"
        write_block(into, "validate seeds", command, sentences(found), [(COLUMNS, rows(found), NOTE)])
    shown = console()
    for line in sentences(found):
        shown.print(plain(line), soft_wrap=True)
    say_rows(shown, COLUMNS, rows(found), NOTE)


def write(judged: Judged, html: Path | None, figure: Path | None) -> None:
    """Write the page and the figure that were asked for."""
    from demarche.cli.writing import write_text
    from demarche.report.scorecard import scorecard_page

    if html is not None:
        write_text(html, scorecard_page(judged))
    if figure is not None:
        from demarche.figures.kinds.scorecard import draw_card

        draw_card(judged.card).savefig(figure)
