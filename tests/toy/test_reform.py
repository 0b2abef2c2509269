"""The toy of the reform block reproduces what the specification says that it measured.

Stated there, and measured here with 20,000 runs of fifteen years (standard error of a mean 0.0007):

- sd of the change of the core mean: stated 0.061 without and 0.091 with correlated luck; measured 0.061 and 0.090.
- a sustained odds ratio of 1.3, 1.6, 2.5, 4: stated +0.04, +0.08, +0.17, +0.28 and AUC 0.62, 0.73, 0.90, 0.98;
  measured +0.042, +0.080, +0.172, +0.281 and 0.62, 0.73, 0.90, 0.98.
- core mean by account, quiet / vocal: stated T1 +0.09 / +0.08, T2 -0.01 / 0.00, T3 0.00 / +0.01, T4 -0.04 / +0.07,
  sd 0.09 to 0.10 throughout. The treatments behind that table are not stated. With words, groups, talks and
  membership at full, everything else at its reference, no learning and no return of stocks, measured
  T1 +0.078 / +0.071, T2 -0.002 / +0.028, T3 -0.001 / +0.017, T4 -0.055 / +0.083, sd 0.090 to 0.097:
  seven of eight cells within 0.02. **T2 vocal is not reproduced**: 0.028 instead of 0.00, because naming with local
  groups holds its common odds ratio of 1.4 there.
- with learning and with the return of stocks, which the specification demands elsewhere, the accounts part less:
  T1 +0.071 / +0.047, T2 -0.001 / +0.013, T3 0.000 / +0.010, T4 -0.021 / +0.046. So the contrast of T4 between
  vocal and quiet falls from 0.14 to 0.07; the stated table is the one without them.
"""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.toy import reform
from tests.toy.reform import ACCOUNTS, LINKS, NEUTRAL, QUIET, SILENT, VOCAL, World, change, drawn, medians

RUNS = 20_000
ERROR = 4 * 0.1 / RUNS**0.5  # four standard errors of a mean at an sd of 0.1: 0.003

STATED = {"T1": (0.09, 0.08), "T2": (-0.01, 0.0), "T3": (0.0, 0.01), "T4": (-0.04, 0.07)}
MEASURED = {"T1": (0.078, 0.071), "T2": (-0.002, 0.028), "T3": (-0.001, 0.017), "T4": (-0.055, 0.083)}
WITH_ALL = {"T1": (0.071, 0.047), "T2": (-0.001, 0.013), "T3": (0.0, 0.010), "T4": (-0.021, 0.046)}
NOT_REPRODUCED = ("T2", "vocal")


def core(links: reform.Links, world: World, seed: int = 5, **settings: float) -> np.ndarray:
    """Return the change of the mean of the core issues `(n_runs,)`."""
    return change(links, world, RUNS, np.random.default_rng(seed), **settings).mean(axis=0)


@pytest.mark.parametrize(("correlation", "stated"), [(0.0, 0.061), (0.5, 0.091)])
def test_the_spread_of_histories(correlation: float, stated: float) -> None:
    """Within 0.002: the stated number is rounded to 0.0005, and four standard errors are 0.0018."""
    found = core(NEUTRAL, SILENT, correlation=correlation)
    assert found.std() == pytest.approx(stated, abs=0.002)
    assert found.mean() == pytest.approx(0.0, abs=ERROR)


def test_the_spread_without_correlation_follows_by_hand() -> None:
    """Fifteen years of steps of 0.05 that fall in 0.4 of years, over four issues: sqrt(15 x 0.4 x 0.05^2 / 4)."""
    exact = (15 * 0.4 * 0.05**2 / 4) ** 0.5
    assert core(NEUTRAL, SILENT, correlation=0.0).std() == pytest.approx(exact, rel=0.02)


@pytest.mark.parametrize(
    ("ratio", "gain", "auc"), [(1.3, 0.04, 0.62), (1.6, 0.08, 0.73), (2.5, 0.17, 0.90), (4.0, 0.28, 0.98)]
)
def test_what_a_sustained_odds_ratio_buys(ratio: float, gain: float, auc: float) -> None:
    """Gain within 0.008 (rounding 0.005, error 0.003), AUC within 0.015; and the gain that follows by hand."""
    found, none = core(NEUTRAL, SILENT, sustained=ratio), core(NEUTRAL, SILENT, seed=6)
    assert found.mean() == pytest.approx(gain, abs=0.005 + ERROR)
    up, down = 0.2 * ratio / (0.8 + 0.2 * ratio), 0.2 / (0.8 + 0.2 * ratio)
    assert found.mean() == pytest.approx(15 * 0.05 * (up - down), abs=ERROR)
    above = stats.mannwhitneyu(found, none).statistic / RUNS**2
    assert above == pytest.approx(auc, abs=0.015)


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("arm", ["quiet", "vocal"])
def test_the_table_of_accounts(account: str, arm: str) -> None:
    column, world = (0, QUIET) if arm == "quiet" else (1, VOCAL)
    found = core(medians(account), world)
    assert found.mean() == pytest.approx(MEASURED[account][column], abs=ERROR + 0.0005)
    assert 0.088 < found.std() < 0.100
    if (account, arm) != NOT_REPRODUCED:
        assert found.mean() == pytest.approx(STATED[account][column], abs=0.02)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_learning_and_the_return_of_stocks_draw_the_accounts_together(account: str) -> None:
    for column, world in enumerate((QUIET, VOCAL)):
        found = core(medians(account), dataclasses.replace(world, learns=True, returns=True))
        assert found.mean() == pytest.approx(WITH_ALL[account][column], abs=ERROR + 0.0005)


