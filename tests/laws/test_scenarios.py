"""Every packaged scenario runs, and every arm of it does something."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import ROOT

from demarche.cast.cast import load_cast
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.scenario.reach import without_reach

FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
MONTHS = 62  # beyond what the scenarios date: scandals and needs of 1993
LUCKS = 24  # what one committee finds is read at home in a third of runs
read_cast = functools.cache(load_cast)
OF_OTHER_CASES = {"quiet_or_vocal_cuba", "quiet_or_vocal_invented"}


def test_the_sixteen_canonical_scenarios_are_there() -> None:
    lessons = {path.stem: load_scenario(path, read_cast).lesson for path in FILES}
    assert {one.id[:3] for one in lessons.values() if one} == {f"S{number:02}" for number in range(1, 17)}
    assert all(one.teaching for one in lessons.values() if one)
    assert {name for name, one in lessons.items() if not one} == OF_OTHER_CASES


@pytest.mark.parametrize("name", sorted(OF_OTHER_CASES))
def test_scenarios_of_other_cases_have_the_arms_of_the_reference(name: str) -> None:
    """The same rules and the same question, asked of another focal state."""
    theirs, reference = (
        load_scenario(ROOT / "scenarios" / f"{one}.yaml", read_cast) for one in (name, "quiet_or_vocal")
    )
    assert theirs.arms == reference.arms
    assert theirs.accounts.keys() == reference.accounts.keys()
    assert set(theirs.outcomes) - set(reference.outcomes) == {"texts_adopted"}
    assert theirs.period.end.year == 1998


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_lever_of_a_packaged_scenario_is_without_reach(path: Path) -> None:
    scenario = load_scenario(path, read_cast)
    assert scenario.question
    assert not scenario.remarks
    assert not [one for one in without_reach(scenario, tuple(scenario.arms)) if one.lever]


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_arm_of_a_packaged_scenario_does_something(path: Path) -> None:
    setup = compile_scenario(load_scenario(path, read_cast))
    setup = dataclasses.replace(setup, period=dataclasses.replace(setup.period, n_steps=MONTHS))
    arms = [arm for arm in setup.arms for _ in range(LUCKS)]
    account = next(iter(setup.accounts))
    out = simulate(setup, Runs(arms, [account] * len(arms), [*range(LUCKS)] * len(setup.arms)))
    of = {arm: out.series[..., LUCKS * place : LUCKS * (place + 1)] for place, arm in enumerate(setup.arms)}
    equal = [(one, other) for one in of for other in of if one < other and np.array_equal(of[one], of[other])]
    assert not equal, "two arms are one"
