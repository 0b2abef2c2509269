"""Relief, release and exile take effect."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

HOLD, BETTER, RELEASE, EXILE = range(4)


@pytest.mark.parametrize(
    ("choice", "status", "event"), [(HOLD, 1, 0), (BETTER, 1, 3), (RELEASE, 2, 4), (EXILE, 3, 5)]
)
def test_choices_take_effect_on_the_detained(choice: int, status: int, event: int) -> None:
    bench = RuleBench(person_status=1, person_months=7, release_choice=choice)
    change = bench.act("target.free_people")
    freed = 40 if choice in (RELEASE, EXILE) else 0
    assert (bench.world["person_status"] == status).all()
    assert (bench.world["person_event"] == event).all()
    assert (bench.world["person_months"] == (0 if freed else 8)).all()
    assert (change["released_now"] == freed).all()
    assert (change["concession_credit"] == freed).all()
    assert (change["recent_concessions"] > 0).all() == bool(freed)
    assert (change["person_treatment"] > 0.1).all() == (choice == BETTER)


@pytest.mark.parametrize("status", [0, 2, 3])
def test_others_are_left_alone(status: int) -> None:
    bench = RuleBench(person_status=status, release_choice=RELEASE)
    change = bench.act("target.free_people")
    assert not change["person_status"].any()
    assert not change["person_event"].any()
    assert not change["released_now"].any()


def test_famous_releases_are_remembered_more() -> None:
    one = [RELEASE] + [HOLD] * 39
    plain = RuleBench(person_status=1, release_choice=one).act("target.free_people")["recent_concessions"]
    famous = RuleBench(person_status=1, person_fame=0.9, release_choice=one).act("target.free_people")["recent_concessions"]
    assert (famous > plain).all()
    assert np.all(plain > 0)


def test_exile_of_organisers_weakens_the_movement() -> None:
    lost = RuleBench(person_event=[5] + [0] * 39, person_organising=0.9, activist_capacity=0.4)
    assert lost.silent("target.movement_loses_leaders", strength=0)
    assert (lost.act("target.movement_loses_leaders")["activist_capacity_change"] < 0).all()
    assert RuleBench(person_event=4, person_organising=0.9, activist_capacity=0.4).silent("target.movement_loses_leaders")
