"""The scorecard as a page of its own, and the tables of docs/validation.md; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from demarche.history.patterns.find import find_patterns

if TYPE_CHECKING:
    from demarche.analysis.scorecard.assemble import Judged
    from demarche.history.patterns.contract import Pattern, PatternKeys
    from demarche.history.record import Record
    from demarche.history.scorecard.card import Column

STYLE = """
body { font: 14px/1.4 sans-serif; margin: 2em; color: #222; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #ccc; padding: 3px 8px; text-align: left; vertical-align: top; }
td.pass { background: #d9ead3; } td.fail { background: #f4cccc; } td.none { color: #888; }
"""


def scorecard_page(judged: Judged) -> str:
    """Return a self-contained HTML page."""
    card = judged.card
    head = ["pattern", "what history shows", "record", *(column.title for column in card.columns), "marks"]
    body = [_row(judged, name, keys) for name, keys in card.patterns.items()]
    listed = [f"{len(one.inputs)}: {one.what} ({'; '.join(one.inputs)})" for one in judged.encodings]
    found = [f"{name}: {'; '.join(some)}" for name, some in card.found.items()]
    parts = [
        "<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8"><title>Scorecard</title>',
        f"<style>{STYLE}</style></head><body>", "<h1>Scorecard</h1>", f"<p>{escape(card.first_line)}</p>",
        *(f"<p>{escape(note)}</p>" for note in card.notes),
        "<table><thead><tr>", *(f"<th>{escape(one)}</th>" for one in head), "</tr></thead><tbody>", *body,
        "</tbody></table>", "<h2>Inputs that encode an outcome</h2>", _list(listed),
        "<h2>Sources that make patterns fitted</h2>", _list(found), "</body></html>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _row(judged: Judged, name: str, keys: PatternKeys) -> str:
    marks = ", ".join(judged.card.marks[name])
    ends = keys.within or (keys.record, keys.error)
    record = f"{keys.record:g} (error {keys.error:g})" if keys.record is not None else " to ".join(
        "open" if end is None else f"{end:g}" for end in ends
    )  # fmt: skip
    cells = [f"<td>{escape(text)}</td>" for text in (name, keys.title, record)]
    cells += [_cell(column, name) for column in judged.card.columns]
    return f"<tr>{''.join(cells)}<td>{escape(marks)}</td></tr>"


def _cell(column: Column, pattern: str) -> str:
    passes = column.passes(pattern)
    kind = "none" if passes is None else "pass" if passes else "fail"
    if column.several:
        passed, judged = column.several.get(pattern, (0, 0))
        return f'<td class="{kind}">{passed} of {judged}</td>'
    one = column.verdicts[pattern]
    if column.word(pattern) == "not applicable":
        return f'<td class="none" title="{escape(one.reason, quote=True)}">not applicable</td>'
    low, high = one.limits
    return f'<td class="{kind}">{column.word(pattern)}<br>{one.mean:.3g} [{low:.3g}, {high:.3g}]</td>'


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def patterns_table(record: Record) -> str:
    """Return the table of patterns in Markdown: what is measured, and when it is not applicable."""
    known = find_patterns()
    lines = ["| pattern | what history shows | measured | window | not applicable if |", "|---|---|---|---|---|"]
    for name, keys in record.patterns.items():
        doc = (known[name].measure.__doc__ or "").strip().split("\n\n")[0]
        what = " ".join(doc.split()).partition(": ")[2].rstrip(".")
        lines.append(f"| {name} | {keys.title} | {_cell_text(what)} | {keys.window} | {keys.not_applicable} |")
    return "\n".join(lines) + "\n"


def columns_table() -> str:
    """Return the table of output tables that patterns expect, in Markdown."""
    lines = ["| pattern | events | series | arms | calendar |", "|---|---|---|---|---|"]
    lines += [_expected(pattern) for pattern in find_patterns().values()]
    return "\n".join(lines) + "\n"


def _expected(pattern: Pattern[PatternKeys]) -> str:
    reads = pattern.reads
    events = "; ".join(f"`{kind}` ({what})" for kind, what in reads.events.items())
    series = "; ".join(f"`{name}` ({what})" for name, what in reads.series.items())
    cells = (pattern.id, _cell_text(events), _cell_text(series), ", ".join(reads.arms), ", ".join(reads.calendar))
    return f"| {' | '.join(cells)} |"


def _cell_text(text: str) -> str:
    return text.replace("|", "\\|")
