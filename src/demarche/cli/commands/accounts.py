"""`demarche accounts`: who holds what of which link, one account, two accounts against one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console, plain, table

if TYPE_CHECKING:
    from demarche.accounts.account import Account, LinkPrior

app = typer.Typer(help="Accounts: what documents, or you, hold of the links of the one causal graph.")
NAME = "Name of a packaged account, or an account file of your own."
AccountArgument = Annotated[str, typer.Argument(help=NAME, metavar="ACCOUNT")]
LinkOption = Annotated[str, typer.Option("--link", "-l", help="Only this link, with the passages behind it.")]


@app.callback(invoke_without_command=True)
def accounts(ctx: typer.Context) -> None:
    """List the accounts, show one, or compare two."""
    if ctx.invoked_subcommand is None:
        print_list()


@app.command("list")
def list_accounts() -> None:
    """List the packaged accounts."""
    print_list()


def print_list() -> None:
    """Print one line an account."""
    from demarche.accounts.links import all_links, all_rates
    from demarche.accounts.packaged import packaged_accounts

    made = table("account", "title", "documents", "links of its own", "what it holds", right=("links of its own",))
    for one in packaged_accounts().values():
        made.add_row(one.id, one.title, " ".join(one.documents), str(len(one.own)), plain(one.account))
    shown = console()
    shown.print(made)
    shown.print(f"{len(all_links())} links that accounts may dispute, {len(all_rates())} base rates that all share. "
                "More: demarche accounts show NAME")  # fmt: skip


@app.command("show")
def show(name: AccountArgument, link: LinkOption = "") -> None:
    """Show what an account holds of every link; its own word first, then what it leaves to the common account."""
    from demarche.accounts.file import account_files
    from demarche.accounts.links import all_links
    from demarche.errors import check_known
    from demarche.report.liveness import paths_of

    account = find(name)
    shown = console()
    shown.print(f"[bold]{plain(account.title)}[/bold]  ({account.id})")
    shown.print(plain(account.account))
    if link:
        check_known("--link", "link", [link], list(all_links()))
        print_link(account, link)
        return
    made = table("link", "median", "low", "high", "unit", "grounds", "meaning", right=("median", "low", "high"))
    rest = [one for one in all_links() if one not in account.own]
    for place, one in enumerate((*account.own, *rest)):
        if rest and place == len(account.own):
            made.add_section()
        held, said = account.links[one], all_links()[one].said
        grounds = held.reason if one in account.own else f"common: {held.reason}"
        made.add_row(one, *numbers(held), said.unit, plain(grounds), plain(said.meaning))
    shown.print(made)
    shown.print(f"{len(account.own)} links of its own, {len(rest)} as in the common account.")
    if account.path in account_files() and (told := paths_of(account.id)):
        shown.print(plain(told))


def print_link(account: Account, name: str) -> None:
    """Print one link of an account with the passages of its claims."""
    from demarche.accounts.links import all_links

    held, said, shown = account.links[name], all_links()[name].said, console()
    median, low, high = numbers(held)
    neutral = said.neutral if isinstance(said.neutral, str) else f"{said.neutral:g}"
    facts = {"Link": f"{name}: {said.meaning}", "Holds": f"{median} ({low} to {high}), {said.unit}",
             "Neutral": neutral, "Acts on": said.acts_on, "Treatment": said.treatment,
             "Source": held.source, "Note": held.note}  # fmt: skip
    for label, text in facts.items():
        if text:
            shown.print(f"[bold]{label}:[/bold] {plain(text)}")
    if held.claims:
        print_claims(shown, held.claims)


@app.command("compare")
def compare(first: AccountArgument, second: AccountArgument) -> None:
    """Compare two accounts link by link, the widest difference first."""
    from demarche.accounts.compare import compare_accounts
    from demarche.accounts.links import all_links

    one, other = find(first), find(second)
    found = compare_accounts(one, other)
    made = table("link", one.title, other.title, "apart", "unit", "meaning", right=("apart",))
    for difference in found:
        said = all_links()[difference.link].said
        cells = ("{} ({} to {})".format(*numbers(held)) for held in (difference.first, difference.second))
        made.add_row(difference.link, *cells, f"{difference.distance:.2f}", said.unit, plain(said.meaning))
    shown = console()
    shown.print(made)
    shown.print(
        f"{len(found)} of {len(all_links())} links differ. Apart: between the medians, in mean half widths of the two "
        "ranges on the scale of the link; above 1 they lie further apart than the accounts doubt."
    )


def find(name: str) -> Account:
    """Return a packaged account by name or by the label that figures give it, or read an account file.

    Raises
    ------
    DesignError
        If there is no such account.
    """
    from demarche.accounts.file import read_account
    from demarche.accounts.packaged import common_account, packaged_accounts
    from demarche.errors import check_known

    if name.endswith((".yaml", ".yml")):
        return read_account(Path(name), common_account())
    packaged = packaged_accounts()
    labels = {one.title.split()[0].casefold(): id_ for id_, one in packaged.items()}  # T1 to T8, as in figures
    name = labels.get(name.casefold(), name)
    check_known("accounts", "account", [name], list(packaged))
    return packaged[name]


def numbers(held: LinkPrior) -> tuple[str, str, str]:
    """Return median, low and high as they are printed."""
    prior = held.prior
    return f"{prior.median:g}", f"{prior.low:g}", f"{prior.high:g}"
