"""Restated patterns: one rule alone flips the verdict, so the pattern repeats what that rule was told.

Each rule of an account that has a strength is silenced in turn, with the luck of the full account. Draws are
resamples of the runs, the same ones with and without the rule. A pattern is restated if one rule flips its
verdict in more than four of five draws under some account, and no other rule does there. The study takes
minutes; its result is kept with what it holds for (see `held_for`), and is not used for anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.packs import PACKS
from demarche.analysis.scorecard.held_for import digests, holds
from demarche.analysis.scorecard.jobs import Roles, together, view_of
from demarche.analysis.scorecard.tables import tables_of
from demarche.engine.setup import Runs, Setup
from demarche.history.as_tables import surroundings_of
from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import NotMeasured, View
from demarche.history.record import Record, need_record
from demarche.history.scorecard.verdict import LEAST, measured, verdict
from demarche.history.tables import Tables
from demarche.rules.contract import ALL

FOLDER, FILE = "demarche.analysis.scorecard", "restated.json"
COMMAND = "demarche validate --restate restated.json"
DRAWS = 50
FLIPS = 0.8
RULES_AT_ONCE = 8


@dataclass(frozen=True)
class Flip:
    """A rule that alone flips the verdict on a pattern under an account, and the share of draws in which it does."""

    pattern: str
    pack: str
    rule: str
    share: float


def known_restated(setup: Setup, record: Record) -> dict[str, str] | None:
    """Return pattern -> rule from the packaged study, None if it is of another model or another case."""
    path = resources.files(FOLDER) / FILE
    as_packaged = all(pack.settings == PACKS[name].settings for name, pack in setup.packs.items())
    if not path.is_file() or setup.catalogue.added or not as_packaged:
        return None
    study = json.loads(path.read_text(encoding="utf-8"))
    if not holds(study["digests"], setup.catalogue, setup.cast, record):
        return None
    return {one["pattern"]: f"{one['rule']} under {one['pack']}" for one in study["restated"]}


def write_study(setup: Setup, roles: Roles, seeds: tuple[int, ...], path: Path, tell: Callable[[str], None]) -> int:
    """Run the study and write it; return the number of restated patterns."""
    record = need_record(setup.cast)
    flips = [flip for pack in setup.packs for flip in study_pack(setup, roles, pack, seeds, tell)]
    alone = restated_of(flips)
    study = {
        "command": COMMAND,
        "digests": digests(setup.catalogue, setup.cast, record),
        "runs": len(seeds),
        "draws": DRAWS,
        "restated": [vars(one) for one in alone],
        "flips": [vars(one) for one in flips],
    }
    path.write_text(json.dumps(study, indent=1) + "\n", encoding="utf-8")
    return len({one.pattern for one in alone})


def restated_of(flips: list[Flip]) -> list[Flip]:
    """Return the flips that are the only one of their pattern and account."""
    count: dict[tuple[str, str], int] = {}
    for one in flips:
        count[one.pattern, one.pack] = count.get((one.pattern, one.pack), 0) + 1
    return [one for one in flips if count[one.pattern, one.pack] == 1]


def study_pack(
    setup: Setup, roles: Roles, pack: str, seeds: tuple[int, ...], tell: Callable[[str], None]
) -> list[Flip]:
    """Return the rules that flip a verdict under one account."""
    rules = [rule.id for rule in setup.catalogue.on(pack) if rule.has_strength and rule.packs != ALL]
    patterns = need_record(setup.cast).patterns
    whole = values_by_rule(setup, roles, pack, seeds, ())[""]
    found = []
    for start in range(0, len(rules), RULES_AT_ONCE):
        some = tuple(rules[start : start + RULES_AT_ONCE])
        for rule, values in values_by_rule(setup, roles, pack, seeds, some).items():
            found += [
                Flip(name, pack, rule, share)
                for name, share in shares(patterns, whole, values).items()
                if share > FLIPS
            ]
        tell(f"{pack}: {min(start + RULES_AT_ONCE, len(rules))} of {len(rules)} rules")
    return found


Values = Mapping[str, NDArray[np.float64]]


def values_by_rule(
    setup: Setup, roles: Roles, pack: str, seeds: tuple[int, ...], rules: tuple[str, ...]
) -> dict[str, Values]:
    """Return rule -> pattern -> values of the seeds that have one, in order; the key is empty without rules."""
    arms = list(setup.arms)
    cases = rules or ("",)
    rows = [(arm, case, seed) for arm in arms for case in cases for seed in seeds]
    strengths = {
        f"{rule}.{one.name}": np.array(
            [0.0 if case == rule else setup.value(f"{rule}.{one.name}", _plain(pack), 0) for _, case, _ in rows]
        )
        for rule in rules
        for one in setup.catalogue.get(rule).parameters
        if one.role == "strength"
    }
    runs = Runs([row[0] for row in rows], [pack] * len(rows), [row[2] for row in rows], strengths)
    tables = tables_of(setup, runs, bulk=True)
    record, around = need_record(setup.cast), surroundings_of(setup.cast)
    found = {}
    for case in cases:
        mine = np.array([row[1] == case for row in rows])
        one = together(replace(tables, runs=tables.runs[mine]), pack)
        one = renumbered(one)
        view = replace(view_of(one, pack, roles, around), error=record.judging.error)
        found[case] = all_values(record.patterns, view)
    return found


def _plain(pack: str) -> Runs:
    return Runs(["-"], [pack], [0])


def renumbered(tables: Tables) -> Tables:
    """Return tables whose runs are numbered from 0 on, so that errors of measurement pair over cases."""
    old = sorted(tables.runs["run"])
    new = {run: number for number, run in enumerate(old)}
    frames = {
        name: (frame := getattr(tables, name))[frame["run"].isin(old)].assign(run=lambda f: f["run"].map(new))
        for name in ("runs", "series", "events", "outcomes")
    }
    return replace(tables, **frames)


def all_values(patterns: Mapping[str, PatternKeys], view: View) -> Values:
    """Return pattern -> values of the runs that have one, in order."""
    found = {}
    for name, keys in patterns.items():
        try:
            found[name] = measured(find_patterns()[name], keys, view)
        except NotMeasured:
            found[name] = np.empty(0)
    return found


def shares(patterns: Mapping[str, PatternKeys], whole: Values, altered: Values) -> dict[str, float]:
    """Return the share of draws in which the verdict on a pattern changes; only patterns that both can be judged by."""
    found = {}
    for name, keys in patterns.items():
        before, after = whole[name], altered[name]
        if len(before) >= LEAST and len(after) >= LEAST:
            draws = np.random.default_rng(0).random((DRAWS, max(len(before), len(after))))
            words = [
                [
                    verdict(name, keys, values[(draw[: len(values)] * len(values)).astype(int)]).word
                    for values in (before, after)
                ]
                for draw in draws
            ]
            found[name] = float(np.mean([a != b for a, b in words]))
    return found
