"""Records that others bring: what is read, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.errors import ScenarioError
from demarche.history.votes.folder import read_folder, without_repeats

HEADER = "motion_id,body,year,date,motion,target_iso3,iso3,vote"
ROWS = [
    "m1,CHR,1999,1999-04-01,resolution,IRN,NOR,yes",
    "m1,CHR,1999,1999-04-01,resolution,IRN,CUB,no",
    "m1,CHR,1999,1999-04-01,resolution,IRN,PER,abstain",
    "m2,CHR,1999,1999-04-20,no_action,CHN,NOR,no",
    "m2,CHR,1999,1999-04-20,no_action,CHN,CUB,yes",
    "m2,CHR,1999,1999-04-20,no_action,CHN,PER,absent",
]
MOTIONS = "motion_id,body,year,date,motion,target_iso3,yes,no,abstain,absent,result"


def write(folder: Path, rows: list[str], header: str = HEADER, motions: list[str] | None = None) -> Path:
    (folder / "rollcalls.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    if motions is not None:
        (folder / "motions.csv").write_text("\n".join([MOTIONS, *motions]) + "\n", encoding="utf-8")
    return folder


def problems(folder: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_folder(folder)
    return str(caught.value)


def test_a_folder_is_read(tmp_path: Path) -> None:
    motions = ["m1,CHR,1999,1999-04-01,resolution,IRN,1,1,1,,adopted", "m2,CHR,1999,1999-04-20,no_action,CHN,1,1,0,2,"]
    found = read_folder(write(tmp_path, ROWS, motions=motions))
    assert [call.key for call in found.calls] == ["m1", "m2"]
    assert found.calls[1].votes == {"NOR": "no", "CUB": "yes", "PER": "absent"}
    assert found.remarks == ("m2: the roll call does not add up to the totals (absent 1 of 2)",)


def test_motions_without_id_are_told_apart_by_date_target_and_kind(tmp_path: Path) -> None:
    bare = [row.split(",", 1)[1] for row in ROWS]
    found = read_folder(write(tmp_path, bare, HEADER.split(",", 1)[1]))
    assert [(call.target, len(call.votes)) for call in found.calls] == [("IRN", 3), ("CHN", 3)]
    empty = [f",{row}" for row in bare]
    motions = [",CHR,1999,1999-04-01,resolution,IRN,,,,,", ",CHR,1999,1999-04-20,no_action,CHN,,,,,"]
    motions = [row.replace(",", "x,", 1) if place else row for place, row in enumerate(motions)]
    assert [call.key for call in read_folder(write(tmp_path, empty, motions=motions)).calls] == [
        call.key for call in found.calls
    ]


def test_two_motions_of_a_day_need_ids(tmp_path: Path) -> None:
    bare = [row.split(",", 1)[1] for row in ROWS[:3]] * 2
    said = problems(write(tmp_path, bare, HEADER.split(",", 1)[1]))
    assert "rollcalls.csv:5:1: the row repeats line 2" in said


def test_every_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    wrong = [
        "m1,CHR,1999,1999-04-01,resolution,IRN,NOR,yess",
        "m1,CHR,1999,1999-04-01,resolution,IRN,nor,yes",
        "m3,CHR,1999,1999-4-1,resolutions,IRN,NOR,yes",
        "m1,CHR,1999,1999-04-02,resolution,IRN,PER,yes",
        "m4,CHR,1990,1999-04-02,resolution,IRN,PER,yes",
    ]
    said = problems(write(tmp_path, wrong))
    for part in ("rollcalls.csv:2:43: vote: unknown vote", "Did you mean 'yes'?", "rollcalls.csv:3:39: iso3",
                 "rollcalls.csv:4:13: date", "Did you mean 'resolution'?", "rollcalls.csv:5:1: motion_id",
                 "rollcalls.csv:6:8: year"):  # fmt: skip
        assert part in said, part


def test_a_missing_or_misspelt_file_and_column(tmp_path: Path) -> None:
    assert "no such folder" in problems(tmp_path / "nowhere")
    (tmp_path / "rolcalls.csv").write_text("", encoding="utf-8")
    assert "Did you mean 'rolcalls.csv'?" in problems(tmp_path)
    assert "Did you mean 'vote'?" in problems(write(tmp_path, ROWS, HEADER.replace("vote", "votes")))


def test_motions_that_disagree_are_refused(tmp_path: Path) -> None:
    said = problems(write(tmp_path, ROWS, motions=["m1,CHR,1999,1999-04-01,resolution,IRQ,1,1,1,,adopted"]))
    assert "motions.csv:2:1: motion_id" in said
    said = problems(write(tmp_path, ROWS, motions=["m1,CHR,1999,1999-04-01,resolution,IRN,1,1,1,,adopted"]))
    assert "the motion 'm2' of rollcalls.csv is missing" in said


def test_a_roll_call_that_is_there_already_counts_once(tmp_path: Path) -> None:
    calls = read_folder(write(tmp_path, ROWS)).calls
    assert without_repeats(calls[:1], calls) == [calls[1]]
