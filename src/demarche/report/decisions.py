"""The page of decisions: who decides what, and how often each option is taken in each account; from a kept study."""

from __future__ import annotations

from collections.abc import Sequence

from demarche.accounts.links import all_rates
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.decisions.counted import OptionCount, seldom
from demarche.analysis.decisions.study import COMMAND, counts_of, read_decisions
from demarche.world.decisions import DECISION_OF


def decisions_page() -> str:
    """Return the page."""
    study = read_decisions()
    if not study:
        return f"# Decisions\n\nNot counted yet: `{COMMAND}`.\n"
    counts = counts_of(study)
    few = [f"`{decision}` {option}" for decision, option in seldom(list(counts.values()))]
    accounts = [packaged_accounts()[name].short for name in counts]
    heads = ("option", *accounts, "of runs")
    parts = [
        "# Decisions\n",
        "Written by `demarche reference` from a count of choices; do not edit by hand.\n",
        f"Arm `{study['arm']}`, {study['draws']} draws of each account, one run each. Of each option the share of "
        "occasions in which it is taken, median over draws, 5 to 95 % behind; then the share of runs in which it is "
        "taken at least once, in the account in which that is most. Base rates say how often an option is taken when "
        f"nothing pushes: shares above or below are what the world does to it. Repeat it: `{study['command']}`.\n",
        f"Taken in fewer than one run in twenty of this arm: {', '.join(few) or 'none'}.\n",
    ]
    for name, decision in DECISION_OF.items():
        who = "the focal state, for each " if decision.by_focal else "each "
        axes = ["sender" if decision.rows and axis == "state" else axis for axis in decision.axes]
        first = [one for one in next(iter(counts.values())) if one.decision == name]
        if {one.option for one in first} != set(decision.options):
            parts.append(f"## {name}\n\nIt has changed since the count: `{COMMAND}`.\n")
            continue
        rates = ", ".join(f"`{rate}` {all_rates()[rate].prior.median:g}" for rate in first[0].rates) or "none"
        parts += [
            f"## {name}\n",
            f"{decision.meaning[:1].upper()}{decision.meaning[1:]}. Who: {who}{' x '.join(axes)}. When: "
            f"{decision.when}. Occasions in a run: {first[0].occasions:,.0f}. Base rates: {rates}.\n",
            f"| {' | '.join(heads)} |", "|" + "---|" * len(heads),
            *(_line([_of(some, name, option) for some in counts.values()]) for option in decision.options), "",
        ]  # fmt: skip
    return "\n".join(parts)


def _of(counts: Sequence[OptionCount], decision: str, option: str) -> OptionCount:
    return next(one for one in counts if (one.decision, one.option) == (decision, option))


def _line(row: Sequence[OptionCount]) -> str:
    shares = ["-" if one.share != one.share else f"{one.share:.3f} ({one.low:.3f} to {one.high:.3f})" for one in row]
    return f"| {row[0].option} | {' | '.join(shares)} | {max(one.runs for one in row):.0%} |"
