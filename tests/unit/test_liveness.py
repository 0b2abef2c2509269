"""What sets runs of one chunk apart, sizes of effects, how far forced conduct reaches: exact on made numbers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from demarche.analysis.arms import effects as arms
from demarche.analysis.liveness import deciding, effects, occasions
from demarche.analysis.liveness.conduct import CLASSES, Reach, _beyond, _reach
from demarche.analysis.liveness.effects import LINK, RULE, Case, Moved, moved_together
from demarche.analysis.liveness.reach_study import read_reach, rows_of
from demarche.analysis.liveness.runs_apart import Apart, outcomes_apart
from demarche.cast.cast import Cast
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.report.liveness import leaders, led_by_rates, paths_told
from demarche.report.reference import accounts_page
from demarche.world.decisions import DECISION_OF
from tests.conftest import make_setup

ACCOUNT, SEEDS = "strategic_target", [3, 4, 5]
SWITCHED = ("senders.says", "focal.arrests_take_effect")


def less(setup: Setup, rule: str) -> Setup:
    arm = dataclasses.replace(setup.arms["as_it_was"], rules_off=(rule,))
    return dataclasses.replace(setup, arms={**setup.arms, "less": arm})


@pytest.mark.long
@pytest.mark.parametrize("rule", SWITCHED)
def test_a_rule_off_in_some_runs_is_off_as_in_an_arm_without_it(cast: Cast, rule: str) -> None:
    setup = less(make_setup(cast, 30), rule)
    runs = Runs(["as_it_was"] * 6, [ACCOUNT] * 6, SEEDS * 2)
    apart = outcomes_apart(setup, runs, Apart(off={rule: np.arange(3)}))
    for arm, rows in (("less", slice(0, 3)), ("as_it_was", slice(3, 6))):
        alone = simulate(setup, Runs([arm] * 3, [ACCOUNT] * 3, SEEDS), events=False).outcomes
        for name, values in alone.items():
            np.testing.assert_array_equal(apart[name][rows], values, err_msg=f"{arm} {name}")


@pytest.mark.long
def test_forced_decisions_bind_whoever_decides_in_their_runs_alone(cast: Cast) -> None:
    setup = make_setup(cast, 30)
    silent = DECISION_OF["representation"].index("none")
    runs = Runs(["as_it_was"] * 6, [ACCOUNT] * 6, SEEDS * 2)
    found = outcomes_apart(setup, runs, Apart(forced={"representation": ((silent, np.arange(3)),)}))
    assert (found["asks"][:3] < 0.2 * found["asks"][3:]).all(), "lists handed over at talks are left"
    free = simulate(setup, Runs(["as_it_was"] * 3, [ACCOUNT] * 3, SEEDS), events=False).outcomes
    np.testing.assert_array_equal(found["asks"][3:], free["asks"])


def test_effects_are_mean_distances_in_spreads(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = make_setup(cast, 3)
    path = "link.silence_licence"

    def made(setup: Setup, runs: Runs, apart: Apart) -> dict[str, np.ndarray]:
        off = np.zeros(len(runs))
        off[apart.off["senders.says"]] = 1.0
        luck = np.array(runs.seed, dtype=float)
        return {"asks": 10.0 * runs.values[path] + 4.0 * (1.0 - off) * luck, "exiles": luck}

    monkeypatch.setattr(effects, "outcomes_apart", made)
    monkeypatch.setattr(effects, "drawn_columns", lambda *_: {path: np.array([2.0, 2.0, 2.0, 2.0])})
    cases = [Case(path, LINK, 1.0, 4.0), Case("senders.says", RULE)]
    link, rule = moved_together(setup, "as_it_was", ACCOUNT, cases, [1, 2, 3, 4], {"asks": 5.0, "exiles": 1.0})
    assert link.effects == {"asks": pytest.approx(10.0 * np.mean([1.0, 2.0, 1.0, 2.0]) / 5.0), "exiles": 0.0}
    assert rule.effects["asks"] == pytest.approx(4.0 * 2.5 / 5.0)
    assert not rule.is_faint()
    assert Moved(rule.case, {"asks": 0.004}).is_faint()


def test_what_decides_is_told_between_the_ends_of_a_prior(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    setup, n = make_setup(cast, 3), 4000
    luck = np.random.default_rng(3)
    columns = {"link.a": luck.normal(size=n), "rate.b": np.exp(luck.normal(size=n)), "a.rule.number": np.ones(n)}
    monkeypatch.setattr(deciding, "drawn_columns", lambda *_: columns)
    monkeypatch.setattr(
        deciding, "outcomes_apart",
        lambda setup, runs, apart: {"asks": runs.values["link.a"] - np.log(runs.values["rate.b"])},
    )  # fmt: skip
    found = deciding.decided(setup, "as_it_was", ACCOUNT, range(n))
    expected = deciding.ENDS / 2**0.5
    assert found.effects["asks"]["link.a"] == pytest.approx(expected, rel=0.05)
    assert found.effects["asks"]["rate.b"] == pytest.approx(-expected, rel=0.05)
    assert set(found.effects["asks"]) == {"link.a", "rate.b"}
    assert found.error == pytest.approx(deciding.ENDS / n**0.5)
    assert leaders(found.effects["asks"], "link.") == [("a", found.effects["asks"]["link.a"])]
    assert led_by_rates({"x": {"link.a": 0.2, "rate.b": -0.3}, "y": {"link.a": 0.4, "rate.b": -0.3}}) == ["x"]


def test_reach_takes_luck_off_before_it_counts_draws() -> None:
    luck = np.random.default_rng(1)
    off = luck.normal(size=(4000, 2))
    same = _reach("a", "words", off + luck.normal(size=(4000, 2)), off)
    assert same.draws < 0.15, "luck alone moves no draw"
    half = np.where(np.arange(4000) % 2 == 0, 0.5, -0.5)[:, None]
    moved = _reach("a", "words", off + half, off)
    assert moved.mean == pytest.approx(0.0, abs=1e-9)
    assert moved.draws > 0.9
    assert moved.is_there
    wider = _reach("a", "words", 1.5 * luck.normal(size=(4000, 2)), off)
    assert wider.spread == pytest.approx(0.5, abs=0.05)
    assert wider.is_there


def test_a_normal_beyond_the_least() -> None:
    assert _beyond(0.2, 0.0) == 1.0
    assert _beyond(0.01, 0.0) == 0.0
    assert _beyond(0.0, 0.05) == pytest.approx(0.3173, abs=1e-4)
    assert not Reach("a", "talks", 0.0, 0.04, 0.1, 0.01, 0.001).is_there


def test_classes_force_options_that_there_are() -> None:
    for decisions in CLASSES.values():
        for name, off, on in decisions:
            assert {off, on} <= set(DECISION_OF[name].options)


def test_variance_is_split_and_carriers_found() -> None:
    luck = np.random.default_rng(2)
    drawn = {path: luck.normal(size=3000) for path in ("link.a", "link.b", "rate.c", "some.rule.number")}
    gap = (2.0 * drawn["link.a"] - drawn["rate.c"])[:, None] + luck.normal(size=(3000, 2))
    found = arms._effect("x", "quiet", "releases", gap, np.zeros_like(gap), drawn)
    assert found.luck == pytest.approx(1.0, rel=0.1)
    assert found.parameters == pytest.approx(5.0, rel=0.1)
    assert found.share_of_luck == pytest.approx(1 / 6, rel=0.15)
    assert found.positive + found.negative == 1.0
    assert [one.path for one in found.links] == ["link.a", "link.b"]
    assert found.links[0].correlation > 0.7
    assert found.rates[0].correlation < -0.25
    assert abs(found.mean) < 2.5 * found.error


def test_what_a_rule_waits_for_is_its_own_or_of_whoever_writes_its_trigger(cast: Cast) -> None:
    setup = make_setup(cast, 30)
    assert occasions.kinds_awaited(setup, "bodies.mid_term") == {"peer_review"}
    assert occasions.kinds_awaited(setup, "focal.acts_on_recommendation") == {"peer_review"}
    assert occasions.kinds_awaited(setup, "senders.says") == set()
    lacked = occasions.events_lacked(setup, "as_it_was", "bodies.mid_term")
    assert [one.month for one in lacked] == [setup.period.start.plus(6)]
    often = dataclasses.replace(setup.arms["as_it_was"], calendar=setup.arms["as_it_was"].calendar.changed(add=[
        *lacked, dataclasses.replace(lacked[0], code="again", month=lacked[0].month.plus(12))]))  # fmt: skip
    assert not occasions.events_lacked(dataclasses.replace(setup, arms={"often": often}), "often", "bodies.mid_term")


def test_levers_are_tried_at_both_ends_throughout_and_from_half_time_on(cast: Cast) -> None:
    setup = make_setup(cast, 30)
    assert occasions.settings_tried(setup, []) == [()]
    parts = occasions.parts_read(setup, "focal.arms_that_refuse")
    ways = occasions.settings_tried(setup, parts)
    (_, part), = parts
    told = {tuple((one.value, one.first) for one in way) for way in ways}
    assert told == {((first, 0), (then, 15)) for first in (part.low, part.high) for then in (part.low, part.high)}


def test_an_accounts_page_says_what_has_no_path() -> None:
    there, deaf = Reach("a", "words", 0.2, 0.01, 0.9, 0.0, 0.1), Reach("a", "talks", 0.0, 0.04, 0.1, 0.01, 0.001)
    assert paths_told([there]) == "Every class of conduct has a path to core practice in this account."
    assert paths_told([there, deaf]) == "In this account these have no path to core practice that shows: talks."
    told = accounts_page()
    rows = rows_of(read_reach())
    for account in {one.account for one in rows}:
        assert f"| `{account}` | {paths_told([one for one in rows if one.account == account])} |" in told
