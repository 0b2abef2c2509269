"""Scenario files to checked scenarios and to the setup of the engine."""

from __future__ import annotations

import dataclasses
import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.scenario.content import Scenario
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.scenario.models import ArmFile
from demarche.world.calendar import Month
from demarche.world.levers import LEVER_OF, LEVERS, Lever
from tests.support.accounts import document_accounts

TOP = Path(__file__).parents[2]
HEAD = """title: A test
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1999-12}
accounts: [strategic_target, domestic_engine]
outcomes: [releases]
"""
read_cast = functools.cache(load_cast)
Loader = Callable[[str], Scenario]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study")
    shutil.copytree(TOP / "scenarios" / "casts", root / "casts")
    return root


@pytest.fixture
def load(folder: Path) -> Loader:
    """Return a function that loads a scenario with the given lines after the usual head."""

    def load_text(text: str) -> Scenario:
        path = folder / "scenario.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        return load_scenario(path, read_cast)

    return load_text


OWN_RULE = """
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule


@rule(
    "senders.test", "It is a test.", claims=("PRS-01",), accounts=ALL, phase="acting", writes=("occasion",),
    parameters=(Parameter("pull", 0.2, 0.1, 0.4, "share", "a test", "assumption: test"),),
)
def test(w: Fields, now: Moment, *, pull: Array) -> None:
    w.occasion *= pull
"""


@pytest.fixture
def known_parameter(folder: Path) -> str:
    """Let a file `own.py` have a rule with one parameter, in [0.1, 0.4]."""
    (folder / "own.py").write_text(OWN_RULE, encoding="utf-8")
    return "senders.test.pull"


