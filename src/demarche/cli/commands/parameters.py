"""`demarche parameters`: every number that a scenario or a design may set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import LikeOption, NameArgument
from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console
from demarche.cli.say.listing import named, print_facts, print_list
from demarche.errors import check_known

if TYPE_CHECKING:
    from demarche.rules.contract import Parameter

app = typer.Typer(help="Parameters: numbers of rules, links, base rates, temperatures, swept levers, starts.")
KINDS = ("rule", "link", "rate", "decision", "lever", "initial")
KindOption = Annotated[str, typer.Option("--kind", help=f"Only one kind: {', '.join(KINDS)}.")]
RuleOption = Annotated[str, typer.Option("--rule", help="Only what this rule rests on.")]


@app.callback(invoke_without_command=True)
def parameters(ctx: typer.Context, like: LikeOption = "", kind: KindOption = "", rule: RuleOption = "") -> None:
    """List the parameters, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_parameters(like, kind, rule)


@app.command("list")
def list_parameters(like: LikeOption = "", kind: KindOption = "", rule: RuleOption = "") -> None:
    """List the parameters."""
    print_parameters(like, kind, rule)


def kind_of(path: str) -> str:
    """Return what kind of parameter a path names."""
    head = path.partition(".")[0]
    return head if head in KINDS[1:] else KINDS[0]


def print_parameters(like: str, kind: str, rule: str) -> None:
    """Print one line a parameter."""
    from demarche.rules.find import get_rule
    from demarche.rules.find import parameters as all_parameters

    kind = kind.strip().lower()
    check_known("--kind", "kind of parameter", [kind] if kind else [], KINDS)
    paths = list(all_parameters())
    if rule:
        one = get_rule(rule.strip().lower())
        paths = [*one.parameter_paths, *one.shared_paths]
    known = all_parameters()
    rows = [(path, _default(known[path]), _range(known[path]), known[path].unit, known[path].meaning)
            for path in paths if not kind or kind_of(path) == kind]  # fmt: skip
    heads = ("path", "default", "range", "unit", "meaning")
    print_list(heads, rows, "parameter", "demarche parameters show PATH", like)


def _default(one: Parameter) -> str:
    return "left as it is" if one.default != one.default else f"{one.default:g}"


def _range(one: Parameter) -> str:
    return f"{one.low:g} to {one.high:g}"


@app.command("show")
def show(path: NameArgument) -> None:
    """Show one parameter: range, unit, meaning, source, what accounts hold of it, and the rules that rest on it."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.analysis.why.grounds import claims_in
    from demarche.rules.find import find_rules
    from demarche.rules.find import parameters as all_parameters

    known = all_parameters()
    found = named(path, list(known), "parameter")
    one = known[found]
    users = [rule.id for rule in find_rules() if found in (*rule.parameter_paths, *rule.shared_paths)]
    held = [f"{account.title} {account.settings[found]:g} ({account.reasons.get(found, '')})"
            for account in packaged_accounts().values() if found in account.settings]  # fmt: skip
    shown = console()
    print_facts(shown, f"{found}: {one.meaning}", {
        "Default": _default(one), "Range": _range(one), "Unit": one.unit, "Role": one.role, "Source": one.source,
        "Held as": "; ".join(held), "Rules that rest on it": ", ".join(users),
        "In a scenario": f"parameters: {{{found}: {one.high:g}}}",
    })  # fmt: skip
    print_claims(shown, claims_in(one.source))
