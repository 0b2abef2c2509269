"""The world before the first month, held against the cast and against the distributions that it names."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.engine.initial import make_world, world_codes
from demarche.world.calendar import Calendar, Month, Period
from demarche.world.world import World

N = 400
ERRORS = 4.5  # standard errors; luck is fixed, so that this is no alarm by chance


@pytest.fixture(scope="module")
def world(cast: Cast) -> World:
    codes = world_codes(cast)
    calendar = Calendar(Period(Month(1991, 1), 24), tuple(cast.events))
    return make_world(cast, N, Draws(range(N), codes), calendar)


def by_code(world: World, field: str) -> dict[str, float]:
    return dict(zip(world.codes["state"], world[field][:, 0].tolist(), strict=True))


def test_facts_are_those_of_the_first_year(cast: Cast, world: World) -> None:
    for name in ("ideal_point", "democracy", "economic_weight", "agree_focal", "trade_exposure"):
        told = dict(zip(cast.state_codes, cast.yearly(name, 1991).tolist(), strict=True))
        assert by_code(world, name) == pytest.approx(told), name
        assert told != pytest.approx(dict(zip(cast.state_codes, cast.yearly(name, 1990).tolist(), strict=True)))


def test_senders_are_those_whom_both_thresholds_admit(cast: Cast, world: World) -> None:
    """Democracy of 0.5 and an ideal point of 0.3 at least; the focal state is none, nor is who does not exist."""
    democracy, point = by_code(world, "democracy"), by_code(world, "ideal_point")
    present = dict(zip(cast.state_codes, cast.present(1991).tolist(), strict=True))
    expected = {
        code for code in cast.state_codes
        if democracy[code] >= 0.5 and point[code] >= 0.3 and present[code] and code != cast.focal
    }  # fmt: skip
    assert {code for code, is_sender in by_code(world, "is_sender").items() if is_sender} == expected
    one_only = [c for c in cast.state_codes if (democracy[c] >= 0.5) != (point[c] >= 0.3)]
    assert len(one_only) > 10
    assert cast.critic in expected


def test_possible_senders_come_first(world: World) -> None:
    assert not world["is_sender"][world.n_senders :].any()
    assert 0 < world.n_senders < len(world.codes["state"])


def test_focal_state_critic_and_levels_are_those_of_the_cast(cast: Cast, world: World) -> None:
    assert [code for code, is_focal in by_code(world, "is_focal").items() if is_focal] == [cast.focal]
    assert [code for code, is_critic in by_code(world, "is_critic").items() if is_critic] == [cast.critic]
    for position, issue in enumerate(cast.issues):
        for name in ("practice", "formal_law", "commitment", "threatens_monopoly"):
            assert (world[name][position] == issue.levels[name]).all()
        practice, interest = issue.levels["practice"], issue.levels["foreign_interest"]
        assert world["structural_practice"][position] == pytest.approx(practice)
        assert world["report"][position] == pytest.approx(1 - practice)
        assert world["headline"][position] == pytest.approx((1 - practice) * interest)
        assert world[f"is_{issue.group}"][position, 0] == 1.0
    for name, sourced in cast.initial.items():
        assert (world[name] == sourced.value).all()


def test_groups_begin_with_a_third_of_what_they_could_know(cast: Cast, world: World) -> None:
    issues = [issue.code for issue in cast.issues]
    for position, ngo in enumerate(cast.ngos):
        for place, issue in enumerate(issues):
            assert world["ngo_evidence"][position, place] == pytest.approx(0.3 * ngo.attention.get(issue, 0.0))
    for position, body in enumerate(cast.bodies):
        named = world["body_covers"][position, :, 0]
        treaty = next((one for one in cast.treaties if one.code == body.treaty), None)
        if treaty is not None:
            assert {issues[place] for place in np.flatnonzero(named)} == set(treaty.covers)
        else:
            weights = [body.covers.get(issue, 0.0) if body.covers else 1.0 for issue in issues]
            assert named == pytest.approx(weights)


def test_persons_follow_the_mix_of_the_cast(cast: Cast, world: World) -> None:
    """Shares and means over 128 slots in 400 runs, within 4.5 standard errors."""
    mix, n = cast.persons, world["person_fame"].size
    detained = float((world["person_status"] == 1).mean())
    assert abs(detained - mix.detained) < ERRORS * np.sqrt(mix.detained * (1 - mix.detained) / n)
    free = float((world["person_status"] == 3).mean())
    assert abs(free - mix.at_liberty) < ERRORS * np.sqrt(mix.at_liberty * (1 - mix.at_liberty) / n)
    np.testing.assert_array_equal(world["person_detentions"], world["person_status"] > 0)
    shares = np.array(mix.by_issue) / np.sum(mix.by_issue)
    found = np.bincount(world["person_issue"].astype(int).ravel(), minlength=len(shares)) / n
    assert (np.abs(found - shares) <= ERRORS * np.sqrt(shares * (1 - shares) / n)).all()
    for name, (a, b) in (("person_fame", mix.fame), ("person_organising", mix.organising)):
        told = stats.beta(a, b)
        assert abs(world[name].mean() - told.mean()) < ERRORS * told.std() / np.sqrt(n), name
        for share in (0.1, 0.5, 0.9):
            assert float((world[name] < told.ppf(share)).mean()) == pytest.approx(share, abs=0.01), name


def test_what_a_person_is_like_has_luck_of_its_own_each(world: World) -> None:
    """Fame, organising capacity, issue and detention do not go together, nor do those of neighbours."""
    columns = [world[name].ravel() for name in ("person_fame", "person_organising", "person_issue", "person_status")]
    columns += [np.roll(world["person_fame"], 1, axis=0).ravel(), np.roll(world["person_fame"], 1, axis=1).ravel()]
    matrix = np.corrcoef(columns)[np.triu_indices(len(columns), k=1)]
    assert np.abs(matrix).max() < ERRORS / np.sqrt(len(columns[0]))
