"""Unit law of the links of sponsors, talks, votes, sanctions and trade: treatment at 0 against 1 gives the stated unit.

Each probe runs the reference cast with every other link neutral, except one that the link acts on. What is measured is
the state that the link names: log odds of sponsoring, rounds held, votes, a stock, the push on concessions. Tolerance
20 % of the stated effect, on the logarithm for odds ratios; runs of both ends share their luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from tests.support.motion_world import run, session_steps, setup
from tests.support.rule_bench import RuleBench

from demarche.arrays import Array
from demarche.rules.kit.codes import codes_of

CLOSE = 0.2
YEAR = 12
Held = Mapping[str, Any]


def near(found: float, stated: float) -> bool:
    return abs(found - stated) <= CLOSE * abs(stated)


def senders(kept: Array) -> Array:
    """Return the rows of a kept field `(n_months, n_states, n_runs)` that may sponsor in the first year."""
    world, _ = run(2, world=setup(1))
    return kept[:, np.flatnonzero(world["is_sender"][:, 0] > 0)]


SPONSORING: dict[str, tuple[Held, Held]] = {
    "dialogue_sponsoring": ({"has_dialogue": 0.0}, {"has_dialogue": 1.0, "dialogue_suspended": 0.0}),
    "defeat_exit": ({"own_defeats": 0.0}, {"own_defeats": 1.0}),
}


@pytest.mark.parametrize("link", SPONSORING)
@pytest.mark.parametrize("ratio", [3.0, 0.3])
def test_odds_of_sponsoring(link: str, ratio: float) -> None:
    found = []
    for held in SPONSORING[link]:
        world = setup(8, ("focal.tracks_counted",))
        _, kept = run(40, {link: ratio}, held={**held, "is_announced": 0.0}, world=world, watched=("sponsor_case",))
        found.append(senders(kept["sponsor_case"])[5:8].mean())
    assert near(found[1] - found[0], np.log(ratio))


def test_odds_of_a_choice_are_the_odds_of_the_link() -> None:
    """Over all positions taken with the case of each sender laid to the middle."""
    flat = {"statutory_clock": 0.0, "hope_of_winning": 0.0, "business_pull": 0.0, "is_announced": 0.0,
            "is_sponsor": 0.0, "has_next_seat": 0.0}  # fmt: skip
    found = []
    for held in SPONSORING["defeat_exit"]:
        values = {"rate.sponsor_join": 0.5, "senders.hope_counts.weight": 0.0}
        world = setup(8, ("senders.hopes", "senders.trade_gives_firms_a_voice"))
        _, kept = run(400, {"defeat_exit": 3.0}, held={**flat, **held}, values=values, world=world,
                      watched=("sponsor_choice",))  # fmt: skip
        choices = senders(kept["sponsor_choice"])[4:7]
        found.append(np.log((choices > 0).sum() / (choices == 0).sum()))
    assert near(found[1] - found[0], np.log(3.0))


OPEN = {"term_agenda": 1.0, "term_secrecy": 0.0, "term_ngo_seat": 1.0}
CLOSED = {"term_agenda": 0.0, "term_secrecy": 1.0, "term_ngo_seat": 0.0}
TALKING = {"has_dialogue": 1.0, "dialogue_suspended": 0.0, "dialogue_months": 3.0, "term_conditions": 0.0}


@pytest.mark.parametrize("ratio", [2.0, 0.2])
def test_odds_of_a_round(ratio: float) -> None:
    found = []
    for terms in (CLOSED, OPEN):
        _, kept = run(40, {"open_terms_round": ratio}, held={**TALKING, **terms}, world=setup(YEAR),
                      watched=("round_held", "round_due"))  # fmt: skip
        held = kept["round_held"].sum() / kept["round_due"].sum()
        found.append(np.log(held / (1.0 - held)))
    assert near(found[1] - found[0], np.log(ratio))


@pytest.mark.parametrize("ratio", [3.0, 0.3])
def test_odds_of_breaking_off_established_talks(ratio: float) -> None:
    """Over both causes, a motion sponsored and a dispute; talks of five years against talks that begin."""
    running = {"has_dialogue": 1.0, "dialogue_suspended": 0.0, "is_sponsor": 1.0}
    rates = {"rate.dialogue_suspend": 0.5, "rate.dialogue_suspend_dispute": 0.5}
    found = []
    for months in (0.0, 60.0):
        _, kept = run(100, {"talks_endure": ratio}, held={**running, "dialogue_months": months}, values=rates,
                      world=setup(YEAR), watched=("suspend_talks_choice", "suspension_cause"))  # fmt: skip
        broken = kept["suspend_talks_choice"][kept["suspension_cause"] > 0].mean()
        found.append(np.log(broken / (1.0 - broken)))
    assert near(found[1] - found[0], np.log(ratio))


def test_substance_of_a_round() -> None:
    found = []
    for terms in (CLOSED, OPEN):
        world, kept = run(20, {"open_terms_substance": 0.4}, held={**TALKING, **terms}, world=setup(YEAR),
                          watched=("round_held",))  # fmt: skip
        held = kept["round_held"].any(axis=0)
        found.append(world["dialogue_substance"][held].mean())
    assert near(found[1] - found[0], 0.4 * (1.0 - found[0]))


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_a_resumption_is_booked_as_a_share_of_a_real_concession(share: float) -> None:
    laid = {"has_dialogue": 1.0, "dialogue_suspended": 1.0, "months_suspended": 9.0}
    _, kept = run(40, {"resumption_credit": share}, laid=laid, world=setup(24),
                  watched=("dialogue_event", "resumption_booked"))  # fmt: skip
    at = kept["dialogue_event"] == codes_of("dialogue_event")["resumed"]
    assert at.sum() > 50
    assert near(kept["resumption_booked"][at].mean(), share)
    assert kept["resumption_booked"][~at].max() == 0


PUSHES: dict[str, tuple[tuple[str, ...], Held, Held]] = {
    "needs_concession": (("focal.sanctions_felt_as_need",), {"target_needs": 0.0}, {"target_needs": 1.0}),
    "rank_concession": ((), {"target_status": 0.0}, {"target_status": 1.0}),
    "coordination_concession": ((), {"coordination": 0.0}, {"coordination": 1.0}),
    "threat_concession": (("senders.condition_presses",), {"trade_condition": 0.0}, {"trade_condition": 1.0}),
    "explicit_bar": (("senders.condition_presses",), {"condition_explicit": 0.0}, {"condition_explicit": 1.0}),
    "rivalry_yield": (("senders.other_needs",), {"security_rivalry": 0.0}, {"security_rivalry": 1.0}),
    "motion_concession": (("senders.expected_motion",), {"chance_of_motion": 0.0}, {"chance_of_motion": 1.0}),
}


@pytest.mark.parametrize("link", PUSHES)
def test_push_on_concessions(link: str) -> None:
    off, none, full = PUSHES[link]
    found = []
    for held in (none, full):
        world, _ = run(2, {link: 3.0}, held=held, world=setup(2, off))
        found.append(float(world["concession_push"].mean()))
    assert near(found[1] - found[0], np.log(3.0))


def test_talks_are_a_concession_at_half_the_price() -> None:
    """A demand that stands is granted with odds that the square of the link multiplies."""
    found = []
    for level in (0.0, 1.0):
        held = {"chance_of_motion": level, "demand_open": 1.0, "lacks_talks": 1.0, "dialogue_offered": 0.0,
                "has_pledge": 0.0, "has_dialogue": 0.0}  # fmt: skip
        off = ("senders.expected_motion", "focal.considers_offers", "focal.offers_against_motions")
        _, kept = run(60, {"motion_concession": 2.0}, held=held, world=setup(YEAR, off), watched=("offer_event",))
        offers = senders(kept["offer_event"])[:7] > 0  # none between the list and the session
        found.append(np.log(offers.mean() / (1.0 - offers.mean())))
    assert near(found[1] - found[0], 2.0 * np.log(2.0))


@pytest.mark.parametrize("link", ["tracks_coordination", "business_lobby"])
def test_shares_a_year(link: str) -> None:
    """A tenth of 0.6 in a year, or of the will."""
    quiet = {"senders.coordination_returns.half_life": 1e9, "senders.will_returns.half_life": 1e9}
    field = "coordination" if link == "tracks_coordination" else "sender_will"
    treatment = "dialogue_tracks" if link == "tracks_coordination" else "firms_lobby"
    off = ("focal.tracks_counted", "senders.trade_gives_firms_a_voice", "senders.will_stands", "senders.talks_satisfy",
           "senders.news_moves_will")  # fmt: skip
    found = []
    for level in (0.0, 1.0):
        laid = {"coordination": 0.6, "sender_will": 0.6}
        held = {treatment: level, "has_dialogue": 0.0}
        world, _ = run(2, {link: 0.1}, laid=laid, held=held, values=quiet, world=setup(YEAR, off))
        found.append(float(world[field][: world.n_senders].mean()))
    assert near(found[0] - found[1], 0.1 * 0.6)


def test_dividends_keep_part_of_the_will_that_firms_take() -> None:
    found = []
    for level in (0.0, 1.0):
        bench = RuleBench(firms_lobby=1.0, sender_will=0.6, lever_dividends=level)
        change = bench.act("senders.firms_lobby", business_lobby=0.2, dividends_will=0.6)["sender_will_change"]
        found.append(float(change.mean()))
    assert near(found[1] / found[0], 1.0 - 0.6)


def test_a_waiver_spends_the_threat() -> None:
    at = setup().arms["bare"].calendar.steps("tariff_deadline")[0]
    values = {"rate.tariff_enforce": 0.001, "lever.tariff_condition": 1.0}
    held = {"yield_persons": 0.0, "yield_issue": 0.0}
    world, _ = run(20, {"waiver_credibility": 0.3}, laid={"threat_credibility": 0.6}, held=held,
                   values=values, world=setup(at + 1))  # fmt: skip
    assert near(float(np.median(world["threat_credibility"])), 0.6 * 0.3)


def test_sanctions_are_felt_as_need() -> None:
    found = []
    for felt in (0.0, 1.0):
        held = {"sanctions_felt": felt}
        world, _ = run(2, {"sanction_need": 0.3}, laid={"target_needs": 0.5}, held=held,
                       world=setup(1, ("senders.sanctions_weigh",)))  # fmt: skip
        found.append(float(world["target_needs"].mean()))
    assert near(found[1] - found[0], 0.3 * 0.5)


def test_security_needs_take_from_the_clock() -> None:
    """The clock adds 3 to the case of a full one; a full need takes the share of the link from it."""
    found = []
    for need in (0.0, 1.0):
        held = {"security_salience": need, "statutory_clock": 1.0, "is_announced": 0.0}
        _, kept = run(20, {"security_agenda": 0.5}, held=held, world=setup(8, ("senders.other_needs",)),
                      watched=("sponsor_case",))  # fmt: skip
        found.append(senders(kept["sponsor_case"])[4:7].mean())  # clocks are laid anew in January
    assert near(found[0] - found[1], 0.5 * 3.0)


def on_the_border(side: int) -> RuleBench:
    """Return a world in which every delegation stands between abstaining and a side."""
    bench = RuleBench(aid_need=1.0, is_moved=1.0)
    bench.world["vote_no_action_utility"][...] = -5.0
    bench.world["vote_no_action_utility"][[1, side]] = 0.0
    return bench


@pytest.mark.parametrize(("rule", "field", "side"), [
    ("bodies.focal_calls_count", "called_on_by_focal", 0), ("bodies.sponsors_calls_count", "called_on_by_sponsors", 2),
])  # fmt: skip
def test_odds_of_a_wavering_vote(rule: str, field: str, side: int) -> None:
    bench = on_the_border(side).set(**{field: 1.0})
    change = bench.act(rule, lobby_waverers=3.0)["vote_no_action_utility"]
    assert near(change[side].mean(), np.log(3.0))
    assert on_the_border(side).silent(rule, lobby_waverers=3.0)


@pytest.mark.parametrize("times", [0.3, 2.0])
@pytest.mark.parametrize("given", [{"called_on_by_focal": 1.0}, {"trade_exposure": 100.0}])
def test_ties_without_conditions_multiply_what_a_call_of_sponsors_weighs(times: float, given: Held) -> None:
    found = []
    for fields in ({}, given):
        bench = on_the_border(2).set(called_on_by_sponsors=1.0, export_share=0.0, **{"trade_exposure": 0.0, **fields})
        change = bench.act("bodies.sponsors_calls_count", lobby_waverers=3.0, unconditional_ties=times)
        found.append(change["vote_no_action_utility"][2].mean())
    assert near(np.log(found[1] / found[0]), np.log(times))


def test_a_visit_of_the_focal_state_without_assistance_is_no_tie() -> None:
    ties = {"called_on_by_sponsors": 1.0, "export_share": 0.0, "trade_exposure": 0.0}
    plain, visited, assisted = (
        on_the_border(2).set(**ties, called_on_by_focal=called).act(
            "bodies.sponsors_calls_count", lobby_waverers=3.0, unconditional_ties=0.3)["vote_no_action_utility"][2]
        for called in (0.0, 0.5, 1.0)
    )  # fmt: skip
    np.testing.assert_array_equal(plain, visited)
    assert (assisted < visited).all()


def test_odds_of_a_vote_one_step_friendlier() -> None:
    bench = RuleBench(is_moved=1.0)
    found = [bench.set(attraction=level).act("bodies.attraction_counts", soft_power_votes=1.5)["vote_no_action_utility"]
             for level in (0.0, 1.0)]  # fmt: skip
    for better, worse in ((0, 1), (1, 2)):
        steps = [(change[better] - change[worse])[2:].mean() for change in found]
        assert near(steps[1] - steps[0], np.log(1.5))


def test_who_leads_exports_less() -> None:
    step = session_steps(setup())[0]
    world, kept = run(60, {"lone_sponsor_exports": -0.1}, world=setup(step + 2), watched=("is_lead", "is_tabled"))
    led = (kept["is_lead"][step] * kept["is_tabled"][step]) > 0
    assert led.any()
    assert near(world["exports_index"][led].mean() - 1.0, -0.1)
    assert (world["exports_index"][~led] == 1.0).all()
