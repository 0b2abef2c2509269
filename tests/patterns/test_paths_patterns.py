from __future__ import annotations

import math

import numpy as np
import pytest
from synthetic_tables import BANDS, BASE, PACK, QUIET, batch, judge

from demarche.history.patterns.paths import flat_core, parting_issues, widening_gap

ISSUES = ("civil_political", "economic_social", "labour", "land_environment", "women", "religion")


def _line(slope: float, level: float = 0.3):
    return lambda run, step: level + slope * step / 12


@pytest.mark.parametrize(
    ("slope", "expected"), [(0.0, "pass"), (0.0059, "pass"), (-0.0059, "pass"), (0.007, "fail"), (-0.007, "fail")]
)
def test_p19_holds_the_core_flat_in_the_quiet_arm(slope: float, expected: str) -> None:
    verdict = judge("P19", batch(series={"core_practice": _line(slope)}, arm=QUIET))
    assert verdict.measured == pytest.approx((slope, float(expected == "pass")), abs=1e-9)
    assert verdict.verdict == expected


def test_p19_averages_over_runs_and_tells_the_share_inside() -> None:
    series = {"core_practice": lambda run, step: 0.3 + (0.02 if run else 0.0) * step / 12}
    verdict = judge("P19", batch(series=series, arm=QUIET, n_runs=2))
    assert verdict.measured == pytest.approx((0.01, 0.5))
    assert verdict.verdict == "fail"
    assert judge("P19", batch()).verdict == "not applicable"


@pytest.mark.parametrize(
    ("commitment", "core", "expected"),
    [(0.02, 0.0, "pass"), (0.02, -0.005, "pass"), (-0.01, 0.0, "fail"), (0.02, 0.01, "fail"), (0.002, 0.004, "fail")],
)
def test_p32_asks_for_rising_commitment_flat_core_and_a_widening_gap(
    commitment: float, core: float, expected: str
) -> None:
    verdict = judge("P32", batch(series={"core_practice": _line(core), "commitment": _line(commitment)}))
    assert verdict.measured == pytest.approx((commitment, core, commitment - core), abs=1e-9)
    assert verdict.verdict == expected


def test_p32_does_not_book_the_rebound_of_the_first_years_on_the_core() -> None:
    rebound = {"core_practice": lambda run, step: 0.35 - 0.15 * math.exp(-step / 6), "commitment": _line(0.02)}
    assert judge("P32", batch(series=rebound)).verdict == "pass"


def _issues(slopes: dict[str, float], together: float = 0.0) -> dict:
    """Return practice by issue: a line, own yearly luck, and a share of luck that all have in common."""
    luck = {issue: np.random.default_rng([5, i]).normal(size=(40, 13)) for i, issue in enumerate(ISSUES)}
    common = np.random.default_rng([5, 99]).normal(size=(40, 13))

    def path(issue: str):
        mixed = together * common + (1 - together) * luck[issue]
        return lambda run, step: 0.4 + slopes[issue] * step / 12 + 0.002 * mixed[run, (step + 5) // 12]

    return {f"practice_{issue}": path(issue) for issue in ISSUES}


APART = {"civil_political": 0.0, "economic_social": 0.012, "labour": -0.004, "land_environment": -0.002,
         "women": 0.004, "religion": 0.0}


def test_p34_passes_when_issue_areas_part_company() -> None:
    verdict = judge("P34", batch(series=_issues(APART), n_runs=40))
    assert verdict.verdict == "pass"
    assert verdict.measured[:3] == pytest.approx((0.012, 0.0, -0.002), abs=0.001)
    assert abs(verdict.measured[3]) < 0.1


@pytest.mark.parametrize(
    "change",
    [{"economic_social": -0.01}, {"civil_political": 0.012}, {"civil_political": -0.012}, {"labour": 0.012},
     {"land_environment": 0.012}],
)
def test_p34_fails_on_a_wrong_slope(change: dict[str, float]) -> None:
    assert judge("P34", batch(series=_issues({**APART, **change}), n_runs=40)).verdict == "fail"


@pytest.mark.parametrize(
    ("religion", "women", "widest", "passes"),
    [
        (0.0, 0.004, 0.004, True),
        (0.0, -0.004, -0.004, True),
        (-0.012, 0.004, -0.012, False),
        (0.012, -0.004, 0.012, False),
    ],
)
def test_p34_takes_the_widest_slope_of_several_flat_issues(
    religion: float, women: float, widest: float, passes: bool
) -> None:
    """One that falls is as little flat as one that rises, whatever the others do."""
    band = BANDS["P34"].model_copy(update={"flat": ["civil_political", "religion", "women"]})
    tables = batch(series=_issues({**APART, "religion": religion, "women": women}), n_runs=40)
    found = parting_issues(tables.slice(PACK, BASE), band)
    assert found.measured[1] == pytest.approx(widest, abs=0.001)
    assert found.passes == passes


@pytest.mark.parametrize("slope", [-0.02, -0.0061, 0.0061, 0.02])
def test_no_gate_takes_a_core_that_falls_or_rises_for_flat(slope: float) -> None:
    tables = batch(series={"core_practice": _line(slope), "commitment": _line(0.05)}, arm=QUIET)
    assert not flat_core(tables.slice(PACK, QUIET), BANDS["P19"]).passes
    assert not widening_gap(tables.slice(PACK, QUIET), BANDS["P32"]).passes


def test_p34_fails_on_one_scalar_of_compliance() -> None:
    verdict = judge("P34", batch(series=_issues(APART, together=0.95), n_runs=40))
    assert verdict.measured[3] > 0.8
    assert verdict.verdict == "fail"


def test_p34_needs_the_issue_areas() -> None:
    assert judge("P34", batch()).verdict == "not applicable"


def test_p34_leaves_out_issues_that_do_not_move_when_it_correlates() -> None:
    flat = {f"practice_{issue}": _line(APART[issue]) for issue in ISSUES}
    verdict = judge("P34", batch(series=flat))
    assert math.isnan(verdict.measured[3])
    assert verdict.verdict == "fail"


@pytest.mark.parametrize(
    ("months", "drift", "expected"), [(6, 0.0, "pass"), (6, -0.004, "pass"), (36, 0.0, "fail"), (6, 0.01, "fail")]
)
def test_p37_asks_for_a_quick_rebound_and_a_plateau(months: float, drift: float, expected: str) -> None:
    def path(run: int, step: int) -> float:
        return 0.35 - 0.15 * math.exp(-step / months) + drift * max(step - 30, 0) / 12

    assert judge("P37", batch(series={"core_practice": path})).verdict == expected


def test_p37_fails_where_there_is_no_shock_or_no_return() -> None:
    verdict = judge("P37", batch())
    assert verdict.verdict == "fail"
    assert "no trough" in verdict.note
    assert judge("P37", batch(series={"core_practice": lambda run, step: 0.2})).verdict == "fail"


def test_p37_measures_the_share_of_the_way_back() -> None:
    def path(run: int, step: int) -> float:
        return 0.2 if step < 20 else 0.29 if step < 31 else 0.3

    verdict = judge("P37", batch(series={"core_practice": path}))
    assert verdict.measured[0] == pytest.approx(0.9)
