"""`demarche rules`: the catalogue, as a list or rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import AccountOption
from demarche.cli.reading import chosen_rules
from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console, plain, table

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.rules.contract import Parameter, Rule

app = typer.Typer(help="The rules of the catalogue: their sentences, claims, parameters and accounts.")
FamilyOption = Annotated[str, typer.Option("--family", "-f", help="Only this family, such as pressure or PRS.")]


@app.callback(invoke_without_command=True)
def rules(ctx: typer.Context, account: AccountOption = "", family: FamilyOption = "") -> None:
    """List the rules of the catalogue, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_rules(account, family)


@app.command("list")
def list_rules(account: AccountOption = "", family: FamilyOption = "") -> None:
    """List the rules of the catalogue."""
    print_rules(account, family)


def print_rules(account: str, family: str) -> None:
    """Print one line a rule."""
    made = table("rule", "acts in", "accounts", "claims", "sentence")
    chosen = chosen_rules(account, family)
    for rule in chosen:
        place = f"{rule.phase}, {rule.when}"
        made.add_row(rule.id, place, accounts_in_short(rule), " ".join(rule.claims), plain(rule.sentence))
    shown = console()
    shown.print(made)
    shown.print(f"{len(chosen)} rules. More on one of them: demarche rules show ID")


def accounts_in_short(rule: Rule) -> str:
    """Return the short names of the accounts of a rule, `all` for the common world."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.rules.contract import ALL

    known = packaged_accounts()
    return "all" if rule.accounts == ALL else " ".join(known[name].title.split()[0] for name in rule.accounts)


@app.command("show")
def show(rule_id: Annotated[str, typer.Argument(help="Id of a rule, such as senders.lists.", metavar="ID")]) -> None:
    """Show one rule: sentence, links, base rates, claims with their passages, parameters with their sources."""
    from demarche.rules.find import get_rule

    rule = get_rule(rule_id)
    shown = console()
    shown.print(f"[bold]{rule.id}[/bold]  ({rule.family})")
    shown.print(plain(rule.sentence))
    shown.print()
    facts = {
        "Acts": f"in the phase {rule.phase}, when: {rule.when}", "After": ", ".join(rule.after),
        "Accounts": account_titles(rule), "Links": ", ".join(rule.links), "Base rates": ", ".join(rule.rates),
        "Reads": ", ".join(rule.reads), "Writes": ", ".join(rule.writes),
        "Draws": ", ".join(rule.draws) or "none", "Calendar": ", ".join(rule.calendar),
    }  # fmt: skip
    for name, text in facts.items():
        if text:
            shown.print(f"[bold]{name}:[/bold] {plain(text)}")
    shown.print()
    print_claims(shown, rule.claims)
    print_parameters(shown, rule)


def account_titles(rule: Rule) -> str:
    """Return the titles of the accounts of a rule."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.rules.contract import ALL

    titles = (packaged_accounts()[name].title for name in rule.accounts)
    return "all (the common world)" if rule.accounts == ALL else ", ".join(titles)


def print_parameters(shown: Console, rule: Rule) -> None:
    """Print the parameters of a rule with ranges and sources, and the accounts that set them otherwise."""
    if not rule.parameters:
        shown.print(f"No parameters{'' if rule.links or rule.rates else ': this is a procedure'}.")
        return
    made = table("parameter", "default", "range", "unit", "role", "meaning", "source", right=("default",))
    for one in rule.parameters:
        name = one.name if one.shared_as in ("", rule.id) else one.path(rule.id)
        made.add_row(
            name, f"{one.default:g}{_settings(rule, one)}", f"{one.low:g} to {one.high:g}", one.unit, one.role,
            plain(one.meaning), plain(one.source),
        )  # fmt: skip
    shown.print(made)


def _settings(rule: Rule, parameter: Parameter) -> str:
    """Return the values that accounts give a parameter, each on a line of its own."""
    from demarche.accounts.packaged import packaged_accounts

    path = parameter.path(rule.id)
    known = packaged_accounts().values()
    set_in = [(one.title.split()[0], one.settings[path]) for one in known if path in one.settings]
    return "".join(f"\n{name}: {value:g}" for name, value in set_in)
