"""Progress of a batch: a bar on a terminal, a line every tenth in a pipe, nothing when asked to be quiet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from demarche.experiment.runner import Progress

LINES = 10


@contextmanager
def show_progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Yield a function that shows how far a batch is, on standard error."""
    if quiet:
        yield None
        return
    from rich.console import Console

    err = Console(stderr=True)
    if not err.is_terminal:
        yield PipeLines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"))
    with Bar(*columns, TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(), console=err) as bar:
        task = bar.add_task("Simulating", total=None)

        def show(progress: Progress) -> None:
            failed = f" ({progress.failed} failed)" if progress.failed else ""
            done = progress.done + progress.failed
            bar.update(task, completed=done, total=progress.total, description=f"Simulating{failed}")

        yield show


class PipeLines:
    """Writes a line each time another tenth of the runs is done."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.told = -1

    def __call__(self, progress: Progress) -> None:
        """Write a line if another tenth is done."""
        done = progress.done + progress.failed
        tenth = LINES * done // progress.total
        if tenth == self.told:
            return
        self.told = tenth
        parts = [f"{done:,} of {progress.total:,} runs"]
        parts += [f"{progress.failed:,} failed"] if progress.failed else []
        parts += [f"{progress.kept:,} kept from an earlier session"] if progress.kept else []
        typer.echo(f"{', '.join(parts)}, {time.monotonic() - self.start:.0f} s", err=True)
