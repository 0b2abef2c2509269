"""Commands: what they print, where they write, how they end."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from demarche.cli.main import app
from demarche.cli.say.numbers import interval, measured, number
from demarche.cli.say.progress import Pace, PipeLines
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError
from demarche.experiment.chunks import shards
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.ledger.ledger import Ledger
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Progress
from demarche.experiment.run.status import is_results, status_of
from demarche.figures.find import figures_of_experiments
from demarche.version import __version__
from tests.conftest import ROOT
from tests.unit.test_runner import EXPERIMENT, SCENARIO, write_tiny

HEAVY = ("numpy", "pandas", "pyarrow", "scipy", "matplotlib", "seaborn", "mesa", "yaml", "sklearn")


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def process(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command line in a process of its own."""
    code = "import sys; sys.argv[0] = 'demarche'; from demarche.cli.main import main; main()"
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("cli"))


@pytest.fixture(scope="module")
def ran(experiment: Path) -> tuple[Path, Result]:
    out = experiment.parent.parent / "out"
    return out, invoke("run", experiment, "--out", out, "--no-figures", "--workers", 1)


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys; from demarche.cli.main import app\n"
        "for arguments in (['--help'], ['--version'], ['run', '--help']):\n"
        "    try: app(arguments)\n"
        "    except SystemExit as end: assert not end.code\n"
        f"print('heavy:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert "heavy: []" in done.stdout


def test_run_prints_disagreements_differences_and_means(ran: tuple[Path, Result]) -> None:
    out, result = ran
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert "3 arms x 2 accounts x 3 replications = 18 runs" in text
    for word in ("T2 Strategic target", "T4 Domestic engine", "(persons)", "as_it_was", str(out)):
        assert word in text
    flat = " ".join(text.split())
    assert "quiet minus vocal: mean of 3 pairs with the same luck, 95 % interval" in flat
    assert "(t) over luck alone (at the account's medians), 3 independent replications" in flat
    assert "Only 3 independent replications: fewer than 5 make rough intervals." in flat
    assert text.index("disagree") < text.index("quiet minus vocal") < text.index("Means of all runs")
    means = open_results(out).outcomes().groupby(["arm", "account"])["sponsors"].mean()
    assert f"{means['vocal', 'strategic_target']:.1f}" in text.partition("Means of all runs")[2]
    assert f"{len(OUTCOMES) - 2} more outcomes were measured: demarche compare {out} --outcomes all" in text
    everything = " ".join(invoke("compare", out, "--outcomes", "all", "--no-figure").stdout.split())
    assert re.search(r"No two accounts disagree in sign on any of \d+ outcomes\.", everything)


@pytest.mark.long
def test_the_summary_shows_the_outcomes_of_the_scenario_and_why_one_has_no_number(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, EXPERIMENT + "record: {series: false, events: false}\n")
    scenario = next((tmp_path / "scenarios").glob("*.yaml"))
    text = scenario.read_text("utf-8").replace("[releases, sponsors]", "[exiles, core_practice_change]")
    scenario.write_text(text + "contrast: [vocal, as_it_was]\nreference: quiet\n", "utf-8")
    result = invoke("run", path, "--out", tmp_path / "out", "--no-figures", "--workers", 1)
    flat = " ".join(result.stdout.split())
    assert "Remark: " in flat
    assert "the outcome core_practice_change has no number in this period" in flat
    assert "vocal minus as_it_was: mean of 3 pairs" in flat
    shown = result.stdout.partition("vocal minus")[2]
    assert "exiles" in shown
    assert "sponsors" not in shown
    assert "Without a number: core_practice_change needs a period of 72 months or more" in flat
    checked = invoke("check", path, scenario)
    assert checked.exit_code == 0
    assert checked.stdout.count("72 months or more") == 2
    again = scenario.read_text("utf-8").replace("contrast: [vocal, as_it_was]", "contrast: [quiet, vocal]")
    scenario.write_text(again, "utf-8")
    told = invoke("run", path, "--out", tmp_path / "out", "--no-figures", "--workers", 1)
    assert "quiet minus vocal: mean of 3 pairs" in " ".join(told.stdout.split()), "a changed question is told anew"
    assert "18 kept from an earlier session" in told.stdout
    assert "contrast: [quiet, vocal]" in (tmp_path / "out" / open_results(tmp_path / "out").manifest.inputs["scenario"]
                                          ).read_text("utf-8")  # fmt: skip


