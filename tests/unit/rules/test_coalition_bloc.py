"""How sponsors agree: consultation, the lead and the list."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

BLOC = [0, 0, 1, 1, 1, 1]


def bloc_bench(choices: list[int], utility: float, **fields: float) -> RuleBench:
    """Return a world in which CCC to FFF form the bloc and have chosen."""
    bench = RuleBench(in_joint_bloc=BLOC, sponsor_choice=choices, lever_unanimity=1.0)
    bench.set(**fields)
    bench.world["sponsor_utility"][1] = utility
    return bench


def test_unanimity_turns_one_refusal_into_the_exit_of_the_half_hearted() -> None:
    bench = bloc_bench([0, 1, 1, 1, 1, 0], utility=0.5, defeats=6)
    bench.act("coalition.consult_bloc")
    assert not bench.world["sponsor_choice"][2:].any()
    assert bench.world["sponsor_choice"][1].all()
    assert (bench.world["bloc_withdrawal"] == 1).all()


def test_the_determined_go_on_alone_and_nothing_is_decided_before_patience_ends() -> None:
    bench = bloc_bench([0, 1, 1, 1, 1, 0], utility=9.0, defeats=1)
    assert bench.silent("coalition.consult_bloc")
    bench = bloc_bench([0, 1, 1, 1, 1, 0], utility=0.5, defeats=1)
    bench.act("coalition.consult_bloc")
    assert not bench.world["sponsor_choice"][2:].any()
    assert not bench.world["bloc_withdrawal"].any()


def test_a_majority_binds_all_where_the_lever_says_so() -> None:
    bench = bloc_bench([0, 1, 1, 1, 1, 0], utility=0.5, defeats=6, lever_unanimity=0.0)
    bench.act("coalition.consult_bloc")
    assert bench.world["sponsor_choice"][2:].all()
    assert not bench.world["bloc_withdrawal"].any()


def test_consultation_is_silent_while_all_agree() -> None:
    assert bloc_bench([0, 1, 1, 1, 1, 1], utility=0.5, defeats=6).silent("coalition.consult_bloc")


@pytest.mark.parametrize(("emergency", "at_least"), [(0.0, 0.99), (1.0, 0.4)])
def test_a_decision_lapses_slowly_or_under_outrage(emergency: float, at_least: float) -> None:
    bench = RuleBench(bloc_withdrawal=1.0, emergency=emergency)
    bench.act("coalition.decision_lapses")
    left = bench.world["bloc_withdrawal"]
    assert (left < 1.0).all()
    assert (left > at_least).all()
    assert (left < at_least + 0.12).all()
    assert RuleBench(bloc_withdrawal=0.0, emergency=1.0).silent("coalition.decision_lapses")


def test_a_seated_sponsor_of_the_bloc_leads() -> None:
    bench = RuleBench(sponsor_choice=[0, 1, 1, 1, 0, 0], has_next_seat=[1, 1, 1, 0, 1, 1], in_joint_bloc=BLOC,
                      sender_will=[0, 0.8, 0.6, 0.7, 0, 0])  # fmt: skip
    bench.act("coalition.name_lead")
    assert bench.world["is_lead"][2].all()
    assert (bench.world["is_lead"].sum(axis=0) == 1).all()
    assert RuleBench(sponsor_choice=0, has_next_seat=1).silent("coalition.name_lead")


def test_the_list_is_compared_with_the_last_one() -> None:
    bench = RuleBench(sponsor_choice=[0, 1, 1, 0, 0, 0], is_sponsor=[0, 1, 0, 1, 0, 0], is_lead=[0, 1, 0, 0, 0, 0],
                      was_sponsor=[0, 0, 1, 0, 1, 0])  # fmt: skip
    bench.act("coalition.register_sponsors")
    world = bench.world
    assert (world["sponsor_count"] == 2).all()
    assert (world["sponsors_lost"] == 1).all()
    for field, expected in (("is_sponsor", [0, 1, 1, 0, 0, 0]), ("sponsored_last", [0, 1, 0, 1, 0, 0]),
                            ("was_sponsor", [0, 0, 0, 1, 1, 0]), ("sponsor_event", [0, 1, 2, 3, 0, 0])):  # fmt: skip
        np.testing.assert_array_equal(world[field][:, 0], expected)
    assert RuleBench(sponsor_choice=0).silent("coalition.register_sponsors")
