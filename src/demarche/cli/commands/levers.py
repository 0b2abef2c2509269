"""`demarche levers`: what an arm of a scenario may set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from demarche.cli.options import LikeOption, NameArgument
from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console, plain
from demarche.cli.say.listing import named, print_facts, print_list

if TYPE_CHECKING:
    from demarche.world.levers import Lever, LeverPart

app = typer.Typer(help="Levers: what an arm of a scenario may set, with ranges and claims.")


@app.callback(invoke_without_command=True)
def levers(ctx: typer.Context, like: LikeOption = "") -> None:
    """List the levers, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_levers(like)


@app.command("list")
def list_levers(like: LikeOption = "") -> None:
    """List the levers."""
    print_levers(like)


def print_levers(like: str) -> None:
    """Print one line a lever."""
    from demarche.world.levers import LEVERS

    rows = [(one.name, one.scope, ", ".join(part.key or "a value" for part in one.parts), one.meaning, one.source)
            for one in LEVERS]  # fmt: skip
    print_list(("lever", "set for", "parts", "meaning", "claims"), rows, "lever", "demarche levers show NAME", like)


@app.command("show")
def show(name: NameArgument) -> None:
    """Show one lever: its parts with ranges, how a file writes it, and the claims behind it."""
    from demarche.analysis.why.grounds import claims_in
    from demarche.world.levers import LEVERS

    by_name = {one.name: one for one in LEVERS}
    lever = by_name[named(name, list(by_name), "lever")]
    shown = console()
    whom = "a group of states or a state" if lever.scope == "senders" else "the whole world"
    whole = "they add up to at most 1, and a part left out counts 0" if lever.divides_one else ""
    print_facts(shown, f"{lever.name}: {lever.meaning}", {"Set for": whom, "Parts": whole, "Source": lever.source})
    for part in lever.parts:
        shown.print(plain(f"  {part.key or 'value'}: {part.meaning}; {range_of(part)}"))
    shown.print("In a scenario, under an arm:")
    for line in example(lever):
        shown.print(plain(f"  {line}"))
    shown.print()
    print_claims(shown, claims_in(lever.source))


def range_of(part: LeverPart) -> str:
    """Return what a part may be, in words."""
    words = f", or {', '.join(part.words)}" if part.words else ""
    start = "left to the rules" if part.start != part.start else f"{part.start:g}"
    whole = "whole numbers " if part.whole else ""
    return f"{part.unit}, {whole}{part.low:g} to {part.high:g}{words}; {start} if nobody sets it"


def example(lever: Lever) -> list[str]:
    """Return how a scenario file writes a lever, with its highest values."""
    share = 1.0 / len(lever.parts) if lever.divides_one else 1.0
    values = {part.key: next(iter(part.words), f"{part.high * share:g}") for part in lever.parts}
    value = values.get("") or "{" + ", ".join(f"{key}: {text}" for key, text in values.items()) + "}"
    return [f"{lever.name}:", f"  all_senders: {value}"] if lever.scope == "senders" else [f"{lever.name}: {value}"]
