"""The reader of CSV tables: what it passes over, what it refuses, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.errors import ScenarioError
from demarche.reading.tables import Sheet, open_sheet

COLUMNS = ("code", "year", "share", "n", "date")


def opened(tmp_path: Path, content: str | bytes, **more: object) -> Sheet:
    path = tmp_path / "one.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_sheet(path, COLUMNS, **more)  # type: ignore[arg-type]


def told(sheet: Sheet) -> list[str]:
    return [str(problem).replace(f"{sheet.path.parent}/", "") for problem in sheet.report.problems()]


def read(sheet: Sheet) -> list[tuple[object, ...]]:
    return [
        (row.word("code"), row.year("year", 0), row.number("share", 0.0, 1.0), row.count_or_none("n", 99),
         row.month("date"))
        for row in sheet.rows(("code", "year"))
    ]  # fmt: skip


def test_blanks_empty_lines_quotes_and_a_mark_are_passed_over(tmp_path: Path) -> None:
    text = '\ufeffcode, year ,share,n,date\r\n\r\n"A,B",1990, 0.5 ,,1990-01\r\n  \r\nC,,1e-1,7,1990-12\r\n'
    sheet = opened(tmp_path, text)
    assert read(sheet) == [("A,B", 1990, 0.5, None, "1990-01"), ("C", 0, 0.1, 7, "1990-12")]
    assert not sheet.report


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "date,n,share,year,code\n1990-01,1,0,1990,A\n")
    assert read(sheet) == [("A", 1990, 0.0, 1, "1990-01")]


def test_every_wrong_cell_is_told_at_its_place(tmp_path: Path) -> None:
    rows = ["code,year,share,n,date", '"",199,1.5,100,1990-13', '"a,b",1990,x,-1,1990', "A,1990,0,1_0,1990-01",
            "A,1990,0,1,1990-01", 'A,1991,"0', "A,1991,0", "A,1991,0,5,1,1990-01", "B,1991,-0.5,1,1990-01"]  # fmt: skip
    sheet = opened(tmp_path, "\n".join(rows))
    read(sheet)
    assert [text.split(".\n")[0] for text in told(sheet)] == [
        "one.csv:2:1: code: the cell is empty",
        "one.csv:2:4: year: this is not a year",
        "one.csv:2:8: share: the value is out of range",
        "one.csv:2:12: n: this is not an admissible whole number",
        "one.csv:2:16: date: this is not a month",
        "one.csv:3:12: share: this is not a number",
        "one.csv:3:14: n: this is not an admissible whole number",
        "one.csv:3:17: date: this is not a month",
        "one.csv:4:10: n: this is not an admissible whole number",
        "one.csv:5:1: the row repeats line 4",
        "one.csv:6:1: the line cannot be split into cells (unexpected end of data)",
        "one.csv:7:1: wrong number of cells",
        "one.csv:8:1: wrong number of cells",
        "one.csv:9:8: share: the value is out of range",
    ]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("", ["one.csv:1:1: the header is missing"]),
        ("code;year;share;n;date\n", ["one.csv:1:1: the cells are not separated by commas"]),
        ("code,yaer,share,n,date,code\n", [
            "one.csv:1:1: the column 'year' is missing", "one.csv:1:6: unknown column",
            "one.csv:1:24: the column is there twice",
        ]),
        (b"code\xff\n", ["one.csv:1:5: the file is not text in UTF-8"]),
        ("code\u202eyear\n", ["one.csv:1:5: the character U+202E cannot be seen or is not allowed"]),
    ],
)  # fmt: skip
def test_headers_and_files_that_cannot_be_used(tmp_path: Path, content: str | bytes, wanted: list[str]) -> None:
    sheet = opened(tmp_path, content)
    assert [text.split(".\n")[0] for text in told(sheet)] == wanted
    assert list(sheet.rows()) == []
    with pytest.raises(ScenarioError):
        sheet.report.raise_if_any()


def test_the_nearest_column_is_named(tmp_path: Path) -> None:
    assert "Did you mean 'year'?" in "\n".join(told(opened(tmp_path, "code,yaer,share,n,date\n")))


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in told(open_sheet(tmp_path / "none.csv", COLUMNS))[0]
    assert "this is a folder, not a file" in str(open_sheet(tmp_path, COLUMNS).report.problems()[0])


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demarche.reading.tables.MAX_BYTES", 30)
    assert "the file is larger than 30 bytes" in told(opened(tmp_path, "code,year,share,n,date\n" + "A" * 30))[0]


def test_of_many_problems_the_first_hundred_are_told(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "code,year,share,n,date\n" + "A,1990,2,1,1990-01\n" * 200)
    for row in sheet.rows():
        row.number("share", 0.0, 1.0)
    assert len(told(sheet)) == 101
    assert "there are 100 more problems" in told(sheet)[-1]
