"""`demarche decisions`: who decides what, one decision, and how often each option is taken in each account."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ExperimentArgument, LikeOption, NameArgument
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console, plain, table
from demarche.cli.say.listing import named, print_facts, print_list
from demarche.errors import check_known

if TYPE_CHECKING:
    from demarche.analysis.decisions.counted import OptionCount
    from demarche.experiment.design.experiment import Experiment


app = typer.Typer(help="Decisions: who decides what among which options, and how often each is taken.")


@app.callback(invoke_without_command=True)
def decisions(ctx: typer.Context, like: LikeOption = "") -> None:
    """List the decisions, show one of them, or count how often each option is taken."""
    if ctx.invoked_subcommand is None:
        print_decisions(like)


@app.command("list")
def list_decisions(like: LikeOption = "") -> None:
    """List the decisions."""
    print_decisions(like)


def print_decisions(like: str) -> None:
    """Print one line a decision."""
    from demarche.world.decisions import DECISIONS

    rows = [(one.name, "the focal state" if one.by_focal else one.axis, ", ".join(one.options), one.when, one.meaning)
            for one in DECISIONS]  # fmt: skip
    more = "demarche decisions show NAME"
    print_list(("decision", "who", "options", "when", "meaning"), rows, "decision", more, like)


@app.command("show")
def show(name: NameArgument) -> None:
    """Show one decision: options in words, who decides when, base rates, and the rules that weigh it."""
    from demarche.analysis.decisions.counted import rates_by_decision
    from demarche.analysis.why.phrases import phrase
    from demarche.rules.find import packaged
    from demarche.world.decisions import DECISION_OF

    one = DECISION_OF[named(name, list(DECISION_OF), "decision")]
    shown = console()
    several = f"up to {one.most} at once" if one.takes_some else "one"
    sides = " x ".join(one.axes)
    print_facts(shown, f"{one.name}: {one.meaning}", {
        "Who": f"the focal state, for each {sides}" if one.by_focal else f"each {sides}", "When": one.when,
        "Only where": " and ".join(part for part in (one.among, one.trigger) if part), "Takes": several,
        "Temperature": f"{one.temperature.default:g} ({one.temperature.source})",
        "Base rates": ", ".join(rates_by_decision(packaged()).get(one.name, ())),
    })  # fmt: skip
    for option in one.options:
        shown.print(plain(f"  {option}: {phrase(one.name, option, 'it', 'it')}"))
    shown.print("Weighed by")
    for rule in packaged().rules:
        if f"{one.name}_utility" in rule.writes:
            shown.print(plain(f"  {rule.id}: {rule.sentence}"))
    shown.print(f"Why it was taken: demarche why RESULTS --run N --date MONTH --decision {one.name} --actor CODE")


@app.command("count")
def count(
    experiment: ExperimentArgument,
    arm: Annotated[str, typer.Option("--arm", help="Arm; the reference if left out.")] = "",
    draws: Annotated[int, typer.Option("--draws", "-n", min=2, help="Runs of each account, one a draw.")] = 40,
    write: Annotated[Path | None, typer.Option("--write", help="Write the counts to this file as JSON.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Count how often each option of each decision is taken, under each account, beside its base rates."""
    from demarche.analysis.decisions.counted import count_options, seldom
    from demarche.analysis.decisions.study import as_study
    from demarche.analysis.kept import as_lines
    from demarche.cli.writing import write_text
    from demarche.scenario.load import compile_scenario

    read = read_experiment(experiment)
    name, setup = _arm(read, arm), compile_scenario(read.scenario)
    seeds = [read.seed + k for k in range(draws)]
    found = {account: count_options(setup, name, account, seeds) for account in read.accounts}
    if write is not None:
        write_text(write, as_lines(as_study(setup, name, draws, read.seed, found), "rows"))
    if as_json:
        typer.echo(json.dumps({"arm": name, "draws": draws, "accounts": {
            account: [asdict(one) for one in counts] for account, counts in found.items()
        }}))  # fmt: skip
        return
    say(found)
    few = seldom(list(found.values()))
    shown = console()
    shown.print(f"Arm {name}, {draws} draws of each account. Shares of occasions: median over draws.")
    if few:
        shown.print("Taken in fewer than one run in twenty: " + ", ".join(f"{a}.{b}" for a, b in few))


def _arm(read: Experiment, name: str) -> str:
    check_known("--arm", "arm", [name] if name else [], list(read.arms))
    return name or read.scenario.asked.among(read.arms).reference


def say(found: dict[str, tuple[OptionCount, ...]]) -> None:
    """Print one line an option, one column an account."""
    accounts = list(found)
    made = table("decision", "who", "option", "occasions", *accounts, "base rates", right=("occasions", *accounts))
    first = found[accounts[0]]
    for place, one in enumerate(first):
        is_new = place == 0 or first[place - 1].decision != one.decision
        shares = [_share(found[account][place]) for account in accounts]
        made.add_row(
            one.decision if is_new else "", " x ".join(one.axes) if is_new else "", one.option,
            f"{one.occasions:,.0f}" if is_new else "", *shares, _rates(one) if is_new else "",
        )  # fmt: skip
    console().print(made)


def _rates(one: OptionCount) -> str:
    from demarche.accounts.links import all_rates

    return ", ".join(f"{name} {all_rates()[name].prior.median:g}" for name in one.rates)


def _share(one: OptionCount) -> str:
    return "-" if one.share != one.share else f"{one.share:.3f}"
