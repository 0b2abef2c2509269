"""Lists of sponsors, and what is known before them, from small made records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche.cast.cast import Cast
from demarche.history.record import Record
from demarche.history.rows import DialogueTurn, Motion, Sponsorship, Vote
from demarche.history.sponsors.known import FEATURES, AtRisk, History
from demarche.history.sponsors.lists import SponsorList, sponsor_lists

COLUMN = {name: place for place, name in enumerate(FEATURES)}


def motion(year: int, sponsors: int | None, tabled: bool = True) -> Motion:
    return Motion(
        year, f"{year}-03", tabled, sponsors, None, None, None, None, "not_voted", None, None, None, "made", "no"
    )


def named(year: int, *states: str, role: str = "sponsor") -> list[Sponsorship]:
    return [Sponsorship(year, state, role, "made", "no") for state in states]


def made(record: Record) -> Record:
    """Three lists: 1993 in part, 1994 of unknown length, 1996 complete; 1995 without a motion."""
    return replace(
        record,
        motions=(motion(1996, 2), motion(1993, 3), motion(1994, None), motion(1995, 0, tabled=False), motion(1997, 1)),
        sponsorships=(
            *named(1993, "NOR", "USA"), *named(1994, "NOR"), *named(1995, "NOR", role="declined"), *named(1995, "JPN"),
            *named(1996, "NOR", "JPN"), *named(1996, "USA", role="declined"),
        ),
        votes=(
            Vote(1993, "no_action", "NOR", "no", "made", "no"), Vote(1993, "no_action", "PER", "no", "made", "no"),
            Vote(1995, "no_action", "PER", "yes", "made", "no"), Vote(1995, "text", "PER", "abstain", "made", "no"),
            Vote(1996, "no_action", "NOR", "yes", "made", "no"),
        ),
        dialogues=(
            DialogueTurn("One", "CHE", "started", "1995", "made", "no"),
            DialogueTurn("Two", "NOR", "started", "1996-02", "made", "no"),
            DialogueTurn("Three", "USA", "started", "1990-01", "made", "no"),
            DialogueTurn("Three", "USA", "suspended", "1996", "made", "no"),
            DialogueTurn("Bloc", "", "started", "1996-03", "made", "no"),
        ),
    )  # fmt: skip


def known(cast: Cast, record: Record, session: SponsorList, *forgotten: int) -> AtRisk:
    return History(cast, record, sponsor_lists(record), frozenset(forgotten)).at_risk(session)


def value(risk: AtRisk, name: str, state: str) -> float:
    return float(risk.values[risk.states.index(state), COLUMN[name]])


COMING = SponsorList(1997, "1997-03", frozenset(), None)
IN_1996 = SponsorList(1996, "1996-03", frozenset(), None)


def test_a_list_is_complete_if_it_names_as_many_as_there_were(record: Record) -> None:
    found = {one.year: one for one in sponsor_lists(made(record))}
    assert list(found) == [1993, 1994, 1996]
    assert [one.is_complete for one in found.values()] == [False, False, True]
    assert found[1996].named == {"NOR", "JPN"}


def test_lists_of_the_bundled_case_are_complete_for_two_years(record: Record) -> None:
    lists = sponsor_lists(record)
    assert [(one.year, len(one.named), one.total) for one in lists] == [
        (1992, 16, 22), (1993, 16, None), (1994, 16, None), (1995, 20, 26), (1996, 26, 26), (1997, 15, 15),
    ]  # fmt: skip
    assert [one.year for one in lists if one.is_complete] == [1996, 1997]


def test_every_existing_state_but_the_focal_one_is_at_risk(cast: Cast, record: Record) -> None:
    risk = known(cast, record, COMING)
    assert cast.focal not in risk.states
    assert len(risk.states) == int(cast.present(1997).sum()) - 1
    outside = {code for code, is_in in zip(cast.state_codes, cast.is_member(1997), strict=True) if not is_in}
    sponsors = {one.state for one in record.sponsorships}
    assert set(risk.states) & outside & sponsors  # a state outside the organisation has sponsored
    assert set(risk.states) >= sponsors


def test_own_lists(cast: Cast, record: Record) -> None:
    risk = known(cast, made(record), COMING)
    assert [value(risk, "last", state) for state in ("NOR", "JPN", "USA", "PER")] == [1, 1, 0, 0]
    weights = np.exp2(-np.array([4, 3, 1]) / 4)
    assert value(risk, "own", "NOR") == pytest.approx(1)
    assert value(risk, "own", "USA") == pytest.approx(weights[0] / weights.sum())
    assert value(risk, "own", "JPN") == pytest.approx(weights[2] / weights.sum())
    forgetful = known(cast, made(record), COMING, 1996)
    assert [value(forgetful, "last", state) for state in ("NOR", "JPN")] == [1, 0]
    assert forgetful.was_named.sum() == 1


def test_lists_of_others_never_count_the_state_itself(cast: Cast, record: Record) -> None:
    risk = known(cast, made(record), COMING)
    western = [code for code, group in zip(risk.states, risk.groups, strict=True) if group == "western"]
    assert value(risk, "group", "NOR") == 0
    assert value(risk, "group", "SWE") == pytest.approx(1 / (len(western) - 1))
    in_bloc = {code for code, is_in in zip(cast.state_codes, cast.joint_bloc(1997), strict=True) if is_in}
    bloc = known(cast, replace(record, sponsorships=tuple(named(1996, "SWE", "FIN"))), COMING)
    assert value(bloc, "company", "SWE") == pytest.approx(1 / (len(in_bloc) - 1))
    assert value(bloc, "company", "DNK") == pytest.approx(2 / (len(in_bloc) - 1))
    assert value(bloc, "company", "NOR") == 0


def test_votes_of_earlier_sessions_count_and_those_of_a_session_are_one(cast: Cast, record: Record) -> None:
    risk = known(cast, made(record), COMING)
    assert [value(risk, "vote", state) for state in ("NOR", "PER", "USA")] == [-1, -0.5, 0]
    assert value(known(cast, made(record), IN_1996), "vote", "NOR") == 1
    assert value(known(cast, made(record), COMING, 1996), "vote", "NOR") == 1


def test_dialogues_run_from_the_month_after_they_started(cast: Cast, record: Record) -> None:
    early = known(cast, made(record), IN_1996)
    assert [value(early, "talks", state) for state in ("CHE", "NOR", "USA", "SWE")] == [1, 1, 1, 0]
    late = known(cast, made(record), COMING)
    assert [value(late, "talks", state) for state in ("CHE", "NOR", "USA", "SWE")] == [1, 1, 0, 1]


def test_yearly_values_are_those_of_the_year_before(cast: Cast, record: Record) -> None:
    risk = known(cast, record, COMING)
    at, focal = cast.index("PER"), cast.index(cast.focal)
    ideal = cast.yearly("ideal_point", 1996)
    assert value(risk, "democracy", "PER") == cast.yearly("democracy", 1996)[at]
    assert value(risk, "exports", "PER") == cast.yearly("export_share", 1996)[at]
    assert value(risk, "distance", "PER") == pytest.approx(abs(ideal[at] - ideal[focal]))
    assert value(risk, "seat", "PER") == float(cast.seats(1997)[1][at])


def test_nothing_is_named_before_the_first_list(cast: Cast, record: Record) -> None:
    risk = known(cast, record, SponsorList(1992, "1992-03", frozenset(), 22))
    assert not risk.was_named.any()
    assert not risk.values[:, COLUMN["own"]].any()
    assert np.isfinite(risk.values).all()
