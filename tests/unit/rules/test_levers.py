"""The first effect of each lever that a rule reads, with its sign, and nothing at its neutral value."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.world.levers import LEVER_PATHS, START_OF
from tests.support.rule_bench import RuleBench

ALL = [0, 1, 1, 1, 1, 1]  # everybody but the focal state
CLOCK = {"sponsor_choice": [0, 2, 0, 0, 0, 0], "sponsor_held": -1, "has_next_seat": ALL}


def test_a_clock_that_is_stopped_does_not_run() -> None:
    for lever, runs in ((1.0, 0.8), (0.0, 0.0), (0.5, 0.4)):
        bench = RuleBench(statutory_clock=[0, 0.8, 0, 0, 0, 0], lever_clock=lever)
        bench.act("senders.clock_runs")
        assert bench.world["domestic_clock"][1] == pytest.approx(runs)


def test_the_effort_of_a_sender_leaves_its_clock_alone() -> None:
    found = [RuleBench(domestic_clock=0.8, lever_effort=effort).act("senders.clock_at_home") for effort in (0.0, 1.0)]
    np.testing.assert_array_equal(found[0]["sponsor_utility"], found[1]["sponsor_utility"])


@pytest.mark.parametrize(("lever", "leads"), [(np.nan, 0), (0.0, 0), (1.0, 1)])
def test_who_may_table_alone_needs_no_clock(lever: float, leads: int) -> None:
    bench = RuleBench(**CLOCK, domestic_clock=0.5, lever_alone=lever)
    bench.act("senders.lead")
    assert (bench.world["is_lead"][1] == leads).all()


@pytest.mark.parametrize(("lever", "leads"), [(np.nan, 1), (0.0, 0)])
def test_where_only_a_joint_list_is_tabled_a_strong_clock_does_not_help(lever: float, leads: int) -> None:
    bench = RuleBench(**CLOCK, domestic_clock=0.9, lever_alone=lever)
    bench.act("senders.lead")
    assert (bench.world["is_lead"][1] == leads).all()


@pytest.mark.parametrize(("lever", "stays"), [(np.nan, True), (0.0, True), (1.0, False)])
def test_a_member_that_may_table_alone_leaves_its_bloc(lever: float, stays: bool) -> None:
    bench = RuleBench(
        sponsor_choice=[0, 0, 1, 0, 0, 0], sponsor_case=-9.0, sponsor_held=-1, is_sender=ALL, lever_unanimity=1.0,
        in_joint_bloc=[0, 0, 1, 1, 0, 0], domestic_clock=0.2, has_next_seat=ALL, lever_alone=lever,
    )  # fmt: skip
    bench.act("senders.consult_bloc", draws={"council": 0.9})
    assert (bench.world["sponsor_choice"][2] == (0 if stays else 1)).all()


def test_a_motion_is_expected_where_states_may_table_alone() -> None:
    chances = []
    for lever in (0.0, np.nan, 1.0):
        bench = RuleBench(
            is_sender=ALL, has_next_seat=ALL, domestic_clock=[0, 0.9, 0.1, 0.1, 0.1, 0.1], sponsor_case=0.0,
            lever_unanimity=1.0, lever_alone=lever, winning_chance=0.5,
        )  # fmt: skip
        bench.act("senders.expected_motion", events=[("session", 4)])
        chances.append(bench.world["chance_of_motion"][0])
    assert chances[0] < chances[1] < chances[2]


def test_partners_that_compare_notes_are_divided_less() -> None:
    def lost(notes: object) -> float:
        bench = RuleBench(
            dialogue_tracks=1.0, coordination=0.6, has_dialogue=[0, 1, 1, 0, 0, 0], lever_notes=notes,
        )  # fmt: skip
        return float(bench.act("senders.tracks_divide", tracks_coordination=0.3)["coordination_change"][0])

    assert lost(0.0) < lost([0, 1, 0, 0, 0, 0]) < lost([0, 1, 1, 0, 0, 0]) == 0.0
    assert lost([0, 0, 0, 1, 1, 1]) == lost(0.0), "those without talks have nothing to tell"


@pytest.mark.parametrize(("tracks", "barred"), [(np.nan, False), (3.0, False), (2.0, True), (0.0, True)])
def test_no_further_track_where_so_many_run(tracks: float, barred: bool) -> None:
    bench = RuleBench(has_dialogue=[0, 1, 1, 0, 0, 0], dialogue_offered=[0, 0, 0, 1, 0, 0], lever_tracks=tracks)
    utility = bench.act("senders.tracks_agreed")["accept_talks_utility"]
    assert (utility[1, 3] < -100).all() == barred
    assert not utility[:, :3].any()


@pytest.mark.parametrize("lever", [np.nan, 0.0, 0.7])
def test_security_is_held_where_an_arm_says_so(lever: float) -> None:
    bench = RuleBench(security_salience=0.4, lever_security=[0, lever, np.nan, 0, 0, 0])
    bench.act("senders.security_held")
    assert bench.world["security_salience"][1, 0] == (0.4 if np.isnan(lever) else lever)
    assert bench.world["security_salience"][2, 0] == 0.4


def route(lever: float, luck: float = 0.5, **fields: object) -> RuleBench:
    given = {"representation_choice": [0, 2, 1, 1, 0, 0], "subject_persons": [0, 1, 1, 0, 0, 0],
             "representation_held": -1, "out_of_patience": [0, 0, 1, 1, 0, 0]}  # fmt: skip
    bench = RuleBench(**(given | fields), lever_names_route=lever)
    bench.act("senders.route_of_names", draws={"route": luck})
    return bench


@pytest.mark.parametrize(("lever", "found"), [(np.nan, [2, 1]), (0.0, [1, 1]), (1.0, [2, 2])])
def test_words_for_persons_go_by_the_route_that_is_imposed(lever: float, found: list[int]) -> None:
    bench = route(lever)
    assert bench.world["representation_choice"][[1, 2], 0].tolist() == found
    assert bench.world["representation_choice"][[3, 4], 0].tolist() == [1, 0], "words on issues, and silence, stay"
    patience = bench.world["out_of_patience"][:, 0]
    assert patience[2] == (1.0 if np.isnan(lever) else 0.0), "a route that is imposed leaves nothing to lose"
    assert patience[3] == 1.0


def test_a_share_of_names_is_public_and_a_bound_choice_stays() -> None:
    assert route(0.6, 0.55).world["representation_choice"][2, 0] == 2
    assert route(0.6, 0.65).world["representation_choice"][2, 0] == 1
    assert route(0.0, representation_held=[-1, 2, -1, -1, -1, -1]).world["representation_choice"][1, 0] == 2


def names(**levers: float) -> np.ndarray:
    """Return whose names were raised, by person, on lists of one name by five senders in each of 8 runs."""
    fame, organising = np.linspace(0.05, 0.95, 40), np.linspace(0.95, 0.05, 40)
    bench = RuleBench(
        spoke_private=ALL, subject_persons=ALL, person_is_detained=1.0, person_fame=fame, person_organising=organising,
        person_asked=np.where(np.arange(40) < 20, 50.0, -1.0), lever_list_size=4.0, **levers,
    )  # fmt: skip
    luck = {"name": {code: (place + 0.5) / 6 for place, code in enumerate(("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"))}}
    bench.act("senders.lists", draws=luck)
    return np.flatnonzero(bench.world["person_raised"][:, 0])


def test_names_are_chosen_by_fame_threat_and_repetition() -> None:
    usual = names().mean()
    assert names(lever_names_fame=2.0).mean() > usual > names(lever_names_fame=0.0).mean()
    assert names(lever_names_threat=2.0).mean() < usual < names(lever_names_threat=-2.0).mean()
    assert names(lever_names_again=5.0).mean() < usual
    assert (names(lever_names_again=0.0) >= 20).all(), "nobody is raised again"
    np.testing.assert_array_equal(names(lever_names_fame=1.0, lever_names_threat=0.0, lever_names_again=1.0), names())


def test_what_a_target_learns_scales_with_the_lever() -> None:
    found = [RuleBench(voice=0.5, lever_learning=pace).act("focal.learns")["skill_change"] for pace in (0, 1, 3)]
    assert not found[0].any()
    np.testing.assert_allclose(found[2], 3.0 * found[1])


def test_exposed_companies_give_way_sooner() -> None:
    found = [
        RuleBench(firm_attacked=[20, 0, 0], firm_sector=[0, 0, 1], lever_exposure=exposure)
        .act("society.brands_give_way")["firm_utility"][2, :, 0]
        for exposure in (0.0, 1.0, 3.0)
    ]  # fmt: skip
    assert not found[0].any()
    np.testing.assert_allclose(found[2], 3.0 * found[1])
    assert found[1][0] > found[1][1] > found[1][2] == 0.0


@pytest.mark.parametrize(("exposure", "heard"), [(0.0, False), (1.0, False), (2.0, True)])
def test_less_evidence_is_listened_to_where_companies_are_exposed(exposure: float, heard: bool) -> None:
    bench = RuleBench(
        ngo_tactic_choice=np.ones((10, 3, 1)), ngo_focus=1.0, ngo_evidence=0.2, lever_exposure=exposure,
    )  # fmt: skip
    bench.act("ngos.campaigns_on_brands", least=0.3)
    assert (bench.world["brand_campaign"] > 0.0).all() == heard
    bench.set(brand_campaign=0.2)
    assert bench.act("society.campaign_picks_a_brand", least=0.3)["campaign_event"].any() == heard


@pytest.mark.parametrize(("lever", "level"), [(np.nan, None), (0.0, 0.0), (0.9, 0.9)])
def test_an_arm_holds_how_far_people_get_round_censors(lever: float, level: float | None) -> None:
    bench = RuleBench(circumvention=0.4, lever_circumvention=lever)
    bench.act("ngos.reaches_out")
    found = bench.world["circumvention"]
    assert (found == level).all() if level is not None else ((found > 0.0) & (found <= 0.4)).all()


def test_grants_of_one_kind_of_group_leave_the_others_alone() -> None:
    def purses(lever: object) -> np.ndarray:
        bench = RuleBench(
            grant_choice=1, donor_pot=0.5, ngo_reserve=50.0, ngo_purse=0.0, lever_funding=lever,
        )  # fmt: skip
        bench.act("ngos.grants")
        purse: np.ndarray = bench.world["ngo_purse"][:, 0]
        return purse

    usual, less, more = purses(1.0), purses([0, 1, 1]), purses([1, 2, 1])
    assert less[0] == 0.0 < usual[0]
    np.testing.assert_array_equal(less[1:], usual[1:])
    assert more[1] == pytest.approx(2.0 * usual[1])


def test_circulation_is_by_treaty() -> None:
    def circulated(lever: object) -> np.ndarray:
        """Return the part of full awareness that each issue alone brings."""
        found = []
        for issue in range(4):
            bench = RuleBench(
                taken_up=(np.arange(4) == issue).astype(float), lever_circulation=lever, carried_home=0.2, awareness=0.0
            )
            change = bench.act("bodies.findings_circulate", circulation_awareness=0.12)["awareness_change"]
            found.append(float(change[0]) / 0.01)
        return np.array(found)

    usual = circulated(np.nan)
    first = circulated([0.9, np.nan])  # the treaty on civil rights covers the first and the last issue
    assert first.tolist() == pytest.approx([0.9, usual[1], usual[2], 0.9])
    assert circulated([0.0, 0.5]).tolist() == pytest.approx([0.0, 0.5, 0.5, 0.0])
    assert circulated(0.3).tolist() == pytest.approx([0.3] * 4)


def test_contested_seats_know_no_clean_slate() -> None:
    def leads(lever: float) -> float:
        bench = RuleBench(agree_focal=0.5, lever_seats=lever)
        return float(bench.act("bodies.electors_weigh", draws={"slate": 0.0})["elect_utility"][1, 1, 0])

    assert leads(2.0) < leads(np.nan) == leads(1.0)


def test_every_neutral_value_is_the_start_of_its_field() -> None:
    neutral = {part.field: part.start for part in LEVER_PATHS.values() if not np.isnan(part.start)}
    assert {name: START_OF[name] for name in neutral} == neutral
    assert neutral["lever_learning"] == neutral["lever_funding"] == neutral["lever_names_fame"] == 1.0
    assert neutral["lever_notes"] == neutral["lever_names_threat"] == 0.0
