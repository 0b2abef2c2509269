"""`demarche claims`: the register, as a list or claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.claims import print_claims
from demarche.cli.say.console import console, plain, table
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from demarche.claims import Claim

app = typer.Typer(help="The claims of the documents, where they stand and where they disagree.")
DocumentOption = Annotated[str, typer.Option("--document", "-d", help="Only this document, such as 001.")]
FamilyOption = Annotated[str, typer.Option("--family", "-f", help="Only this family, such as PRS.")]
ContradictionsFlag = Annotated[bool, typer.Option("--contradictions", "-c", help="List the disagreements instead.")]


@app.callback(invoke_without_command=True)
def claims(
    ctx: typer.Context,
    document: DocumentOption = "",
    family: FamilyOption = "",
    contradictions: ContradictionsFlag = False,
) -> None:
    """List the claims of the register, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_list(document, family, contradictions)


@app.command("list")
def list_claims(
    document: DocumentOption = "", family: FamilyOption = "", contradictions: ContradictionsFlag = False
) -> None:
    """List the claims of the register."""
    print_list(document, family, contradictions)


def print_list(document: str, family: str, contradictions: bool) -> None:
    """Print the chosen claims, or their disagreements."""
    chosen = chosen_claims(document, family)
    if contradictions:
        print_contradictions(chosen)
        return
    from demarche.claims import load_register

    ends = load_register().dispositions
    made = table("claim", "place", "support", "ends as", "claim in our words")
    for claim in chosen:
        made.add_row(claim.id, plain(claim.place), claim.strength, ends[claim.id].end, plain(claim.paraphrase))
    shown = console()
    shown.print(made)
    shown.print(f"{len(chosen)} claims. More on one of them: demarche claims show ID")


def chosen_claims(document: str, family: str) -> tuple[Claim, ...]:
    """Return the claims of a document and a family; an empty text takes all.

    Raises
    ------
    DemarcheError
        If there is no such document or family.
    """
    from demarche.claims import load_register

    register = load_register()
    families = register.by_family()
    if document:
        register.source(document)
    if family and family.upper() not in families:
        raise DesignError([
            Problem("--family", f"no family is called '{family}'", expected=", ".join(families),
                    did_you_mean=closest(family.upper(), families))
        ])  # fmt: skip
    listed = families[family.upper()] if family else register.claims
    return tuple(claim for claim in listed if not document or claim.document == document)


def print_contradictions(chosen: tuple[Claim, ...]) -> None:
    """Print each disagreement once, with both claims in our words."""
    from demarche.claims import load_register

    register = load_register()
    ids = {claim.id for claim in chosen}
    order = {id_: position for position, id_ in enumerate(register.ids)}
    seen: set[frozenset[str]] = set()
    made = table("claim", "", "claim", "the first", "the second")
    for first, second, kind in register.contradictions:
        if (first not in ids and second not in ids) or frozenset((first, second)) in seen:
            continue
        seen.add(frozenset((first, second)))
        a, b = sorted((first, second), key=order.__getitem__)
        word = "contradicts" if kind == "contradicts" else "is qualified by or qualifies"
        made.add_row(a, word, b, plain(register.claim(a).paraphrase), plain(register.claim(b).paraphrase))
    shown = console()
    shown.print(made)
    shown.print(f"{len(seen)} disagreements")


@app.command("show")
def show(claim_id: Annotated[str, typer.Argument(help="Id of a claim, such as PRS-11.", metavar="ID")]) -> None:
    """Show one claim: where it stands, what disagrees with it, and which rules rest on it."""
    from demarche.claims import load_register
    from demarche.rules.find import find_rules

    register = load_register()
    claim = register.claim(claim_id)
    shown = console()
    print_claims(shown, (claim.id,))
    words = ("actor", "trigger", "behaviour", "effect_on", "direction", "channel", "timescale")
    for name in words:
        shown.print(f"[bold]{name.replace('_', ' ')}:[/bold] {plain(str(getattr(claim, name)))}")
    end = register.dispositions[claim.id]
    shown.print(f"[bold]ends as:[/bold] {end.end.replace('_', ' ')}{plain(f' ({end.note})' if end.note else '')}")
    rules = [rule for rule in find_rules() if claim.id in rule.claims]
    for rule in rules:
        shown.print(f"[bold]rule:[/bold] {rule.id}: {plain(rule.sentence)}")
    if not rules:
        shown.print("No rule cites it.")
