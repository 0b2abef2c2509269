"""Scores on made predictions with a known answer, and the packaged model."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.cast.cast import Cast
from demarche.history.record import Record
from demarche.history.votes.attributes import load_attributes
from demarche.history.votes.estimate import estimate_on, fit_any, lay_out
from demarche.history.votes.features import FEATURES, labels
from demarche.history.votes.logit import Rows, averaged, fit, softmax
from demarche.history.votes.memory import Memory
from demarche.history.votes.outlook import look_out
from demarche.history.votes.packaged import load_packaged, members
from demarche.history.votes.posterior import packaged_posterior, read, write
from demarche.history.votes.rollcalls import NONE, in_order
from demarche.history.votes.scoring import (
    GROUPS,
    PREDICTORS,
    Scored,
    area,
    calibration,
    difference,
    log_score,
    measures,
    predict,
)
from tests.unit.votes.test_memory import MEMBERS, RECORD, SETTINGS, attributes, call


@pytest.fixture
def scored() -> Scored:
    """Two motions of two votes: the model gives 0.8 and 0.5 to what was voted, every other one third."""
    third = np.full((4, 3), 1 / 3)
    own = np.array([[0.8, 0.1, 0.1], [0.5, 0.25, 0.25], [0.1, 0.1, 0.8], [0.25, 0.25, 0.5]])
    chances = dict.fromkeys(PREDICTORS, third) | {"demarche": own}
    stance, last = np.array([0, 0, 2, 2]), np.array([0, 2, NONE, 0])
    calls = (call("TTT", 1995, "aaff"), call("UUU", 1996, "aaff"))
    return Scored(calls, np.array([0, 0, 1, 1]), ("AAA", "BBB", "AAA", "BBB"), stance, last, chances)


def test_measures(scored: Scored) -> None:
    everybody = scored.group(GROUPS[0])
    expected = -(np.log(0.8) + np.log(0.5)) / 2
    assert log_score(scored, everybody)["demarche"] == pytest.approx(expected)
    assert log_score(scored, everybody)["group"] == pytest.approx(np.log(3))
    found = measures(scored, "demarche", everybody)
    assert found["brier"] == pytest.approx((0.06 + 0.375) / 2)
    assert found["accuracy"] == 1.0
    assert found["auc"] == 1.0
    gap = difference(scored, "persistence", everybody)
    assert gap["mean"] == pytest.approx(expected - np.log(3))
    assert gap["low"] == gap["high"] == pytest.approx(gap["mean"])  # both motions have the same mean
    assert sum(n for _, _, n in calibration(scored, "demarche")) == 12
    assert [int(scored.group(name).sum()) for name in GROUPS] == [4, 3, 1, 2]


def test_area_counts_pairs_and_halves_ties() -> None:
    assert area(np.array([0.1, 0.4, 0.4, 0.8]), np.array([False, True, False, True])) == pytest.approx(3.5 / 4)
    assert np.isnan(area(np.array([0.1]), np.array([True])))


def test_an_empty_selection_has_no_score(scored: Scored) -> None:
    nobody = np.zeros(4, dtype=np.bool_)
    assert np.isnan(log_score(scored, nobody)["demarche"])
    assert np.isnan(difference(scored, "persistence", nobody)["mean"])


def test_the_fit_finds_what_made_the_votes() -> None:
    """3,000 votes on 150 motions with known coefficients and effects; misses are well beyond four standard errors."""
    rng = np.random.default_rng(5)
    n, motions = 3000, 150
    x = rng.normal(size=(n, 1))
    motion = np.repeat(np.arange(motions), n // motions)
    effects = rng.multivariate_normal([0, 0], [[0.6, 0.3], [0.3, 0.9]], size=motions)[motion]
    ones, zero = np.ones((n, 1)), np.zeros((n, 1))
    a, f = np.hstack([ones, x, zero, zero]), np.hstack([zero, zero, ones, x])
    truth = np.array([-0.5, 0.8, -1.0, -0.6])
    chances = softmax(a @ truth + effects[:, 0], f @ truth + effects[:, 1])
    stance = (rng.random((n, 1)) > chances.cumsum(axis=1)[:, :2]).sum(axis=1)
    rows = Rows(a, f, stance, motion, np.zeros(n, np.int64), np.ones(n))
    found = fit(rows, np.zeros(4), np.full(4, 5.0))
    errors = np.sqrt(np.diag(found.covariance))
    assert (np.abs(found.mean - truth) < 4.5 * errors).all()
    assert (errors < 0.15).all()
    assert found.motions[0] == pytest.approx(np.array([[0.6, 0.3], [0.3, 0.9]]), abs=0.35)


def test_averaging_over_motions_is_the_mean_of_draws() -> None:
    spread = np.array([[1.0, 0.5], [0.5, 2.0]])
    draws = np.random.default_rng(2).multivariate_normal([0, 0], spread, size=200_000)
    expected = softmax(0.3 + draws[:, 0], -1.0 + draws[:, 1]).mean(axis=0)
    assert averaged(np.array([0.3]), np.array([-1.0]), spread)[0] == pytest.approx(expected, abs=0.004)


def test_a_later_roll_call_never_changes_an_earlier_prediction() -> None:
    longer = [*RECORD, call("TTT", 1994, "ffff"), call("UUU", 1994, "aaaa")]
    model = packaged_posterior()
    short, long = (predict(model, Memory(in_order(calls), attributes()), calls) for calls in (RECORD, longer))
    n = len(short.stance)
    for name in PREDICTORS:
        assert np.array_equal(long.chances[name][:n], short.chances[name]), name


def test_chances_add_up_for_states_and_targets_that_nobody_knows() -> None:
    votes = {"QQQ": "yes", "AAA": "no", "ZZZ": "abstain"}
    one = call("XXX", 2031, "aanf")
    odd = type(one)("odd", "HRC", "no_action", "XXX", 2031, one.day, votes)
    scored = predict(packaged_posterior(), Memory(in_order([*RECORD, odd]), attributes()), [odd])
    for name in PREDICTORS:
        assert scored.chances[name].sum(axis=1) == pytest.approx([1, 1, 1]), name
        assert (scored.chances[name] > 0).all()


def test_parts_add_up_to_the_chances() -> None:
    model = packaged_posterior()
    known = Memory(in_order(RECORD), attributes()).known(RECORD[5], MEMBERS)
    names, parts = model.parts(known, "TTT")
    total = parts.sum(axis=1)
    assert names == labels(FEATURES)
    assert averaged(total[:, 0], total[:, 1], model.motions[0]) == pytest.approx(model.chances(known, "TTT"))


def test_effects_of_a_target_fade_after_the_record() -> None:
    calls = [call("TTT", year, "aaff" if year % 2 else "anff") for year in range(1990, 1999)]
    model = estimate_on(lay_out(Memory(in_order(calls), attributes()), calls), SETTINGS)
    memory = Memory(in_order(calls), attributes())
    near, far = (memory.known(call("TTT", year, "aaff"), MEMBERS) for year in (1998, 2008))
    first, second = (model.parts(known, "TTT")[1][:, -2] for known in (near, far))
    assert second == pytest.approx(first / 2)


def test_totals_of_a_coming_vote_agree_with_the_chances() -> None:
    model = packaged_posterior()
    outlook = look_out(model, Memory(in_order(RECORD), attributes()), call("TTT", 1995, "----"), MEMBERS)
    assert (outlook.totals.sum(axis=1) == 4).all()
    assert outlook.totals.mean(axis=0) == pytest.approx(outlook.chances.sum(axis=0), abs=0.1)


def test_the_packaged_record_adds_up(record: Record) -> None:
    calls = load_packaged(record)
    assert len(calls) == 96
    assert sum(call.target == record.focal for call in calls) == 8
    words = [word for call in calls for word in call.votes.values()]
    assert len(words) == 4374 + 414
    assert {word: words.count(word) for word in ("yes", "no", "abstain")} == {"yes": 2886, "no": 528, "abstain": 1214}
    assert len(members("CHR", 1995)) == 53
    assert not members("HRC", 1995)


def test_a_posterior_survives_its_file(tmp_path) -> None:
    model = packaged_posterior()
    write(model, tmp_path / "again.json")
    again = read(tmp_path / "again.json")
    assert np.array_equal(again.mean, model.mean)
    assert np.array_equal(again.effects_covariance, model.effects_covariance)
    assert again.baselines == model.baselines


def test_the_packaged_posterior_is_that_of_the_packaged_record(cast: Cast, record: Record) -> None:
    """First step again with the packaged priors; the whole with its choice of priors is the long test."""
    calls, table = load_packaged(record), load_attributes(cast.states)
    model = packaged_posterior()
    first, scales = fit_any(lay_out(Memory(in_order(calls), table), calls), model.settings)
    assert first.mean == pytest.approx(model.mean, abs=2e-4)
    assert scales["distance"] == pytest.approx(model.scales["distance"], abs=1e-4)


@pytest.mark.long
def test_the_packaged_posterior_again_as_a_whole(cast: Cast, record: Record) -> None:
    from demarche.history.votes.validation import choose

    calls, table = load_packaged(record), load_attributes(cast.states)
    sheets = lay_out(Memory(in_order(calls), table), calls)
    model, again = packaged_posterior(), estimate_on(sheets, choose(sheets))
    assert again.settings == model.settings
    for one, other in ((again.effects, model.effects), (again.motions, model.motions)):
        assert one == pytest.approx(other, abs=1e-3)


def test_the_interval_widens_with_few_targets_and_covers_the_mean() -> None:
    """Forty motions whose gap depends on the target alone: the interval is that of the few targets."""
    rng = np.random.default_rng(4)
    gaps = np.repeat([-0.4, 0.0, 0.2, -0.2], 10)
    calls = tuple(call(f"T{letter}T", 1990 + n, "aaff") for letter in "ABCD" for n in range(10))
    own = np.full((40, 3), 1 / 3) * np.exp(-gaps)[:, None]
    chances = {name: np.full((40, 3), 1 / 3) for name in PREDICTORS} | {"demarche": own}
    stance = rng.integers(3, size=40)
    scored = Scored(calls, np.arange(40), ("AAA",) * 40, stance, stance, chances)
    found = difference(scored, "group", scored.group(GROUPS[0]))
    assert found["mean"] == pytest.approx(gaps.mean())
    assert found["low"] == pytest.approx(-0.3, abs=0.06)  # of 256 draws of four targets, 2.5 % lie at or below -0.3
    assert found["high"] == pytest.approx(0.1, abs=0.06)
