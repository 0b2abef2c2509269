"""An answer to why as a page of its own: no file, no address, no program from outside; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demarche.analysis.why.told import Document, Number, Reason, Step, Table, Told

STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fff; --line: #bbb; --soft: #f3f3f0; --mark: #7a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #17181a; --line: #555; --soft: #232527; --mark: #ffb870; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; } tfoot td { background: var(--soft); }
tfoot tr:first-child td { border-top: 2px solid var(--ink); }
dt { font-weight: 600; } dd { margin: 0 0 .5rem 1rem; } .small { font-size: .9rem; } .mark { color: var(--mark); }
code { background: var(--soft); padding: .1rem .3rem; overflow-wrap: anywhere; }
a { color: inherit; } @media print { body { max-width: none; padding: 0; } details > * { display: block; } }
"""


def why_page(told: Told, style: str = "") -> str:
    """Return an HTML page with the sentence, numbers, rules, passages and commands.

    Parameters
    ----------
    told
        The answer.
    style
        Address of `STYLE` on a server; empty for a page that holds it itself.
    """
    styled = f'<link rel="stylesheet" href="{escape(style)}">' if style else f"<style>{STYLE}</style>"
    claims = {one.claim for document in told.documents for one in document.passages}
    parts = [
        "<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(told.sentence)}</title>",
        f"{styled}</head><body><main>", f"<h1>{escape(told.sentence)}</h1>",
        *(f"<p>{escape(one)}</p>" for one in told.more), f'<p class="small">The run: {escape(told.run)}.</p>',
        *(f'<p class="small">{escape(one)}</p>' for one in told.checks),
        *(["<h2>Numbers</h2>"] if told.tables else []), *(_table(one) for one in told.tables),
        *(["<h2>The rules behind it</h2>"] if told.reasons else []), *(_reason(one, claims) for one in told.reasons),
        *([f"<p>Not told here: {escape(', '.join(told.more_rules))}.</p>"] if told.more_rules else []),
        *(["<h2>The passages, in our words</h2>", "<p>A claim is a hypothesis of its document, not a finding.</p>"]
          if told.documents else []),
        *(_document(one) for one in told.documents),
        *(["<h2>To ask on</h2>", _list(map(_step, told.next_steps))]
          if told.next_steps else []),
        "</main></body></html>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _table(one: Table) -> str:
    is_number = [place > 0 and name not in one.words for place, name in enumerate(one.columns)]
    kinds = [' class="number"' if number else "" for number in is_number]
    head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in zip(kinds, one.columns, strict=True))

    def body(rows: Iterable[tuple[str, ...]]) -> str:
        return "".join(
            "<tr>" + "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
            for row in rows
        )

    foot = f"<tfoot>{body(one.foot)}</tfoot>" if one.foot else ""
    notes = "".join(f'<p class="small">{escape(note)}</p>' for note in one.notes)
    return (f'<div class="scroll" tabindex="0"><table><caption>{escape(one.title)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body(one.rows)}</tbody>{foot}</table></div>{notes}")  # fmt: skip


def _reason(one: Reason, claims: set[str]) -> str:
    inputs = "".join(
        f"<dt>{escape(seen.name)} = {escape(seen.value)} {escape(seen.unit)}</dt>"
        f'<dd>{escape(seen.because)} <span class="small">({escape(seen.meaning)})</span></dd>'
        for seen in one.inputs
    )
    numbers = "".join(_number(number, claims) for number in one.numbers)
    seen = f"<h4>What it saw</h4><dl>{inputs}</dl>" if inputs else ""
    rests = f"<h4>What it rests on</h4><dl>{numbers}</dl>" if numbers else ""
    drew = f"<p>It drew luck of its own: {escape(', '.join(one.draws))}.</p>" if one.draws else ""
    return (f'<section><h3>{escape(one.rule)} <span class="mark">{escape(one.effect)}</span></h3>'
            f"<p>{escape(one.sentence)}</p><details><summary>What it saw and rests on</summary>{seen}{rests}{drew}"
            f"</details><p class=\"small\">Expresses {_claims(one.claims, claims)}.</p></section>")  # fmt: skip


def _number(one: Number, claims: set[str]) -> str:
    cited = f" {_claims(one.claims, claims)}" if one.claims else ""
    return (f"<dt>{escape(one.kind)} {escape(one.name)} = {escape(one.value)} {escape(one.unit)}</dt>"
            f"<dd>{escape(one.meaning)}<br>{escape(one.held)}; grounds: {escape(one.grounds)}{cited}</dd>")  # fmt: skip


def _claims(ids: Iterable[str], known: set[str]) -> str:
    told = [f'<a href="#{escape(one)}">{escape(one)}</a>' if one in known else escape(one) for one in ids]
    return ", ".join(told) or "no claim of the register"


def _document(one: Document) -> str:
    rows = "".join(
        f'<dt id="{escape(passage.claim)}">{escape(passage.claim)}, {escape(passage.place)}, {escape(passage.strength)}'
        f"</dt><dd>{escape(passage.paraphrase)}<br><span class=\"small\">behind {escape('; '.join(passage.used_by))}"
        f"{escape('; ' + '; '.join(passage.disputed)) if passage.disputed else ''}</span></dd>"
        for passage in one.passages
    )
    return f"<section><h3>{escape(one.nick)}: {escape(one.title)}</h3><dl>{rows}</dl></section>"


def _step(one: Step) -> str:
    return f"{escape(one.question)}: <code>{escape(one.command)}</code>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"
