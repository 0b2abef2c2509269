"""A room as files: the own history bit for bit in a batch, the class against its twin, inert tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demarche.engine.simulate import simulate
from demarche.errors import DesignError, ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.scenario.compile import compile_scenario
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.seminar.debrief import make_debrief
from demarche.seminar.export import DRAWN, MEDIANS, arms_of, export_room
from demarche.seminar.frames import Viewer
from demarche.seminar.led import debrief_page, guesses_of
from demarche.seminar.orders import Order
from demarche.seminar.perfect import read_room
from demarche.seminar.preview.runs import play
from demarche.seminar.room import Room
from demarche.seminar.steps import STEPS
from tests.unit.seminar.conftest import close, give, read_cast
from tests.unit.seminar.test_room import new_room, played

HOSTILE = "=HYPERLINK(1) <script>alert(1)</script>"


def over(small: Scenario, folder: Path) -> Room:
    """Return a room after its last round, with posture in its last."""
    room = played(small, folder)
    give(room, Order("critic", "posture", "private"), Order("france", "sponsor", "stay_out"))
    close(room)
    close(room)
    return room


@pytest.mark.long
def test_an_exported_room_is_its_own_history_bit_for_bit(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    export_room(room, tmp_path / "out", 2, 2)
    scenario = load_scenario(tmp_path / "out" / "scenarios" / "small.yaml", read_cast)
    experiment = load_experiment(tmp_path / "out" / MEDIANS, lambda path: scenario)
    design = make_design(experiment)
    rows = [row for row, (arm, account) in enumerate(zip(design.to_runs().arm, design.to_runs().account, strict=True))
            if account == room.state.account and arm in ("class", "nobody")]  # fmt: skip
    series = simulate(compile_scenario(scenario), design.to_runs(rows)).series
    first = design.index(np.array(rows))["replication"] == 0
    mine = series[:, :22, first][..., [arm == "class" for arm in np.array(design.to_runs(rows).arm)[first]]][..., 0]
    np.testing.assert_array_equal(mine, room.now.recorder.series[..., 0])
    assert scenario.asked.contrast == ("class", "nobody")
    assert scenario.asked.reference == "nobody"
    load_experiment(tmp_path / "out" / DRAWN, lambda path: scenario)


def test_a_scenario_that_is_named_from_here_is_exported_with_its_cast(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.path.parent)
    room = new_room(load_scenario(Path(small.path.name), read_cast), tmp_path)
    give(room, Order("critic", "posture", "public"))
    close(room)
    export_room(room, tmp_path / "out", 2, 2)
    read = load_scenario(tmp_path / "out" / "scenarios" / small.path.name, read_cast)
    assert read.cast.digest == small.cast.digest


def test_the_arm_that_is_read_back_is_the_one_that_was_written(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    export_room(room, tmp_path / "out", 2, 2)
    read = load_scenario(tmp_path / "out" / "scenarios" / "small.yaml", read_cast).arms
    written = arms_of(room)
    assert set(read) == set(written) == {
        "nobody", "class", "without_critic", "without_france", "without_bloc", "without_monitors",
    }  # fmt: skip
    for name, arm in written.items():
        assert read[name].moves == arm.moves
        assert read[name].choices == arm.choices
    kept = [choice for choice in written["class"].choices if choice.until is None]
    assert {choice.lever for choice in kept} == {"channel_mix"}, "the last posture is kept to the end"
    assert not any(choice.group == "USA" for choice in written["without_critic"].choices)


def test_a_class_that_left_all_to_the_rules_has_nothing_to_compare(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    close(room)
    with pytest.raises(DesignError, match="left everything to the rules"):
        export_room(room, tmp_path / "out", 2, 2)


def test_a_seat_that_did_nothing_has_no_counterfactual(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    give(room, Order("critic", "posture", "public"))
    close(room)
    assert set(arms_of(room)) == {"nobody", "class"}, "without the critic it is nobody, without others the class"


@pytest.mark.long
def test_nothing_is_overwritten(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    export_room(room, tmp_path / "out", 2, 2)
    with pytest.raises(ScenarioError, match="already exists"):
        export_room(room, tmp_path / "out", 2, 2)


def test_tables_hold_no_formula_and_no_token(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    room.say("france", HOSTILE)
    _, token = room.join("france")
    room.believe("france-1", {"strategic_target": 60, "domestic_engine": 40})
    export_room(room, tmp_path / "out", 2, 2)
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.*")}
    assert "'=HYPERLINK" in texts["statements.csv"]
    assert texts["beliefs.csv"].splitlines()[1:] == [
        "france-1,1,strategic_target,60,", "france-1,1,domestic_engine,40,",
    ], "no score before the seal is open"  # fmt: skip
    assert texts["orders.csv"].count("\n") == 1 + 9
    assert room.log.digest() in texts["log.sha256"]
    member = room.member(token)
    assert member is not None
    assert not any(token in text or member.token in text for text in texts.values())


@pytest.mark.long
def test_the_debrief_tells_class_and_twin_with_intervals(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    room.join("france")
    room.believe("france-1", {"strategic_target": 100, "domestic_engine": 0})
    room.say("france", HOSTILE)
    room.open_seal()
    made = make_debrief(room, tmp_path / "out", 3, 3, workers=1)
    own = [line for line in made.against_twin if line.account == room.state.account]
    assert [line.account for line in made.against_twin[: len(own)]] == [room.state.account] * len(own)
    assert all(line.low <= line.mean <= line.high for line in (*made.against_twin, *made.drawn))
    assert {line.outcome for line in own} >= {"Persons released", "Persons detained again"}
    assert all(line.own is not None for line in own)
    assert set(made.without) == {"The critic", "France", "The presidency", "The monitors"}
    assert guesses_of(room)[0].score == 0.0
    assert [one.rounds for one in made.readings] == [1, 2]
    assert all(abs(sum(one.shares.values()) - 1.0) < 1e-9 for one in made.readings)
    shown = {one.year: one for one in made.course}
    assert sorted(shown) == [1990, 1991, 1992]
    months = room.now.recorder.of("core_practice")[7:19]
    assert shown[1991].truth[0] == pytest.approx(float(months.mean()), abs=1e-6), "the own world"
    assert any(one.truth[0] != one.truth[1] or one.report[0] != one.report[1] for one in made.course)
    ends = {fan.title: fan.years[-1].mean for fan in made.fans}
    means = {line.outcome: line.mean for line in own}
    assert set(ends) == {"Persons released", "Months spent in detention"}
    assert all(means[title] == pytest.approx(end, abs=1e-4) for title, end in ends.items()), "nothing differs before"
    assert made.fans[0].years[-1].own == pytest.approx(next(line.own for line in own if line.name == "releases"))
    assert made.whys
    assert all(told.reasons for told in made.whys)
    assert sum(len(one.passages) for told in made.whys for one in told.documents) <= 5
    page = debrief_page(room, made)
    assert "6. Why" in page
    assert "8. The epilogue" in page
    assert "<script>alert" not in page
    assert "3 independent" in page
    for number, step in enumerate(STEPS, 1):
        assert f"<h2>{number}. {step.title}</h2>" in page
    assert page.count('role="img"') >= 5
    assert page.count("<svg") == page.count("</svg>")


@pytest.mark.long
def test_the_perfect_reader_reads_the_room_itself(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    played = play(small, [room.arm], 2, room.state.seed)
    own = np.flatnonzero(played.of("class", room.state.account) & (played.replication == 0))
    row = dict(zip(played.names, played.seen[0, :, own[0]].tolist(), strict=True))
    shown = Viewer(room).rounds()[0]
    assert {name: row[name] for name in shown.acts} == shown.acts
    assert row["margin"] == (shown.margin or 0.0)
    (first, _) = read_room(room, 4)
    assert first.score == pytest.approx(
        sum((share - (name == room.state.account)) ** 2 for name, share in first.shares.items())
    )
