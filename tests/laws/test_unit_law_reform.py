"""Unit law of the links of reform, law, treaties and inner stocks: treatment at 0 against 1 gives the stated unit.

Each probe runs the reference cast with every other link neutral, except one that the link acts on. What is measured is
the state that the link names: odds of a choice over all its occasions, a stock, standing practice. Tolerance 20 % of
the stated effect, on the logarithm for odds ratios; runs of both ends share their luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.support.reform_world import CONGRESSES, group_mean, run, setup

from demarche.engine.setup import Setup
from demarche.rules.kit.usual import USUAL
from demarche.world.calendar import Month

pytestmark = pytest.mark.long

RUNS = 240
CLOSE = 0.2
YEARLY = tuple(Month(1990 + year, 10) for year in range(15))
QUIET_STOCKS = {f"focal.moods_return.{name}": 1e9 for name in ("conviction", "temper", "belief")}
# nothing else that moves standing practice
NO_REFORM = ("focal.reforms", "focal.drifts", "world.organising_checks_abuse")

Held = Mapping[str, Any]


def near(found: float, stated: float) -> bool:
    return abs(found - stated) <= CLOSE * abs(stated)


def yearly() -> Setup:
    """Return a world with a congress each October."""
    return setup(congresses=YEARLY)


def odds(field: str, taken: int, other: int, group: str, links: Mapping[str, float], held: Held, years: Setup) -> float:
    """Return the log odds of one coded event against another over all occasions and the issues of a group."""
    laid = {"structural_practice": 0.5, "practice": 0.5}
    world, kept = run(RUNS, links, laid=laid, held=held, world=years, watched=(field,))
    occasions = kept[field][np.flatnonzero(kept[field].any(axis=(1, 2)))]
    rows = world[f"is_{group}"][:, 0] > 0 if group else slice(None)
    codes = occasions[:, rows]
    return float(np.log((codes == taken).sum() / (codes == other).sum()))


@cache
def untreated(group: str, direction: int) -> float:
    return odds("reform_event", direction, 0, group, {}, {}, setup())


HELD: dict[str, tuple[Held, Held]] = {
    "pressure_reform_core": ({}, {"pressure_public": 1.0}),
    "naming_with_local_groups": ({"pressure_public": 1.0}, {"pressure_public": 1.0, "groups_on_issue": 1.0}),
    "private_reform": ({}, {"pressure_private": 1.0}),
    "accepted_reform": ({}, {"accepted_share": 1.0}),
    "friend_word_reform": ({}, {"pressure_friends": 1.0}),
    "acknowledge_openness": ({"pressure_public": 1.0}, {"pressure_public": 1.0, "share_acknowledging": 1.0}),
    "internalisation_reform": ({"internalisation": 0.0}, {"internalisation": 1.0}),
    "citizens_reform_core": ({"mobilisation": 0.0}, {"mobilisation": 1.0}),
    "nationalism_reform": ({"nationalism": 0.0}, {"nationalism": 1.0}),
    "protest_repression": ({"issue_protest": 0.0}, {"issue_protest": 1.0}),
    "silence_licence": ({"belief_costless": 0.0}, {"belief_costless": 1.0}),
    "welfare_licence": ({"welfare_claim": 0.0}, {"welfare_claim": 1.0}),
    "pressure_reform_movable": ({}, {"pressure_public": 1.0}),
    "citizens_reform_other": ({"mobilisation": 0.0}, {"mobilisation": 1.0}),
}
TIGHTENS = ("protest_repression", "silence_licence", "welfare_licence")
ELSEWHERE = {"pressure_reform_movable": "social", "citizens_reform_other": "overlap"}


@pytest.mark.parametrize("link", HELD)
@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_odds_of_reform(link: str, ratio: float) -> None:
    """Core issues, else the group that the link names."""
    group, direction = ELSEWHERE.get(link, "core"), 1 if link in TIGHTENS else 2
    none, full = (odds("reform_event", direction, 0, group, {link: ratio}, held, setup()) for held in HELD[link])
    assert near(full - none, float(np.log(ratio)))


def test_links_on_other_groups_leave_the_core_alone() -> None:
    for link in ELSEWHERE:
        assert odds("reform_event", 2, 0, "core", {link: 4.0}, HELD[link][1], setup()) == untreated("core", 2)


@pytest.mark.parametrize("direction", [1, 2])
def test_the_monopoly_freezes_both_directions(direction: int) -> None:
    link = "silence_licence" if direction == 1 else "private_reform"
    found = []
    for threat in (0.0, 1.0):
        ends = [{**held, "threatens_monopoly": threat} for held in HELD[link]]
        links = {link: 4.0, "monopoly_freeze": 0.4}
        none, full = (odds("reform_event", direction, 0, "core", links, held, setup()) for held in ends)
        found.append(full - none)
    assert near(found[0], np.log(4.0))
    assert near(found[1] / found[0], 0.4)


def test_what_the_freeze_takes_from_tightening_is_given_back() -> None:
    """Three quarters of the way from 0.4 to 1 for tightening, and nothing for loosening."""
    for link, direction, left in (("silence_licence", 1, 0.85), ("private_reform", 2, 0.4)):
        ends = [{**held, "threatens_monopoly": 1.0} for held in HELD[link]]
        links = {link: 4.0, "monopoly_freeze": 0.4, "freeze_tightening": 0.75}
        none, full = (odds("reform_event", direction, 0, "core", links, held, setup()) for held in ends)
        assert near(full - none, left * np.log(4.0))


def test_ten_years_of_learning_wear_public_words() -> None:
    found = []
    for skill in (0.15, 0.55):
        none, full = (
            odds("reform_event", 2, 0, "core", {"pressure_reform_core": 4.0, "skill_yield": 0.5},
                 {**held, "skill": skill, "skill_at_start": 0.15}, setup())
            for held in HELD["pressure_reform_core"]
        )  # fmt: skip
        found.append(full - none)
    assert near(found[0], np.log(4.0))
    assert near(found[1] / found[0], 0.5)


@pytest.mark.parametrize("value", [2.0, 0.5])
def test_words_of_conviction_alone_move_a_factor_of_what_others_move(value: float) -> None:
    found = []
    for share in (0.0, 1.0):
        none, full = (
            odds("reform_event", 2, 0, "core", {"pressure_reform_core": 2.0, "conviction_yield": value},
                 {**held, "share_by_conviction": share}, setup())
            for held in HELD["pressure_reform_core"]
        )  # fmt: skip
        found.append(full - none)
    assert near(found[1] / found[0], value)
    assert near(found[1], np.log(2.0) * value ** (1.0 - USUAL["share_by_conviction"]))


LAW: dict[str, tuple[Held, Held]] = {
    "ratification_law": (
        {"treaty_stage": 0.0}, {"treaty_stage": 2.0, "treaty_months": 12.0, "treaty_covers": 1.0},
    ),
    "professionals_law": ({"professional_strength": 0.0}, {"professional_strength": 1.0}),
    "pressure_declaratory": ({}, {"pressure_public": 1.0}),
    "private_issue": ({}, {"pressure_private": 1.0}),
}  # fmt: skip


@pytest.mark.parametrize("link", LAW)
def test_odds_of_laws_and_texts(link: str) -> None:
    act = 1 if link in ("ratification_law", "professionals_law") else 2
    none, full = (law_odds(act, {link: 2.0}, held) for held in LAW[link])
    assert near(full - none, np.log(2.0))


def law_odds(act: int, links: Mapping[str, float], held: Held) -> float:
    """Return the log odds of an act against none, over procedural issues; congresses act once a year."""
    world, kept = run(RUNS, links, held=held, world=yearly(), watched=("law_event",))
    codes = kept["law_event"][9::12][:, world["is_procedural"][:, 0] > 0]
    return float(np.log((codes == act).sum() / (codes == 0).sum()))


def test_odds_of_signatures() -> None:
    def signed(held: Held) -> float:
        held = {**held, "treaty_stage": 0.0}
        _, kept = run(RUNS, {"pressure_declaratory": 2.0}, held=held, watched=("treaty_event",))
        return float(np.log((kept["treaty_event"] == 1).sum() / (kept["treaty_event"] == 0).sum()))

    assert near(signed({"pressure_public": 1.0}) - signed({}), np.log(2.0))


@pytest.mark.parametrize(
    ("link", "field"), [("resistance_yield", "resistance"), ("acknowledge_openness", "share_acknowledging")]
)
def test_push_on_concessions(link: str, field: str) -> None:
    """At price 1 the push is the logarithm of the link; a signature has price 1.5."""
    pushes, signatures = [], []
    for level in (0.0, 1.0):
        held = {field: level, "treaty_stage": 0.0}
        world, kept = run(RUNS, {link: 3.0}, held=held, watched=("treaty_event",))
        pushes.append(float(world["concession_push"].mean()))
        signatures.append(np.log((kept["treaty_event"] == 1).sum() / (kept["treaty_event"] == 0).sum()))
    assert near(pushes[1] - pushes[0], np.log(3.0))
    assert near(signatures[1] - signatures[0], np.log(3.0) / 1.5)


def stock_after_a_year(field: str, start: float, links: Mapping[str, float], held: Held, share: str = "") -> float:
    values = QUIET_STOCKS
    world, _ = run(4, links, laid={field: start}, held=held, world=setup(years=1), values=values)
    return float(group_mean(world, field, share).mean() if share else world[field].mean())


def talks(world_partners: int = 10) -> dict[str, Any]:
    partners = np.arange(193) < world_partners
    return {"has_dialogue": partners, "dialogue_substance": 1.0}


MEMBER = {"treaty_stage": 2.0, "has_seat": 1.0, "reports_on_time": 1.0, "has_owed_report": 1.0}
OUTSIDE = {"treaty_stage": 0.0, "has_seat": 0.0}
STOCKS: dict[str, tuple[str, Held, Held, str]] = {
    "dialogue_internalisation": ("internalisation", OUTSIDE, OUTSIDE | talks(), ""),
    "membership_internalisation": ("internalisation", OUTSIDE, MEMBER, ""),
    "word_resistance": ("resistance", {}, {"pressure_public": 1.0}, ""),
    "leader_interest": ("resistance", {"pressure_rival": 1.0, "leader_argues_interest": 0.0},
                        {"pressure_rival": 1.0, "leader_argues_interest": 1.0}, ""),
    "rival_nationalism": ("nationalism", {}, {"pressure_rival": 1.0}, ""),
    "silence_belief": ("belief_costless", {"voice": 1.0}, {"voice": 0.0}, ""),
    "training_law": ("formal_law", {"dialogue_tracks": 0.0}, {"dialogue_tracks": 1.0}, "procedural"),
}


@pytest.mark.parametrize("link", STOCKS)
@pytest.mark.parametrize("rate", [0.1, -0.1])
def test_shares_a_year(link: str, rate: float) -> None:
    """A tenth of what is missing from 0.4 to 1 in a year, or a tenth of 0.4."""
    field, none, full, group = STOCKS[link]
    ends = [stock_after_a_year(field, 0.4, {link: rate}, held, group) for held in (none, full)]
    assert near(ends[1] - ends[0], rate * (0.6 if rate > 0 else 0.4))


FACTORS: dict[str, tuple[str, str, Held, Held]] = {
    "equality_internalisation": (
        "dialogue_internalisation", "internalisation", OUTSIDE | talks() | {"pressure_public": 1.0}, OUTSIDE | talks()
    ),
    "state_adoption": (
        "dialogue_internalisation", "internalisation", OUTSIDE | talks(), OUTSIDE | talks() | {"document_adopted": 1.0}
    ),
    "frame_law": ("word_resistance", "resistance", {"pressure_public": 1.0},
                  {"pressure_public": 1.0, "share_by_law": 1.0}),
    "regional_voice": ("word_resistance", "resistance", {"pressure_public": 1.0},
                       {"pressure_public": 1.0, "share_from_neighbours": 1.0}),
    "un_nationalism": ("rival_nationalism", "nationalism", {"pressure_rival": 1.0},
                       {"pressure_rival": 1.0, "share_through_un": 1.0}),
}  # fmt: skip


@pytest.mark.parametrize("link", FACTORS)
def test_factors_on_other_links(link: str) -> None:
    other, field, none, full = FACTORS[link]
    gains = [stock_after_a_year(field, 0.0, {link: 0.5, other: 0.1}, held) for held in (none, full)]
    assert near(gains[1] / gains[0], 0.5)


def test_nationalism_brakes_demands() -> None:
    found = []
    for level in (0.0, 1.0):
        held = {"mobilisation": 0.5, "nationalism": level}
        world, _ = run(4, {"nationalism_brake": 0.5}, held=held, world=setup(years=1))
        found.append(float(world["demands"].mean()))
    assert near(found[1] / found[0], 0.5)


def practice(links: Mapping[str, float], held: Held, group: str, laid: Held | None = None) -> float:
    """Return what fifteen years without reform change in the standing practice of a group."""
    start = {"structural_practice": 0.5, "practice": 0.5, **(laid or {})}
    world, _ = run(4, links, laid=start, held=held, world=setup(off=NO_REFORM))
    return float(group_mean(world, "structural_practice", group).mean()) - 0.5


PRACTICE: dict[str, tuple[str, Held, Held]] = {
    "sanctions_practice": ("core", {}, {"sanction_live": 1.0}),
    "growth_welfare": ("social", {"growth_rate": 0.0}, {"growth_rate": 0.1}),
    "programmes_practice": ("core", {"plan_months": 0.0}, {"plan_months": 12.0}),
    "codes_labour": ("work", {"corporate_codes": 1.0, "right_to_organise": 0.0},
                     {"corporate_codes": 1.0, "right_to_organise": 1.0}),
}  # fmt: skip


@pytest.mark.parametrize("link", PRACTICE)
def test_practice_a_year(link: str) -> None:
    group, none, full = PRACTICE[link]
    weight = {"word_weight": 1.0 / len(run(2, world=setup(years=1))[0]["word_weight"])}
    ends = [practice({link: 0.01}, {**held, **weight}, group) for held in (none, full)]
    assert near(ends[1] - ends[0], 0.01 * 15)


def test_programmes_reach_custody_less_what_police_without_courts_take() -> None:
    gained = [
        practice({"programmes_practice": 0.01, "extralegal_cancels": 0.8}, {"plan_months": 12.0}, group,
                 {"extralegal_stands": 1.0})
        for group in ("custody", "social")
    ]  # fmt: skip
    assert near(gained[1], 0.01 * 15)
    assert near(1.0 - gained[0] / gained[1], 0.8)


def test_help_reaches_procedure_as_far_as_it_is_aimed_and_less_past_the_courts() -> None:
    """Without links that move practice, help that is not aimed leaves it as it was."""
    talks = {"dialogue_tracks": 1.0, "extralegal_stands": 1.0}

    def gained(aim: float, group: str = "procedural", links: Mapping[str, float] | None = None) -> float:
        return practice(links or {}, {**talks, "lever_aid_aim": aim}, group)

    closed = 0.5 * (1.0 - (1.0 - 0.01 / 12) ** (12 * 15))
    assert near(gained(1.0), closed)
    assert gained(0.0) == gained(1.0, "social") == 0.0
    assert 0.0 < gained(0.5) < gained(1.0)
    assert near(1.0 - gained(1.0, links={"extralegal_cancels": 0.8}) / gained(1.0), 0.8)


def test_welfare_tells_on_the_core() -> None:
    """All that social issues lacked at the start is gained: treatment 1."""
    world, _ = run(2, world=setup(years=1))
    social = np.where(world["is_social"][:, 0] > 0, 1.0, 0.5)
    full = practice({"welfare_core": 0.01}, {}, "core", {"structural_practice": social})
    none = practice({"welfare_core": 0.01}, {"welfare_at_start": 0.5}, "core")
    assert near(full - none, 0.01 * 15)


def test_a_gain_on_a_watched_issue_is_partly_lost_elsewhere() -> None:
    ends = []
    watched = np.arange(14) == 0
    for link in (0.0, 0.3):
        world, kept = run(
            RUNS, {"displacement": link}, laid={"structural_practice": 0.5},
            held={"pressure_public": watched}, watched=("reform_event",),
        )  # fmt: skip
        ends.append(world["structural_practice"][~watched].sum(axis=0).mean())
        gained = 0.05 * np.sqrt(0.65) * (kept["reform_event"][:, 0] == 2).sum(axis=0).mean()
    assert near(ends[0] - ends[1], 0.3 * float(gained))


@pytest.mark.parametrize("group", ["core", "procedural"])
def test_a_statute_reaches_practice_in_ten_years(group: str) -> None:
    laid = {"paper_gain": 0.3, "paper_months": 120.0}
    off = (*NO_REFORM, "focal.enacts")
    start = {"structural_practice": 0.5, "practice": 0.5}

    def gained(links: Mapping[str, float], stands: float) -> float:
        world, _ = run(4, links, laid=start | laid, held={"extralegal_stands": stands}, world=setup(10, (), off))
        return float(group_mean(world, "structural_practice", group).mean()) - 0.5

    assert near(gained({"law_practice": 0.5}, 0.0), 0.5 * 0.3)
    left = gained({"law_practice": 0.5, "extralegal_cancels": 0.8}, 1.0) / gained({"law_practice": 0.5}, 1.0)
    assert near(1.0 - left, 0.8) if group == "procedural" else left == pytest.approx(1.0)


def test_the_choice_has_the_odds_of_a_link_at_any_temperature() -> None:
    for temperature in (0.5, 2.0):
        values = {"decision.reform.temperature": temperature}
        ends = []
        for level in (0.0, 1.0):
            world, kept = run(
                RUNS, {"private_reform": 2.0}, laid={"structural_practice": 0.5}, held={"pressure_private": level},
                values=values, watched=("reform_event",),
            )  # fmt: skip
            codes = kept["reform_event"][2::12][:, world["is_core"][:, 0] > 0]
            ends.append(np.log((codes == 2).sum() / (codes == 0).sum()))
        assert near(ends[1] - ends[0], np.log(2.0))


def test_congresses_of_the_bare_world_are_those_of_the_cast() -> None:
    assert [str(month) for month in CONGRESSES] == ["1992-10", "1997-09", "2002-11"]
