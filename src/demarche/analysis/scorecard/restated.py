"""Restated patterns: one number alone flips the verdict, so the pattern repeats what that number was told.

Each link is made neutral and each base rate halved in turn, with the luck and the draws of the full account. The
verdict is taken on resamples of the runs, the same ones with and without. A pattern is restated if one number flips
its verdict in more than four of five resamples under some account, and no other one does there. The study takes an
hour of two processors; its result is kept with what it holds for (see `held_for`), and is not used for anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import LINK_PREFIX
from demarche.accounts.packaged import neutral_value, packaged_accounts
from demarche.analysis.kept import read_kept
from demarche.analysis.scorecard.held_for import digests, holds
from demarche.analysis.scorecard.jobs import Roles, drawn_runs, together, view_of
from demarche.analysis.scorecard.tables import tables_of
from demarche.analysis.side_by_side import Workers, side_by_side
from demarche.engine.setup import Setup
from demarche.history.as_tables import surroundings_of
from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import NotMeasured, View
from demarche.history.record import Record, need_record
from demarche.history.scorecard.verdict import LEAST, measured, verdict
from demarche.history.tables import Tables

FOLDER, FILE = "demarche.analysis.scorecard", "restated.json"
COMMAND = "demarche validate --restate restated.json"
DRAWS = 50
FLIPS = 0.8
AT_ONCE = 8  # links and base rates whose runs stand side by side
PART = 3 * AT_ONCE  # of them in one part of the work, for which the full account is run once


@dataclass(frozen=True)
class Flip:
    """A link or base rate that flips the verdict on a pattern under an account, and in which share of resamples."""

    pattern: str
    account: str
    path: str
    share: float


def known_restated(setup: Setup, record: Record) -> dict[str, str] | None:
    """Return pattern -> number from the packaged study, None if it is of another model, account or case."""
    study = read_kept(FOLDER, FILE)
    if not study or setup.catalogue.added or not _as_packaged(setup):
        return None
    if not setup.accounts.keys() <= study["digests"]["accounts"].keys():
        return None
    if not holds(study["digests"], setup.catalogue, setup.cast, record):
        return None
    return {one["pattern"]: f"{one['path']} under {one['account']}" for one in study["restated"]}


def _as_packaged(setup: Setup) -> bool:
    """Tell whether all accounts are packaged ones, with no number that a scenario sets."""
    packaged = packaged_accounts()
    return all(
        name in packaged and account.digest == packaged[name].digest and account.settings == packaged[name].settings
        for name, account in setup.accounts.items()
    )


@dataclass(frozen=True)
class Asked:
    """Some numbers of the study: links and base rates under one account, by their paths."""

    setup: Setup
    roles: Roles
    account: str
    seeds: tuple[int, ...]
    paths: tuple[str, ...]


def write_study(
    setup: Setup,
    roles: Roles,
    seeds: tuple[int, ...],
    path: Path,
    tell: Callable[[str], None],
    workers: int | Workers = 1,
) -> int:
    """Run the study, in several processes if asked, and write it; return the number of restated patterns."""
    record = need_record(setup.cast)
    paths = setup.catalogue.shared_paths
    parts = [
        Asked(setup, roles, account, seeds, tuple(paths[start : start + PART]))
        for account in setup.accounts
        for start in range(0, len(paths), PART)
    ]
    flips = []
    for number, found in enumerate(side_by_side(flips_of, parts, workers), 1):
        flips += found
        tell(f"{number} of {len(parts)} parts, {PART} links and base rates of an account each")
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
        count[one.pattern, one.account] = count.get((one.pattern, one.account), 0) + 1
    return [one for one in flips if count[one.pattern, one.account] == 1]


def flips_of(asked: Asked) -> list[Flip]:
    """Return which of the links and base rates flip a verdict."""
    patterns = need_record(asked.setup.cast).patterns
    whole = values_by_path(asked.setup, asked.roles, asked.account, asked.seeds, ())[""]
    found = []
    for start in range(0, len(asked.paths), AT_ONCE):
        some = asked.paths[start : start + AT_ONCE]
        cases = values_by_path(asked.setup, asked.roles, asked.account, asked.seeds, some)
        found += [
            Flip(name, asked.account, path, share)
            for path, values in cases.items()
            for name, share in shares(patterns, whole, values).items()
            if share > FLIPS
        ]
    return found


Values = Mapping[str, NDArray[np.float64]]


def values_by_path(
    setup: Setup, roles: Roles, account: str, seeds: tuple[int, ...], paths: tuple[str, ...]
) -> dict[str, Values]:
    """Return path -> pattern -> values by draw `(n_seeds,)`, NaN where not measured; the key is empty without paths."""
    arms, cases = list(setup.arms), paths or ("",)
    rows = [(arm, case, draw) for arm in arms for case in cases for draw in range(len(seeds))]
    runs = drawn_runs(setup, [(arm, account, draw) for arm, _, draw in rows], seeds)
    case_of = np.array([case for _, case, _ in rows])
    for path in paths:
        runs.values[path][case_of == path] = altered(path, runs.values[path][case_of == path])
    tables = tables_of(setup, runs, bulk=True)
    record, around = need_record(setup.cast), surroundings_of(setup.cast)
    found = {}
    for case in cases:
        one = together(replace(tables, runs=tables.runs[case_of == case]), account)
        one = renumbered(one)
        view = replace(view_of(one, account, roles, around), error=record.judging.error)
        found[case] = all_values(record.patterns, view)
    return found


def altered(path: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values of a link made neutral, or of a base rate halved."""
    if path.startswith(LINK_PREFIX):
        return np.full_like(values, neutral_value(path.removeprefix(LINK_PREFIX)))
    return values / 2.0


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
                    verdict(name, keys, values[(draw[: len(values)] * len(values)).astype(int)]).by_line
                    for values in (before, after)
                ]
                for draw in draws
            ]
            found[name] = float(np.mean([a != b for a, b in words]))
    return found
