"""What the documents tell of protest and its answers, of brands and codes, of attraction abroad and its ceiling."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.arrays import Array
from demarche.engine.setup import Setup
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.rules.kit.usual import USUAL
from tests.support.reform_world import group_mean, run
from tests.support.society_world import MODULES, society

pytestmark = pytest.mark.long
RUNS = 300


@cache
def with_practice(years: int) -> Setup:
    """Return the bare world of society in which practice follows too."""
    names = {f"demarche.rules.catalogue.{module}" for module in (*MODULES, "world.practice")}
    bare = society(years)
    rules = Catalogue.of(rule for rule in packaged().rules if rule.body.__module__ in names)
    return Setup(bare.cast, bare.period, bare.arms, bare.accounts, bare.title, rules)


def conflict(off: tuple[str, ...] = ()) -> tuple[float, float]:
    """Return by how much growth multiplies protest, and protest put down."""
    found = []
    for growth in (0.0, 0.1):
        _, kept = run(RUNS, {"growth_protest": 0.06, "protest_repression": 2.0}, held={"growth_rate": growth},
                      world=society(10, off), watched=("issue_protest", "protest_event"))  # fmt: skip
        found.append((kept["issue_protest"][60:].mean(), (kept["protest_event"][60:] == 3).mean()))
    (calm, sat_out), (restive, put_down) = found
    return float(restive / calm), float(put_down / sat_out)


def test_growth_brings_protest_and_repression_with_it() -> None:
    """Document 002, appendix A: dislocation and rising expectations bring conflict, and conflict more repression."""
    restive, put_down = conflict()
    assert restive > 1.1
    assert put_down > 1.3


def test_without_dislocation_growth_brings_no_conflict() -> None:
    restive, put_down = conflict(("society.growth_dislocates",))
    assert not restive > 1.1
    assert not put_down > 1.3


def anger(off: tuple[str, ...] = ()) -> float:
    """Return how much more grievance officials leave who put protest down than officials who buy it off."""
    ends = []
    for accommodate, repress in ((0.6, 0.01), (0.01, 0.6)):
        values = {"rate.officials_accommodate": accommodate, "rate.officials_repress": repress}
        world, _ = run(RUNS, world=society(10, off), values=values)
        ends.append(float(world["grievance"].mean()))
    return ends[1] - ends[0]


def test_bought_off_protest_leaves_less_to_complain_of_than_protest_put_down() -> None:
    """Document 003: a party that wants to look legitimate has little choice but to answer; else anger stays."""
    assert anger() > 0.01


def test_without_what_is_bought_off_and_put_down_anger_is_the_same() -> None:
    assert not anger(("society.protest_bought_off", "society.protest_put_down")) > 0.01


def test_classic_foreign_campaigns_find_no_protest_at_home() -> None:
    """Document 002, appendix A: no public support for religious rights or against the death penalty."""
    world, kept = run(RUNS, world=society(10), watched=("issue_protest",))
    by_issue = dict(zip(world.codes["issue"], kept["issue_protest"].mean(axis=(0, 2)), strict=True))
    assert max(by_issue[name] for name in ("religion", "death_penalty", "minority_regions")) < 0.03
    assert min(by_issue[name] for name in ("land_environment", "labour")) > 0.06


def test_force_follows_from_protest_and_not_from_the_calendar_alone() -> None:
    """Documents 001 and 004: leaders fear their own people most; no date is needed."""
    found = []
    for protest in (0.0, 1.0):
        held = {"issue_protest": protest, "protest": protest}
        _, kept = run(RUNS, {"protest_repression": 4.0}, held=held, world=society(10), watched=("crackdown_event",))
        found.append(float((kept["crackdown_event"] == 2).sum()) / RUNS / 10)
    assert 0 < found[0] < 0.5 * found[1]


def attacked(right: float, months: float) -> tuple[float, Array]:
    """Return codes at the end, and what ten years changed in practice at work; one sector is under attack."""
    world, _ = run(2, world=society(5))
    shoes = np.array([code in ("us_footwear", "de_sport") for code in world.codes["firm"]])
    held = {"firm_attacked": months * shoes, "right_to_organise": right, "growth_rate": 0.0}
    world, _ = run(RUNS, {"codes_labour": 0.03}, held=held, laid={"structural_practice": 0.3, "practice": 0.3},
                   world=with_practice(10))  # fmt: skip
    return float(world["corporate_codes"].mean()), group_mean(world, "structural_practice", "work") - 0.3


def test_brands_move_codes_and_codes_move_work_only_where_workers_may_organise() -> None:
    """Document 002, section 2: the exposed firm alerts others; without unions codes are paper commitments."""
    quiet, _ = attacked(0.05, 0.0)
    paper, little = attacked(0.05, 24.0)
    kept, much = attacked(0.8, 24.0)
    assert paper > quiet + 0.05
    assert paper == pytest.approx(kept, abs=0.05)
    assert much.mean() > 8.0 * little.mean() > 0.0


def test_attraction_follows_spending_the_rival_and_the_own_record() -> None:
    """Document 001: institutes, finance and courses win; a rival's wars and crash help; abuse at home is a ceiling."""
    def end(**held: float) -> float:
        world, _ = run(RUNS, {"record_soft_power": 0.5}, held={"practice": 0.3, **held}, world=society(5))
        return float(world["soft_power"].mean())

    usual = end(rival_trouble=0.0)
    assert end(rival_trouble=1.0) > 1.1 * usual
    assert end(rival_trouble=0.0, practice=0.8) > 1.1 * usual
    assert end(rival_trouble=0.0, growth_rate=0.0) < usual


def test_professions_push_where_the_issue_is_popular_and_safe() -> None:
    """Documents 002 and 003: good work needs rights; the impulse gives out at dissent and at disliked minorities."""
    held = {"professional_strength": 0.8, "activist_risk": USUAL["activist_risk"]}
    world, kept = run(RUNS, held=held, world=society(10), watched=("profession_push",))
    by_issue = dict(zip(world.codes["issue"], kept["profession_push"].mean(axis=(0, 2)), strict=True))
    assert by_issue["due_process"] > 1.5 * by_issue["civil_political"]
    assert by_issue["land_environment"] > 1.5 * by_issue["minority_regions"]


def test_repair_and_candour_shorten_what_a_scandal_costs() -> None:
    """Document 003: own renditions cost the sender's word; restoring it goes with repair at home."""
    world, kept = run(RUNS, world=society(10), values={"rate.scandal_own": 0.2}, watched=("scandal_event",))
    answers = [(kept["scandal_event"] == code).sum() for code in (1, 2, 3)]
    assert answers[0] > answers[1] > answers[2] > 0
    assert ((world["repaired"] > 0) <= (world["own_scandal"] > 0)).all()
