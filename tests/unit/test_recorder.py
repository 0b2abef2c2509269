"""The recorder: each number stands at its month and run, each event with its actor, detail and value."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.engine.measured import Month
from demarche.engine.recorder import Recorder, detail_label, join_events, place_of
from demarche.engine.variables import EVENT_KINDS, OUTCOMES
from demarche.errors import DesignError
from demarche.world.fields import FIELDS
from demarche.world.world import World
from tests.support.rule_bench import CODES

KIND = {kind.kind: position for position, kind in enumerate(EVENT_KINDS)}


def test_series_stand_at_their_month_and_run_and_padding_is_left_out() -> None:
    world, recorder = World(CODES, 4), Recorder({**CODES}, 2, 3)
    for step in (0, 1):
        world["practice"][...] = 0.1 * np.arange(4)[:, None] + 0.01 * np.arange(4) + 0.5 * step
        world["motion_margin"][...] = [3.0, -2.0, 0.0, 99.0]
        recorder.record(world, step)
    for position, issue in enumerate(CODES["issue"]):
        expected = [[0.1 * position + 0.01 * run + 0.5 * step for run in range(3)] for step in (0, 1)]
        np.testing.assert_allclose(recorder.of(f"practice_{issue}"), expected, rtol=1e-6)
    np.testing.assert_array_equal(recorder.of("motion_margin"), [[3.0, -2.0, 0.0]] * 2)
    assert recorder.series.shape[1:] == (2, 3)


def test_a_recorder_begins_with_no_month() -> None:
    recorder = Recorder({**CODES}, 5, 3)
    assert recorder.series.shape[1:] == (0, 3)
    recorder.record(World(CODES, 3), 0)
    assert recorder.n_months == recorder.series.shape[1] == 1


def test_group_means_are_of_their_issues_alone() -> None:
    """Of four issue areas the first and the last are core, the third is social."""
    world, recorder = World(CODES, 2), Recorder({**CODES}, 1, 2)
    world["is_core"][...] = np.array([1, 0, 0, 1])[:, None]
    world["is_social"][...] = np.array([0, 0, 1, 0])[:, None]
    world["practice"][...] = np.array([0.2, 0.9, 0.5, 0.4])[:, None]
    recorder.record(world, 0)
    np.testing.assert_allclose(recorder.of("core_practice"), 0.3, rtol=1e-6)
    np.testing.assert_allclose(recorder.of("social_practice"), 0.5, rtol=1e-6)


def rows(recorder: Recorder) -> list[tuple[object, ...]]:
    """Return run, step, kind, actor, detail and value of all events."""
    table = join_events(recorder.parts)
    columns = (table.run, table.step, table.kind, table.actor, table.detail, table.value)
    return [
        (int(run), int(step), EVENT_KINDS[kind].kind, int(actor), detail_label(int(kind), int(detail)), round(value, 6))
        for run, step, kind, actor, detail, value in zip(*(column.tolist() for column in columns), strict=True)
    ]


def test_events_are_told_with_actor_detail_and_value_sorted_by_run_and_month() -> None:
    world, recorder = World(CODES, 4), Recorder({**CODES}, 3, 3)
    world["person_fame"][...] = 0.01 * np.arange(40)[:, None] + np.array([0.0, 0.5, 0.1, 0.0])
    world["motion_margin"][...] = [4.0, -1.0, 2.0, 0.0]
    world["person_event"][7, 1] = 6
    world["person_event"][3, 3] = 1  # in the padding
    world["treaty_event"][1, 0] = 1
    recorder.record(world, 0)
    world.clear_month()
    recorder.record(world, 1)
    world.touch()
    world["motion_event"][...] = [2, 0, 1, 3]
    world["vote_event"][[5, 2], 0] = [1, 3]
    world["person_event"][9, 0] = 5
    recorder.record(world, 2)
    found = [tuple("-" if value != value else value for value in row) for row in rows(recorder)]
    assert found == [
        (0, 0, "treaty", 1, "signed", "-"),
        (0, 2, "vote_no_action", 2, "no", "-"),
        (0, 2, "vote_no_action", 5, "yes", "-"),
        (0, 2, "motion", -1, "no_action_carried", 4.0),
        (0, 2, "person", 9, "released", 0.09),
        (1, 0, "person", 7, "exiled", 0.57),
        (2, 2, "motion", -1, "not_tabled", 2.0),
    ]


def test_bulky_kinds_are_told_on_request_only() -> None:
    world = World(CODES, 2)
    world["representation_event"][1, 0] = 2
    world["sponsor_event"][1, 0] = 1
    few, all_, none = (Recorder({**CODES}, 1, 2, events, bulk) for events, bulk in ((1, 0), (1, 1), (0, 1)))
    for recorder in (few, all_, none):
        recorder.record(world, 0)
    assert [row[2] for row in rows(few)] == ["sponsor"]
    assert [row[2] for row in rows(all_)] == ["sponsor", "representation"]
    assert rows(none) == []


def test_outcomes_are_taken_of_the_recorded_months() -> None:
    """Seventy-two months: releases are summed, practice of the last sixty and of two windows of two years compared."""
    world, recorder = World(CODES, 2), Recorder({**CODES}, 72, 2)
    world["is_core"][...] = 1.0
    for step in range(72):
        world["practice"][...] = step / 100
        world["person_event"][...] = 0
        recorder.record(world, step)
    found = recorder.outcomes()
    np.testing.assert_allclose(found["core_practice"], np.mean(np.arange(12, 72)) / 100, rtol=1e-6)
    change = (np.mean(np.arange(48, 72)) - np.mean(np.arange(24, 48))) / 100
    np.testing.assert_allclose(found["core_practice_change"], change, rtol=1e-5)


def test_series_that_no_outcome_rests_on_are_left_out_on_request() -> None:
    world, recorder = World(CODES, 2), Recorder({**CODES}, 1, 2, all_series=False)
    recorder.record(world, 0)
    assert {spec.name for spec in recorder.specs} == {"motions_tabled", *(spec.series for spec in OUTCOMES.values())}
    for left_out in ("growth_rate", f"practice_{CODES['issue'][0]}"):
        with pytest.raises(DesignError, match=rf"series '{left_out}' is not recorded.*\n.*all_series=True"):
            recorder.of(left_out)


def test_a_series_that_there_is_not_is_told_as_such_with_few_series_and_with_all() -> None:
    for names in ([spec.name for spec in Recorder({**CODES}, 1, 2, all_series=few).specs] for few in (False, True)):
        with pytest.raises(DesignError, match=r"no series is called 'core_practise'.*\n.*core_practice"):
            place_of("core_practise", names)
    with pytest.raises(DesignError, match="no series is called 'practice_nowhere'"):
        Recorder({**CODES}, 1, 2).of("practice_nowhere")


def test_events_are_counted_by_field_and_label() -> None:
    world, rng = World(CODES, 4), np.random.default_rng(11)
    fields = [name for name, spec in FIELDS.items() if spec.kind == "event"][::3]
    for name in fields:
        codes = rng.integers(1, len(FIELDS[name].labels) + 1, world[name].shape)
        world[name][...] = codes * (rng.random(codes.shape) < 0.5)
    month = Month(world)
    for name in fields:
        found = month.happened(name)
        if world[name].any():
            assert found is not None
            for code in range(1, len(FIELDS[name].labels) + 1):
                rows = (world[name] == code).reshape(-1, 4)
                assert found.counted[code].tolist() == rows.sum(axis=0).tolist(), (name, code)
            assert np.array_equal(world[name][found.where], found.codes)
    quiet = [name for name, spec in FIELDS.items() if spec.kind == "event" and name not in fields]
    assert [name for name in quiet if month.happened(name) is not None] == []
