"""Whether another seed would say the same of what the record narrows and of two arms, from banks of several seeds.

What differs between seeds is all that is luck: which draws of the priors are run, the luck of each run, the noise that
is put on their numbers, and the luck of the runs that compare two arms. Other weights or other parts of one bank would
share draws and runs, and so agree with one another more than a reader with a bank of his own would agree with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from demarche.analysis.calibration.adjusting import adjusted, resampled
from demarche.analysis.calibration.bank import Bank
from demarche.analysis.calibration.contrast import leaning, told
from demarche.analysis.calibration.narrowing import Narrowed, narrowed_by
from demarche.analysis.calibration.study import Learned, Plan, compared, learn
from demarche.analysis.seed_to_seed import COUNTED, Held, held_over, steadiness
from demarche.arrays import Array
from demarche.history.scorecard.level import ERROR, LEVEL

STEP = 1_000_003
"""Between seeds, so that no two share what other studies make of seeds that follow one another."""
Table = tuple[Sequence[str], list[list[str]], str]
PARAMETERS = ("parameter", "seeds: narrowed or moved", "undecided", "neither", "contrary")
ARMS = ("difference of the arms", "over", "seeds: first is more", "undecided", "second is more", "draws above 0",
        "draws below 0", "contrary")  # fmt: skip
PARAMETERS_NOTE = f"Parameters that are surely narrowed or moved on some seed. {COUNTED}"
ARMS_NOTE = (
    f"First arm minus second. More: the mean over draws lies more than {ERROR:.2f} standard errors from 0 (an interval "
    f"of {100 * LEVEL:.0f} %, as for verdicts on patterns); undecided: less. Draws above and below 0: least and "
    "largest share on a seed."
)


@dataclass(frozen=True)
class Leaning:
    """One arm minus another at several seeds.

    Parameters
    ----------
    outcome, over
        Outcome, and whether over draws of the prior, of the posterior, or at medians.
    held
        On how many seeds the first is more (yes), undecided, or the second (no).
    means, above, below
        Mean, and shares of draws above and below 0, of each seed.
    """

    outcome: str
    over: str
    held: Held
    means: list[float]
    above: list[float]
    below: list[float]


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
    told
        Number of the record -> on how many seeds parameters tell something of it in draws left out, or nothing.
    arms, leanings
        Two arms, none if nothing is compared, and what is said of their differences.
    """

    account: str
    until: int
    seeds: int
    draws: int
    rows: dict[str, Held]
    parameters: int
    by_line: int
    told: dict[str, Held]
    arms: tuple[str, ...] = ()
    leanings: tuple[Leaning, ...] = ()


@dataclass(frozen=True)
class _One:
    """What one seed says: parameters, whether numbers are told of, and set -> outcome -> differences `(n_draws,)`."""

    narrowed: dict[str, Narrowed]
    told: dict[str, str]
    differences: Mapping[str, Mapping[str, Array]]


def repeated(bank: Bank, plan: Plan, seeds: int, tell: Callable[[str], None]) -> Repeated:
    """Learn from the record with the bank and with banks of other seeds, which lie in folders below it."""
    found = []
    for number in range(seeds):
        world = replace(bank.world, seed=bank.world.seed + STEP * number)
        folder = bank.folder / f"seed_{world.seed}" if number else bank.folder
        tell(f"seed {number + 1} of {seeds}")
        found.append(_said_by(Bank(Path(folder), world), plan))
    verdicts = [one.narrowed for one in found]
    words = {path: [_word(one[path]) for one in verdicts] for path in verdicts[0]}
    lines = {path: [one[path].stands_out for one in verdicts] for path in verdicts[0]}
    rows = {path: held_over(some) for path, some in words.items() if any(word != "no" for word in some)}
    flips = sum(held_over(["yes" if one else "no" for one in some]).flips for some in lines.values())
    names = sorted({name for one in found for name in one.told})
    numbers = {name: held_over([one.told.get(name, "") for one in found]) for name in names}
    arms = plan.pair.arms if plan.pair is not None and plan.contrasted else ()
    return Repeated(bank.world.account, plan.until, seeds, plan.size.first, rows, len(words), flips, numbers, arms,
                    tuple(_leanings([one.differences for one in found])))  # fmt: skip


