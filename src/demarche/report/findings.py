"""Findings in words, filled in by a program from what was run: no sentence here is typed for a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from demarche.analysis.findings.study import COMMAND, Found, is_current, read_findings, rows_of
from demarche.analysis.why.grounds import claims_in
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import list_words
from demarche.figures.graph import in_words
from demarche.figures.look import rounded
from demarche.figures.titles import title_of
from demarche.history.record import need_record
from demarche.report.effects import SIDES
from demarche.scenario.content import Scenario
from demarche.scenario.library import lesson_of, library


def sentences(rows: Sequence[Found], accounts: dict[str, str]) -> Iterator[str]:
    """Tell what the rows of one pair of arms came to, outcomes on which accounts disagree first.

    Parameters
    ----------
    rows
        Differences of one pair of arms.
    accounts
        Account -> short name.
    """
    told: list[tuple[int, str]] = []
    nothing = []
    for outcome, group in groupby(rows, key=lambda row: row.outcome):
        mine = list(group)
        named = {side: [_effect(row, accounts) for row in mine if row.side == side] for side in SIDES}
        if not (named[1] or named[-1]):
            nothing.append(title_of(outcome))
            continue
        parts = [f"{word} in {list_words(named[side])}" for side, word in ((1, "more"), (-1, "less")) if named[side]]
        if named[0]:
            parts.append(f"not clear of 0 in {list_words([accounts[row.account] for row in mine if not row.side])}")
        split = bool(named[1] and named[-1])
        mark = "**Accounts disagree.** " if split else ""
        told.append((0 if split else 1, f"{mark}{title_of(outcome)} ({OUTCOMES[outcome].unit}): {'; '.join(parts)}."))
    yield from (text for _, text in sorted(told, key=lambda one: one[0]))
    if nothing:
        yield f"Not clear of 0 in any account: {list_words([name[:1].lower() + name[1:] for name in nothing])}."


def _effect(row: Found, accounts: dict[str, str]) -> str:
    unit = OUTCOMES[row.outcome].unit
    low, high = (rounded(value, unit) for value in (row.low, row.high))
    return f"{accounts[row.account]} {rounded(row.mean, unit)} ({low} to {high})"


def finding(name: str, study: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the finding of a scenario in a study: for each pair of arms, what is compared and what it came to."""
    accounts = {key: account.short for key, account in library()[name].accounts.items()}
    return [
        (f"{arm} instead of {against}", list(sentences(list(rows), accounts)))
        for (arm, against), rows in groupby(rows_of(study, name), key=lambda row: (row.arm, row.against))
    ]


def links_at_issue(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Return the links that are at issue: id, meaning, and what each account holds with its claims."""
    found = []
    for name in lesson_of(scenario).links:
        held = []
        for account in scenario.accounts.values():
            one = account.links[name]
            claims = ", ".join(claims_in(one.reason)) if name in account.own else "as in common"
            held.append(f"{account.short} {one.prior.median:g} ({claims or one.source or 'assumption'})")
        found.append((name, in_words(name), "; ".join(held)))
    return found


def state_of(scenario: Scenario, study: Mapping[str, Any]) -> str:
    """Say how a finding is to be taken: of which size, and whether it is of this model."""
    lesson = lesson_of(scenario)
    if lesson.id not in study.get("found", {}):
        return f"Not found yet: `{COMMAND}`."
    draws = study["found"][lesson.id]["draws"]
    how = f"Mean paired differences over {draws} draws, luck of their own each, 95 % intervals."
    return how if is_current(study, scenario) else f"{how} **Of another model or scenario than this one: run it anew.**"


def library_page() -> str:
    """Return the page of the library."""
    parts = [
        "# Scenarios\n",
        f"Written by `demarche reference` from the scenario files and from `{COMMAND}`; do not edit by hand.\n",
        "Effects follow from what each account assumes and are no estimate of what happened. T1 to T4 are the accounts "
        "of `demarche accounts`; in brackets stands the 95 % interval over draws of all uncertain numbers and luck.\n",
    ]  # fmt: skip
    index = [f"| [{name}](#{_anchor(name, one)}) | `{one.path.name}` | {one.question} |"
             for name, one in library().items()]  # fmt: skip
    parts.append("\n".join(["| | file | question |", "|---|---|---|", *index, ""]))
    study = read_findings()
    return "\n".join([*parts, *(_section(name, one, study) for name, one in library().items())])


def _anchor(name: str, scenario: Scenario) -> str:
    kept = "".join(mark for mark in f"{name} {scenario.title}".lower() if mark.isalnum() or mark in " -")
    return kept.replace(" ", "-")


def _section(name: str, scenario: Scenario, study: Mapping[str, Any]) -> str:
    lesson, patterns = lesson_of(scenario), need_record(scenario.cast).patterns
    watched = [f"{key} {patterns[key].title}" if key in patterns else key for key in lesson.watched]
    arms = [f"`{key}`{f' ({arm.title})' if arm.title else ''}" for key, arm in scenario.arms.items()]
    links = [f"| `{key}` | {meaning} | {held} |" for key, meaning, held in links_at_issue(scenario)]
    found = [f"- `{title.replace(' instead of ', '` instead of `')}`\n" + "\n".join(f"  - {text}" for text in texts)
             for title, texts in finding(name, study)]  # fmt: skip
    return "\n".join([
        f"## {name} {scenario.title}\n",
        f"**{scenario.question}** {lesson.teaching}\n",
        f"`demarche init study --scenario {name}`, months {scenario.period.start} to {scenario.period.end}. "
        f"Arms: {', '.join(arms)}. Watch: {'; '.join(watched)}.\n",
        "\n".join(["| at issue | meaning | medians of accounts, with claims |", "|---|---|---|", *links, ""]),
        f"Finding. {state_of(scenario, study)}\n",
        "\n".join(found) + "\n",
    ])  # fmt: skip
