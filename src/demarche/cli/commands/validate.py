"""`demarche validate`: the verdict of history on each account."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import QuietFlag, WorkersOption
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console, plain, table
from demarche.cli.say.numbers import measured
from demarche.cli.say.progress import show_progress
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.results.store import Results
    from demarche.history.patterns.verdict import Band, Verdict

DEFAULT = Path("experiments") / "quiet_or_vocal.yaml"


def validate(
    experiment: Annotated[
        Path | None,
        typer.Argument(help="Experiment file or results folder; the bundled one if left out.", metavar="EXPERIMENT"),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Another seed of luck.")] = None,
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", min=1, help="Runs of each arm and pack.")
    ] = None,
    baseline: Annotated[
        str, typer.Option("--baseline", help="Arm without levers; the reference of the scenario if left out.")
    ] = "",
    quiet_arm: Annotated[str, typer.Option("--quiet-arm", help="Arm with private representations only.")] = "quiet",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Keep the runs in this results folder.")] = None,
    workers: WorkersOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with code 1 unless one pack passes every gate.")
    ] = False,
    quiet: QuietFlag = False,
) -> None:
    """Compare simulated history with the record of the case: its gate patterns, pack by pack."""
    from demarche.experiment.results.inputs import need_record_of
    from demarche.experiment.results.store import open_results
    from demarche.experiment.run.runner import run_experiment
    from demarche.history.record import need_record
    from demarche.scenario.bundled import bundled_root

    path = experiment or bundled_root() / DEFAULT
    if path.is_dir():
        results = open_results(path)
        bands = need_record_of(results).patterns
        verdicts = judge(results, bands, baseline, quiet_arm)
    else:
        read = read_experiment(path)
        bands = need_record(read.scenario.cast).patterns
        read = narrowed(read, seed, replications, baseline, quiet_arm)
        with tempfile.TemporaryDirectory(prefix="demarche-") as folder:
            with show_progress(quiet) as progress:
                report = run_experiment(read, out or Path(folder) / "results", workers=workers, progress=progress)
            verdicts = judge(open_results(report.path), bands, baseline, quiet_arm)
    shown = console()
    for title, listed in verdicts.items():
        print_verdicts(shown, title, listed, bands, quiet)
    if strict and not any(all(one.verdict == "pass" for one in listed) for listed in verdicts.values()):
        typer.echo("No pack passes every gate.", err=True)
        raise typer.Exit(1)


def narrowed(
    experiment: Experiment, seed: int | None, replications: int | None, baseline: str, quiet_arm: str
) -> Experiment:
    """Return the experiment with the two arms that the gates need, without points, and what the options say."""
    arms = experiment.scenario.arms
    baseline = baseline or experiment.scenario.asked.reference
    if baseline not in arms:
        raise DesignError([
            Problem("--baseline", f"the scenario has no arm '{baseline}'", expected=", ".join(arms),
                    did_you_mean=closest(baseline, arms))
        ])  # fmt: skip
    return dataclasses.replace(
        experiment.without_points(),
        arms=tuple(arm for arm in (baseline, quiet_arm) if arm in arms),
        seed=experiment.seed if seed is None else seed,
        replications=replications or experiment.replications,
        record=dataclasses.replace(experiment.record, series=True, events=True),
    )


def judge(results: Results, bands: Mapping[str, Band], baseline: str, quiet_arm: str) -> dict[str, list[Verdict]]:
    """Return the verdicts on the gates by title of the pack.

    Raises
    ------
    DesignError
        If the results have no runs of the baseline arm.
    """
    from demarche.history.patterns.gates import check_gates
    from demarche.history.tables import Tables

    arms = results.manifest.arms
    baseline = baseline or results.manifest.asked.reference
    if baseline not in arms:
        raise DesignError([Problem("--baseline", f"no run has the arm '{baseline}'", expected=", ".join(arms))])
    tables = Tables(
        results.runs(), results.outcomes(), results.series(), results.events(), results.calendar(), results.start
    )
    quiet = quiet_arm if quiet_arm in arms else None
    packs = results.manifest.packs.items()
    return {str(pack["title"]): check_gates(tables, bands, name, baseline, quiet) for name, pack in packs}


def print_verdicts(
    shown: Console, title: str, verdicts: list[Verdict], bands: Mapping[str, Band], quiet: bool
) -> None:
    """Print the verdicts on one pack, and how many gates it passes."""
    passed = sum(one.verdict == "pass" for one in verdicts)
    if not quiet:
        columns = ("pattern", "what history shows", "measured", "band", "history", "runs", "verdict")
        made = table(*columns, title=plain(title))
        for one in verdicts:
            note = f"\n{one.note}" if one.note and one.verdict != "pass" else ""
            made.add_row(
                one.pattern, plain(one.title + note), measured(one.measured), plain(one.band),
                historical(bands[one.pattern]), f"{one.n:,}", one.verdict,
            )  # fmt: skip
        shown.print(made)
    shown.print(f"{plain(title)}: {passed} of {len(verdicts)} gates passed")


def historical(band: Band) -> str:
    """Return the value of a measure on the record, a dash where it cannot be taken."""
    return measured(tuple(band.record)) if band.record else "-"
