"""How far forced conduct from abroad reaches an outcome: words, motions, talks, sanctions, backing, all, none.

Each class is forced on (everybody who decides takes the option that does most) and off (the one that does nothing),
with the same draws and luck. The mean difference of a draw holds luck; what luck leaves in it is taken off before the
share of draws is counted in which the class moves the mean by more than a part of the spread of one run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demarche.analysis.liveness.runs_apart import CHUNK, Apart, Rows, outcomes_apart
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.rules.priors import drawn_columns
from demarche.world.decisions import DECISION_OF

OFF, ON, FREE = "off", "on", "free"
CLASSES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "words": (("representation", "none", "both"),),
    "motions": (("sponsor", "stay_out", "lead"),),
    "talks": (
        ("demand_talks", "none", "demand"), ("offer_talks", "withhold", "talks"), ("accept_talks", "decline", "accept"),
        ("hold_round", "cancel", "hold"),
    ),
    "sanctions": (("sanction", "none", "trade"), ("lift_sanction", "lift", "keep")),
    "backing": (("grant", "none", "groups"),),
}  # fmt: skip
"""Class -> decisions, with the options that force it off and on."""
EVERYTHING = "all"
LEAST = 0.05  # of the spread of a run
OFTEN = 0.25  # of the draws


@dataclass(frozen=True)
class Reach:
    """How far one class of conduct reaches one outcome under one account.

    Parameters
    ----------
    account, name
        Of what; `none` is everything off against conduct as it was.
    mean
        Mean difference, on against off, in spreads of a run at given parameters.
    spread
        Ratio of the spreads of a run, on against off, less 1.
    draws
        Share of draws in which the mean moves by more than `LEAST`, luck taken off.
    mean_error, spread_error
        Standard errors of `mean` and `spread`.
    """

    account: str
    name: str
    mean: float
    spread: float
    draws: float
    mean_error: float
    spread_error: float

    @property
    def is_there(self) -> bool:
        """Tell whether it reaches: the mean in more than a quarter of the draws, or the spread beyond two errors."""
        return self.draws > OFTEN or abs(self.spread) - 2.0 * self.spread_error > LEAST


def reaches(
    setup: Setup, arm: str, account: str, outcome: str, draws: int, lucks: int, seed: int
) -> list[Reach]:
    """Return the reach of every class, of all together and of none.

    Parameters
    ----------
    setup, arm, account
        What is run.
    outcome
        Name of the outcome.
    draws, lucks
        Draws of the account, lucks of each; at least two.
    seed
        First seed.
    """
    worlds = [(FREE, FREE), *((name, side) for name in (*CLASSES, EVERYTHING) for side in (OFF, ON))]
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * draws, range(draws), seed)
    found: dict[tuple[str, str], list[Array]] = {world: [] for world in worlds}
    at_once = max(CHUNK // (len(worlds) * lucks), 1)
    for start in range(0, draws, at_once):
        some = np.arange(start, min(start + at_once, draws))
        shape = (len(worlds), len(some), lucks)
        number = np.broadcast_to(some[None, :, None], shape).reshape(-1)
        luck = np.broadcast_to(np.arange(lucks)[None, None], shape).reshape(-1)
        values = {path: column[number] for path, column in drawn.items() if path not in setup.fixed}
        runs = Runs([arm] * len(number), [account] * len(number), list(seed + number * lucks + luck), values)
        place = np.arange(len(number)).reshape(len(worlds), -1)
        table = outcomes_apart(setup, runs, Apart(forced=_forced(worlds, place)))[outcome].reshape(shape)
        for row, world in enumerate(worlds):
            found[world].append(table[row])
    tables = {world: np.concatenate(parts) for world, parts in found.items()}
    told = [_reach(account, name, tables[name, ON], tables[name, OFF]) for name in (*CLASSES, EVERYTHING)]
    return [*told, _reach(account, "none", tables[EVERYTHING, OFF], tables[FREE, FREE])]


def _forced(worlds: Sequence[tuple[str, str]], place: Rows) -> dict[str, tuple[tuple[int, Rows], ...]]:
    """Return decision -> option and runs in which it is forced; `place` are the runs of each world."""
    bound: dict[str, list[tuple[int, Rows]]] = {}
    for rows, (name, side) in zip(place, worlds, strict=True):
        for one in CLASSES if name == EVERYTHING else (name,):
            for decision, off, on in CLASSES.get(one, ()):
                option = DECISION_OF[decision].index(on if side == ON else off)
                bound.setdefault(decision, []).append((option, rows))
    return {decision: tuple(pairs) for decision, pairs in bound.items()}


def _reach(account: str, name: str, on: Array, off: Array) -> Reach:
    """Tables are `(n_draws, n_lucks)`."""
    within = [np.var(one, axis=1, ddof=1) for one in (on, off)]
    spread = [float(np.sqrt(one.mean())) for one in within]
    gap = (on - off) / spread[1]
    by_draw, lucks = gap.mean(axis=1), gap.shape[1]
    noise = float(np.mean(np.var(gap, axis=1, ddof=1))) / lucks
    true = max(float(np.var(by_draw, ddof=1)) - noise, 0.0)
    mean = float(by_draw.mean())
    n = np.sqrt(len(by_draw))
    doubt = float((within[0] - within[1]).std(ddof=1) / n / (2.0 * within[1].mean()))
    return Reach(account, name, mean, spread[0] / spread[1] - 1.0, _beyond(mean, float(np.sqrt(true))),
                 float(by_draw.std(ddof=1) / n), doubt)  # fmt: skip


def _beyond(mean: float, deviation: float) -> float:
    """Return the chance that a normal lies further from 0 than `LEAST`."""
    from scipy.special import ndtr

    if deviation <= 0.0:
        return float(abs(mean) > LEAST)
    return float(1.0 - ndtr((LEAST - mean) / deviation) + ndtr((-LEAST - mean) / deviation))
