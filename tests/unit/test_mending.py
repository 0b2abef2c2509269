"""What a results folder has lost is made again; what contradicts itself is told; text is taken over."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from demarche.errors import DesignError, ResultsWarning, StoreError
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.ledger.ledger import Ledger
from demarche.experiment.results.manifest import Manifest
from demarche.experiment.results.read import read_manifest
from demarche.experiment.results.store import open_results
from demarche.experiment.results.verify import verify
from demarche.experiment.run import aim
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import resume, run_experiment
from demarche.experiment.run.status import find_results, status_of
from demarche.experiment.tables.files import FileRecord, sha256
from tests.conftest import few_at_once
from tests.support.tampering import forge
from tests.unit.test_runner import FOUR_RUNS, SCENARIO, write_tiny

TINY = FOUR_RUNS + "record: {series: false, events: false}\n"
TWOS = Means(1, chunk=2)


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return load_experiment(write_tiny(tmp_path_factory.mktemp("files"), TINY))


@pytest.fixture(scope="module")
def whole(experiment: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mending") / "results"
    run_experiment(experiment, out, means=TWOS)
    return out


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "results")


def tables(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.parquet")}


LOSSES: dict[str, Callable[[Path], object]] = {
    "manifest emptied": lambda root: (root / "manifest.json").write_bytes(b""),
    "ledger lost": lambda root: (root / "ledger.sqlite").unlink(),
    "ledger emptied": lambda root: (root / "ledger.sqlite").write_bytes(b""),
    "ledger cut": lambda root: (root / "ledger.sqlite").write_bytes((root / "ledger.sqlite").read_bytes()[:5000]),
    "manifest lost": lambda root: (root / "manifest.json").unlink(),
    "manifest cut": lambda root: (root / "manifest.json").write_bytes((root / "manifest.json").read_bytes()[:-9]),
    "joined tables lost": lambda root: [path.unlink() for path in root.glob("*.parquet")],
}


@pytest.mark.parametrize("loss", few_at_once(LOSSES, 1))
def test_what_is_lost_is_made_again_without_a_run(root: Path, loss: str) -> None:
    before = tables(root)
    LOSSES[loss](root)
    assert [*find_results(root.parent)] == [root]
    report = resume(root)
    assert (report.kept, report.repaired) == (4, 0)
    assert tables(root) == before
    assert verify(root).runs == {"total": 4, "done": 4, "failed": 0, "killed": 0}


def test_a_lost_ledger_leaves_tables_readable(root: Path) -> None:
    (root / "ledger.sqlite").unlink()
    with pytest.warns(ResultsWarning, match="make it again with: demarche results resume"):
        results = open_results(root)
    assert len(results.outcomes()) == 4
    assert status_of(root).state == "finished"
    assert "is missing" in status_of(root).note


def test_a_lost_ledger_and_a_lost_part_cost_the_runs_of_the_part_alone(root: Path, experiment: Experiment) -> None:
    before = tables(root)
    (root / "ledger.sqlite").unlink()
    (root / "outcomes" / "part-00001.parquet").unlink()
    report = run_experiment(experiment, root, means=TWOS)
    assert report.kept == 2
    assert verify(root).runs["done"] == 4
    assert tables(root)["outcomes.parquet"] == before["outcomes.parquet"]


@pytest.mark.long
def test_lost_inputs_are_copied_anew_from_the_experiments_own_file(root: Path, experiment: Experiment) -> None:
    next(root.rglob("tiny.yaml")).unlink()
    with pytest.raises(StoreError, match="is missing") as caught:
        resume(root)
    assert "with its own file" in str(caught.value)
    report = run_experiment(experiment, root)
    assert (report.kept, report.was_complete) == (4, False)
    verify(root)
    assert resume(root).was_complete


@pytest.mark.long
def test_failed_runs_stay_failed_in_a_ledger_made_again(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from demarche.experiment.chunks import shards

    simulate = shards.simulate_chunk

    def fails(setup: Any, inputs: Any, **keys: Any) -> Any:
        if "vocal" in inputs.arm:
            raise ArithmeticError("no luck")
        return simulate(setup, inputs, **keys)

    monkeypatch.setattr(shards, "simulate_chunk", fails)
    run_experiment(experiment, tmp_path / "out", means=TWOS)
    (tmp_path / "out" / "ledger.sqlite").unlink()
    report = resume(tmp_path / "out")
    assert report.manifest.runs == {"total": 4, "done": 2, "failed": 2, "killed": 0}
    with Ledger.open(tmp_path / "out" / "ledger.sqlite", finished=True) as ledger:
        assert {row[4] for batch in ledger.batches() for row in batch} >= {"", "ArithmeticError"}


def test_without_ledger_and_manifest_it_says_what_works(root: Path) -> None:
    (root / "ledger.sqlite").write_bytes(b"other")
    (root / "manifest.json").write_bytes(b"other")
    with pytest.raises(StoreError, match="neither the manifest nor the ledger") as caught:
        resume(root)
    assert "into another folder with --out" in str(caught.value)


def rewrite(root: Path, file: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table and its checksum in the manifest."""
    path = root / file
    pq.write_table(change(pq.read_table(path)), path)
    content = path.read_bytes()

    def fit(manifest: dict[str, Any]) -> None:
        for entry in manifest["files"]:
            if entry["file"] == file:
                entry.update(bytes=len(content), sha256=sha256(content))

    forge(root, fit)


