"""The summary of a batch: where the accounts disagree, the paired differences, then the means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from demarche.cli.say.console import plain, table
from demarche.cli.say.numbers import interval, number, rounds_to_zero

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.experiment.results.store import Results

HEADLINE = ("releases", "core_practice_change", "commitment_change", "sponsors")
CONTRAST = ("quiet", "vocal")
BASELINE = "as_it_was"


def print_summary(shown: Console, results: Results) -> None:
    """Print the summary tables of a results folder."""
    outcomes = results.outcomes()
    if outcomes.empty:
        shown.print("No run was done, so there is nothing to sum up.")
        return
    arms = [arm for arm in results.manifest.arms if arm in set(outcomes["arm"])]
    pair = contrasted(arms)
    if pair is not None:
        print_differences(shown, results, outcomes, *pair)
    print_means(shown, results, outcomes, arms)
    shown.print("Effects follow from the assumptions of each account: demarche rules --pack NAME lists them.")


def contrasted(arms: list[str]) -> tuple[str, str] | None:
    """Return the arm to compare and the arm that is subtracted: quiet and vocal if both were run.

    Examples
    --------
    >>> contrasted(["quiet", "vocal", "as_it_was"]), contrasted(["as_it_was", "open"]), contrasted(["open"])
    (('quiet', 'vocal'), ('open', 'as_it_was'), None)
    """
    if all(arm in arms for arm in CONTRAST):
        return CONTRAST
    reference = BASELINE if BASELINE in arms else arms[-1]
    others = [arm for arm in arms if arm != reference]
    return (others[0], reference) if others else None


def _pack_titles(results: Results) -> dict[str, str]:
    return {name: plain(str(pack["title"])) for name, pack in results.manifest.packs.items()}


def print_differences(shown: Console, results: Results, outcomes: pd.DataFrame, arm: str, reference: str) -> None:
    """Print the paired differences of two arms by pack, disagreements in sign first."""
    from demarche.analysis.comparison.differences import complete_pairs, paired_differences, sign_disagreements

    pairs = complete_pairs(outcomes, [arm, reference])
    if pairs.empty:
        shown.print(f"No replication was done in both {arm} and {reference}, so they cannot be compared.")
        return
    differences = paired_differences(pairs, reference, [arm], list(HEADLINE))
    titles, units = _pack_titles(results), results.manifest.units("outcomes")
    packs = [pack for pack in titles if pack in set(differences["pack"])]
    seen = [not rounds_to_zero(row["mean"], units[row["outcome"]]) for row in differences.to_dict("records")]
    told = sign_disagreements(differences[seen])
    for row in told.to_dict("records"):
        above, below = (", ".join(titles[pack] for pack in row[side]) for side in ("above", "below"))
        what = f"{row['outcome']}: {arm} is higher than {reference} in {above}, lower in {below}."
        shown.print(f"[bold]The accounts disagree[/bold] on {what}")
    if told.empty and len(packs) > 1:
        shown.print(f"No two accounts disagree in sign on {', '.join(HEADLINE)}.")
    n = int(differences["n"].max())
    what = f"{arm} minus {reference}: mean of {n:,} pairs with the same luck, and its 95 % interval"
    made = table("outcome", *(titles[pack] for pack in packs), title=what, right=tuple(titles.values()))
    for name in HEADLINE:
        rows = {row["pack"]: row for row in differences[differences["outcome"] == name].to_dict("records")}
        cells = (interval(row["mean"], row["low"], row["high"], units[name]) for row in map(rows.__getitem__, packs))
        made.add_row(f"{name}\n({units[name]})", *cells)
    shown.print(made)


def print_means(shown: Console, results: Results, outcomes: pd.DataFrame, arms: list[str]) -> None:
    """Print the means of the headline outcomes: arms as rows, packs as columns."""
    titles, units = _pack_titles(results), results.manifest.units("outcomes")
    means = outcomes.groupby(["arm", "pack"], observed=True)[list(HEADLINE)].mean().to_dict("index")
    made = table("arm", *titles.values(), title="Means of all runs", right=tuple(titles.values()))
    for name in HEADLINE:
        made.add_row(f"[bold]{name}[/bold] ({units[name]})")
        for arm in arms:
            rows = (means.get((arm, pack), {}) for pack in titles)
            made.add_row(f"  {arm}", *(number(row.get(name, math.nan), units[name]) for row in rows))
    shown.print(made)
