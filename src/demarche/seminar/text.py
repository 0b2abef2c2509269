"""What people write: one line, of bounded length, without signs that hide or turn what is read."""

from __future__ import annotations

import unicodedata

from demarche.errors import DesignError, Problem

MOST_CHARACTERS = 280
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Classes of characters that are left out: control, zero-width and bidirectional signs, surrogates, unassigned."""


def clean(text: str) -> str:
    """Return a text as it is kept: normalised, in one line, without hidden characters.

    Raises
    ------
    DesignError
        If nothing is left, or it is longer than 280 characters.

    Examples
    --------
    >>> clean("  quiet \\u202e\\n words ")
    'quiet words'
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    shown = "".join(sign for sign in spaced if unicodedata.category(sign) not in HIDDEN)
    line = " ".join(shown.split())
    if not 0 < len(line) <= MOST_CHARACTERS:
        expected = f"1 to {MOST_CHARACTERS} characters"
        raise DesignError([Problem("text", "the text is empty or too long", str(len(line)), expected)])
    return line
