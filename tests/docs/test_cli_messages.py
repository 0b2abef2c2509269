"""Every mistake at the command line: the documented exit code and a message with a remedy, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.test_runner import write_tiny
from typer.testing import CliRunner, Result

from demarche.cli.main import app
from demarche.errors import EXIT_CODES
from demarche.experiment.tables.files import lock


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an experiment and its results."""
    root = tmp_path_factory.mktemp("messages")
    experiment = write_tiny(root)
    result = invoke(root, "run EXPERIMENT --out RESULTS --no-figures --quiet")
    assert result.exit_code == 0, result.output
    (root / "notes").mkdir()
    (root / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    assert experiment.is_file()
    return root


def invoke(root: Path, line: str) -> Result:
    names = {"EXPERIMENT": root / "experiments" / "tiny.yaml", "RESULTS": root / "results", "PLACE": root}
    for name, path in names.items():
        line = line.replace(name, str(path))
    return CliRunner().invoke(app, line.split())


MISTAKES = {
    "run none.yaml": "there is no such file",
    "run experiments/quiet_or_vocal.yaml": "demarche init .",
    "run PLACE": "this is a folder",
    "run EXPERIMENT --out PLACE/notes": "holds other files",
    "run EXPERIMENT --out PLACE/notes/mine.txt": "a file, not a folder",
    "check EXPERIMENT none.yaml": "there is no such file",
    "plot RESULTS --kind votes,paths": "--kind: no figure is called 'paths'",
    "validate EXPERIMENT --baseline as_was": "Did you mean 'as_it_was'?",
    "validate RESULTS --baseline none": "no run has the arm 'none'",
    "rules --account strategic": "Did you mean 'strategic_target'?",
    "rules --family sender": "Did you mean 'senders'?",
    "rules show senders.compani": "Did you mean 'senders.company'?",
    "claims --document 009": "no document is called '009'",
    "claims --family PRX": "Did you mean 'PRS'?",
    "claims show PRS-1l": "Did you mean 'PRS-",
    "schedule --account none": "strategic_target, leverage_toolbox",
    "why RESULTS --run 0 --date 1990-03": "exactly one of --decision, --event and --stock",
    "why RESULTS --run 0 --decision sponsor --actor FRA": "the month is missing",
    "why RESULTS --run 0 --decision sponsor --actor FRA --from 1990-01 --to 1990-03": "or add --against ARM",
    "why RESULTS --run 0 --decision answer --from 1990-01 --to 1990-03 --against silnt": "no arm is called 'silnt'",
    "why RESULTS --run 0 --decision answer --from 1990-04 --to 1990-03 --against vocal": "end before they begin",
    "why RESULTS --run 0 --event persn --actor person_001 --date 1990-03": "Did you mean 'person'?",
    "why RESULTS --run 0 --event motion --date 1990-06": "demarche events",
    "why RESULTS --arm vocl --decision sponsor --actor FRA --date 1990-01": "Did you mean 'vocal'?",
    "why EXPERIMENT --run 0 --decision sponsor --actor FRA --date 1990-01": "a scenario has no numbered runs",
    "why none.yaml --decision sponsor --actor FRA --date 1990-01": "there is no such file",
    "events RESULTS --kind persn": "Did you mean 'person'?",
    "events RESULTS --detail relased": "Did you mean 'released'?",
    "events RESULTS --kind ask": "too many to be kept",
    "events RESULTS --around spring": "is not a month",
    "events RESULTS --actor frb --kind sponsor": "no event that fits names 'frb'",
    "events RESULTS --arm vocl": "Did you mean 'vocal'?",
    "events RESULTS --run 99": "0 to 17",
    "levers show efort": "Did you mean 'effort'?",
    "outcomes show relases": "Did you mean 'releases'?",
    "parameters show link.naming": "nearest: link.naming_treatment",
    "parameters --kind links": "Did you mean 'link'?",
    "parameters --rule senders.compani": "Did you mean 'senders.company'?",
    "calendar show comission_1994": "Did you mean 'commission_1994'?",
    "calendar --kind sumit": "Did you mean 'summit'?",
    "calendar --case none.yaml": "there is no such file",
    "actors show frb": "no actor is called 'frb'",
    "actors --axis states": "Did you mean 'state'?",
    "decisions show answr": "Did you mean 'answer'?",
    "why RESULTS --run 99 --decision sponsor --actor FRA --date 1990-01": "0 to 17",
    "why RESULTS --run 0 --decision sponsr --actor FRA --date 1990-01": "Did you mean 'sponsor'?",
    "why RESULTS --run 0 --decision sponsor --actor frence --date 1990-01": "Did you mean 'FRA'?",
    "why RESULTS --run 0 --decision sponsor --date 1990-01": "for example --actor",
    "why RESULTS --run 0 --decision sponsor --actor FRA --date 1990-05": "Expected: 1990-01",
    "why RESULTS --run 0 --decision sponsor --actor FRA --date 2001-02": "1990-01 to 1990-12",
    "why RESULTS --run 0 --decision sponsor --actor FRA --date spring": "is not a month",
    "why RESULTS --run 0 --stock practise --actor labour --date 1990-01": "Did you mean 'practice'?",
    "votes sponsors --cast none.yaml": "there is no such file",
    "votes sponsors --cast EXPERIMENT": "tiny.yaml:",
    "init PLACE/notes/mine.txt/below": "Fix: choose a folder",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_bad_input_ends_with_code_2_and_a_remedy(place: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "notes")
    result = invoke(place, line)
    assert result.exit_code == 2, result.output
    assert MISTAKES[line] in result.stderr
    assert any(part in result.stderr for part in ("Fix:", "Expected:", "Did you mean"))
    assert "Traceback" not in result.output


NO_RESULTS = (
    "plot PLACE/none",
    "plot PLACE/notes",
    "validate PLACE/notes",
    "why PLACE/none --run 0 --decision sponsor --date 1990-01",
)


@pytest.mark.parametrize("line", NO_RESULTS)
def test_what_is_no_results_folder_ends_with_code_3(place: Path, line: str) -> None:
    result = invoke(place, line)
    assert result.exit_code == 3, result.output
    assert "Fix: give the folder that 'demarche run' wrote" in result.stderr


def test_a_held_folder_ends_with_code_4(place: Path, tmp_path: Path) -> None:
    with lock(tmp_path):
        result = invoke(place, f"run EXPERIMENT --out {tmp_path}")
    assert result.exit_code == 4, result.output
    assert "in use" in result.stderr
    assert "Found: process" in result.stderr


def test_a_place_without_permission_is_one_line(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "results/tiny")

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = invoke(place, "run EXPERIMENT --out PLACE/new")
    assert result.exit_code == 5
    assert "permission denied. Fix: choose a place where you may" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_bug_is_let_through(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("demarche.experiment.run.runner.run_experiment", broken)
    assert isinstance(invoke(place, "run EXPERIMENT").exception, ZeroDivisionError)


def test_help_documents_every_exit_code(place: Path) -> None:
    text = " ".join(invoke(place, "--help").output.split())
    for code, meaning in EXIT_CODES.items():
        assert f"{code} {meaning}" in text


COMMANDS = ("run", "check", "plot", "validate", "rules", "claims", "schedule", "init", "schema", "why", "events",
            "levers", "outcomes", "parameters", "calendar", "actors", "decisions")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(place: Path, command: str) -> None:
    result = invoke(place, f"{command} --help")
    assert result.exit_code == 0
    assert "Usage" in result.output
