"""The page of signs: what a first reading of the documents expected of each account, beside what the program says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from demarche.accounts.account import Account
from demarche.accounts.links import LINK_PREFIX, all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.arms.effects import ArmEffect
from demarche.analysis.arms.study import COMMAND, read_arms, rows_of
from demarche.engine.variables import OUTCOMES
from demarche.figures.look import rounded
from demarche.report.arms import carriers_in_words

Sign = Literal["+", "-", "0", "~"]
NONE_OF_SPREAD = 0.05  # part of the spread of runs below which a mean effect counts as none
READ = (
    "cooperative_learning", "strategic_target", "leverage_toolbox", "domestic_engine", "common_with_ties",
    "common_with_local_groups", "common_with_backlash", "common_with_displacement",
)  # fmt: skip
"""The accounts of the first reading, in the order of their signs; nothing was expected of accounts written since."""



@dataclass(frozen=True)
class Expected:
    """A question of the first reading, its signs, and what answers it.

    Parameters
    ----------
    question
        What moves what.
    signs
        Expected sign or signs for each account of `READ`: `+` up, `-` down, `0` none, `~` mixed or conditional.
    arm, outcome
        The arm against the reference, and the outcome, whose mean effect is looked at; empty where a link is.
    link
        Else the link whose median is looked at.
    harms
        Whether a link above its neutral value lowers what the question asks about.
    """

    question: str
    signs: tuple[str, ...]
    arm: str = ""
    outcome: str = ""
    link: str = ""
    harms: bool = False


FIRST_READING = (
    Expected("private words alone -> civil and political practice", ("+", "0", "0", "0-", "+", "0", "0", "0"),
             "quiet", "core_practice_change"),
    Expected("private words alone -> releases", ("+", "+", "+", "~", "+", "0", "0", "~"), "quiet", "releases"),
    Expected("public words alone -> civil and political practice", ("-", "+", "0", "+", "~", "+", "-", "~"),
             "vocal", "core_practice_change"),
    Expected("public naming -> treatment of who is named", ("-", "~", "+", "+", "~", "+", "-", "+"),
             link="naming_treatment"),
    Expected("coordination among senders -> concessions", ("0", "+", "+", "+", "+", "+", "-", "~"),
             link="coordination_concession"),
    Expected("open terms of talks -> substance", ("0-", "+", "+", "+", "0", "+", "0", "0"),
             link="open_terms_substance"),
    Expected("ratification -> law", ("+", "0", "+", "0", "0", "+", "0", "~"), link="ratification_law"),
    Expected("growth -> economic and social practice", ("+", "+", "~", "+", "0", "0", "0", "0"), link="growth_welfare"),
    Expected("own scandal -> weight of the sender's word", ("0", "-", "0", "-", "~", "0", "+", "0"),
             link="scandal_word", harms=True),
)  # fmt: skip
"""What was expected of each account when the documents were first read, before rules and links were written."""


def signs_page() -> str:
    """Return the page."""
    study = read_arms()
    if not study:
        return f"# Signs\n\nNot studied yet: `{COMMAND}`.\n"
    rows, draws, accounts = rows_of(study), study["draws"], _accounts()
    head = ("question", *(account.short for account in accounts))
    parts = [
        "# Signs, expected and found\n",
        "Written by `demarche reference` from the study of arms and the accounts; do not edit by hand.\n",
        "Before rules and links were written, a first reading of the documents and the literature noted which sign "
        "each account leads one to expect. Nothing was set by it: accounts hold what their passages carry, and effects "
        "of arms follow from all rules. Each cell is *expected / found*: `+` up, `-` down, `0` none, `~` mixed or "
        "conditional; a bold cell departs. An effect of an arm is a mean over draws and luck against the reference; it "
        f"counts as none if its 95 % interval holds 0 or it is below {NONE_OF_SPREAD:.0%} of the spread of runs, so "
        "that a sign says nothing of how many draws share it (those shares stand below). Of a link it is the side of "
        f"its neutral value on which the account's median lies. Repeat it: `{study['command']}`.\n",
        f"| {' | '.join(head)} |", "|" + "---|" * len(head),
    ]  # fmt: skip
    told = []
    for one in FIRST_READING:
        cells = []
        for account, expected in zip(accounts, one.signs, strict=True):
            effect = _effect(rows, one, account.id)
            found = _of_effect(effect) if effect else _of_link(one, account)
            fits = agrees(expected, found)
            cell = f"{_shown(expected)} / {found}"
            cells.append(cell if fits else f"**{cell}**")
            if not fits:
                why = _why_effect(effect, draws) if effect else _why_link(one, account)
                told.append(f"- {one.question}, {account.short}: expected {_shown(expected)}, found {found}. {why}")
        parts.append(f"| {one.question} | {' | '.join(cells)} |")
    departs = f"{len(told)} of {len(FIRST_READING) * len(accounts)} cells depart."
    return "\n".join([*parts, "", "## Where they depart, and why", "", departs, "", *told, ""])


def agrees(expected: str, found: Sign) -> bool:
    """Tell whether a sign is one of those expected; mixed or conditional admits every sign."""
    return "~" in expected or found in expected


def sign_of(mean: float, error: float, spread: float) -> Sign:
    """Return the sign of a mean effect with half the width of its interval, and the spread of runs."""
    if abs(mean) <= max(error, NONE_OF_SPREAD * spread):
        return "0"
    return "+" if mean > 0.0 else "-"


def _accounts() -> Sequence[Account]:
    return [packaged_accounts()[name] for name in READ]


def _shown(expected: str) -> str:
    return " or ".join(expected)


def _effect(rows: Sequence[ArmEffect], one: Expected, account: str) -> ArmEffect | None:
    wanted = (account, one.arm, one.outcome)
    return next((row for row in rows if (row.account, row.arm, row.outcome) == wanted), None)


def _of_effect(effect: ArmEffect) -> Sign:
    return sign_of(effect.mean, effect.error, effect.spread)


def _of_link(one: Expected, account: Account) -> Sign:
    median, neutral = account.settings[LINK_PREFIX + one.link], all_links()[one.link].said.neutral
    neutral = 0.0 if neutral == "common" else neutral  # of a link that nobody disputes there is no other
    if median == neutral:
        return "0"
    return "+" if (median > neutral) != one.harms else "-"


def _why_effect(effect: ArmEffect, draws: int) -> str:
    unit = OUTCOMES[effect.outcome].unit
    mean, low, high = (rounded(value, unit) for value in
                       (effect.mean, effect.mean - effect.error, effect.mean + effect.error))  # fmt: skip
    return (f"Mean {mean} ({low} to {high}), {effect.mean / effect.spread:+.2f} of the spread of runs; above 0 in "
            f"{effect.positive:.0%} of draws, below in {effect.negative:.0%}. What goes with it over draws: "
            f"{carriers_in_words(effect, draws)}.")  # fmt: skip


def _why_link(one: Expected, account: Account) -> str:
    prior = account.links[one.link].prior
    said = account.reasons.get(LINK_PREFIX + one.link, "")
    held = f"The account holds a median of {prior.median:g} ({prior.low:g} to {prior.high:g}) of `{one.link}`"
    if account.varies and one.link not in account.own:
        return f"{held}, which it takes over from {account.varies}: {said}."
    return f"{held}: {said}."
