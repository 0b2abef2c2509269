"""Files of moves whose values have a wrong kind are refused like any others."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.scenario.load import load_scenario
from tests.unit.test_runner import SCENARIO, write_tiny

read_cast = functools.cache(load_cast)


@pytest.mark.parametrize(
    ("move", "place"),
    [
        ("{month: 1990-03, decision: [sponsor], actors: [FRA], option: stay_out}", "moves.0.decision"),
        ("{month: [1990-03], decision: sponsor, actors: [FRA], option: stay_out}", "moves.0.month"),
        ("{month: 1990-03, decision: {a: b}, actors: FRA, option: [stay_out]}", "moves.0.decision"),
        ("[sponsor]", "moves.0"),
    ],
)
def test_values_of_a_wrong_kind_are_refused(tmp_path: Path, move: str, place: str) -> None:
    text = SCENARIO.replace("  as_it_was: {}\n", "  as_it_was: {}\n  bound: {moves: class.yaml}\n")
    experiment = write_tiny(tmp_path / "study", scenario=text)
    folder = experiment.parents[1] / "scenarios"
    (folder / "class.yaml").write_text(f"moves:\n  - {move}\n", encoding="utf-8")
    wanted = rf"class\.yaml:2:\d+: {place}: this is (the wrong kind of value|not a month)"
    with pytest.raises(ScenarioError, match=wanted):
        load_scenario(folder / "tiny.yaml", read_cast)
