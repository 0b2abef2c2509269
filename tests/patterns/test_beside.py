"""What stands beside the accounts: placebos, baselines, sources that cite a pattern, inputs that encode an outcome."""

from __future__ import annotations

import pickle

import pytest
from hand_made import HISTORY
from tests.conftest import make_setup
from tests.support.accounts import document_accounts

from demarche.analysis.scorecard.assemble import baseline_columns
from demarche.analysis.scorecard.encodings import encodings_of
from demarche.analysis.scorecard.placebos import account_rules, contested_rules, permuted, without
from demarche.analysis.scorecard.sources import fitted_sources
from demarche.cast.cast import Cast
from demarche.claims.register import load_register
from demarche.engine.setup import Setup
from demarche.history.scorecard.baselines.common import sessions_of
from demarche.history.scorecard.baselines.persistence import persistence
from demarche.history.scorecard.baselines.two_blocs import two_blocs
from demarche.rules.contract import ALL


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, 24)


def test_placebo_a_leaves_the_rules_of_all_accounts(setup: Setup) -> None:
    off = account_rules(setup.catalogue)
    bare = without(setup, off)
    assert all(rule.accounts == ALL for account in document_accounts() for rule in bare.rules("quiet", account))
    assert len(off) + sum(rule.accounts == ALL for rule in setup.catalogue.rules) == len(setup.catalogue.rules)


def test_placebo_b_silences_what_a_claim_contradicts(setup: Setup) -> None:
    register = load_register()
    for id_ in contested_rules(setup.catalogue):
        rule = setup.catalogue.get(id_)
        assert rule.has_strength
        assert any(kind == "contradicts" for claim in rule.claims for _, kind in register.against(claim))
    assert 20 < len(contested_rules(setup.catalogue)) < 100


def test_permuted_labels_keep_the_number_of_accounts_of_a_rule_and_differ_by_number(setup: Setup) -> None:
    one, two = permuted(setup, 1).catalogue, permuted(setup, 2).catalogue
    for before, after in zip(setup.catalogue.rules, one.rules, strict=True):
        assert (before.accounts == ALL) == (after.accounts == ALL)
        assert len(before.accounts) == len(after.accounts)
    labels = [rule.accounts for rule in setup.catalogue.rules]
    assert [rule.accounts for rule in one.rules] != labels
    assert [rule.accounts for rule in one.rules] != [rule.accounts for rule in two.rules]
    again = pickle.loads(pickle.dumps(one))
    assert [rule.accounts for rule in again.rules] == [rule.accounts for rule in one.rules]


def test_baselines_have_votes_and_fail_what_they_must(cast: Cast) -> None:
    columns = {column.name: column for column in baseline_columns(cast, HISTORY)}
    assert list(columns) == ["B0", "B1", "B2"]
    for column in columns.values():
        assert column.passes("P02") is False, "no simple generator has the record's share of yes"
        assert column.passes("P24") is None
    assert columns["B2"].passes("P03") is False, "nobody abstains between two blocs"
    assert columns["B0"].passes("P19") is True, "a score that stays where it was is flat"


def test_persistence_repeats_the_last_vote(cast: Cast) -> None:
    events = persistence(cast, HISTORY).events
    votes = events[(events["run"] == 0) & (events["kind"] == "vote_no_action")]
    last = {vote.state: vote.vote for vote in HISTORY.votes if vote.year == 1996 and vote.motion == "no_action"}
    final = votes[votes["step"] == votes["step"].max()].set_index("actor")["detail"].to_dict()
    both = set(last) & set(final)
    assert len(both) > 30
    assert all(final[state] == last[state] for state in both)


def test_two_blocs_leave_nobody_who_would_gain_by_changing(cast: Cast) -> None:
    events = two_blocs(cast, HISTORY).events
    session = sessions_of(cast, HISTORY)[0]
    mine = events[(events["run"] == 0) & (events["kind"] == "vote_no_action") & (events["step"] == session.step)]
    assert set(mine["detail"]) == {"yes", "no"}
    assert tuple(sorted(mine["actor"])) == tuple(sorted(session.members))


def test_sources_that_cite_a_pattern_or_its_table_are_found(setup: Setup, cast: Cast) -> None:
    found = fitted_sources(setup.catalogue, document_accounts(), cast, HISTORY.judging)
    assert any("coalition.alignment.level" in text for text in found["P02"]), "roll calls"
    assert "P27" not in found
    assert "P52" not in found


def test_inputs_that_encode_an_outcome_are_counted(cast: Cast) -> None:
    found = encodings_of(cast, HISTORY.judging)
    by_what = {one.what: len(one.inputs) for one in found}
    summits = sum(event.kind == "summit" for event in cast.events)
    assert by_what["no draft was tabled in 1998"] == 1
    assert by_what["visits and summits that the record of relations brought about"] == summits
    later = next(one for one in found if "quarrels" in one.what)
    assert later.inputs
    since = {event.code for event in cast.events if event.month.year >= 1999}
    assert {name.removeprefix("calendar ") for name in later.inputs} <= since
