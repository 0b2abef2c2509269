from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from synthetic_tables import BANDS, BASE, PACK, QUIET, batch, bench, judge, session

from demarche.history.patterns.gates import GATES, check_gates
from demarche.history.patterns.verdict import slopes

TWELVE = ("P02", "P05", "P06", "P09", "P10", "P16", "P19", "P23", "P24", "P32", "P34", "P37")


def test_the_twelve_gates_have_bands_with_titles_sources_and_windows() -> None:
    assert tuple(GATES) == TWELVE
    assert tuple(BANDS) == TWELVE
    for band in BANDS.values():
        assert band.title
        assert band.source
        assert band.years[0] < band.years[1]


def test_only_patterns_with_a_band_are_judged() -> None:
    bands = {pattern: BANDS[pattern] for pattern in ("P19", "P02")}
    assert [v.pattern for v in check_gates(batch(), bands, PACK, BASE, None)] == ["P19", "P02"]


def test_every_gate_gets_one_verdict_in_order() -> None:
    verdicts = check_gates(batch(), BANDS, PACK, BASE, None)
    assert tuple(v.pattern for v in verdicts) == TWELVE
    assert all(v.verdict in ("pass", "fail", "not applicable") for v in verdicts)
    assert [v.note for v in verdicts if v.pattern == "P19"] == ["the batch has no runs of the quiet arm"]


def test_a_period_that_does_not_cover_the_window_is_not_judged() -> None:
    verdicts = check_gates(batch(end="1996-12"), BANDS, PACK, BASE, QUIET)
    assert {v.verdict for v in verdicts} == {"not applicable"}
    assert "does not cover 1990 to 1997" in verdicts[0].note


def test_another_pack_or_arm_is_not_mixed_in() -> None:
    tables = batch(session("1993-03", bench(yes=57, no=43)))
    assert judge("P02", tables).verdict == "pass"
    assert {v.verdict for v in check_gates(tables, BANDS, "other_pack", BASE, None)} == {"not applicable"}
    assert {v.verdict for v in check_gates(tables, BANDS, PACK, "other_arm", None)} == {"not applicable"}


def test_failed_runs_are_left_out() -> None:
    events = session("1993-03", bench(yes=57, no=43)) + session("1993-03", bench(yes=99, no=1), run=1)
    tables = batch(events, n_runs=2)
    assert judge("P02", tables).verdict == "fail"
    half = replace(tables, runs=tables.runs.assign(status=["done", "failed"]))
    assert judge("P02", half).verdict == "pass"


def test_categorical_words_and_small_integers_read_the_same() -> None:
    tables = batch(session("1993-03", bench(yes=10, no=8)) + session("1994-03", bench(yes=9, abstain=1, no=8)))
    small = tables.events.astype({
        "run": "int32", "step": "int16", "kind": "category", "actor": "category", "detail": "category",
    })
    stored = replace(tables, events=small, series=tables.series.astype({"run": "int32", "step": "int16"}))
    # repr: NaN is not equal to itself
    assert repr(check_gates(stored, BANDS, PACK, BASE, None)) == repr(check_gates(tables, BANDS, PACK, BASE, None))


def test_slopes_are_least_squares_per_year() -> None:
    table = pd.DataFrame([[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 0.0, 1.0]], columns=[1993, 1994, 1995, 1996])
    assert slopes(table) == pytest.approx([1.0, 0.0])


def test_calendar_years_start_in_january() -> None:
    tables = batch(series={"core_practice": lambda run, step: float(step)})
    yearly = tables.slice(PACK, BASE).yearly("core_practice", (1989, 1990))
    assert yearly.loc[0].to_dict() == {1989: 3.0, 1990: 12.5}
