"""Columns of the scorecard: the runs of many side by side, then each judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from demarche.analysis.scorecard.tables import as_tables, rows_of
from demarche.analysis.side_by_side import Workers, even_parts, side_by_side
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import CHUNK, Outcomes, simulate
from demarche.history.as_tables import surroundings_of
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import BASELINE, QUIET, Surroundings, View
from demarche.history.record import need_record
from demarche.history.scorecard.card import Column, Kind, column_of
from demarche.history.tables import Tables
from demarche.rules.priors import drawn_columns

WIDTH = CHUNK // 2  # runs of columns that are run together: wide enough, and enough parts for two processes


@dataclass(frozen=True)
class Roles:
    """Which arm of a scenario is the world as it was, and which has private words only (None if none)."""

    baseline: str
    quiet: str | None


@dataclass(frozen=True)
class Job:
    """One column to run and judge.

    Parameters
    ----------
    name, title, kind
        Of the column.
    setup
        The world.
    accounts
        Accounts whose runs are judged together.
    seeds
        Seeds of the runs of each account and arm.
    roles
        Arms by role.
    """

    name: str
    title: str
    kind: Kind
    setup: Setup
    accounts: tuple[str, ...]
    seeds: tuple[int, ...]
    roles: Roles


def run_together(jobs: Sequence[Job]) -> list[Column]:
    """Run some columns side by side and judge each: in every run its own luck and its own draw of what is uncertain.

    Parameters
    ----------
    jobs
        Columns of one world, under accounts of different names; their seeds are the first ones of the longest list.
    """
    accounts = {name: job.setup.accounts[name] for job in jobs for name in job.accounts}
    setup = replace(jobs[0].setup, accounts=accounts)
    rows = [job_rows(job) for job in jobs]
    runs = drawn_runs(setup, [row for some in rows for row in some], max((job.seeds for job in jobs), key=len))
    result = simulate(setup, runs, bulk=True)
    columns, start = [], 0
    for job, some in zip(jobs, rows, strict=True):
        mine = range(start, start + len(some))
        columns.append(judged(job, setup, runs.take(np.array(mine)), rows_of(result, mine)))
        start += len(some)
    return columns


def job_rows(job: Job) -> list[tuple[str, str, int]]:
    """Return arm, account and number of the draw of each run of a column."""
    arms, draws = list(job.setup.arms), range(len(job.seeds))
    return [(arm, account, draw) for arm in arms for account in job.accounts for draw in draws]


def judged(job: Job, setup: Setup, runs: Runs, result: Outcomes) -> Column:
    """Return the verdicts on the runs of a column."""
    record = need_record(setup.cast)
    tables = together(as_tables(setup, runs, result), job.name)
    view = view_of(tables, job.name, job.roles, surroundings_of(setup.cast))
    return column_of(job.name, job.title, job.kind, record.patterns, replace(view, error=record.judging.error))


def drawn_runs(setup: Setup, rows: Sequence[tuple[str, str, int]], seeds: Sequence[int]) -> Runs:
    """Return a table of runs from arm, account and number of the draw of each row.

    Draw k has the luck of the k-th seed, and values drawn from the priors of the account with the luck of the first
    seed, the same in every arm and, up to the quantile functions of priors, in every account.
    """
    accounts = [setup.accounts[account] for _, account, _ in rows]
    drawn = drawn_columns(setup.catalogue, accounts, [row[2] for row in rows], seeds[0])
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    return Runs([row[0] for row in rows], [row[1] for row in rows], [seeds[row[2]] for row in rows], values)


def together(tables: Tables, name: str) -> Tables:
    """Return tables in which all runs are of one account, numbered anew within their arm."""
    runs = tables.runs.assign(account=name)
    return replace(tables, runs=runs.assign(replication=runs.groupby("arm").cumcount()))


def view_of(tables: Tables, account: str, roles: Roles, around: Surroundings) -> View:
    """Return what the patterns see of one account: arms by role, others that a pattern asks for by name."""
    names = {BASELINE: roles.baseline, **({QUIET: roles.quiet} if roles.quiet else {})}
    asked = {role for pattern in find_patterns().values() for role in pattern.reads.arms}
    others = [arm for arm in tables.runs["arm"].unique() if arm not in names.values() and arm in asked]
    arms = {role: tables.slice(account, arm) for role, arm in {**names, **{arm: arm for arm in others}}.items()}
    return View(arms, around)


def run_columns(
    jobs: Sequence[Job], workers: int | Workers, progress: Callable[[int], None] | None = None
) -> list[Column]:
    """Run and judge columns of one world, side by side in so many processes; in the order of the jobs."""
    if not jobs:
        return []
    n_runs = sum(len(job_rows(job)) for job in jobs)
    parts = [jobs[some.start : some.stop] for some in even_parts(len(jobs), len(jobs) * WIDTH / n_runs)]
    found: list[Column] = []
    for columns in side_by_side(run_together, parts, workers):
        found += columns
        if progress is not None:
            progress(len(columns))
    return found


def until_the_record_ends(setup: Setup, arms: Mapping[str, Any]) -> Setup:
    """Return a setup with some arms that ends with the record; the calendar of later dates stays known."""
    record = need_record(setup.cast)
    last = setup.period.start.steps_to(record.end) + 1
    period = replace(setup.period, n_steps=max(1, min(setup.period.n_steps, last)))
    return replace(setup, period=period, arms={name: setup.arms[name] for name in arms})
