"""The model of votes on running counts gives the chances of `demarche votes`, exactly and as a run lays them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.arrays import REAL, Array
from demarche.cast.cast import load_cast
from demarche.engine.votes import lay_others, lay_votes
from demarche.history.record import need_record
from demarche.history.votes.attributes import load_attributes
from demarche.history.votes.logit import averaged
from demarche.history.votes.memory import OWN_HALF_LIFE, RECENT_HALF_LIFE, Memory
from demarche.history.votes.packaged import load_others, load_packaged
from demarche.history.votes.posterior import packaged_posterior
from demarche.history.votes.rollcalls import DAYS_A_YEAR, NONE, STANCE_OF, RollCall, in_order
from demarche.history.votes.running import NEVER, TERMS, Counts, Facts, alike_before, known_now, lean
from demarche.history.votes.scoring import MODEL, log_score, predict
from demarche.world.world import World
from tests.support.motion_world import CAST
from tests.support.precision import ROUNDING

PACKAGED = load_cast(CAST)
STATES = tuple(sorted(PACKAGED.state_codes))
PLACE = {code: row for row, code in enumerate(STATES)}


@cache
def record() -> tuple[tuple[RollCall, ...], Memory]:
    calls = load_packaged(need_record(PACKAGED))
    return calls, Memory(in_order(calls), load_attributes(PACKAGED.states))


def of_case() -> list[RollCall]:
    return sorted((call for call in record()[0] if call.target == PACKAGED.focal), key=lambda call: call.place)


def laid() -> World:
    """Return the fields of the model of votes at the mean of the posterior, two runs."""
    world = World({"state": STATES, "vote_term": TERMS}, 2)
    lay_votes(world, PACKAGED, np.full(2, 0.5))
    return world


def losses(years_are_whole: bool) -> Array:
    """Return minus the log of the chance of each vote of the case, one call after the other."""
    posterior, world, memory = packaged_posterior(), laid(), record()[1]
    kind = posterior.motions[2 + posterior.targets.index(PACKAGED.focal)]
    shape = (3, len(STATES), 1)
    counts = Counts(np.zeros(shape), np.zeros(shape), np.full(shape[1:], NEVER))
    groups = np.unique(PACKAGED.regions, return_inverse=True)[1]
    others = Memory(in_order(load_others(PACKAGED.focal)), memory.attributes)
    found, before = [], None
    for call in of_case():
        gone = 0.0 if before is None else (call.day - before).days / DAYS_A_YEAR
        gone = round(gone) if years_are_whole else gone
        counts.recent[...] *= 0.5 ** (gone / RECENT_HALF_LIFE)
        counts.own[...] *= 0.5 ** (gone / OWN_HALF_LIFE)
        counts.age[counts.age >= 0] += gone
        ideal = memory.attributes.values("ideal_point", STATES, call.year)
        if years_are_whole:
            ideal = PACKAGED.yearly("ideal_point", call.year)
            lay_others(world, PACKAGED, call.year)
            alike = world["votes_alike"][:, :, 0]
        else:
            alike = alike_before(others, PACKAGED.focal, call.day, STATES).T
        facts = Facts(
            ideal, memory.attributes.values("democracy", STATES, call.year), groups,
            np.abs(ideal - ideal[PLACE[PACKAGED.focal]]), alike,
        )  # fmt: skip
        stance = {code: STANCE_OF.get((call.kind, word), NONE) for code, word in sorted(call.votes.items())}
        stance = {code: one for code, one in stance.items() if one != NONE}
        rows = np.array([PLACE[code] for code in stance])
        known = known_now(counts, facts, rows, call.kind == "no_action")
        strictness = world["strictness"][rows][:, :1]
        abstain, favour = lean(known, posterior.scales, world["vote_coefficient"][:, :1], strictness, 0.0)
        chances = averaged(abstain[:, 0], favour[:, 0], kind)
        taken = np.array(list(stance.values()))
        found.append(-np.log(chances[np.arange(len(rows)), taken]))
        for one in range(3):
            counts.recent[one, rows[taken == one]] += 1.0
            counts.own[one, rows[taken == one]] += 1.0
        counts.age[rows] = 0.0
        before = call.day
    return np.concatenate(found)


def official() -> float:
    scored = predict(packaged_posterior(), record()[1], of_case())
    return log_score(scored, np.ones(len(scored.stance), dtype=bool))[MODEL]


def test_running_counts_give_the_same_chances() -> None:
    assert losses(years_are_whole=False).mean() == pytest.approx(official(), abs=ROUNDING)


def test_the_simulation_scores_as_the_model_of_votes_does() -> None:
    """Sessions a year apart, attributes and votes on other targets as the cast lays them: within 0.01 of 0.395."""
    assert losses(years_are_whole=True).mean() == pytest.approx(official(), abs=0.01)


def test_a_draw_of_the_posterior_moves_coefficients_and_its_mean_does_not() -> None:
    world = laid()
    posterior = packaged_posterior()
    np.testing.assert_array_equal(world["vote_coefficient"][: len(posterior.mean), 0], posterior.mean.astype(REAL))
    lay_votes(world, PACKAGED, np.array([0.5, 0.25]))
    moved = world["vote_coefficient"][:, 1] - world["vote_coefficient"][:, 0]
    assert (moved != 0).all()
    assert np.abs(moved[: len(posterior.mean)] / np.sqrt(np.diag(posterior.covariance))).max() < 5
