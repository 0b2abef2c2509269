"""Whether another seed would say the same: the scorecard at several seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

from demarche.analysis.scorecard.assemble import Plan, judge_setup
from demarche.analysis.scorecard.jobs import Roles
from demarche.analysis.seed_to_seed import COUNTED, Held, held_over, steadiness
from demarche.analysis.side_by_side import Workers
from demarche.engine.setup import Setup
from demarche.history.scorecard.card import Scorecard

STEP = 1_000_003
"""Between seeds: runs of one scorecard have seeds that follow one another."""
SAID = {"pass": "yes", "fail": "no", "undecided": "undecided"}
COLUMNS = ("pattern", "column", "seeds: pass", "undecided", "fail", "contrary")
NOTE = f"Verdicts that are not the same on all seeds. {COUNTED}"


@dataclass(frozen=True)
class OverSeeds:
    """Scorecards at several seeds.

    Parameters
    ----------
    seeds, runs
        How many, and runs of an account and arm of each.
    held
        Pattern and title of the column -> on how many seeds it passes, is undecided, fails.
    by_line
        How many of these would have contradictions if nothing were undecided.
    ranked
        On how many seeds accounts could be ranked.
    pairs
        Pair of accounts, the better one first -> on how many seeds they are ranked so.
    """

    seeds: int
    runs: int
    held: dict[tuple[str, str], Held]
    by_line: int
    ranked: int
    pairs: dict[tuple[str, str], int]


def over_seeds(setup: Setup, roles: Roles, plan: Plan, seeds: int, tell: Callable[[str], None]) -> OverSeeds:
    """Judge accounts and placebos A and B at several seeds; permuted labels are left out, baselines have no luck."""
    words: dict[tuple[str, str], list[str]] = {}
    lines: dict[tuple[str, str], list[str]] = {}
    ranked, pairs = 0, dict[tuple[str, str], int]()
    for card in _cards(setup, roles, plan, seeds, tell):
        for column in card.columns:
            if column.kind == "baseline":
                continue
            for pattern, one in column.verdicts.items():
                if one.word != "not applicable":
                    place = pattern, column.title
                    words.setdefault(place, []).append(SAID[one.word])
                    lines.setdefault(place, []).append(SAID[one.by_line])
        clear = [one for one in card.ranking.differences if one.is_clear]
        ranked += bool(clear)
        for gap in clear:
            pair = (gap.first, gap.second) if gap.mean > 0 else (gap.second, gap.first)
            pairs[pair] = pairs.get(pair, 0) + 1
    held = {place: held_over(some) for place, some in words.items()}
    by_line = sum(held_over(some).flips for some in lines.values())
    return OverSeeds(seeds, plan.replications, held, by_line, ranked, pairs)


def _cards(setup: Setup, roles: Roles, plan: Plan, seeds: int, tell: Callable[[str], None]) -> Iterator[Scorecard]:
    """Yield the scorecard of each seed; the processes that run them are started once."""
    with Workers(plan.workers) if isinstance(plan.workers, int) else nullcontext(plan.workers) as workers:
        for number in range(seeds):
            tell(f"seed {number + 1} of {seeds}")
            one = replace(plan, seed=plan.seed + STEP * number, permutations=0, workers=workers)
            yield judge_setup(setup, roles, one).card


def sentences(found: OverSeeds) -> Iterator[str]:
    """Yield how many verdicts hold over the seeds, and whether accounts can be ranked."""
    yield (
        f"{found.seeds} seeds, {found.runs} runs an account and arm: of the verdicts (pass, undecided, fail) on "
        f"patterns in accounts and placebos A and B {steadiness(list(found.held.values()), found.seeds)}. "
        f"{found.by_line} would be contrary if nothing were undecided."
    )
    undecided = sum(one.undecided for one in found.held.values())
    total = sum(one.yes + one.no + one.undecided for one in found.held.values())
    yield f"Undecided are {undecided / max(total, 1):.0%} of all verdicts."
    told = ", ".join(f"{one} before {other} on {n}" for (one, other), n in sorted(found.pairs.items()))
    held = "all pairs held together at 95 %"
    yield f"Accounts can be ranked on {found.ranked} of {found.seeds} seeds ({held}){f': {told}' if told else ''}."


def rows(found: OverSeeds) -> list[list[str]]:
    """Return the verdicts that are not the same on all seeds."""
    some = {place: one for place, one in found.held.items() if max(one.yes, one.no, one.undecided) < found.seeds}
    return [
        [pattern, column, *map(str, (one.yes, one.undecided, one.no)), "yes" if one.flips else "no"]
        for (pattern, column), one in sorted(some.items())
    ]
