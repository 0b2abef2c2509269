"""Law: nothing is dead, conduct from abroad reaches what it is said to; from the packaged studies, samples repeated."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import is_current
from demarche.analysis.liveness.conduct import CLASSES, reaches
from demarche.analysis.liveness.effects import FAINT, RULE, all_cases
from demarche.analysis.liveness.reach_study import COMMAND as REACH
from demarche.analysis.liveness.reach_study import read_reach, rows_of
from demarche.analysis.liveness.study import COMMAND, Kept, cases_of, read_study, repeated
from demarche.engine.setup import Setup
from demarche.report.liveness import faint
from demarche.scenario.load import compile_scenario, load_scenario

pytestmark = pytest.mark.long
SCENARIO = Path(__file__).parents[2] / "scenarios" / "quiet_or_vocal.yaml"
EVERY = 25  # of the cases is repeated


@cache
def setup() -> Setup:
    from dataclasses import replace

    return replace(compile_scenario(load_scenario(SCENARIO)), accounts=packaged_accounts())


@cache
def cases() -> tuple[Kept, ...]:
    return cases_of(read_study())


def test_the_studies_are_of_this_model() -> None:
    assert is_current(setup(), read_study()), f"stale, run: {COMMAND}"
    assert is_current(setup(), read_reach()), f"stale, run: {REACH}"
    tried = {(one.name, one.kind) for one in cases()}
    assert tried == {(one.name, one.kind) for one in all_cases(setup(), read_study()["account"])}


def test_fewer_than_one_rule_in_twenty_moves_nothing() -> None:
    rules = [one for one in cases() if one.kind == RULE]
    assert len(faint(cases(), RULE)) < 0.05 * len(rules), faint(cases(), RULE)


def test_a_sample_of_the_study_comes_out_again() -> None:
    sample = cases()[::EVERY]
    for before, now in zip(sample, repeated(setup(), read_study(), sample), strict=True):
        assert (before.effect > FAINT) == (now.effect > FAINT), before.name
        assert now.effect == pytest.approx(before.effect, abs=2e-3), before.name


@pytest.mark.parametrize("account", ["common", "cooperative_learning", "strategic_target", "leverage_toolbox",
                                     "domestic_engine"])  # fmt: skip
def test_every_class_of_conduct_reaches_core_practice_or_the_page_says_that_it_does_not(account: str) -> None:
    page = (SCENARIO.parents[1] / "docs" / "reference" / "reach.md").read_text(encoding="utf-8")
    section = page.partition(f"## {account}\n")[2].partition("\n## ")[0]
    mine = {one.name: one for one in rows_of(read_reach()) if one.account == account}
    assert set(mine) == {*CLASSES, "all", "none"}
    said = section.splitlines()[1]
    assert [name for name, one in mine.items() if not one.is_there] == [
        name for name in mine if "no path" in said and name in said.partition(":")[2]
    ]
    assert mine["all"].is_there or "all" in said


def test_a_sample_of_reach_comes_out_again() -> None:
    study = read_reach()
    before = {one.name: one for one in rows_of(study) if one.account == "domestic_engine"}
    now = reaches(setup(), study["arm"], "domestic_engine", study["outcome"], 8, study["lucks"], study["seed"])
    for one in now:
        assert abs(one.mean - before[one.name].mean) < 4.0 * (one.mean_error + before[one.name].mean_error) + 0.02
