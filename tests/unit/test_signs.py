"""Signs that were expected stand beside those that are found; what departs is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demarche.accounts.links import all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.engine.variables import OUTCOMES
from demarche.report.signs import FIRST_READING, READ, agrees, sign_of, signs_page


@pytest.mark.parametrize(
    ("mean", "error", "spread", "sign"),
    [(0.2, 0.1, 1.0, "+"), (-0.2, 0.1, 1.0, "-"), (0.2, 0.3, 1.0, "0"), (0.04, 0.01, 1.0, "0"), (0.04, 0.01, 0.5, "+")],
)
def test_an_effect_counts_from_its_interval_and_a_part_of_the_spread_on(
    mean: float, error: float, spread: float, sign: str
) -> None:
    assert sign_of(mean, error, spread) == sign


def test_mixed_admits_every_sign_and_two_admit_both() -> None:
    assert [agrees(expected, "-") for expected in ("-", "0-", "~", "0", "+")] == [True, True, True, False, False]


def test_each_question_is_answered_by_an_arm_or_a_link_that_exists() -> None:
    for one in FIRST_READING:
        assert (one.link in all_links()) != (one.outcome in OUTCOMES), one.question
        assert len(one.signs) == len(READ)


def test_an_account_of_which_nothing_was_expected_is_not_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signs_page()
    added = replace(packaged_accounts()["domestic_engine"], id="added", title="T9 Added")
    monkeypatch.setitem(packaged_accounts(), "added", added)
    assert signs_page() == before


def test_the_page_marks_and_explains_every_cell_that_departs() -> None:
    page = signs_page()
    marked = page.count("/ +**") + page.count("/ 0**") + page.count("/ -**")
    reasons = [line for line in page.splitlines() if line.startswith("- ")]
    assert marked == len(reasons) > 0
    assert f"{marked} of 72 cells depart." in page
    assert all("What goes with it" in line or "The account holds" in line for line in reasons)
