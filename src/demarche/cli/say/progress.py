"""Progress of a batch: a bar on a terminal, a line every tenth in a pipe, JSON lines for programs, or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.run.means import Progress

LINES = 10
JSON_EVERY = 1.0  # seconds between two lines of JSON


@contextmanager
def show_progress(quiet: bool, as_json: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """Yield a function that shows how far a batch is: on standard error, as JSON on standard output."""
    if as_json:
        yield JsonLines()
        return
    if quiet:
        yield None
        return
    from rich.console import Console

    err = Console(stderr=True)
    if err.is_terminal:
        with _bar(err) as show:
            yield show
    else:
        yield PipeLines()


@contextmanager
def _bar(err: Console) -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"))
    pace = Pace()
    with Bar(*columns, TimeElapsedColumn(), TextColumn("{task.fields[pace]}"), console=err) as bar:
        task = bar.add_task("Simulating", total=None, pace="")

        def show(progress: Progress) -> None:
            pace.see(progress)
            failed = f" ({progress.failed} failed)" if progress.failed else ""
            done = progress.done + progress.failed + progress.under_way
            bar.update(task, completed=done, total=progress.total, description=f"Simulating{failed}", pace=pace.text)

        yield show


class Pace:
    """Runs a second and seconds left, from what was done since the first look."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.first = -1
        self.seconds = 0.0
        self.rate: float | None = None
        self.left: float | None = None

    def see(self, progress: Progress) -> None:
        """Take note of how far a batch is."""
        done = progress.done + progress.failed + progress.under_way
        self.first = done if self.first < 0 else self.first
        self.seconds = time.monotonic() - self.start
        if done > self.first and self.seconds > 0:
            self.rate = (done - self.first) / self.seconds
            self.left = (progress.total - done) / self.rate

    @property
    def text(self) -> str:
        """Return rate and time left in words; empty before anything was done."""
        if self.rate is None or self.left is None:
            return ""
        return f"{self.rate:,.0f} runs a second, {in_words(self.left)} left"


def in_words(seconds: float) -> str:
    """Return a time in the unit that fits.

    Examples
    --------
    >>> in_words(8.4), in_words(150), in_words(9000)
    ('8 s', '2 min', '2.5 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


class PipeLines:
    """Writes a line each time another tenth of the runs is done."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.told = -1

    def __call__(self, progress: Progress) -> None:
        """Write a line if another tenth is done."""
        self.pace.see(progress)
        done = progress.done + progress.failed + progress.under_way
        tenth = LINES * done // progress.total
        if tenth == self.told:
            return
        self.told = tenth
        parts = [f"{'work of ' if progress.under_way else ''}{done:,} of {progress.total:,} runs"]
        parts += [f"{progress.failed:,} failed"] if progress.failed else []
        parts += [f"{progress.kept:,} kept from an earlier session"] if progress.kept else []
        parts += [in_words(self.pace.seconds)]
        parts += [self.pace.text] if self.pace.text and done < progress.total else []
        typer.echo(", ".join(parts), err=True)


class JsonLines:
    """Writes a line of JSON at most once a second, and at the beginning and the end."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.told = -JSON_EVERY

    def __call__(self, progress: Progress) -> None:
        """Write a line if a second has passed, or all is done."""
        self.pace.see(progress)
        is_done = progress.done + progress.failed == progress.total
        if self.pace.seconds - self.told < JSON_EVERY and not is_done:
            return
        self.told = self.pace.seconds
        echo_json(
            "progress",
            done=progress.done,
            failed=progress.failed,
            kept=progress.kept,
            under_way=progress.under_way,
            total=progress.total,
            seconds=round(self.pace.seconds, 2),
            runs_per_second=None if self.pace.rate is None else round(self.pace.rate, 2),
            seconds_left=None if self.pace.left is None else round(self.pace.left, 1),
        )


def echo_json(event: str, **content: object) -> None:
    """Write one line of JSON on standard output."""
    typer.echo(json.dumps({"event": event, **content}, ensure_ascii=False))
