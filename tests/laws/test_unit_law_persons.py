"""Unit law of the links on persons and words: treatment at 0 against 1 gives the stated unit within 20 %.

Each probe runs the reference cast with the rules of persons (or of words) alone and every other link neutral. Rates are
raised where events are rare, which changes no odds ratio. Runs of both ends share their luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from tests.support.persons_world import FOREVER, START, WORDS, run, setup
from tests.support.rule_bench import RuleBench

from demarche.world.axes import PERSON_STATUS
from demarche.world.decisions import DECISION_OF

pytestmark = pytest.mark.long

RUNS, MONTHS = 80, 24
CLOSE = 0.2
SENDERS = 62  # of the reference cast
OFTEN = {"rate.answer_release": 0.2, "rate.answer_better": 0.3, "rate.detain_renewed": 0.3, "rate.detain_stock": 20.0,
         "focal.goods.enough": 1e6, "focal.holds.famous": 2.0}  # fmt: skip
ASKED, NAMED = {"person_asked": FOREVER}, {"person_named": FOREVER}
DETAINED, AT_LIBERTY = float(PERSON_STATUS.index("detained")), float(PERSON_STATUS.index("at_liberty"))
Held = Mapping[str, Any]


def near(found: float, stated: float) -> bool:
    return abs(found - stated) <= CLOSE * abs(stated)


def answered(options: tuple[str, ...], links: Mapping[str, float], held: Held) -> float:
    """Return the log odds of some options against holding, over all detained persons and months."""
    _, kept = run(setup(MONTHS), RUNS, links, held=held, values=OFTEN, watched=("answer_choice", "person_status"))
    choice, status = kept["answer_choice"][1:], kept["person_status"][:-1]
    at_risk = status == DETAINED if options == ("treat_better",) else (status > 0) & (status < AT_LIBERTY)
    taken = np.isin(choice[at_risk], [DECISION_OF["answer"].index(option) for option in options]).sum()
    return float(np.log(taken / (choice[at_risk] == 0).sum()))


ANSWERS: dict[str, tuple[tuple[str, ...], Held, Held]] = {
    "list_release": (("release", "exile"), {}, ASKED),
    "naming_treatment": (("release",), {}, NAMED),
    "both_channels": (("release",), ASKED, {**ASKED, **NAMED}),
}


def test_what_pushes_concessions_pushes_answers_to_asks_alone() -> None:
    """The price of a person is 1, so that the whole push counts."""
    asked = np.full(40, -1.0)
    asked[:3] = FOREVER
    change = RuleBench(person_asked=asked, concession_push=np.log(2.0)).act("focal.conceded")["answer_utility"]
    np.testing.assert_allclose(change[2:, :3], np.log(2.0))
    assert not change[:2].any()
    assert not change[:, 3:].any()


@pytest.mark.parametrize("link", ANSWERS)
@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_odds_of_answers(link: str, ratio: float) -> None:
    options, none, full = ANSWERS[link]
    found = answered(options, {link: ratio}, full) - answered(options, {link: ratio}, none)
    assert near(found, float(np.log(ratio)))


@pytest.mark.parametrize(("link", "held"), [("naming_treatment", NAMED), ("both_channels", {**ASKED, **NAMED})])
def test_a_public_word_moves_treatment_too(link: str, held: Held) -> None:
    found = answered(("treat_better",), {link: 2.0}, held) - answered(("treat_better",), {}, held)
    assert near(found, float(np.log(2.0)))


def test_a_list_alone_moves_no_treatment_and_naming_no_exile() -> None:
    assert answered(("treat_better",), {"list_release": 3.0}, ASKED) == pytest.approx(
        answered(("treat_better",), {}, ASKED), abs=0.1
    )
    assert answered(("exile",), {"naming_treatment": 3.0}, NAMED) == pytest.approx(
        answered(("exile",), {}, NAMED), abs=0.1
    )


def test_ten_years_of_learning_take_half_of_a_public_word() -> None:
    links = {"naming_treatment": 4.0, "skill_yield": 0.5}
    found = answered(("release",), links, {**NAMED, "skill": 0.55}) - answered(("release",), links, {"skill": 0.55})
    assert near(found, 0.5 * np.log(4.0))


def test_presence_makes_holding_less_likely() -> None:
    ends = ({}, {"person_presence": FOREVER})
    none, full = (answered(("release", "exile"), {"presence_risk": 0.5}, held) for held in ends)
    assert near(full - none, -np.log(0.5))


def detained(links: Mapping[str, float], held: Held, known: bool, events: tuple[tuple[str, int], ...] = ()) -> float:
    """Return the log of first arrests a month, or the log odds of those at liberty to be detained again."""
    _, kept = run(setup(MONTHS, events=events), RUNS, links, held=held, values=OFTEN,
                  watched=("detain_choice", "person_status"))  # fmt: skip
    choice, status = kept["detain_choice"][1:], kept["person_status"][:-1]
    if not known:
        return float(np.log((choice[status == 0.0] == 1).sum()))
    choice = choice[status == AT_LIBERTY]
    return float(np.log((choice == 1).sum() / (choice == 0).sum()))


EVERY_MONTH = tuple(("tariff_deadline", step) for step in range(MONTHS))
DETAIN: dict[str, tuple[Held, Held, bool]] = {
    "protest_repression": ({"issue_protest": 0.0}, {"issue_protest": 1.0}, False),
    "silence_licence": ({"belief_costless": 0.0}, {"belief_costless": 1.0}, False),
    "affront_detention": ({}, {"person_contact": FOREVER}, True),
    "presence_risk": ({}, {"person_presence": FOREVER}, True),
}


@pytest.mark.parametrize("link", DETAIN)
@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_odds_of_arrest(link: str, ratio: float) -> None:
    none, full, known = DETAIN[link]
    found = detained({link: ratio}, full, known) - detained({link: ratio}, none, known)
    assert near(found, float(np.log(ratio)))


@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_odds_of_arrest_of_the_tradable(ratio: float) -> None:
    held = {"person_fame": 1.0}
    full = detained({"prisoners_as_goods": ratio}, held, False, EVERY_MONTH)
    assert near(full - detained({"prisoners_as_goods": ratio}, held, False), float(np.log(ratio)))
    assert detained({"prisoners_as_goods": 4.0}, {"person_fame": 0.1}, False, EVERY_MONTH) == pytest.approx(
        detained({}, {"person_fame": 0.1}, False, EVERY_MONTH), abs=0.05
    )


def speaking(links: Mapping[str, float], held: Held) -> float:
    _, kept = run(setup(24, WORDS), 40, links, held={"is_sender": 1.0, "sender_will": 0.25, **held},
                  watched=("representation_choice",))  # fmt: skip
    return float((kept["representation_choice"][:, :SENDERS] > 0).mean())


def test_full_security_need_takes_its_share_of_words() -> None:
    none, full = (speaking({"security_agenda": 0.6}, {"security_salience": x}) for x in (0.0, 1.0))
    assert near(1.0 - full / none, 0.6)


@pytest.mark.parametrize("ratio", [2.0, 0.4])
def test_odds_of_raising_rights_with_a_rival_whose_market_is_wanted(ratio: float) -> None:
    found = []
    for held in ({"agree_focal": 1.0, "business_pull": 1.0}, {"agree_focal": 0.0, "business_pull": 1.0}):
        spoken = speaking({"respectable_subject": ratio}, held)
        found.append(np.log(spoken / (1.0 - spoken)))
    assert near(found[1] - found[0], np.log(ratio))


@pytest.mark.parametrize("value", [2.0, 0.5])
def test_a_need_takes_a_factor_more_where_interest_made_the_case(value: float) -> None:
    links, needed = {"security_agenda": 0.4, "interest_lapse": value}, {"security_salience": 1.0}
    none, other, own = (speaking(links, held) for held in ({}, needed, needed | {"argues_interest": 1.0}))
    assert near((none - own) / (none - other), value)


@pytest.mark.parametrize(
    ("link", "value", "field", "full", "stated"),
    [
        ("scandal_word", 0.4, "own_scandal", 1.0, 0.4),
        ("oscillation_word", 0.3, "swing", 1.0, 0.3),
        ("compartment_word", 0.5, "compartment", 1.0, 0.1),  # 0.8 is usual
    ],
)
def test_what_a_word_loses(link: str, value: float, field: str, full: float, stated: float) -> None:
    size = {"is_sender": 1.0, "economic_weight": 0.1, "compartment": 0.8}
    links = dict.fromkeys(("scandal_word", "repair_word", "oscillation_word", "compartment_word"), 0.0)
    ends = []
    for level in (size.get(field, 0.0), full):
        bench = RuleBench(**{**size, field: level})
        bench.act("senders.word_weight", **{**links, link: value})
        ends.append(bench.world["word_weight"].sum())
    assert near(1.0 - ends[1] / ends[0], stated)


def test_repair_regains_its_share_of_the_loss() -> None:
    weights = []
    for own_scandal, repaired in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)):
        size = {"is_sender": 1.0, "economic_weight": 0.1, "compartment": 0.8}
        bench = RuleBench(**size, own_scandal=own_scandal, repaired=repaired)
        bench.act("senders.word_weight", scandal_word=0.4, repair_word=0.5, oscillation_word=0, compartment_word=0)
        weights.append(bench.world["word_weight"].sum())
    assert near((weights[0] - weights[2]) / (weights[0] - weights[1]), 0.5)


def test_leaders_and_words_move_activists() -> None:
    events = np.zeros(40)
    events[:2] = 6
    lost = RuleBench(person_event=events, person_organising=0.9, activist_capacity=0.5).act(
        "focal.movement_loses_leaders", exile_movement=0.03
    )
    assert lost["activist_capacity_change"] == pytest.approx(-2 * 0.03 * 0.5)
    bench = RuleBench(pressure_public=[1, 0, 0, 0], activist_capacity=0.5)
    gained = bench.act("focal.word_heartens", word_activists=0.06)
    assert gained["activist_capacity_change"] * 12 == pytest.approx(0.06 * 0.5)


def test_base_rates_mean_what_they_say() -> None:
    """A sender of usual will in ordinary months; persons nobody asks for; persons asked for."""
    _, kept = run(setup(24, WORDS), 60, held={"is_sender": 1.0, "sender_will": 0.25},
                  watched=("representation_choice",))  # fmt: skip
    shares = [(kept["representation_choice"][:, :SENDERS] == option).mean() for option in (1, 2, 3)]
    assert shares == pytest.approx([0.03, 0.02, 0.005], rel=0.1)
    _, kept = run(setup(12), 400, held={"person_organising": 0.33}, watched=("person_event", "person_is_detained"))
    months = kept["person_is_detained"].sum()
    out = np.isin(kept["person_event"], [5, 6]).sum()
    assert out / months * 12 == pytest.approx(0.006, rel=0.25)
    assert (kept["person_event"] == 7).sum() / months == pytest.approx(1 - 0.88 ** (1 / 12), rel=0.05)
    assert not np.isin(kept["person_event"], [3, 4]).any()


def test_of_a_list_half_is_answered_and_an_eighth_treated_better() -> None:
    _, kept = run(setup(12), 200, held=ASKED, watched=("person_event", "person_is_detained"))
    there = kept["person_is_detained"][0] > 0
    better = (kept["person_event"] == 4).any(axis=0) & there
    told = np.isin(kept["person_event"], [3, 4]).any(axis=0) & there
    assert better.sum() / there.sum() == pytest.approx(0.13, rel=0.12)
    assert told.sum() / there.sum() == pytest.approx(0.48, rel=0.1)


def test_the_start_is_a_january() -> None:
    assert START.month == 1
