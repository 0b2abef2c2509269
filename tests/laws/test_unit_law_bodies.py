"""Unit law of the links of groups, findings, bodies and reviews: treatment at 0 against 1 gives the stated unit.

As in `test_unit_law_reform`: other links neutral, luck shared by both ends, tolerance 20 % of the stated effect, on the
logarithm for odds ratios.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.support.bodies_world import bodies, yearly
from tests.support.reform_world import run

from demarche.arrays import Array
from demarche.engine.setup import Setup

pytestmark = pytest.mark.long

RUNS = 200
YEARS = 10
CLOSE = 0.2
REVIEWS = yearly("treaty_review", 6, YEARS, "CAT")
ALONE = ("ngos.what_is_known",)


def near(found: float, stated: float) -> bool:
    return abs(found - stated) <= CLOSE * abs(stated)


def test_an_issue_fully_documented_gets_its_place_on_agendas() -> None:
    """The place is a share of what is missing to full attention; attention goes back to its usual 0.2."""
    none, full = (
        run(4, {"evidence_agenda": 0.6}, laid={"attention": 0.2, "attention_usual": 0.2},
            held={"evidence": level, "ngo_evidence": 0.0}, world=bodies(8, off=ALONE))[0]["attention"].mean()
        for level in (0.0, 1.0)
    )  # fmt: skip
    assert none == pytest.approx(0.2, abs=0.01)
    assert near(full - none, 0.6 * 0.8)


@pytest.mark.parametrize(("grade", "share"), [(3, 1.0), (2, 2.0 / 3.0)])
def test_a_finding_taken_up_gets_its_place_on_agendas(grade: int, share: float) -> None:
    gained = []
    row = np.arange(64) == 0
    laid = {
        "finding_row_issue": np.where(row, 3.0, -1.0), "finding_row_grade": np.where(row, grade, -1.0),
        "finding_row_step": np.where(row, 0.0, -1.0), "finding_row_body": np.where(row, 5.0, -1.0),
        "attention": 0.2, "attention_usual": 0.2,
    }  # fmt: skip
    for rate in (0.0, 1.0):
        values = {"rate.finding_taken_up_senders": rate, "rate.tactic_publicise": 1e-9, "rate.tactic_join": 1e-9,
                  "rate.tactic_brief_capital": 1e-9, "rate.finding_taken_up": 1e-9}  # fmt: skip
        _, kept = run(4, {"finding_agenda": 0.25}, laid=laid, held={"pressure_public": 1.0},
                      world=bodies(1, off=ALONE), values=values, watched=("attention",))  # fmt: skip
        gained.append(kept["attention"][:, :, 3].max())
    assert near(gained[1] - gained[0], 0.25 * share * 0.8)


STOCKS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "circulation_awareness": (
        "awareness", {"taken_up": 1.0, "lever_circulation": 0.0}, {"taken_up": 1.0, "lever_circulation": 1.0}
    ),
    "circumvention_awareness": (
        "awareness", {"circumvention": 0.0, "censorship": 0.0}, {"circumvention": 1.0, "censorship": 0.0}
    ),
    "support_activists": (
        "activist_capacity", {"trained_activists": 0.0, "circumvention": 0.0},
        {"trained_activists": 1.0, "circumvention": 0.0},
    ),
}  # fmt: skip


@pytest.mark.parametrize("link", STOCKS)
@pytest.mark.parametrize("rate", [0.1, -0.1])
def test_shares_a_year(link: str, rate: float) -> None:
    """A tenth of what is missing from 0.4 to 1 in a year, or a tenth of 0.4."""
    field, *ends = STOCKS[link]
    found = []
    for held in ends:
        world, _ = run(4, {link: rate}, laid={field: 0.4}, held=held, world=bodies(1, off=("ngos.reaches_out",)))
        found.append(world[field].mean())
    assert near(found[1] - found[0], rate * (0.6 if rate > 0 else 0.4))


@pytest.mark.parametrize("loss", [0.5, 0.15])
def test_an_agreement_takes_items_off_the_order_of_business(loss: float) -> None:
    found = []
    for level in (0.0, 1.0):
        _, kept = run(RUNS, {"cooperation_scrutiny": loss}, held={"agreement": level}, world=bodies(YEARS, REVIEWS),
                      watched=("finding_event",))  # fmt: skip
        found.append((kept["finding_event"] > 0).sum())
    assert near(1.0 - found[1] / found[0], loss)


def test_an_agreement_spares_criticism_and_requests() -> None:
    for field, codes in (("stance_event", (1, 3)), ("visit_request_event", (1,))):
        found = []
        for level in (0.0, 1.0):
            values = {"rate.commissioner_agreement": 1e-6, "rate.commissioner_criticism": 0.05,
                      "rate.visit_request": 0.05}  # fmt: skip
            held = {"agreement": level, "shock_memory": 0.0, "taken_up": 0.0, "mandate_scope": 1.0,
                    "visit_months": 100.0, "visit_pending": 0.0}  # fmt: skip
            _, kept = run(2 * RUNS, {"cooperation_scrutiny": 0.5}, held=held, world=bodies(20), values=values,
                          watched=(field,))  # fmt: skip
            found.append(np.isin(kept[field], codes).sum())
        assert near(1.0 - found[1] / found[0], 0.5)


def test_lenders_lend_less_after_a_censure() -> None:
    values = {"rate.lend_hold": 1e-6, "rate.lend_condition": 1e-6}
    held = {"shock_memory": 0.0}
    ends = [
        run(4, {"censure_lending": -0.2}, held={**held, "censured": level}, world=bodies(1),
            values=values)[0]["lending"]
        for level in (0.0, 1.0)
    ]
    assert near(ends[1].mean() - ends[0].mean(), -0.2)


@pytest.mark.parametrize("ratio", [4.0, 0.5])
@pytest.mark.parametrize("code", [1, 2])
def test_like_minded_seats_cut_mandates(ratio: float, code: int) -> None:
    found = []
    for share in (0.25, 0.5):
        held = {"like_minded_share": share, "mandate_scope": 1.0}
        world = bodies(YEARS, yearly("session", 3, YEARS), off=("bodies.like_minded_seats",))
        _, kept = run(RUNS, {"bloc_mandates": ratio}, held=held, world=world, watched=("mandate_event",))
        sessions = kept["mandate_event"][2::12, 0]  # of the charter body
        found.append(np.log((sessions == code).sum() / (sessions == 0).sum()))
    assert near(found[1] - found[0], np.log(ratio))


def answers(links: dict[str, float]) -> tuple[Array, Array, Array]:
    """Return kind, closeness and acceptance of all recommendations of yearly reviews."""
    _, kept = run(RUNS, links, world=bodies(YEARS, yearly("peer_review", 2, YEARS)),
                  watched=("recommendation_answer_event", "recommendation_kind", "recommendation_tie"))  # fmt: skip
    asked = kept["recommendation_answer_event"] > 0
    return (
        kept["recommendation_kind"][asked], kept["recommendation_tie"][asked],
        kept["recommendation_answer_event"][asked] % 2 == 0,
    )  # fmt: skip


def log_odds_of(yes: Array) -> float:
    return float(np.log(yes.mean() / (1.0 - yes.mean())))


@pytest.mark.parametrize("ratio", [0.4, 2.0])
def test_concrete_recommendations_are_accepted_at_other_odds(ratio: float) -> None:
    kind, _, accepted = answers({"specific_recommendation": ratio})
    assert near(log_odds_of(accepted[kind > 1]) - log_odds_of(accepted[kind == 1]), np.log(ratio))


def test_friends_are_heard_sooner() -> None:
    """The closest tenth against the farthest tenth, of which the treatment differs by 0.9."""
    _, tie, accepted = answers({"tie_acceptance": 3.0})
    assert near((log_odds_of(accepted[tie > 0.9]) - log_odds_of(accepted[tie < 0.1])) / 0.9, np.log(3.0))


@pytest.mark.parametrize(("field", "link", "log_ratio"), [
    ("pressure_private", {"private_issue": 2.0}, np.log(2.0)), ("concession_push", {}, 1.0 / 0.5),
])  # fmt: skip
def test_what_opens_doors_to_experts(field: str, link: dict[str, float], log_ratio: float) -> None:
    """Private words by their link; the push on concessions at the price of an invitation, here laid by a rule."""
    found = []
    for level in (0.0, 1.0):
        held = {"visit_pending": 1.0, "visit_months": 1.0}
        world = bodies(YEARS)
        if field == "concession_push":
            world = with_push(world, level)
        else:
            held[field] = level
        _, kept = run(RUNS, link, held=held, world=world, watched=("visit_granted_event", "visit_refused_event"))
        quarters = slice(0, None, 3)
        granted = (kept["visit_granted_event"][quarters] > 0).any(axis=1)
        refused = (kept["visit_refused_event"][quarters] > 0).any(axis=1)
        found.append(np.log(granted.sum() / (~granted & ~refused).sum()))
    assert near(found[1] - found[0], log_ratio)


def with_push(setup: Setup, level: float) -> Setup:
    """Return the set-up with a rule that pushes every concession by so much log odds."""
    from dataclasses import replace

    from demarche.rules.collected import Catalogue
    from demarche.rules.contract import ALL, Fields, Moment, rule

    @rule("focal.pushed", "A push.", claims=("PRS-08",), accounts=ALL, phase="answer_weighing_common",
          writes=("concession_push",))  # fmt: skip
    def pushed(w: Fields, now: Moment) -> None:
        w.concession_push += level

    return replace(setup, catalogue=Catalogue.of([*setup.catalogue.rules, pushed]))
