"""A table of runs as CSV: read, refused with every problem at its place, written and read again."""

from __future__ import annotations

import dataclasses
import functools
import io
import shutil
from pathlib import Path

import numpy as np
import pytest

from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.design.named_rules import Scope
from demarche.experiment.design.run_table import read_table
from demarche.experiment.design.table import make_design
from demarche.experiment.design.writing import write_design
from demarche.reading.tables import column_of
from demarche.rules.find import packaged
from demarche.scenario.load import load_scenario
from tests.conftest import ROOT

FIRST, SECOND = "senders.lists.names", "senders.habit.weight"
ARMS, ACCOUNTS = ("quiet", "vocal"), ("leverage_toolbox", "domestic_engine")
HEAD = """\
scenario: ../scenarios/quiet_or_vocal.yaml
replications: 3
seed: 7
"""
TABLE = "design: table\ntable: rows.csv\n"

read_cast = functools.cache(load_cast)
read_scenario = functools.cache(lambda path: load_scenario(path, read_cast))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study") / "project"
    shutil.copytree(ROOT / "scenarios", root / "scenarios")
    (root / "experiments").mkdir()
    return root


def load(project: Path, rows: str, text: str = TABLE) -> Experiment:
    (project / "experiments" / "rows.csv").write_text(rows, encoding="utf-8")
    path = project / "experiments" / "one.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_experiment(path, read_scenario)


def problems(tmp_path: Path, content: str | bytes) -> list[str]:
    """Return the messages about a table, each from the name of the file on."""
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ScenarioError) as caught:
        read_table(path, ARMS, Scope(packaged(), ACCOUNTS), 3)
    for problem in caught.value.problems:
        assert problem.fix or problem.did_you_mean or problem.expected
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_rows_name_arm_account_and_replication(project: Path) -> None:
    rows = (
        f"arm,account,replication,{FIRST}\n"
        "vocal,leverage_toolbox,2,1.5\n\nquiet,leverage_toolbox,0,2e0\nquiet,leverage_toolbox,0,1.5\n"
    )
    experiment = load(project, rows)
    assert (experiment.arms, experiment.accounts) == (("quiet", "vocal"), ("leverage_toolbox",))
    assert (experiment.n_runs, experiment.points, experiment.is_full) == (3, 2, False)
    assert [path.name for path in experiment.files] == ["one.yaml", "rows.csv"]
    design = make_design(experiment)
    runs, index = design.to_runs(), design.index(np.arange(3))
    assert (runs.arm, index["replication"].tolist()) == (["quiet", "quiet", "vocal"], [0, 0, 2])
    assert runs.values[FIRST].tolist() == [1.5, 2.0, 1.5]


def test_what_the_table_leaves_out_means_all(project: Path) -> None:
    experiment = load(project, f"{FIRST},{SECOND}\n1.5,1\n2.5,0.5\n", f"arms: [vocal, quiet]\n{TABLE}")
    assert experiment.n_runs == 2 * 4 * 2 * 3
    assert experiment.is_full
    design = make_design(experiment)
    plain = make_design(dataclasses.replace(experiment, design="list", vary={}))
    assert design.parameters == (FIRST, SECOND)
    assert len(plain) == 2 * 4 * 3
    assert design.to_runs([0]).arm == ["vocal"]


def test_a_larger_table_holds_the_runs_of_a_smaller_one(project: Path) -> None:
    few = make_design(load(project, f"{FIRST}\n1.5\n2.5\n"))
    many = make_design(load(project, f"{FIRST}\n3.5\n2.5\n1.5\n"))
    assert set(few.keys()) < set(many.keys())


