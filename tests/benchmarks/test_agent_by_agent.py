"""The models that the benchmark times are the batch: the same numbers, whoever is driven how.

Mesa is imported inside functions, since it sets the multiprocessing start method of the process.
"""

from __future__ import annotations

import numpy as np
import pytest

from demarche.cast.cast import Cast
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.keyed import entity_keys, run_keys, text_key, uniforms
from demarche.rules.find import rules_of
from tests.benchmarks.agent_rows import find_row_local
from tests.conftest import make_setup
from tests.support.accounts import document_accounts

SEED = 3
SESSION = 9  # the first session falls in the tenth month


def assert_same(setup: Setup, account: str, n_agent_rules: int) -> None:
    """Assert that both Mesa models leave the series of the batch."""
    from tests.benchmarks.agent_by_agent import AgentByAgent, thinking_model

    batch = simulate(setup, Runs(["vocal"] * 5, [account] * 5, list(range(5)))).series[:, :, SEED]
    local = find_row_local(setup, "vocal", account, SEED, setup.period.n_steps)
    assert len(local) >= n_agent_rules, f"only {len(local)} of {len(rules_of(account))} rules are driven by agents"
    agents = AgentByAgent(setup, "vocal", account, SEED, local)
    for _ in range(setup.period.n_steps):
        agents.step()
    thinking = thinking_model(setup, "vocal", account, SEED)
    thinking.run()
    for model in (agents, thinking):
        np.testing.assert_allclose(model.recorder.series[:, :, 0], batch, rtol=0.0, atol=1e-9)


@pytest.mark.long
def test_both_models_leave_the_series_of_the_batch(cast: Cast) -> None:
    assert_same(make_setup(cast, SESSION + 1), "strategic_target", 80)


@pytest.mark.bench
@pytest.mark.parametrize("account", list(document_accounts()))
def test_both_models_leave_the_series_of_the_batch_for_two_years(cast: Cast, account: str) -> None:
    assert_same(make_setup(cast, 24), account, 80)


@pytest.mark.long
def test_rules_that_add_up_over_agents_stay_with_the_model(cast: Cast) -> None:
    local = find_row_local(make_setup(cast, SESSION + 1), "as_it_was", "strategic_target", SEED, SESSION + 1)
    assert local["senders.ordinary_month"] == "state"
    assert "bodies.motion" not in local  # counts the votes of all
    assert "senders.pressure" not in local  # adds up what all senders say


def test_luck_in_plain_python_is_that_of_the_engine() -> None:
    from tests.benchmarks.agent_by_agent import own_luck

    engine = uniforms(run_keys([7, 8]), text_key("decide.channel"), 5, entity_keys(["AAA", "BBB"]))
    for row, code in enumerate(("AAA", "BBB")):
        assert [own_luck(seed, "decide.channel", 5, code) for seed in (7, 8)] == engine[row].tolist()
