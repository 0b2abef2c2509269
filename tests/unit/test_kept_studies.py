"""Studies that are kept with the package come back as they were made; their pages say what they hold."""

from __future__ import annotations

import dataclasses
import json
import math

import numpy as np
import pytest

from demarche.analysis.arms import study as arms
from demarche.analysis.arms.effects import ArmEffect, Carrier, carried, chance_of_carriers, standing_out
from demarche.analysis.decisions.counted import OptionCount
from demarche.analysis.decisions.study import counts_of
from demarche.analysis.kept import as_lines, facts_of, read_kept, rounded_row
from demarche.report.arms import carriers_in_words, deciding, leading

EFFECT = ArmEffect("common", "quiet - vocal", "releases", -1.23456, 0.5, -3.0, 1.0, 0.05, 0.95, math.nan, 2.0, 4.0,
                   (Carrier("link.list_release", -0.81234), Carrier("link.silence_licence", 0.1)),
                   (Carrier("rate.answer_end_of_term", 0.2),))  # fmt: skip


def test_rows_come_back_to_four_digits_and_numbers_that_are_none_as_nan() -> None:
    study = {"draws": 8, "rows": [rounded_row(EFFECT)]}
    text = as_lines(study, "rows")
    assert "NaN" not in text, "not JSON"
    (back,) = arms.rows_of(json.loads(text))
    assert math.isnan(back.luck)
    expected = dataclasses.replace(
        EFFECT, mean=-1.235, luck=0.0, links=(Carrier("link.list_release", -0.8123), EFFECT.links[1])
    )
    assert dataclasses.replace(back, luck=0.0) == expected


def test_counts_come_back_by_account() -> None:
    one = OptionCount("deed", "visit", ("state",), 36.0, math.nan, 0.0, 0.1, 0.5, ("deed_any",))
    rows = [{"account": account, **rounded_row(one)} for account in ("common", "domestic_engine")]
    back = counts_of(json.loads(as_lines({"rows": rows}, "rows")))
    assert list(back) == ["common", "domestic_engine"]
    assert back["common"][0].axes == ("state",)
    assert math.isnan(back["common"][0].share)
    assert facts_of({"a": None, "b": [1]})["b"] == (1,)


def test_nothing_is_read_where_nothing_is_kept() -> None:
    assert read_kept("demarche.analysis.arms", "of_nobody.json") == {}


def test_what_decides_is_named_only_beyond_chance() -> None:
    chance = chance_of_carriers(256)
    assert chance == pytest.approx(0.23, abs=0.01)
    open_ = dataclasses.replace(EFFECT, account="domestic_engine", positive=0.5, negative=0.5, links=EFFECT.links[1:])
    assert deciding([EFFECT, open_], "quiet - vocal", 256) == [
        "Persons released: below 0 in 90% of the draws or more in Common (`link.list_release` -0.81); either sign in "
        "T4 (no link or base rate stands out)."
    ]


@pytest.mark.parametrize(("second", "named"), [(-0.35, 2), (-0.27, 2), (-0.25, 1), (-0.2, 1)])
def test_what_is_not_told_apart_from_the_first_is_named_beside_it(second: float, named: int) -> None:
    """z of 0.41 is 0.436, less 1.96 sqrt(2 / 253) = 0.174 leaves 0.261; beyond 0.23 alone is not enough."""
    one = dataclasses.replace(EFFECT, links=(Carrier("link.a", 0.41),), rates=(Carrier("rate.b", second),))
    assert [carrier.path for carrier in leading(one, 0.23, 256)] == ["link.a", "rate.b"][:named]
    assert leading(one, 0.5, 256) == []


def test_all_that_stand_out_are_kept_and_five_at_least() -> None:
    """Of eight links in one order with the effect over 400 draws seven stand out; of rates none does."""
    draws = np.random.default_rng(5)
    effect = draws.normal(size=400)
    drawn = {f"link.{name}": effect + draws.normal(0.0, 1.0, 400) for name in "abcdefg"}
    drawn |= {"link.h": draws.normal(size=400), **{f"rate.{name}": draws.normal(size=400) for name in "abcdefg"}}
    carriers = carried(effect, drawn)
    links, rates = (standing_out(carriers, prefix, 400) for prefix in ("link.", "rate."))
    assert sorted(one.path for one in links) == [f"link.{name}" for name in "abcdefg"]
    assert len(rates) == 5
    assert carriers_in_words(dataclasses.replace(EFFECT, links=links, rates=rates), 400).count("`link.") == 7
