"""Printed intervals cover the truth at their rate: synthetic outcomes with a known truth, through what is printed.

A batch of 40 accounts and 10 outcomes holds 400 independent trials. The tolerance is the binomial interval of 400
trials at 95 % that a right estimator leaves once in 10,000 times: 361 to 395. Mutants of the estimator show that
without its clusters it falls far below.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from scipy import stats

from demarche.analysis.comparison import differences as estimator
from demarche.analysis.comparison.answer import Comparison, compare_asked
from demarche.analysis.comparison.batch import Batch
from demarche.analysis.comparison.units import POINT_GROUP
from demarche.cli.say.summary import print_contrast
from demarche.scenario.question import ask

OUTCOMES = (
    "releases", "exiles", "treated_better", "first_detentions", "sponsors", "motions_tabled", "motions_carried",
    "texts_adopted", "near_misses", "treaty_acts",
)  # fmt: skip
ACCOUNTS = tuple(f"p{number:02d}" for number in range(40))
ARMS = ("quiet", "vocal")
TRIALS = len(ACCOUNTS) * len(OUTCOMES)
TRUE = 20.0
LEAST, MOST = stats.binom.ppf([0.5e-4, 1 - 0.5e-4], TRIALS, 0.95)

ENDS = r"(?<![\d(+-])(?<!80 % )([+-]?\d+\.\d) to ([+-]?\d+\.\d)"

Sds = tuple[float, float, float]
"""Standard deviation of the effect over rows (draws, points), over columns (luck that rows share) and over cells."""


def batch_of(shape: tuple[int, int], sds: Sds, names: tuple[str, str], seed: int) -> Batch:
    """Return runs of two arms whose paired differences vary as said about the true one; luck moves both arms."""
    rng = np.random.default_rng(seed)
    size = (len(ACCOUNTS), len(OUTCOMES))
    parts = [rng.normal(0, sd, (*size, *sides)) for sd, sides in
             zip(sds, ((shape[0], 1), (1, shape[1]), shape), strict=True)]  # fmt: skip
    base = rng.normal(500, 200, (*size, *shape))
    account, row, column = (index.ravel() for index in np.indices((len(ACCOUNTS), *shape)))
    place = {"account": np.array(ACCOUNTS)[account], names[0]: row, names[1]: column}
    if names[0] == "point":
        place[POINT_GROUP] = row
    frames = []
    for arm, values in zip(ARMS, (base + TRUE + sum(parts), base), strict=True):
        told = {name: values[:, number].ravel() for number, name in enumerate(OUTCOMES)}
        frames.append(pd.DataFrame({"arm": arm, **place, **told}))
    return Batch(pd.concat(frames, ignore_index=True), ask(ARMS, OUTCOMES), ARMS, ACCOUNTS, (), 247)


drawn = partial(batch_of, (20, 4), (40.0, 0.0, 30.0), ("draw", "luck"))
points = partial(batch_of, (16, 8), (60.0, 20.0, 30.0), ("point", "replication"))
lucks = partial(batch_of, (8, 16), (20.0, 60.0, 30.0), ("point", "replication"))


def printed(found: Comparison) -> list[tuple[float, float]]:
    """Return the ends of all intervals as the summary prints them, without those given the draws and of the draws."""
    shown = Console(file=io.StringIO(), width=40 * len(ACCOUNTS), record=True)
    print_contrast(shown, found, {account: account for account in ACCOUNTS}, dict.fromkeys(OUTCOMES, "persons"))
    text = shown.export_text().replace(",", "")
    return [(float(low), float(high)) for low, high in re.findall(ENDS, text)]


def hits(made: Callable[[int], Batch], seed: int = 1995) -> int:
    """Return how many of 400 printed intervals hold the truth."""
    found = compare_asked(made(seed))
    assert found is not None
    intervals = printed(found)
    assert len(intervals) == TRIALS
    return sum(low <= TRUE <= high for low, high in intervals)


@pytest.mark.long
@pytest.mark.parametrize("made", [drawn, points, lucks], ids=["draws x luck", "points lead", "luck leads"])
def test_printed_intervals_cover_at_their_rate(made: Callable[[int], Batch]) -> None:
    assert LEAST <= hits(made) <= MOST


@pytest.mark.long
def test_intervals_given_the_draws_cover_the_means_of_these_draws() -> None:
    batch = drawn(7)
    found = compare_asked(batch)
    assert found is not None
    rng = np.random.default_rng(7)
    truth = TRUE + rng.normal(0, 40.0, (len(ACCOUNTS), len(OUTCOMES), 20, 1)).mean(axis=(2, 3))
    rows = found.table.set_index(["account", "outcome"])
    inside = sum(
        rows.loc[(account, outcome), "luck_low"] <= truth[p, o] <= rows.loc[(account, outcome), "luck_high"]
        for p, account in enumerate(ACCOUNTS)
        for o, outcome in enumerate(OUTCOMES)
    )
    assert LEAST <= inside <= MOST


@pytest.mark.long
@pytest.mark.parametrize(
    ("made", "kept"),
    [(drawn, ()), (points, (0,)), (lucks, (1,))],
    ids=["draws dropped", "points dropped", "replications dropped"],
)
def test_an_estimator_without_a_cluster_is_noticed(
    made: Callable[[int], Batch], kept: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = estimator.clusters_of
    monkeypatch.setattr(estimator, "clusters_of", lambda part: [whole(part)[place] for place in kept])
    assert hits(made) < LEAST - 40
