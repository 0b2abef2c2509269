"""The revolving door, routine arrests, re-detention, new faces."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

AT_LIBERTY, DETAINED, RELEASED, EXILED = range(4)
FIRST, AGAIN = 1, 2


def test_a_release_is_followed_by_about_one_detention() -> None:
    bench = RuleBench(400, person_status=[0] * 20 + [1] * 20, released_now=3, person_organising=0.3)
    change = bench.act("target.revolving_door", strength=1.0)
    taken = (change["person_status"] == 1).sum(axis=0)
    assert abs(taken.mean() - 3) < 0.3
    assert not change["person_status"][20:].any()
    assert (bench.world["person_event"][change["person_status"] == 1] == FIRST).all()


def test_organisers_are_taken_first() -> None:
    bench = RuleBench(400, person_status=0, released_now=3, person_organising=[0.9] * 20 + [0.0] * 20)
    taken = bench.act("target.revolving_door")["person_status"]
    assert taken[:20].sum() > 2 * taken[20:].sum() > 0


@pytest.mark.parametrize(
    ("rule", "fields", "quiet_fields"),
    [
        ("revolving_door", {"released_now": 20}, {"released_now": 0}),
        ("routine_arrests", {"security_effort": 1, "emergency": 1, "protest": 1}, {"protest": 1}),
        ("re_detention", {"person_fame": 1, "quiet_pressure": 0.8, "person_detentions": 1}, {"person_fame": 1}),
    ],
)
def test_silence(rule: str, fields: dict, quiet_fields: dict) -> None:
    base = {"person_organising": 0.9, "person_status": RELEASED}
    assert not RuleBench(200, **base, **fields).silent(f"target.{rule}")
    assert RuleBench(200, **base, **quiet_fields).silent(f"target.{rule}")
    assert RuleBench(200, **base, **fields).silent(f"target.{rule}", strength=0)
    for status in (DETAINED, EXILED):
        assert RuleBench(200, **{**base, **fields, "person_status": status}).silent(f"target.{rule}")


def test_protest_and_emergency_bring_more_arrests() -> None:
    def taken(**fields: float) -> float:
        bench = RuleBench(400, person_organising=0.9, security_effort=0.6, **fields)
        return float(bench.act("target.routine_arrests", rate=0.02)["person_status"].sum())

    assert taken(protest=1.0) > taken()
    assert taken(emergency=1.0) > taken()


def test_a_second_detention_is_told_apart_and_chills_senders() -> None:
    bench = RuleBench(200, person_status=RELEASED, person_fame=1, vocal_pressure=0.8, person_detentions=1,
                      channel_choice=[0, 2, 1, 0, 0, 0])  # fmt: skip
    change = bench.act("target.re_detention")
    hit = change["person_status"].any(axis=0)
    assert set(np.unique(bench.world["person_event"])) == {0, AGAIN}
    assert (change["caution"][1:3, hit] > 0).all()
    assert not change["caution"][:, ~hit].any()
    assert not change["caution"][3:].any()


def test_new_persons_take_the_rows_of_the_exiled_only() -> None:
    status = [EXILED] * 20 + [DETAINED] * 20
    bench = RuleBench(200, person_status=status, person_fame=0.5, person_named=0.7, person_detentions=2)
    change = bench.act("target.new_faces")
    arrived = change["person_status"] == -EXILED
    assert arrived[:20].any()
    assert not change["person_status"][20:].any()
    assert (bench.world["person_status"][arrived] == AT_LIBERTY).all()
    assert not bench.world["person_named"][arrived].any()
    assert (bench.world["person_fame"][arrived] == 0.5).all()
    assert RuleBench(200, person_status=DETAINED).silent("target.new_faces")
