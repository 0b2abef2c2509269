"""What each arm does against a reference, under each account, over draws and luck, and which links and rates carry it.

Draws and luck are the same in every arm, so that differences are paired. Luck is the mean variance within draws;
parameters are the variance over draws of the mean difference, less what luck leaves in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX, all_links, all_rates
from demarche.analysis.liveness.runs_apart import CHUNK, Apart, outcomes_apart
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.rules.priors import drawn_columns

MOST = 5  # links, and base rates, that are told of an effect whether they stand out or not
Z95 = 1.959964


@dataclass(frozen=True)
class Carrier:
    """A link or base rate and its rank correlation with an effect over draws."""

    path: str
    correlation: float


@dataclass(frozen=True)
class ArmEffect:
    """What an arm does to an outcome against the reference, under one account.

    Parameters
    ----------
    account, arm, outcome
        Of what.
    mean, error
        Mean difference, and half the width of its 95 % interval over draws.
    low, high
        5 and 95 % of the difference over draws and luck.
    positive, negative
        Share of draws in which the difference, mean over lucks, lies above and below 0.
    luck, parameters
        Variance of the difference of one run that is luck, and that is parameters.
    spread
        Standard deviation of the outcome over runs of the reference.
    links, rates
        Those whose values correlate most with the difference over draws: the first five of each, and all further
        ones that stand out, see `chance_of_carriers`.
    """

    account: str
    arm: str
    outcome: str
    mean: float
    error: float
    low: float
    high: float
    positive: float
    negative: float
    luck: float
    parameters: float
    spread: float
    links: tuple[Carrier, ...]
    rates: tuple[Carrier, ...]

    @property
    def share_of_luck(self) -> float:
        """Part of the variance of the difference that is luck."""
        whole = self.luck + self.parameters
        return self.luck / whole if whole > 0 else float("nan")


def arm_effects(
    setup: Setup, account: str, arms: Sequence[str], reference: str, outcomes: Sequence[str], draws: int, lucks: int,
    seed: int, contrast: tuple[str, str] | None = None, tell: Callable[[int, int], None] | None = None,
) -> list[ArmEffect]:  # fmt: skip
    """Return the effects of arms under one account.

    Parameters
    ----------
    setup, account
        What is run.
    arms, reference
        Arms that are compared, and what they are compared with.
    outcomes
        Names of outcomes.
    draws, lucks
        Draws of the account and lucks of each; two lucks or more tell luck from parameters.
    seed
        First seed.
    contrast
        Two further arms whose difference is told too.
    tell
        Called with runs done and runs in all.
    """
    held, everyone = setup.accounts[account], (reference, *(arm for arm in arms if arm != reference))
    numbers = np.repeat(np.arange(draws), lucks)
    drawn = drawn_columns(setup.catalogue, [held] * draws, range(draws), seed)
    drawn = {path: column for path, column in drawn.items() if path not in setup.fixed}
    cells = [(arm, number, seed + place) for arm in everyone for place, number in enumerate(numbers)]
    values = {path: column[[number for _, number, _ in cells]] for path, column in drawn.items()}
    runs = Runs([arm for arm, _, _ in cells], [account] * len(cells), [one for _, _, one in cells], values)
    found = _by_chunks(setup, runs, outcomes, tell)
    effects = []
    for name in outcomes:
        table = dict(zip(everyone, found[name].reshape(len(everyone), draws, lucks), strict=True))
        pairs = [(arm, reference) for arm in everyone[1:]] + [pair for pair in [contrast] if pair]
        effects += [
            _effect(account, arm if other == reference else f"{arm} - {other}", name, table[arm], table[other], drawn)
            for arm, other in pairs
        ]
    return effects


def _by_chunks(
    setup: Setup, runs: Runs, outcomes: Sequence[str], tell: Callable[[int, int], None] | None
) -> dict[str, Array]:
    parts: dict[str, list[Array]] = {name: [] for name in outcomes}
    for start in range(0, len(runs), CHUNK):
        some = runs.take(np.arange(start, min(start + CHUNK, len(runs))))
        found = outcomes_apart(setup, some, Apart())
        for name, part in parts.items():
            part.append(found[name])
        if tell is not None:
            tell(min(start + CHUNK, len(runs)), len(runs))
    return {name: np.concatenate(part) for name, part in parts.items()}


def _effect(account: str, arm: str, name: str, mine: Array, reference: Array, drawn: dict[str, Array]) -> ArmEffect:
    gap = mine - reference
    by_draw = np.nanmean(gap, axis=1)
    lucks = gap.shape[1]
    luck = float(np.nanmean(np.nanvar(gap, axis=1, ddof=1))) if lucks > 1 else float("nan")
    over = float(np.nanvar(by_draw, ddof=1))
    parameters = max(over - luck / lucks, 0.0) if lucks > 1 else float("nan")
    low, high = np.nanquantile(gap, [0.05, 0.95])
    carriers = carried(by_draw, drawn)
    return ArmEffect(
        account, arm, name, float(np.nanmean(by_draw)), Z95 * float(np.sqrt(over / np.isfinite(by_draw).sum())),
        float(low), float(high), float(np.mean(by_draw > 0)), float(np.mean(by_draw < 0)), luck, parameters,
        float(np.nanstd(reference, ddof=1)),
        standing_out(carriers, LINK_PREFIX, len(by_draw)), standing_out(carriers, RATE_PREFIX, len(by_draw)),
    )  # fmt: skip


def standing_out(carriers: Sequence[Carrier], prefix: str, draws: int) -> tuple[Carrier, ...]:
    """Return the first five links, or base rates, of sorted carriers and all further ones that stand out."""
    mine = [one for one in carriers if one.path.startswith(prefix)]
    chance = chance_of_carriers(draws)
    return tuple(one for place, one in enumerate(mine) if place < MOST or abs(one.correlation) > chance)


def chance_of_carriers(draws: int) -> float:
    """Return the rank correlation that the largest of all links and base rates passes by chance in one case of 20.

    Parameters
    ----------
    draws
        Draws over which correlations were taken, more than 1.
    """
    from scipy.stats import norm

    return float(norm.ppf(1.0 - 0.05 / (2.0 * (len(all_links()) + len(all_rates())))) / math.sqrt(max(draws - 1, 1)))


def carried(effect: Array, drawn: dict[str, Array]) -> list[Carrier]:
    """Return links and base rates by the size of their rank correlation with an effect over draws."""
    known = np.isfinite(effect)
    target = _ranks(effect[known])
    found = []
    for path, values in drawn.items():
        if path.startswith((LINK_PREFIX, RATE_PREFIX)):
            mine = _ranks(values[known])
            flat = mine.std() == 0 or target.std() == 0
            found.append(Carrier(path, 0.0 if flat else float(np.corrcoef(mine, target)[0, 1])))
    return sorted(found, key=lambda one: -abs(one.correlation))


def _ranks(values: Array) -> Array:
    from scipy.stats import rankdata

    ranks: Array = rankdata(values)
    return ranks
