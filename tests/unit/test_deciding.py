from __future__ import annotations

import numpy as np

from demarche.engine.deciding import choose, decide
from demarche.world.decisions import DECISION_OF, DECISIONS, Decision
from demarche.world.world import World
from tests.support.each import check_each
from tests.support.rule_bench import CODES


def test_chances_follow_the_utilities() -> None:
    n = 40_000
    utility = np.log(np.array([0.2, 0.5, 0.3]))[:, None, None] * np.ones((3, 1, n))
    luck = (np.arange(n) + 0.5)[None] / n
    taken = np.bincount(choose(utility, luck, 1.0)[0], minlength=3) / n
    np.testing.assert_allclose(taken, [0.2, 0.5, 0.3], atol=1e-4)


def test_a_small_change_moves_to_a_neighbouring_option() -> None:
    lean = np.linspace(-1, 1, 201)
    utility = np.stack([lean, np.zeros_like(lean), -lean])[:, :, None] * np.ones((3, 201, 2))
    taken = choose(utility, np.full((201, 2), 0.5), 0.1)[:, 0].astype(int)
    assert set(np.abs(np.diff(taken))) <= {0, 1}
    assert taken[0] == 2
    assert taken[-1] == 0


def test_only_those_concerned_decide() -> None:
    world = World(CODES, 3)
    decision = DECISION_OF["sponsor"]
    world["is_sender"][[1, 3]] = 1.0
    world["sponsor_utility"][1] = 50.0
    asked = []

    class Luck:
        def of_rows(self, rows):
            asked.append(rows.tolist())
            return np.full((len(rows), 3), 0.5)

    decide(decision, world, Luck(), 0.25)
    assert asked == [[1, 3]]
    assert world["sponsor_choice"][:, 0].tolist() == [0, 1, 0, 1, 0, 0]


def test_a_decision_states_its_facts() -> None:
    check_each(DECISIONS, _states_its_facts, lambda decision: decision.name)


def _states_its_facts(decision: Decision) -> None:
    scale = decision.temperature
    assert scale.source
    assert 0 < scale.low <= scale.default <= scale.high
    assert len(set(decision.options)) == len(decision.options) >= 2