def test_no_account_is_told_by_one_history() -> None:
    """Accounts part in distribution only: the widest contrast of two accounts is told by one history in under 85 %."""
    quiet = {account: core(medians(account), QUIET, seed) for seed, account in enumerate(ACCOUNTS)}
    apart = stats.mannwhitneyu(quiet["T1"], quiet["T4"]).statistic / RUNS**2
    assert 0.81 < apart < 0.85


@pytest.mark.parametrize("account", ACCOUNTS)
def test_drawn_parameters_widen_the_spread_up_to_what_is_accepted(account: str) -> None:
    """Accepted: 0.08 to 0.11 at fixed parameters, up to 0.13 with parameters drawn."""
    fixed = core(medians(account), VOCAL).std()
    spread = core(drawn(account, RUNS, np.random.default_rng(7)), VOCAL).std()
    assert 0.08 < fixed < 0.11
    assert fixed < spread < 0.13


@pytest.mark.parametrize("name", LINKS)
def test_draws_keep_median_and_limits(name: str) -> None:
    """Median, 5 and 95 % of 100,000 draws within 2 % of the range between them on the scale of the link."""
    scale = "identity" if name in reform.RATES else "ln"
    z = np.random.default_rng(11).normal(size=100_000)
    for limits in LINKS[name]:
        found = np.quantile(reform.draw(limits, z, scale), [0.5, 0.05, 0.95])
        there = np.asarray if scale == "identity" else np.log
        assert there(found) == pytest.approx(there(limits), abs=0.02 * float(there(limits[2]) - there(limits[1])))


def test_draws_of_a_share_stay_shares() -> None:
    z = np.random.default_rng(12).normal(size=100_000)
    found = reform.draw((0.4, 0.0, 0.8), z, "logit")
    assert np.quantile(found, [0.5, 0.05, 0.95]) == pytest.approx([0.4, 0.0, 0.8], abs=0.016)
    assert 0.0 <= found.min() <= found.max() <= 1.0


def test_pressure_is_one_when_the_heaviest_speak_once_a_year() -> None:
    assert reform.pressure(reform.words_of(12)) == pytest.approx(np.ones(4))
    assert reform.pressure(reform.words_of(0)) == pytest.approx(np.zeros(4))
    assert reform.pressure(reform.words_of(1))[0] == pytest.approx(1 / sum(1 / rank for rank in range(1, 13)))


def test_words_fade_by_half_in_a_year_and_count_once() -> None:
    word = np.zeros((1, 1))
    seen = []
    for spoken in (1.0, 1.0, 5.0, 0.0, 0.0):
        word = reform.remembered(word, np.full((1, 1), spoken))
        seen.append(float(word[0, 0]))
    assert seen == [0.5, 0.75, 1.0, 0.5, 0.25]


def test_a_link_multiplies_the_odds_by_its_ratio() -> None:
    """The unit of an odds-ratio link: at full treatment the odds against holding are multiplied by it."""
    up = {ratio: reform.odds(0.0, float(np.log(ratio)))[1] for ratio in (1.0, 2.0)}
    hold = {ratio: 1 - up[ratio] - reform.odds(0.0, float(np.log(ratio)))[0] for ratio in up}
    assert (up[2.0] / hold[2.0]) / (up[1.0] / hold[1.0]) == pytest.approx(2.0)
    z = reform.luck(200_000, 0.5, np.random.default_rng(3))
    steps = reform.decided(reform.odds(0.0, float(np.log(2.0))), z)
    realised = (steps > 0).sum() / (steps == 0).sum() / (0.2 / 0.6)
    assert realised == pytest.approx(2.0, rel=0.02)


def test_the_toy_stands_alone() -> None:
    tree = ast.parse(Path(reform.__file__).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in modules} <= {"__future__", "collections", "dataclasses", "numpy", "scipy"}
