"""The model of votes that has not seen a target: estimated without it, moved by nothing of it, laid without effects."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from demarche.cast.cast import Cast, load_cast
from demarche.engine.votes import lay_others, lay_votes
from demarche.history.record import Record
from demarche.history.votes.attributes import load_attributes
from demarche.history.votes.estimate import fit_without
from demarche.history.votes.left_out import packaged_without, write
from demarche.history.votes.packaged import load_packaged
from demarche.history.votes.posterior import packaged_posterior
from demarche.history.votes.running import TERMS
from demarche.world.world import World
from tests.conftest import ROOT

TURNED = {"yes": "no", "no": "yes"}


@pytest.fixture(scope="module")
def cuba() -> Cast:
    return load_cast(ROOT / "scenarios" / "casts" / "cuba_1989.yaml")


def laid(cast: Cast, place: float = 0.5) -> World:
    world = World({"state": tuple(sorted(cast.state_codes)), "vote_term": TERMS}, 2)
    lay_votes(world, cast, np.full(2, place))
    return world


def test_it_is_that_of_the_packaged_votes_on_all_others_and_of_nothing_else(cast: Cast, record: Record) -> None:
    calls, attributes = load_packaged(record), load_attributes(cast.states)
    turned = [
        dataclasses.replace(call, votes={code: TURNED.get(word, word) for code, word in call.votes.items()})
        if call.target == "CUB" else call
        for call in calls
    ]  # fmt: skip
    found = fit_without(turned, attributes, packaged_posterior(), "CUB")
    packaged = packaged_without()["CUB"]
    assert found.mean == pytest.approx(packaged.mean, abs=2e-5)
    assert found.motion == pytest.approx(packaged.motion, abs=2e-5)
    assert np.abs(found.mean - packaged_posterior().mean).max() > 0.05


def test_every_target_on_record_can_be_left_out() -> None:
    assert set(packaged_without()) == set(packaged_posterior().targets)
    for one in packaged_without().values():
        assert np.linalg.eigvalsh(one.motion).min() > 0
        assert (one.covariance == one.covariance.T).all()


def test_it_survives_its_file(tmp_path) -> None:
    from demarche.history.votes import left_out

    write(packaged_without(), tmp_path / left_out.FILE)
    assert (tmp_path / left_out.FILE).read_bytes() == (left_out.DATA / left_out.FILE).read_bytes()


def test_a_case_that_leaves_its_votes_out_has_no_effects_of_its_own(cuba: Cast) -> None:
    seen, unseen = laid(dataclasses.replace(cuba, own_votes="used")), laid(cuba)
    n = len(packaged_posterior().mean)
    assert (unseen["vote_coefficient"][:n, 0] == pytest.approx(packaged_without()["CUB"].mean))
    assert not unseen["vote_coefficient"][n:].any()
    assert not unseen["strictness"].any()
    assert seen["vote_coefficient"][n:].any()
    assert seen["strictness"].any()
    assert (seen["mood_root"] != unseen["mood_root"]).any()


def test_its_draws_move_coefficients_and_the_mean_does_not(cuba: Cast) -> None:
    middle, drawn, again = laid(cuba), laid(cuba, 0.3), laid(cuba, 0.3)
    assert (drawn["vote_coefficient"] != middle["vote_coefficient"]).any()
    assert (drawn["vote_coefficient"] == again["vote_coefficient"]).all()


def test_an_invented_state_is_as_like_others_as_its_cast_says() -> None:
    """Own votes on other targets count by nearness to the ideal point that the cast gives, not that of its region."""
    invented = load_cast(ROOT / "scenarios" / "casts" / "invented_1989.yaml")
    row, found = invented.index(invented.focal), []
    for point in (-0.9, 2.0):
        columns = dict(invented.columns)
        columns["ideal_point"] = invented.columns["ideal_point"].copy()
        columns["ideal_point"][:, row] = point
        world = World({"state": tuple(sorted(invented.state_codes)), "vote_term": TERMS}, 2)
        lay_others(world, dataclasses.replace(invented, columns=columns), 1993)
        found.append(world["votes_alike"].copy())
    assert (found[0] != found[1]).any()
