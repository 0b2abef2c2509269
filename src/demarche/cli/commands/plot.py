"""`demarche plot`: figures of results that are there, as one chooses them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.reading import figures_after
from demarche.cli.say.choosing import split_names
from demarche.cli.say.figures import left_out
from demarche.errors import check_known

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

KINDS = (
    "Kinds with commas: path, contrast, difference, votes, rollcall, persons, accounts, links, talks, releases; "
    "those of the experiment if left out."
)
ACCOUNTS = "Accounts with commas; the first four if left out."
OUTCOMES = "Outcomes or series with commas; what the scenario asks if left out."


def plot(
    results: ResultsArgument,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the figures; RESULTS/figures if left out.")
    ] = None,
    kinds: Annotated[list[str] | None, typer.Option("--kind", "-k", help=KINDS)] = None,
    outcomes: Annotated[list[str] | None, typer.Option("--outcome", "--outcomes", help=OUTCOMES)] = None,
    accounts: Annotated[list[str] | None, typer.Option("--account", "-p", help=ACCOUNTS)] = None,
    arms: Annotated[list[str] | None, typer.Option("--arm", "-a", help="Arms with commas.")] = None,
    against: Annotated[str, typer.Option("--against", help="Arm that is subtracted.")] = "",
    date: Annotated[str, typer.Option("--date", "-d", help="Month of a roll call, such as 1995-03.")] = "",
    pair: Annotated[int, typer.Option("--run", "-r", min=0, help="Pair of runs for persons and talks, from 0.")] = 0,
    size: Annotated[
        str, typer.Option("--size", help="Width x height without the caption: 12x7cm, 5x3in, 960x540px.")
    ] = "",
    formats: Annotated[list[str] | None, typer.Option("--format", help="png, svg and pdf, with commas.")] = None,
    style: Annotated[str, typer.Option("--style", help="paper, slide or grey.")] = "paper",
    no_caption: Annotated[bool, typer.Option("--no-caption", help="Keep the caption for the text file.")] = False,
) -> None:
    """Draw figures of a results folder: of which kind, what they show, how large and in which style."""
    from demarche.experiment.results.store import open_results
    from demarche.figures.draw import USUAL_FORMATS, Wish, draw_all, figures_folder
    from demarche.figures.look import FORMATS, look_of
    from demarche.figures.view import View

    look, wanted = look_of(style, size, not no_caption), _names(formats) or USUAL_FORMATS
    check_known("--format", "format", wanted, FORMATS)
    opened = open_results(results)
    names = _kinds(opened, _names(kinds))
    view = View(_names(outcomes), _names(accounts), _names(arms), against, date, pair)
    for path in draw_all(results, names, out or figures_folder(results), wish=Wish(view, look, wanted)):
        typer.echo(str(path))


def _names(given: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for entry in given or () for name in split_names(entry)))


def _kinds(opened: Results, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds that were named, else those of the experiment; says which are left out."""
    from demarche.figures.find import figures_of_experiments

    check_known("--kind", "figure", names, list(figures_of_experiments()))
    if names:
        return names
    choice = figures_after(opened)
    for sentence in left_out(choice):
        typer.echo(sentence, err=True)
    return choice.names
