"""`demarche`: the entry point. Commands import what they need when they run."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from types import ModuleType
from typing import Annotated

import typer

from demarche.cli import commands
from demarche.cli.say.answering import answering
from demarche.cli.say.console import EPILOG, Commands, Shelf, os_message
from demarche.cli.say.streams import flushed, ready
from demarche.errors import DiskError
from demarche.version import __version__

app = typer.Typer(
    cls=Commands,
    name="demarche",
    help="A laboratory for human-rights diplomacy: one world, competing accounts.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def add_commands(group: typer.Typer, folder: ModuleType) -> None:
    """Add the commands of a folder to a group: those that its `ORDER` names, then the others.

    Parameters
    ----------
    group
        Where they are added.
    folder
        A package whose modules each hold a function of the module's name (`list_` in `list.py`), or a
        group of commands `app`; the modules of a package are added to its `app`. Its `PANELS`, if it has any,
        say under which heading of the help a command stands.
    """
    order = {name: place for place, name in enumerate(folder.ORDER)}
    panels = {name: heading for heading, some in getattr(folder, "PANELS", {}).items() for name in some}
    names = [info.name for info in pkgutil.iter_modules(folder.__path__)]
    for name in sorted(names, key=lambda name: (order.get(name, len(order)), name)):
        module = import_module(f"{folder.__name__}.{name}")
        if not hasattr(module, "app"):
            command = vars(module).get(name) or getattr(module, f"{name}_")
            group.command(name, rich_help_panel=panels.get(name))(answering(command, is_list=name == "list"))
            continue
        if hasattr(module, "__path__"):
            add_commands(module.app, module)
        else:
            _let_answer(module.app)
        group.add_typer(module.app, cls=Shelf, name=name, rich_help_panel=panels.get(name))


def _let_answer(group: typer.Typer) -> None:
    """Give the commands of a group that lists and shows things their options to answer in full, or as data."""
    for info in group.registered_commands:
        if info.callback is not None:
            info.callback = answering(info.callback, is_list=info.name == "list")
    top = group.registered_callback
    if top is not None and top.callback is not None:
        top.callback = answering(top.callback, is_list=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"demarche {__version__}")
        raise typer.Exit


@app.callback()
def demarche(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Run, check, draw and question experiments in human-rights diplomacy."""


add_commands(app, commands)


def main() -> None:
    """Run the command line."""
    ready()
    code: object = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    except OSError as error:  # help that nobody can be shown
        sys.stderr.write(f"{os_message(error)}\n")
        code = DiskError.exit_code
    sys.exit(flushed(code if isinstance(code, int) else int(code is not None)))