def test_progress_goes_to_standard_error_and_quiet_says_only_where(ran: tuple[Path, Result], experiment: Path) -> None:
    assert "18 of 18 runs" in ran[1].stderr
    assert "of 18 runs" not in ran[1].stdout
    quiet = invoke("run", experiment, "--out", ran[0], "--quiet", "--no-figures")
    assert (quiet.exit_code, quiet.stdout.strip(), quiet.stderr) == (0, str(ran[0]), "")


def test_a_complete_folder_is_not_run_again(ran: tuple[Path, Result], experiment: Path) -> None:
    result = invoke("run", experiment, "--out", ran[0], "--no-figures")
    assert result.exit_code == 0
    assert "complete already; nothing was run again" in result.stdout


@pytest.mark.long
def test_results_go_to_a_folder_of_the_experiments_name(experiment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = experiment.parent.parent
    monkeypatch.chdir(root)
    lean = root / "experiments" / "lean.yaml"
    content = EXPERIMENT.replace("3", "1") + "arms: [quiet]\nrecord: {series: false, events: false}\n"
    lean.write_text(content, encoding="utf-8")
    result = invoke("run", "experiments/lean.yaml", "--no-figures")
    assert result.exit_code == 0, result.output
    assert open_results(root / "results" / "lean").manifest.runs["total"] == 2
    assert "minus" not in result.stdout


def test_figures_are_drawn_by_run_and_by_plot(
    ran: tuple[Path, Result], experiment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, tuple[str, ...], Path]] = []

    def draw(results: Path, figures: tuple[str, ...], out: Path, wish: object = None) -> list[Path]:
        asked.append((results, figures, out))
        return [out / f"{name}.png" for name in figures]

    monkeypatch.setattr("demarche.figures.draw.draw_all", draw)
    result = invoke("run", experiment, "--out", ran[0])
    assert f"({len(asked[0][1])} files)" in result.stdout
    assert "Figure releases is left out: it finds no tariff_deadline, summit or bid_decision" in result.stdout
    result = invoke("plot", ran[0], "--kind", "path,votes", "--out", "elsewhere")
    assert result.stdout.split() == [str(Path("elsewhere") / "path.png"), str(Path("elsewhere") / "votes.png")]
    result = invoke("plot", ran[0])
    assert "Figure releases is left out" in result.stderr
    defaults = asked[0][1]
    assert {"accounts", "contrast", "difference", "path", "persons", "rollcall", "votes"} <= set(defaults)
    assert not {"releases", "links", "talks"} & set(defaults), "left out, or on request only"
    assert asked == [
        (ran[0], defaults, ran[0] / "figures"),
        (ran[0], ("path", "votes"), Path("elsewhere")),
        (ran[0], defaults, ran[0] / "figures"),
    ]


