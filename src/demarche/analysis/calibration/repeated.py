"""Whether another seed would say the same: what the record narrows, from banks of several seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demarche.analysis.calibration.bank import Bank
from demarche.analysis.calibration.narrowing import Narrowed, narrowed_by
from demarche.analysis.calibration.study import Plan, learn
from demarche.analysis.seed_to_seed import Held, held_over

STEP = 1_000_003
"""Between seeds, so that no two share what other studies make of seeds that follow one another."""
COLUMNS = ("parameter", "seeds: narrowed or moved", "undecided", "neither", "the same")

NOTE = "Parameters that are surely narrowed or moved on some seed. The same: no more than one in twenty is contrary."


@dataclass(frozen=True)
class Repeated:
    """What banks of several seeds say.

    Parameters
    ----------
    account, until, seeds, draws
        Whose priors, last year that was learned, and how many seeds and draws of each.
    rows
        Parameter -> on how many seeds it is narrowed or moved, undecided, neither; those that ever stand out.
    parameters
        Number of all parameters.
    by_line
        How many parameters have contradictions if nothing is undecided.
    """

    account: str
    until: int
    seeds: int
    draws: int
    rows: dict[str, Held]
    parameters: int
    by_line: int


def repeated(bank: Bank, plan: Plan, seeds: int, tell: Callable[[str], None]) -> Repeated:
    """Learn from the record with the bank and with banks of other seeds, which lie in folders below it."""
    verdicts = []
    for number in range(seeds):
        world = replace(bank.world, seed=bank.world.seed + STEP * number)
        folder = bank.folder / f"seed_{world.seed}" if number else bank.folder
        tell(f"seed {number + 1} of {seeds}")
        learned = learn(Bank(Path(folder), world), plan, lambda line: None)
        places = learned.matched.places[learned.near.rows]
        verdicts.append({one.path: one for one in narrowed_by(list(world.priors), places, learned.near, world.seed)})
    words = {path: [_word(one[path]) for one in verdicts] for path in verdicts[0]}
    lines = {path: [one[path].stands_out for one in verdicts] for path in verdicts[0]}
    rows = {path: held_over(some) for path, some in words.items() if any(word != "no" for word in some)}
    flips = sum(held_over(["yes" if one else "no" for one in some]).flips for some in lines.values())
    return Repeated(bank.world.account, plan.until, seeds, plan.size.first, rows, len(words), flips)


def _word(one: Narrowed) -> str:
    return "yes" if one.narrowed or one.moved else "undecided" if one.undecided else "no"


def sentences(found: Repeated) -> Iterator[str]:
    """Yield how many verdicts hold over the seeds."""
    flips = sum(one.flips for one in found.rows.values())
    yield (
        f"Account {found.account}, learned to {found.until}, {found.seeds} seeds of {found.draws:,} draws: of "
        f"{found.parameters} parameters {flips} get contrary verdicts on more than one seed in twenty (narrowed or "
        f"moved on some, neither on others); {found.by_line} would if nothing were undecided."
    )
    sure = [path for path, one in found.rows.items() if one.yes > found.seeds / 2]
    yield f"Narrowed or moved on most seeds: {', '.join(sure) or 'none'}."


def rows(found: Repeated) -> list[list[str]]:
    """Return the parameters that are surely narrowed or moved on some seed."""
    some = {path: one for path, one in found.rows.items() if one.yes}
    order: Sequence[str] = sorted(some, key=lambda path: -some[path].yes)
    return [
        [path, *map(str, (some[path].yes, some[path].undecided, some[path].no)), "no" if some[path].flips else "yes"]
        for path in order
    ]
