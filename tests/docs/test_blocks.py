"""Every block of README and the pages is run, checked by a test of its own, or says why it cannot be run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.conftest import ROOT
from tests.docs import bench
from tests.docs.fences import MARKS, Fence, fences
from tests.docs.test_docs import CHECKS, in_study
from typer.testing import CliRunner

from demarche.cli.main import app
from demarche.scenario import bundled

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
PAGES = [page for page in PAGES if not {"reference", "notebooks"} & set(page.relative_to(ROOT).parts)]
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.md"))
RUN = ("sh", "python")
SHOWN = ("text", "", "{eval-rst}")  # what is printed, pictures drawn in letters, what the build writes
SAVED = {"scenario": "scenarios", "experiment": "experiments"}
"""Kind of checked file -> where the page tells its readers to save it."""
PREPARED = ("quiet_or_vocal", "small_sobol", "my_study")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def runs(block: Fence) -> bool:
    return block.language in RUN and block.mark[0] in ("", "exit")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_is_run_or_says_why_not(page: Path) -> None:
    for block in fences(page):
        kind, told = block.mark
        assert kind in ("", *MARKS), f"{block}: no mark '{kind}'"
        if kind == "check":
            assert told.split()[0] in (*CHECKS, "source"), f"{block}: no check '{told}'"
        elif kind == "not run":
            assert len(told.split()) > 3, f"{block}: say why"
        elif kind == "file":
            assert block.language in ("yaml", "text", "python"), f"{block}: a file of which language?"
        else:
            assert block.language in (*RUN, *SHOWN), f"{block}: neither run nor marked"


@pytest.mark.parametrize("page", NOTEBOOKS, ids=name_of)
def test_notebooks_hold_cells_only(page: Path) -> None:
    """The build of the site runs all their cells, and stops at the first that fails."""
    blocks = fences(page)
    assert len(blocks) > 4
    assert {block.language for block in blocks} == {"{code-cell} ipython3"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled files, small, beside the examples of the guide, with results of three experiments."""
    folder = tmp_path_factory.mktemp("prepared")
    in_study(folder)
    package = bench.small_package(tmp_path_factory.mktemp("package"))
    shutil.copytree(package / "bundled", folder, dirs_exist_ok=True)
    (folder / "package").symlink_to(package)
    for name in PREPARED:
        words = ["run", str(folder / "experiments" / f"{name}.yaml"), "--out", str(folder / "results" / name)]
        done = CliRunner().invoke(app, [*words, "--quiet", "--no-figures"])
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def place(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what is prepared, where we stand; commands that copy bundled files copy small ones."""
    monkeypatch.setattr(bundled, "PACKAGE", (prepared / "package").resolve())
    monkeypatch.setenv("COLUMNS", "120")
    place = tmp_path / "place"
    shutil.copytree(prepared, place, ignore=shutil.ignore_patterns("package"))
    monkeypatch.chdir(place)
    yield place
    os.chdir(ROOT)


PAGES_THAT_RUN = [page for page in PAGES if any(runs(block) or block.mark[0] == "file" for block in fences(page))]


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES_THAT_RUN, ids=name_of)
def test_the_blocks_of_a_page_run_in_order(page: Path, place: Path) -> None:
    space: dict[str, Any] = {}
    printed = ""
    for block in fences(page):
        if block.mark[0] == "file":
            path = Path(block.mark[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.mark[0] == "check" and (folder := SAVED.get(block.mark[1].split()[0])):
            Path(folder, f"{block.mark[1].split()[1]}.yaml").write_text(block.text, encoding="utf-8")
        elif runs(block) and block.language == "sh":
            printed = bench.run_shell(block)
        elif runs(block):
            printed = bench.run_python(block, space)
        elif block.mark[0] == "printed":
            assert " ".join(block.text.split()) in " ".join(printed.split()), f"{block}: printed is\n{printed}"


def has_r() -> bool:
    look = ["Rscript", "-e", "library(ggplot2); library(dplyr)"]
    return bool(shutil.which("Rscript")) and subprocess.run(look, capture_output=True, check=False).returncode == 0


def page_for_r(place: Path) -> str:
    """Run the commands of the page for R and return its code; arrow's reader is replaced by one of the same tables."""
    page = fences(DOCS / "howto" / "r.md")
    for block in page:
        if block.language == "sh":
            bench.run_shell(block)
    code = "".join(block.text for block in page if block.language == "r")
    for name in re.findall(r'read_parquet\("(.+?)"\)', code):
        pd.read_parquet(place / name).to_csv(place / f"{name}.csv", index=False)
    return code.replace("library(arrow)", "read_parquet <- function(file) read.csv(paste0(file, '.csv'))")


@pytest.mark.long
def test_columns_that_the_page_for_r_names_are_there(place: Path) -> None:
    code = page_for_r(place)
    outcomes, series = (set(pd.read_csv(place / f"{name}.csv", nrows=1).columns)
                        for name in ("results/quiet_or_vocal/outcomes.parquet", "series.parquet"))  # fmt: skip
    assert {"account", "arm", "draw", "luck", "releases"} <= outcomes & set(re.findall(r"\w+", code))
    assert {"account", "arm", "date", "core_practice"} <= series & set(re.findall(r"\w+", code))
    for names in re.findall(r"group_by\((.+?)\)", code):
        assert set(names.split(", ")) <= outcomes | series
    assert (place / "archive" / "codebook.csv").is_file()


@pytest.mark.long
@pytest.mark.skipif(not has_r(), reason="needs R with dplyr and ggplot2")
def test_the_page_for_r_runs(place: Path) -> None:
    (place / "page.R").write_text(page_for_r(place), encoding="utf-8")
    done = subprocess.run(["Rscript", "page.R"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (place / "effect.pdf").is_file()
    assert (place / "path.pdf").is_file()


# what tries the pages is tried itself


def page_of(tmp_path: Path, text: str) -> list[Fence]:
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    return fences(tmp_path / "page.md")


def test_a_wrong_command_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    unknown, misspelt, stated, foreign = page_of(tmp_path, (
        "```sh\ndemarche rules show nothing.here\n```\n\n```sh\ndemarche acounts\n```\n\n"
        "<!-- exit: 2 -->\n```sh\ndemarche accounts\ndemarche rules show nothing.here\n```\n\n"
        "```sh\ncurl example.org\n```\n"
    ))  # fmt: skip
    for block in (unknown, misspelt, foreign):
        with pytest.raises(AssertionError, match=r"page\.md:"):
            bench.run_shell(block)
    assert "nothing.here" in bench.run_shell(stated)


def test_an_installation_that_ci_does_not_run_is_noticed(tmp_path: Path) -> None:
    (block,) = page_of(tmp_path, "```sh\n.venv/bin/pip install something\n```\n")
    with pytest.raises(AssertionError, match=r"\.ci/run does not run"):
        bench.run_shell(block)


def test_blocks_are_parted_as_a_reader_sees_them(tmp_path: Path) -> None:
    text = "```{code-cell} ipython3\n1\n```\n<!-- not run: it would take a whole day -->\n~~~r\n```\n~~~\n"
    cell, shown = page_of(tmp_path, text)
    assert (cell.language, cell.mark, cell.text) == ("{code-cell} ipython3", ("", ""), "1\n")
    assert (shown.language, shown.mark, shown.text) == ("r", ("not run", "it would take a whole day"), "```\n")
    with pytest.raises(ValueError, match=r"page\.md:1: this block is not closed"):
        page_of(tmp_path, "```sh\n1\n")


def test_bundled_files_are_made_smaller(tmp_path: Path) -> None:
    folder = bench.small_package(tmp_path) / "bundled"
    for path in (folder / "scenarios").glob("*.yaml"):
        assert bench.END in path.read_text(encoding="utf-8"), path.name
    assert "draws: 2" in (folder / "experiments" / "quiet_or_vocal.yaml").read_text(encoding="utf-8")
