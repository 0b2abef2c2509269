"""Arms side by side: a rule that is undone is a rule that is off, held fields are held, forced choices are taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche.engine.setup import Runs
from demarche.engine.simulation import Simulation
from tests.claims.arena import Arena, setup
from tests.claims.measuring import Gauge
from tests.claims.rows import Arm, measures, neutral_of, switches

SEEDS, MONTHS = range(3), 14
ACCOUNT = "domestic_engine"


@pytest.mark.parametrize("rule", ["focal.word_heartens", "senders.lists", "bodies.delegations_lean"])
def test_a_rule_that_is_undone_is_a_rule_that_is_off(rule: str) -> None:
    """Against the engine's own way to leave a rule out, in every measure, to the last bit."""
    names = sorted(measures())
    side = Arena([Arm(ACCOUNT, "as_it_was"), Arm(ACCOUNT, "as_it_was", off=rule)], SEEDS).run(names, [MONTHS])
    without = replace(setup(), arms={"as_it_was": replace(setup().arms["as_it_was"], rules_off=(rule,))})
    runs = Runs(["as_it_was"] * len(SEEDS), [ACCOUNT] * len(SEEDS), list(SEEDS))
    simulation = Simulation(without, runs)
    gauge = Gauge(simulation.world, names, [MONTHS])
    for _ in range(MONTHS):
        simulation.advance()
        gauge.read()
    alone = gauge.sums()
    assert all(np.array_equal(side[name][1, 0], alone[name][0]) for name in names)
    assert any(not np.array_equal(side[name][0], side[name][1]) for name in names)


def test_what_is_held_is_held_in_its_arm_alone() -> None:
    """Protest, which a rule writes each month."""
    arena = Arena([Arm(ACCOUNT, "as_it_was"), Arm(ACCOUNT, "protest")], SEEDS)
    arena.run(["protest"], [4])
    held = arena.simulation.world["issue_protest"] == 0.5
    assert held[:, len(SEEDS) :].all()
    assert not held[:, : len(SEEDS)].any()


def test_a_forced_option_is_taken_by_all_who_decide_in_its_arm() -> None:
    found = Arena([Arm(ACCOUNT, "as_it_was"), Arm(ACCOUNT, "plans")], SEEDS).run(["documents"], [48])["documents"]
    assert (found[1, 0] == 14).all()  # a plan on each issue area at the one congress
    assert (found[0, 0] < 14).all()


def test_numbers_of_an_arm_are_its_own() -> None:
    arms = [Arm(ACCOUNT, "as_it_was", (("link.word_activists", value),)) for value in (0.0, 0.5)]
    found = Arena(arms, SEEDS).run(["activist_capacity"], [MONTHS])["activist_capacity"]
    assert (found[1] > found[0]).all()


@pytest.mark.parametrize(("kind", "name", "given", "neutral"), [
    ("link", "pressure_reform_core", "", 1.0), ("link", "needs_concession", "", 1.0), ("link", "law_practice", "", 0.0),
    ("rate", "tactic_brief_un", "", 0.05), ("rate", "custody_abolish", "0.5", 0.5), ("rule", "focal.lists", "", None),
])  # fmt: skip
def test_neutral_values(kind: str, name: str, given: str, neutral: float | None) -> None:
    assert neutral_of(kind, name, given) == neutral


def test_arms_of_other_calendars_are_refused() -> None:
    assert switches()["early_review"].calendar
    with pytest.raises(ValueError, match="share a calendar"):
        Arena([Arm(ACCOUNT, "as_it_was"), Arm(ACCOUNT, "early_review")], SEEDS)