@pytest.mark.long
def test_figures_are_drawn_again_when_runs_are_added(
    experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def draw(results: Path, figures: tuple[str, ...], out: Path) -> list[Path]:
        asked.append(figures)
        out.mkdir(exist_ok=True)
        for name in figures:
            (out / f"{name}.png").write_bytes(b"a picture")
        return []

    monkeypatch.setattr("demarche.figures.draw.draw_all", draw)
    one, two = (experiment.with_name(f"{name}.yaml") for name in ("one", "two"))
    for path, replications in ((one, "1"), (two, "2")):
        path.write_text(EXPERIMENT.replace("3", replications) + "figures: [accounts, votes]\n", encoding="utf-8")
    for path in (one, one, two):
        assert invoke("run", path, "--out", tmp_path / "out", "--workers", 1).exit_code == 0
    assert asked == [("accounts", "votes"), ("accounts", "votes")]
    (tmp_path / "out" / "figures" / "votes.png").unlink()
    assert invoke("results", "resume", tmp_path / "out").exit_code == 0
    assert asked[2:] == [("votes",)]


def test_the_summary_comes_before_the_figures(
    ran: tuple[Path, Result], experiment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(*_: object) -> list[Path]:
        raise DesignError("the pens are dry")

    monkeypatch.setattr("demarche.figures.draw.draw_all", draw)
    result = invoke("run", experiment, "--out", ran[0])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "the pens are dry."
    assert result.stdout.index("Results:") < result.stdout.index("Means of all runs")
    told = [json.loads(line) for line in invoke("run", experiment, "--out", ran[0], "--json").stdout.splitlines()]
    assert [line["event"] for line in told] == ["left_out", "finished"]
    assert "releases" in told[0]["figures"]


def test_failed_runs_end_with_code_1(experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("a share left its range")

    monkeypatch.setattr("demarche.experiment.chunks.shards.simulate_chunk", fail)
    result = invoke("run", experiment, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "18 runs failed" in result.stderr
    assert "run 0 (arm quiet, account strategic_target): ValueError: a share left its range" in result.stderr
    assert f"Repeat it with: demarche results rerun {tmp_path / 'out'} --run 0" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.long
def test_what_failed_is_told_before_the_others_are_drawn(
    experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shards.simulate_chunk

    def fail(setup: Any, runs: Any, **options: Any) -> Any:
        if "vocal" in runs.arm:
            raise ValueError("a share left its range")
        return whole(setup, runs, **options)

    monkeypatch.setattr(shards, "simulate_chunk", fail)
    monkeypatch.setattr("demarche.figures.draw.draw_all", lambda results, figures, out: [out / f for f in figures])
    result = invoke("run", experiment, "--out", tmp_path / "out", "--workers", 1)
    assert result.exit_code == 1
    assert "6 runs failed" in result.stderr
    drawn = re.search(r"Drawing (\d+) figures", result.stderr)
    assert drawn
    assert result.stderr.index("6 runs failed") < drawn.start()
    assert f"figures ({drawn[1]} files)" in result.stdout


@pytest.mark.long
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_stopped_batch_goes_on(experiment: Path, tmp_path: Path, sign: signal.Signals, code: int) -> None:
    many = experiment.with_name("many.yaml")
    many.write_text(EXPERIMENT.replace("3", "800") + "record: {series: false, events: false}\n", encoding="utf-8")
    out, small = tmp_path / "out", tmp_path / "small"
    assert invoke("run", experiment, "--out", small, "--no-figures", "--workers", 1).exit_code == 0
    assert status_of(small).counts["done"]  # what reads a ledger is loaded: the batch below must not end before a look
    arguments = ("run", str(many), "--out", str(out), "--no-figures", "--workers", "2")
    # what is started in the background, as continuous integration may be, is deaf to Ctrl-C and hands that on
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    first = process(*arguments, start_new_session=True, **heard)
    while not (is_results(out) and status_of(out).counts.get("done")) and first.poll() is None:
        time.sleep(0.02)  # until the ledger counts a chunk
    os.killpg(first.pid, sign)
    _, said = first.communicate(timeout=60)
    assert first.returncode == code
    assert "Traceback" not in said
    told = invoke("results", "show", out)
    assert f"Go on with: demarche results resume {out}" in told.stdout
    assert re.search(r"runs: [\d,]+ of 4,800, 0 failed", told.stdout)
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    assert "kept from an earlier session" in result.stdout
    assert open_results(out).outcomes()["run"].tolist() == list(range(4800))
    assert not list(out.rglob("*.part"))


def test_interruption_says_that_repeating_goes_on(
    experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("demarche.experiment.run.session.Session.work", interrupt)
    result = invoke("run", experiment, "--out", tmp_path / "out")
    assert result.exit_code == 130
    total = len(make_design(load_experiment(experiment)))
    assert f"Interrupted; 0 of {total:,} runs are written and kept. Repeat the command to go on." in result.stderr


@pytest.mark.long
@pytest.mark.parametrize(("kilobytes", "workers", "replications"), [(4, "1", 3), (70, "1", 3), (300, "2", 24)])
def test_a_full_disk_is_one_line_and_nothing_is_lost(
    experiment: Path, tmp_path: Path, kilobytes: int, workers: str, replications: int
) -> None:
    out, whole, file = tmp_path / "out", tmp_path / "whole", experiment.with_name("full.yaml")
    file.write_text(EXPERIMENT.replace("3", str(replications)), encoding="utf-8")
    assert invoke("run", file, "--out", whole, "--no-figures", "--workers", 1).exit_code == 0
    arguments = ("run", str(file), "--out", str(out), "--no-figures", "--quiet", "--workers", workers)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1000, kilobytes * 1000))

    full = process(*arguments, preexec_fn=limit)
    _, told = full.communicate(timeout=60)
    assert full.returncode == 5, told
    assert len(told.strip().splitlines()) == 1, told
    assert "then repeat the command; what was written is kept" in told
    shards = {path: path.stat().st_mtime_ns for path in recorded(out)}
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    assert {path: path.stat().st_mtime_ns for path in shards} == shards
    assert (out / "outcomes.parquet").read_bytes() == (whole / "outcomes.parquet").read_bytes()


def recorded(out: Path) -> list[Path]:
    """Return the shards that the ledger of an unfinished folder has as written."""
    path = out / "unfinished" / "ledger.sqlite"
    if not path.is_file():
        return []
    with Ledger.open(path) as ledger:
        chunks = [ledger.chunk(number) for number in ledger.chunk_numbers("done")]
    return [out / file.file for chunk in chunks for file in chunk.files]


def test_check_says_what_each_file_is(experiment: Path) -> None:
    scenario = experiment.parent.parent / "scenarios" / "tiny.yaml"
    cast = scenario.parent / "casts" / "china_1989.yaml"
    result = invoke("check", experiment, scenario, cast)
    assert result.exit_code == 0, result.output
    told = result.stdout.splitlines()
    remarks = [line for line in told if line.startswith("  Figure ")]
    assert any(remark.startswith("  Figure releases is left out: it finds no") for remark in remarks)
    lines = [line for line in told if line not in remarks]
    assert [line.split(": ")[1].split(",")[0] for line in lines] == ["experiment", "scenario", "cast"]
    assert all(line.endswith(": ok") for line in lines)


def test_check_tells_the_problems_of_all_files(experiment: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(f"scenario: none.yaml\n{name}: 1\n", encoding="utf-8")
    result = invoke("check", tmp_path / "one.yaml", experiment, tmp_path / "two.yaml")
    assert result.exit_code == 2
    assert "experiment, 3 arms" in result.stdout
    assert all(f"{name}.yaml:2:1" in result.stderr for name in ("one", "two"))


@pytest.mark.long
def test_validate_says_first_what_is_evidence_and_ends_with_code_0(experiment: Path, tmp_path: Path) -> None:
    page, drawn = tmp_path / "card.html", tmp_path / "card.png"
    result = invoke("validate", experiment, "--accounts-only", "--seed", 3, "--html", page, "--figure", drawn, "-w", 1)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("0 of 58 patterns are evidence; accounts cannot be ranked")
    assert "P02 the share of yes among yes and no stays just above one half" in result.stdout
    assert "inputs encode an outcome" in result.stdout
    assert "<title>Scorecard</title>" in page.read_text(encoding="utf-8")
    assert drawn.stat().st_size > 0


@pytest.mark.long
def test_validate_takes_a_results_folder(ran: tuple[Path, Result]) -> None:
    result = invoke("validate", ran[0], "--accounts-only", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert len(found["patterns"]) == 58
    assert set(found["supports"]) == {"strategic_target", "domestic_engine"}
    assert found["patterns"]["P02"]["columns"]["strategic_target"]["verdict"] == "not applicable"


@pytest.mark.long
def test_validate_fits_on_a_screen(experiment: Path) -> None:
    result = invoke("validate", experiment, "--accounts-only", "--brief", "-w", 1)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) < 50


def test_init_copies_once_and_says_what_is_next(tmp_path: Path) -> None:
    result = invoke("init", tmp_path / "mine")
    assert result.exit_code == 0, result.output
    assert f"Next: cd {tmp_path / 'mine'} && demarche run experiments/quiet_or_vocal.yaml" in result.stdout
    assert (tmp_path / "mine" / "scenarios" / "quiet_or_vocal.yaml").is_file()
    again = invoke("init", tmp_path / "mine")
    assert again.exit_code == 2
    assert "already exists" in again.stderr


def test_schema_writes_both_files(tmp_path: Path) -> None:
    result = invoke("schema", "--out", tmp_path / "s")
    assert result.exit_code == 0, result.output
    for name in ("scenario", "experiment"):
        content = json.loads((tmp_path / "s" / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert content["title"] == f"Demarche {name}"
    assert content["properties"]["figures"]["items"]["enum"] == list(figures_of_experiments())


def test_progress_in_a_pipe_is_a_line_a_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    lines = PipeLines()
    for done in range(101):
        lines(Progress(done, 0, 0, 100))
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 11
    assert told[0] == "0 of 100 runs, 0 s"
    assert told[5].startswith("50 of 100 runs, 0 s, ")
    assert told[5].endswith(" runs a second, 0 s left")
    assert told[-1] == "100 of 100 runs, 0 s"


def test_runs_under_way_are_told_as_work(capsys: pytest.CaptureFixture[str]) -> None:
    lines = PipeLines()
    for progress in (Progress(0, 0, 0, 200), Progress(0, 0, 0, 200, 48), Progress(100, 0, 0, 200, 10)):
        lines(progress)
    told = [line.split(",")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == ["0 of 200 runs", "work of 48 of 200 runs", "work of 110 of 200 runs"]


def test_pace_counts_from_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = iter([0.0, 1.0, 11.0])
    monkeypatch.setattr("demarche.cli.say.progress.time.monotonic", lambda: next(moment))
    pace = Pace()
    pace.see(Progress(500, 0, 500, 2500))
    assert (pace.text, pace.rate) == ("", None)
    pace.see(Progress(600, 10, 500, 2500))
    assert pace.rate == 10.0
    assert pace.text == "10 runs a second, 3 min left"


@pytest.mark.long
def test_json_lines_are_for_programs(experiment: Path, tmp_path: Path) -> None:
    result = invoke("run", experiment, "--out", tmp_path / "out", "--no-figures", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["event"] for line in lines[:-1]] == ["progress"] * (len(lines) - 1)
    assert (lines[0]["done"], lines[0]["total"], lines[0]["runs_per_second"]) == (0, 18, None)
    assert (lines[-2]["done"], lines[-2]["seconds_left"]) == (18, 0.0)
    end = lines[-1]
    assert end["event"] == "finished"
    assert end["runs"] == {"total": 18, "done": 18, "failed": 0, "killed": 0}
    assert end["results"] == str(tmp_path / "out")


def test_numbers_for_readers() -> None:
    assert number(-0.0001, "share") == "0.000"
    assert number(1234.56, "persons", sign=True) == "+1,234.6"
    assert interval(1.0, float("nan"), float("nan"), "persons") == "+1.0\nno interval"
    assert interval(0.02, 0.01, 0.03, "share") == "+0.020\n+0.010 to +0.030"
    assert measured((0.5, float("nan"))) == "0.5, -"


def test_a_move_without_occasion_is_told_at_the_end(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("  as_it_was: {}\n", "  as_it_was: {}\n  bound: {moves: class.yaml}\n")
    path = write_tiny(tmp_path, EXPERIMENT + "arms: [bound]\n", scenario)
    move = "{month: 1990-03, decision: accept_talks, actors: [SWE], option: accept}"
    (tmp_path / "scenarios" / "class.yaml").write_text(f"moves:\n  - {move}\n", encoding="utf-8")
    result = invoke("run", path, "--out", tmp_path / "out", "--no-figures")
    assert result.exit_code == 0, result.output
    told = re.search(r"A move found no occasion: accept_talks of SWE in 1990-03, (\d) runs?\.", result.stdout)
    assert told is not None
    assert 1 <= int(told[1]) <= 6


@pytest.mark.long
def test_compare_says_which_outcome_no_run_has(tmp_path: Path) -> None:
    brief = EXPERIMENT.replace("replications: 3", "replications: 1") + "record: {series: false, events: false}\n"
    experiment = write_tiny(tmp_path, brief, SCENARIO + "calendar: {remove: [session]}\n")
    assert invoke("run", experiment, "--out", tmp_path / "out", "--no-figures", "-q", "--workers", 1).exit_code == 0
    asked = ("--outcomes", "no_action_margin,releases", "--no-figure")
    flat = " ".join(invoke("compare", tmp_path / "out", *asked).stdout.split())
    assert "no_action_margin is missing in all pairs of runs, such as a margin without a vote." in flat
    assert "releases is missing" not in flat
    assert "n = 1 pair, 1 independent unit." in flat


def test_the_package_runs_as_a_module() -> None:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "demarche", "--version"], env={**os.environ, "PYTHONPATH": path}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout == f"demarche {__version__}\n"
