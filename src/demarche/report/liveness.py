"""The tornado page: what moves each main outcome most, what moves nothing, written from the study of liveness."""

from __future__ import annotations

from collections.abc import Sequence

from demarche.analysis.liveness.effects import FAINT, LINK, NUMBER, RATE, RULE
from demarche.analysis.liveness.study import COMMAND, LUCKS, MAIN, SURE, Kept, cases_of, read_study
from demarche.engine.variables import OUTCOMES

MOST = 10
KINDS = {LINK: "links", RATE: "base rates", NUMBER: "numbers of rules", RULE: "rules"}


def leaders(cases: Sequence[Kept], kind: str, outcome: str, most: int = MOST) -> list[Kept]:
    """Return the cases of a kind that move an outcome most, largest first."""
    mine = [one for one in cases if one.kind == kind]
    return sorted(mine, key=lambda one: -abs(one.main[outcome][0]))[:most]


def led_by_rates(cases: Sequence[Kept]) -> list[str]:
    """Return the main outcomes that a base rate moves more than any link."""
    def first(kind: str, outcome: str) -> float:
        return abs(leaders(cases, kind, outcome, 1)[0].main[outcome][0])

    return [name for name in MAIN if first(RATE, name) > first(LINK, name)]


def faint(cases: Sequence[Kept], kind: str) -> list[str]:
    """Return the cases of a kind that move no outcome by a hundredth of its spread."""
    return [one.name for one in cases if one.kind == kind and abs(one.effect) <= FAINT]


def within_luck(cases: Sequence[Kept], kind: str) -> list[str]:
    """Return the cases of a kind that stand out from luck in no outcome."""
    return [one.name for one in cases if one.kind == kind and one.errors <= SURE]


def tornado_page() -> str:
    """Return the page."""
    study = read_study()
    cases = cases_of(study)
    rates = led_by_rates(cases)
    counts = [
        f"| {what} | {sum(one.kind == kind for one in cases)} | {LUCKS[kind]} | {len(faint(cases, kind))} "
        f"| {len(within_luck(cases, kind))} |"
        for kind, what in KINDS.items()
    ]
    parts = [
        "# What moves what: the tornado\n",
        "Written by `demarche reference` from the study of liveness; do not edit by hand.\n",
        _first(rates),
        f"Account `{study['account']}`, arm `{study['arm']}`, whole period. Each number is put at 5 and at 95 % of its "
        "prior, each rule off and on; everything else is drawn, one draw a luck, the same on both sides. Effects are "
        "in standard deviations of the outcome over runs in which everything is drawn; after `+-` one standard error. "
        f"Repeat it: `{COMMAND}`.\n",
        "| what | tried | lucks | moves no outcome by 1 % of its spread | stands out from luck in no outcome |\n"
        "|---|---|---|---|---|\n" + "\n".join(counts) + "\n",
        f"One luck parts into two histories once anything differs, so that nearly everything that acts moves some "
        f"outcome by more than 1 %; the last column counts what no outcome tells from luck at {SURE:.0f} standard "
        "errors with so few runs. Dead by the first measure: " + (_listed(cases) or "nothing") + ".\n",
    ]
    parts += [_section(cases, name) for name in MAIN]
    return "\n".join(parts)


def _first(rates: Sequence[str]) -> str:
    if not rates:
        return "In every main outcome a link leads, not a base rate.\n"
    return (f"**Base rates, which no document disputes, lead in {len(rates)} of {len(MAIN)} main outcomes: "
            f"{', '.join(f'`{name}`' for name in rates)}.**\n")  # fmt: skip


def _listed(cases: Sequence[Kept]) -> str:
    return "; ".join(
        f"{what} " + ", ".join(f"`{name}`" for name in names)
        for kind, what in KINDS.items()
        if (names := faint(cases, kind))
    )


def _section(cases: Sequence[Kept], outcome: str) -> str:
    rows = zip(leaders(cases, LINK, outcome), leaders(cases, RATE, outcome), strict=True)
    lines = [f"| {_cell(link, outcome)} | {_cell(rate, outcome)} |" for link, rate in rows]
    return "\n".join([f"## {OUTCOMES[outcome].meaning} (`{outcome}`)\n", "| link | effect | base rate | effect |",
                      "|---|---|---|---|", *lines, ""])  # fmt: skip


def _cell(one: Kept, outcome: str) -> str:
    effect, error = one.main[outcome]
    return f"`{one.name.partition('.')[2]}` | {effect:+.2f} +- {error:.2f}"
