"""What all commands share: consoles, tables, and errors that speak instead of tracebacks."""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from demarche.cli.say.answering import ANSWER
from demarche.errors import EXIT_CODES, DemarcheError, DiskError, ResultsWarning, closest
from demarche.reading.text import visible

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.cli.say.tables import Listed

PIPE_WIDTH = 110
WHOLE_LINES = 100_000  # for programs, no line is broken
INTERRUPTED = 130
OS_FIXES = {
    errno.ENOSPC: "free some space, then repeat the command; what was written is kept",
    errno.EDQUOT: "free some space, then repeat the command; what was written is kept",
    errno.EFBIG: "raise the limit on file sizes, then repeat the command; what was written is kept",
    errno.EACCES: "choose a place where you may read and write",
    errno.EPERM: "choose a place where you may read and write",
    errno.EROFS: "choose a place where files may be written",
    errno.ENOENT: "check the path",
}
EPILOG = "\n\n".join(["Exit codes:", *(f"{code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())])


class Commands(TyperGroup):
    """A group of commands whose mistakes end in a message and a documented exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command and turn its errors into messages on standard error."""
        try:
            with _warnings_told():
                return super().invoke(ctx)
        except DemarcheError as error:
            typer.echo(visible(str(error)), err=True)
            raise typer.Exit(error.exit_code) from error
        except OSError as error:
            typer.echo(visible(os_message(error)), err=True)
            raise typer.Exit(DiskError.exit_code) from error
        except KeyboardInterrupt as error:
            kept = str(error) or "what was written is kept"
            typer.echo(f"Interrupted; {kept}. Repeat the command to go on.", err=True)
            raise typer.Exit(INTERRUPTED) from error


class Shelf(TyperGroup):
    """A group of commands that may list and show things: it tells how to see one whose name stands alone."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named first."""
        name = args[0]
        if "show" in self.commands and not name.startswith("-") and not closest(name, self.commands):
            ctx.fail(f"No such command '{name}'. If it is a name, ask: {ctx.command_path} show {name}")
        return super().resolve_command(ctx, args)


@contextmanager
def _warnings_told() -> Iterator[None]:
    """Say warnings about results on standard error, each once."""
    told: set[str] = set()

    def tell(message: Warning | str, *_: object) -> None:
        text = visible(str(message))
        if text not in told:
            told.add(text)
            typer.echo(f"Warning: {text}", err=True)

    with warnings.catch_warnings():
        warnings.simplefilter("always", ResultsWarning)
        before, warnings.showwarning = warnings.showwarning, tell  # type: ignore[assignment]
        try:
            yield
        finally:
            warnings.showwarning = before


def os_message(error: OSError) -> str:
    """Return one line on what the operating system refused, and how to mend it."""
    place = f"{error.filename}: " if error.filename else ""
    fix = OS_FIXES.get(error.errno or 0, "mend what the message names, then repeat the command")
    return f"{place}{(error.strerror or str(error)).lower()}. Fix: {fix}"


def console() -> Console:
    """Return the console for results: as wide as the terminal; in a pipe as COLUMNS says, or 110; NO_COLOR counts."""
    from demarche.cli.say.tables import Shown

    if ANSWER.get() is not None:
        return Shown(highlight=False, width=WHOLE_LINES, color_system=None, force_terminal=False)
    shown = Shown(highlight=False, soft_wrap=False)
    if shown.is_terminal:
        return shown
    told = os.environ.get("COLUMNS", "")
    return Shown(highlight=False, width=int(told) if told.isdecimal() and int(told) > 0 else PIPE_WIDTH)


def table(*columns: str, title: str = "", right: tuple[str, ...] = ()) -> Listed:
    """Return an empty table; columns named in `right` are aligned to the right."""
    from demarche.cli.say.tables import Listed

    return Listed(columns, right, title)


def plain(text: str) -> str:
    """Return a text in which square brackets are not taken for markup, and nothing steers the terminal."""
    from rich.markup import escape

    return escape(visible(text))
