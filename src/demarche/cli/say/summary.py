"""The summary of a batch: where the accounts disagree, the contrast of the scenario, then the means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demarche.cli.say.bundles import tell_bundles
from demarche.cli.say.console import plain, table
from demarche.cli.say.numbers import difference, difference_words, number
from demarche.cli.say.signs import tell_grounds, tell_signs, tell_unknown
from demarche.errors import shell_word

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.analysis.comparison.answer import Comparison
    from demarche.analysis.comparison.batch import Batch
    from demarche.experiment.results.store import Results


def print_summary(shown: Console, results: Results, brief: bool = False) -> None:
    """Print the summary tables of a results folder; of a brief one the contrast and what decides it alone."""
    from demarche.analysis.comparison.answer import compare_asked
    from demarche.analysis.comparison.batch import batch_of

    if not results.manifest.runs["done"]:
        shown.print("No run was done, so there is nothing to sum up.")
        return
    batch = batch_of(results)
    titles = {name: plain(str(results.manifest.accounts[name]["title"])) for name in batch.accounts}
    units = results.manifest.units("outcomes")
    for words in filter(None, (batch.quick, batch.projection, batch.parameters_in_words)):
        shown.print(words, soft_wrap=True)
    found = compare_asked(batch)
    if found is not None:
        print_contrast(shown, found, titles, units)
    tell_bundles(shown, results.manifest, (*batch.asked.contrast, batch.asked.reference))
    print_split(shown, batch)
    if not brief:
        print_means(shown, batch, titles, units)
    tell_unknown(shown, batch.without_number(batch.shown))
    tell_grounds(shown)
    if more := len(batch.outcomes) - len(batch.shown):
        where = f"demarche compare {plain(shell_word(results.path))} --outcomes all"
        shown.print(f"{more} more outcomes were measured: {where}", soft_wrap=True)
    if results.manifest.table("events"):
        shown.print(f"What happened, and why: demarche events {plain(shell_word(results.path))}", soft_wrap=True)


def print_contrast(shown: Console, found: Comparison, titles: dict[str, str], units: dict[str, str]) -> None:
    """Print the paired differences of the two arms of the contrast by account, disagreements in sign first."""
    tell_signs(shown, found, titles)
    arm, reference = found.contrast.levels[0], found.contrast.reference
    pairs = f"mean of {found.pairs_text} pairs with the same luck"
    words = difference_words(found.unit_words, found.has_draws)
    what = f"{arm} minus {reference}: {pairs}, {found.how}, {found.units_text}; {words}"
    made = table("outcome", *titles.values(), title=what, right=tuple(titles.values()))
    rows = {(row["outcome"], row["account"]): row for row in found.table.to_dict("records")}
    for name in found.contrast.outcomes:
        cells = ("\n".join(difference(rows[name, account], units[name], found.has_draws)) for account in titles)
        made.add_row(f"{name}\n({units[name]})", *cells)
    shown.print(made)
    if found.warning:
        shown.print(found.warning)


def print_means(shown: Console, batch: Batch, titles: dict[str, str], units: dict[str, str]) -> None:
    """Print means under the arms of the contrast and the reference, and medians where runs are skewed."""
    arms = list(dict.fromkeys((*batch.asked.contrast, batch.asked.reference)))
    groups = dict(iter(batch.runs.groupby(["arm", "account"], observed=True)))
    title = "Means of all runs; where they are skewed, median and middle 80 % of the runs in brackets"
    made = table("outcome", "arm", *titles.values(), title=title, right=tuple(titles.values()))
    for name in batch.shown:
        heads = [name, f"({units[name]})"]
        for place, arm in enumerate(arms):
            cells = (_mean(groups.get((arm, account)), name, units[name]) for account in titles)
            made.add_row(heads[place] if place < len(heads) else "", arm, *cells)
    shown.print(made)


def _mean(runs: pd.DataFrame | None, name: str, unit: str) -> str:
    """Return the mean of an outcome among some runs, with median and quantiles if they are skewed."""
    from demarche.analysis.comparison.spread import ENDS, is_skewed

    values = np.empty(0) if runs is None else runs[name].dropna().to_numpy(dtype=np.float64)
    if not len(values):
        return number(math.nan, unit)
    mean = number(float(values.mean()), unit)
    if not is_skewed(values):
        return mean
    low, median, high = (number(float(one), unit) for one in np.quantile(values, (ENDS[0], 0.5, ENDS[1])))
    return f"{mean} ({median}; {low} to {high})"


def print_split(shown: Console, batch: Batch) -> None:
    """Print in one line what decides how the outcomes differ among all runs."""
    from demarche.analysis.comparison.units import POINT_GROUP
    from demarche.analysis.variance import in_one_line, split_variance

    names = tuple(name for name in batch.shown if name not in batch.without_number(batch.shown))
    line = in_one_line(split_variance(batch.runs, names, POINT_GROUP in batch.runs.columns, resamples=0))
    if line:
        shown.print(f"{line} By outcome: demarche sensitivity RESULTS --split", soft_wrap=True)
