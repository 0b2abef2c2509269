"""What a reader sees for a code: its alias, if the scenario has one; files, luck and identities keep the code."""

from __future__ import annotations

from collections.abc import Mapping


def shown_name(code: str, aliases: Mapping[str, str]) -> str:
    """Return what a reader sees for a code.

    Examples
    --------
    >>> shown_name("FRA", {"FRA": "Arvania"}), shown_name("USA", {"FRA": "Arvania"})
    ('Arvania', 'USA')
    """
    return aliases.get(code, code)


def name_and_code(code: str, aliases: Mapping[str, str]) -> str:
    """Return the shown name with its code, where a reader needs the code to ask on.

    Examples
    --------
    >>> name_and_code("FRA", {"FRA": "Arvania"}), name_and_code("USA", {})
    ('Arvania (FRA)', 'USA')
    """
    name = shown_name(code, aliases)
    return code if name == code else f"{name} ({code})"


def code_of(text: str, aliases: Mapping[str, str]) -> str:
    """Return the code that a reader means by a shown name; any other text is returned as it is.

    Examples
    --------
    >>> code_of("arvania", {"FRA": "Arvania"}), code_of("FRA", {"FRA": "Arvania"})
    ('FRA', 'FRA')
    """
    return next((code for code, name in aliases.items() if plain_name(name) == plain_name(text)), text)


def plain_name(name: str) -> str:
    """Return a name without what two names may differ in and still be taken for the same."""
    return " ".join(name.split()).casefold()
