"""When and why treaties are signed."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench

WAIT, ACT = 0, 1
CIVIL, SOCIAL = 0, 1


def act_utility(rule: str, *, step: int = 0, events: tuple = (), **fields: object) -> list[float]:
    parameters = {"strength": fields.pop("strength")} if "strength" in fields else {}
    change = RuleBench(**fields).act(f"target.{rule}", step=step, events=events, **parameters)["treaty_utility"]
    assert not change[WAIT].any()
    return change[ACT, :, 0].tolist()


def test_cost_order_and_stage_delay_acts() -> None:
    civil, social = act_utility("treaty_cost", treaty_cost=[0.5, 0.5])
    assert civil < social < 0
    assert act_utility("treaty_cost", treaty_cost=[0.5, 0.5], treaty_stage=[0, 2])[CIVIL] > civil
    assert act_utility("treaty_cost", treaty_cost=[0.5, 0.9])[SOCIAL] < social
    assert act_utility("treaty_cost", treaty_cost=[0.5, 0.5], treaty_stage=1)[SOCIAL] < social


@pytest.mark.parametrize("fields", [{"treaty_stage": 2}, {"treaty_months": 3}])
def test_finished_treaties_and_fresh_steps_wait(fields: dict) -> None:
    assert max(act_utility("treaty_cost", **fields)) < -500


def test_pressure_makes_gestures_worth_something_while_recognition_is_needed() -> None:
    pressed = {"un_pressure": 0.5, "target_needs": 0.7}
    assert min(act_utility("treaty_interest", **pressed)) > 0
    assert max(act_utility("treaty_interest", un_pressure=0.5)) == 0
    assert max(act_utility("treaty_interest", target_needs=0.7)) == 0
    assert max(act_utility("treaty_interest", strength=0, **pressed)) == 0


def test_acts_are_timed_to_sessions_and_occasions() -> None:
    session = (("session", 10),)
    assert min(act_utility("treaty_timing", step=8, events=session)) > 0
    assert max(act_utility("treaty_timing", step=5, events=session)) == 0
    assert min(act_utility("treaty_timing", step=5, events=session, occasion=0.5)) > 0
    assert max(act_utility("treaty_timing", step=8, events=session, strength=0)) == 0


def test_signing_moves_commitment_of_its_group_and_eases_pressure() -> None:
    bench = RuleBench(treaty_choice=[WAIT, ACT], un_pressure=0.5)
    change = bench.act("target.signs")
    assert bench.world["treaty_stage"][:, 0].tolist() == [0, 1]
    assert bench.world["treaty_event"][:, 0].tolist() == [0, 1]
    assert (change["commitment_change"][:, 0] > 0).tolist() == [False, True, True, False]
    assert (change["un_pressure"] < 0).all()
    assert (change["concession_credit"] == 1).all()
    assert (bench.world["treaty_months"][:, 0] == [61, 0]).all()


def test_without_a_choice_only_time_passes() -> None:
    change = RuleBench(treaty_choice=WAIT, un_pressure=0.5).act("target.signs")
    assert change.pop("treaty_months").min() == 1
    assert not any(values.any() for values in change.values())
    assert not RuleBench(treaty_choice=ACT, treaty_stage=2).act("target.signs")["treaty_stage"].any()
