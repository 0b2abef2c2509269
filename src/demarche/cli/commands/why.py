"""`demarche why`: the contribution of every rule to one choice, or to the change of one stock."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ResultsArgument, RunOption
from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console, plain, table
from demarche.errors import DesignError, Problem, check_known, closest
from demarche.scenario.shown import code_of, name_and_code

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.engine.setup import Runs, Setup
    from demarche.engine.trace import Contribution
    from demarche.experiment.results.store import Results

SHOWN_RULES = 8


def why(
    results: ResultsArgument,
    run: RunOption,
    date: Annotated[str, typer.Option("--date", "-d", help="Month, such as 1995-03.")],
    decision: Annotated[str, typer.Option("--decision", help="Decision, such as vote_no_action.")] = "",
    stock: Annotated[str, typer.Option("--stock", help="Stock, such as practice, instead of a decision.")] = "",
    actor: Annotated[str, typer.Option("--actor", "-a", help="Code of the actor or area, such as FRA.")] = "",
) -> None:
    """Say why: what each rule added to a choice or to a change, with its claims and their passages."""
    from demarche.engine.trace import trace_run
    from demarche.experiment.results.rerun import setup_of, table_of
    from demarche.experiment.results.store import open_results

    if bool(decision) == bool(stock):
        fix = "for example --decision vote_no_action"
        raise DesignError([Problem("why", "exactly one of --decision and --stock is needed", fix=fix)])
    opened = open_results(results)
    aliases = opened.manifest.aliases
    actor = code_of(actor, aliases)
    runs, setup = table_of(opened, run), setup_of(opened)
    step = step_of(setup, date)
    field = decision_field(setup, runs, decision, step) if decision else stock_field(stock)
    check_actor(setup, field, actor)
    found = trace_run(setup, runs, 0, [field], [actor] if actor else [], [step])
    shown = console()
    who = f" of {name_and_code(actor, aliases)}" if actor else ""
    origin = f"run {run}: arm {runs.arm[0]}, account {runs.account[0]}, seed {runs.seed[0]}"
    shown.print(f"[bold]{plain(f'{decision or stock}{who}')} in {date}[/bold], {origin}", soft_wrap=True)
    print_recorded(shown, opened, run, step, actor)
    print_contributions(shown, found, decision, setup.temperature(decision, runs, 0) if decision else 1.0)
    print_bound(shown, setup, runs, decision, step, actor, aliases)
    print_reasons(shown, setup, found)


def step_of(setup: Setup, date: str) -> int:
    """Return the step of a month.

    Raises
    ------
    DesignError
        If it is no month or lies outside the period.
    """
    from demarche.world.calendar import Month

    period = setup.period
    expected = f"a month from {period.start} to {period.end}"
    try:
        step = period.start.steps_to(Month.parse(date))
    except ValueError as error:
        raise DesignError([Problem("--date", str(error), expected=expected)]) from error
    if not 0 <= step < period.n_steps:
        raise DesignError([Problem("--date", "the month lies outside the period", found=date, expected=expected)])
    return step


def decision_field(setup: Setup, runs: Runs, name: str, step: int) -> str:
    """Return the utility field of a decision that is taken in a step.

    Raises
    ------
    DesignError
        If there is no such decision, or it is not taken in that month; names months in which it is.
    """
    from demarche.world.decisions import DECISION_OF

    check_known("--decision", "decision", [name], list(DECISION_OF))
    decision, calendar, period = DECISION_OF[name], setup.arms[runs.arm[0]].calendar, setup.period
    if not calendar.is_due(decision.when, step):
        due = [other for other in range(period.n_steps) if calendar.is_due(decision.when, other)]
        near = sorted(sorted(due, key=lambda other: abs(other - step))[:3])
        months = ", ".join(str(period.month(other)) for other in near) or "none in this period"
        what = f"'{name}' is not decided in {period.month(step)}"
        raise DesignError([Problem("--date", what, expected=months, fix="choose one of these months")])
    return f"{name}_utility"


def stock_field(name: str) -> str:
    """Return the field of this month's changes of a stock.

    Raises
    ------
    DesignError
        If there is no such stock.
    """
    from demarche.world.fields import FIELDS

    stocks = [field.name for field in FIELDS.values() if field.kind == "stock"]
    check_known("--stock", "stock", [name], stocks)
    return f"{name}_change"


def check_actor(setup: Setup, field: str, actor: str) -> None:
    """Refuse an actor that a field does not have, or a missing one where it has several.

    Raises
    ------
    DesignError
        Naming the actor that was probably meant.
    """
    from demarche.world.axes import FIXED_AXES
    from demarche.world.fields import FIELDS

    axes = [axis for axis in FIELDS[field].axes if not axis.startswith("option:")]
    codes = {**setup.cast.axis_codes, **FIXED_AXES}
    known = [code for axis in axes for code in codes[axis]]
    if known and not actor:
        what = f"'{field}' has one value for each {axes[0]}"
        raise DesignError([Problem("--actor", what, fix=f"for example --actor {known[0]}")])
    if actor and actor not in known:
        near = closest(actor.upper(), known) or closest(actor, known)
        raise DesignError([Problem("--actor", f"'{field}' has no actor '{actor}'", did_you_mean=near)])


def print_recorded(shown: Console, results: Results, run: int, step: int, actor: str) -> None:
    """Print what the event table holds of the run and month, of the actor if there is one."""
    events = results.events()
    mine = events[(events["run"] == run) & (events["step"] == step)]
    mine = mine[mine["actor"] == actor] if actor else mine
    aliases = results.manifest.aliases
    for row in mine.to_dict("records"):
        who = f" {name_and_code(row['actor'], aliases)}" if not actor and isinstance(row["actor"], str) else ""
        shown.print(plain(f"Recorded: {row['kind']}{who}: {row['detail']}"))
    if mine.empty:
        who = f" of {name_and_code(actor, aliases)}" if actor else ""
        shown.print(plain(f"Recorded: no event{who} in this month."))


def print_bound(
    shown: Console, setup: Setup, runs: Runs, decision: str, step: int, actor: str, aliases: Mapping[str, str]
) -> None:
    """Say if the choice was not left to the rules: a move comes before a lever."""
    from demarche.engine.levers import bound_option

    for move in setup.arms[runs.arm[0]].moves:
        if (move.decision, move.step) == (decision, step) and (not actor or actor in move.actors):
            who = ", ".join(name_and_code(code, aliases) for code in move.actors)
            text = f"Bound by a move of the arm: {who} takes '{move.option}', whatever the rules add up to."
            shown.print(plain(text))
            return
    held = bound_option(setup, runs, decision, step, actor) if decision else None
    if held is not None:
        shown.print(plain(f"Bound by the lever {held[0]}: '{held[1]}' is taken, whatever the rules add up to."))


def print_contributions(shown: Console, found: tuple[Contribution, ...], decision: str, temperature: float) -> None:
    """Print what each rule added to each option, the sums, and the chances that follow from them."""
    from demarche.world.decisions import DECISION_OF

    if not found:
        shown.print("No rule added anything.")
        return
    options = DECISION_OF[decision].options if decision else ("change",)
    added: dict[str, dict[str, float]] = {}
    for one in found:
        row = added.setdefault(one.rule, {})
        option = one.option or "change"
        row[option] = row.get(option, 0.0) + one.amount
    made = table("rule", *options, right=options)
    for rule_id, row in sorted(added.items(), key=lambda entry: -max(map(abs, entry[1].values()))):
        made.add_row(rule_id, *(f"{row[option]:+.4g}" if option in row else "" for option in options))
    sums = [sum(row.get(option, 0.0) for row in added.values()) for option in options]
    made.add_section()
    made.add_row("sum", *(f"{value:+.4g}" for value in sums))
    if decision:
        made.add_row("chance", *(f"{share:.1%}" for share in chances(sums, temperature)))
    shown.print(made)


def chances(utilities: list[float], temperature: float) -> list[float]:
    """Return the chance of each option: proportional to exp(utility / temperature)."""
    top = max(utilities)
    weights = [math.exp((value - top) / temperature) for value in utilities]
    return [weight / sum(weights) for weight in weights]


def print_reasons(shown: Console, setup: Setup, found: tuple[Contribution, ...]) -> None:
    """Print the sentences and claims of the rules that weighed most."""
    weight: dict[str, float] = {}
    for one in found:
        weight[one.rule] = max(weight.get(one.rule, 0.0), abs(one.amount))
    ranked = sorted(weight, key=lambda rule_id: -weight[rule_id])
    for rule_id in ranked[:SHOWN_RULES]:
        rule = setup.catalogue.get(rule_id)
        shown.print(f"[bold]{rule_id}[/bold]: {plain(rule.sentence)}")
        print_claims(shown, rule.claims)
    if len(ranked) > SHOWN_RULES:
        shown.print(f"{len(ranked) - SHOWN_RULES} more rules: demarche rules show ID")
