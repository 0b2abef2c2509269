"""Law: the Mesa model is the batch, bit for bit, until somebody overrides a choice."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conftest import EVERY_ACCOUNT
from tests.support.compare import runs_of

from demarche.engine.setup import Setup
from demarche.engine.simulate import simulate
from demarche.errors import DesignError


@pytest.mark.parametrize("account", EVERY_ACCOUNT)
@pytest.mark.long
def test_mesa_equals_the_batch(short_setup: Setup, account: str) -> None:
    from demarche.mesa_model import EngagementModel

    batch = simulate(short_setup, runs_of(["vocal"], [account], list(range(5))), bulk=True)
    model = EngagementModel(short_setup, "vocal", account, seed=3)
    model.run()
    np.testing.assert_array_equal(model.recorder.series[:, :, 0], batch.series[:, :, 3])


def test_an_overridden_decision_takes_effect_and_touches_no_other_luck(short_setup: Setup) -> None:
    from demarche.mesa_model import EngagementModel, State

    class SilentState(State):
        def decide(self, decision, about, utilities):
            return "none" if decision == "representation" else None

    free = EngagementModel(short_setup, "as_it_was", "leverage_toolbox", seed=4)
    critic = short_setup.cast.critic
    bound = EngagementModel(short_setup, "as_it_was", "leverage_toolbox", seed=4, classes={critic: SilentState})
    spoke = 0
    for _ in range(30):
        free.step()
        bound.step()
        spoke += free.actors[critic].representation_choice > 0
        assert bound.actors[critic].representation_choice == 0
    assert spoke > 0


def test_an_unknown_option_is_refused_with_the_options(short_setup: Setup) -> None:
    from demarche.mesa_model import EngagementModel, State

    class Typo(State):
        def decide(self, decision, about, utilities):
            return "privat" if decision == "representation" else None

    model = EngagementModel(short_setup, "as_it_was", "strategic_target", classes={short_setup.cast.critic: Typo})
    with pytest.raises(DesignError, match="Did you mean 'private'"):
        model.step()


def test_an_unknown_actor_is_refused(short_setup: Setup) -> None:
    from demarche.mesa_model import EngagementModel, State

    with pytest.raises(DesignError, match="no actor is called 'XYZ'"):
        EngagementModel(short_setup, "as_it_was", "strategic_target", classes={"XYZ": State})
