"""The whole scorecard of an experiment or of a results folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from demarche.accounts.account import Account
from demarche.analysis.scorecard.encodings import Encoding, encodings_of
from demarche.analysis.scorecard.jobs import Job, Roles, run_columns, until_the_record_ends, view_of
from demarche.analysis.scorecard.placebos import (
    PERMUTATIONS,
    common_placebo,
    neutral_account,
    permuted_account,
    under,
)
from demarche.analysis.scorecard.restated import known_restated
from demarche.analysis.scorecard.sources import fitted_sources
from demarche.analysis.side_by_side import Workers
from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from demarche.history.as_tables import surroundings_of
from demarche.history.record import Record, need_record
from demarche.history.scorecard.baselines.common import view_of as baseline_view
from demarche.history.scorecard.baselines.persistence import persistence
from demarche.history.scorecard.baselines.two_blocs import two_blocs
from demarche.history.scorecard.baselines.weighted_mean import weighted_mean
from demarche.history.scorecard.card import Column, Scorecard, column_of, make_card, permuted_column
from demarche.history.scorecard.verdict import LEAST

if TYPE_CHECKING:
    from demarche.history.tables import Tables

REPLICATIONS = 104
"""Runs of an account and arm: fewer than 103 cannot tell that a value lies outside 5 to 95 %, see `level`."""
PERMUTED = 24
BASELINES = (("B0", "persistence", persistence), ("B1", "weighted mean", weighted_mean), ("B2", "two blocs", two_blocs))


@dataclass(frozen=True)
class Judged:
    """A scorecard, the inputs of its case that encode an outcome, and the number of runs behind each account."""

    card: Scorecard
    encodings: tuple[Encoding, ...]
    runs: int


@dataclass(frozen=True)
class Plan:
    """How much is run: seed, runs of an account and arm, processes, whether only accounts are judged, permutations."""

    seed: int
    replications: int = REPLICATIONS
    workers: int | Workers = 1
    accounts_only: bool = False
    progress: Callable[[int], None] | None = None
    permutations: int = PERMUTATIONS


def judge_setup(setup: Setup, roles: Roles, plan: Plan) -> Judged:
    """Run every account and judge it, with placebos and baselines beside it.

    Parameters
    ----------
    setup
        What the scenario compiled to; it is cut where the record ends.
    roles
        Arms by role.
    plan
        How much is run.
    """
    short = shortened(setup, roles)
    jobs = [Job(name, one.title, "account", short, (name,), seeds(plan), roles) for name, one in short.accounts.items()]
    n_accounts = len(jobs)
    jobs += [] if plan.accounts_only else placebo_jobs(short, roles, plan)
    columns = run_columns(jobs, plan.workers, plan.progress)
    return finished(setup, columns[:n_accounts], columns[n_accounts:], plan.replications)


def judge_tables(
    tables: Tables, setup: Setup, roles: Roles, plan: Plan, learned: Mapping[str, Mapping[str, Any]] | None = None
) -> Judged:
    """Judge the accounts of a batch that was run, with placebos run anew beside them.

    Parameters
    ----------
    tables, setup, roles, plan
        What was run, arms by role, and how much is run beside it.
    learned
        Account -> what its posterior was learned from (`until`, `matched`), if its runs are of one.
    """
    record, around = need_record(setup.cast), surroundings_of(setup.cast)
    columns = []
    for name, account in setup.accounts.items():
        view = replace(view_of(tables, name, roles, around), error=record.judging.error)
        columns.append(column_of(name, account.title, "account", record.patterns, view))
    jobs = [] if plan.accounts_only else placebo_jobs(shortened(setup, roles), roles, plan)
    per_account = tables.runs.groupby(["arm", "account"]).size().max()
    placebos = run_columns(jobs, plan.workers, plan.progress)
    return finished(setup, columns, placebos, int(per_account), learned_from(learned or {}))


def learned_from(learned: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return pattern -> posteriors that were learned from it.

    Examples
    --------
    >>> learned_from({"common": {"until": 1998, "matched": ["P02"]}})
    {'P02': ('posterior of common, learned to 1998',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for account, one in learned.items():
        for name in one["matched"]:
            found[name] = (*found.get(name, ()), f"posterior of {account}, learned to {one['until']}")
    return found


def shortened(setup: Setup, roles: Roles) -> Setup:
    """Return the setup with the arms that patterns need, until the record ends."""
    return until_the_record_ends(setup, {name: 0 for name in (roles.baseline, roles.quiet) if name})


def seeds(plan: Plan) -> tuple[int, ...]:
    """Return the seeds of an account's runs; at least as many as a verdict needs."""
    return tuple(plan.seed + k for k in range(max(plan.replications, LEAST)))


def placebo_jobs(setup: Setup, roles: Roles, plan: Plan) -> list[Job]:
    """Return the columns of placebos A, B and C."""
    chosen = seeds(plan)

    def job(name: str, account: Account, some: tuple[int, ...]) -> Job:
        return Job(name, account.title, "placebo", under(setup, account), (account.id,), some, roles)

    judged = list(setup.accounts.values())
    permuted = [job("C", permuted_account(judged, number), chosen[:PERMUTED]) for number in range(plan.permutations)]
    return [job("A", neutral_account(), chosen), job("B", common_placebo(), chosen), *permuted]


def finished(
    setup: Setup, accounts: list[Column], placebos: list[Column], runs: int,
    learned: Mapping[str, tuple[str, ...]] | None = None,
) -> Judged:  # fmt: skip
    """Return the scorecard from its columns; what posteriors were learned from counts as fitted."""
    record = need_record(setup.cast)
    permutations = [column for column in placebos if column.name == "C"]
    beside = [column for column in placebos if column.name != "C"]
    if permutations:
        beside.append(permuted_column("labels permuted", permutations))
    columns = (*accounts, *beside, *baseline_columns(setup.cast, record))
    found = dict(fitted_sources(setup.catalogue, setup.accounts, setup.cast, record.judging))
    for name in set(learned or {}) & set(record.patterns):
        found[name] = (*found.get(name, ()), *(learned or {})[name])
    restated = known_restated(setup, record)
    return Judged(make_card(record.patterns, columns, found, restated), encodings_of(setup.cast, record.judging), runs)


def baseline_columns(cast: Cast, record: Record) -> tuple[Column, ...]:
    """Return the columns of the baselines."""
    around = surroundings_of(cast)
    return tuple(
        column_of(name, title, "baseline", record.patterns, baseline_view(make(cast, record), record, around))
        for name, title, make in BASELINES
    )
