"""Columns of the scorecard, each run and judged in one go, in a process of its own if there are several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

from demarche.analysis.scorecard.tables import tables_of
from demarche.engine.setup import Runs, Setup
from demarche.history.as_tables import surroundings_of
from demarche.history.patterns.view import BASELINE, QUIET, Surroundings, View
from demarche.history.record import need_record
from demarche.history.scorecard.card import Column, Kind, column_of
from demarche.history.tables import Tables
from demarche.rules.priors import drawn_columns


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


def run_column(job: Job) -> Column:
    """Run and judge one column: in every run its own luck and its own draw of what is uncertain."""
    arms = list(job.setup.arms)
    rows = [(arm, account, draw) for arm in arms for account in job.accounts for draw in range(len(job.seeds))]
    runs = drawn_runs(job.setup, rows, job.seeds)
    tables = tables_of(job.setup, runs, bulk=True)
    record = need_record(job.setup.cast)
    view = view_of(together(tables, job.name), job.name, job.roles, surroundings_of(job.setup.cast))
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
    """Return what the patterns see of one account: arms by role, others by name."""
    names = {BASELINE: roles.baseline, **({QUIET: roles.quiet} if roles.quiet else {})}
    others = [arm for arm in tables.runs["arm"].unique() if arm not in names.values()]
    arms = {role: tables.slice(account, arm) for role, arm in {**names, **{arm: arm for arm in others}}.items()}
    return View(arms, around)


def run_columns(jobs: Sequence[Job], workers: int, progress: Callable[[int], None] | None = None) -> list[Column]:
    """Run and judge columns, side by side in so many processes; in the order of the jobs."""
    if workers < 2 or len(jobs) < 2:
        return [_told(run_column(job), progress) for job in jobs]
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=get_context("spawn")) as pool:
        return [_told(column, progress) for column in pool.map(run_column, jobs)]


def _told(column: Column, progress: Callable[[int], None] | None) -> Column:
    if progress is not None:
        progress(1)
    return column


def until_the_record_ends(setup: Setup, arms: Mapping[str, Any]) -> Setup:
    """Return a setup with some arms that ends with the record; the calendar of later dates stays known."""
    record = need_record(setup.cast)
    last = setup.period.start.steps_to(record.end) + 1
    period = replace(setup.period, n_steps=max(1, min(setup.period.n_steps, last)))
    return replace(setup, period=period, arms={name: setup.arms[name] for name in arms})
