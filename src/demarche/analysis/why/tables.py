"""The numbers of one choice as a table that adds up."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from demarche.analysis.why.digits import DIGITS, adding_up, percent, signed, times
from demarche.analysis.why.told import Table
from demarche.analysis.why.weighing import Weighing
from demarche.engine.deciding import gumbel


def shown_amounts(found: Weighing) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return what each rule added to each option as it is printed, the heaviest first, and the sums."""
    rules = found.ranked
    columns = [adding_up([float(found.added[rule][i]) for rule in rules]) for i in range(len(found.options))]
    texts = {rule: tuple(column[at] for column, _ in columns) for at, rule in enumerate(rules)}
    return texts, tuple(total for _, total in columns)


def weighing_table(found: Weighing, rates: Collection[str] = ()) -> Table:
    """Return what each rule added to each option, from the sums to the chances and the luck.

    Without a rule that lays base rates, named in `rates`, there is no choice to speak of.
    """
    amounts, totals = shown_amounts(found)
    taken = found.options.index(found.free[0])
    rival = found.rival
    pull = {rule: float(found.added[rule][taken] - found.added[rule][rival]) / found.temperature for rule in amounts}
    rows = [
        (rule, *(text if found.added[rule][i] else "" for i, text in enumerate(texts)),
         times(pull[rule]) if pull[rule] else "", "" if rule in rates else _other(found, rule))
        for rule, texts in amounts.items()
    ]  # fmt: skip
    scale = found.temperature
    ends = np.cumsum(found.chances)
    foot = (
        ("sum", *totals, "", ""),
        (f"sum / temperature {scale:g}", *(signed(value / scale) for value in found.total),
         times(float(found.total[taken] - found.total[rival]) / scale), ""),
        ("chance", *(percent(share) for share in found.chances), "", ""),
        ("luck up to", *(f"{end:.{DIGITS}f}" for end in ends), "", f"drew {found.luck[0]:.{DIGITS}f}"),
    )  # fmt: skip
    notes = (
        "Chance: exp(sum / temperature) as a share of all options; luck, a number between 0 and 1, takes the first "
        "option that reaches up to it.",
        f"Odds are those of {found.options[taken]} against {found.options[rival]}. Without it: what the same luck had "
        "given without the rule, where that is another option.",
        "Printed numbers are rounded so that each column adds up to its sum; --json has them in full.",
    )
    return Table("What each rule added, in units of utility", ("rule", *found.options, "odds", "without it"),
                 tuple(rows), foot, notes, ("without it",))  # fmt: skip


def _other(found: Weighing, rule: str) -> str:
    """Return what the same luck would have given without a rule, if it is another option."""
    option = found.without(rule)
    return "" if option == found.free[0] else option


def several_table(found: Weighing) -> Table:
    """Return each candidate with what rules added to it, its luck, and what it had to beat."""
    rules = found.ranked
    noise = found.temperature * gumbel(found.luck)
    prices = found.decision.prices
    rows = []
    for i, option in enumerate(found.options):
        texts, total = adding_up([float(found.added[rule][i]) for rule in rules])
        price = (f"{prices[i]:g}",) if prices else ()
        rows.append((option, *texts, total, percent(float(found.chances[i])), signed(float(noise[i])),
                     signed(float(found.worth[i])), *price, "yes" if option in found.chosen else ""))  # fmt: skip
    notes = [f"The chance is that of being better than nothing. Up to {found.decision.most} are taken, the worthiest "
             f"first, each worth more than the luck of taking none: {found.threshold:+.{DIGITS}f}."]  # fmt: skip
    if found.decision.purse:
        notes.append(f"They are taken as long as {found.decision.purse} can pay their prices.")
    price = ("price",) if prices else ()
    luck = f"luck (temperature {found.temperature:g})"
    return Table("What each rule added to each candidate, in units of utility",
                 ("candidate", *rules, "sum", "chance", luck, "sum and luck", *price, "taken"), tuple(rows), (),
                 tuple(notes), ("taken",))  # fmt: skip