def test_a_design_that_is_written_is_the_same_when_read(project: Path) -> None:
    ablation = load(project, "", "accounts: [leverage_toolbox, domestic_engine]\ndesign: ablation\nrules: [dialogue]\n")
    first = make_design(ablation)
    stream = io.StringIO()
    write_design(first, stream)
    text = f"arms: [{', '.join(first.arms)}]\n{TABLE}"
    shared = {path for path in first.parameters if f"{path}," in stream.getvalue() or f"{path}\n" in stream.getvalue()}
    assert shared == set(first.parameters)
    again = make_design(load(project, stream.getvalue(), text))
    assert len(again) == len(first)
    assert set(again.keys()) == set(first.keys())


def test_arms_that_no_row_names_are_refused(project: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(project, f"arm,{FIRST}\nquiet,1\n", f"arms: [quiet, vocal]\n{TABLE}")
    assert "one.yaml:4:15: arms.1: no row of the table has this arm" in str(caught.value)


def test_all_problems_of_a_table_are_told_with_those_of_the_experiment(project: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(project, f"arm,{FIRST}\nloud,9\n")
    text = str(caught.value)
    assert "one.yaml:5:8: table: the table cannot be used" in text
    assert "rows.csv:2:1: arm: unknown arm" in text
    assert f"rows.csv:2:6: {FIRST}: the value is out of range" in text


def test_wrong_cells_are_told_at_their_place(tmp_path: Path) -> None:
    rows = [
        f"arm,replication,{FIRST}",
        "quite,0,1.5",
        "quiet,3,1.5",
        'quiet,1,"one"',
        "vocal,1,",
        "vocal,1,99",
        "vocal,2,1_0",
        "vocal,2,nan",
        "vocal,2,1,5",
        "vocal,0,1.5",
        "vocal,0,1.50",
        'vocal,0,"1.5',
    ]
    found = problems(tmp_path, "\n".join(rows))
    places = [text.split(": ")[0] for text in found]
    assert places == [
        "rows.csv:2:1", "rows.csv:3:7", "rows.csv:4:9", "rows.csv:5:9", "rows.csv:6:9", "rows.csv:7:9", "rows.csv:8:9",
        "rows.csv:9:1", "rows.csv:11:1", "rows.csv:12:1",
    ]  # fmt: skip
    wanted = (
        "Did you mean 'quiet'", "0 to 2", "not a number", "Found: nothing", "a number from 1 to 8", "not a number",
        "not a number", "wrong number of cells", "repeats line 10", "cannot be split",
    )  # fmt: skip
    for part, text in zip(wanted, found, strict=True):
        assert part in text


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "1:1: the header is missing"),
        (f"{FIRST}\n", "2:1: the table has no rows"),
        (f"arm;{FIRST}\nquiet;1,5\n", "1:1: the cells are not separated by commas"),
        (f"arm\t{FIRST}\n", "1:1: the cells are not separated by commas"),
        (f"arm,{FIRST[:-1]}\nquiet,1\n", f"1:5: unknown column.\n  Found: '{FIRST[:-1]}'"),
        (f"{FIRST},{FIRST}\n1,1\n", f"1:{len(FIRST) + 2}: the column is there twice"),
        ("point,seed\n0,1\n", "1:1: unknown column"),
        (b"\xff\xfea\x00", "1:1: the file is not text in UTF-8"),
        (f"{FIRST}\n1\x00\n", "2:2: the character U+0000 cannot be seen"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, content: str | bytes, part: str) -> None:
    assert part in "\n".join(problems(tmp_path, content))


def test_of_very_many_problems_the_first_are_told(tmp_path: Path) -> None:
    found = problems(tmp_path, f"{FIRST}\n" + "x\n" * 500)
    assert len(found) == 101
    assert "400 more problems" in found[-1]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(f"\ufeff{FIRST}\r\n1.5\r\n".encode())
    assert read_table(path, ARMS, Scope(packaged(), ACCOUNTS), 1).points.tolist() == [[1.5]]


def test_columns_count_characters() -> None:
    assert [column_of('a,"b,c",d', cell) for cell in range(3)] == [1, 3, 9]
