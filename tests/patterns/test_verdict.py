"""Places, scores, marks and rankings on numbers whose answer is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hand_made import HISTORY
from scipy import stats

from demarche.history.patterns.contract import BaseRate
from demarche.history.patterns.view import PracticeError
from demarche.history.scorecard.card import Column, make_card, marks_of, permuted_column
from demarche.history.scorecard.ranking import rank
from demarche.history.scorecard.verdict import Verdict, base_score, verdict

VALUED = HISTORY.patterns["P02"].model_copy(update={"record": 0.0, "error": 0.1, "base_rate": None})
ENDS = HISTORY.patterns["P27"]


def test_place_is_the_share_below_and_ties_count_half() -> None:
    values = np.array([-1.0] * 10 + [0.0] * 5 + [1.0] * 5)
    assert verdict("P02", VALUED, values).place == pytest.approx(0.5 + 0.125)


@pytest.mark.parametrize(("below", "word"), [(0, "fail"), (4, "fail"), (5, "pass"), (95, "pass"), (96, "fail")])
def test_pass_is_from_5_to_95_percent(below: int, word: str) -> None:
    values = np.array([-1.0] * below + [1.0] * (100 - below))
    found = verdict("P02", VALUED, values)
    assert found.by_line == word
    assert found.word in (word, "undecided")


@pytest.mark.parametrize(("below", "word"), [(2, "fail"), (3, "undecided"), (17, "undecided"), (18, "pass")])
def test_what_other_runs_may_turn_is_undecided(below: int, word: str) -> None:
    """Wilson's interval of 98 % of the place, of 200 runs."""
    assert verdict("P02", VALUED, np.array([-1.0] * below + [1.0] * (200 - below))).word == word
    assert verdict("P02", VALUED, np.array([1.0] * below + [-1.0] * (200 - below))).word == word


def test_log_score_is_that_of_a_normal() -> None:
    values = np.random.default_rng(1).normal(0.5, 2.0, 200)
    wanted = stats.norm(values.mean(), values.std(ddof=1)).logpdf(0.0)
    assert verdict("P02", VALUED, values).score == pytest.approx(wanted)
    assert verdict("P02", VALUED, np.zeros(30)).score == pytest.approx(stats.norm(0, 0.1).logpdf(0.0)), (
        "no less than the error"
    )


def test_ends_need_their_share_of_runs() -> None:
    half = np.array([2.0] * 10 + [9.0] * 10)
    assert (verdict("P27", ENDS, half).by_line, verdict("P27", ENDS, half).word) == ("pass", "undecided")
    assert verdict("P27", ENDS, half).score == pytest.approx(math.log(10.5 / 21))
    assert verdict("P27", ENDS, np.append(half, 9.0)).by_line == "fail"
    assert verdict("P27", ENDS, np.array([1.3, 4.0] * 10)).place == 1.0, "both ends are inside"


def test_the_gain_is_over_a_normal_through_the_quantiles() -> None:
    quantiles = [float(stats.norm(1, 2).ppf(share)) for share in (0.05, 0.25, 0.5, 0.75, 0.95)]
    base = BaseRate(of="others", source="data", values=50, quantiles=quantiles)
    assert base_score(0.3, base) == pytest.approx(stats.norm(1, 2).logpdf(0.3), abs=1e-3)
    found = verdict("P02", VALUED.model_copy(update={"base_rate": base}), np.random.default_rng(2).normal(size=50))
    assert found.gain == pytest.approx(found.score - base_score(0.0, base))


def test_the_error_of_practice_has_its_size_and_correlation_and_is_keyed() -> None:
    error = PracticeError(0.023, 0.7)
    runs = np.arange(4000)
    drawn = error.drawn(runs, 1989, 6, "core_practice")
    # six years of 4,000 runs: 5 standard errors of sd and correlation
    assert drawn.std(axis=0) == pytest.approx(np.full(6, 0.023), abs=0.023 * 5 / math.sqrt(8000))
    pairs = [np.corrcoef(drawn[:, year], drawn[:, year + 1])[0, 1] for year in range(5)]
    assert pairs == pytest.approx([0.7] * 5, abs=5 * 0.51 / math.sqrt(4000))
    assert np.array_equal(error.drawn(runs[7:9], 1989, 6, "core_practice"), drawn[7:9])
    assert not np.allclose(error.drawn(runs[:9], 1989, 6, "practice_labour"), drawn[:9])


