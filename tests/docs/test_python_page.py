"""The page on Python: its examples run, and it names what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.unit.test_runner import FOUR_RUNS, write_tiny

import demarche

PAGE = ROOT / "docs" / "python.md"


def test_the_page_names_the_interface() -> None:
    named = set(re.findall(r"^\| (.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    words = {word for row in named for word in re.findall(r"`(\w+)", row)}
    assert set(demarche.__all__) - {"__version__"} == words
    assert dir(demarche) == demarche.__all__
    with pytest.raises(AttributeError, match="has no attribute"):
        _ = demarche.nothing  # type: ignore[attr-defined]


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import sys, demarche; print(sorted({'numpy', 'pandas', 'pydantic', 'yaml', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.long
def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_tiny(tmp_path, FOUR_RUNS)
    path.rename(path.with_name("my_study.yaml"))
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    for text in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(text, PAGE.name, "exec"), space)
    assert (tmp_path / "contrast.png").is_file()
    results = space["results"]
    assert len(results.outcomes) == 4
    assert {"arm", "account", "date", "core_practice"} <= set(space["paths"].columns)
    assert "<Results " in capsys.readouterr().out
    assert "<script" not in results._repr_html_()
    assert not demarche.check("experiments/my_study.yaml")
