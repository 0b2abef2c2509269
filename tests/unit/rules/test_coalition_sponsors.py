"""Who sponsors: direction and silence of the reasons for and against."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.rule_bench import RuleBench

NEED = (("sender_need", 3, ("BBB",)),)


def gain(change: dict[str, Any]) -> Any:
    """Return what a rule added to sponsoring against staying out, `(n_states, n_runs)`."""
    return change["sponsor_utility"][1] - change["sponsor_utility"][0]


def test_will_and_order_make_sponsors_and_the_focal_state_never_is_one() -> None:
    bench = RuleBench(sender_will=[0.9, 0.8, 0.5, 0.1, 0.5, 0.5], ideal_point=[0, 2, 1, 1, 1, -1],
                      is_present=[1, 1, 1, 1, 0, 1])  # fmt: skip
    change = gain(bench.act("coalition.sponsor_interest"))
    assert (change[1] > change[2]).all()
    assert (change[2] > change[5]).all()
    assert (change[2] > 0).all()
    assert (change[3] < 0).all()
    assert (change[[0, 4]] < -50).all()
    assert bench.silent("coalition.sponsor_interest", strength=0)


def test_the_bloc_supports_until_it_decides_otherwise() -> None:
    bench = RuleBench(in_joint_bloc=[0, 0, 1, 1, 0, 0])
    change = gain(bench.act("coalition.joint_support"))
    assert (change[2:4] > 0).all()
    assert not change[4:].any()
    assert (gain(bench.set(bloc_withdrawal=1).act("coalition.joint_support"))[2:4] < -4).all()
    assert RuleBench().silent("coalition.joint_support")


# rule, sign, trigger, what removes the trigger
REASONS: tuple[tuple[str, int, dict[str, Any], dict[str, Any]], ...] = (
    ("sponsor_habit", 1, {"is_sponsor": 1}, {"is_sponsor": 0}),
    ("defeat_fatigue", -1, {"defeats": 6, "motion_margin": 8, "sender_will": 0.5}, {"defeats": 0}),
    ("sequential_exit", -1, {"is_sponsor": [0, 0, 0, 1, 1, 1], "was_sponsor": [0, 1, 1, 0, 0, 0]}, {"was_sponsor": 0}),
    ("sequential_exit", -1, {"is_sponsor": [0, 0, 0, 0, 0, 1], "was_sponsor": [0, 1, 1, 1, 1, 0]}, {"is_sponsor": 0}),
    ("follow_the_leader", -1, {"public_stance": 0.05, "agree_critic": 0.8}, {"public_stance": 0.5}),
    ("split_by_trade", -1, {"business_pull": 0.6, "skill": 0.5}, {"business_pull": 0}),
    ("lone_sponsors_exposed", -1, {"retaliation": [0, 0, 0.8, 0, 0, 0], "business_pull": 0.5}, {"retaliation": 0}),
    ("lone_sponsors_exposed", -1, {"favour": 0.8}, {"favour": 0}),
)


@pytest.mark.parametrize(("name", "sign", "trigger", "absent"), REASONS)
def test_reasons(name: str, sign: int, trigger: dict[str, Any], absent: dict[str, Any]) -> None:
    rule_id = f"coalition.{name}"
    assert (sign * gain(RuleBench(**trigger).act(rule_id))[2:] > 0).all()
    assert RuleBench(**{**trigger, **absent}).silent(rule_id)
    assert RuleBench(**trigger).silent(rule_id, strength=0)


def test_the_determined_tire_less_and_a_near_miss_revives() -> None:
    bench = RuleBench(defeats=6, sender_will=[0, 0.9, 0.2, 0, 0, 0])
    clear, near = (gain(bench.set(motion_margin=margin).act("coalition.defeat_fatigue")) for margin in (9, 0))
    assert (clear[1] > clear[2]).all()
    assert (near > clear).all()


def test_a_few_departures_go_unnoticed() -> None:
    few = RuleBench(is_sponsor=[0, 1, 1, 1, 1, 0], was_sponsor=[0, 0, 0, 0, 0, 1])
    assert few.silent("coalition.sequential_exit", noticed=0.25)
    assert not few.silent("coalition.sequential_exit", noticed=0.1)


def test_need_of_the_critic_stops_motions_and_passes() -> None:
    bench = RuleBench()
    now, later = (gain(bench.act("coalition.needs_before_rights", step=step, events=NEED)) for step in (3, 9))
    assert (now < later).all()
    assert (later < 0).all()
    assert bench.silent("coalition.needs_before_rights")
    assert not gain(bench.act("coalition.needs_before_rights", step=3, events=NEED, others=0))[2:].any()
    assert (gain(RuleBench(security_salience=0.8).act("coalition.needs_before_rights")) < 0).all()
