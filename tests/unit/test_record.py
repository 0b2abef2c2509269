"""The record of the bundled case says what it always said, and a bad record is refused with its place."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.history.as_tables import measure_record, surroundings_of
from demarche.history.record import Record, load_record, need_record
from tests.conftest import ROOT
from tests.support.editing import edit

TABLES = {
    "motions": 9, "votes": 414, "sponsorships": 136, "dialogues": 12, "treaty_acts": 8, "releases": 12, "deadlines": 15,
    "rights": 11,
}  # fmt: skip
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_states_its_source_and_how_far_it_was_checked(record: Record, name: str) -> None:
    rows = getattr(record, name)
    assert len(rows) == TABLES[name]
    for row in rows:
        assert row.source
        assert getattr(row, "verified", "yes") in ("yes", "partly", "no")
        assert MONTH.fullmatch(getattr(row, "month", "1990-01"))


def test_motions_are_typed_and_cover_each_session(record: Record) -> None:
    motions = {motion.year: motion for motion in record.motions}
    assert sorted(motions) == list(range(1990, 1999))
    assert [year for year, motion in motions.items() if not motion.tabled] == [1991, 1998]
    assert motions[1995].result == "no_action_failed"
    assert (motions[1995].text_for, motions[1995].text_against, motions[1995].text_abstain) == (20, 21, 12)
    assert motions[1991].yes is None
    assert motions[1990].sponsors is None


def test_vote_lists_add_up_to_the_totals(record: Record) -> None:
    for motion in record.motions:
        cast = Counter(v.vote for v in record.votes if v.year == motion.year and v.motion == "no_action")
        if motion.tabled:
            totals = {"yes": motion.yes, "no": motion.no, "abstain": motion.abstain, "absent": motion.absent}
            assert cast == {vote: count for vote, count in totals.items() if count}
            assert sum(cast.values()) == (43 if motion.year < 1992 else 53)
        else:
            assert not cast
    text = Counter(v.vote for v in record.votes if v.motion == "text")
    assert text == {"yes": 20, "no": 21, "abstain": 12}


def test_no_member_votes_twice_on_a_motion(record: Record) -> None:
    keys = [(vote.year, vote.motion, vote.state) for vote in record.votes]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[A-Z]{3}", state) for _, _, state in keys)


def test_sponsor_lists_are_complete_where_the_record_says_so(record: Record) -> None:
    motions = {motion.year: motion.sponsors for motion in record.motions}
    on_list = Counter(row.year for row in record.sponsorships if row.role in ("lead", "sponsor"))
    assert on_list[1996] == motions[1996] == 26
    assert on_list[1997] == motions[1997] == 15
    assert on_list[1998] == 0
    assert on_list[1992] < 22


def test_rights_scores_lie_on_the_unit_scale_with_their_error(record: Record) -> None:
    scores = {row.year: row for row in record.rights}
    assert sorted(scores) == list(range(1988, 1999))
    assert scores[1989].score == min(row.score for row in scores.values()) == 0.207
    assert all(0 < row.error < 0.05 for row in scores.values())


def test_what_is_only_recalled_is_marked(record: Record) -> None:
    recalled = [vote for vote in record.votes if vote.verified == "no"]
    assert {vote.year for vote in recalled} <= {1995, 1996}
    assert all("general knowledge" in row.source for row in record.releases if row.verified == "no")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return the folder of the record in a copy of the bundled case."""
    shutil.copytree(ROOT / "scenarios" / "casts", tmp_path / "casts")
    return tmp_path / "casts" / "china_1989" / "record"


def read(folder: Path) -> Record | None:
    return load_record(load_cast(folder.parents[1] / "china_1989.yaml"))


