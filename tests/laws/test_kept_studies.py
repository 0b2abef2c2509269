"""Law: kept studies of arms and decisions are of this model, and a part of each comes out again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.arms import study as arms
from demarche.analysis.arms.effects import arm_effects
from demarche.analysis.decisions import study as decisions
from demarche.analysis.decisions.counted import count_options
from demarche.analysis.kept import is_current, read_kept
from demarche.analysis.scorecard import restated
from demarche.engine.setup import Setup
from demarche.scenario.load import compile_scenario, load_scenario

pytestmark = pytest.mark.long
SCENARIO = Path(__file__).parents[2] / "scenarios" / "quiet_or_vocal.yaml"
ACCOUNT = "domestic_engine"


@cache
def setup() -> Setup:
    return replace(compile_scenario(load_scenario(SCENARIO)), accounts=packaged_accounts())


def test_the_studies_are_of_this_model() -> None:
    assert is_current(setup(), arms.read_arms()), f"stale, run: {arms.COMMAND}"
    assert is_current(setup(), decisions.read_decisions()), f"stale, run: {decisions.COMMAND}"
    assert is_current(setup(), read_kept(restated.FOLDER, restated.FILE)), f"stale, run: {restated.COMMAND}"


def test_every_arm_was_tried_under_every_account() -> None:
    rows = arms.rows_of(arms.read_arms())
    tried = {(one.account, one.arm) for one in rows}
    others = {name for name in setup().arms if name != "as_it_was"}
    assert {account for account, _ in tried} == set(arms.read_arms()["digests"]["accounts"])
    assert {arm for _, arm in tried} == {*others, "quiet - vocal"}


def test_the_difference_of_two_arms_comes_out_again() -> None:
    """One arm against the other, as the study tells it beside that of each to its reference."""
    study = arms.read_arms()
    arm, other = study["contrast"]
    told = (ACCOUNT, f"{arm} - {other}")
    before = {one.outcome: one for one in arms.rows_of(study) if (one.account, one.arm) == told}
    now = arm_effects(setup(), ACCOUNT, [arm], other, list(before), study["draws"], study["lucks"], study["seed"])
    assert [one.outcome for one in now] == list(before)
    for one in now:
        kept = before[one.outcome]
        assert one.mean == pytest.approx(kept.mean, rel=2e-3, abs=1e-6), one.outcome
        assert one.positive == pytest.approx(kept.positive, abs=2e-3), one.outcome
        assert [c.path for c in one.links[:1]] == [c.path for c in kept.links[:1]], one.outcome


def test_counts_of_decisions_come_out_again() -> None:
    study = decisions.read_decisions()
    before = decisions.counts_of(study)[ACCOUNT]
    now = count_options(setup(), study["arm"], ACCOUNT, [study["seed"] + k for k in range(study["draws"])])
    for kept, one in zip(before, now, strict=True):
        assert (kept.decision, kept.option, kept.rates) == (one.decision, one.option, one.rates)
        assert kept.share == pytest.approx(one.share, rel=2e-3, abs=1e-6, nan_ok=True), (one.decision, one.option)
        assert kept.runs == pytest.approx(one.runs, abs=2e-3), (one.decision, one.option)
