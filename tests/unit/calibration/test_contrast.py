"""Two arms at medians, prior and posterior: paired, and what is told of their differences."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.analysis.calibration.bank import World
from demarche.analysis.calibration.contrast import Pair, contrasts, differences_of, observations, told
from demarche.analysis.calibration.measures import Measured
from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from tests.conftest import make_setup

ACCOUNT = "strategic_target"


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, 14)


def compared(setup: Setup, arms: tuple[str, str]) -> dict[str, object]:
    world = World(setup, "as_it_was", ACCOUNT, 1995, 1)
    places = world.places(range(3))
    sets = {"prior": places, "again": places.copy(), "medians": np.zeros_like(places)}
    pair = Pair(setup, arms, ("answered_asks",))
    found = differences_of(pair, world, sets)
    for word, some in sets.items():
        alone = differences_of(pair, world, {word: some})[word]["answered_asks"]
        np.testing.assert_array_equal(found[word]["answered_asks"], alone)
    return dict(contrasts(found)["answered_asks"])


@pytest.mark.long
def test_the_same_places_have_the_same_luck_and_others_do_not_agree(setup: Setup) -> None:
    found = compared(setup, ("quiet", "vocal"))
    assert found["prior"] == found["again"]
    assert found["prior"] != found["medians"]


def test_an_arm_differs_from_itself_in_nothing(setup: Setup) -> None:
    found = compared(setup, ("vocal", "vocal"))
    assert found["prior"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "above": 0.0, "below": 0.0}


def test_shares_of_signs_leave_out_what_is_missing_and_count_nothing_as_neither() -> None:
    values = told(np.array([1.0, 2.0, -3.0, 0.0, np.nan]))
    assert (values["mean"], values["above"], values["below"]) == (0.0, 0.5, 0.25)
    assert told(np.array([np.nan])) == {}


def test_the_number_that_goes_with_a_difference_would_narrow_it() -> None:
    rng = np.random.default_rng(3)
    numbers = Measured(("one", "other"), rng.standard_normal((200, 2)), np.zeros(2))
    told_by = numbers.values[:, 1] + rng.standard_normal(200)
    found = observations({"known": told_by, "luck": rng.standard_normal(200), "flat": np.zeros(200)}, numbers, 1)
    assert [row["outcome"] for row in found] == ["known", "luck"]
    assert found[0]["number"] == "other"
    assert found[0]["share"] == pytest.approx(0.5, abs=0.12)
    assert found[0]["share"] > 5 * found[0]["chance"]
    assert found[1]["share"] < 0.08
