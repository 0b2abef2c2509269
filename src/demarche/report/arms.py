"""The page of arms: what each does under each account, over draws and luck, and what carries it; from a kept study."""

from __future__ import annotations

import math
from collections.abc import Sequence

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.arms.effects import MOST, Z95, ArmEffect, Carrier, chance_of_carriers
from demarche.analysis.arms.study import COMMAND, read_arms, rows_of
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import list_words
from demarche.figures.look import rounded
from demarche.figures.titles import title_of

SURE = 0.9  # share of draws: at and above it an account is said to hold the sign
HEAD = ("account", "mean", "95 %", "5 to 95 % of runs", "above 0", "below 0", "luck", "links", "base rates")


def arms_page() -> str:
    """Return the page."""
    study = read_arms()
    if not study:
        return f"# What arms do\n\nNot studied yet: `{COMMAND}`.\n"
    rows, chance = rows_of(study), chance_of_carriers(study["draws"])
    contrast = " - ".join(study["contrast"] or ())
    parts = [
        "# What arms do, and what carries it\n",
        "Written by `demarche reference` from the study of arms; do not edit by hand.\n",
        f"Each arm against `{study['reference']}`, and `{contrast}`; {study['draws']} draws of each account, "
        f"{study['lucks']} lucks of each, the same in every arm. Mean with its 95 % interval over draws and luck; 5 "
        "and 95 % of single differences; share of draws in which the difference, mean over lucks, lies above and "
        "below 0; share of the variance of one difference that is luck, the rest is what the account leaves open. Then "
        "the links and base rates whose values go with the difference over draws, by rank correlation: those beyond "
        f"what the largest of all reaches by chance in one case of twenty ({chance:.2f}), five at most. Repeat it: "
        f"`{study['command']}`.\n",
        f"## What decides `{contrast}`\n",
        f"Where several are named, {study['draws']} draws do not tell which of them goes with the difference most: "
        "another seed may put another first, at times one that does not stand out here.\n",
        *[f"- {line}" for line in deciding(rows, contrast, study["draws"])], "",
    ]  # fmt: skip
    for outcome in dict.fromkeys(one.outcome for one in rows):
        parts.append(f"## {title_of(outcome)} (`{outcome}`, {OUTCOMES[outcome].unit})\n")
        for arm in dict.fromkeys(one.arm for one in rows):
            mine = [one for one in rows if (one.outcome, one.arm) == (outcome, arm)]
            title = arm if " - " in arm else f"{arm} - {study['reference']}"
            parts += [f"### {title}, {outcome}\n", _table(mine, chance)]
    return "\n".join(parts)


def deciding(rows: Sequence[ArmEffect], arm: str, draws: int) -> list[str]:
    """Return a sentence for each outcome: in which accounts the sign is held, and what leads in each.

    What leads is a group: a seed of its own would put another of them first.
    """
    found = []
    for outcome in dict.fromkeys(one.outcome for one in rows):
        mine = [one for one in rows if (one.outcome, one.arm) == (outcome, arm)]
        sides = {
            f"above 0 in {SURE:.0%} of the draws or more": [one for one in mine if one.positive >= SURE],
            f"below 0 in {SURE:.0%} of the draws or more": [one for one in mine if one.negative >= SURE],
            "either sign": [one for one in mine if max(one.positive, one.negative) < SURE],
        }
        told = [f"{words} in {list_words([_led(one, draws) for one in some])}"
                for words, some in sides.items() if some]  # fmt: skip
        found.append(f"{title_of(outcome)}: {'; '.join(told)}.")
    return found


def leading(one: ArmEffect, chance: float, draws: int) -> list[Carrier]:
    """Return which links and base rates carry an effect most, first the largest.

    The first, if it stands out, and those that stand out too and are not told apart from it: their correlations, as
    Fisher's z, differ by less than 1.96 standard errors of a difference of two.

    Parameters
    ----------
    one
        What an arm does.
    chance
        Correlation that the largest of all reaches by chance, see `chance_of_carriers`.
    draws
        Draws over which correlations were taken, more than 3.
    """
    seen = [carrier for carrier in (*one.links, *one.rates) if abs(carrier.correlation) > chance]
    ordered = sorted(seen, key=lambda carrier: -abs(carrier.correlation))
    least = math.atanh(abs(ordered[0].correlation)) - Z95 * math.sqrt(2.0 / (draws - 3)) if ordered else 0.0
    return [carrier for carrier in ordered if math.atanh(abs(carrier.correlation)) >= least]


def carriers_in_words(one: ArmEffect, draws: int) -> str:
    """Return what carries an effect most, as words; see `leading`."""
    first = leading(one, chance_of_carriers(draws), draws)
    told = ", ".join(_carrier(carrier) for carrier in first) or "no link or base rate stands out"
    return f"one of {told}" if len(first) > 1 else told


def _led(one: ArmEffect, draws: int) -> str:
    return f"{_short(one.account)} ({carriers_in_words(one, draws)})"


def _short(account: str) -> str:
    return packaged_accounts()[account].short


def _carrier(one: Carrier) -> str:
    return f"`{one.path}` {one.correlation:+.2f}"


def _table(rows: Sequence[ArmEffect], chance: float) -> str:
    lines = [f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD)]
    for one in rows:
        unit = OUTCOMES[one.outcome].unit
        mean, low, high, least, most = (
            rounded(value, unit)
            for value in (one.mean, one.mean - one.error, one.mean + one.error, one.low, one.high)
        )
        carriers = [
            ", ".join(_carrier(each) for each in some[:MOST] if abs(each.correlation) > chance) or "none"
            for some in (one.links, one.rates)
        ]
        luck = "-" if math.isnan(one.share_of_luck) else f"{one.share_of_luck:.0%}"
        lines.append(
            f"| {_short(one.account)} | {mean} | {low} to {high} | {least} to {most} | {one.positive:.0%} | "
            f"{one.negative:.0%} | {luck} | {carriers[0]} | {carriers[1]} |"
        )
    return "\n".join([*lines, ""])
