"""The study: runs of all tests, their sizes and verdicts, with the command and digests that say what it holds for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from demarche.accounts.packaged import packaged_accounts
from demarche.arrays import Array
from demarche.cast.cast import load_cast
from demarche.rules.find import find_rules
from demarche.rules.identity import code_digest, digest_of, rule_digest
from tests.claims.arena import CAST, PERIOD, Arena
from tests.claims.rows import FOLDER, Arm, Row, Test, measures, rows, switches

STUDY = FOLDER / "study.json"
COMMAND = "python -m tests.claims"
PAIRS, MORE = 32, 128
AT_ONCE = 512  # runs side by side
MANY = 20  # measures of an arm that is read for the spread of others
FEW = 4  # runs an account whose numbers stand for an engine's
MOVES, HARDLY, PATH = 0.1, 0.1, 0.2  # sd of the measure over runs
SURE = 2.0  # standard errors beyond which a difference is no luck of the pairs

class Sums(dict[Arm, dict[str, Array]]):
    """Arm -> measure -> sums up to each bound `(n_bounds, n_seeds)`."""


@dataclass(frozen=True)
class Found:
    """What a test found: mean difference in sd of the measure over runs, its standard error, and pairs of runs.

    `size` is None where the measure is the same in all runs of an arm and the difference is not nil.
    """

    size: float | None
    error: float
    pairs: int
    difference: float

    @property
    def sure(self) -> bool:
        """Whether it is no luck of the pairs."""
        return self.size is None or abs(self.size) > SURE * self.error

    def has_sign(self, sign: int) -> bool:
        """Tell whether the effect is there with the sign that a claim states."""
        enough = self.size is None or abs(self.size) > MOVES
        return self.sure and enough and np.sign(self.difference) == sign

    def is_nil(self) -> bool:
        """Tell whether there is hardly any effect."""
        return self.size is not None and abs(self.size) < HARDLY

    def is_a_path(self) -> bool:
        """Tell whether a strong carrier is found."""
        return self.sure and (self.size is None or abs(self.size) > PATH)


def bounds() -> tuple[int, ...]:
    """Return the months at which windows begin and end."""
    return tuple(sorted({end for row in rows() for test in row.tests() for end in test.window} - {0}))


@dataclass
class Need:
    """What is read of an arm: measures, and up to which month."""

    measures: set[str] = field(default_factory=set)
    months: int = 0

    def add(self, test: Test) -> None:
        """Let a test be read of it."""
        self.measures.add(test.measure)
        self.months = max(self.months, test.window[1])


def needs_of(tests: Iterable[Test]) -> dict[Arm, Need]:
    """Return the arms that tests need, each once; the world as it was gives the spread of each account."""
    found: dict[Arm, Need] = {}
    for test in tests:
        for arm in (test.on, test.neutral, Arm(test.on.account, "as_it_was")):
            found.setdefault(arm, Need()).add(test)
    return found


def run_arms(tests: Iterable[Test], seeds: Sequence[int], tell: Callable[[int, int], None] | None = None) -> Sums:
    """Run the arms of tests with some seeds, many side by side; arms with one calendar and length share a chunk."""
    needs, found = needs_of(tests), Sums()
    groups: dict[tuple, list[Arm]] = {}
    for arm, need in needs.items():
        key = (tuple(switches()[arm.switch].calendar.items()), need.months, len(need.measures) > MANY)
        groups.setdefault(key, []).append(arm)
    for (_, months, _), mine in groups.items():
        mine.sort(key=lambda arm: (arm.switch, arm.off))
        step = max(AT_ONCE // len(seeds), 1)
        for start in range(0, len(mine), step):
            part = mine[start : start + step]
            names = sorted({name for arm in part for name in needs[arm].measures})
            sums = Arena(part, seeds).run(names, [bound for bound in bounds() if bound <= months])
            for place, arm in enumerate(part):
                found[arm] = {name: values[place] for name, values in sums.items()}
            if tell is not None:
                tell(len(found), len(needs))
    return found


def windowed(sums: Array, window: tuple[int, int]) -> Array:
    """Return the mean of a month in a window, of each run."""
    at = bounds()
    begin = sums[at.index(window[0])] if window[0] else 0.0
    mean: Array = (sums[at.index(window[1])] - begin) / (window[1] - window[0])
    return mean


def judge(test: Test, sums: Sums) -> Found:
    """Return the size of a test; the sd is the larger of that in its arm and that in the world as it was."""
    mine = {arm: windowed(sums[arm][test.measure], test.window)
            for arm in (test.on, test.neutral, Arm(test.on.account, "as_it_was"))}  # fmt: skip
    gaps = mine[test.on] - mine[test.neutral]
    spread = max(float(mine[arm].std(ddof=1)) for arm in (test.on, Arm(test.on.account, "as_it_was")))
    mean, error = float(gaps.mean()), float(gaps.std(ddof=1)) / np.sqrt(len(gaps))
    if spread < 1e-12:
        return Found(0.0 if abs(mean) < 1e-12 else None, 0.0, len(gaps), mean)
    return Found(round(mean / spread, 3), round(error / spread, 3), len(gaps), float(f"{mean:.4g}"))


def clear(test: Test, found: Found) -> bool:
    """Tell whether more pairs could hardly change the verdict of a test."""
    if found.size is None or found.error == 0.0:
        return True
    if test.what == "claim" and test.sign == 0:
        return abs(abs(found.size) - HARDLY) > SURE * found.error
    bar = PATH if test.what == "path" else MOVES
    size = abs(found.size) if test.what == "path" else found.size * test.sign
    return abs(size - bar) > SURE * found.error


def verdict_of(row: Row, found: dict[str, Found]) -> str:
    """Return carried, or what is missing: of a row of `claims.csv` with what its tests found."""
    if row.kind == "structure":
        return "structure"
    signs = {test.what: test.sign for test in row.tests()}
    if row.kind == "none":
        if not found["claim"].is_nil():
            return "failed: has an effect"
        return "carried" if found["path"].is_a_path() else "failed: no path"
    held = [found[what].has_sign(sign) for what, sign in signs.items()]
    if all(held):
        return "carried"
    if row.kind == "mixed" and any(held):
        return "failed: one sign only"
    first = found["claim"]
    wrong = first.size is None or (first.sure and abs(first.size) > MOVES)
    return "failed: other sign" if row.kind == "sign" and wrong else "failed: too small"


def study(wanted: Sequence[Row], tell: Callable[[int, int], None] | None = None, most: int = MORE) -> dict[str, dict]:
    """Return claim -> tests and verdict; what 32 pairs leave open is asked of more pairs."""
    left = [test for row in wanted for test in row.tests()]
    found: dict[tuple[str, str], Found] = {}
    for pairs in (n for n in (PAIRS, MORE) if n <= most):
        sums = run_arms(left, range(pairs), tell)
        found |= {(test.claim, test.what): judge(test, sums) for test in left}
        left = [test for test in left if not clear(test, found[test.claim, test.what])]
        if not left:
            break
    told = {}
    for row in wanted:
        mine = {what: one for (claim, what), one in found.items() if claim == row.claim}
        told[row.claim] = {"verdict": verdict_of(row, mine), "tests": {what: asdict(one) for what, one in mine.items()}}
    return told


def digests() -> dict[str, str]:
    """Return digests of what the study holds for: rules, accounts, cast, engine and the tables of the test."""
    names = ("claims.csv", "switches.yaml", "measures.yaml", "effects.yaml")
    return {
        "rules": digest_of(rule_digest(rule) for rule in find_rules()),
        "accounts": digest_of(packaged_accounts()[name].digest for name in accounts()),
        "cast": load_cast(CAST).digest,
        "engine": code_digest(),
        "tables": digest_of((FOLDER / name).read_text(encoding="utf-8") for name in names),
    }


def accounts() -> list[str]:
    """Return the accounts under which claims are tested."""
    return sorted({row.account for row in rows() if row.account})


def numbers() -> str:
    """Return a digest of all measures of a few runs of the world as it was, to six significant digits.

    An engine that was rewritten and gives the same numbers does not outdate the study.
    """
    found = Arena([Arm(account, "as_it_was") for account in accounts()], range(FEW)).run(sorted(measures()), bounds())
    return digest_of(f"{name}: {[f'{value:.6g}' for value in sums.ravel()]}" for name, sums in found.items())


def stale() -> list[str]:
    """Return the names of what has changed since the study was written, so that it may not hold."""
    stands = kept()
    changed = [name for name, digest in digests().items() if stands.get(name) != digest]
    return [] if changed == ["engine"] and numbers() == stands["numbers"] else changed


def write(claims: dict[str, dict], path: Path = STUDY) -> None:
    """Write the study with its command and digests."""
    told = {"command": COMMAND, "months": PERIOD.n_steps, "pairs": [PAIRS, MORE], **digests(), "numbers": numbers(),
            "claims": claims}  # fmt: skip
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def kept(path: Path = STUDY) -> dict:
    """Return the study as it was written."""
    found: dict = json.loads(path.read_text(encoding="utf-8"))
    return found
