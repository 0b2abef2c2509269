"""What a calibration tells on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.analysis.calibration.words import TABLES, Rows, sentences
from demarche.cli.say.console import plain, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from demarche.accounts.posterior import Posterior


def say_calibration(shown: Console, found: Posterior) -> None:
    """Print what a posterior's report says."""
    for line in sentences(found.report):
        shown.print(plain(line), soft_wrap=True)
    for columns, rows, note in TABLES:
        say_rows(shown, columns, rows(found.report), note)


def say_rows(shown: Console, columns: Sequence[str], rows: Rows, note: str) -> None:
    """Print rows, the first column as names, and what to know of them."""
    if not rows:
        return
    made = table(*columns, right=tuple(columns[1:]))
    for row in rows:
        made.add_row(*(plain(cell) for cell in row))
    shown.print(made)
    shown.print(plain(note), soft_wrap=True)
