"""Commands that run and draw: `run`, `check`, `plot`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.console import console, plain
from demarche.cli.say.progress import echo_json, show_progress
from demarche.errors import DemarcheError, DesignError, Problem, ScenarioError, closest

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.run.runner import Means, RunReport

RESULTS = Path("results")
FIGURES = "figures"
QuietFlag = Annotated[bool, typer.Option("--quiet", "-q", help="Print only the results folder and what went wrong.")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", "-w", min=1, help="Processes that simulate; one a processor if left out.")
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="serial, pool (processes here) or dask (a cluster); auto is one of the first.")
]
SchedulerOption = Annotated[
    str, typer.Option("--scheduler", help="Address of a Dask scheduler; one is started here if left out.")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print progress and result as lines of JSON.")]


def read_experiment(path: Path) -> Experiment:
    """Read an experiment; a path that only the package has is answered with how to copy it out.

    Raises
    ------
    ScenarioError
        If the file is missing or cannot be used.
    """
    from demarche.experiment.design.experiment import load_experiment
    from demarche.scenario.bundled import bundled_root

    if not path.exists() and not path.is_absolute() and (bundled_root() / path).is_file():
        fix = "copy the bundled files into the current folder with: demarche init ."
        raise ScenarioError([Problem(f"{path}:1:1", "there is no such file here, but Demarche comes with it", fix=fix)])
    return load_experiment(path)


def describe_experiment(experiment: Experiment) -> str:
    """Return the size of an experiment in words."""
    parts = [count(len(experiment.arms), "arm"), count(len(experiment.packs), "pack")]
    parts += [count(experiment.points, "point")] if experiment.vary else []
    parts += [count(experiment.replications, "replication")]
    return f"{' x '.join(parts)} = {count(experiment.n_runs, 'run')}"


def count(n: int, what: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> count(1, "arm"), count(2000, "run")
    ('1 arm', '2,000 runs')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def execute(
    experiment: Experiment, out: Path, workers: int | None, quiet: bool, means: Means | None = None, json: bool = False
) -> RunReport:
    """Run an experiment with progress on standard error; a Ctrl-C is answered with what is kept."""
    from demarche.experiment.run.runner import run_experiment

    with show_progress(quiet, json) as progress:
        return run_experiment(experiment, out, workers=workers, progress=progress, means=means)


def means_of(workers: int | None, engine: str, scheduler: str) -> Means:
    """Return what the options say of the means.

    Raises
    ------
    DesignError
        If there is no such engine.
    """
    from demarche.experiment.run.runner import Means

    return Means(workers, engine, scheduler)


def run(
    experiment: Annotated[Path, typer.Argument(help="Experiment file.", metavar="EXPERIMENT")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Results folder; results/NAME if left out.")] = None,
    workers: WorkersOption = None,
    engine: EngineOption = "auto",
    scheduler: SchedulerOption = "",
    quiet: QuietFlag = False,
    json: JsonFlag = False,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")] = False,
) -> None:
    """Run an experiment: tables, figures and a summary. What an earlier session finished is not run again."""
    read = read_experiment(experiment)
    means = means_of(workers, engine, scheduler)
    target = out or RESULTS / experiment.stem
    shown = console()
    if not quiet and not json:
        period = read.scenario.period
        shown.print(f"[bold]{plain(read.scenario.title)}[/bold]: {describe_experiment(read)}", soft_wrap=True)
        shown.print(f"of {period.n_steps} months, {period.start} to {period.end}")
    report = execute(read, target, workers, quiet, means, json)
    conclude(report, [] if no_figures else draw_missing(report, read.figures, quiet or json), quiet, json)


def conclude(report: RunReport, figures: list[Path], quiet: bool, json: bool) -> None:
    """Tell the end of a batch as it was asked for; failed runs end with exit code 1."""
    if json:
        echo_json("finished", **summary_of(report, figures))
    elif quiet:
        typer.echo(str(report.path))
    else:
        from demarche.cli.say.summary import print_summary
        from demarche.experiment.results.store import open_results

        shown = console()
        tell_end(shown, report, figures)
        print_summary(shown, open_results(report.path))
    if report.failed:
        tell_failures(report.path, report.failed)
        raise typer.Exit(1)


def summary_of(report: RunReport, figures: list[Path]) -> dict[str, object]:
    """Return the end of a batch as plain data."""
    return {
        "results": str(report.path), "runs": report.manifest.runs, "kept": report.kept, "repaired": report.repaired,
        "was_complete": report.was_complete, "seconds": round(report.seconds, 2), "figures": [str(p) for p in figures],
    }  # fmt: skip


def draw_missing(report: RunReport, figures: tuple[str, ...], quiet: bool) -> list[Path]:
    """Draw the figures of a batch; those of complete results that are there already are left."""
    folder = report.path / FIGURES
    wanted = [name for name in figures if not (report.was_complete and (folder / f"{name}.png").is_file())]
    if not wanted or not report.manifest.runs["done"]:
        return []
    if not quiet:
        typer.echo(f"Drawing {len(wanted)} figures", err=True)
    from demarche.figures.draw import draw_all

    return draw_all(report.path, tuple(wanted), folder)


def tell_end(shown: Console, report: RunReport, figures: list[Path]) -> None:
    """Say what was done, how long it took and where it lies."""
    manifest = report.manifest
    if report.was_complete:
        shown.print("These results were complete already; nothing was run again.")
    else:
        new = manifest.runs["total"] - report.kept
        per_run = 1000 * manifest.cpu_seconds / max(manifest.runs["total"], 1)
        kept = f", {report.kept:,} kept from an earlier session" if report.kept else ""
        if report.repaired:
            shown.print(f"{count(report.repaired, 'run')} of an earlier session had damaged files and were run again.")
        shown.print(f"{new:,} runs in {report.seconds:.0f} s{kept} ({per_run:.1f} ms CPU a run)")
    shown.print(f"Results: {plain(str(report.path))}", soft_wrap=True)
    if figures:
        shown.print(f"Figures: {plain(str(figures[0].parent))} ({len(figures)} files)", soft_wrap=True)
    shown.print()


def tell_failures(target: Path, failed: int) -> None:
    """Say on standard error how many runs failed, and why the first of them did."""
    from demarche.experiment.results.store import open_results

    runs = open_results(target).runs()
    first = runs[runs["status"] != "done"].iloc[0]
    typer.echo(f"{count(failed, 'run')} failed; the others are kept.", err=True)
    where = f"run {first['run']} (arm {first['arm']}, pack {first['pack']})"
    typer.echo(f"The first is {where}: {first['exception']}: {first['message']}", err=True)
    typer.echo(f"Repeat it with: demarche results rerun {target} --run {first['run']}", err=True)


def check(
    files: Annotated[list[Path], typer.Argument(help="Scenario, experiment or cast files.", metavar="FILE...")],
) -> None:
    """Check files without running anything; all problems of all files are told at once."""
    shown = console()
    problems: list[Problem] = []
    for path in files:
        try:
            shown.print(f"{plain(str(path))}: {plain(check_file(path))}: ok", soft_wrap=True)
        except DemarcheError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


def check_file(path: Path) -> str:
    """Check one file and say what it is.

    Raises
    ------
    ScenarioError
        With every problem of the file.
    """
    from demarche.cast.cast import load_cast
    from demarche.reading.yaml_nodes import read_yaml
    from demarche.scenario.load import load_scenario

    keys = read_yaml(path).data
    keys = set(keys) if isinstance(keys, dict) else set()
    if {"scenario", "replications"} & keys:
        return f"experiment, {describe_experiment(read_experiment(path))}"
    if {"tables", "focal"} & keys:
        cast = load_cast(path)
        sizes = (len(cast.state_codes), "state"), (len(cast.issues), "issue area"), (len(cast.events), "dated event")
        return f"cast, {', '.join(count(*size) for size in sizes)}"
    scenario = load_scenario(path)
    sizes = (len(scenario.arms), "arm"), (len(scenario.packs), "pack"), (scenario.period.n_steps, "month")
    return f"scenario, {', '.join(count(*size) for size in sizes)}"


def plot(
    results: Annotated[Path, typer.Argument(help="Results folder.", metavar="RESULTS")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the figures; RESULTS/figures if left out.")
    ] = None,
    figures: Annotated[
        list[str] | None, typer.Option("--figures", "-f", help="Names with commas; the experiment's if left out.")
    ] = None,
) -> None:
    """Draw the figures of a results folder again."""
    from demarche.experiment.design.experiment import FIGURES as KNOWN
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    names = tuple(name.strip() for entry in figures or () for name in entry.split(",") if name.strip())
    unknown = [name for name in names if name not in KNOWN]
    if unknown:
        expected = ", ".join(KNOWN)
        raise DesignError([
            Problem("--figures", f"no figure is called '{name}'", expected=expected, did_you_mean=closest(name, KNOWN))
            for name in unknown
        ])  # fmt: skip
    from demarche.figures.draw import draw_all

    for path in draw_all(results, names or opened.manifest.figures, out or results / FIGURES):
        typer.echo(str(path))
