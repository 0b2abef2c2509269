"""Bytes to plain data with marks: what is read, what is refused and where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from demarche.errors import ScenarioError
from demarche.reading.scalars import Refusal, resolve_plain
from demarche.reading.yaml_nodes import ANY, Mark, parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1989-06", "1989-06"), ("1989-06-04", "1989-06-04"), ("quiet", "quiet"), ("", None), ("~", None),
        ("null", None), ("true", True), ("FALSE", False), ("0", 0), ("-7", -7), ("+7", 7), ("1e3", 1000.0),
        (".5", 0.5), ("5.", 5.0), ("0.10", 0.1), ("nothing", "nothing"), ("NOR", "NOR"), ("1,000", "1,000"),
        ("a:b", "a:b"), ("_1", "_1"), ("x_1", "x_1"), ("é", "é"), ("٣", "٣"),
    ],
)  # fmt: skip
def test_plain_scalars_follow_the_core_rules(text: str, meaning: object) -> None:
    found = resolve_plain(text)
    assert found == meaning
    assert type(found) is type(meaning)


@pytest.mark.parametrize(
    "text",
    ["no", "No", "YES", "on", "off", "y", "N", "12:30", "190:20:30", "-1:30.5", "010", "-007", "00", "1_000", "1_0.5",
     "0x1F", "0o17", "0b11", ".nan", ".inf", "-.INF", "<<", "=", "1e999", "9" * 19],
)  # fmt: skip
def test_doubtful_scalars_are_refused_with_advice(text: str) -> None:
    found = resolve_plain(text)
    assert isinstance(found, Refusal)
    assert found.fix


def test_quoted_scalars_are_text() -> None:
    document = parse_yaml(b"a: 'no'\nb: \"010\"\nc: |\n  off\n", "x.yaml")
    assert document.data == {"a": "no", "b": "010", "c": "off\n"}
    assert not document.flaws


def test_every_path_keeps_its_mark() -> None:
    document = parse_yaml("é: {b: [1, 2]}\nc:\n  - d: 3\n".encode(), "x.yaml")
    assert document.data == {"é": {"b": [1, 2]}, "c": [{"d": 3}]}
    assert document.marks[("é", "b", 1)] == Mark(1, 12)
    assert document.key_marks[("c", 0, "d")] == Mark(3, 5)
    assert document.marks[("c", 0, "d")] == Mark(3, 8)
    assert list(document.select("c", ANY, "d")) == [(("c", 0, "d"), 3)]
    assert document.get("c", 1) is None


def test_the_first_of_two_equal_keys_counts_and_both_lines_are_named() -> None:
    document = parse_yaml(b"a: {x: 1}\nb: 2\na: {y: no}\n", "x.yaml")
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert [(flaw.mark, flaw.what) for flaw in document.flaws] == [
        (Mark(3, 1), "key 'a' is written twice, first in line 1")
    ]


def test_all_flaws_are_found_in_one_pass() -> None:
    document = parse_yaml(b"a: &x no\nb: *x\nc: !!int 3\n? {k: v}\n: 1\n2: 3\nd: .nan\n", "x.yaml")
    assert [flaw.mark.line for flaw in document.flaws] == [1, 1, 2, 3, 4, 6, 7]
    assert not document.is_broken


@pytest.mark.parametrize(
    ("content", "line", "column", "text"),
    [
        (b"", 1, 1, "empty"),
        (b"# only a comment\n", 1, 1, "empty"),
        (b"a: 1\nb: \xff\n", 2, 4, "UTF-8"),
        (b"a: 1\r\nbc\x00: 2\n", 2, 3, "U+0000"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n", 1, 1, "U+FEFF"),
        (b"\xef\xbb\xbfa: 1\nb: \x00\n", 2, 4, "U+0000"),
        ("a: x\u2028y\n".encode(), 1, 5, "U+2028"),
        (b"a: [1, 2\nb: 3\n", 2, 2, "not valid YAML"),
        (b"a: " + b"[" * 41, 1, 43, "nested"),
        (b"a:\n" + b" - 1\n" * 20_000, 19_999, 4, "entries"),
    ],
)
def test_unreadable_bytes_are_refused_at_their_place(content: bytes, line: int, column: int, text: str) -> None:
    document = parse_yaml(content, "x.yaml")
    assert document.is_broken
    assert document.flaws[-1].mark == Mark(line, column)
    assert text in document.flaws[-1].what
    assert document.flaws[-1].fix


def test_directives_and_second_documents_are_refused() -> None:
    document = parse_yaml(b"%YAML 1.1\n---\na: 1\n---\nb: 2\n", "x.yaml")
    assert [flaw.mark.line for flaw in document.flaws] == [1, 4]
    assert document.data == {"a": 1}


@pytest.mark.parametrize(
    ("name", "text"), [("none.yaml", "no such file"), (".", "a folder"), ("a\0b", "cannot be read")]
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ScenarioError, match=text) as caught:
        read_yaml(tmp_path / name)
    assert caught.value.problems[0].where.endswith(":1:1")
    assert caught.value.problems[0].fix


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ScenarioError, match="not an ordinary file"):
        read_yaml(tmp_path / "pipe.yaml")
