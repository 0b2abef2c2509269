"""`demarche seminar preview`: what a lecturer should know before a class plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import SeminarArgument
from demarche.cli.reading import check_here
from demarche.cli.say.console import console, plain

if TYPE_CHECKING:
    from demarche.seminar.preview.preview import Preview

RunsOption = Annotated[int, typer.Option("--runs", min=8, help="Runs of each script and account.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of luck and of random classes.")]
WorldsOption = Annotated[
    int, typer.Option("--worlds", min=12, help="Worlds of each account for guessing; two thirds teach the reader.")
]
MOST = 3


def preview(
    scenario: SeminarArgument, runs: RunsOption = 32, seed: SeedOption = 1995, worlds: WorldsOption = 300
) -> None:
    """Tell what every seat weighs, how soon the account can be guessed, and whether motions are lost and won."""
    from demarche.scenario.load import load_scenario
    from demarche.seminar.preview.preview import preview as make

    check_here(scenario)
    _print(make(load_scenario(scenario), runs, seed, worlds))


def _print(found: Preview) -> None:
    out = console()
    out.print(f"Seats: what extreme moves change of what is seen, over all rounds ({found.runs} pairs an account)")
    for seat, weights in found.weights.items():
        told = [f"{one.seen} {one.mean:+.2f} ({one.account}, {one.script.removeprefix(seat).strip()} options)"
                for one in weights[:MOST]]  # fmt: skip
        out.print(f"  {plain(seat)}: {plain('; '.join(told)) or 'nothing that can be told from luck'}", soft_wrap=True)
    out.print(f"Guessing: share of worlds whose account is named after each round, of {found.worlds} an account,"
              " by a reader of all reports who knows what the class does", soft_wrap=True)
    for conduct, curve in found.curves.items():
        shares = " ".join(f"{one.accuracy:.2f}" for one in curve)
        out.print(f"  {conduct}: {shares} (standard error {curve[-1].error:.3f})", soft_wrap=True)
    out.print("Votes: share of classes in which a motion to take no action is lost, one carries, a text is adopted")
    for kind, accounts in found.rooms.items():
        for account, vote in accounts.items():
            shares = f"lost {vote.lost:.2f}, carried {vote.carried:.2f}, adopted {vote.adopted:.2f}"
            out.print(f"  {kind}, {plain(account)}: {shares}", soft_wrap=True)
    for warning in found.warnings:
        out.print(f"Note: {plain(warning)}.", soft_wrap=True)
