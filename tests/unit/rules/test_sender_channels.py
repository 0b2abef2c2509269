"""Rules on channels: speaking or not, in private or in public, and what an arm imposes."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.engine.deciding import choose
from tests.support.rule_bench import RuleBench

SILENT, QUIET, VOCAL = 0, 1, 2


def test_silence_is_the_default_and_the_focal_state_is_barred() -> None:
    bench = RuleBench(is_present=[1, 1, 1, 1, 1, 0])
    bench.act("sender.default_silence")
    luck = np.full((6, 8), 0.99)
    assert (choose(bench.world["channel_utility"], luck, 1.0) == SILENT).all()
    assert (bench.world["channel_utility"][1:, [0, 5]] < -800).all()


@pytest.mark.parametrize(
    ("rule_id", "field", "quiet", "vocal"),
    [
        ("sender.raising", "sender_will", 1, 1),
        ("sender.caution", "caution", -1, -1),
        ("sender.goes_public", "silent_rounds", 0, 1),
    ],
)
def test_reasons_for_and_against_speaking(rule_id: str, field: str, quiet: int, vocal: int) -> None:
    assert RuleBench(**{field: 0}).silent(rule_id)
    utility = RuleBench(**{field: [0, 1, 0, 0, 0, 0]}).act(rule_id)["channel_utility"]
    assert (np.sign(utility[QUIET, 1]) == quiet).all()
    assert (np.sign(utility[VOCAL, 1]) == vocal).all()
    assert not utility[:, 2].any()


def test_the_channel_that_brought_more_gains() -> None:
    assert RuleBench(quiet_yield=0.3, vocal_yield=0.3).silent("sender.remembered_yields")
    utility = RuleBench(quiet_yield=0.6, vocal_yield=0.3).act("sender.remembered_yields")["channel_utility"]
    assert (utility[QUIET] > 0).all()
    assert (utility[VOCAL] < 0).all()


@pytest.mark.parametrize(("actors", "row"), [(("BBB",), 1), (("joint_bloc",), 2)])
def test_meetings_bring_private_words(actors: tuple[str, ...], row: int) -> None:
    bench = RuleBench(sender_will=[0, 0.6, 0.6, 0, 0, 0], in_joint_bloc=[0, 0, 1, 1, 0, 0])
    utility = bench.act("sender.visit_routine", events=(("summit", 0, actors),))["channel_utility"]
    assert (utility[QUIET, row] > 0).all()
    assert np.count_nonzero(utility[:, :, 0]) == 1


def speaking(bench: RuleBench) -> np.ndarray:
    utility = bench.world["channel_utility"]
    return np.logaddexp(utility[QUIET], utility[VOCAL])


@pytest.mark.parametrize(
    ("quiet", "vocal", "shares"), [(1.0, np.nan, (1, 0)), (np.nan, 1.0, (0, 1)), (0.3, 0.1, (0.75, 0.25))]
)
def test_an_imposed_mix_divides_what_is_said(quiet: float, vocal: float, shares: tuple[float, float]) -> None:
    bench = RuleBench(lever_quiet=[np.nan, quiet] + [np.nan] * 4, lever_vocal=[np.nan, vocal] + [np.nan] * 4)
    bench.set(channel_utility=[[0] * 6, [-1] * 6, [-2] * 6])
    before = speaking(bench)
    utility = bench.act("sender.channel_discipline")["channel_utility"]
    assert not utility[:, 2:].any()
    assert np.allclose(speaking(bench), before)
    weights = np.exp(bench.world["channel_utility"][1:, 1, 0])
    assert np.allclose(weights / weights.sum(), shares)


def test_a_mix_of_nothing_means_silence() -> None:
    bench = RuleBench(lever_quiet=0.0, lever_vocal=0.0)
    bench.act("sender.channel_discipline")
    assert (bench.world["channel_utility"][1:] <= -899).all()


def test_escalation_turns_to_public_words_after_rounds_in_vain() -> None:
    bench = RuleBench(lever_escalate_after=[np.nan, 3, 3, 3, 3, np.nan], silent_rounds=[0, 2, 3, 9, 0, 9])
    bench.act("sender.escalation")
    utility = bench.world["channel_utility"][:, :, 0]
    assert (utility[VOCAL, [1, 4]] < -800).all()
    assert (utility[QUIET, [2, 3]] < -800).all()
    assert not utility[:, [0, 5]].any()


@pytest.mark.parametrize("rule_id", ["sender.channel_discipline", "sender.escalation"])
def test_free_levers_change_nothing(rule_id: str) -> None:
    assert RuleBench(sender_will=0.5).silent(rule_id)


def test_results_are_booked_to_the_channel_in_use() -> None:
    bench = RuleBench(silent_rounds=2, released_now=1).set(channel_choice=[0, 1, 2, 0, 0, 0])
    change = bench.act("sender.yields")
    assert (change["quiet_yield"][1] > 0).all()
    assert not change["vocal_yield"][1].any()
    assert (change["vocal_yield"][2] > 0).all()
    assert (bench.world["silent_rounds"][:3, 0] == [2, 0, 0]).all()


def test_rounds_in_vain_are_counted_and_lower_the_yield() -> None:
    bench = RuleBench().set(channel_choice=[0, 1, 2, 0, 0, 0])
    change = bench.act("sender.yields")
    assert (change["quiet_yield"][1] < 0).all()
    assert (change["silent_rounds"][:3, 0] == [0, 1, 0]).all()
