"""How claims are shown: place, paraphrase, source, and the claims that disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.cli.say.console import plain

if TYPE_CHECKING:
    from rich.console import Console


def print_claims(shown: Console, ids: tuple[str, ...]) -> None:
    """Print claims with document, section and paraphrase, and the claims that disagree with them."""
    from demarche.claims import load_register

    register = load_register()
    if not ids:
        shown.print("It rests on no claim of the register.")
    for id_ in ids:
        claim = register.claim(id_)
        source = register.source(claim.document)
        shown.print(f"[bold]{id_}[/bold]  {plain(claim.place)}, {claim.strength}")
        shown.print(f"  {plain(claim.paraphrase)}")
        shown.print(f"  {plain(source.author)} ({source.year}), {plain(source.title)}")
        for other, kind in register.against(id_):
            word = "disagrees with" if kind == "contradicts" else "qualifies or is qualified by"
            against = register.claim(other)
            shown.print(f"  {word} {other} ({plain(against.place)}): {plain(against.paraphrase)}")
    shown.print()
