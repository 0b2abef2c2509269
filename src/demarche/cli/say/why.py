"""How an answer to why is printed: the sentence first, then numbers, reasons, passages, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.cli.say.console import plain, table

SILENT_UNITS = ("0 or 1", "code", "option", "step")

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.analysis.why.told import Document, Reason, Table, Told


def print_told(shown: Console, told: Told) -> None:
    """Print an answer."""
    shown.print(f"[bold]{plain(told.sentence)}[/bold]")
    for sentence in told.more:
        shown.print(plain(sentence))
    shown.print()
    shown.print(plain(f"The run: {told.run}."))
    for check in told.checks:
        shown.print(plain(check))
    for one in told.tables:
        print_numbers(shown, one)
    if told.reasons:
        shown.print("[bold]The rules behind it[/bold], the heaviest first")
    for number, reason in enumerate(told.reasons, start=1):
        print_reason(shown, number, reason)
    if told.more_rules:
        shown.print(plain(f"Not told here: {', '.join(told.more_rules)}. All of them: add --all"))
        shown.print()
    if told.documents:
        shown.print("[bold]The passages[/bold] behind them, in our words; a claim is a hypothesis of its document")
    for document in told.documents:
        print_document(shown, document)
    if told.next_steps:
        shown.print("[bold]To ask on[/bold]")
    for step in told.next_steps:
        shown.print(plain(f"{step.question}:"), soft_wrap=True)
        shown.print(f"  {plain(step.command)}", soft_wrap=True)


def said(shown: Console, text: str, indent: int) -> None:
    """Print a text of which every line is set in."""
    from rich.padding import Padding
    from rich.text import Text

    shown.print(Padding(Text(text), (0, 0, 0, indent), expand=False))


def print_numbers(shown: Console, told: Table) -> None:
    """Print one table of an answer with its notes."""
    right = tuple(name for name in told.columns[1:] if name not in told.words)
    made = table(*told.columns, title=told.title, right=right)
    for row in told.rows:
        made.add_row(*map(plain, row))
    if told.foot:
        made.add_section()
    for row in told.foot:
        made.add_row(*map(plain, row))
    shown.print(made)
    for note in told.notes:
        shown.print(plain(note))
    shown.print()


def print_reason(shown: Console, number: int, reason: Reason) -> None:
    """Print one rule with what it saw and what it rests on."""
    shown.print(f"[bold]{number}. {reason.rule}[/bold]: {plain(reason.effect)}")
    said(shown, reason.sentence, 3)
    for seen in reason.inputs:
        unit = f" {seen.unit}" if seen.unit not in SILENT_UNITS and not seen.unit.startswith("position") else ""
        said(shown, f"saw {seen.name} {seen.value}{unit}: {seen.meaning}; because {seen.because}", 3)
    for one in reason.numbers:
        told = f"{one.kind} {one.name} = {one.value} {one.unit}: {one.meaning}; {one.held}; grounds: {one.grounds}"
        said(shown, told, 3)
    if reason.draws:
        said(shown, f"drew luck of its own: {', '.join(reason.draws)}", 3)
    said(shown, f"expresses {', '.join(reason.claims) or 'no claim of the register'}", 3)
    shown.print()


def print_document(shown: Console, document: Document) -> None:
    """Print the passages of one document, each once."""
    shown.print(plain(f"{document.nick}: {document.title}"))
    for one in document.passages:
        said(shown, f"{one.claim}, {one.place}, {one.strength}: {one.paraphrase}", 2)
        said(shown, f"behind {', '.join(one.used_by)}{''.join(f'; {text}' for text in one.disputed)}", 5)
    shown.print()
