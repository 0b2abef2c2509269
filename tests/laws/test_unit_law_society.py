"""Unit law of the links and base rates of society and attraction: treatment at 0 against 1 gives the stated unit.

Every other link is neutral. Odds are compared on their logarithm, within 20 % of the stated effect; runs of both ends
share their luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from tests.support.reform_world import run
from tests.support.society_world import society

from demarche.rules.kit.usual import USUAL

pytestmark = pytest.mark.long

CLOSE = 0.2
Held = Mapping[str, Any]
CALM: Held = {
    "emergency": 0.0, "weariness": 0.0, "censorship": 0.5,
    **{name: USUAL[name] for name in ("fear_of_instability", "legitimacy", "security_effort", "activist_risk",
                                      "awareness", "activist_capacity")},
}  # fmt: skip
NO_SPARKS = {"society.protest_spreads.spark": 1e-9, "society.protest_spreads.pace": 1.0}


def near(found: float, stated: float) -> bool:
    return abs(found - stated) <= CLOSE * abs(stated)


def odds(field: str, taken: int, other: int, links: Mapping[str, float], held: Held, values: Held) -> float:
    """Return the log odds of one coded event against another over all months, rows and runs."""
    _, kept = run(400, links, held={**CALM, **held}, world=society(), values=values, watched=(field,))
    codes = kept[field]
    return float(np.log((codes == taken).sum() / (codes == other).sum()))


@pytest.mark.parametrize("ratio", [3.0, 0.5])
def test_protest_brings_force(ratio: float) -> None:
    often = {"rate.crackdown_nationwide": 0.5}
    none, full = (
        odds("crackdown_event", 2, 0, {"protest_repression": ratio}, {"protest": level, "issue_protest": 0.0}, often)
        for level in (0.0, 1.0)
    )
    assert near(full - none, float(np.log(ratio)))


def test_protest_brings_repression_by_officials() -> None:
    """Officials are asked from a fifth of protest on: what is between that and all of it is measured."""
    none, full = (
        odds("protest_event", 3, 1, {"protest_repression": 3.0}, {"issue_protest": level}, {}) for level in (0.25, 1.0)
    )
    assert near(full - none, float(0.75 * np.log(3.0)))


@pytest.mark.parametrize("rate", [0.05, -0.05])
def test_growth_feeds_grievance(rate: float) -> None:
    ends = []
    for growth in (0.0, 0.1):
        world, _ = run(
            4, {"growth_protest": rate}, held={**CALM, "growth_rate": growth, "issue_protest": 0.0},
            laid={"grievance": 0.5, "practice": 0.5}, world=society(years=1), values=NO_SPARKS,
        )  # fmt: skip
        ends.append(float(world["grievance"].mean()))
    assert near(ends[1] - ends[0], rate * 0.5)


@pytest.mark.parametrize("rate", [0.1, -0.1])
def test_teaching_by_the_state_informs_or_keeps_from_people(rate: float) -> None:
    """A tenth of what is missing from 0.4 to 1 in a year, or a tenth of 0.4; nothing without programmes."""
    none, full = (
        run(4, {"teaching_awareness": rate}, held={**CALM, "awareness": 0.4, "official_programmes": level},
            world=society(years=1), watched=("awareness",), values=NO_SPARKS)[1]["awareness"]
        for level in (0.0, 1.0)
    )  # fmt: skip
    assert near(12 * float((full - none).mean()), rate * (0.6 if rate > 0 else 0.4))


@pytest.mark.parametrize(
    ("rate", "field"), [("society_awareness", "awareness"), ("society_capacity", "activist_capacity")]
)
def test_odds_of_joining(rate: str, field: str) -> None:
    """Nobody is seen to protest and no incident happens: what is left is the citizen's own readiness."""
    ends = []
    for level in (0.0, 1.0):
        held = {**CALM, field: level, "issue_protest": 0.0, "profession_push": 0.0}
        values = {**NO_SPARKS, f"rate.{rate}": 3.0}
        world, _ = run(4, held=held, laid={"grievance": 0.7}, world=society(years=1), values=values)
        joined = world["issue_protest"] / world["home_support"]
        ends.append(float(np.log(joined / (1.0 - joined)).mean()))
    assert near(ends[1] - ends[0], float(np.log(3.0)))


@pytest.mark.parametrize("cap", [0.5, 0.2])
def test_record_caps_attraction(cap: float) -> None:
    """Core practice at 1 has no cap, at 0 the whole of it."""
    ends = []
    for practice in (1.0, 0.0):
        held = {**CALM, "practice": practice, "rival_trouble": 0.0, "region_appeal": 0.4}
        world, _ = run(4, {"record_soft_power": cap}, held=held, world=society(years=1))
        ends.append(float(world["soft_power"].mean()))
    assert near(1.0 - ends[1] / ends[0], cap)


def test_attraction_is_relative() -> None:
    """The rival's trouble makes one's own model shine, whatever one does."""
    found = []
    for trouble in (0.0, 1.0):
        held = {**CALM, "rival_trouble": trouble, "region_appeal": 0.4, "practice": 0.5}
        world, _ = run(4, held=held, world=society(years=1))
        found.append(float(world["soft_power"].mean()))
    assert found[1] > 1.1 * found[0]




def test_rates_mean_what_they_say() -> None:
    """At usual levels and usual threat each option is taken as often as its base rate says."""
    usual = {"protest": USUAL["protest"], "issue_protest": 0.27, "threatens_monopoly": 0.46,
             "venality": 0.5}
    values = {"rate.crackdown_nationwide": 0.3, "rate.crackdown_concede": 0.3}
    _, kept = run(400, held={**CALM, **usual}, world=society(), values=values,
                  watched=("protest_event", "crackdown_event"))  # fmt: skip
    answers = kept["protest_event"]
    for code, share in ((1, 0.5), (2, 0.25), (3, 0.25)):
        assert near((answers == code).mean() / (answers > 0).mean(), share)
    for code in (1, 2):
        assert near(12.0 * (kept["crackdown_event"] == code).mean(), -np.log(1.0 - 0.3))
