from __future__ import annotations

import re
from collections import Counter

import pytest

from demarche.history import record

TABLES = {
    "motions": (record.motions, 9),
    "votes": (record.votes, 414),
    "sponsorships": (record.sponsorships, 136),
    "dialogues": (record.dialogues, 12),
    "treaty_acts": (record.treaty_acts, 8),
    "releases": (record.releases, 12),
    "deadlines": (record.deadlines, 15),
    "rights": (record.rights, 11),
}
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_states_its_source_and_how_far_it_was_checked(name: str) -> None:
    read, count = TABLES[name]
    rows = read()
    assert len(rows) == count
    for row in rows:
        assert row.source
        assert getattr(row, "verified", "yes") in ("yes", "partly", "no")
        assert MONTH.fullmatch(getattr(row, "month", "1990-01"))


def test_motions_are_typed_and_cover_each_session() -> None:
    motions = {motion.year: motion for motion in record.motions()}
    assert sorted(motions) == list(range(1990, 1999))
    assert [year for year, motion in motions.items() if not motion.tabled] == [1991, 1998]
    assert motions[1995].result == "no_action_failed"
    assert (motions[1995].text_for, motions[1995].text_against, motions[1995].text_abstain) == (20, 21, 12)
    assert motions[1991].yes is None
    assert motions[1990].sponsors is None


def test_vote_lists_add_up_to_the_totals() -> None:
    for motion in record.motions():
        cast = Counter(v.vote for v in record.votes() if v.year == motion.year and v.motion == "no_action")
        if motion.tabled:
            totals = {"yes": motion.yes, "no": motion.no, "abstain": motion.abstain, "absent": motion.absent}
            assert cast == {vote: count for vote, count in totals.items() if count}
            assert sum(cast.values()) == (43 if motion.year < 1992 else 53)
        else:
            assert not cast
    text = Counter(v.vote for v in record.votes() if v.motion == "text")
    assert text == {"yes": 20, "no": 21, "abstain": 12}


def test_no_member_votes_twice_on_a_motion() -> None:
    keys = [(vote.year, vote.motion, vote.state) for vote in record.votes()]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[A-Z]{3}", state) for _, _, state in keys)


def test_sponsor_lists_are_complete_where_the_record_says_so() -> None:
    motions = {motion.year: motion.sponsors for motion in record.motions()}
    on_list = Counter(row.year for row in record.sponsorships() if row.role in ("lead", "sponsor"))
    assert on_list[1996] == motions[1996] == 26
    assert on_list[1997] == motions[1997] == 15
    assert on_list[1998] == 0
    assert on_list[1992] < 22


def test_rights_scores_lie_on_the_unit_scale_with_their_error() -> None:
    scores = {row.year: row for row in record.rights()}
    assert sorted(scores) == list(range(1988, 1999))
    assert scores[1989].score == min(row.score for row in scores.values()) == 0.207
    assert all(0 < row.error < 0.05 for row in scores.values())


def test_what_is_only_recalled_is_marked() -> None:
    recalled = [vote for vote in record.votes() if vote.verified == "no"]
    assert {vote.year for vote in recalled} <= {1995, 1996}
    assert all("general knowledge" in row.source for row in record.releases() if row.verified == "no")


def test_reading_twice_gives_the_same_rows() -> None:
    assert record.votes() is record.votes()