def column(name: str, kind: str, word: str, score: float = 0.0, seed: int = 0) -> Column:
    values = np.random.default_rng(seed).normal(score, 0.1, 30)
    names = [f"P{i:02d}" for i in range(2, 10)]
    return Column(name, name, kind, {n: Verdict(n, word, values, 0.5, score) for n in names})  # type: ignore[arg-type]


PATTERNS = {f"P{i:02d}": VALUED for i in range(2, 10)}


def test_marks_are_computed() -> None:
    account = column("T1", "account", "pass")

    def marks(a: str, found: dict, restated: dict | None, **keys: str) -> tuple[str, ...]:
        return marks_of("P02", VALUED.model_copy(update=keys), (account, column("A", "placebo", a)), found, restated)

    assert marks("fail", {}, {}) == ("evidence",)
    assert marks("fail", {}, None) == ("evidence",)
    assert marks("pass", {}, {}) == ("free",)
    assert marks("not applicable", {}, {}) == ("untested",)
    assert marks("fail", {"P02": ("parameter x: P02",)}, {}) == ("fitted",)
    assert marks("fail", {}, {"P02": "rule"}) == ("restated",)
    assert marks("pass", {"P02": ("x",)}, {"P02": "rule"}, given="known") == ("given", "free", "fitted", "restated")
    silent = column("T1", "account", "not applicable")
    assert marks_of("P02", VALUED, (silent, column("A", "placebo", "fail")), {}, {}) == ("not applicable",)


def test_of_permuted_labels_more_than_one_in_twenty_pass() -> None:
    parts = [column("C", "placebo", "pass" if i < 1 else "fail") for i in range(20)]
    assert permuted_column("C", parts).several["P02"] == (1, 20)
    assert permuted_column("C", parts).passes("P02") is False
    assert permuted_column("C", [*parts[:19], parts[0]]).passes("P02") is True
    assert permuted_column("C", [column("C", "placebo", "not applicable")]).passes("P02") is None


def test_rates_are_over_patterns_with_output() -> None:
    some = column("B0", "baseline", "pass")
    half = replace(some, verdicts=some.verdicts | {"P02": column("x", "baseline", "not applicable").verdicts["P02"]})
    assert half.rate == (7, 7)


def test_accounts_that_differ_clearly_are_ranked_and_equal_ones_are_not() -> None:
    names = list(PATTERNS)
    good, bad, same = (column("T", "account", "pass", score, seed).verdicts for score, seed in ((0, 1), (2, 2), (0, 3)))
    good = {n: replace(one, score=verdict(n, VALUED, one.values).score) for n, one in good.items()}
    bad = {n: replace(one, score=verdict(n, VALUED, one.values).score) for n, one in bad.items()}
    same = {n: replace(one, score=verdict(n, VALUED, one.values).score) for n, one in same.items()}
    found = rank(PATTERNS, {"good": good, "bad": bad}, names)
    assert found.words == "1 of 1 pairs of accounts can be ranked: good before bad"
    assert rank(PATTERNS, {"good": good, "same": good}, names).words.startswith(
        "accounts cannot be ranked: no difference"
    )
    assert "takes 5 patterns" in rank(PATTERNS, {"good": good, "bad": bad}, names[:4]).words
    assert not rank(PATTERNS, {"good": good, "same": same}, names[:4]).differences


def test_the_first_line_says_what_is_evidence_and_support_needs_placebos_that_fail() -> None:
    accounts = [column("T1", "account", "pass"), column("T2", "account", "fail")]
    placebos = [column("A", "placebo", "fail"), column("B", "placebo", "fail"),
                permuted_column("C", [column("C", "placebo", "fail")] * 20)]  # fmt: skip
    card = make_card(PATTERNS, (*accounts, *placebos), {}, {})
    assert card.first_line.startswith("8 of 8 patterns are evidence (P02, ")
    assert card.supports(card.accounts[0]) == tuple(PATTERNS)
    assert card.supports(card.accounts[1]) == ()
    passing = make_card(PATTERNS, (*accounts, placebos[0], column("B", "placebo", "pass"), placebos[2]), {}, {})
    assert passing.supports(passing.accounts[0]) == ()
    assert "restated was not studied" in make_card(PATTERNS, tuple(accounts), {}, None).notes[-1]
