"""Visits before sessions and the slow earning of goodwill."""

from __future__ import annotations

from tests.support.rule_bench import RuleBench

LEAVE, LOBBY = 0, 1
ABSTAIN, NO = 1, 2


def test_visits_go_to_poor_wavering_holders_of_seats() -> None:
    bench = RuleBench(
        has_next_seat=[1, 1, 1, 1, 1, 0], aid_need=[1, 0, 1, 1, 1, 1], agree_focal=0.6, is_western=[0, 0, 0, 0, 1, 0],
        vote_no_action_choice=[NO, NO, NO, ABSTAIN, NO, ABSTAIN],
    )  # fmt: skip
    focal, rich, poor, wavering, western, seatless = bench.act("target.lobby_choice")["lobby_utility"][LOBBY, :, 0]
    assert wavering > poor > rich
    assert poor > western > -100
    assert max(focal, seatless) < -500


def test_more_visits_when_a_motion_threatens() -> None:
    def utility(**fields: float) -> float:
        bench = RuleBench(has_next_seat=1, **fields)
        return float(bench.act("target.lobby_choice")["lobby_utility"][LOBBY, 2, 0])

    assert utility(sponsor_count=20) > utility()
    assert utility(skill=0.8) > utility()


def test_a_visit_is_remembered_and_leaves_goodwill() -> None:
    bench = RuleBench(lobby_choice=[0, 0, 1, 1, 0, 0], aid_need=[0, 0, 0.2, 0.9, 0, 0])
    assert bench.silent("target.lobby_visits", strength=0)
    change = bench.act("target.lobby_visits")
    assert (change["lobbied"][3] > change["lobbied"][2]).all()
    assert (change["goodwill"][2:4] > 0).all()
    assert (change["lobby_event"][:, 0] == [0, 0, 1, 1, 0, 0]).all()
    assert RuleBench(lobby_choice=LEAVE).silent("target.lobby_visits")


def test_attraction_earns_goodwill_among_the_neglected() -> None:
    fields = {"aid_need": [0.8, 0.8, 0.8, 0.2, 0.8, 0.8], "is_western": [0, 1, 0, 0, 0, 0],
              "economic_weight": [0, 0, 0, 0, 0.1, 0]}  # fmt: skip
    change = RuleBench(soft_power=0.5, **fields).act("target.goodwill")["goodwill"][:, 0]
    assert change[2] > change[3] > 0
    assert change[2] > change[4] > 0
    assert not change[:2].any()
    assert RuleBench(**fields).silent("target.goodwill")
    assert RuleBench(soft_power=0.5, **fields).silent("target.goodwill", strength=0)
