"""What document 002 tells of one inquiry: evidence, a place on agendas, an inspection, and what lenders then ask.

Administrative detention was unknown abroad until somebody looked (section 3); the panel of the World Bank would not
have looked into the resettlement project without campaigners (section 10); a brand held answerable alerts others,
codes follow, and count only where workers may organise (section 2).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.rules.kit.events import code_of
from demarche.world.fields.bodies import COMPLAINTS, LENDING
from tests.support.reform_world import run
from tests.support.story_world import Bound, story

pytestmark = pytest.mark.long
RUNS, YEARS = 80, 6
ISSUE, WORK = "extralegal_detention", "labour"
INQUIRER = "documentation"
MODULES = ("ngos", "bodies.complaints", "bodies.committees", "bodies.lenders", "senders.attention", "senders.sanctions",
           "focal.needs")  # fmt: skip
OPEN = {"ngo_purse": 5.0, "ngo_free": 5.0, "ngo_access": 0.6}
"""Money and doors are not what the story is about."""
QUARTERS = tuple(f"{1990 + year}-{month:02d}" for year in range(YEARS) for month in (1, 4, 7, 10))


def inquiry(issue: str) -> tuple[Bound, ...]:
    """Return choices that bind one group to one issue and all its work to finding out."""
    focus = tuple((f"{1990 + year}-01", "ngo_focus", "work", (INQUIRER, issue)) for year in range(YEARS))
    work = tuple((month, "ngo_tactic", "document", (INQUIRER,)) for month in QUARTERS)
    return (*focus, *work)


@cache
def told(looks: bool, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return the steps of the story in numbers, with the inquiry or without anybody who looks."""
    asks = (("1992-01", "complaint", "ask_inspection", ("labour_consumer",)),) if looks else ()
    setup = story(MODULES, YEARS, off=off, moves=(*(inquiry(ISSUE) if looks else ()), *asks))
    idle = {f"rate.{name}": 1e-9 for name in ("complaint_labour", "complaint_inspection", "tactic_document")}
    certain = {"rate.complaint_inspection_admitted": 0.999, "rate.complaint_found": 0.999, "rate.lend_hold": 0.01,
               "rate.lend_condition": 0.1}  # fmt: skip
    world, kept = run(
        RUNS, account="leverage_toolbox", world=setup, values=idle | certain, laid={"ngo_evidence": 0.0}, held=OPEN,
        watched=("evidence", "attention", "complaint_event", "filing_event", "lending_event"),
    )  # fmt: skip
    row = world.codes["issue"].index(ISSUE)
    asked = code_of(("labour", "inspection"), "inspection")
    return {
        "evidence": float(kept["evidence"][24, row].mean()),
        "attention gained": float((kept["attention"][36, :, row] - kept["attention"][0, :, row]).mean()),
        "requests": float((kept["filing_event"] == asked).sum() / RUNS),
        "admitted": float((kept["complaint_event"] == code_of(COMPLAINTS, "admitted")).sum() / RUNS),
        "found": float((kept["complaint_event"] == code_of(COMPLAINTS, "found")).sum() / RUNS),
        "conditions": float((kept["lending_event"] == code_of(LENDING, "conditioned")).sum() / RUNS),
    }


def gained(off: tuple[str, ...] = ()) -> dict[str, float]:
    with_it, without = told(True, off), told(False, off)
    return {name: with_it[name] - without[name] for name in with_it}


STEPS = {
    "found out": lambda g: g["evidence"] > 0.2,
    "on agendas": lambda g: g["attention gained"] > 0.02,
    "inspection asked for": lambda g: g["requests"] > 0.9,
    "inspection held": lambda g: g["admitted"] > 0.9 and g["found"] > 0.9,
    "conditions": lambda g: g["conditions"] > 0.25,
}


@pytest.mark.parametrize("step", STEPS)
def test_one_inquiry_reaches_agendas_and_lenders(step: str) -> None:
    assert STEPS[step](gained()), gained()


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("ngos.documents", "found out"), ("ngos.place_on_agendas", "on agendas"),
        ("ngos.files_complaint", "inspection asked for"), ("bodies.hears_complaint", "inspection held"),
        ("bodies.lenders_weigh", "conditions"),
    ],
)  # fmt: skip
def test_without_the_rule_that_carries_it_the_step_fails(rule: str, step: str) -> None:
    assert not STEPS[step](gained((rule,))), gained((rule,))