def more(column: str, by: float) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(
        table.column_names.index(column), column, pc.add(table[column], by).cast(table[column].type)
    )


EDITS: dict[str, Callable[[Path], object]] = {
    "more runs": lambda root: forge(root, lambda c: c["runs"].update(total=999, done=999)),
    "a part": lambda root: rewrite(root, "outcomes/part-00000.parquet", more("releases", 10.0)),
    "joined outcomes": lambda root: rewrite(root, "outcomes.parquet", more("releases", 10.0)),
    "joined runs": lambda root: rewrite(root, "runs.parquet", lambda t: t.set_column(
        t.column_names.index("status"), "status", pa.array(["failed"] * t.num_rows))),
    "fewer rows": lambda root: rewrite(root, "outcomes.parquet", lambda t: t.slice(1)),
    "a title": lambda root: forge(root, lambda c: c.update(title="Better")),
    "a date": lambda root: forge(root, lambda c: c.update(finished="2001-01-01T00:00:00+00:00")),
    "a version": lambda root: forge(root, lambda c: c["versions"].update(demarche="9.9")),
}  # fmt: skip


@pytest.mark.parametrize("edit", few_at_once(EDITS, 2))
@pytest.mark.filterwarnings("ignore::demarche.errors.ResultsWarning")
def test_what_contradicts_the_ledger_is_told_and_mended(root: Path, edit: str) -> None:
    before = tables(root)
    EDITS[edit](root)
    with pytest.raises(StoreError) as caught:
        verify(root)
    assert "make it again with: demarche results resume" in str(caught.value)
    resume(root)
    verify(root)
    assert tables(root) == before


