"""Levers that can reach none of the outcomes that are shown, and the links by which they would."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable

import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import load_cast
from demarche.cli.say.experiment import remarks_on
from demarche.scenario.load import Scenario, load_scenario
from demarche.scenario.reach import NoReach, neutral_links, without_reach
from tests.conftest import ROOT

read_cast = functools.cache(load_cast)
HEAD = """title: Reach
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1992-12}
"""
Loader = Callable[[str], Scenario]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    folder = tmp_path_factory.mktemp("reach")
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "casts")
    path = folder / "scenario.yaml"

    def read(text: str) -> Scenario:
        path.write_text(HEAD + text, encoding="utf-8")
        return load_scenario(path, read_cast)

    return read


CIRCULATION = "arms:\n  read: {circulation: {all_treaties: 1}}\n  as_it_was: {}\n"
CUT = "parameters: {link.circulation_awareness: 0}\n"


def test_a_lever_with_a_path_is_not_spoken_of(load: Loader) -> None:
    found = load(f"accounts: [common, domestic_engine]\noutcomes: [mobilisation]\n{CIRCULATION}")
    assert without_reach(found, ["read", "as_it_was"]) == ()


def test_a_lever_without_a_path_is_named_with_its_link_and_accounts(load: Loader) -> None:
    found = load(f"accounts: [common, domestic_engine]\noutcomes: [mobilisation]\n{CUT}{CIRCULATION}")
    (one,) = without_reach(found, ["read"])
    assert one == NoReach("circulation", "", ("common", "domestic_engine"), ("circulation_awareness",))
    assert str(one) == (
        "the lever circulation reaches none of the outcomes shown in common, domestic_engine: it would by the link "
        "circulation_awareness, which is neutral there"
    )
    assert without_reach(found, ["as_it_was"]) == (), "an arm that does not set it"
    assert without_reach(found, ["as_it_was"], swept=["lever.circulation", "link.list_release"]) == (one,)
    assert [line for line in remarks_on(found) if line.startswith("Remark: the lever circulation")]


def test_an_outcome_that_no_lever_reaches_is_named_with_its_accounts(load: Loader) -> None:
    """Two links carry conviction from abroad, and the strategic account holds both at nothing."""
    arms = "arms:\n  one: {dialogue: {all_senders: seek}}\n  as_it_was: {}\n"
    found = load(f"accounts: [strategic_target, common]\noutcomes: [internalisation, releases]\n{arms}")
    (one,) = without_reach(found, ["one"])
    assert one == NoReach("", "internalisation", ("strategic_target",), one.links)
    assert " or " in str(one), "each of the two would do"
    assert set(one.links) == {"dialogue_internalisation", "membership_internalisation"}
    assert str(one).startswith("no lever that is set or varied reaches the outcome internalisation in strategic_target")
    neutral = dict(neutral_links(packaged_accounts()["common"], {}, False))
    assert "membership_internalisation" not in neutral
    assert without_reach(found, ["one"], drawn=True) == (), "the range of its priors holds a path"


def test_several_neutral_links_on_one_path_are_all_named(load: Loader) -> None:
    """Notes act on coordination, which only moves concessions; either link alone would cut the path."""
    arms = "arms:\n  notes: {comparing_notes: {all_senders: 1}}\n  as_it_was: {}\n"
    both = "parameters: {link.tracks_coordination: 0, link.coordination_concession: 1}\n"
    found = load(f"accounts: [common]\noutcomes: [releases]\n{both}{arms}")
    (one,) = without_reach(found, ["notes"])
    assert one.together
    assert set(one.links) == {"tracks_coordination", "coordination_concession"}
    assert "by the links coordination_concession and tracks" in str(one) or "and coordination_concession" in str(one)
    assert "are neutral there" in str(one)


def test_an_outcome_that_is_not_on_the_way_is_not_reached(load: Loader) -> None:
    arms = "arms:\n  notes: {comparing_notes: {all_senders: 1}}\n  as_it_was: {}\n"
    cut = "parameters: {link.coordination_concession: 1}\n"
    assert without_reach(load(f"accounts: [common]\noutcomes: [coordination]\n{cut}{arms}"), ["notes"]) == ()
    assert without_reach(load(f"accounts: [common]\noutcomes: [releases]\n{cut}{arms}"), ["notes"])


def test_where_links_are_drawn_only_fixed_ones_cut(load: Loader) -> None:
    arms = "arms:\n  one: {circulation: {all_treaties: 1}}\n  as_it_was: {}\n"
    account = packaged_accounts()["cooperative_learning"]
    assert neutral_links(account, {}, False)
    assert not neutral_links(account, {}, True), "every prior has a range"
    assert neutral_links(account, {"link.circulation_awareness": 0.0}, True) == (("circulation_awareness", 0.0),)
    found = load(f"accounts: [common]\noutcomes: [mobilisation]\n{CUT}{arms}")
    assert without_reach(found, ["one"], drawn=True), "what the scenario sets is not drawn"


def test_rules_that_are_off_carry_nothing(load: Loader) -> None:
    arms = "arms:\n  one: {circulation: {all_treaties: 1}, rules_off: [bodies.findings_circulate]}\n  as_it_was: {}\n"
    (one,) = without_reach(load(f"accounts: [common]\noutcomes: [mobilisation]\n{arms}"), ["one"])
    assert one.links == ()
    assert str(one).endswith("no rule leads from it to any of them")
