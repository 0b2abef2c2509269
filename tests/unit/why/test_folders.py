"""`why` and `events` on a results folder: the stored run is repeated digit by digit, or the difference is told."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from demarche.analysis.events import Sought, find_events
from demarche.analysis.why.answer import Asked, answer
from demarche.analysis.why.case import Case, case_of_results, case_of_scenario, partner
from demarche.cli.main import app
from demarche.cli.reading import scenario_of
from demarche.errors import DesignError, StoreError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import Results, open_results
from demarche.experiment.run.runner import run_experiment
from tests.unit.test_runner import write_tiny

DRAWN = "scenario: ../scenarios/tiny.yaml\ndraws: 2\nlucks: 1\nseed: 7\n"
SPONSOR = Asked(decision="sponsor", actor="france", date="1990-01")


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return results of one year in three arms under two accounts, with two draws."""
    path = write_tiny(tmp_path_factory.mktemp("why"), DRAWN)
    out = path.parent.parent / "results"
    run_experiment(load_experiment(path), out, workers=1)
    return out


@pytest.mark.long
def test_a_drawn_run_is_repeated_as_it_is_stored(folder: Path) -> None:
    told = answer(case_of_results(folder, 5), SPONSOR)
    (check,) = told.checks
    assert "are as stored, to the digit" in check
    assert "numbers drawn or varied" in told.run


@pytest.mark.long
def test_another_run_than_the_stored_one_is_refused_with_what_differs(folder: Path) -> None:
    case = case_of_results(folder, 5)
    other = replace(case, runs=replace(case.runs, seed=[case.runs.seed[0] + 1]))
    with pytest.raises(StoreError, match="cannot be repeated as it is stored") as caught:
        answer(other, Asked(decision="representation", actor="usa", date="1990-12"))
    assert "was" in caught.value.problems[0].found
    values = {**case.runs.values, "rate.representation_public": 9.0 * case.runs.values["rate.representation_public"]}
    with pytest.raises(StoreError, match="cannot be repeated"):
        answer(replace(case, runs=replace(case.runs, values=values)), Asked(stock="nationalism", date="1990-12"))


@pytest.mark.parametrize(
    ("table", "column", "told"),
    [("series", "nationalism", "nationalism in 1990-03 was "), ("events", "value", "is only in the folder")],
)
def test_one_digit_is_enough_to_refuse(
    folder: Path, monkeypatch: pytest.MonkeyPatch, table: str, column: str, told: str
) -> None:
    """The last bit of one number of one month is another: the stored run is not the one that can be explained."""
    true = Results.of_run

    def other(results: Results, name: str, run: int) -> pd.DataFrame:
        frame = true(results, name, run)
        if name == table:
            at = frame.index[(frame["step"] == 2) & frame[column].notna()][0]
            frame.loc[at, column] = np.nextafter(np.float32(frame.loc[at, column]), np.float32(9.0))
        return frame

    monkeypatch.setattr(Results, "of_run", other)
    case = case_of_results(folder, 5)
    with pytest.raises(StoreError, match="cannot be repeated as it is stored") as caught:
        answer(case, Asked(event="motion", date="1990-03"))
    assert told in caught.value.problems[0].found
    assert "as stored" in answer(case, SPONSOR).checks[0], "months before are not touched"


