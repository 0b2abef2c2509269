"""The engine around the runs: schedule, simulate, outcomes, traces."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.engine.schedule import PHASES, SCHEDULE, check_phases, decisions_in, rules_in
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.engine.simulation import Simulation
from demarche.engine.trace import trace_run
from demarche.engine.variables import OUTCOMES, SERIES, outcome, without_window
from demarche.errors import DesignError, RuleError
from demarche.rules.contract import Rule
from demarche.rules.find import find_rules, get_rule, parameters, rules_of
from demarche.world.decisions import DECISIONS
from tests.support.compare import runs_of


def plain(rule_id: str, after: tuple[str, ...] = (), phase: str = "events") -> Rule:
    return dataclasses.replace(get_rule("world.grows"), id=rule_id, after=after, phase=phase)


def test_rules_act_by_id_unless_they_wait_for_others() -> None:
    rules = (plain("a.one", after=("c.three",)), plain("b.two"), plain("c.three"))
    assert [rule.id for rule in rules_in("events", rules)] == ["b.two", "c.three", "a.one"]


def test_a_circle_of_waiting_rules_is_refused() -> None:
    with pytest.raises(RuleError, match="in a circle"):
        rules_in("events", (plain("a.one", ("b.two",)), plain("b.two", ("a.one",))))


def test_an_unknown_phase_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(RuleError, match="Did you mean 'society'"):
        check_phases((plain("a.one", phase="sociaty"),))


def test_every_phase_has_a_reason_and_every_decision_a_phase() -> None:
    assert all(phase.reason and phase.what for phase in SCHEDULE)
    assert {decision.phase for decision in DECISIONS} == {phase.name for phase in SCHEDULE if phase.decides}
    assert sum(len(decisions_in(phase)) for phase in PHASES) == len(DECISIONS)


def test_an_unknown_arm_or_account_is_refused(short_setup: Setup) -> None:
    with pytest.raises(DesignError, match=r"no arm is called 'quite'[\s\S]*Did you mean 'quiet'"):
        simulate(short_setup, Runs(["quite"], ["strategic_target"], [1]))


def test_an_unknown_parameter_is_refused(short_setup: Setup) -> None:
    runs = runs_of(["quiet"], ["strategic_target"], [1], target__skill_growth__sped=1.0)
    with pytest.raises(RuleError, match=r"no parameter is called 'target\.skill_growth\.sped'"):
        simulate(short_setup, runs)


@pytest.mark.long
def test_a_parameter_moves_only_its_own_run(short_setup: Setup) -> None:
    seeds = [1, 2, 3]
    same = simulate(short_setup, runs_of(["as_it_was"], ["strategic_target"], seeds))
    path = "focal.threat_screen.strength"
    usual = parameters()[path].default
    one = Runs(["as_it_was"] * 3, ["strategic_target"] * 3, seeds, {path: np.array([usual, 0.0, usual])})
    other = simulate(short_setup, one)
    np.testing.assert_array_equal(same.series[:, :, [0, 2]], other.series[:, :, [0, 2]])
    assert not np.array_equal(same.series[:, :, 1], other.series[:, :, 1])


def test_contributions_add_up_to_the_utility(short_setup: Setup) -> None:
    """The sum of what rules added is what the decision was taken on."""
    runs = runs_of(["as_it_was"], ["leverage_toolbox"], [4])
    step = short_setup.arms["as_it_was"].calendar.steps("session")[2]
    actor = short_setup.cast.critic
    found = trace_run(short_setup, runs, 0, ["vote_no_action_utility"], [actor], [step])
    simulation = Simulation.of(short_setup, "as_it_was", "leverage_toolbox", [4, 4])
    for _ in range(step + 1):
        simulation.advance()
    row = simulation.world.codes["state"].index(actor)
    decision = next(d for d in DECISIONS if d.name == "vote_no_action")
    for position, option in enumerate(decision.options):
        total = sum(c.amount for c in found if c.option == option)
        utility = simulation.world["vote_no_action_utility"][position, row, 0]
        assert total == pytest.approx(utility, abs=1e-9), option
    assert {c.rule for c in found} <= {rule.id for rule in find_rules()}
    assert len({c.rule for c in found}) > 2


@pytest.mark.long
def test_tracing_changes_nothing(short_setup: Setup) -> None:
    runs = runs_of(["as_it_was"], ["strategic_target"], [5])
    before = simulate(short_setup, runs).series
    trace_run(short_setup, runs, 0, ["practice_change"])
    np.testing.assert_array_equal(before, simulate(short_setup, runs).series)


def series(**columns: list[float]) -> dict[str, np.ndarray]:
    table = {spec.name: np.zeros((len(next(iter(columns.values()))), 1)) for spec in SERIES}
    return table | {name: np.array(values, dtype=float)[:, None] for name, values in columns.items()}


def test_outcomes_are_exact() -> None:
    votes = series(motions_tabled=[0, 1, 0, 1, 1], motion_margin=[9, 4, 4, -2, 7], releases=[1, 0, 2, 0, 1])
    assert outcome(OUTCOMES["releases"], votes) == [4]
    assert outcome(OUTCOMES["no_action_margin"], votes) == [3]
    assert outcome(OUTCOMES["near_misses"], votes) == [1]
    ramp = series(core_practice=list(np.arange(100.0)))
    assert outcome(OUTCOMES["core_practice_change"], ramp) == [(76 + 99) / 2 - (24 + 47) / 2]
    assert np.isnan(outcome(OUTCOMES["no_action_margin"], series(motion_margin=[5.0, 5.0])))


def test_an_outcome_whose_window_does_not_fit_has_no_number() -> None:
    for name, months in (("core_practice_change", 72), ("core_practice", 60)):
        spec = OUTCOMES[name]
        assert spec.months == months
        assert np.isnan(outcome(spec, series(core_practice=list(np.arange(months - 1.0)))))
        assert not np.isnan(outcome(spec, series(core_practice=list(np.arange(float(months))))))
    assert outcome(OUTCOMES["core_practice_change"], series(core_practice=list(np.arange(72.0)))) == [24]
    assert outcome(OUTCOMES["releases"], series(releases=[1.0])) == [1]
    assert [spec.name for spec in without_window(OUTCOMES, 59) if spec.how not in ("last", "change")] == []
    assert without_window(["releases", "core_practice_change"], 72) == ()


def test_accounts_share_all_rules_and_differ_in_priors() -> None:
    everything = {rule.id for rule in find_rules()}
    accounts = packaged_accounts()
    assert all({rule.id for rule in rules_of(name)} == everything for name in accounts)
    priors = [tuple(link.prior for link in account.links.values()) for account in accounts.values()]
    assert len(set(priors)) == len(accounts)
