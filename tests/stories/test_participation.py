"""What document 000 tells of taking part: from acceptance to conviction, and a boycott that accommodation ended.

The labour organisation waited out twelve years of empty seats with invitations, then waived arrears, gave back the vote
and the seat, and offered projects (section I.B). It lies before the period: here a partner whose talks were broken off,
and the office of the High Commissioner, stand for the two halves of the story.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.support import reform_world
from tests.support.motion_world import MODULES
from tests.support.reform_world import group_mean, run
from tests.support.story_world import Bound, story

pytestmark = pytest.mark.long
RUNS = 200


@cache
def taking_part(seat: float, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return the stages of taking part after fifteen years, with a seat and bound by what it joins, or outside."""
    open_to_it = {} if seat else {"treaty_stage": 0.0}
    world, kept = run(
        RUNS, account="cooperative_learning", world=reform_world.setup(off=off),
        held={"has_seat": seat, "pressure_public": 0.0, "voice": 0.0, **open_to_it},
        watched=("treaty_event", "commitment"),
    )  # fmt: skip
    return {
        "acts": float((kept["treaty_event"] > 0).sum() / RUNS),
        "commitment gained": float(world["commitment"].mean() - kept["commitment"][0].mean()),
        "conviction": float(world["internalisation"].mean()),
        "practice": float(group_mean(world, "structural_practice", "procedural").mean()),
    }


STAGES = {
    "accepts": lambda inside, outside: inside["acts"] > 2.0 and inside["commitment gained"] > 0.02,
    "is convinced": lambda inside, outside: inside["conviction"] > 1.5 * outside["conviction"],
    "acts on it": lambda inside, outside: inside["practice"] > outside["practice"] + 0.01,
}


@pytest.mark.parametrize("stage", STAGES)
def test_taking_part_leads_from_acceptance_to_conviction(stage: str) -> None:
    assert STAGES[stage](taking_part(1.0), taking_part(0.0)), (taking_part(1.0), taking_part(0.0))


@pytest.mark.parametrize(
    ("rules", "stage"),
    [
        (("focal.joins_treaties",), "accepts"), (("focal.membership_convinces",), "is convinced"),
        (("focal.acts_on_conviction", "focal.treaties_ask_for_statutes"), "acts on it"),
    ],
)  # fmt: skip
def test_without_the_rule_that_carries_it_the_stage_fails(rules: tuple[str, ...], stage: str) -> None:
    assert not STAGES[stage](taking_part(1.0, rules), taking_part(0.0, rules))


PARTNER, YEARS = "DEU", 8
SESSIONS = tuple(("session", f"{1990 + year}-03", ()) for year in range(YEARS))


def bound(option: str) -> tuple[Bound, ...]:
    """Return moves that bind the partner to sponsor or to stay out, in each month in which positions form."""
    months = [f"{1990 + year}-{month:02d}" for year in range(YEARS - 1) for month in (10, 11, 12)]
    months += [f"{1991 + year}-01" for year in range(YEARS - 1)]
    return tuple((month, "sponsor", option, (PARTNER,)) for month in sorted(months))


@cache
def boycott(option: str, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return how long the focal state stays away from talks that it broke off, and for what it comes back."""
    setup = story(MODULES, YEARS, dated=SESSIONS, off=off, moves=bound(option))
    row = np.array([code == PARTNER for code in setup.cast.axis_codes["state"]])
    world, _ = run(2, world=setup)
    row = np.array([code == PARTNER for code in world.codes["state"]])
    laid = {"has_dialogue": row * 1.0, "dialogue_suspended": row * 1.0, "months_suspended": row * 12.0}
    _, kept = run(RUNS, account="cooperative_learning", world=setup, laid=laid,
                  watched=("has_dialogue", "dialogue_suspended", "resumption_booked"))  # fmt: skip
    place = int(np.flatnonzero(row)[0])
    runs_on = (kept["has_dialogue"] * (1.0 - kept["dialogue_suspended"]))[:, place]
    return {
        "away at first": float(1.0 - runs_on[:6].mean()),
        "back in the end": float(runs_on[-24:].mean()),
    }


def test_a_boycott_ends_with_those_who_give_way() -> None:
    accommodated, opposed = boycott("stay_out"), boycott("join")
    assert accommodated["away at first"] > 0.8
    assert accommodated["back in the end"] > 0.5
    assert accommodated["back in the end"] > 2.0 * opposed["back in the end"]


@pytest.mark.parametrize("rule", ["focal.offers_laid", "focal.talks_agreed"])
def test_without_an_offer_nobody_comes_back(rule: str) -> None:
    told = boycott("stay_out", (rule,))
    assert not told["back in the end"] > 0.5


OFFICE = ("bodies.commissioner", "focal.law", "focal.recommendations", "world.practice")


@cache
def office(stance: str, off: tuple[str, ...] = ()) -> float:
    """Return formal law after years of an office that offers projects, or that criticises alone."""
    moves = tuple((f"{1994 + year}-01", "stance", stance, ("high_commissioner",)) for year in range(8))
    world, _ = run(40, {"training_law": 0.1}, world=story(OFFICE, 12, off=off, moves=moves))
    return float(world["formal_law"].mean())


def test_an_office_that_offers_projects_gets_laws_made_with_it() -> None:
    assert office("agree_projects") > office("criticise") + 0.005
    assert office("agree_projects", ("focal.runs_programmes",)) == pytest.approx(
        office("criticise", ("focal.runs_programmes",)), abs=1e-3
    )
