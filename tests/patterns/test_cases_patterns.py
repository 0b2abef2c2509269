from __future__ import annotations

import math

import pytest
from synthetic_tables import QUIET, batch, judge

JUNES = [(f"{year}-06", "tariff_deadline") for year in range(1990, 1999)]
MONTHS = [f"{year}-{month:02d}" for year in range(1990, 1999) for month in range(1, 13)]


def _releases(near: int, far: int, turn: str = "released") -> list[tuple[int, str, str, str, str]]:
    """Return so many releases in each May and June, and so many in every other month of 1990-98."""
    return [
        (0, month, "case", f"C{i}", turn)
        for month in MONTHS
        for i in range(near if month[-2:] in ("05", "06") else far)
    ]


@pytest.mark.parametrize(
    ("near", "far", "expected"),
    [(3, 1, "pass"), (2, 1, "pass"), (1, 1, "fail"), (8, 1, "fail"), (1, 2, "fail")],
)
def test_p23_compares_the_two_months_before_deadlines_with_others(near: int, far: int, expected: str) -> None:
    verdict = judge("P23", batch(_releases(near, far), calendar=JUNES))
    assert verdict.measured == pytest.approx(near / far * 91 / 90)
    assert verdict.verdict == expected


def test_p23_counts_exiles_but_no_other_turn_and_no_other_date() -> None:
    sessions = [(f"{year}-03", "session") for year in range(1990, 1999)]
    events = _releases(3, 1, "exiled") + _releases(0, 5, "treated_better") + _releases(0, 5, "detained_again")
    verdict = judge("P23", batch(events, calendar=JUNES + sessions))
    assert verdict.measured == pytest.approx(3 * 91 / 90)


def test_p23_sees_summits_and_bids_and_needs_some_date() -> None:
    dates = [(month, kind) for (month, _), kind in zip(JUNES, ["summit", "bid_decision"] * 5, strict=False)]
    assert judge("P23", batch(_releases(3, 1), calendar=dates)).verdict == "pass"
    assert judge("P23", batch(_releases(3, 1))).verdict == "not applicable"


def test_p23_fails_without_releases_or_with_all_of_them_before_deadlines() -> None:
    assert judge("P23", batch(calendar=JUNES)).verdict == "fail"
    verdict = judge("P23", batch(_releases(1, 0), calendar=JUNES))
    assert verdict.measured == math.inf
    assert verdict.verdict == "fail"


@pytest.mark.parametrize(
    ("slope", "releases", "expected"),
    [(0.0, True, "pass"), (0.005, True, "pass"), (0.01, True, "fail"), (-0.01, True, "fail"), (0.0, False, "fail")],
)
def test_p24_asks_for_releases_and_a_flat_core_in_the_quiet_arm(slope: float, releases: bool, expected: str) -> None:
    series = {"core_practice": lambda run, step: 0.3 + slope * step / 12}
    events = [(0, f"{year}-08", "case", "C1", "released") for year in range(1990, 1999)] if releases else []
    verdict = judge("P24", batch(events, series, arm=QUIET))
    assert verdict.measured == pytest.approx((float(releases), slope), abs=1e-9)
    assert verdict.verdict == expected


def test_p24_is_not_judged_on_another_arm() -> None:
    assert judge("P24", batch()).verdict == "not applicable"