def let_agree(root: Path) -> None:
    """Let the ledger say of the manifest what it says now, as somebody would who edits both."""
    path = root / "ledger.sqlite"
    with Ledger.open(path) as ledger, ledger.transaction():
        ledger.put_facts({"manifest": read_manifest(root).core})
    with Ledger.open(path) as ledger:
        ledger.copy_to(root / "copy.sqlite")
    path.write_bytes((root / "copy.sqlite").read_bytes())
    for more in ("copy.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
        (root / more).unlink(missing_ok=True)
    checksum = sha256(path.read_bytes())
    forge(root, lambda c: next(f for f in c["files"] if f["table"] == "ledger").update(sha256=checksum))


CONTRADICTIONS = {
    "more runs": "it counts other runs than the ledger",
    "a part": "name other parts, or the same ones with other checksums",
    "joined outcomes": "it does not hold what its parts hold",
    "joined runs": "it does not say of the runs what the ledger says",
    "fewer rows": "it does not hold what its parts hold",
}


@pytest.mark.parametrize("edit", CONTRADICTIONS)
def test_contradictions_are_found_even_if_manifest_and_ledger_know_of_one_another(root: Path, edit: str) -> None:
    EDITS[edit](root)
    let_agree(root)
    with pytest.raises(StoreError, match=CONTRADICTIONS[edit]) as caught:
        verify(root)
    assert "when the ledger was closed" not in str(caught.value)


STRANGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another key": (lambda c: c.update(extra=1), "extra"),
    "a key less": (lambda c: c.pop("focal"), "focal"),
    "another kind": (lambda c: c.update(runs=[1]), "runs"),
    "a file with other keys": (lambda c: c["files"][0].update(more=1), "not described by"),
    "a file outside": (lambda c: c["files"][-1].update(file="../x"), "outside of their folder"),
    "an input outside": (lambda c: c["inputs"].update(cast="../x.yaml"), "not among the files"),
    "no period": (lambda c: c["period"].update(start="x"), "period"),
    "an unknown arm": (lambda c: c.update(reference="x"), "arms that there are not"),
    "a letter that steers": (lambda c: c.update(title="\x1b[31m"), "U\\+001B"),
    "an older format": (lambda c: c.update(format_version=3), "in a format that this version does not read"),
    "a newer format": (lambda c: (c.update(format_version=9), c.pop("versions")), "another Demarche wrote"),
    "something else": (lambda c: c.update(format="x"), "other results"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_manifests_are_refused_in_one_line_and_end_no_list(root: Path, kind: str) -> None:
    change, words = STRANGE[kind]
    forge(root, change)
    with pytest.raises(StoreError, match=words) as caught:
        read_manifest(root)
    assert len(caught.value.problems) == 1
    assert "\n" not in caught.value.problems[0].what
    assert status_of(root).state == "damaged"


def test_deeply_nested_manifests_are_refused(root: Path) -> None:
    (root / "manifest.json").write_bytes(b"[" * 100_000)
    assert status_of(root).state == "damaged"


def again(experiment: Experiment, tmp_path: Path, *changes: tuple[str, str]) -> Experiment:
    """Return the experiment with another text of its scenario."""
    text = SCENARIO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_experiment(write_tiny(tmp_path / "edited", TINY, text))


@pytest.mark.long
def test_text_and_outcomes_are_taken_over_without_a_run(root: Path, experiment: Experiment, tmp_path: Path) -> None:
    title = next(line for line in SCENARIO.splitlines() if line.startswith("title"))
    edited = again(experiment, tmp_path, (title, "title: Better"), ("outcomes: [", "outcomes: [exiles, "))
    report = run_experiment(edited, root)
    assert (report.kept, report.was_complete) == (4, False)
    manifest: Manifest = verify(root)
    assert manifest.title == "Better"
    assert manifest.outcomes[0] == "exiles"


def test_what_differs_is_named(root: Path, experiment: Experiment, tmp_path: Path) -> None:
    period = next(line for line in SCENARIO.splitlines() if line.startswith("period"))
    edited = again(experiment, tmp_path, (period, "period: {start: 1990-06, end: 1991-06}"))
    with pytest.raises(DesignError, match="another scenario: period") as caught:
        run_experiment(edited, root)
    assert "1990-06 to 1991-06 here" in str(caught.value)
    with pytest.raises(DesignError, match="another seed"):
        run_experiment(dataclasses.replace(experiment, seed=8), root)


def test_an_upgrade_says_which_version_began_and_what_changed(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def stop(progress: Any) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(experiment, out, means=TWOS, progress=stop)
    with Ledger.open(out / "unfinished" / "ledger.sqlite") as ledger, ledger.transaction():
        code = json.loads(ledger.facts()["code"])
        code["rules/catalogue/focal/inner.py"] = "other"
        ledger.put_facts({"code": json.dumps(code), "version": "0.0.9"})
    monkeypatch.setattr("demarche.rules.find.rules_digest", lambda: "e" * 64)
    with pytest.raises(DesignError, match=r"Demarche 0\.0\.9 began it") as caught:
        resume(out)
    assert "changed since: rules/catalogue/focal/inner.py" in str(caught.value)
    assert "into another folder with --out" in str(caught.value)


def test_records_of_files_are_read_strictly() -> None:
    good = {"file": "a", "table": "", "rows": 0, "bytes": 1, "sha256": "x"}
    assert FileRecord.of(good).file == "a"
    for change in ({"rows": True}, {"rows": -1}, {"bytes": 0.5}, {"file": None}, {"more": 1}):
        with pytest.raises(ValueError, match=r"of a file|described by"):
            FileRecord.of({**good, **change})


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.long
def test_finished_results_name_only_modules_that_changed(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    out = tmp_path / "out"
    run_experiment(experiment, out)
    code = aim._code()
    monkeypatch.setattr(aim, "_code", lambda: code | {"engine/deciding.py": "other"})
    monkeypatch.setattr("demarche.rules.find.rules_digest", lambda: "e" * 64)
    if not is_known:
        (out / "ledger.sqlite").unlink()
    with pytest.raises(DesignError, match="began it and this is") as caught:
        resume(out)
    assert "(new)" not in str(caught.value)
    assert str(caught.value).count("changed since: engine/deciding.py.\n") == is_known
