"""Accounts: files of priors over links, read strictly; what they share, where they differ, what a run takes of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.accounts.account import COMMON, Account
from demarche.accounts.compare import compare_accounts
from demarche.accounts.file import account_files, read_account
from demarche.accounts.links import all_links, all_rates
from demarche.accounts.packaged import common_account, drawn_priors, neutral_value, packaged_accounts
from demarche.accounts.priors import correlated_normals, draw_values
from demarche.accounts.schema import account_schema
from demarche.accounts.units import UNITS
from demarche.claims.register import load_register
from demarche.cli.main import app
from demarche.errors import ScenarioError
from demarche.reading.yaml_nodes import read_yaml
from demarche.rules.find import parameters
from demarche.scenario.load import load_scenario
from tests.conftest import ROOT

SEED = 1995
DRAWS = range(100_000)
OWN = """\
id: mine
title: My account
standpoint: Silence is taken for consent.
documents: ["003"]
links:
  silence_licence: {median: 3, low: 1.5, high: 6, claims: [PRS-28]}
"""
SCENARIO = """\
title: Own account
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1991-05}
accounts: [accounts/mine.yaml, common]
arms: {quiet: {channel_mix: {all_senders: {quiet: 1.0}}}, as_it_was: {}}
outcomes: [releases]
"""


def read(tmp_path: Path, text: str) -> Account:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return read_account(path, common_account())


def scenario_at(tmp_path: Path, text: str = SCENARIO, own: str = OWN) -> Path:
    shutil.copytree(ROOT / "scenarios" / "casts", tmp_path / "casts")
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "mine.yaml").write_text(own, encoding="utf-8")
    path = tmp_path / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_common_account_speaks_of_every_link_and_each_account_holds_of_all() -> None:
    assert set(common_account().own) == set(all_links())
    for account in packaged_accounts().values():
        assert list(account.links) == list(all_links())
        for name in set(all_links()) - set(account.own):
            assert account.links[name] is common_account().links[name]


def test_accounts_of_documents_come_first_and_files_carry_the_name_of_their_account() -> None:
    documents = [bool(account.documents) for account in packaged_accounts().values()]
    assert documents == sorted(documents, reverse=True)
    assert {path.stem for path in account_files()} == set(packaged_accounts())


@pytest.mark.parametrize("account", list(packaged_accounts().values()), ids=lambda account: account.id)
def test_every_link_stands_on_claims_of_the_accounts_own_documents_or_on_literature(account: Account) -> None:
    register = load_register()
    for name in account.own:
        held = account.links[name]
        assert held.claims or held.source
        assert {register.claim(claim).document for claim in held.claims} <= set(account.documents)


@pytest.mark.long
@pytest.mark.parametrize("account", list(packaged_accounts().values()), ids=lambda account: account.id)
def test_draws_have_the_quantiles_of_the_file_within_two_per_cent(account: Account) -> None:
    priors = [account.links[name].prior for name in account.own]
    values = draw_values(priors, SEED, DRAWS, r=0.0)
    for prior in priors:
        stated = np.array([prior.low, prior.median, prior.high])
        # 2 % of the number or of the range: near the edge of the logit scale a number is small within a wide range
        room = 0.02 * np.maximum(np.abs(stated), prior.high - prior.low)
        assert np.all(np.abs(np.quantile(values[prior.id], [0.05, 0.5, 0.95]) - stated) <= room), prior.id


@pytest.mark.long
def test_base_rates_are_drawn_within_their_range_and_loosening_goes_with_tightening() -> None:
    priors = {rate.id: rate.prior for rate in all_rates().values()}
    values = draw_values(priors.values(), SEED, range(20_000))
    for rate in all_rates().values():
        unit = UNITS[rate.said.unit]
        ends = ((values[rate.path] < rate.said.low).mean(), rate.said.low > unit.low), (
            (values[rate.path] > rate.said.high).mean(), rate.said.high < unit.high,
        )  # fmt: skip
        for outside, may_lie_outside in ends:
            assert outside == pytest.approx(0.05 if may_lie_outside else 0.0, abs=0.007), rate.id
    loosen, tighten = (correlated_normals(priors[f"reform_{way}_core"], SEED, DRAWS) for way in ("loosen", "tighten"))
    assert np.corrcoef(loosen, tighten)[0, 1] == pytest.approx(0.7, abs=0.015)  # four standard errors of 100,000 draws


def test_two_accounts_take_the_same_place_in_their_own_priors() -> None:
    first, second = (packaged_accounts()[name] for name in ("strategic_target", "domestic_engine"))
    one, other = (account.links["skill_yield"].prior for account in (first, second))
    assert (one.median, one.low) != (other.median, other.low)
    places = [np.argsort(draw_values([prior], SEED, range(60))[prior.id]) for prior in (one, other)]
    np.testing.assert_array_equal(*places)


def test_neutral_values_do_nothing_or_are_the_common_median() -> None:
    units = {link.id: link.said.unit for link in all_links().values()}
    for name in all_links():
        said = all_links()[name].said.neutral
        if said == "common":
            assert neutral_value(name) == common_account().links[name].prior.median
        else:
            is_one = units[name] in ("odds ratio", "factor")
            assert neutral_value(name) == (1.0 if is_one else 0.0), name


def test_links_and_rates_are_parameters_with_the_common_median_as_their_default() -> None:
    known = parameters()
    for name, link in all_links().items():
        assert known[link.path].default == common_account().links[name].prior.median
        assert known[link.path].low <= known[link.path].default <= known[link.path].high
    for rate in all_rates().values():
        assert known[rate.path].default == rate.said.median


def test_comparing_lists_the_widest_difference_first_and_nothing_between_equals() -> None:
    first, second = (packaged_accounts()[name] for name in ("cooperative_learning", "domestic_engine"))
    found = compare_accounts(first, second)
    distances = [difference.distance for difference in found]
    assert distances == sorted(distances, reverse=True)
    assert {d.link for d in found} == {
        name for name in all_links() if _numbers(first, name) != _numbers(second, name)
    }
    assert {d.link: d.distance for d in found} == {d.link: d.distance for d in compare_accounts(second, first)}
    assert compare_accounts(first, first) == ()
    varied = packaged_accounts()["common_with_displacement"]
    (only,) = compare_accounts(common_account(), varied)
    # share on the logit scale: from 0.3 [0, 0.6] to 0.5 [0.2, 0.8]
    shares = np.array([0.0, 0.3, 0.6, 0.2, 0.5, 0.8])
    there = np.log((shares + 0.02) / (1.02 - shares))
    half = ((there[2] - there[0]) + (there[5] - there[3])) / 4
    assert (only.link, only.distance) == ("displacement", pytest.approx((there[4] - there[1]) / half))


def _numbers(account: Account, name: str) -> tuple[float, float, float]:
    prior = account.links[name].prior
    return prior.median, prior.low, prior.high


def test_drawn_priors_are_those_of_the_account_and_of_the_paths_named() -> None:
    account = packaged_accounts()["domestic_engine"]
    found = drawn_priors(account, ("link.silence_licence", "link.skill_yield", "rate.reform_step", "a.b.c"))
    assert set(found) == {"link.skill_yield", "link.silence_licence", "rate.reform_step"}
    assert found["link.silence_licence"].median == 2


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    account = read(tmp_path, OWN)
    assert (account.id, account.own, account.documents) == ("mine", ("silence_licence",), ("003",))
    assert account.settings["link.silence_licence"] == 3
    assert account.reasons["link.silence_licence"] == "PRS-28"
    assert account.settings["link.skill_yield"] == common_account().settings["link.skill_yield"]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("silence_licence:", "silence_license:", "6:3", "unknown link"),
        ("silence_licence:", "silence_license:", "6:3", "Did you mean 'silence_licence'?"),
        ("[PRS-28]", "[PRS-280]", "6:60", "unknown claim"),
        ("[PRS-28]", "[DLG-01]", "6:60", "the claim is of document 000"),
        ('["003"]', '["300"]', "4:13", "unknown document"),
        ("median: 3", "median: 0.5", "6:20", "the numbers of a prior are not in order"),
        ("median: 3", "median: 0.5", "6:20", "Found: \"low is 1.5, median is 0.5\""),
        ("high: 6", "high: 600", "6:20", "high is 600, the upper bound of its unit is 100"),
        ("median: 3", 'median: "3"', "6:29", "Fix: write the number without quotes"),
        ("low: 1.5", "low: -1", "6:20", "the numbers of a prior are not in order"),
        (", claims: [PRS-28]", "", "6:20", "the link stands without grounds"),
        ("median: 3", "median: three", "6:29", "wrong kind of value"),
        ("high: 6", "hihg: 6", "6:42", "unknown key"),
        ("title: My account\n", "", "1:1", "key 'title' is missing"),
        ("id: mine", "id: My Account", "1:5", "small letters, digits, _, such as my_account"),
        ("documents:", "varies: cooperative_learning\ndocuments:", "4:9", "not an admissible value"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    with pytest.raises(ScenarioError) as told:
        read(tmp_path, OWN.replace(old, new))
    assert f"mine.yaml:{place}:" in str(told.value)
    assert words in str(told.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = OWN.replace("silence_licence:", "silence_license:").replace('["003"]', '["300"]')
    with pytest.raises(ScenarioError) as told:
        read(tmp_path, text + "  word_resistance: {median: 0.5, low: 0.6, high: 2}\n")
    assert {problem.what for problem in told.value.problems} >= {
        "unknown link", "unknown document", "the link stands without grounds",
    }  # fmt: skip


def test_the_common_account_must_speak_of_every_link(tmp_path: Path) -> None:
    path = tmp_path / "common.yaml"
    path.write_text(OWN, encoding="utf-8")
    with pytest.raises(ScenarioError, match="does not speak of every link"):
        read_account(path, None)


def test_the_schema_takes_every_packaged_file_and_refuses_unknown_links() -> None:
    schema = account_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in account_files():
        assert not list(validator.iter_errors(read_yaml(path).data)), path.name
    wrong = read_yaml(account_files()[0]).data
    assert isinstance(wrong, dict)
    assert list(validator.iter_errors({**wrong, "links": {"no_such_link": {}}}))
    assert json.loads(json.dumps(schema)) == schema


def test_a_scenario_runs_an_account_file_beside_a_packaged_one(tmp_path: Path) -> None:
    scenario = load_scenario(scenario_at(tmp_path))
    assert list(scenario.accounts) == ["mine", COMMON]
    other = tmp_path / "other"
    other.mkdir()
    changed = load_scenario(scenario_at(other, own=OWN.replace("median: 3", "median: 4")))
    assert changed.digest != scenario.digest


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("accounts: [accounts/mine.yaml, common]", "packs: [common]", "the key 'packs' is now 'accounts'"),
        ("accounts/mine.yaml", "accounts/mien.yaml", "Did you mean 'accounts/mine.yaml'?"),
        ("common]", "comon]", "Did you mean 'common'?"),
        ("common]", "accounts/mine.yaml]", "written twice"),
    ],
)
def test_a_scenario_refuses_what_is_no_account(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(ScenarioError) as told:
        load_scenario(scenario_at(tmp_path, SCENARIO.replace(old, new)))
    assert words in str(told.value)


def test_an_account_of_ones_own_may_not_take_a_packaged_id_and_its_problems_are_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="another account has the id of this one, 'domestic_engine'"):
        load_scenario(scenario_at(tmp_path, own=OWN.replace("id: mine", "id: domestic_engine")))
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ScenarioError, match=r"mine\.yaml:6:3: links.silence_license"):
        load_scenario(scenario_at(other, own=OWN.replace("silence_licence", "silence_license")))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["accounts"], "links that accounts may dispute"),
        (["accounts", "list"], "T4 Domestic engine"),
        (["accounts", "show", "domestic_engine"], "37 links of its own, 59 as in the common account."),
        (["accounts", "show", "domestic_engine", "--link", "silence_licence"], "PRS-28"),
        (["accounts", "compare", "common", "common_with_displacement"], "1 of 96 links differ."),
    ],
)
def test_the_command_line_lists_shows_and_compares(arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, arguments, env={"COLUMNS": "110"})
    assert told.exit_code == 0, told.output
    assert words in told.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["accounts", "show", "domestic_engin"], "Did you mean 'domestic_engine'?"),
        (["accounts", "show", "common", "--link", "skil_yield"], "Did you mean 'skill_yield'?"),
        (["accounts", "compare", "common", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_the_command_line_refuses_what_it_does_not_know(arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code != 0
    assert words in (told.output + str(told.exception))
