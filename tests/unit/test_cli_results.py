"""Commands on results folders: list, show, verify, resume, rerun, export."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pytest

from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate_chunk
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.seeds import replication_seed
from demarche.experiment.results.crate import FORMATS
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Progress
from demarche.experiment.run.runner import run_experiment
from demarche.experiment.tables.files import lock, sha256
from demarche.report.facts import commands
from tests.unit.test_cli import invoke
from tests.unit.test_runner import THREES, write_tiny


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with finished results and with unfinished ones."""
    root = tmp_path_factory.mktemp("results")
    experiment = load_experiment(write_tiny(root))
    run_experiment(experiment, root / "results" / "finished", means=THREES)

    def stop(progress: Progress) -> None:
        if progress.done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(experiment, root / "results" / "group" / "begun", progress=stop, means=THREES)
    return root


@pytest.fixture
def copied(place: Path, tmp_path: Path) -> Path:
    return shutil.copytree(place / "results" / "finished", tmp_path / "copied")


@pytest.mark.long
def test_list_tells_the_state_of_every_folder(place: Path, tmp_path: Path) -> None:
    result = invoke("results", "list", place / "results")
    assert result.exit_code == 0, result.output
    finished, begun = (line for line in result.stdout.splitlines() if line.lstrip().startswith(("group/", "finished")))
    assert all(word in finished for word in ("A tiny case", " 18 ", " finished "))
    assert "6 of 18" in begun
    assert "unfinished" in begun
    nothing = invoke("results", "list", tmp_path)
    assert nothing.exit_code == 2
    assert "there are no results here" in nothing.stderr


def test_list_tells_damaged_and_held_folders(place: Path, copied: Path) -> None:
    (copied / "ledger.sqlite").write_bytes(b"other")
    assert "Tables can be read; make it again with" in " ".join(invoke("results", "list", copied).stdout.split())
    (copied / "manifest.json").write_bytes(b"other")
    told = invoke("results", "list", copied).stdout
    assert " damaged " in told
    assert ".: the manifest is damaged: it cannot be read" in told
    with lock(place / "results" / "finished"):
        told = invoke("results", "list", place / "results").stdout
    assert " running " in told
    assert "finished: in use by process" in told


def test_show_tells_what_results_rest_on(place: Path) -> None:
    result = invoke("results", "show", place / "results" / "finished")
    manifest = open_results(place / "results" / "finished").manifest
    assert result.exit_code == 0, result.output
    for text in ("runs: 18, 0 failed", "1990-01 to 1990-12", "seed 7", manifest.digests["rules"], "numpy"):
        assert text in result.stdout
    begun = place / "results" / "group" / "begun"
    assert f"Go on with: demarche results resume {begun}" in invoke("results", "show", begun).stdout
    nothing = invoke("results", "show", place)
    assert nothing.exit_code == 3
    assert "this is not a results folder" in nothing.stderr


@pytest.mark.long
def test_verify_finds_every_damaged_file(copied: Path) -> None:
    result = invoke("results", "verify", copied)
    assert result.exit_code == 0, result.output
    assert "40 files" in result.stdout
    path = copied / "events" / "part-00002.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    result = invoke("results", "verify", copied)
    assert result.exit_code == 3
    assert "part-00002.parquet: the file is not the one that was written" in result.stderr
    assert invoke("results", "resume", copied, "--quiet", "--no-figures").exit_code == 0
    assert invoke("results", "verify", copied).exit_code == 0


@pytest.mark.long
def test_resume_goes_on_from_the_folder_alone(place: Path, tmp_path: Path) -> None:
    out = shutil.copytree(place / "results" / "group" / "begun", tmp_path / "begun")
    result = invoke("results", "resume", out, "--no-figures")
    assert result.exit_code == 0, result.output
    assert "6 kept from an earlier session" in result.stdout
    outcomes = [root / "outcomes.parquet" for root in (out, place / "results" / "finished")]
    assert outcomes[0].read_bytes() == outcomes[1].read_bytes()
    again = invoke("results", "resume", out, "--no-figures")
    assert "complete already; nothing was run again" in again.stdout


