"""Inputs that encode an outcome, counted."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.cast.cast import Cast
from demarche.history.patterns.file import EncodingFile, Judging


@dataclass(frozen=True)
class Encoding:
    """Inputs that encode one outcome: what it is, the inputs, and the patterns concerned."""

    what: str
    inputs: tuple[str, ...]
    patterns: tuple[str, ...]


def encodings_of(cast: Cast, judging: Judging) -> tuple[Encoding, ...]:
    """Return the inputs of a case that encode an outcome, as its file says, with rows of the calendar counted."""
    return tuple(_one(cast, entry) for entry in judging.encodings)


def _one(cast: Cast, entry: EncodingFile) -> Encoding:
    rows = [
        event.code
        for event in cast.events
        if event.code in entry.calendar
        or (event.kind in entry.kinds and (entry.since is None or event.month >= entry.since))
    ]
    return Encoding(entry.what, (*(f"calendar {code}" for code in rows), *entry.inputs), tuple(entry.patterns))