def _said_by(bank: Bank, plan: Plan) -> _One:
    """Return what the bank of one seed says."""
    world = bank.world
    learned: Learned = learn(bank, plan, lambda line: None)
    places, near = learned.matched.places[learned.near.rows], learned.near
    narrowed = {one.path: one for one in narrowed_by(list(world.priors), places, near, world.seed)}
    told_of = {one.name: "yes" if one.told > 0.0 else "no" for one in learned.matched.waves[0].emulators}
    left = resampled(adjusted(places, near), near.weights, plan.kept, world.seed)
    return _One(narrowed, told_of, compared(world, plan, left))


def _word(one: Narrowed) -> str:
    return "yes" if one.narrowed or one.moved else "undecided" if one.undecided else "no"


def _leanings(found: Sequence[Mapping[str, Mapping[str, Array]]]) -> Iterator[Leaning]:
    """Yield what is said of each outcome over each set of parameters."""
    outcomes = [name for some in list(found[0].values())[:1] for name in some]
    for name in outcomes:
        for over in found[0]:
            each = [one[over][name] for one in found]
            short: list[dict[str, Any]] = [told(one) for one in each]
            columns = {what: [one.get(what, float("nan")) for one in short] for what in ("mean", "above", "below")}
            yield Leaning(name, over, held_over([leaning(one) for one in each]), columns["mean"], columns["above"],
                          columns["below"])  # fmt: skip


def sentences(found: Repeated) -> Iterator[str]:
    """Yield how many verdicts hold over the seeds."""
    quiet = [Held(0, 0, found.seeds)] * (found.parameters - len(found.rows))
    yield (
        f"Account {found.account}, learned to {found.until}, {found.seeds} seeds of {found.draws:,} draws. Of the "
        f"verdicts (narrowed or moved, undecided, neither) on parameters "
        f"{steadiness([*found.rows.values(), *quiet], found.seeds)}; {found.by_line} would be contrary if nothing were "
        "undecided."
    )
    some = [one for one in found.rows.values() if one.yes]
    if some:
        yield f"Of those that are surely narrowed or moved on some seed {steadiness(some, found.seeds)}."
    sure = [path for path, one in found.rows.items() if one.yes > found.seeds / 2]
    yield f"Narrowed or moved on most seeds: {', '.join(sure) or 'none'}."
    always = sum(one.yes == found.seeds for one in found.told.values())
    never = [name for name, one in found.told.items() if not one.yes]
    moving = [f"{name} ({one.yes})" for name, one in found.told.items() if 0 < one.yes < found.seeds]
    yield (
        f"Parameters tell something of {always} of {len(found.told)} numbers of the record in draws left out on every "
        f"seed, and on none of {', '.join(never) or 'no number'}; on some seeds (how many) of "
        f"{', '.join(moving) or 'no number'}."
    )
    if found.leanings:
        one, other = found.arms
        held = [one.held for one in found.leanings]
        yield f"Of the verdicts whether {one} or {other} has more of an outcome {steadiness(held, found.seeds)}."


def tables(found: Repeated) -> list[Table]:
    """Return the parameters that are surely narrowed or moved on some seed, and what is said of two arms."""
    some = {path: one for path, one in found.rows.items() if one.yes}
    order: Sequence[str] = sorted(some, key=lambda path: -some[path].yes)
    rows = [[path, *_counts(some[path])] for path in order]
    arms = [
        [one.outcome, one.over, *_counts(one.held)[:3], _span(one.above), _span(one.below), _counts(one.held)[3]]
        for one in found.leanings
    ]
    return [table for table in ((PARAMETERS, rows, PARAMETERS_NOTE), (ARMS, arms, ARMS_NOTE)) if table[1]]


def _counts(one: Held) -> list[str]:
    return [*map(str, (one.yes, one.undecided, one.no)), "yes" if one.flips else "no"]


def _span(shares: Sequence[float]) -> str:
    return f"{min(shares):.0%} to {max(shares):.0%}"
