"""The level of undecided verdicts: how rarely verdicts that lie on their line may contradict one another."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from demarche.analysis.calibration.narrowing import SURE
from demarche.analysis.scorecard.assemble import REPLICATIONS
from demarche.analysis.seed_to_seed import Held
from demarche.history.scorecard.level import ERROR, LEVEL, RARE, chance_of_contrary
from demarche.history.scorecard.verdict import TAIL, decided, place_interval
from tests.patterns.hand_made import HISTORY

NORMAL = NormalDist()
VALUED = HISTORY.patterns["P02"]
ENDS = HISTORY.patterns["P27"]


def counted(yes: float, no: float, seeds: int = 20) -> float:
    """Return the chance of a contradiction, counted over all outcomes as `--seeds` counts them."""
    law = stats.multinomial(seeds, [yes, no, 1.0 - yes - no])
    return sum(
        float(law.pmf([i, j, seeds - i - j]))
        for i in range(seeds + 1)
        for j in range(seeds + 1 - i)
        if Held(i, seeds - i - j, j).flips
    )


@pytest.mark.parametrize(("yes", "no", "seeds"), [(0.05, 0.05, 20), (0.01, 0.01, 20), (0.3, 0.1, 20), (0.2, 0.1, 45)])
def test_the_chance_is_that_of_what_is_counted_over_seeds(yes: float, no: float, seeds: int) -> None:
    assert chance_of_contrary(yes, no, seeds) == pytest.approx(counted(yes, no, seeds), rel=1e-6)


def test_the_level_is_the_lowest_at_which_a_verdict_on_its_line_is_hardly_ever_contrary() -> None:
    def chance(level: float) -> float:
        return counted((1.0 - level) / 2, (1.0 - level) / 2)

    assert chance(LEVEL) < 1e-3 < chance(LEVEL - 0.01) < chance(0.9)
    assert chance(0.9) == pytest.approx(0.063, abs=0.001)
    assert stats.norm.cdf(ERROR) - stats.norm.cdf(-ERROR) == pytest.approx(LEVEL)


def test_no_other_place_of_the_truth_makes_contradictions_likelier() -> None:
    """Truth so many standard errors from the line; an estimate within `ERROR` of it is undecided."""
    at_the_line, *off = (
        chance_of_contrary(NORMAL.cdf(shift - ERROR), NORMAL.cdf(-shift - ERROR)) for shift in np.arange(0.0, 5.0, 0.1)
    )
    assert max(off) < at_the_line < RARE


def test_nor_does_any_of_the_truth_of_what_is_narrowed() -> None:
    """Truth so many standard errors beyond the end of chance: sure above `SURE`, within chance below 0."""
    chances = [chance_of_contrary(NORMAL.cdf(at - SURE), NORMAL.cdf(-at)) for at in np.arange(-3.0, 8.0, 0.05)]
    assert RARE / 10 < max(chances) < RARE


@pytest.mark.parametrize("runs", [40, 50, 55, 58, 60, 120])
@pytest.mark.parametrize("line", [TAIL, 1.0 - TAIL, 0.5, 0.8, 0.85])
def test_so_it_is_with_whole_numbers_of_runs(line: float, runs: int) -> None:
    """Runs on the line fall on either side by the binomial law; those of patterns have these lines and numbers."""
    has_value = min(line, 1.0 - line) == pytest.approx(TAIL)
    keys = VALUED if has_value else ENDS.model_copy(update={"share": line})
    shares = stats.binom(runs, line).pmf(np.arange(runs + 1))
    words = [decided(keys, count / runs, runs) for count in range(runs + 1)]
    yes, no = (sum(share for share, word in zip(shares, words, strict=True) if word == one) for one in ("pass", "fail"))
    assert yes > 0.001
    assert counted(yes, no) < RARE
    if runs == 60:
        ends = [place_interval(count / runs, runs, NORMAL.inv_cdf(0.95)) for count in range(runs + 1)]
        above, below = (sum(shares[[low > line for low, _ in ends]]), sum(shares[[high < line for _, high in ends]]))
        assert counted(above, below) > RARE, "at 90 % it is not"


def test_with_few_runs_no_value_is_surely_outside() -> None:
    assert [decided(VALUED, 0.0, runs) for runs in (60, 102, 103)] == ["undecided", "undecided", "fail"]
    assert [decided(VALUED, 1.0, runs) for runs in (60, 102, 103)] == ["undecided", "undecided", "fail"]
    assert decided(VALUED, 0.0, REPLICATIONS) == decided(VALUED, 1.0, REPLICATIONS) == "fail", "both can fail"