def refused(folder: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(folder)
    assert all(problem.fix or problem.expected or problem.did_you_mean for problem in caught.value.problems)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


BAD = [
    ("record.yaml", "focal: CHN", "focal: RUS", "record.yaml:6:8: focal: the record is not that of the focal state"),
    ("record.yaml", "focal: CHN", "foca: CHN", "Did you mean 'focal'"),
    ("record.yaml", "end: 1998-12", "end: 1988-12", "record.yaml:8:6: end: the record ends before it begins"),
    ("record.yaml", "issue: civil_political", "issue: civil_politics", "Did you mean 'civil_political'"),
    ("patterns.yaml", "  P02:", "  P2:", "unknown key 'P2'"),
    ("patterns.yaml", "within: [1.3, 4]", "within: [4, 1.3]", "P27.within: the second number lies below the first"),
    ("patterns.yaml", "within: [1.3, 4]", "within: 1.3", "P27.within: two numbers are needed"),
    ("patterns.yaml", "    within: [1.3, 4]\n", "", "P27: a pattern is judged by a value or by ends"),
    ("patterns.yaml", "    error: 0.005\n", "", "P02: 'record' and 'error' belong together"),
    ("patterns.yaml", "    sessions: 2\n", "", "P09.sessions: key 'sessions' is missing"),
    ("patterns.yaml", "share: 0.85", "share: 85.0", "P01.share: the value is out of range"),
    ("patterns.yaml", "0.0012, 0.0095", "0.0095, 0.0012", "P19.base_rate: the quantiles do not rise"),
    ("patterns.yaml", "    kinds: [summit]\n", "    calendar: [tarif_1998]\n", "Did you mean 'tariff_1998'"),
    ("patterns.yaml", "tables: [motions.csv]", "tables: [motion.csv]", "Did you mean 'motions.csv'"),
    ("patterns.yaml", "correlation: 0.7", "correlation: 1.7", "practice_error.correlation: the value is out of range"),
    ("patterns.yaml", "kinds: [tariff_deadline,", "kinds: [tariff_deadlin,", "Did you mean 'tariff_deadline'"),
    ("patterns.yaml", "not_rising: [labour,", "not_rising: [labor,", "patterns.P34.not_rising.0: unknown issue"),
    ("votes.csv", "1990,no_action,ARG,abstain", "1990,no_action,ARX,abstain", "votes.csv:2:16: state: unknown state"),
    ("votes.csv", "1990,no_action,ARG,abstain", "1990,no_action,ARG,abstains", "Did you mean 'abstain'"),
    ("votes.csv", "1990,no_action,ARG,abstain", "1989,no_action,ARG,abstain", "has no session of this year"),
    ("votes.csv", "1990,no_action,ARG,abstain", "1990,no_action,BEL,abstain", "the row repeats line 2"),
    ("motions.csv", "1990,1990-03,1,,17", "1990,1991-03,1,,17", "the month lies in another year than the row"),
    ("motions.csv", "1990,1990-03,1,,17", "1990,1990-03,yes,,17", "motions.csv:2:14: tabled: unknown mark"),
    ("motions.csv", "year,month,tabled", "year,month,table", "Did you mean 'tabled'"),
    ("rights.csv", "1988,0.347", "1988,3.47", "rights.csv:2:6: score: the value is out of range"),
    ("dialogues.csv", "CHE,started,1991,", "CHE,started,91,", "dialogues.csv:2:25: date: this is not a year"),
    ("releases.csv", "released,group,573", "freed,group,573", "turn: unknown turn"),
    ("deadlines.csv", "1993-09,bid_decision", "1993-09,bid", "kind: unknown kind of event"),
]


@pytest.mark.parametrize(("file", "old", "new", "wanted"), BAD)
def test_bad_records_are_refused_at_their_place(copied: Path, file: str, old: str, new: str, wanted: str) -> None:
    edit(copied / file, old, new)
    assert wanted in "\n".join(refused(copied))


def test_all_problems_of_all_files_come_at_once(copied: Path) -> None:
    edit(copied / "record.yaml", "end: 1998-12", "end: 1998-13")
    edit(copied / "patterns.yaml", "within: [1.3, 4]", "within: []")
    edit(copied / "rights.csv", "1988,0.347", "1988,3.47")
    (copied / "vote.csv").write_text("year\n", encoding="utf-8")
    found = refused(copied)
    assert [text.split(":")[0] for text in found] == ["vote.csv", "record.yaml", "patterns.yaml", "rights.csv"]
    assert "Did you mean 'votes.csv'" in found[0]


def test_a_record_needs_its_two_yaml_files_and_may_leave_tables_out(copied: Path) -> None:
    for name in ("votes", "sponsors", "motions", "rights", "releases", "deadlines", "dialogues", "treaty_acts"):
        (copied / f"{name}.csv").unlink()
    (copied / "notes.txt").write_text("of our own", encoding="utf-8")
    bare = read(copied)
    assert bare is not None
    assert (bare.motions, bare.rights, len(bare.patterns)) == ((), (), 58)
    cast = load_cast(copied.parents[1] / "china_1989.yaml")
    assert not {"P02", "P10", "P19", "P23"} & set(measure_record(bare, surroundings_of(cast)))
    (copied / "patterns.yaml").unlink()
    (copied / "record.yaml").unlink()
    found = refused(copied)
    assert [text.split(": ")[0] for text in found] == ["record.yaml:1:1", "patterns.yaml:1:1"]
    assert "the record lacks this file" in found[0]
    assert "scenarios/casts/china_1989/record/patterns.yaml" in found[1]


def test_a_record_without_any_pattern_is_refused(copied: Path) -> None:
    text = (copied / "patterns.yaml").read_text(encoding="utf-8")
    (copied / "patterns.yaml").write_text(text[: text.index("\npatterns:")] + "\npatterns: {}\n", encoding="utf-8")
    assert "there is no pattern" in "\n".join(refused(copied))


def test_a_case_without_a_record_says_what_is_missing(copied: Path) -> None:
    path = copied.parents[1] / "china_1989.yaml"
    edit(path, "record: china_1989/record\n", "")
    cast = load_cast(path)
    assert cast.record is None
    assert load_record(cast) is None
    with pytest.raises(ScenarioError, match=r"no record of its own to hold the output for CHN against") as caught:
        need_record(cast)
    assert caught.value.exit_code == 2
    assert "record.yaml, patterns.yaml and tables of facts" in str(caught.value)
    assert "bring the history of CHN in the form of scenarios/casts/china_1989/record" in str(caught.value)


def test_the_folder_of_the_record_must_be_there(copied: Path) -> None:
    path = copied.parents[1] / "china_1989.yaml"
    edit(path, "record: china_1989/record\n", "record: china_1989/recrod\n")
    with pytest.raises(ScenarioError, match=r"record: there is no such folder") as caught:
        load_cast(path)
    assert "Did you mean 'china_1989/record'" in str(caught.value)
    edit(path, "record: china_1989/recrod\n", "record: china_1989/pairs.csv\n")
    with pytest.raises(ScenarioError, match=r"record: this is a file, not a folder"):
        load_cast(path)


def test_no_run_rests_on_the_record(copied: Path, record: Record) -> None:
    first = load_cast(copied.parents[1] / "china_1989.yaml")
    edit(copied / "rights.csv", "1988,0.347", "1988,0.348")
    second = load_cast(copied.parents[1] / "china_1989.yaml")
    assert first.digest == second.digest
    changed = load_record(second)
    assert changed is not None
    assert changed.digest != record.digest
    assert set(copied.iterdir()) <= set(second.files)


def test_another_place_of_the_files_is_the_same_cast(copied: Path) -> None:
    path = copied.parents[1] / "china_1989.yaml"
    first = load_cast(path)
    text = path.read_text(encoding="utf-8").replace("china_1989/", "elsewhere/")
    (path.parent / "china_1989").rename(path.parent / "elsewhere")
    moved = path.with_name("case.yaml")
    moved.write_text(f"# moved\n{text}", encoding="utf-8")
    assert load_cast(moved).digest == first.digest
