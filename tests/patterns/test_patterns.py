"""Every pattern on tables made by hand: its value, a pass, a failure, and what makes it not applicable."""

from __future__ import annotations

import numpy as np
import pytest
from hand_made import BASELINE, ERROR, HISTORY, QUIET, Arm, Surroundings, World, base, line, view
from worlds import CASES, Case, practices

from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import View
from demarche.history.scorecard.verdict import LEAST, Verdict, judge, measured

PATTERNS = find_patterns()
NUMBER = 58


def seen(case: Case, shows: bool, copies: int, with_error: bool) -> View:
    around = case.around if shows or case.around_lacks is None else case.around_lacks
    world = case.shows if shows else case.lacks
    return view(world, copies, case.calendar, around, ERROR if with_error else None)


def verdict_on(pattern: str, found: View) -> Verdict:
    return judge(PATTERNS[pattern], HISTORY.patterns[pattern], found)


def test_there_are_58_patterns_each_with_keys_in_the_case_and_two_worlds() -> None:
    assert len(PATTERNS) == NUMBER
    assert list(HISTORY.patterns) == list(PATTERNS)
    assert set(CASES) == set(PATTERNS)


@pytest.mark.parametrize("shows", [True, False], ids=["shows", "lacks"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_measure_gives_the_value_by_hand(pattern: str, shows: bool) -> None:
    case = CASES[pattern]
    values = measured(PATTERNS[pattern], HISTORY.patterns[pattern], seen(case, shows, 1, with_error=False))
    assert values == pytest.approx([case.value if shows else case.other], abs=1e-6)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_world_that_shows_it_passes_and_one_that_does_not_fails(pattern: str) -> None:
    case = CASES[pattern]
    shown = verdict_on(pattern, seen(case, True, LEAST, with_error=pattern not in FREE_OF_ERROR))
    assert shown.by_line == "pass", (shown.values, shown.reason)
    assert len(shown.values) == LEAST
    lacking = verdict_on(pattern, seen(case, False, LEAST, with_error=pattern not in FREE_OF_ERROR))
    assert lacking.by_line == "fail", (lacking.values, lacking.reason)
    assert lacking.score < shown.score


FREE_OF_ERROR = {"P34", "P36", "P39", "P44", "P47", "P49", "P54", "P55", "P56"}
"""Ends on practice: the small worlds move less, or in fewer years, than the error of its record lets one see."""


@pytest.mark.parametrize("pattern", PATTERNS)
def test_without_what_it_reads_it_is_not_applicable(pattern: str) -> None:
    reads = PATTERNS[pattern].reads
    nothing: World = {role: Arm((), {}) for role in reads.arms}
    bare = view(nothing, LEAST, (), Surroundings(), None)
    if list(reads.series) == ["core_practice"] and not reads.events:
        bare = View({role: strip(bare, role) for role in reads.arms})
    found = verdict_on(pattern, bare)
    assert found.word == "not applicable"
    assert found.reason
    assert np.isnan(found.place)


def strip(found: View, role: str):
    from dataclasses import replace

    runs = found.arm(role)
    return replace(runs, series=runs.series.drop(columns="core_practice"))


def test_an_arm_that_was_not_run_is_not_applicable_and_named() -> None:
    found = verdict_on("P19", view({BASELINE: Arm()}, LEAST, (), Surroundings(), ERROR))
    assert (found.word, found.reason) == ("not applicable", "there are no runs of the arm 'quiet'")


def test_too_few_runs_are_not_judged() -> None:
    found = verdict_on("P02", seen(CASES["P02"], True, LEAST - 1, with_error=True))
    assert (found.word, found.reason) == ("not applicable", f"{LEAST - 1} runs have a value, {LEAST} are needed")


def test_one_target_alone_is_not_an_experiment_of_many() -> None:
    arm = CASES["P45"].shows[BASELINE].targets[0]
    found = verdict_on("P45", view({BASELINE: arm}, LEAST, (), Surroundings(), None))
    assert found.word == "not applicable"
    assert "many targets" in found.reason


def test_a_period_that_does_not_cover_the_window_is_not_judged() -> None:
    from dataclasses import replace

    whole = seen(CASES["P19"], True, LEAST, with_error=True)
    runs = whole.arm(QUIET)
    short = View({QUIET: replace(runs, series=runs.series[runs.series["step"] < 90])})
    assert verdict_on("P19", short).reason == "the period does not cover 1993 to 1998"


@pytest.mark.parametrize(
    ("issue", "slope", "value"),
    [
        ("civil_political", -0.05, 0.0), ("civil_political", 0.05, 0.0), ("civil_political", -0.01, 1.0),
        ("labour", 0.05, 0.0), ("labour", -0.05, 1.0),
    ],
)  # fmt: skip
def test_a_flat_area_may_neither_rise_nor_fall_and_others_may_only_fall(issue: str, slope: float, value: float) -> None:
    levels = {"economic_social": line(0.3, 0.05), issue: line(0.6, slope)}
    world = view(base(**practices(**levels)), 1, (), CASES["P34"].around, None)
    keys = HISTORY.patterns["P34"].model_copy(update={"correlation_at_most": 2.0})
    assert measured(PATTERNS["P34"], keys, world) == pytest.approx([value])
