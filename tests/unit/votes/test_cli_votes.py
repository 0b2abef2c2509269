"""The commands on votes, end to end on a small record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from demarche.history.votes.scoring import PREDICTORS
from tests.unit.test_cli import invoke
from tests.unit.votes.test_folder import HEADER, ROWS, write


def scored(folder: Path, *options: object) -> dict[str, object]:
    result = invoke("votes", "score", "--record", folder, "--json", *options)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_a_record_is_scored_with_history(tmp_path: Path) -> None:
    for name in ("record", "history"):
        (tmp_path / name).mkdir()
    record = write(tmp_path / "record", ROWS)
    found = scored(record)
    assert (found["motions"], found["votes"]) == (2, 5)
    assert set(found["log_score"]) == set(PREDICTORS)
    assert all(0 < value < 7 for value in found["log_score"].values())
    gap = found["difference_to_persistence"]
    assert set(gap) == {"mean", "low", "high"}
    assert gap["mean"] == pytest.approx(found["log_score"]["demarche"] - found["log_score"]["persistence"])
    earlier = [row.replace("1999", "1998").replace("m1", "old").replace("NOR,yes", "NOR,no") for row in ROWS[:3]]
    history = write(tmp_path / "history", earlier)
    assert scored(record, "--history", history)["log_score"] != found["log_score"]
    assert scored(record, "--history", record) == found


def test_tables_name_every_predictor_and_say_what_a_score_means(tmp_path: Path) -> None:
    result = invoke("votes", "score", "--record", write(tmp_path, ROWS))
    assert result.exit_code == 0
    assert "lower is better" in result.stdout
    for name in (*PREDICTORS, "switchers", "Calibration", "IRN", "1999"):
        assert name in result.stdout


def test_states_and_targets_that_nobody_knows_are_scored_and_told(tmp_path: Path) -> None:
    rows = [row.replace("IRN", "QQQ").replace("PER", "ZZZ").replace("CHR", "HRC") for row in ROWS]
    rows = [row.replace("1999", "2024") for row in rows]
    result = invoke("votes", "score", "--record", write(tmp_path, rows))
    assert result.exit_code == 0
    assert "taken as the median of all: QQQ, ZZZ" in result.stdout


def test_nothing_to_score_is_no_error(tmp_path: Path) -> None:
    found = scored(write(tmp_path, [ROWS[-1]]))
    assert found["votes"] == 0
    assert found["log_score"]["demarche"] is None


def test_a_broken_record_ends_with_code_2(tmp_path: Path) -> None:
    result = invoke("votes", "score", "--record", write(tmp_path, ROWS, HEADER.replace("iso3", "iso", 1)))
    assert result.exit_code == 2
    assert "rollcalls.csv:1:" in result.stderr


def test_explain_and_predict() -> None:
    result = invoke("votes", "explain", "--target", "IRN", "--year", "1995", "--state", "PER")
    assert result.exit_code == 0
    assert "on record: yes" in result.stdout
    assert "own earlier votes on the target" in result.stdout
    result = invoke("votes", "predict", "--target", "IRN", "--year", "1998", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["body"] == "CHR"
    assert sum(found["totals"].values()) == pytest.approx(len(found["members"]))


def test_unknown_codes_and_years_are_refused(tmp_path: Path) -> None:
    result = invoke("votes", "explain", "--target", "IRM", "--year", "1995", "--state", "PER")
    assert result.exit_code == 2
    assert "Did you mean" in result.stderr
    result = invoke("votes", "predict", "--target", "IRN", "--year", "1999")
    assert result.exit_code == 2, "members are packaged to 1998"
    assert "--members FILE" in result.stderr
    members = tmp_path / "members.csv"
    members.write_text("iso3\nNOR\nCUB\n", encoding="utf-8")
    result = invoke("votes", "predict", "--target", "IRN", "--year", "2060", "--members", members)
    assert result.exit_code == 0
    assert "Norway" in result.stdout


def test_fit_refuses_an_unknown_check() -> None:
    assert invoke("votes", "fit", "--check", "--only", "foca").exit_code == 2


def test_a_record_without_stances_is_said_to_be_one_and_shows_no_empty_tables(tmp_path: Path) -> None:
    header = "motion_id,body,year,date,motion,target_iso3,iso3,vote\n"
    (tmp_path / "rollcalls.csv").write_text(header, encoding="utf-8")
    result = invoke("votes", "score", "--record", tmp_path)
    assert result.exit_code == 0
    assert "nothing to score" in result.stdout
    assert "nan" not in result.stdout


def test_sponsors_are_told_in_tables_and_as_one_object() -> None:
    result = invoke("votes", "sponsors")
    assert result.exit_code == 0, result.output
    for text in ("1996 left out", "1997 left out", "lower is better", "names 20 sponsors of 26", "joined", "Brier"):
        assert text in result.stdout
    assert "nan" not in result.stdout
    result = invoke("votes", "sponsors", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["target"] == "CHN"
    assert list(found["left_out"]) == ["1996", "1997"]
    everybody = found["left_out"]["1997"]["groups"]["all"]
    assert (everybody["states"], everybody["sponsored"]) == (189, 15)
    gap = everybody["difference_to_last_year"]
    assert gap["mean"] == pytest.approx(everybody["log_score"]["demarche"] - everybody["log_score"]["last_year"])
    assert found["left_out"]["1997"]["groups"]["joined"]["log_score"]["demarche"] is None
    assert found["together"]["all"]["states"] == 378
