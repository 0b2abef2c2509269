"""The tornado page: what decides each main outcome, and what moves nothing, written from the study of liveness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.analysis.liveness.conduct import Reach
from demarche.analysis.liveness.effects import FAINT, LINK, NUMBER, RATE, RULE
from demarche.analysis.liveness.reach_study import COMMAND as REACH
from demarche.analysis.liveness.reach_study import read_reach, rows_of
from demarche.analysis.liveness.study import COMMAND, MAIN, Kept, cases_of, read_study
from demarche.engine.variables import OUTCOMES

MOST = 10
KINDS = {LINK: "links", RATE: "base rates", NUMBER: "numbers of rules", RULE: "rules"}


def leaders(effects: Mapping[str, float], prefix: str, most: int = MOST) -> list[tuple[str, float]]:
    """Return the links or the base rates that move an outcome most, largest first."""
    mine = [(path.removeprefix(prefix), effect) for path, effect in effects.items() if path.startswith(prefix)]
    return sorted(mine, key=lambda one: -abs(one[1]))[:most]


def led_by_rates(deciding: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the outcomes that a base rate moves more than any link."""
    def first(outcome: str, prefix: str) -> float:
        return max((abs(effect) for _, effect in leaders(deciding[outcome], prefix, 1)), default=0.0)

    return [name for name in deciding if first(name, RATE_PREFIX) > first(name, LINK_PREFIX)]


def faint(cases: Sequence[Kept], kind: str) -> list[str]:
    """Return the cases of a kind that move no outcome by a hundredth of its spread."""
    return [one.name for one in cases if one.kind == kind and one.effect <= FAINT]


def tornado_page() -> str:
    """Return the page."""
    study = read_study()
    if not study:
        return f"# What moves what: the tornado\n\nNot studied yet: `{COMMAND}`.\n"
    deciding, cases = study["deciding"], cases_of(study)
    counts = [
        f"| {what} | {sum(one.kind == kind for one in cases)} | {len(names)} | {_names(names)} |"
        for kind, what in KINDS.items()
        for names in [faint(cases, kind)]
    ]
    parts = [
        "# What moves what: the tornado\n",
        "Written by `demarche reference` from the study of liveness; do not edit by hand.\n",
        _first(led_by_rates(deciding)),
        f"Account `{study['account']}`, arm `{study['arm']}`, whole period, {study['draws']} draws of everything that "
        "is uncertain. An effect is how far an outcome goes from 5 to 95 % of a number's prior, in standard deviations "
        f"of the outcome over these runs; one standard error is {study['error']:.2f}, so that of 226 numbers the "
        f"largest by luck alone is about {3 * study['error']:.2f}. Repeat it: `{COMMAND}`.\n",
        "## What is as good as dead\n",
        f"Each number at the ends of its prior and each rule off, against the same {study['lucks']} draws and lucks. "
        "Runs of one luck part ways once anything differs, so that this tells what acts, not how much. What moved "
        f"nothing was tried again with {study['again']['lucks']} other draws and lucks, a rule that carries out levers "
        "where these are set to an end of their range, and one that waits for a kind of event that the case lacks with "
        "one a year; that is told.\n",
        "\n".join(["| what | tried | move nothing by 1 % of a spread | which |", "|---|---|---|---|", *counts, ""]),
    ]
    parts += [_section(study, name) for name in MAIN]
    return "\n".join(parts)


def _first(rates: Sequence[str]) -> str:
    if not rates:
        return "In every main outcome a link leads, not a base rate.\n"
    return (f"**Base rates, which no document disputes, lead in {len(rates)} of {len(MAIN)} main outcomes: "
            f"{', '.join(f'`{name}`' for name in rates)}.**\n")  # fmt: skip


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _section(study: Mapping[str, Any], outcome: str) -> str:
    effects = study["deciding"][outcome]
    rows = zip(leaders(effects, LINK_PREFIX), leaders(effects, RATE_PREFIX), strict=True)
    lines = [f"| `{link}` | {one:+.2f} | `{rate}` | {other:+.2f} |" for (link, one), (rate, other) in rows]
    return "\n".join([f"## {OUTCOMES[outcome].meaning} (`{outcome}`)\n", "| link | effect | base rate | effect |",
                      "|---|---|---|---|", *lines, ""])  # fmt: skip


def reach_page() -> str:
    """Return the page on how far conduct from abroad reaches core practice in each account."""
    study = read_reach()
    if not study:
        return f"# How far conduct from abroad reaches\n\nNot studied yet: `{REACH}`.\n"
    rows = rows_of(study)
    parts = [
        "# How far conduct from abroad reaches\n",
        "Written by `demarche reference` from the study of reach; do not edit by hand.\n",
        f"Each class of conduct is forced on (everybody who decides takes the option that does most) and off; `all` is "
        f"everything on against everything off, `none` is everything off against conduct as it was. Outcome: "
        f"{OUTCOMES[study['outcome']].meaning}, in standard deviations of a run at given parameters; {study['draws']} "
        f"draws of each account, {study['lucks']} lucks of each. A class reaches if it moves the mean by more than "
        "5 % of that spread in more than a quarter of the draws, what luck leaves in a draw taken off, or the spread "
        f"itself by more than 5 % beyond two standard errors. Repeat it: `{study['command']}`.\n",
    ]
    for account in dict.fromkeys(one.account for one in rows):
        mine = [one for one in rows if one.account == account]
        lines = [
            f"| {one.name} | {one.mean:+.2f} +- {one.mean_error:.2f} | {one.spread:+.2f} +- {one.spread_error:.2f} "
            f"| {one.draws:.0%} |"
            for one in mine
        ]
        parts += [f"## {account}\n", f"{paths_told(mine)}\n", "\n".join([
            "| class | mean | spread | draws |", "|---|---|---|---|", *lines, ""
        ])]  # fmt: skip
    return "\n".join(parts)


def paths_told(rows: Sequence[Reach]) -> str:
    """Return the sentence on which classes of conduct have no path to core practice in the account of some rows."""
    deaf = [one.name for one in rows if not one.is_there]
    if not deaf:
        return "Every class of conduct has a path to core practice in this account."
    return f"In this account these have no path to core practice that shows: {', '.join(deaf)}."


def paths_of(account: str) -> str:
    """Return that sentence of an account from the packaged study; empty if the account was not studied."""
    study = read_reach()
    mine = [one for one in rows_of(study) if one.account == account] if study else []
    return paths_told(mine) if mine else ""