@pytest.mark.long
def test_changed_rules_are_told_and_the_numbers_decide(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demarche.rules.find.rules_digest", lambda: "another")
    told = answer(case_of_results(folder, 0), SPONSOR)
    assert "not those that made the folder; up to this month they give the same run" in told.checks[1]
    result = invoke("why", folder, "--run", 0, "--decision", "sponsor", "--actor", "FRA", "--date", "1990-01")
    assert result.exit_code == 0, result.output


@pytest.mark.long
def test_from_a_list_of_events_to_reasons(folder: Path) -> None:
    """Every command that the list makes is answered, and what it answers is the event."""
    listed = invoke("events", folder, "--arm", "vocal", "--account", "strategic_target", "--json", "--limit", 400)
    assert listed.exit_code == 0, listed.output
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    first = {(row["kind"], row["detail"]): row for row in rows if row["run"] == rows[0]["run"]}
    assert len(first) > 8
    for row in list(first.values())[::6]:
        asked = shlex.split(row["why"])[1:]
        result = invoke(*asked, "--json")
        assert result.exit_code == 0, (row["why"], result.output)
        told = json.loads(result.stdout)
        assert "as stored, to the digit" in told["checks"][0]
        assert told["reasons"], row
        assert any("Recorded as event" in one for one in told["more"])
    for step in told["next_steps"]:
        assert step["question"]
        result = invoke(*shlex.split(step["command"].replace("CODE", "FRA"))[1:])
        assert result.exit_code == 0, (step, result.output)


def test_events_are_sought_by_month_actor_and_difference(folder: Path) -> None:
    results = open_results(folder)
    everything = results.events()
    found = find_events(results, Sought(kind="sponsor", around="1990-01", months=0))
    assert len(found) == ((everything["kind"] == "sponsor") & (everything["step"] == 0)).sum() > 0
    for month in ({"around": "0000-01"}, {"first": "2010-01"}, {"last": "1988-12"}):
        with pytest.raises(DesignError, match="the month lies outside the period"):
            find_events(results, Sought(kind="sponsor", **month))
    near = find_events(results, Sought(kind="person", around="1990-06", months=4))
    distance = (near["step"] - 5).abs()
    assert distance.is_monotonic_increasing
    assert distance.max() <= 4
    said = [invoke("events", folder, "--kind", kind).stdout for kind in ("person", "sponsor")]
    assert ["how well known the person is abroad" in one for one in said] == [True, False], "what stands in brackets"
    assert [one.count("In brackets") for one in said] == [1, 0]
    actor = str(found["actor"].iloc[0])
    mine = find_events(results, Sought(actor=actor.lower()))
    assert ((mine["actor"] == actor) | (mine["about"] == actor)).all()
    only = find_events(results, Sought(arm="vocal", against="quiet"))
    runs = results.runs()
    other = {row.run: partner_of(runs, row.run, "quiet") for row in runs[runs["arm"] == "vocal"].itertuples()}
    names = ["run", "step", "kind", "actor", "about", "detail"]
    theirs = set(words_of(everything[names]))
    assert 0 < len(only) < (everything["run"].isin(other)).sum()
    for run, *rest in words_of(only[names].head(50)):
        assert (run, *rest) in theirs
        assert (other[run], *rest) not in theirs


def words_of(table: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return the rows of a table, a blank where there is nothing."""
    plain = table.astype(object)
    return list(plain.where(plain.notna(), "").itertuples(index=False, name=None))


def partner_of(runs, run: int, arm: str) -> int:  # type: ignore[no-untyped-def]
    mine = runs.iloc[run]
    same = (runs["account"] == mine["account"]) & (runs["draw"] == mine["draw"]) & (runs["luck"] == mine["luck"])
    return int(runs[same & (runs["arm"] == arm)]["run"].iloc[0])


def test_the_partner_has_the_same_account_draw_and_luck(folder: Path) -> None:
    case = case_of_results(folder, 4)
    other = partner(case, "quiet")
    assert other.run == partner_of(open_results(folder).runs(), 4, "quiet")
    told = answer(case, Asked(stock="nationalism", first="1990-01", last="1990-12", against="quiet"))
    assert sum("as stored, to the digit" in check for check in told.checks) == 2
    with pytest.raises(DesignError, match="of this arm itself"):
        partner(case, case.arm)


class Reader(HTMLParser):
    """Counts tags and keeps what they refer to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.references: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href"):
                self.references.append(str(value))
            if name == "id":
                self.ids.add(str(value))


def test_the_page_is_whole_and_asks_for_nothing_from_outside(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    result = invoke("why", folder, "--run", 3, "--decision", "sponsor", "--actor", "FRA", "--date", "1990-01",
                    "--html", page)  # fmt: skip
    assert result.exit_code == 0, result.output
    reader = Reader()
    text = page.read_text("utf-8")
    reader.feed(text)
    assert reader.references
    assert all(one.startswith("#") and one[1:] in reader.ids for one in reader.references)
    assert not {"script", "link", "img", "iframe"} & set(reader.tags)
    assert text.count("<h1>") == 1
    assert "France (FRA)" in text
    assert "url(" not in text


@pytest.mark.long
def test_a_scenario_alone_can_be_asked(folder: Path) -> None:
    scenario = folder.parent / "scenarios" / "tiny.yaml"
    result = invoke("why", scenario, "--arm", "vocal", "--seed", 3, "--event", "motion", "--date", "1990-03")
    assert result.exit_code == 0, result.output
    assert "simulated now" in result.stdout
    assert scenario_of(folder.parent / "experiments" / "tiny.yaml").samefile(scenario)
    medians = case_of_scenario(scenario, "vocal", "", 3, None)
    drawn = case_of_scenario(scenario, "vocal", "", 3, 0)
    assert not medians.runs.values
    assert len(drawn.runs.values) > 500
    asked = Asked(decision="representation", actor="USA", date="1990-06")
    assert answer(medians, asked).data["chances"] != answer(drawn, asked).data["chances"]


def test_codes_are_known_in_any_case_by_name_and_without_zeros(folder: Path) -> None:
    case: Case = case_of_results(folder, 0)
    states = case.setup.cast.state_codes
    assert {case.code(text, states, "--actor") for text in ("FRA", "fra", "France", " france ")} == {"FRA"}
    persons = case.setup.cast.axis_codes["person"]
    assert {case.code(text, persons, "--actor") for text in ("person_7", "PERSON_007", "person_07")} == {"person_007"}
    with pytest.raises(DesignError, match="Did you mean 'FRA'"):
        case.code("Frence", states, "--actor")


QUESTIONS = {
    "sponsor": ("--decision", "sponsor", "--actor", "FRA", "--date", "1990-01"),
    "focus": ("--decision", "ngo_focus", "--actor", "diaspora", "--date", "1990-01"),
    "stock": ("--stock", "practice", "--actor", "labour", "--from", "1990-01", "--to", "1990-05"),
    "many": ("--decision", "answer", "--from", "1990-01", "--to", "1990-05", "--against", "quiet"),
}


LONG = ("focus", "stock", "many")


@pytest.mark.parametrize("name", ["sponsor", *(pytest.param(name, marks=pytest.mark.long) for name in LONG)])
def test_json_says_what_the_text_says(folder: Path, name: str) -> None:
    run = 4 if name == "many" else 0
    asked = ("why", folder, "--run", run, *QUESTIONS[name])
    text, told = invoke(*asked), json.loads(invoke(*asked, "--json").stdout)
    assert text.exit_code == 0, text.output
    assert told["sentence"] in " ".join(text.stdout.split())
    assert told["data"]
    for document in told["documents"]:
        for passage in document["passages"]:
            assert text.stdout.count(f"  {passage['claim']}, ") == 1
