"""How it is said which figures there are and which are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from demarche.cli.say.console import console, plain
from demarche.cli.say.progress import echo_json

if TYPE_CHECKING:
    from demarche.figures.find import Choice


def left_out(choice: Choice) -> Iterator[str]:
    """Yield a sentence on each figure that nobody asked for and that cannot be drawn."""
    for name, why in choice.left_out.items():
        yield f"Figure {name} is left out: it {why}."


def tell_left_out(choice: Choice, quiet: bool, json: bool) -> None:
    """Say which figures are left out, as it was asked for."""
    if json and choice.left_out:
        echo_json("left_out", figures=dict(choice.left_out))
    for sentence in () if json or quiet else left_out(choice):
        console().print(plain(sentence), soft_wrap=True)
