"""What an archive of results holds besides tables: methods in words, references, a codebook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from demarche.claims import load_register
from demarche.experiment.results.inputs import cast_of
from demarche.figures.tables import read_tables
from demarche.report.facts import methods

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

Entry = tuple[str, str, dict[str, str]]


def texts_of(results: Results) -> dict[str, str]:
    """Return name of a file -> its text: `methods.md`, `references.bib` and `codebook.csv`."""
    made = {"methods.md": methods_page, "references.bib": references, "codebook.csv": codebook}
    return {name: text(results) for name, text in made.items()}


def methods_page(results: Results) -> str:
    """Return how the numbers were made, for a paper to take over."""
    told = methods(results, read_tables(results, (), ()), None)
    return f"# {results.manifest.title}: methods\n\n" + "\n\n".join(told) + "\n"


def references(results: Results) -> str:
    """Return BibTeX entries of the program, the documents of the accounts, and the data that the cast rests on."""
    return "\n".join(_entry(*one) for one in _entries(results))


def _entries(results: Results) -> Iterator[Entry]:
    manifest = results.manifest
    commit = manifest.versions.get("commit", "")
    yield "software", "demarche", {
        "title": "Demarche: a laboratory for human-rights diplomacy", "author": "{The Demarche team}",
        "version": manifest.versions["demarche"], "year": manifest.finished[:4],
        "note": f"commit {commit}" if commit else "",
    }  # fmt: skip
    documents = {str(one) for account in manifest.accounts.values() for one in account["documents"]}
    for source in load_register().sources:
        if source.nick in documents:
            yield "misc", f"document_{source.nick}", {
                "title": source.title, "author": f"{{{source.author}}}", "year": str(source.year),
            }  # fmt: skip
    named = dict.fromkeys(entry["source"] for entry in cast_of(results).sources.values() if "source" in entry)
    for number, source_text in enumerate(named, start=1):
        yield "misc", f"data_{number}", {"title": source_text, "note": "data of the cast"}


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    told = "".join(f"  {name} = {{{_plain(text)}}},\n" for name, text in fields.items() if text)
    return f"@{kind}{{{key},\n{told}}}\n"


def _plain(text: str) -> str:
    inner = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    plain = re.sub(r"([&%$#_])", r"\\\1", inner.replace("{", "(").replace("}", ")"))
    return f"{{{plain}}}" if inner != text else plain


def codebook(results: Results) -> str:
    """Return one row a column of every table: table, column, unit, type, meaning."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(("table", "column", "unit", "type", "meaning"))
    for table, columns in results.manifest.columns.items():
        writer.writerows((table, one["name"], one["unit"], one["type"], one["meaning"]) for one in columns)
    return made.getvalue()
