"""How commands answer: lists stop at a screen, everything as JSON, values complete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from demarche.cli.completing import ACCOUNTS, ARMS, BY_COMMAND, OUTCOMES
from demarche.cli.main import app
from demarche.cli.say.answering import SCREEN
from demarche.cli.say.console import table
from demarche.cli.say.tables import LEAST


def invoke(*arguments: str, columns: str = "200") -> str:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": columns})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("listing", ["rules", "parameters", "claims", "outcomes", "calendar", "actors", "decisions"])
def test_lists_stop_at_a_screen_and_say_how_to_see_the_rest(listing: str) -> None:
    short = invoke(listing)
    assert len(short.splitlines()) <= SCREEN + 6
    assert "are shown. All of them: add --all" in short
    whole = invoke(listing, "--all")
    assert "add --all" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())
    told = json.loads(invoke(listing, "--json"))
    assert len(told["tables"][0]["rows"]) >= SCREEN - 6


def test_a_narrow_console_still_shows_some_rows() -> None:
    assert f"{LEAST} of " in invoke("rules", columns="60")


def test_json_holds_cells_without_markup_and_text_in_whole_lines() -> None:
    told = json.loads(invoke("accounts", "show", "common", "--json"))
    assert told["tables"][0]["columns"][0] == "link"
    assert not any("[bold]" in line for line in told["text"])
    made = table("a [b]", "c")
    made.add_row("[bold]x[/bold]", "\\[y]")
    assert made.as_data() == {"title": "", "columns": ["a [b]", "c"], "rows": [["x", "[y]"]]}


def test_every_command_answers_as_json() -> None:
    command = typer.main.get_command(app)
    groups = [command]
    while groups:
        group = groups.pop()
        for one in group.commands.values():  # type: ignore[attr-defined]
            if hasattr(one, "commands"):
                groups.append(one)
            else:
                assert any("--json" in parameter.opts for parameter in one.params), one.name


class Context:
    def __init__(self, **params: object) -> None:
        self.params = params


def test_values_complete_and_the_last_of_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "strategic_target" in ACCOUNTS(Context(), "str")
    assert OUTCOMES(Context(), "exiles,relea") == ["exiles,releases"]
    assert BY_COMMAND["plot", "--kind"](Context(), "contr") == ["contrast"]
    scenario = tmp_path / "s.yaml"
    scenario.write_text("arms: {quiet: {}, vocal: {}}\n", encoding="utf-8")
    (tmp_path / "e.yaml").write_text("scenario: s.yaml\nreplications: 1\n", encoding="utf-8")
    assert ARMS(Context(experiment=tmp_path / "e.yaml"), "v") == ["vocal"]
    monkeypatch.setenv("COMP_WORDS", f"demarche events {scenario} --arm q")
    assert ARMS(Context(), "q") == ["quiet"]
    assert ARMS(Context(results=tmp_path), "q") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("outcomes show rel", "releases"), ("levers show channel", "channel_mix"), ("decisions show ref", "reform"),
        ("scenarios show S0", "S01"), ("claims show PRS-1", "PRS-11"), ("accounts show dom", "domestic_engine"),
        ("parameters show rate.answer_l", "rate.answer_list"), ("actors show IC", "ICESCR"),
        ("init x --template p", "paper"),
        ("calendar show commission_199", "commission_1990"), ("init x --scenario S1", "S10"),
    ],
)  # fmt: skip
def test_a_shell_that_asks_is_told_names(words: str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands share what they say of an argument: each completes it in its own way."""
    monkeypatch.setenv("_DEMARCHE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"demarche {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    told = CliRunner().invoke(app, [], prog_name="demarche")
    assert found in told.output.split()


def test_a_narrow_screen_has_lines_in_place_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = CliRunner().invoke(app, ["accounts"]).output
    assert "cooperative_learning\n  title: T1 Cooperative learning\n" in said
    assert max(map(len, said.splitlines())) <= 40


def test_an_account_is_found_by_the_label_that_tables_and_figures_give_it() -> None:
    assert invoke("accounts", "show", "t4", "--link", "silence_belief") == invoke(
        "accounts", "show", "domestic_engine", "--link", "silence_belief"
    )