@pytest.mark.long
def test_rerun_gives_the_same_numbers(place: Path, copied: Path) -> None:
    result = invoke("results", "rerun", place / "results" / "finished", "--run", 7)
    assert result.exit_code == 0, result.output
    assert "run 7: arm vocal, account strategic_target" in result.stdout
    assert "Every outcome is the same, to the last bit." in result.stdout
    missing = invoke("results", "rerun", place / "results" / "finished", "--run", 18)
    assert missing.exit_code == 2
    assert "0 to 17" in missing.stderr


@pytest.mark.long
def test_a_failed_run_is_told_with_the_command_that_repeats_it(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = replication_seed(7, 1)

    def fail(setup: object, runs: Runs, **options: bool) -> object:
        if runs.arm[0] == "quiet" and bad in runs.seed:
            raise ValueError("a share left its range")
        return simulate_chunk(setup, runs, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("demarche.experiment.chunks.shards.simulate_chunk", fail)
    out = tmp_path / "out"
    result = invoke("run", place / "experiments" / "tiny.yaml", "--out", out, "--no-figures", "--quiet")
    assert result.exit_code == 1
    assert f"demarche results rerun {out} --run 1" in result.stderr
    shown = invoke("results", "show", out).stdout
    assert "run 1 (quiet, strategic_target) failed: ValueError: a share left its range" in shown
    assert f"demarche results rerun {out} --run 4" in shown
    repeated = invoke("results", "rerun", out, "--run", 1)
    assert repeated.exit_code == 0, "the worker has its own, sound engine"
    monkeypatch.undo()
    again = invoke("results", "resume", out, "--failed", "--no-figures", "--quiet")
    assert again.exit_code == 0, again.output
    assert (out / "outcomes.parquet").read_bytes() == (
        place / "results" / "finished" / "outcomes.parquet"
    ).read_bytes()


@pytest.mark.parametrize("table", ["runs", "outcomes", "series", "events", "calendar"])
def test_export_writes_a_table(place: Path, tmp_path: Path, table: str) -> None:
    results = open_results(place / "results" / "finished")
    whole = getattr(results, table)()
    for ending in ("csv", "parquet"):
        path = tmp_path / f"{table}.{ending}"
        result = invoke("results", "export", results.path, "--table", table, "--to", path)
        assert result.exit_code == 0, result.output
        assert f"{len(whole):,} row" in result.stdout
        read = pd.read_csv(path) if ending == "csv" else pd.read_parquet(path)
        read = read.drop(columns=["arm", "account", "date"] if table in ("series", "events") else [])
        assert list(read.columns) == list(whole.columns)
        assert len(read) == len(whole)
    assert read.equals(whole)


def test_export_refuses_what_it_cannot_write(place: Path, tmp_path: Path) -> None:
    root = place / "results" / "finished"
    mistakes = {
        ("--to", tmp_path / "o.xlsx"): "a file that ends in .csv or .parquet",
        ("--to", tmp_path / "none" / "o.csv"): "there is no such folder",
        ("--to", root / "outcomes.parquet"): "this file is there already",
        ("--to", tmp_path / "o.csv", "--table", "serie"): "Did you mean 'series'?",
        ("--crate", root): "the crate needs an empty folder",
        (): "one of --to and --crate is needed",
    }
    for arguments, text in mistakes.items():
        result = invoke("results", "export", root, *arguments)
        assert result.exit_code == 2
        assert text in result.stderr


def test_a_crate_has_everything_to_cite_and_repeat(place: Path, copied: Path, tmp_path: Path) -> None:
    crate = tmp_path / "crate"
    (copied / "figures").mkdir()
    (copied / "figures" / "path 1.png").write_bytes(b"a picture")
    result = invoke("results", "export", copied, "--crate", crate, "--licence", "CC-BY-4.0")
    assert result.exit_code == 0, result.output
    content = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    graph = {entity["@id"]: entity for entity in content["@graph"]}
    assert len(graph) == len(content["@graph"])
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = graph["./"]
    assert root["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}
    assert all(root[name] for name in ("name", "description", "datePublished", "identifier"))
    named = {part["@id"].replace("%20", " ") for part in root["hasPart"]}
    assert named == {p.relative_to(crate).as_posix() for p in crate.rglob("*") if p.is_file()} - {
        "ro-crate-metadata.json"
    }
    for part in root["hasPart"]:
        entity = graph[part["@id"]]
        whole = (crate / entity["name"]).read_bytes()
        assert (entity["@type"], entity["sha256"]) == ("File", sha256(whole))
        assert entity["contentSize"] == str(len(whole))
        assert entity["encodingFormat"] == FORMATS[Path(entity["name"]).suffix]
    manifest = open_results(crate).manifest
    assert graph["#digest-rules"]["value"] == manifest.digests["rules"]
    assert graph["#demarche"]["softwareVersion"] == manifest.versions["demarche"]
    assert {part["@id"] for part in graph["#run"]["object"]} == {f.file for f in manifest.files if not f.table}
    seats = next(entity for name, entity in graph.items() if name.endswith("world/seats.csv"))
    assert graph[seats["license"]["@id"]]["name"] == "PolyForm-Noncommercial-1.0.0"
    assert "Required Notice: Copyright 2026 Lukasz Szoszkiewicz" in seats["copyrightNotice"]
    years = next(entity for name, entity in graph.items() if name.endswith("world/years.csv"))
    assert years["license"]["@id"].endswith("CC-BY-SA-4.0")
    told = (crate / "LICENCES.txt").read_text(encoding="utf-8")
    assert "Required Notice: Copyright 2026 Lukasz Szoszkiewicz" in told
    assert graph["outcomes.parquet"]["license"] == root["license"]
    assert "@software{demarche," in (crate / "references.bib").read_text(encoding="utf-8")
    assert "We simulated the scenario" in (crate / "methods.md").read_text(encoding="utf-8")
    rows = (crate / "codebook.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + sum(map(len, manifest.columns.values()))
    references = [part["@id"] for entity in graph.values() for part in _references(entity)]
    assert {place for place in references if not place.startswith("https://w3id.org")} <= set(graph)
    guide = (crate / "REPEAT.txt").read_text(encoding="utf-8")
    assert "\nCommit: " in guide
    command = next(line for line in guide.splitlines() if line.startswith("Repeat: demarche "))
    words = command.removeprefix("Repeat: demarche ").split()
    words = [str(crate / word) if word.startswith("inputs/") else word for word in words[:-1]]
    repeated = invoke(*words, tmp_path / "repeated", "--no-figures", "--quiet")
    assert repeated.exit_code == 0, repeated.output
    for name in ("outcomes.parquet", "runs.parquet"):
        assert (tmp_path / "repeated" / name).read_bytes() == (crate / name).read_bytes()


@pytest.mark.long
def test_the_library_of_crates_reads_ours(copied: Path, tmp_path: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    assert invoke("results", "export", copied, "--crate", tmp_path / "crate").exit_code == 0
    crate = rocrate.ROCrate(tmp_path / "crate")
    files = {entity.id for entity in crate.data_entities if "File" in entity.type}
    assert {"outcomes.parquet", "methods.md", "references.bib", "codebook.csv", "LICENCES.txt"} <= files
    assert all(entity.get("license") is not None for entity in crate.data_entities if "File" in entity.type)
    assert crate.root_dataset["license"].id.startswith("https://spdx.org/licenses/")


def test_series_are_exported_with_dates_and_six_digits(copied: Path, tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    result = invoke("results", "export", copied, "--to", path, "--table", "series", "--columns", "core_practice")
    assert result.exit_code == 0, result.output
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert head == '"run","arm","account","date","step","core_practice"'
    run, arm, _, date, step, value = rows[1].split(",")
    assert (run, step) == ("0", "1")
    assert re.fullmatch(r"\d{4}-\d{2}", date)
    assert len(value.replace(".", "").lstrip("0")) <= 6
    assert arm in open_results(copied).manifest.arms
    result = invoke("results", "export", copied, "--to", tmp_path / "x.csv", "--table", "series", "--columns", "x")
    assert result.exit_code == 2


def test_values_of_events_are_exported_with_six_digits(copied: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    assert invoke("results", "export", copied, "--to", path, "--table", "events").exit_code == 0
    read = pd.read_csv(path, dtype={"value": str}, keep_default_na=False)
    stored = open_results(copied).events()["value"]
    assert list(read["value"]) == ["" if pd.isna(value) else f"{value:.6g}" for value in stored.astype(float)]
    assert list(read["arm"].unique()) == list(open_results(copied).manifest.arms)


def _references(entity: dict[str, object]) -> list[dict[str, str]]:
    listed = [value if isinstance(value, list) else [value] for value in entity.values()]
    return [part for values in listed for part in values if isinstance(part, dict) and set(part) == {"@id"}]


@pytest.mark.parametrize(
    ("words", "what", "meant"),
    [
        (["results", "list", "{}/reslts"], "there is no such folder", "results"),
        (["results", "list", "{}/file.txt"], "this is a file, not a folder", ""),
        (["results", "list", "{}/empty"], "there are no results here", ""),
        (["results", "show", "{}/reslts"], "there is no such results folder", "results"),
        (["compare", "{}/reslts"], "there is no such results folder", "results"),
        (["check", "{}/fil.txt"], "there is no such file", "file.txt"),
        (["run", "{}/scenario.yaml"], "this is a scenario, not an experiment", ""),
    ],
)
def test_a_wrong_path_is_told_in_few_words_with_the_one_that_was_meant(
    tmp_path: Path, words: list[str], what: str, meant: str
) -> None:
    for name in ("results", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "file.txt").write_text("", encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text("title: x\ncast: c.yaml\narms: {a: {}, b: {}}\n", encoding="utf-8")
    done = invoke(*(word.format(tmp_path) for word in words))
    assert done.exit_code == (3 if "results folder" in what else 2)
    assert what in done.output
    assert len(done.output.splitlines()) <= 3
    assert ("Did you mean" in done.output) == bool(meant)
    assert str(tmp_path / meant) in done.output


AWKWARD = "für Ü & co [2]"


def words_after(told: str, command: str) -> list[str]:
    """Return the words a shell reads in the first line of a text that gives a command, from the command on."""
    (line, *_) = (line for line in told.splitlines() if command in line)
    return shlex.split(line[line.index(command) + len(command) :].strip())


def test_commands_that_are_told_can_be_pasted_whatever_the_folder_is_called(place: Path, tmp_path: Path) -> None:
    begun = shutil.copytree(place / "results" / "group" / "begun", tmp_path / AWKWARD / "begun")
    done = shutil.copytree(place / "results" / "finished", tmp_path / AWKWARD / "all of it")
    shown = invoke("results", "show", begun)
    assert words_after(shown.stdout, "demarche results resume") == [str(begun)]
    refused = invoke("compare", begun, "--no-figure")
    assert words_after(refused.stderr, "demarche results resume") == [str(begun)]
    shown = invoke("results", "show", done)
    assert words_after(shown.stdout, "demarche compare") == [str(done), "--outcomes", "all"]
    (done / "outcomes.parquet").unlink()
    lost = invoke("results", "verify", done)
    assert words_after(lost.stderr, "demarche results resume") == [str(done)]
    (done / "manifest.json").write_text("{", encoding="utf-8")
    damaged = invoke("results", "verify", done)
    assert words_after(damaged.stderr, "demarche results resume") == [str(done)]
    copied = invoke("init", tmp_path / AWKWARD / "study", "--template", "invented")
    assert words_after(copied.stdout, "Next: cd")[:2] == [str(tmp_path / AWKWARD / "study"), "&&"]


def test_a_report_written_from_within_its_folder_names_it(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = shutil.copytree(place / "results" / "finished", tmp_path / AWKWARD)
    monkeypatch.chdir(done)
    told = commands(open_results(Path(".")))
    assert told, "a reader is told how to ask on"
    assert all(AWKWARD in shlex.split(line) for line in told), told
