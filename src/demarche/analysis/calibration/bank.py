"""A bank of prior runs: draws of an account's priors, each with some lucks, and what a historian could see of them.

A bank is a folder: `bank.json` says what the runs are of, each part holds the measures of some draws. A part is
written complete or not at all, so that a bank that was stopped goes on where it stopped. Parameters are not stored:
they follow from the number of a draw. One bank serves every date and every synthetic history.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.priors import FAMILY_CORRELATION, Prior, correlated_normals
from demarche.analysis.calibration.facts import EVENTS
from demarche.analysis.calibration.measures import Measured, Seen, joined, seen_of
from demarche.analysis.scorecard.tables import tables_of
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.errors import DesignError, Problem
from demarche.experiment.design.seeds import new_at_every_point
from demarche.experiment.tables.files import write_bytes
from demarche.history.record import need_record
from demarche.rules.identity import code_digest, digest_of, rule_digest
from demarche.rules.priors import priors_of, uncertain_paths

VERSION = 3
HEAD, PART = "bank.json", "part_{first:07d}.bank"
DIGEST_BYTES = 32
PART_DRAWS = 600
"""Draws of a part: wide enough for the engine to be quick, narrow enough that little is lost when a bank is stopped."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class World:
    """What the runs of a bank are of.

    Parameters
    ----------
    setup
        One that ends with the record, see `until_the_record_ends`.
    arm, account
        The world as it was, and whose priors are drawn.
    seed, lucks
        From which all luck follows; runs of each draw.
    """

    setup: Setup
    arm: str
    account: str
    seed: int
    lucks: int

    @property
    def priors(self) -> dict[str, Prior]:
        """Path -> prior of everything that is drawn, in order."""
        catalogue, account = self.setup.catalogue, self.setup.accounts[self.account]
        return priors_of(catalogue, account, uncertain_paths(catalogue.rules), self.setup.fixed)

    def places(self, draws: Sequence[int]) -> Array:
        """Return the standard normal places `(n_draws, n_priors)` of some draws."""
        found = [correlated_normals(prior, self.seed, draws, FAMILY_CORRELATION) for prior in self.priors.values()]
        return np.column_stack(found)

    def runs(self, values: Mapping[str, Array], draws: Sequence[int]) -> Runs:
        """Return the runs of some draws with their values, draw by draw."""
        n = len(draws) * self.lucks
        seeds = [new_at_every_point(self.seed, draw, luck) for draw in draws for luck in range(self.lucks)]
        spread = {path: np.repeat(column, self.lucks) for path, column in values.items()}
        return Runs([self.arm] * n, [self.account] * n, seeds, spread)

    def seen(self, runs: Runs) -> Seen:
        """Run and measure."""
        tables = tables_of(self.setup, runs, bulk=True, kinds=EVENTS)
        record = need_record(self.setup.cast)
        return seen_of(tables.slice(self.account, self.arm), self.setup.cast, record)

    def values(self, places: Array) -> dict[str, Array]:
        """Return path -> values at some places `(n, n_priors)`."""
        return {path: prior.values(places[:, at]) for at, (path, prior) in enumerate(self.priors.items())}

    @property
    def identity(self) -> dict[str, Any]:
        """What results depend on, as plain data."""
        cast, catalogue = self.setup.cast, self.setup.catalogue
        events = [f"{one.code} {one.month} {one.kind}" for one in self.setup.arms[self.arm].calendar.events]
        return {
            "version": VERSION, "account": self.account, "arm": self.arm, "seed": self.seed, "lucks": self.lucks,
            "months": self.setup.period.n_steps, "held": self.setup.accounts[self.account].digest,
            "rules": digest_of(rule_digest(rule) for rule in catalogue.rules), "engine": code_digest(),
            "cast": cast.digest, "record": need_record(cast).digest, "calendar": digest_of(events),
            "fixed": dict(self.setup.fixed), "own_votes": cast.own_votes,
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Runned:
    """Runs of a bank: number of the draw of each `(n_runs,)`, and what is seen of them."""

    draws: NDArray[np.int64]
    seen: Seen


class Bank:
    """A bank on disk."""

    def __init__(self, folder: Path, world: World) -> None:
        """Open a bank, a new one if there is none.

        Raises
        ------
        DesignError
            If the folder holds a bank of something else.
        """
        self.folder, self.world = folder, world
        head = folder / HEAD
        if not head.exists():
            write_bytes(head, (json.dumps(world.identity, indent=1) + "\n").encode())
            return
        try:
            kept = dict(json.loads(head.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError):
            raise _damaged(head, "remove the folder: nothing else says what its runs are of") from None
        other = [name for name, value in world.identity.items() if kept.get(name) != value]
        if other:
            fix = "name another folder with --bank, or remove this one"
            raise DesignError([
                Problem(str(folder), "the bank holds runs of another world", found=f"another {', '.join(other)}",
                        fix=fix)
            ])  # fmt: skip

    def fill(self, draws: Sequence[int], tell: Tell) -> None:
        """Run what is lacking of some draws; those that lie in parts on disk are not run again."""
        have = self._have()
        lacking = [draw for draw in draws if draw not in have]
        for start in range(0, len(lacking), PART_DRAWS):
            tell(len(draws) - len(lacking) + start, len(draws))
            self._run(lacking[start : start + PART_DRAWS])
        tell(len(draws), len(draws))

    def read(self, draws: Sequence[int]) -> Runned:
        """Return the runs of some draws that were filled, sorted by draw."""
        wanted, parts, numbers = set(draws), [], []
        for path in self._paths():
            number, seen = _load(path)
            rows = np.isin(number, list(wanted))
            parts.append(_rows(seen, rows))
            numbers.append(number[rows])
        drawn = np.concatenate(numbers)
        order = np.argsort(drawn, kind="stable")
        return Runned(drawn[order], _rows(joined(parts), order))

    def _run(self, draws: Sequence[int]) -> None:
        seen = self.world.seen(self.world.runs(self.world.values(self.world.places(draws)), draws))
        arrays: dict[str, Any] = {f"fact/{kind}": values.astype(np.float32) for kind, values in seen.facts.items()}
        for year, one in seen.until.items():
            arrays |= {f"until/{year}": one.values, f"error/{year}": one.errors, f"name/{year}": np.array(one.names)}
        arrays["draws"] = np.repeat(np.asarray(draws, dtype=np.int64), self.world.lucks)
        made = io.BytesIO()
        np.savez_compressed(made, **arrays)
        content = made.getvalue()
        write_bytes(self.folder / PART.format(first=draws[0]), hashlib.sha256(content).digest() + content)

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob(PART.replace("{first:07d}", "*")))

    def _have(self) -> set[int]:
        found: set[int] = set()
        for path in self._paths():
            with _part(path) as part:
                found |= {int(draw) for draw in part["draws"]}
        return found


def _part(path: Path) -> Any:
    """Open a part of a bank: the SHA-256 of what follows, and arrays by name.

    Raises
    ------
    DesignError
        If a bit of it is not what was written.
    """
    content = path.read_bytes()
    digest, arrays = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if hashlib.sha256(arrays).digest() != digest:
        raise _damaged(path, "remove this file, and its runs are made again")
    return np.load(io.BytesIO(arrays))


def _damaged(path: Path, fix: str) -> DesignError:
    return DesignError([Problem(str(path), "this file of the bank is damaged", fix=fix)])


def _load(path: Path) -> tuple[NDArray[np.int64], Seen]:
    with _part(path) as part:
        facts = {name[5:]: part[name].astype(np.float64) for name in part.files if name.startswith("fact/")}
        until = {
            int(name[6:]): Measured(tuple(part[f"name/{name[6:]}"].tolist()), part[name], part[f"error/{name[6:]}"])
            for name in part.files
            if name.startswith("until/")
        }
        return part["draws"], Seen(facts, until)


def _rows(seen: Seen, rows: NDArray[Any]) -> Seen:
    """Return some runs."""
    until = {year: Measured(one.names, one.values[rows], one.errors) for year, one in seen.until.items()}
    return Seen({kind: values[rows] for kind, values in seen.facts.items()}, until)
