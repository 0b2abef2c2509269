"""What stands beside the accounts: placebos, baselines, sources that cite a pattern, inputs that encode an outcome."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hand_made import HISTORY
from tests.conftest import make_setup
from tests.support.accounts import document_accounts

from demarche.accounts.links import all_links
from demarche.accounts.packaged import common_account, neutral_value
from demarche.accounts.priors import draw_values
from demarche.analysis.scorecard.assemble import baseline_columns
from demarche.analysis.scorecard.encodings import encodings_of
from demarche.analysis.scorecard.jobs import drawn_runs
from demarche.analysis.scorecard.placebos import common_placebo, neutral_account, permuted_account, under
from demarche.analysis.scorecard.restated import altered
from demarche.analysis.scorecard.sources import fitted_sources
from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from demarche.history.scorecard.baselines.common import sessions_of
from demarche.history.scorecard.baselines.persistence import persistence
from demarche.history.scorecard.baselines.two_blocs import two_blocs


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, 24)


def test_placebo_a_holds_every_contested_link_at_neutral_in_every_draw(setup: Setup) -> None:
    account = neutral_account()
    told = draw_values((held.prior for held in account.links.values()), 1, range(50))
    for name, link in all_links().items():
        np.testing.assert_allclose(told[link.path], neutral_value(name), atol=1e-12, err_msg=name)
    assert under(setup, account).accounts[account.id].settings[all_links()["skill_yield"].path] == 1.0


def test_placebo_b_holds_what_the_common_account_holds() -> None:
    assert common_placebo().links == common_account().links
    assert common_placebo().id != common_account().id


def test_permuted_accounts_take_each_link_from_one_of_the_accounts_and_differ_by_number() -> None:
    accounts = list(document_accounts().values())
    one, again, two = (permuted_account(accounts, number) for number in (1, 1, 2))
    assert one.links == again.links != two.links
    origins = set()
    for name in all_links():
        held = [account.id for account in accounts if account.links[name] is one.links[name]]
        assert held, name
        origins |= set(held) if len(held) == 1 else set()
    assert origins == {account.id for account in accounts}


@pytest.mark.long
def test_draws_are_the_same_in_every_arm_and_what_the_scenario_sets_is_not_drawn(setup: Setup) -> None:
    world = replace(setup, fixed={"senders.lists.names": 2.0})
    rows = [(arm, account, draw) for arm in ("quiet", "vocal") for account in ("strategic_target", "domestic_engine")
            for draw in range(4)]  # fmt: skip
    runs = drawn_runs(world, rows, (11, 12, 13, 14))
    assert list(runs.seed) == [11, 12, 13, 14] * 4
    assert "senders.lists.names" not in runs.values
    assert runs.values
    for column in runs.values.values():
        by_arm = column.reshape(2, 2, 4)
        np.testing.assert_array_equal(by_arm[0], by_arm[1])
    assert sum(len(np.unique(column)) > 4 for column in runs.values.values()) > 10


def test_single_numbers_are_made_neutral_or_halved() -> None:
    assert altered("link.silence_licence", np.array([2.0, 3.0])).tolist() == [1.0, 1.0]
    assert altered("link.law_practice", np.array([0.4])).tolist() == [0.0]
    assert altered("rate.reform_step", np.array([0.05])).tolist() == [0.025]


@pytest.mark.long
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


@pytest.mark.long
def test_two_blocs_leave_nobody_who_would_gain_by_changing(cast: Cast) -> None:
    events = two_blocs(cast, HISTORY).events
    session = sessions_of(cast, HISTORY)[0]
    mine = events[(events["run"] == 0) & (events["kind"] == "vote_no_action") & (events["step"] == session.step)]
    assert set(mine["detail"]) == {"yes", "no"}
    assert tuple(sorted(mine["actor"])) == tuple(sorted(session.members))


def test_sources_that_cite_a_pattern_or_its_table_are_found(setup: Setup, cast: Cast) -> None:
    found = fitted_sources(setup.catalogue, document_accounts(), cast, HISTORY.judging)
    assert any("bodies.delegations_lean.posterior_draw" in text for text in found["P02"]), "roll calls"
    assert any("skill_yield" in text for text in found["P52"]), "a link declares it"
    assert any("answer_occasion_ratio" in text for text in found["P23"]), "the note of a base rate"
    assert "P31" in found
    assert "P49" not in found


def test_inputs_that_encode_an_outcome_are_counted(cast: Cast) -> None:
    found = encodings_of(cast, HISTORY.judging)
    by_what = {one.what: len(one.inputs) for one in found}
    summits = sum(event.kind == "summit" for event in cast.events)
    assert by_what["visits and summits that the record of relations brought about"] == summits
    assert not any(event.kind in ("summit", "sender_need", "security_shock", "scandal") and event.month.year >= 1999
                   for event in cast.events)  # fmt: skip