def refused(load: Loader, text: str, *parts: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(text)
    for part in parts:
        assert part in str(caught.value)


def test_the_bundled_scenario_compiles() -> None:
    scenario = load_scenario(TOP / "scenarios" / "quiet_or_vocal.yaml")
    setup = compile_scenario(scenario)
    assert list(setup.arms) == ["quiet", "vocal", "mixed", "sequence", "silent", "as_it_was"]
    assert list(setup.accounts) == list(scenario.accounts)
    assert set(setup.accounts) <= set(document_accounts())
    assert (setup.period.n_steps, str(setup.period.end)) == (247, "2009-12")
    assert setup.arms["as_it_was"].settings == ()
    senders = scenario.cast.group("all_senders")
    values = {setting.field: setting.value for setting in setup.arms["quiet"].settings}
    assert values == {"lever_quiet": 1.0, "lever_vocal": 0.0}
    for setting in setup.arms["quiet"].settings:
        assert setting.mask is not None
        np.testing.assert_array_equal(setting.mask, senders)


def for_some(lever: Lever, value: str) -> str:
    """Return what stands behind the key of a lever: a value, or somebody it is set for and the value."""
    whom = {"senders": "g7", "ngos": "regional_network", "treaties": "ICCPR", "world": ""}[lever.scope]
    return f"{{{whom}: {value}}}" if whom else value


def test_every_lever_can_be_set(load: Loader) -> None:
    lines = []
    for lever in LEVERS:
        part = lever.parts[0]
        value = f"{{{part.key}: {part.high:g}}}" if part.key else f"{part.high:g}"
        lines.append(f"    {lever.name}: {for_some(lever, value)}")
    setup = compile_scenario(load("arms:\n  all:\n" + "\n".join(lines) + "\n"))
    found = {setting.field: setting for setting in setup.arms["all"].settings}
    for lever in LEVERS:
        setting = found[lever.parts[0].field]
        assert setting.value == lever.parts[0].high
        assert (setting.mask is None) == (lever.scope == "world")


@pytest.mark.parametrize("lever", [lever for lever in LEVERS for part in lever.parts if part.words])
def test_words_of_levers_stand_for_their_numbers(load: Loader, lever: Lever) -> None:
    part = lever.parts[0]
    for word, number in part.words.items():
        setup = compile_scenario(load(f"arms:\n  one: {{{lever.name}: {for_some(lever, word)}, list_size: 5}}\n"))
        assert {setting.field: setting.value for setting in setup.arms["one"].settings}[part.field] == number


def test_reserved_keys_of_arms_are_no_levers() -> None:
    reserved = {field.alias or name for name, field in ArmFile.model_fields.items()}
    assert not reserved & set(LEVER_OF)
    assert [lever.name for lever in LEVERS if lever.divides_one] == ["channel_mix"]


def test_parts_left_out_are_zero_only_where_they_share_a_whole(load: Loader) -> None:
    text = "arms:\n  one: {channel_mix: {USA: {vocal: 0.25}}, dialogue_terms: {USA: {agenda: 0.5}}}\n"
    settings = compile_scenario(load(text)).arms["one"].settings
    assert {s.field: s.value for s in settings} == {"lever_quiet": 0.0, "lever_vocal": 0.25, "lever_agenda": 0.5}


def test_a_state_is_a_group_of_one_and_the_later_group_holds(load: Loader) -> None:
    text = "arms:\n  one: {effort: {all_senders: 2, USA: 0.5}}\n"
    scenario = load(text)
    general, special = compile_scenario(scenario).arms["one"].settings
    assert special.mask is not None
    assert [scenario.cast.state_codes[i] for i in np.flatnonzero(special.mask)] == ["USA"]
    assert (general.value, special.value) == (2.0, 0.5)


def test_from_gives_the_first_step(load: Loader) -> None:
    setup = compile_scenario(load("arms:\n  late: {from: 1990-02, list_size: 5}\n  early: {list_size: 5}\n"))
    assert [setting.first for setting in setup.arms["late"].settings] == [8]
    assert [setting.first for setting in setup.arms["early"].settings] == [0]


def test_the_calendar_of_scenario_and_arm(load: Loader) -> None:
    scenario = load(
        "calendar:\n  move: {bid_1993: 1994-01}\n"
        "  add: [{code: extra, kind: summit, date: 1995-03, actors: [g7, FRA, commission], strength: 0.5}]\n"
        "arms:\n  as_it_was: {}\n  fewer: {from: 1996-01, calendar: {remove: [session]}}\n"
    )
    arms = compile_scenario(scenario).arms
    plain, fewer = arms["as_it_was"].calendar, arms["fewer"].calendar
    events = {event.code: event for event in plain.events}
    assert len(plain.events) == len(scenario.cast.events) + 1
    assert events["bid_1993"].month == Month(1994, 1)
    assert events["extra"].actors == ("CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA", "commission")
    assert events["extra"].source.startswith("assumption")
    assert {event.month.year for event in fewer.events if event.kind == "session"} == {
        event.month.year for event in plain.events if event.kind == "session" and event.month < Month(1996, 1)
    }


def test_parameters_of_the_scenario_win_over_the_account(
    load: Loader, known_parameter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = dataclasses.replace(
        packaged_accounts()["strategic_target"], settings={known_parameter: 0.4}, reasons={known_parameter: "x"}
    )
    monkeypatch.setitem(packaged_accounts(), "strategic_target", account)
    text = f"rules: [own.py]\narms: {{as_it_was: {{}}}}\nparameters: {{{known_parameter}: 0.3}}\n"
    setup = compile_scenario(load(text))
    settings, reasons = setup.accounts["strategic_target"].settings, setup.accounts["strategic_target"].reasons
    assert settings == {known_parameter: 0.3}
    assert reasons == {known_parameter: "scenario: A test"}
    assert packaged_accounts()["domestic_engine"].settings.get(known_parameter) is None


def test_parameters_out_of_range_are_refused(load: Loader, known_parameter: str) -> None:
    arms = "rules: [own.py]\narms: {as_it_was: {}}\n"
    refused(
        load, f"{arms}parameters: {{{known_parameter}: 0.5}}\n", "out of the parameter's range", "0.1 to 0.4 (share)"
    )
    refused(load, f"{arms}parameters: {{senders.test.pul: 0.2}}\n", "Did you mean 'senders.test.pull'?")


def test_the_digest_counts_what_changes_runs_and_nothing_else(load: Loader) -> None:
    arms = "arms:\n  one: {effort: {g7: 2, USA: 1}, list_size: 5}\n  as_it_was: {}\n"
    same = "notes: words\narms:\n  as_it_was: {title: T}\n  # c\n  one: {list_size: 5.0, effort: {g7: 2.0, USA: 1}}\n"
    other = [
        arms.replace("g7: 2", "g7: 2.5"),
        arms.replace("g7: 2, USA: 1", "USA: 1, g7: 2"),
        arms.replace("one: {", "one: {from: 1990-01, "),
        arms.replace("one:", "two:"),
        arms + "calendar: {remove: [games]}\n",
        arms + "calendar: {move: {bid_1993: 1994-01}}\n",
    ]
    digests = [load(text).digest for text in (arms, same, *other)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 1 + len(other)


def test_another_cast_gives_another_digest(load: Loader) -> None:
    scenario = load("arms: {as_it_was: {}}\n")
    changed = dataclasses.replace(scenario.cast, digest="0" * 64)
    load_changed = load_scenario(scenario.path, lambda _: changed)
    assert load_changed.digest != scenario.digest


def test_symbolic_links_cannot_leave_the_folder(load: Loader, folder: Path, tmp_path: Path) -> None:
    shutil.copy(TOP / "scenarios" / "casts" / "china_1989.yaml", tmp_path / "elsewhere.yaml")
    (folder / "casts" / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "casts" / "loop.yaml").symlink_to(folder / "casts" / "loop.yaml")
    for name, text in (
        ("link", "leaves the folder"),
        ("loop", "cannot be followed"),
        ("x" * 300, "cannot be followed"),
    ):
        path = folder / "linked.yaml"
        head = HEAD.replace("china_1989", name)
        path.write_text(f"{head}arms: {{as_it_was: {{}}}}\n", encoding="utf-8")
        with pytest.raises(ScenarioError, match=text):
            load_scenario(path, read_cast)


def test_problems_of_the_cast_come_after_those_of_the_file(load: Loader, folder: Path) -> None:
    (folder / "casts" / "bad.yaml").write_text("title: bad\n", encoding="utf-8")
    path = folder / "bad_cast.yaml"
    path.write_text(HEAD.replace("china_1989", "bad") + "arms: {as_it_was: {effort: 2}}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    places = [problem.where.split(":")[0] for problem in caught.value.problems]
    assert places[:2] == [str(path)] * 2
    assert set(places[2:]) == {str((folder / "casts" / "bad.yaml").resolve())}


def test_very_many_problems_are_counted_not_listed(load: Loader) -> None:
    text = "arms: {as_it_was: {}}\n" + "".join(f"key{number}: 1\n" for number in range(500))
    with pytest.raises(ScenarioError) as caught:
        load(text)
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].what == "there are 400 more problems"
