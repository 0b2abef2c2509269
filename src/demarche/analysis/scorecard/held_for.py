"""What a study of the model holds for: rules, accounts, cast, record, and an engine that gives the same numbers.

An engine whose statements are those of the study gives its numbers. One that was rewritten is tried: it must leave
the same numbers of a small fixed batch, so that a faster engine does not outdate a study and another result does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import Cast
from demarche.engine.recorder import detail_label
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.engine.simulate import Outcomes, simulate
from demarche.engine.variables import EVENT_KINDS
from demarche.history.record import Record, need_record
from demarche.rules.collected import Catalogue
from demarche.rules.identity import code_digest, digest_of, rule_digest
from demarche.world.calendar import Calendar, Period

SEEDS = range(8)
ARM = "as_it_was"
SHORT = 8  # hexadecimal signs that are kept of the digest of one number
DIGITS = 6  # significant ones: the last bits of a number depend on the machine
_TRIED: dict[tuple[str, ...], str] = {}


def digests(catalogue: Catalogue, cast: Cast, record: Record) -> dict[str, Any]:
    """Return digests of rules, cast, record and the engine's statements; of each packaged account; of its numbers."""
    told = _told(catalogue, cast, record)
    return {**told, "accounts": account_digests(), "engine": code_digest(),
            "numbers": numbers_digests(cast, tuple(packaged_accounts()))}  # fmt: skip


def account_digests() -> dict[str, str]:
    """Return packaged account -> digest of what it holds."""
    return {name: account.digest for name, account in packaged_accounts().items()}


def holds(kept: Mapping[str, Any], catalogue: Catalogue, cast: Cast, record: Record) -> bool:
    """Tell whether a study with some digests holds for these rules, this cast and record, its accounts and this engine.

    An account or a measured quantity that was added since is no part of the study, and does not outdate it.
    """
    if any(kept[name] != digest for name, digest in _told(catalogue, cast, record).items()):
        return False
    if not kept["accounts"].items() <= account_digests().items():
        return False
    return kept["engine"] == code_digest() or _all_found(kept["numbers"], _numbers_now(kept, catalogue, cast, record))


def _all_found(kept: str, now: str) -> bool:
    """Tell whether each number of a study is among those of this engine, which may measure more."""
    return bool(kept) and set(kept.split()) <= set(now.split())


def _numbers_now(kept: Mapping[str, Any], catalogue: Catalogue, cast: Cast, record: Record) -> str:
    """Return the digests of the engine's numbers, tried once in a process for each engine and what it is told."""
    key = (*_told(catalogue, cast, record).values(), *kept["accounts"], *kept["accounts"].values(), code_digest())
    if key not in _TRIED:
        _TRIED[key] = numbers_digests(cast, tuple(kept["accounts"]))
    return _TRIED[key]


def _told(catalogue: Catalogue, cast: Cast, record: Record) -> dict[str, str]:
    rules = digest_of(rule_digest(rule) for rule in catalogue.rules)
    return {"rules": rules, "cast": cast.digest, "record": record.digest}


def numbers_digests(cast: Cast, names: tuple[str, ...]) -> str:
    """Return the numbers of a batch, eight seeds under some accounts while the record lasts, as short digests.

    One for each outcome, series and kind of event, over its name and its values, with blanks between: one that is
    measured besides adds its own and leaves the others.
    """
    record = need_record(cast)
    period = Period(record.start, record.start.steps_to(record.end) + 1)
    arm = ArmSetup(ARM, Calendar(period, tuple(cast.events)))
    accounts = {name: packaged_accounts()[name] for name in names}
    rows = [(account, seed) for account in accounts for seed in SEEDS]
    runs = Runs([ARM] * len(rows), [account for account, _ in rows], [seed for _, seed in rows])
    found = simulate(Setup(cast, period, {ARM: arm}, accounts), runs, bulk=True)
    return " ".join(digest_of([line])[:SHORT] for line in _numbers(found))


def _numbers(found: Outcomes) -> list[str]:
    """Return what a batch left behind as texts: outcomes, series added up over months, events counted by kind."""
    sums = found.series.astype(np.float64).sum(axis=1)
    columns = {f"outcome {name}": values for name, values in found.outcomes.items()}
    columns |= {f"series {name}": sums[row] for row, name in enumerate(found.series_names)}
    events, n_runs = found.events, found.series.shape[-1]
    for kind, detail in sorted(set(zip(events.kind.tolist(), events.detail.tolist(), strict=True))):
        here = (events.kind == kind) & (events.detail == detail)
        name = f"events {EVENT_KINDS[kind].kind} {detail_label(kind, detail)}"
        columns[name] = np.bincount(events.run[here], minlength=n_runs).astype(np.float64)
    return [f"{name}: {[f'{value:.{DIGITS}g}' for value in values]}" for name, values in columns.items()]
