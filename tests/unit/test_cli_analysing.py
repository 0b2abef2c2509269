"""Commands that analyse: what they say first, what they refuse, what they write."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from demarche.analysis.comparison.answer import compare
from demarche.cli.main import app
from demarche.cli.say.choosing import split_names
from demarche.cli.say.comparing import half_widths
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from tests.unit.test_runner import EXPERIMENT, write_tiny

LEAN = "record: {series: false, events: false}\n"
PATHS = ("rate.detain_stock", "rate.representation_private")
RANGES = f"vary:\n  {PATHS[0]}: {{range: [20.0, 90.0]}}\n  {PATHS[1]}: {{range: [0.01, 0.3]}}\n"
FILES = {
    "grid": f"vary:\n  {PATHS[1]}: {{values: [0.01, 0.3]}}\n",
    "sampled": f"design: latin_hypercube\npoints: 14\narms: [quiet, vocal]\n{RANGES}",
    "saltelli": f"design: saltelli\nbase_points: 16\narms: [quiet, vocal]\naccounts: [strategic_target]\n{RANGES}",
    "morris": f"design: morris\ntrajectories: 8\nlevels: 4\narms: [quiet]\naccounts: [strategic_target]\n{RANGES}",
}


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


class Folders(dict[str, Path]):
    """Results by name, run when they are first asked for."""

    def __missing__(self, name: str) -> Path:
        path = self["file"].with_name(f"{name}.yaml")
        lucks = "1" if name in ("saltelli", "morris") else "3"
        path.write_text(EXPERIMENT.replace("3", lucks) + LEAN + FILES.get(name, ""), "utf-8")
        self[name] = self["file"].parent.parent / name
        run_experiment(load_experiment(path), self[name], workers=1)
        return self[name]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Results of one year for each kind of design; the first three replications of a single point as `plain`."""
    return Folders(file=write_tiny(tmp_path_factory.mktemp("analysing"), EXPERIMENT + LEAN))


@pytest.mark.long
def test_compare_says_disagreements_first_and_writes_table_and_figure(folders: dict[str, Path], tmp_path: Path) -> None:
    to = tmp_path / "differences.csv"
    result = invoke("compare", folders["plain"], "--outcomes", "all", "--to", to)
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert text.index("disagree") < text.index("Difference to as_it_was: pairs of runs with the same luck")
    assert "mean; *: clear of 0 (95 % interval of the mean (t)" in text
    assert re.search(r"n = (\d to )?3 pairs", text)
    assert f"No figure: {len(OUTCOMES)} outcomes are more than one can show, which is 24." in text
    written = pd.read_csv(to)
    told = compare(open_results(folders["plain"]), outcomes=["releases", "sponsors"]).table
    merged = written.merge(told, on=["account", "level", "outcome"], suffixes=("", "_told"))
    assert len(written) == 2 * 2 * len(OUTCOMES)
    assert len(merged) == 2 * 2 * 2
    assert merged[["mean", "low", "high"]].to_numpy() == pytest.approx(
        merged[["mean_told", "low_told", "high_told"]].to_numpy()
    )
    clear = written[(written["low"] > 0.05) | (written["high"] < -0.05)]["outcome"]
    alike = re.search(r"No difference in the digits shown: (.*)\.", text)
    assert alike is not None
    assert set(alike[1].split(", ")).isdisjoint(clear)
    few = invoke("compare", folders["plain"]).stdout
    figure = folders["plain"] / "figures" / "compare_arm.png"
    assert "P: probability of lying above" in few
    assert str(figure) in few
    assert figure.is_file()
    assert "Difference of each arm to as_it_was" in figure.with_suffix(".txt").read_text("utf-8")


@pytest.mark.long
def test_compare_between_accounts_and_with_other_intervals(folders: dict[str, Path]) -> None:
    result = invoke("compare", folders["plain"], "--between", "account", "--outcomes", "sponsors", "--no-figure",
                    "--interval", "bootstrap", "--half-width", "0.5", "--reference", "domestic_engine")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "Difference to domestic_engine" in result.stdout
    assert "bootstrap" in result.stdout
    assert "for ±0.5" in result.stdout
    assert "accounts" not in result.stdout.partition("Difference")[0]
    assert not (folders["plain"] / "figures" / "compare_account.png").exists()


