"""The summary of a batch: where the accounts disagree, the contrast of the scenario, then the means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from demarche.cli.say.bundles import tell_bundles
from demarche.cli.say.console import plain, table
from demarche.cli.say.numbers import interval, number
from demarche.cli.say.signs import tell_grounds, tell_signs, tell_unknown

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.analysis.comparison.answer import Comparison
    from demarche.analysis.comparison.batch import Batch
    from demarche.experiment.results.store import Results


def print_summary(shown: Console, results: Results) -> None:
    """Print the summary tables of a results folder."""
    from demarche.analysis.comparison.answer import compare_asked
    from demarche.analysis.comparison.batch import batch_of

    if not results.manifest.runs["done"]:
        shown.print("No run was done, so there is nothing to sum up.")
        return
    batch = batch_of(results)
    titles = {name: plain(str(results.manifest.accounts[name]["title"])) for name in batch.accounts}
    units = results.manifest.units("outcomes")
    if batch.projection:
        shown.print(batch.projection, soft_wrap=True)
    found = compare_asked(batch)
    if found is not None:
        print_contrast(shown, found, titles, units)
    tell_bundles(shown, results.manifest, (*batch.asked.contrast, batch.asked.reference))
    print_means(shown, batch, titles, units)
    tell_unknown(shown, batch.without_number(batch.shown))
    tell_grounds(shown)
    if more := len(batch.outcomes) - len(batch.shown):
        where = f"demarche compare {plain(str(results.path))} --outcomes all"
        shown.print(f"{more} more outcomes were measured: {where}", soft_wrap=True)
    if results.manifest.table("events"):
        shown.print(f"What happened, and why: demarche events {plain(str(results.path))}", soft_wrap=True)


def print_contrast(shown: Console, found: Comparison, titles: dict[str, str], units: dict[str, str]) -> None:
    """Print the paired differences of the two arms of the contrast by account, disagreements in sign first."""
    tell_signs(shown, found, titles)
    arm, reference = found.contrast.levels[0], found.contrast.reference
    pairs = f"mean of {found.pairs_text} pairs with the same luck"
    what = f"{arm} minus {reference}: {pairs}, {found.how}, {found.units_text}"
    made = table("outcome", *titles.values(), title=what, right=tuple(titles.values()))
    rows = {(row["outcome"], row["account"]): row for row in found.table.to_dict("records")}
    for name in found.contrast.outcomes:
        cells = (interval(row["mean"], row["low"], row["high"], units[name]) for row in
                 (rows[name, account] for account in titles))  # fmt: skip
        made.add_row(f"{name}\n({units[name]})", *cells)
    shown.print(made)
    if found.warning:
        shown.print(found.warning)


def print_means(shown: Console, batch: Batch, titles: dict[str, str], units: dict[str, str]) -> None:
    """Print the means of the outcomes under the arms of the contrast and the reference."""
    arms = list(dict.fromkeys((*batch.asked.contrast, batch.asked.reference)))
    means = batch.runs.groupby(["arm", "account"], observed=True)[list(batch.shown)].mean().to_dict("index")
    made = table("outcome", "arm", *titles.values(), title="Means of all runs", right=tuple(titles.values()))
    for name in batch.shown:
        cells = (
            "\n".join(number(means.get((arm, account), {}).get(name, math.nan), units[name]) for arm in arms)
            for account in titles
        )
        made.add_row(f"{name}\n({units[name]})", "\n".join(arms), *cells)
    shown.print(made)
