"""Laws of groups and bodies: what a kind takes with it when it goes, money, backing, committees."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.conftest import few_at_once
from tests.support.bodies_world import bodies, without, yearly
from tests.support.reform_world import CAST, run

from demarche.arrays import Array
from demarche.cast.cast import Cast, load_cast
from demarche.world.kinds import BODY_KIND_NAMES, TACTICS
from demarche.world.world import World

RUNS = 60
YEARS = 10
DATED = (
    *yearly("treaty_review", 6, YEARS, "CAT"), *yearly("treaty_review", 8, YEARS, "CEDAW", "CERD"),
    *yearly("expert_session", 8, YEARS), *yearly("session", 3, YEARS),
)  # fmt: skip
WATCHED = (
    "evidence", "groups_on_issue", "circumvention", "backing", "official_training", "brand_campaign",
    "complaint_event", "filing_event",
    "neighbours_briefed", "examples_known", "mobilisation", "finding_event", "citation_event", "visit_granted_event",
    "appeal_event", "ballot_event", "mandate_event", "stance_event", "lending", "person_defended",
)  # fmt: skip
Kept = dict[str, Array]


@cache
def cast() -> Cast:
    """Return the reference cast with every group at work from the start, so that each kind has time to count."""
    from dataclasses import replace

    whole = load_cast(CAST)
    first = min(ngo.start for ngo in whole.ngos)
    return replace(whole, ngos=tuple(ngo.model_copy(update={"start": first}) for ngo in whole.ngos))


@cache
def kept(taken_away: str = "") -> tuple[World, Kept]:
    """Return a world of ten years without a kind of group or body, other luck unchanged."""
    setup = bodies(YEARS, DATED, cast=without(cast(), kind=taken_away) if taken_away else cast())
    world, found = run(RUNS, account="common", held={"pressure_public": 0.2, "person_is_detained": 1.0}, world=setup,
                       watched=WATCHED)
    return world, found


def on(field: str, *issues: str) -> Callable[[World, Kept], float]:
    def mean(world: World, found: Kept) -> float:
        rows = [world.codes["issue"].index(issue) for issue in issues]
        return float(found[field][:, rows].mean())

    return mean


def mean_of(field: str) -> Callable[[World, Kept], float]:
    return lambda world, found: float(found[field].mean())


def number_of(field: str, *codes: int) -> Callable[[World, Kept], float]:
    return lambda world, found: float(np.isin(found[field], codes or (1, 2, 3)).sum())


LOWER: dict[str, tuple[Callable[[World, Kept], float], ...]] = {
    "documentation": (on("evidence", "civil_political", "extralegal_detention"),),
    "labour": (on("evidence", "labour"), mean_of("brand_campaign"), number_of("filing_event", 1)),
    "territory_office": (on("evidence", "rural_residents"), on("groups_on_issue", "economic_social")),
    "online_centre": (mean_of("circumvention"),),
    "broadcaster": (mean_of("circumvention"), mean_of("backing")),
    "regional_network": (mean_of("neighbours_briefed"), mean_of("examples_known"),
                         on("groups_on_issue", "labour", "women")),
    "diaspora": (on("groups_on_issue", "civil_political"),),
    "families": (mean_of("mobilisation"), on("groups_on_issue", "civil_political")),
    "foundation": (mean_of("official_training"),),
    "professional": (on("evidence", "psychiatric_abuse"), on("groups_on_issue", "psychiatric_abuse")),
    "legal_defence": (on("groups_on_issue", "due_process"), mean_of("person_defended")),
    "committee": (number_of("finding_event"),),
    "procedures": (number_of("visit_granted_event"), number_of("appeal_event")),
    "commissioner": (number_of("citation_event"), number_of("stance_event")),
    "labour ": (number_of("complaint_event"),),
    "experts": (number_of("ballot_event", 2),),
}  # fmt: skip
"""Kind -> what is lower without it; the organisation of labour shares the name of its kind with unions."""


@pytest.mark.parametrize("kind", few_at_once(LOWER, 3))
@pytest.mark.long
def test_a_kind_taken_away_takes_with_it_what_it_does(kind: str) -> None:
    whole, less = kept(), kept(kind.strip())
    for measure in LOWER[kind]:
        assert measure(*less) < measure(*whole)


@pytest.mark.long
def test_without_a_lender_nothing_holds_lending_back() -> None:
    whole, less = kept(), kept("lender")
    assert less[1]["lending"].min() == 1.0 > whole[1]["lending"].mean()


@pytest.mark.long
def test_without_a_charter_body_no_mandate_is_cut() -> None:
    assert number_of("mandate_event")(*kept("charter")) == 0 < number_of("mandate_event")(*kept())


def test_every_kind_of_body_but_the_assembly_is_tried() -> None:
    assert {*BODY_KIND_NAMES} - {kind.strip() for kind in LOWER} == {"lender", "charter", "assembly"}


@pytest.mark.long
@pytest.mark.parametrize(
    "code", few_at_once(["professional_body", "victims_families", "labour_consumer", "diaspora"], 1)
)
def test_one_more_group_at_equal_grants_costs_backing_no_more_than_its_upkeep(code: str) -> None:
    whole, less = (bodies(YEARS, cast=one) for one in (cast(), without(cast(), code)))
    backing = [
        run(RUNS, account="common", world=world, watched=("backing",))[1]["backing"].mean() for world in (whole, less)
    ]
    upkeep, full = 0.16, 2.0  # a quarter, against full work a quarter
    assert backing[0] >= backing[1] - upkeep / full


@pytest.mark.long
def test_some_groups_close_for_want_of_money() -> None:
    """S9: between a tenth and four tenths in twenty years, else the purse is wrong."""
    world, _ = run(200, account="common", world=bodies(20, cast=cast()))
    assert 0.1 <= world["ngo_has_closed"].mean() <= 0.4
    assert world["ngo_has_closed"].mean(axis=-1).max() < 1.0


def test_committees_examine_only_what_binds() -> None:
    dated = (*yearly("treaty_review", 6, 3, "ICCPR"), *yearly("treaty_review", 9, 3, "CAT"))
    world, found = run(RUNS, account="common", world=bodies(3, dated), watched=("finding_event", "state_report_event"))
    civil, torture = (world.codes["body"].index(code) for code in ("committee_civil", "committee_torture"))
    assert not found["finding_event"][:, civil].any()
    assert found["finding_event"][:, torture].any()
    assert not found["state_report_event"][:, world.codes["treaty"].index("ICCPR")].any()
    world, found = run(RUNS, account="common", held={"treaty_stage": 2.0}, world=bodies(3, dated),
                       watched=("finding_event",))  # fmt: skip
    assert found["finding_event"][:, civil].any()


def findings(evidence: float) -> tuple[float, float]:
    dated = yearly("treaty_review", 6, YEARS, "CAT")
    held = {"body_evidence": evidence}
    _, found = run(RUNS, account="common", held=held, world=bodies(YEARS, dated), watched=("finding_event",))
    return float((found["finding_event"] > 0).sum()), float((found["finding_event"] == 3).sum())


@pytest.mark.long
def test_no_committee_urges_without_evidence() -> None:
    assert findings(0.25)[1] == 0.0
    assert findings(0.9)[1] > 0.0
    assert findings(0.9)[0] > 1.5 * findings(0.0)[0]


def test_what_nobody_takes_up_stays_in_the_files() -> None:
    """No attention, no awareness from findings if nobody can take them up."""
    dated = yearly("treaty_review", 6, 3, "CAT")
    links = {"finding_agenda": 0.5, "circulation_awareness": 0.1}
    silent = {"rate.finding_taken_up": 1e-9, "rate.finding_taken_up_concern": 1e-9,
              "rate.finding_taken_up_senders": 0.0}
    silent |= {f"rate.tactic_{tactic}": 1e-9 for tactic in ("publicise", "brief_capital", "join")}
    world, _ = run(RUNS, links, laid={"attention": 0.2, "attention_usual": 0.2}, world=bodies(3, dated), values=silent)
    assert world["finding_row_grade"].max() >= 2.0
    assert world["attention"].max() == pytest.approx(0.2, abs=1e-9) or world["evidence"].max() > 0.0
    assert not world["taken_up"].any()
    assert (world["finding_row_taken_step"] == -1.0).all()


def test_evidence_is_not_found_behind_shut_doors() -> None:
    off = ("ngos.doors",)
    ends = [
        run(RUNS, account="common", held={"ngo_access": level}, world=bodies(3, off=off))[0]["evidence"].mean()
        for level in (0.0, 1.0)
    ]
    assert ends[1] > 1.5 * ends[0]


@pytest.mark.long
def test_a_group_learns_which_tactic_does_nothing() -> None:
    """Publicising without evidence has no effect, and is used less with the years than where there is some."""
    used = []
    for known in (0.0, 0.9):
        held: dict[str, Any] = {"ngo_evidence": known, "ngo_purse": 5.0, "ngo_free": 5.0}
        _, found = run(RUNS, account="common", held=held, world=bodies(YEARS, cast=cast()),
                       watched=("ngo_tactic_choice",))  # fmt: skip
        used.append((found["ngo_tactic_choice"][-24::3, TACTICS.index("publicise")] > 0).mean())
    assert used[0] < 0.9 * used[1]
