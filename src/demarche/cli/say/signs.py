"""Where accounts disagree, what has no number, and what effects rest on: said alike by every command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from demarche.analysis.comparison.shown import DISAGREE

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.analysis.comparison.answer import Comparison

NAMED = 8  # outcomes; more are counted


def tell_signs(shown: Console, found: Comparison, titles: Mapping[str, str]) -> None:
    """Say on which outcomes accounts disagree, and by which rule; nothing where they could not.

    Parameters
    ----------
    shown
        Where to print.
    found
        What was compared.
    titles
        Account -> title.
    """
    if not found.compares_accounts:
        return
    for row in found.splits.to_dict("records"):
        above, below = (", ".join(titles[account] for account in row[side]) for side in ("above", "below"))
        where = [str(row[name]) for name in found.contrast.by if name != "account"]
        within = f" ({', '.join(where)})" if where else ""
        what = f"{row['level']} is higher than {row['reference']} in {above}, lower in {below}"
        shown.print(f"[bold]The accounts disagree[/bold] on {row['outcome']}{within}: {what}.")
    if found.splits.empty:
        names = ", ".join(found.outcomes) if len(found.outcomes) <= NAMED else f"any of {len(found.outcomes)} outcomes"
        shown.print(f"No two accounts disagree in sign on {names}.")
    elif "account" not in found.contrast.by:
        shown.print("An average over accounts that disagree describes none of them.")
    shown.print(DISAGREE)


def tell_unknown(shown: Console, reasons: Mapping[str, str]) -> None:
    """Say why some outcomes have no number."""
    if reasons:
        shown.print(f"Without a number: {'; '.join(reasons.values())}.")


def tell_grounds(shown: Console) -> None:
    """Say what effects follow from, and where to read it."""
    shown.print("Effects follow from what each account holds: demarche accounts show NAME.")
