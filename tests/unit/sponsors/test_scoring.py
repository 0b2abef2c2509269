"""Lists left out in turn: what counts, what must not, and scores with a known answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche.cast.cast import Cast
from demarche.errors import DesignError
from demarche.history.record import Record
from demarche.history.rows import Sponsorship
from demarche.history.sponsors.known import FEATURES, AtRisk
from demarche.history.sponsors.scoring import (
    GROUP,
    GROUPS,
    LAST_YEAR,
    MODEL,
    PREDICTORS,
    Fold,
    Scored,
    baseline_chances,
    difference,
    estimate,
    leave_out,
    measures,
    together,
)


@pytest.fixture(scope="module")
def folds(cast: Cast, record: Record) -> tuple[Fold, ...]:
    return leave_out(cast, record)


@pytest.fixture
def scored() -> Scored:
    """Four states in one year: one stays, one leaves, one joins, one stays out."""
    return Scored(
        year=np.full(4, 1996),
        state=np.array(["AAA", "BBB", "CCC", "DDD"]),
        sponsored=np.array([True, False, True, False]),
        was_named=np.array([True, True, False, False]),
        chances={
            MODEL: np.array([0.8, 0.5, 0.5, 0.2]),
            LAST_YEAR: np.array([0.5, 0.5, 0.1, 0.1]),
            GROUP: np.full(4, 0.5),
        },
    )


def test_measures_by_group(scored: Scored) -> None:
    assert [int(scored.group(name).sum()) for name in GROUPS] == [4, 3, 2, 1, 1]
    found = measures(scored, scored.group("all"))
    assert found["log_score"][MODEL] == pytest.approx(-(2 * np.log(0.8) + 2 * np.log(0.5)) / 4)
    assert found["log_score"][GROUP] == pytest.approx(np.log(2))
    assert found["brier"][MODEL] == pytest.approx((0.04 + 0.25 + 0.25 + 0.04) / 4)
    changed = measures(scored, scored.group("changed"))
    assert changed["log_score"][LAST_YEAR] == pytest.approx(-(np.log(0.5) + np.log(0.1)) / 2)
    assert measures(scored, scored.group("joined"))["brier"][LAST_YEAR] == pytest.approx(0.81)
    assert np.isnan(measures(scored, np.zeros(4, dtype=np.bool_))["log_score"][MODEL])


def test_difference_draws_states_with_all_their_years(scored: Scored) -> None:
    gap = difference(scored, GROUP, scored.group("all"))
    own = np.array([np.log(0.5) - np.log(0.8), 0.0, 0.0, np.log(0.5) - np.log(0.8)])
    assert gap["mean"] == pytest.approx(own.mean())
    assert own.min() <= gap["low"] < gap["mean"] < gap["high"] <= own.max()
    twice = replace(
        scored, **{name: np.tile(getattr(scored, name), 2) for name in ("year", "state", "sponsored", "was_named")},
        chances={name: np.tile(one, 2) for name, one in scored.chances.items()},
    )  # fmt: skip
    assert difference(twice, GROUP, twice.group("all")) == pytest.approx(gap)  # no state more, no narrower
    alone = difference(scored, GROUP, scored.group("joined"))
    assert alone["mean"] == 0
    assert np.isnan(alone["low"])


def test_baselines_on_a_table_made_by_hand() -> None:
    """Named before: 3 of 4 sponsor; not named: 1 of 6. Group one: 3 of 5, two: 1 of 5; all: 4 of 10."""
    was = np.array([True] * 4 + [False] * 6)
    groups = ("one", "one", "two", "one", "one", "one", "two", "two", "two", "two")
    outcome = np.array([True, True, True, False, True, False, False, False, False, False])
    risk = AtRisk(1997, tuple(f"S{i}" for i in range(10)), groups, np.zeros((10, len(FEATURES))), was)
    other = AtRisk(1998, ("A", "B", "C"), ("one", "two", "new"), np.zeros((3, len(FEATURES))), np.array([1, 0, 0]) > 0)
    found = baseline_chances([(risk, outcome)], other)
    assert found[LAST_YEAR] == pytest.approx([3.5 / 5, 1.5 / 7, 1.5 / 7])
    assert found[GROUP] == pytest.approx([3.4 / 6, 1.4 / 6, 0.4])


def test_the_bundled_lists_are_left_out_in_turn(folds: tuple[Fold, ...]) -> None:
    assert [(fold.left_out.year, fold.last_known.year if fold.last_known else 0) for fold in folds] == [
        (1996, 1995), (1997, 1996),
    ]  # fmt: skip
    counts = [[int(fold.scored.group(name).sum()) for name in GROUPS] for fold in folds]
    assert counts == [[189, 27, 8, 7, 1], [189, 26, 11, 0, 11]]
    whole = together(folds)
    assert len(whole.state) == 378
    assert set(whole.chances) == set(PREDICTORS)
    assert all(((one > 0) & (one < 1)).all() for one in whole.chances.values())


def changed(record: Record, year: int, names: dict[str, str]) -> Record:
    """Return the record with other states on the list of a year."""
    rows = [
        replace(one, state=names.get(one.state, one.state)) if one.year == year else one for one in record.sponsorships
    ]
    return replace(record, sponsorships=tuple(rows))


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_left_out_changes_no_prediction_of_itself(
    cast: Cast, record: Record, folds: tuple[Fold, ...], place: int
) -> None:
    year = folds[place].left_out.year
    states = list(folds[place].scored.state)
    mixed = list(np.random.default_rng(year).permutation(states))
    other = leave_out(cast, changed(record, year, dict(zip(states, mixed, strict=True))))
    assert (other[place].scored.sponsored != folds[place].scored.sponsored).any()
    for name in PREDICTORS:
        assert np.array_equal(other[place].scored.chances[name], folds[place].scored.chances[name])
        assert not np.array_equal(other[1 - place].scored.chances[name], folds[1 - place].scored.chances[name])


@pytest.mark.parametrize("year", [1996, 1997])
def test_votes_of_the_session_that_is_left_out_are_forgotten(cast: Cast, record: Record, year: int) -> None:
    turned = {"yes": "no", "no": "yes"}
    votes = [replace(v, vote=turned.get(v.vote, v.vote)) if v.year == year else v for v in record.votes]
    left, same = (estimate(cast, one, year) for one in (record, replace(record, votes=tuple(votes))))
    assert np.array_equal(left.mean, same.mean)


def test_nothing_after_the_session_is_read_but_lists_that_are_fitted(cast: Cast, record: Record) -> None:
    """Dropping 1998, its votes and later turns of dialogues changes nothing."""
    short = replace(
        record,
        motions=tuple(one for one in record.motions if one.year < 1998),
        sponsorships=tuple(one for one in record.sponsorships if one.year < 1998),
        dialogues=tuple(one for one in record.dialogues if one.date < "1997-04"),
    )
    for old, new in zip(leave_out(cast, record), leave_out(cast, short), strict=True):
        assert np.array_equal(old.scored.chances[MODEL], new.scored.chances[MODEL])


def test_who_is_missing_from_a_list_in_part_has_no_influence(
    cast: Cast, record: Record, folds: tuple[Fold, ...]
) -> None:
    absent = Sponsorship(1995, "NOR", "declined", "made", "no")
    motions = [replace(one, sponsors=40) if one.year == 1995 else one for one in record.motions]
    for other in (
        replace(record, sponsorships=(*record.sponsorships, absent)),
        replace(record, motions=tuple(motions)),
    ):
        for old, new in zip(folds, leave_out(cast, other), strict=True):
            assert np.array_equal(old.model.mean, new.model.mean)
            assert np.array_equal(old.scored.chances[MODEL], new.scored.chances[MODEL])


def test_a_known_name_on_a_list_in_part_counts_and_a_full_list_is_fitted(
    cast: Cast, record: Record, folds: tuple[Fold, ...]
) -> None:
    named = replace(record, sponsorships=(*record.sponsorships, Sponsorship(1995, "NOR", "sponsor", "made", "no")))
    assert not np.array_equal(leave_out(cast, named)[0].scored.chances[MODEL], folds[0].scored.chances[MODEL])
    full = replace(record, motions=tuple(replace(m, sponsors=20) if m.year == 1995 else m for m in record.motions))
    assert [fold.left_out.year for fold in leave_out(cast, full)] == [1995, 1996, 1997]


def test_too_few_complete_lists_are_refused_with_a_remedy(cast: Cast, record: Record) -> None:
    few = replace(record, sponsorships=tuple(one for one in record.sponsorships if one.year != 1997))
    with pytest.raises(DesignError, match="complete lists of 2 years") as told:
        leave_out(cast, few)
    assert "Fix:" in str(told.value)
    with pytest.raises(DesignError, match="complete lists of 1 years"):
        estimate(cast, few, 1996)


def test_the_figures_of_the_page(folds: tuple[Fold, ...]) -> None:
    """The page docs/votes.md says these; they are pinned so that it goes on being true."""
    found = [measures(one, one.group("all"))["log_score"] for one in (*(f.scored for f in folds), together(folds))]
    told = [[0.151, 0.222, 0.202], [0.220, 0.198, 0.149], [0.186, 0.210, 0.175]]
    for one, numbers in zip(found, told, strict=True):
        assert [one[name] for name in PREDICTORS] == pytest.approx(numbers, abs=0.0006)
