"""What standard output cannot take stops no batch: closed pipes, foreign signs, a full disk."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from demarche.cli.say.console import PIPE_WIDTH, console, plain
from demarche.cli.say.streams import Patient, flushed, ready
from demarche.reading.text import find_unfit, visible
from tests.unit.test_cli import process
from tests.unit.test_runner import write_tiny


def test_a_closed_pipe_takes_everything_and_says_nothing() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with io.TextIOWrapper(io.BufferedWriter(Patient(writer, "wb"))) as stream:
        for _ in range(100):
            stream.write("a line\n" * 1000)
            stream.flush()


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", "????!"), ("ascii", "????!"), ("utf-8", "安静\U0001f600–!")])
def test_signs_that_the_console_cannot_show_are_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, text: str
) -> None:
    path = tmp_path / "out.txt"
    written = "安静\U0001f600" + ("?" if encoding != "utf-8" else "–") + "!"
    with open(path, "w", encoding=encoding) as out, open(tmp_path / "err.txt", "w", encoding=encoding) as err:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        ready()
        with sys.stdout, sys.stderr:
            print(written)
            console().print(plain(written))
            assert flushed(0) == 0
    assert path.read_text(encoding=encoding) == f"{text}\n{text}\n"


def test_a_full_disk_behind_standard_output_is_told_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        print("something")
        assert flushed(0) == 5
        assert flushed(0) == 0


def test_the_width_of_a_pipe_follows_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    for told, width in (("150", 150), ("", PIPE_WIDTH), ("wide", PIPE_WIDTH), ("0", PIPE_WIDTH)):
        monkeypatch.setenv("COLUMNS", told)
        assert console().width == width


def test_what_steers_a_console_is_shown_and_not_obeyed() -> None:
    assert visible("a\x1b[31mb\u202ec\x07\x9b\nd") == "a\\x1b[31mb\\u202ec\\x07\\x9b\nd"
    made = io.StringIO()
    Console(file=made, force_terminal=False).print(plain("[red]\x1b]0;title\x07"))
    assert made.getvalue() == "[red]\\x1b]0;title\\x07\n"


HIDDEN = "\x00\x07\x1b\x7f\x85\x9b\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069\ufeff\ufffe"


@pytest.mark.parametrize("sign", HIDDEN)
def test_signs_that_reorder_or_hide_are_found(sign: str) -> None:
    assert find_unfit(f"a{sign}b") == f"U+{ord(sign):04X}"
    assert not find_unfit("ab\nc\t安静\u200d\U0001f600 \N{HEBREW LETTER ALEF}")
    assert find_unfit("a\nb", lines=False) == "U+000A"


@pytest.mark.long
def test_a_batch_outlives_the_reader_of_its_output(tmp_path: Path) -> None:
    path, out = write_tiny(tmp_path / "files"), tmp_path / "out"
    batch = process("run", str(path), "--out", str(out), "--no-figures")
    assert batch.stdout is not None
    batch.stdout.readline()
    batch.stdout.close()
    assert batch.wait() == 0
    assert (out / "manifest.json").is_file()
    assert batch.stderr is not None
    with batch.stderr as told:
        assert "Error" not in told.read()


@pytest.mark.long
def test_results_on_a_full_disk_end_with_the_documented_code() -> None:
    code = "from demarche.cli.main import main; main()"
    for arguments in (["--help"], ["rules", "show", "focal.payment"]):
        with open("/dev/full", "wb") as full:
            call = [sys.executable, "-c", code, *arguments]
            done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, "Traceback" in done.stderr) == (5, False)
        assert "no space left on device" in done.stderr


@pytest.mark.parametrize("told", ["0", "1", "-5", "", "wide", "9" * 5000, "\u0663\u0663"])
def test_a_width_that_nothing_fits_into_counts_as_not_given(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.StringIO())
    monkeypatch.setenv("COLUMNS", told)
    ready()
    assert "COLUMNS" not in os.environ
    monkeypatch.setenv("COLUMNS", "20")
    ready()
    assert os.environ["COLUMNS"] == "20"


def test_help_is_not_empty_in_a_pipe_of_no_width() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from demarche.cli.main import main; main()", "run", "--help"],
        env={**os.environ, "COLUMNS": "0", "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert "--workers" in done.stdout
