"""Rules of sponsors: what capitals reckon, how the bloc decides, who leads, and calls on waverers."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.rules.catalogue.senders.bloc import deciding_case
from demarche.rules.kit.codes import codes_of
from demarche.world.decisions import DECISION_OF
from tests.support.rule_bench import RuleBench

STAY, JOIN, LEADS = 0, 1, 2
ALL = [0, 1, 1, 1, 1, 1]  # everybody but the focal state


def bloc(choice: list[int], **fields: object) -> RuleBench:
    """Return a world in which CCC, DDD and EEE form the bloc."""
    given = {"is_sender": ALL, "in_joint_bloc": [0, 0, 1, 1, 1, 0], "sponsor_choice": choice, "sponsor_held": -1,
             "lever_unanimity": 1.0, "has_next_seat": ALL}  # fmt: skip
    return RuleBench(**(given | fields))


def test_the_least_willing_member_decides_under_unanimity_and_the_middle_one_under_a_majority() -> None:
    cases = np.array([[3.0, 3.0], [-2.0, -2.0], [0.5, 0.5]])
    assert deciding_case(cases, np.array([True, False])).tolist() == [-2.0, 0.5]
    assert deciding_case(np.empty((0, 2)), np.array([True, False])).tolist() == [-np.inf, -np.inf]


@pytest.mark.parametrize(("unanimity", "chance"), [(1.0, 1 / (1 + np.e**2)), (0.0, 1 / (1 + np.e**-1))])
def test_the_bloc_acts_together(unanimity: float, chance: float) -> None:
    cases = [0, 0, 3, -2, 1, 0]
    for council, together in ((chance - 0.01, JOIN), (chance + 0.01, STAY)):
        bench = bloc([0, 1, 1, 0, 0, 1], sponsor_case=cases, lever_unanimity=unanimity)
        bench.act("senders.consult_bloc", draws={"council": council})
        assert (bench.world["sponsor_choice"][2:5] == together).all()
        assert (bench.world["sponsor_choice"][[1, 5]] == JOIN).all()


def test_the_presidency_leads_for_the_bloc_and_a_strong_clock_may_dissent() -> None:
    bench = bloc([0, 0, 0, 0, 0, 0], sponsor_case=5, presides_bloc=[0, 0, 0, 1, 0, 0])
    bench.act("senders.consult_bloc", draws={"council": 0.0})
    assert bench.world["sponsor_choice"][:, 0].tolist() == [0, 0, JOIN, LEADS, JOIN, 0]
    bench = bloc([0, 0, 1, 1, 0, 0], sponsor_case=-9, domestic_clock=[0, 0, 0.8, 0.6, 0.8, 0])
    bench.act("senders.consult_bloc", draws={"council": 0.5})
    assert bench.world["sponsor_choice"][2:5, 0].tolist() == [JOIN, STAY, STAY]


def test_a_seat_that_is_held_is_not_bound() -> None:
    bench = bloc([0, 0, 1, 1, 0, 0], sponsor_case=-9, sponsor_held=[-1, -1, -1, 1, -1, -1])
    bench.act("senders.consult_bloc", draws={"council": 0.5})
    assert bench.world["sponsor_choice"][2:5, 0].tolist() == [STAY, JOIN, STAY]


def test_alone_only_with_a_strong_clock() -> None:
    for clock, leads in ((0.9, 1), (0.5, 0), (0.0, 0)):
        bench = RuleBench(sponsor_choice=[0, 2, 0, 0, 0, 0], sponsor_held=-1, has_next_seat=ALL, domestic_clock=clock)
        bench.act("senders.lead")
        assert bench.world["is_lead"][1].tolist() == [leads] * 8
        assert bench.world["sponsor_choice"][1, 0] == (LEADS if leads else STAY)


def test_who_wants_to_lead_does_before_a_member_for_the_bloc() -> None:
    choice = [0, 1, 2, 1, 0, 0]
    bench = bloc(choice, sponsor_case=[0, 9, 1, 5, 0, 0])
    bench.act("senders.lead")
    assert bench.world["is_lead"][:, 0].tolist() == [0, 0, 1, 0, 0, 0]
    bench = bloc([0, 1, 1, 1, 0, 0], sponsor_case=[0, 9, 1, 5, 0, 0])
    bench.act("senders.lead")
    assert bench.world["is_lead"][:, 0].tolist() == [0, 0, 0, 1, 0, 0]
    bench = bloc([0, 1, 0, 0, 0, 1], sponsor_case=1)
    assert not bench.act("senders.lead")["is_lead"].any()


def test_the_list_tells_who_left_and_is_empty_without_a_lead() -> None:
    event = codes_of("sponsor_event")
    bench = RuleBench(sponsor_choice=[0, 2, 1, 0, 0, 0], is_lead=[0, 1, 0, 0, 0, 0], is_sponsor=[0, 1, 0, 1, 0, 0])
    bench.act("senders.list_of_sponsors")
    assert bench.world["sponsor_event"][:, 0].tolist() == [0, event["lead"], event["sponsor"], event["left"], 0, 0]
    assert bench.world["sponsor_count"].tolist() == [2] * 8
    bench = RuleBench(sponsor_choice=[0, 1, 1, 0, 0, 0])
    bench.act("senders.list_of_sponsors")
    assert not bench.world["is_sponsor"].any()


def test_newcomers_are_taken_to_vote_as_their_group_did() -> None:
    regions = {"region": [1, 4, 4, 0, 0, 4]}
    bench = RuleBench(**regions, voted_last=[1, 1, 1, 1, 0, 0], last_stance=[-1, 1, 0, -1, 0, 0],
                      has_next_seat=[1, 1, 0, 1, 1, 1])  # fmt: skip
    bench.act("senders.count_seats")
    assert bench.world["seat_shift"][0] == pytest.approx(-1.0 + 0.5 - 0.0)
    assert bench.world["seats_changed"][0] == 2
    assert not RuleBench(**regions, has_next_seat=1).act("senders.count_seats")["seat_shift"].any()


def test_hope_follows_the_margin_seats_and_who_has_spoken() -> None:
    def hope(**fields: float | list[int]) -> float:
        bench = RuleBench(votes_so_far=1, **fields)
        bench.act("senders.hopes", draws={"bias": 0.5}, ten=2.0)
        return float(bench.world["hope_of_winning"][1, 0])

    assert hope() == pytest.approx(0.5)
    assert hope(motion_margin=4) == pytest.approx(0.1587, abs=1e-3)
    assert hope(motion_margin=4, seat_shift=4) == pytest.approx(0.5)
    assert hope(is_announced=ALL) > 0.5
    assert hope(motion_margin=4) < hope(motion_margin=4, seats_changed=20) < 0.5


@pytest.mark.parametrize(("rule", "field", "sign"), [
    ("senders.clock_at_home", "domestic_clock", 1), ("senders.hope_counts", "hope_of_winning", 1),
    ("senders.habit", "is_sponsor", 1), ("senders.pledge_binds", "has_pledge", -1),
    ("senders.costs_of_sponsoring", "business_pull", -1), ("senders.costs_of_sponsoring", "retaliation", -1),
    ("senders.costs_of_sponsoring", "favour", -1),
])  # fmt: skip
def test_reasons_for_and_against_sponsoring(rule: str, field: str, sign: int) -> None:
    bench = RuleBench(hope_of_winning=0.0, exports_index=1.0)
    assert bench.silent(rule)
    change = bench.set(**{field: [0, 1, 0, 0, 0, 0]}).act(rule)["sponsor_utility"]
    assert (change[0] == 0).all()
    assert (np.sign(change[1:, 1]) == sign).all()
    assert (change[1] == change[2]).all()


def test_company_is_the_bloc_for_members_and_all_with_a_clock_for_others() -> None:
    bench = bloc([0] * 6, domestic_clock=[0, 1, 0.5, 0.5, 0.5, 0.2], is_announced=[0, 0, 1, 1, 0, 0])
    change = bench.act("senders.company", ratio=3.0)["sponsor_utility"][1, :, 0]
    assert change[2:5] == pytest.approx(np.log(3.0) * 2 / 3)
    assert change[1] == pytest.approx(np.log(3.0) * 2 / 5)


def test_talks_that_are_taken_up_take_a_name_off_the_list() -> None:
    bench = RuleBench(sponsor_choice=1, sponsor_held=-1, accept_talks_choice=[0, 1, 1, 0, 0, 0],
                      dialogue_offered=[0, 1, 0, 1, 0, 0])  # fmt: skip
    bench.act("senders.leaves_for_talks")
    assert bench.world["sponsor_choice"][:, 0].tolist() == [1, 0, 1, 1, 1, 1]


def test_sponsors_call_on_those_who_waver_and_do_not_sponsor() -> None:
    bench = RuleBench(has_next_seat=ALL, is_sponsor=[0, 1, 1, 0, 0, 0], stance_age=[1, 1, 1, 1, 1, -1],
                      last_stance=[-1, 0, 1, 0, 1, 0])  # fmt: skip
    utility = bench.act("senders.calls_on_waverers", canvass_visit=0.1)["canvass_utility"][1, :, 0]
    assert (utility[[1, 2, 4]] < -100).all()
    assert utility[3] > utility[5] > -100
    assert utility[0] == 0.0
    assert DECISION_OF["canvass"].among == "has_next_seat", "or the rule must bar those without a seat"
