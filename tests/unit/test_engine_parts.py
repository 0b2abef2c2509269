"""Parts of the engine on a toy world: pairs, several at once, prices, common luck, temperatures, triggers, rings."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.arrays import REAL
from demarche.engine.deciding import choose, choose_some
from demarche.engine.draws import Draws, joint
from demarche.errors import RuleError
from demarche.rules.kit import links
from demarche.rules.kit.rings import clear_rows, write_rows
from tests.support.toy_world import ALARM, ASKS, CANVASS, CODES, FOCUS, REFORM, TACTICS, take, toy_world

N = 20_000
THREE_ERRORS = 3.0


def test_a_decision_over_pairs_is_keyed_by_both_codes() -> None:
    world = toy_world(64)
    whole = take(world, FOCUS).copy()
    assert whole.shape == (3, 2, 64)
    draws = Draws(range(1, 65), {**CODES, "area": ("A2", "A1", "A9")})
    swapped = draws.draw("decide.focus", 0, ("group", "area"))
    plain = Draws(range(1, 65), CODES).draw("decide.focus", 0, ("group", "area"))
    np.testing.assert_array_equal(swapped[:, 0], plain[:, 1])
    np.testing.assert_array_equal(swapped[:, 1], plain[:, 0])
    assert not np.array_equal(plain[0, 0], plain[0, 1])
    assert len({tuple(row) for row in plain.reshape(6, -1)}) == 6


def test_pairs_follow_their_own_utilities() -> None:
    world = toy_world(8)
    world["focus_utility"][1, 2, 0] = 60.0
    world["focus_utility"][1, 0, 1] = -60.0
    choice = take(world, FOCUS)
    assert (choice[2, 0] == 1).all()
    assert (choice[0, 1] == 0).all()


def test_one_of_some_has_the_chances_of_a_choice_with_a_reservation() -> None:
    utility = np.array([0.4, -0.3, 1.1])
    draws = Draws(range(N), CODES)
    luck = draws.draw_names("some", 0, ("a", "b", "c"), "group", np.array([0]))
    taken = choose_some(np.broadcast_to(utility[:, None, None], luck.shape), luck, draws.draw("none", 0)[None], 1.0, 1)
    assert (taken.sum(axis=0) <= 1).all()
    expected = np.exp(utility) / (1.0 + np.exp(utility).sum())
    error = np.sqrt(expected * (1 - expected) / N)
    assert (np.abs(taken[:, 0].mean(axis=1) - expected) < 4.5 * error).all()


def test_up_to_so_many_are_taken_and_each_beats_the_reservation() -> None:
    world = toy_world(200)
    world["canvass_utility"][1] = 60.0
    world["canvass_utility"][1, 1] = -60.0
    choice = take(world, CANVASS)
    assert choice.shape == (3, 4, 200)
    assert (choice[0].sum(axis=0) == 2).all()
    assert (choice[1] == 0).all()
    assert choice[0].any(axis=1).all(), "each capital is called on in some run"


def test_where_all_may_be_taken_they_are_those_taken_one_by_one() -> None:
    rng = np.random.default_rng(5)
    utility = rng.normal(size=(4, 3, 300))
    utility[2, 1] = -np.inf
    luck, reserved = rng.random(utility.shape), rng.random((3, 300))
    one_by_one = choose_some(utility, luck, reserved, 0.5, 4, np.zeros(4), np.zeros((3, 300)))
    assert np.array_equal(choose_some(utility, luck, reserved, 0.5, 4), one_by_one)
    assert 0 < one_by_one.sum() < one_by_one.size


def test_prices_are_paid_from_the_purse_in_the_order_of_worth() -> None:
    world = toy_world(2)
    world["tactic_utility"][:] = np.array([300.0, 200.0, 100.0])[:, None, None]
    world["group_purse"][:, 0] = [1.0, 1.6, 0.4]
    world["group_purse"][:, 1] = [1.5, 0.6, 2.0]
    choice = take(world, TACTICS)
    assert choice.shape == (3, 3, 2)
    # 1.0 buys the first; 1.6 the first and the third (0.5 goes first: 1.0 + 0.5); 0.4 buys nothing
    assert choice[:, 0, 0].tolist() == [1, 0, 0]
    assert choice[:, 1, 0].tolist() == [1, 1, 0]
    assert choice[:, 2, 0].tolist() == [0, 0, 0]
    assert choice[:, 0, 1].tolist() == [1, 1, 0]
    assert choice[:, 1, 1].tolist() == [0, 1, 0]
    kept = np.array([1.0, 1.6, 0.4], dtype=REAL)
    assert (world["group_purse"][:, 0] == kept).all(), "the rule that pays is not the choice"


def test_luck_in_common_makes_rows_correlate_as_stated() -> None:
    draws = Draws(range(N), CODES)
    from scipy.special import ndtri

    own = draws.draw("own", 0, "area")
    for r in (0.0, 0.5, 0.9):
        normal = ndtri(joint(own, Draws(range(N), CODES).draw("common", 0), r))
        found = np.corrcoef(normal)[0, 1]
        assert abs(found - r) < 4.5 * (1 - r**2) / np.sqrt(N) + 1e-12, (r, found)
        assert abs(normal.std() - 1.0) < 0.02
    world = toy_world(4_000)
    choice = take(world, REFORM)
    assert np.corrcoef(choice)[0, 1] > 0.2, "two areas of a run move together"


@pytest.mark.parametrize(
    "seeds",
    [[7, 3, 5], [7, 3, 5] * 4, [7, 3, 5] * 4 + [7, 3], [7, 7, 3, 3, 5, 5], [7, 3, 5, 3, 7, 5], [7] * 3],
    ids=["each its own", "in turns", "in turns with a rest", "side by side", "mixed", "one for all"],
)
def test_runs_have_the_luck_of_their_seed_however_seeds_are_shared(seeds: list[int]) -> None:
    of_runs = Draws(seeds, CODES)
    alone = [Draws([seed, seed + 1], CODES) for seed in seeds]  # whatever stands beside it
    shape = (len(seeds),)
    plain = of_runs.draw("plain", 4)
    pairs = of_runs.draw("pairs", 4, ("group", "area"))
    some = of_runs.draw("some", 4, "group", np.array([2, 0]))
    assert (plain.shape, pairs.shape, some.shape) == (shape, (3, 2, *shape), (2, *shape))
    for run, one in enumerate(alone):
        assert plain[run] == one.draw("plain", 4)[0]
        np.testing.assert_array_equal(pairs[..., run], one.draw("pairs", 4, ("group", "area"))[..., 0])
        np.testing.assert_array_equal(some[..., run], one.draw("some", 4, "group", np.array([2, 0]))[..., 0])
    rows, runs = np.repeat(np.arange(3), len(seeds)), np.tile(np.arange(len(seeds)), 3)
    at_cells = Draws(seeds, CODES).draw_cells("plain", 4, "group", (rows, runs))
    np.testing.assert_array_equal(at_cells.reshape(3, -1), Draws(seeds, CODES).draw("plain", 4, "group"))


@pytest.mark.parametrize("seeds", [[7, 3, 5] * 2 + [7], [7, 7, 3, 3], [7, 3]])
def test_luck_in_common_is_that_of_own_and_common_draws(seeds: list[int]) -> None:
    rows = np.array([2, 1])
    plain = Draws(seeds, CODES)
    own, common = plain.draw("luck/own", 4, "group", rows), plain.draw("luck/common", 4)
    for r in (0.3, np.linspace(0.0, 1.0, len(seeds), dtype=REAL)):
        draws = Draws(seeds, CODES)
        np.testing.assert_array_equal(draws.draw_joint("luck", 4, "group", r, rows), joint(own, common, r))
        with pytest.raises(RuleError, match="drawn twice"):
            draws.draw("luck/own", 4)
        with pytest.raises(RuleError, match="drawn twice"):
            draws.draw("luck/common", 4)


def test_the_temperature_has_a_run_axis() -> None:
    utility = np.zeros((3, 1, 3 * N))
    utility[2] = 1.0
    temperatures = np.repeat([0.25, 1.0, 4.0], N)
    luck = Draws(range(3 * N), CODES).draw("t", 0)[None]
    taken = choose(utility, luck, temperatures)[0]
    for position, tau in enumerate((0.25, 1.0, 4.0)):
        weights = np.exp(np.array([0.0, 0.0, 1.0]) / tau)
        expected = weights / weights.sum()
        share = np.bincount(taken[position * N : (position + 1) * N], minlength=3) / N
        assert (np.abs(share - expected) < 4.5 * np.sqrt(expected * (1 - expected) / N)).all(), tau


@pytest.mark.parametrize("n_options", [2, 3])
@pytest.mark.parametrize("tau", [0.12, 1.0, 3.0])
@pytest.mark.parametrize("ratio", [0.4, 2.0, 5.0])
def test_an_odds_ratio_is_realised_at_every_temperature(n_options: int, tau: float, ratio: float) -> None:
    """S4: the realised odds ratio over 20,000 choices equals the stated one within three standard errors."""
    base = np.zeros((n_options, 1, N))
    base[-1] = -0.5 * tau
    treated = base.copy()
    treated[-1] += links.log_odds(np.full(N, tau), np.full(N, ratio), 1.0)
    luck = (Draws(range(N), CODES).draw("odds", 0)[None], Draws(range(N, 2 * N), CODES).draw("odds", 0)[None])
    counts = []
    for utility, uniforms in zip((base, treated), luck, strict=True):
        taken = choose(utility, uniforms, np.full(N, tau))[0]
        counts.append([(taken == 0).sum(), (taken == n_options - 1).sum()])
    (reference, chosen), (reference_treated, chosen_treated) = counts
    realised = np.log(chosen_treated / reference_treated) - np.log(chosen / reference)
    error = np.sqrt(sum(1 / n for pair in counts for n in pair))
    assert abs(realised - np.log(ratio)) < THREE_ERRORS * error
    half = links.log_odds(np.full(1, tau), np.full(1, ratio), 0.5)[0]
    assert half == pytest.approx(tau * np.log(ratio) / 2)
    cheap = links.log_odds(np.full(1, tau), np.full(1, ratio), 1.0, price=0.5)[0]
    assert cheap == pytest.approx(2 * tau * np.log(ratio))


def test_links_do_to_fields_what_their_units_say() -> None:
    one = np.ones(1)
    assert links.factor(4.0 * one, 0.5) == pytest.approx(2.0)
    assert links.loss(0.3 * one, 0.5) == pytest.approx(0.85)
    assert links.change(-0.2 * one, 1.0) == pytest.approx(0.8)
    values = np.array([0.4])
    links.gain(values, 0.5 * one, 1.0)
    assert values == pytest.approx(0.7)
    stock = np.array([0.2])
    for _ in range(12):
        stock = stock + links.share_a_year(stock, 0.1 * one, 1.0)
    assert stock == pytest.approx(1 - 0.8 * (1 - 0.1 / 12) ** 12)
    assert links.share_a_year(np.array([0.5]), -0.12 * one, 1.0) == pytest.approx(-0.005)
    assert 12 * links.practice_a_year(0.02 * one, 1.0) == pytest.approx(0.02)
    away = np.array([0.9])
    for _ in range(24):
        away = away + links.return_to(away, 0.5, 24.0)
    assert away == pytest.approx(0.7)
    for neutral in (links.factor(one, 1.0), links.loss(0 * one, 1.0), links.change(0 * one, 1.0)):
        assert neutral == pytest.approx(1.0)
    assert links.log_odds(one, one, 1.0) == pytest.approx(0.0)


def test_only_the_runs_that_an_event_triggers_decide() -> None:
    world = toy_world(6)
    world["alarm_utility"][1] = 60.0
    world["alarm_rung"][[1, 4]] = 1.0
    choice = take(world, ALARM)
    assert choice.tolist() == [[0, 1, 0, 0, 1, 0]] * 2
    world["alarm_rung"][:] = 0.0
    assert not take(world, ALARM, step=1).any()


def test_a_ring_is_filled_in_turn_and_the_oldest_row_gives_way() -> None:
    world = toy_world(3)
    columns = {c.name: world[f"ask_{c.name}"] for c in ASKS.columns}
    head = world["ask_next"]
    assert (columns["sender"] == -1).all()
    new = {"sender": np.array([7.0, 8.0, 9.0]), "month": np.full(3, 5.0)}
    cells = write_rows(columns, head, np.array([0, 0, 2]), new)
    assert list(zip(*(part.tolist() for part in cells), strict=True)) == [(0, 0), (1, 0), (0, 2)]
    assert columns["sender"][:, 0].tolist() == [7, 8, -1, -1]
    assert head.tolist() == [2, 0, 1]
    write_rows(columns, head, np.array([0, 0, 0]), {"sender": np.array([1.0, 2.0, 3.0]), "month": np.full(3, 6.0)})
    assert columns["sender"][:, 0].tolist() == [3, 8, 1, 2], "the oldest gave way"
    assert columns["month"][:, 0].tolist() == [6, 5, 6, 6]
    assert head.tolist() == [1, 0, 1]
    world["ask_event"][cells] = 1
    assert world["ask_event"][:, 0].tolist() == [1, 1, 0, 0]
    world.clear_month()
    assert not world["ask_event"].any()
    clear_rows(columns, (np.array([1]), np.array([0])))
    assert columns["sender"][1, 0] == -1
