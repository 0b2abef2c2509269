"""Files of a copied case, changed in one place."""

from __future__ import annotations

from pathlib import Path


def edit(path: Path, old: str, new: str) -> int:
    """Replace the only occurrence of a text; return the line in which it begins."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def without_class(text: str) -> str:
    """Return a scenario file without its class game, the last block, which would play beyond an end that is nearer."""
    return text.partition("\nseminar:")[0].rstrip() + "\n"
