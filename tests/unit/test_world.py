from __future__ import annotations

import numpy as np
import pytest

from demarche.errors import RuleError
from demarche.world.fields import FIELDS
from demarche.world.levers import LEVERS
from demarche.world.world import World
from tests.support.rule_bench import CODES


def test_shapes_follow_the_axes() -> None:
    world = World(CODES, 5)
    assert world["sender_will"].shape == (6, 5)
    assert world["vote_no_action_utility"].shape == (4, 6, 5)
    assert world["ngo_evidence"].shape == (3, 4, 5)
    assert world["resistance"].shape == (5,)
    assert world["ideal_point"].shape == (6, 1)


def test_stocks_are_integrated_and_clipped() -> None:
    world = World(CODES, 2)
    world["resistance"][...] = 0.9
    world["resistance_change"][...] = [0.05, 0.5]
    world.integrate_stocks()
    np.testing.assert_allclose(world["resistance"], [0.95, 1.0])


def test_a_new_month_forgets_flows_and_events_but_not_memories() -> None:
    world = World(CODES, 2)
    for name in ("issue_granted", "vote_event", "resistance_change", "sender_will"):
        world[name][...] = 1
    world.clear_month()
    assert [int(world[n].max()) for n in ("issue_granted", "vote_event", "resistance_change", "sender_will")] == [
        0,
        0,
        0,
        1,
    ]


@pytest.mark.parametrize("value", [np.nan, np.inf, -0.01, 1.01])
def test_a_field_out_of_range_is_reported(value: float) -> None:
    world = World(CODES, 2)
    world["legitimacy"][0] = value
    assert [problem.where for problem in world.check()] == ["legitimacy"]


def test_a_free_lever_is_in_range() -> None:
    assert World(CODES, 2).check(["lever_quiet"]) == []


def test_an_unknown_field_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(RuleError, match="Did you mean 'resistance'"):
        World(CODES, 2)["resistence"]


def test_every_stock_has_a_change_and_every_lever_field_a_lever() -> None:
    assert all(f"{name}_change" in FIELDS for name, spec in FIELDS.items() if spec.kind == "stock")
    set_by_levers = {part.field for lever in LEVERS for part in lever.parts}
    assert set_by_levers == {name for name, spec in FIELDS.items() if spec.kind == "lever"}


def test_events_of_all_fields_are_those_of_each() -> None:
    world, rng = World(CODES, 6), np.random.default_rng(3)
    fields = [name for name, spec in FIELDS.items() if spec.kind == "event"]
    for name in fields[::2]:
        world[name][...] = rng.integers(-1, 4, world[name].shape) * (rng.random(world[name].shape) < 0.3)
    place, codes, own = world.events()
    assert set(own) == {name for name in fields if world[name].any()}
    for name, some in own.items():
        assert np.array_equal(place[some], np.flatnonzero(world[name]))
        assert np.array_equal(codes[some], world[name].reshape(-1)[place[some]])


def test_events_are_looked_for_where_something_may_have_been_written() -> None:
    many = {**CODES, "state": tuple(f"S{number:02d}" for number in range(40))}
    world = World(many, 3, n_senders=33)
    world.clear_month()
    names = ("sponsor_event", "lobby_event", "vote_event")
    for name in names:
        world[name][1, 2] = 1
    written = (*world.tracked(["sponsor_event"]), *world.tracked(["lobby_event"], rows="senders"))
    assert len(written) == 2
    world.touch(written)
    place, codes, own = world.events()
    assert list(own) == [name for name in FIELDS if name in names[:2]]  # nobody said that votes were cast
    assert place.tolist() == [5, 5]
    assert codes.tolist() == [1, 1]
    world["sponsor_event"][39, 0] = world["lobby_event"][39, 0] = 1
    assert world.events()[0].tolist() == [5, 117, 5]  # of those who are no senders nothing was said in the second