def need(bank: str, off: tuple[str, ...] = ()) -> float:
    """Return what the focal state needs from abroad with a bank bound to lend or to hold."""
    moves = tuple((month, "lend", bank, ("world_bank",)) for month in QUARTERS)
    world, _ = run(8, {"sanction_need": 0.4}, world=story(MODULES, YEARS, off=off, moves=moves))
    return float(world["target_needs"].mean())


def test_what_lenders_hold_back_is_felt_as_need() -> None:
    assert need("hold") > need("lend") + 0.02
    for rule in ("bodies.lending", "senders.sanctions_weigh", "focal.sanctions_felt_as_need"):
        assert need("hold", (rule,)) == need("lend", (rule,))


BRANDS = ("society.firms", "world.practice", "ngos")
BOUND = tuple((month, "ngo_tactic", "brand", ("labour_consumer",)) for month in QUARTERS)


@cache
def labour(campaign: bool, right: float, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return what a campaign on brands does to codes and to practice at work, by the right to organise."""
    focus = tuple((f"{1990 + year}-01", "ngo_focus", "work", ("labour_consumer", WORK)) for year in range(YEARS))
    setup = story(BRANDS, YEARS, off=off, moves=(*focus, *BOUND) if campaign else ())
    held = OPEN | {"right_to_organise": right, "growth_rate": 0.0}
    held |= {} if campaign else {"brand_campaign": 0.0}
    world, kept = run(
        RUNS, {"codes_labour": 0.03}, world=setup, held=held, laid={"structural_practice": 0.3, "practice": 0.3,
                                                                      "ngo_evidence": 0.6},
        watched=("campaign_event", "firm_event", "corporate_codes"),
    )  # fmt: skip
    row = world.codes["issue"].index(WORK)
    return {
        "attacks": float((kept["campaign_event"] > 0).sum() / RUNS),
        "adopted": float((kept["firm_event"] == 2).sum() / RUNS),
        "codes": float(kept["corporate_codes"][-1].mean()),
        "practice": float(world["structural_practice"][row].mean() - 0.3),
    }


BRAND_STEPS = {
    "held answerable": lambda quiet, paper, kept: paper["attacks"] > quiet["attacks"] + 1.0,
    "codes": lambda quiet, paper, kept: paper["codes"] > quiet["codes"] + 0.02,
    "unions": lambda quiet, paper, kept: kept["practice"] > 5.0 * paper["practice"] > 0.0,
}


def brands(off: tuple[str, ...] = ()) -> tuple[dict[str, float], ...]:
    return labour(False, 0.05, off), labour(True, 0.05, off), labour(True, 0.8, off)


@pytest.mark.parametrize("step", BRAND_STEPS)
def test_a_brand_held_answerable_leads_to_codes_that_count_where_workers_may_organise(step: str) -> None:
    assert BRAND_STEPS[step](*brands()), brands()


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("ngos.campaigns_on_brands", "held answerable"), ("society.brands_give_way", "codes"),
        ("society.codes_are_kept", "codes"), ("world.codes_reach_the_floor", "unions"),
    ],
)  # fmt: skip
def test_without_the_rule_brands_lead_nowhere(rule: str, step: str) -> None:
    assert not BRAND_STEPS[step](*brands((rule,))), brands((rule,))


def test_whoever_looks_elsewhere_finds_nothing_here() -> None:
    """The inquiry is what puts the issue there: the same work on labour leaves this one in the dark."""
    setup = story(MODULES, YEARS, moves=inquiry(WORK))
    world, kept = run(RUNS, account="leverage_toolbox", world=setup, values={"rate.tactic_document": 1e-9},
                      laid={"ngo_evidence": 0.0}, held=OPEN, watched=("evidence",))  # fmt: skip
    by_issue = dict(zip(world.codes["issue"], np.mean(kept["evidence"][24], axis=-1), strict=True))
    assert by_issue[WORK] > by_issue[ISSUE] + 0.2
