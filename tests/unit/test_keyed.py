"""Random numbers: uniform, independent between streams, the same in every process."""

from __future__ import annotations

import numpy as np
from scipy import stats

from demarche.arrays import BELOW_ONE, REAL
from demarche.engine.draws import Draws
from demarche.keyed import _unit, entity_keys, run_keys, text_key, uniforms, uniforms_at

RUNS = run_keys(range(400))
STATES = entity_keys([f"S{i}" for i in range(200)])


def block(stream: str = "rule/label", step: int = 5) -> np.ndarray:
    return uniforms(RUNS, text_key(stream), step, STATES)


def test_values_are_pinned() -> None:
    """A changed hash changes every published result: list it under Changes results."""
    got = uniforms(run_keys([0, 1]), text_key("pressure.tariff/x"), 7, entity_keys(["AAA"]))
    np.testing.assert_array_equal(got, [[0.7517858751541653, 0.30005434864349556]])


def test_draws_are_uniform() -> None:
    values = block().ravel()
    assert values.min() >= 0.0
    assert values.max() < 1.0
    assert stats.kstest(values, "uniform").pvalue > 1e-4


def test_neighbouring_steps_runs_entities_and_streams_are_uncorrelated() -> None:
    base = block()
    others = {
        "step": block(step=6),
        "stream": block("rule/other"),
        "run": np.roll(base, 1, axis=1),
        "entity": np.roll(base, 1, axis=0),
    }
    bound = stats.norm.ppf(1 - 1e-4 / 8) / np.sqrt(base.size)
    for name, other in others.items():
        assert abs(np.corrcoef(base.ravel(), other.ravel())[0, 1]) < bound, name


def test_pairs_fill_the_square() -> None:
    x, y = block().ravel(), block(step=6).ravel()
    counts = np.histogram2d(x, y, bins=32, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(counts.ravel()).pvalue > 1e-4


def test_lasting_draws_differ_from_every_step() -> None:
    lasting = uniforms(RUNS, text_key("rule/label"), -1, STATES)
    assert not any(np.array_equal(lasting, block(step=step)) for step in range(20))


def test_streams_of_a_chunk_are_keyed_by_name_step_and_code() -> None:
    """What a rule is given is the pinned function of its key; draws that last are those of step -1."""
    codes = {"state": ("AAA", "BBB"), "case": ("c1",)}
    draws, stream = Draws([3, 4], codes), text_key("family.rule/label")
    monthly, lasting = draws.draw("family.rule/label", 5, "state"), draws.draw_lasting("family.rule/label", "state")
    for step, given in ((5, monthly), (-1, lasting)):
        expected = uniforms(run_keys([3, 4]), stream, step, entity_keys(codes["state"]), REAL)
        np.testing.assert_array_equal(given, expected)
    draws.start_step()
    np.testing.assert_array_equal(draws.draw("family.rule/label", 6), uniforms(run_keys([3, 4]), stream, 6, kind=REAL))


def test_single_numbers_are_those_of_the_whole() -> None:
    runs, entities, stream = run_keys([3, 4, 9]), entity_keys(["AAA", "BBB"]), text_key("rule/label")
    whole = uniforms(runs, stream, 5, entities)
    rows, columns = np.array([1, 0, 1]), np.array([0, 2, 2])
    np.testing.assert_array_equal(uniforms_at(runs[columns], stream, 5, entities[rows]), whole[rows, columns])
    counted = uniforms_at(runs[columns], stream, np.array([5, 6, 5]), entities[rows])
    np.testing.assert_array_equal(counted == whole[rows, columns], [True, False, True])
    draws = Draws([3, 9, 3], {"state": ("AAA", "BBB")})
    cells = np.array([1, 0, 1]), np.array([2, 1, 0])
    np.testing.assert_array_equal(draws.draw_cells("x", 5, "state", cells), Draws(
        [3, 9, 3], {"state": ("AAA", "BBB")}).draw("x", 5, "state")[cells])  # fmt: skip


def test_runs_that_share_a_seed_share_the_luck_and_each_has_that_of_its_own_seed() -> None:
    codes, seeds = {"state": ("AAA", "BBB", "CCC")}, [9, 4, 9, 7, 4]
    draws, stream = Draws(seeds, codes), text_key("x")
    expected = uniforms(run_keys(seeds), stream, 5, entity_keys(codes["state"]), REAL)
    np.testing.assert_array_equal(draws.draw("x", 5, "state"), expected)
    np.testing.assert_array_equal(draws.draw("y", 5), uniforms(run_keys(seeds), text_key("y"), 5, kind=REAL))
    names = draws.draw_names("z", 5, ("yes", "no"), "state", np.array([2, 0]))
    np.testing.assert_array_equal(names, Draws([9, 4, 7], codes).draw_names(
        "z", 5, ("yes", "no"), "state", np.array([2, 0])
    )[..., [0, 1, 0, 2, 1]])  # fmt: skip


def test_numbers_given_to_one_rule_are_nobody_elses() -> None:
    """What is drawn may be written to, by the run that drew it only."""
    draws = Draws([4, 4], {})
    drawn = draws.draw("x", 0)
    drawn[0] = 2.0
    assert drawn[1] < 1.0


def test_in_single_precision_numbers_are_the_same_rounded_and_stay_below_one() -> None:
    """Small numbers keep their digits, so that rare events stay as rare as they should be."""
    fine, coarse = block(), uniforms(RUNS, text_key("rule/label"), 5, STATES, REAL)
    assert coarse.dtype == REAL
    np.testing.assert_array_equal(coarse, np.minimum(fine, BELOW_ONE).astype(REAL))
    highest = np.array([2**64 - 1], dtype=np.uint64)
    assert _unit(highest.copy(), REAL) == BELOW_ONE < 1.0
    assert _unit(np.array([1 << 11], dtype=np.uint64), REAL) == 2.0**-53
