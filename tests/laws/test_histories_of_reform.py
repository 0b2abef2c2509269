"""Spread of histories, and agreement of the model with the toy of the reform block where both have the treatment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from tests.support.reform_world import START, group_mean, own_rules, run, setup
from tests.toy import reform

from demarche.accounts.packaged import drawn_priors, packaged_accounts
from demarche.accounts.priors import draw_values
from demarche.arrays import Array
from demarche.engine.setup import Setup

RUNS = 1000
MIDDLE = {"structural_practice": 0.5, "practice": 0.5}
ACCOUNTS = {
    "T1": "cooperative_learning", "T2": "strategic_target", "T3": "leverage_toolbox", "T4": "domestic_engine"
}  # fmt: skip


def changes(field: str = "practice", laid: Mapping[str, Any] | None = None, **settings: Any) -> Array:
    """Return the 15-year change of the core mean `(n_runs,)`."""
    first, _ = run(2, laid=laid, world=setup(years=1, off=("focal.reforms", "focal.drifts")))
    start = group_mean(first, "structural_practice")[0]
    world, _ = run(settings.pop("n", RUNS), laid=laid, **settings)
    return group_mean(world, field) - start


@pytest.mark.long
def test_histories_spread_as_those_of_closed_autocracies() -> None:
    """Accepted at fixed parameters: sd 0.08 to 0.11; four standard errors of an sd over 1,000 runs are 0.008."""
    as_they_start, from_the_middle = changes(), changes(laid=MIDDLE)
    assert 0.08 < as_they_start.std() < 0.11
    assert 0.08 < from_the_middle.std() < 0.11
    assert abs(from_the_middle.mean()) < 4 * 0.09 / RUNS**0.5


@pytest.mark.long
@pytest.mark.parametrize("share", [0.3, 1.0])
def test_the_share_that_is_decided_does_not_change_the_spread(share: float) -> None:
    found = changes("structural_practice", MIDDLE, values={"rate.reform_decided_share": share})
    assert found.std() == pytest.approx(changes("structural_practice", MIDDLE).std(), abs=0.011)


@pytest.mark.long
@pytest.mark.parametrize("account", ACCOUNTS.values())
def test_drawn_parameters_widen_the_spread_up_to_what_is_accepted(account: str) -> None:
    """Links and base rates of one draw a run; private and public words at full, talks and membership kept up."""
    priors = drawn_priors(packaged_accounts()[account], own_rules().shared_paths)
    values = draw_values(priors.values(), 7, range(RUNS))
    found = changes(values=values, laid=MIDDLE, held=VOCAL)
    assert 0.08 < found.std() < 0.13


@pytest.mark.long
def test_the_walk_has_no_drift_and_holds_the_rest_of_the_variance() -> None:
    """Fifteen steps of 0.05 that fall in 0.4 of years: a third share leaves sqrt(0.7) of the spread to the walk."""
    off = ("focal.reforms",)
    world, _ = run(
        RUNS, laid=MIDDLE, values={"rate.reform_decided_share": 0.3}, world=setup(congresses=(), off=off)
    )  # fmt: skip
    walk = world["structural_practice"] - 0.5
    rows = world["is_core"][:, 0] > 0
    assert abs(walk[rows].mean()) < 4 * 0.09 / RUNS**0.5
    assert walk[rows].std() == pytest.approx((15 * 0.4 * 0.7) ** 0.5 * 0.05, rel=0.06)
    assert np.corrcoef(walk[rows])[0, 1] == pytest.approx(0.49, abs=0.12)


TALKS = {"has_dialogue": np.arange(193) < 10, "dialogue_substance": 1.0}
KEPT = {**TALKS, "treaty_stage": 2.0, "has_seat": 1.0, "groups_on_issue": 1.0, "document_adopted": 0.0,
        "professional_strength": 0.0, "extralegal_stands": 1.0}  # fmt: skip
QUIET = {**KEPT, "pressure_private": 1.0, "pressure_public": 0.0, "voice": 0.0}
VOCAL = {**KEPT, "pressure_private": 0.0, "pressure_public": 1.0, "voice": 1.0}
AS_THE_TOY = {
    "rate.reform_decided_share": 1.0,
    "rate.skill_learning": 0.0,
    "focal.moods_return.conviction": 1e9,
    "focal.moods_return.belief": 1e9,
    "focal.acts_on_conviction.usual_internalisation": 0.0,
    "focal.takes_silence_for_licence.usual_belief_costless": 0.0,
    **{f"link.{name}": 1.0 for name in ("nationalism_reform", "friend_word_reform", "citizens_reform_core")},
    **{f"link.{name}": 0.0 for name in ("law_practice", "displacement", "welfare_core")},
}


def like_the_toy() -> Setup:
    return setup(congresses=())


@pytest.mark.long
@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("arm", ["quiet", "vocal"])
def test_toy_and_model_agree_on_medians(account: str, arm: str) -> None:
    """Words, groups, talks and membership at full, nothing returns, nothing is learned, all of the spread is decided.

    Four standard errors of the difference of two means: 4 x 0.09 x sqrt(1 / 1000 + 1 / 20000) = 0.012. The model moves
    stocks by the month and reforms in the third month of the first year, which is worth less than 0.002.
    """
    held, toy = (QUIET, reform.QUIET) if arm == "quiet" else (VOCAL, reform.VOCAL)
    laid = {**MIDDLE, "internalisation": 0.0, "belief_costless": 0.0}
    world, _ = run(
        RUNS, account=ACCOUNTS[account], laid=laid, held=held, world=like_the_toy(), values=AS_THE_TOY
    )  # fmt: skip
    found = group_mean(world, "structural_practice") - 0.5
    expected = reform.change(reform.medians(account), toy, 20_000, np.random.default_rng(5)).mean(axis=0)
    assert found.mean() == pytest.approx(float(expected.mean()), abs=0.012 + 0.002)
    assert found.std() == pytest.approx(float(expected.std()), abs=0.011)


@pytest.mark.long
@pytest.mark.parametrize("ratio", [1.6, 2.5])
def test_a_sustained_odds_ratio_buys_what_it_buys_in_the_toy(ratio: float) -> None:
    """With all of the spread decided; at the median share the step, and so the gain, is smaller by its root."""
    for share in (1.0, 0.65):
        world, _ = run(
            RUNS, {"private_reform": ratio}, laid=MIDDLE, held={"pressure_private": 1.0},
            values={"rate.reform_decided_share": share}, world=like_the_toy(),
        )  # fmt: skip
        up, down = 0.2 * ratio / (0.8 + 0.2 * ratio), 0.2 / (0.8 + 0.2 * ratio)
        exact = 15 * 0.05 * share**0.5 * (up - down)
        assert (group_mean(world, "structural_practice") - 0.5).mean() == pytest.approx(exact, abs=0.012)


@pytest.mark.long
def test_records_err_by_what_is_said_and_the_error_lingers() -> None:
    """sd 0.023 over runs, correlation 0.7 from year to year; four standard errors over 400 runs."""
    assert START.month == 1
    _, kept = run(400, world=setup(15), watched=("recording_error", "recorded_practice", "practice"))
    error = kept["recording_error"][::12]
    assert error.std() == pytest.approx(0.023, abs=0.001)
    found = np.corrcoef(error[:-1].ravel(), error[1:].ravel())[0, 1]
    assert found == pytest.approx(0.7, abs=0.05)
    assert (kept["recorded_practice"] <= 1.0).all()
    assert (kept["recorded_practice"] >= 0.0).all()