@pytest.mark.long
def test_compare_between_values_of_a_parameter(folders: dict[str, Path]) -> None:
    result = invoke("compare", folders["grid"], "--between", PATHS[1], "--outcomes", "releases", "--no-figure")
    assert result.exit_code == 0, result.output
    assert "Difference to 0.01: pairs" in result.stdout
    assert "T2 Strategic target, quiet" in result.stdout
    assert result.stdout.count("  0.3  ") == 6
    assert invoke("compare", folders["grid"], "--between", PATHS[1], "--reference", "0.3", "--no-figure").exit_code == 0


@pytest.mark.long
def test_runs_that_cannot_be_paired_are_refused_unless_asked(folders: dict[str, Path]) -> None:
    arguments = ("compare", folders["sampled"], "--between", PATHS[1], "--outcomes", "releases", "--no-figure")
    refused = invoke(*arguments)
    assert refused.exit_code == 2
    assert "the runs cannot be paired" in refused.stderr
    assert "add --unpaired" in refused.stderr
    asked = invoke(*arguments, "--unpaired")
    assert asked.exit_code == 0, asked.output
    assert "do NOT share their luck" in asked.stdout
    assert "Welch's t" in asked.stdout
    assert "has 14 values: the halves below and above" in asked.stderr


def test_runs_without_a_partner_are_left_out_and_counted(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from demarche.experiment.results.store import Results

    whole = open_results(folders["plain"]).outcomes()
    monkeypatch.setattr(Results, "outcomes", lambda self: whole[whole["run"] != 4])
    result = invoke("compare", folders["plain"], "--no-figure", "--outcomes", "releases")
    assert "1 pair was left out: a run failed" in result.stderr
    assert "n = 2 to 3 pairs" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--between", "arms"), "Did you mean 'arm'"),
        (("--reference", "quite"), "Did you mean 'quiet'"),
        (("--outcomes", "relases"), "Did you mean 'releases'"),
        (("--interval", "normal"), "no interval is called 'normal'"),
        (("--by", "arm"), "no other column is called 'arm'"),
        (("--half-width", "2"), "the outcomes differ in unit"),
        (("--half-width", "releases=-1"), "a half-width must be a number above 0"),
        (("--half-width", "relases=1"), "Did you mean 'releases'"),
    ],
)
def test_bad_options_of_compare_are_told(folders: dict[str, Path], arguments: tuple[str, str], words: str) -> None:
    result = invoke("compare", folders["plain"], *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.long
def test_reps_proposes_a_number(folders: dict[str, Path], tmp_path: Path) -> None:
    to = tmp_path / "reps.csv"
    result = invoke("reps", folders["file"], "--pilot", 3, "--outcomes", "sponsors", "--half-width", 1, "--to", to)
    assert result.exit_code == 0, result.output
    table = pd.read_csv(to)
    assert set(table["what"]) == {"mean", "difference"}
    most = int(table["needed"].max())
    assert f"Means and differences: {most:,} replications ({most * 6:,} runs" in result.stdout
    assert "The file asks for 3." in result.stdout
    assert "18 of 18 runs" in result.stderr
    quiet = invoke("reps", folders["file"], "--pilot", 3, "--outcomes", "sponsors", "--half-width", 1, "--quiet")
    assert (quiet.stdout.strip(), quiet.stderr) == (str(most), "")


@pytest.mark.long
def test_sensitivity_writes_sobol_indices_of_each_arm(folders: dict[str, Path]) -> None:
    result = invoke("sensitivity", folders["saltelli"], "--outcomes", "answered_asks,asks")
    assert result.exit_code == 0, result.output
    table = pd.read_csv(folders["saltelli"] / "tables" / "sensitivity_saltelli.csv")
    assert set(table["index"]) == {"first", "total", "second"}
    assert set(table["parameter"]) == set(PATHS)
    assert sorted(set(table["n_base"])) == [4, 8, 16]
    assert "answered_asks (quiet, strategic_target), base sample 16" in result.stdout
    for arm in ("quiet", "vocal"):
        assert (folders["saltelli"] / "figures" / f"sensitivity_{arm}.png").is_file()
    between = invoke("sensitivity", folders["saltelli"], "--between", "quiet,vocal", "--no-figure")
    assert "quiet minus vocal" in between.stdout


@pytest.mark.long
def test_sensitivity_reads_a_morris_design(folders: dict[str, Path], tmp_path: Path) -> None:
    result = invoke("sensitivity", folders["morris"], "--outcomes", "releases", "--to", tmp_path)
    assert result.exit_code == 0, result.output
    table = pd.read_csv(tmp_path / "sensitivity_morris.csv")
    assert set(table["index"]) == {"mu_star", "mu", "sigma"}
    assert (table[table["index"] == "mu_star"]["value"] >= 0).all()
    assert "persons over the range" in result.stdout
    assert (folders["morris"] / "figures" / "sensitivity.png").is_file()


def test_sensitivity_of_another_design_is_refused(folders: dict[str, Path]) -> None:
    result = invoke("sensitivity", folders["plain"])
    assert result.exit_code == 2
    assert "sensitivity indices need another design than 'factorial'" in result.stderr


def test_sensitivity_without_salib_says_what_to_install(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    result = invoke("sensitivity", folders["saltelli"], "--outcomes", "releases")
    assert result.exit_code == 2
    assert "pip install SALib" in result.stderr


@pytest.mark.long
def test_split_says_which_decides(folders: dict[str, Path]) -> None:
    result = invoke("sensitivity", folders["sampled"], "--split", "--outcomes", "releases,sponsors")
    assert result.exit_code == 0, result.output
    for words in ("strategy x account x parameters", "releases: ", "bootstrap over replications and sampled points"):
        assert words in result.stdout
    table = pd.read_csv(folders["sampled"] / "tables" / "variance_split.csv")
    single = table[~table["term"].str.startswith("all ")].groupby("outcome")["share"].sum()
    assert single.to_list() == pytest.approx([1.0, 1.0])
    assert (folders["sampled"] / "figures" / "variance_split.png").is_file()


def test_a_split_needs_two_replications(folders: dict[str, Path]) -> None:
    result = invoke("sensitivity", folders["morris"], "--split")
    assert result.exit_code == 2
    assert "replications: 2" in result.stderr


@pytest.mark.parametrize("method", ["prim", "tree"])
def test_discover_says_what_it_found_or_that_there_is_nothing(
    folders: dict[str, Path], tmp_path: Path, method: str
) -> None:
    to = tmp_path / "boxes.csv"
    result = invoke("discover", folders["sampled"], "--outcome", "sponsors", "--between", "vocal,quiet",
                    "--method", method, "--to", to)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "vocal ends higher than quiet in sponsors" in result.stdout
    assert "of 28 cases (design points in an account)" in result.stdout
    assert ("Nothing was found" in result.stdout) != ("density" in result.stdout)
    assert list(pd.read_csv(to).columns)[:2] == ["kind", "conditions"]


def test_discover_finds_a_planted_condition(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from demarche.experiment.results.store import Results

    frame = open_results(folders["sampled"]).outcomes()
    better = (frame["arm"] == "quiet") & (frame["account"] == "strategic_target")
    planted = frame.assign(releases=np.where(better, 9.0, 5.0 - (frame["arm"] == "quiet")))
    monkeypatch.setattr(Results, "outcomes", lambda self: planted)
    result = invoke("discover", folders["sampled"])
    assert "quiet ends higher than vocal in releases in 50 % of 28 cases" in result.stdout
    assert "Where account is strategic_target:" in result.stdout
    assert "density 1.00 (so in 14 of 14 cases; outside 0.00), coverage 1.00, mass 0.50" in result.stdout
    assert "quasi p value of each condition: account < 0.001" in result.stdout
    figure = folders["sampled"] / "figures" / "discover_prim.txt"
    assert "account is strategic_target: density 1.00" in figure.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--between", "quiet,vocla"), "Did you mean 'vocal'"),
        (("--between", "quiet"), "two different arms are needed"),
        (("--method", "forest"), "no method is called 'forest'"),
        (("--outcome", "relases"), "Did you mean 'releases'"),
    ],
)
def test_bad_options_of_discover_are_told(folders: dict[str, Path], arguments: tuple[str, str], words: str) -> None:
    result = invoke("discover", folders["plain"], *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_damaged_table_is_noticed_before_any_number(folders: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folders["plain"], broken)
    content = bytearray((broken / "outcomes.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (broken / "outcomes.parquet").write_bytes(content)
    for command in (("compare",), ("sensitivity", "--split"), ("discover",)):
        result = invoke(*command, broken)
        assert result.exit_code == 3
        assert not result.stdout


def test_half_widths_are_read_by_outcome() -> None:
    assert half_widths("2", ["releases", "exiles"]) == {"releases": 2.0, "exiles": 2.0}
    assert half_widths("releases=2, sponsors=0.5", ["releases", "sponsors"]) == {"releases": 2.0, "sponsors": 0.5}
    assert half_widths("", ["releases"]) == {}
    with pytest.raises(DesignError, match="above 0"):
        half_widths("nan", ["releases"])
    assert split_names(" a, ,b") == ["a", "b"]
