from __future__ import annotations

import pytest
from synthetic_tables import batch, bench, judge, session

YEARS = [f"{year}-03" for year in (1990, 1992, 1993, 1994, 1995)]


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(57, 43, "pass"), (53, 47, "pass"), (61, 39, "pass"), (50, 50, "fail"), (64, 36, "fail")],
)
def test_p02_holds_the_mean_share_of_yes_to_its_band(yes: int, no: int, expected: str) -> None:
    events = [row for month in YEARS for row in session(month, bench(yes=yes, no=no, abstain=9, absent=3))]
    verdict = judge("P02", batch(events))
    assert verdict.verdict == expected
    assert verdict.measured == pytest.approx((yes / 100, 1.0 if 48 <= yes <= 67 else 0.0))


def test_p02_averages_over_runs_and_fails_on_years_outside_the_wide_band() -> None:
    steady = session("1990-03", bench(yes=50, no=50)) + session("1990-03", bench(yes=64, no=36), run=1)
    verdict = judge("P02", batch(steady, n_runs=2))
    assert verdict.verdict == "pass"
    assert verdict.measured == pytest.approx((0.57, 1.0))
    assert verdict.n == 2
    swinging = [
        row for month, yes in zip(YEARS, (70, 40, 60, 60, 55), strict=True)
        for row in session(month, bench(yes=yes, no=100 - yes))
    ]
    verdict = judge("P02", batch(swinging))
    assert verdict.measured == pytest.approx((0.57, 0.6))
    assert verdict.verdict == "fail"


def test_p02_reads_the_window_only_and_fails_where_nothing_is_tabled() -> None:
    later = session("1999-03", bench(yes=57, no=43))
    verdict = judge("P02", batch(later))
    assert verdict.verdict == "fail"
    assert "no motion" in verdict.note


def _two_sessions(before: dict[str, str], after: dict[str, str]) -> list[tuple[int, str, str, str, str]]:
    return session("1993-03", before) + session("1995-03", after)


def test_p05_counts_switches_of_continuing_members_between_tabled_sessions() -> None:
    before = bench(yes=10, abstain=5, no=5)
    after = {**before, "M00": "abstain", "M10": "yes", "Z01": "no"}
    verdict = judge("P05", batch(_two_sessions(before, after)))
    assert verdict.measured == pytest.approx((2 / 20, 0.0))
    assert verdict.verdict == "pass"


@pytest.mark.parametrize(
    ("changes", "measured"),
    [
        ({}, (0.0, 0.0)),
        ({"M00": "abstain"}, (0.05, 0.0)),
        ({"M00": "abstain", "M01": "abstain", "M02": "abstain", "M03": "abstain"}, (0.2, 0.0)),
        ({"M00": "no", "M01": "abstain"}, (0.1, 0.5)),
        ({"M19": "yes", "M01": "abstain"}, (0.1, 0.5)),
    ],
)
def test_p05_fails_on_frozen_restless_or_flipping_votes(changes: dict[str, str], measured: tuple[float, float]) -> None:
    before = bench(yes=10, abstain=5, no=5)
    verdict = judge("P05", batch(_two_sessions(before, {**before, **changes})))
    assert verdict.measured == pytest.approx(measured)
    assert verdict.verdict == "fail"


def test_p05_leaves_absent_members_out() -> None:
    before = bench(yes=10, abstain=4, no=5, absent=2)
    after = {**before, "M00": "abstain", "M02": "absent", "M19": "yes", "M10": "yes"}
    verdict = judge("P05", batch(_two_sessions(before, after)))
    assert verdict.measured == pytest.approx((2 / 18, 0.0))


def test_p05_needs_two_tabled_sessions_of_the_same_run() -> None:
    events = session("1993-03", bench(yes=5)) + session("1995-03", bench(no=5), run=1)
    assert judge("P05", batch(events, n_runs=2)).verdict == "not applicable"


def test_p06_splits_the_change_of_margin() -> None:
    before = bench(yes=10, no=6, abstain=4)
    stay = {state: vote for state, vote in before.items() if state not in ("M14", "M15", "M16")}
    after = {**stay, "Z01": "yes", "M10": "yes", "M11": "yes"}
    verdict = judge("P06", batch(_two_sessions(before, after)))
    assert verdict.measured == pytest.approx(4 / 6)
    assert "4.0 by rotation, 2.0 by switching" in verdict.note
    assert verdict.verdict == "pass"


def test_p06_fails_if_persuasion_or_rotation_explains_everything() -> None:
    before = bench(yes=10, no=6, abstain=4)
    persuaded = {**before, "M16": "yes", "M17": "yes", "M18": "yes"}
    verdict = judge("P06", batch(_two_sessions(before, persuaded)))
    assert verdict.measured == pytest.approx(0.0)
    assert verdict.verdict == "fail"
    rotated = {**before, "Z01": "no", "Z02": "no"}
    verdict = judge("P06", batch(_two_sessions(before, rotated)))
    assert verdict.measured == pytest.approx(1.0)
    assert verdict.verdict == "fail"


def test_p06_sums_absolute_changes_so_that_opposite_moves_do_not_cancel() -> None:
    first = bench(yes=10, no=6, abstain=4)
    second = {**first, "M10": "yes", "Z01": "no"}
    third = {**first, "Z02": "no"}
    events = session("1990-03", first) + session("1992-03", second) + session("1993-03", third)
    verdict = judge("P06", batch(events))
    assert "1.0 by rotation, 2.0 by switching" in verdict.note
    assert verdict.measured == pytest.approx(1 / 3)


def test_p06_fails_on_a_margin_that_never_moves_and_needs_two_sessions() -> None:
    frozen = bench(yes=10, no=6)
    assert judge("P06", batch(_two_sessions(frozen, frozen))).verdict == "fail"
    assert judge("P06", batch(session("1993-03", frozen))).verdict == "not applicable"
    assert judge("P06", batch()).verdict == "not applicable"
