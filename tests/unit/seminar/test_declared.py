"""The block `seminar` of a scenario file: what is refused, and that no result depends on it."""

from __future__ import annotations

import pytest

from demarche.errors import ScenarioError
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.scenario.seminar.acts import ACTS, AXIS_OF_KIND, KINDS
from demarche.seminar.timeline import need_seminar, stages_of
from demarche.world.decisions import DECISION_OF
from demarche.world.levers import LEVER_OF
from tests.unit.seminar.conftest import SCENARIO, SEMINAR, read_cast


def load(small: Scenario, text: str) -> Scenario:
    path = small.path.with_name("changed.yaml")
    path.write_text(text, encoding="utf-8")
    return load_scenario(path, read_cast)


def test_no_result_depends_on_the_block(small: Scenario) -> None:
    without = load(small, SCENARIO)
    assert without.digest == small.digest
    with pytest.raises(ScenarioError, match="the scenario has no seminar"):
        need_seminar(without)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: presidency", "kind: president", r"seminar\.seats\.bloc\.kind: unknown kind of seat"),
        ("[FRA]", "[FRX]", r"seminar\.seats\.france\.actors\.0: unknown state"),
        ("[FRA]", "[CHN]", "the focal state is played by the rules"),
        ("[FRA]", "[USA]", "two seats move the same actor"),
        ("actors: [FRA], ", "", r"seminar\.seats\.france: the seat moves nobody"),
        ("[focus, alliance]", "[posture]", r"seminar\.seats\.monitors\.moves\.0: unknown move of a ngo"),
        ("first: 1991, last: 1992", "first: 1992, last: 1991", "the last session lies before the first"),
        ("first: 1991", "first: 1980", r"seminar\.rounds\.first: the year lies outside the period"),
        ("[releases, exiles", "[practice, exiles", r"seminar\.seen\.acts\.0: unknown act that is seen"),
        ("speech: notes", "account: leverage_toolbox", r"seminar\.account: unknown account of the scenario"),
        ("speech: notes", "speech: loud", r"seminar\.speech"),
    ],
)
def test_what_means_nothing_is_refused_at_its_place(small: Scenario, old: str, new: str, what: str) -> None:
    text = SCENARIO + SEMINAR
    assert old in text
    with pytest.raises(ScenarioError, match=what):
        load(small, text.replace(old, new))


def test_years_without_a_session_are_refused(small: Scenario) -> None:
    text = (SCENARIO + SEMINAR).replace("first: 1991, last: 1992", "first: 1990, last: 1990")
    with pytest.raises(ScenarioError, match="no session falls into the years"):
        stages_of(load(small, text))


def test_stages_follow_one_another_without_a_gap(small: Scenario) -> None:
    stages = stages_of(small)
    assert [(one.closing, one.first, one.last) for one in stages] == [
        ("year", 0, 8), ("session", 9, 9), ("year", 10, 20), ("session", 21, 21),
    ]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_an_act_is_what_the_engine_has(act) -> None:
    assert set(act.kinds) <= set(KINDS)
    assert act.options
    if act.decision:
        decision = DECISION_OF[act.decision]
        assert set(act.options) <= set(decision.options)
        assert decision.axis == ("state" if act.target == "state" else AXIS_OF_KIND[act.kinds[0]])
        return
    for levers in act.options.values():
        for name, parts in levers.items():
            lever = LEVER_OF[name]
            assert lever.scope == ("world" if act.world else "senders")
            known = {part.key: part for part in lever.parts}
            assert all(known[key].low <= value <= known[key].high for key, value in parts.items())


