"""The commands that learn from the record: refusals at once, whole studies of small banks in the long part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche.accounts.posterior import read_posterior
from demarche.cli.main import app
from demarche.experiment.design.experiment import load_experiment
from tests.unit.test_runner import write_tiny

SCENARIO = """title: To the end of the record
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1998-12}
accounts: [strategic_target]
arms:
  quiet: {title: Quiet, channel_mix: {all_senders: {quiet: 1.0}}}
  vocal: {title: Vocal, channel_mix: {all_senders: {vocal: 1.0}}}
  as_it_was: {title: As it was}
outcomes: [releases, treaty_acts]
"""
EXPERIMENT = "scenario: ../scenarios/tiny.yaml\nseed: 1995\nreplications: 2\n"
PAGE = "# Page\n<!-- calibrate strategic_target: -->\n<!-- calibrate strategic_target: end -->\n"


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    return write_tiny(tmp_path, EXPERIMENT, SCENARIO)


def said(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", ["calibrate", "hindcast"])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--account", "strategic_targe"), "strategic_target"),
        (("--account", "strategic_target", "--until", "1991"), "1992, 1993"),
    ],
)
def test_what_is_not_known_is_refused(
    experiment: Path, tmp_path: Path, command: str, options: tuple[str, ...], words: str
) -> None:
    out = ("--out", str(tmp_path / "out.json")) if command == "calibrate" else ()
    told = said(command, experiment, *options, *out)
    assert told.exit_code == 2
    assert words in told.output
    assert "Traceback" not in told.output


def test_no_hindcast_from_the_end_of_the_record(experiment: Path) -> None:
    told = said("hindcast", experiment, "--account", "strategic_target", "--until", 1998)
    assert told.exit_code == 2
    assert "1996, 1997" in told.output


@pytest.mark.long
def test_what_is_learned_is_written_read_and_drawn_from(experiment: Path, tmp_path: Path) -> None:
    out, page = experiment.parent / "learned.json", tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    small = ("--draws", 130, "--lucks", 2, "--waves", 1, "--histories", 3, "--contrast", 4, "--into", page)
    told = said("calibrate", experiment, "--account", "strategic_target", "--out", out, *small)
    assert told.exit_code == 0, told.output
    posterior = read_posterior(out)
    assert posterior.until == 1998
    assert set(posterior.report["contrast"]["outcomes"]["releases"]) == {"medians", "prior", "posterior"}
    assert posterior.report["coverage"]["histories"] == 3
    assert "The record surely narrows or moves" in page.read_text(encoding="utf-8")
    text = experiment.read_text(encoding="utf-8").replace("replications: 2\n", "draws: 3\nlucks: 1\n")
    experiment.write_text(text + "parameters: posterior\nposteriors: [learned.json]\n", encoding="utf-8")
    assert load_experiment(experiment).n_runs == 9
    assert "drawn of what the record to 1998 left" in said("check", experiment).output

    same = ("--account", "strategic_target", "--own-votes", "--draws", 130, "--lucks", 2, "--bank",
            out.with_suffix(".bank"), "--json", "-q")  # fmt: skip
    again = said("hindcast", experiment, *same)
    assert again.exit_code == 0, again.output
    found = json.loads(again.output)
    kinds = [row["kind"] for row in found["rows"]]
    assert kinds == ["tabling", "sponsors", "votes", "dialogues", "treaty_acts", "releases", "rights"]
    assert {row["kind"]: row["facts"] for row in found["rows"]}["tabling"] == 4
    assert any("dated events of the calendar after 1994" in line for line in found["inputs"])

    next_years = said("hindcast", experiment, *same, "--nowcast")
    assert next_years.exit_code == 0, next_years.output
    told = json.loads(next_years.output)
    assert (told["origins"], told["end"]) == ([1992, 1993, 1994, 1995, 1996, 1997], 1998)
    assert {row["kind"]: row["facts"] for row in told["rows"]}["tabling"] == 6
    assert [one["kind"] for one in told["expected"]] == kinds
    assert told["expected"][0]["came"] == 0.0
