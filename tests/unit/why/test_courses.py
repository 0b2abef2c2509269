"""Courses of stocks and differences between arms: the parts add up to the whole."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from demarche.analysis.why.against.chances import parts, softmax
from demarche.analysis.why.against.choice import explain_choice_against
from demarche.analysis.why.against.course import explain_course_against
from demarche.analysis.why.against.many import explain_many_against
from demarche.analysis.why.answer import Asked, answer
from demarche.analysis.why.asked import Row, codes_of
from demarche.analysis.why.case import partner
from demarche.analysis.why.course import explain_course, follow
from demarche.analysis.why.digits import adding_up, percent, times
from demarche.engine.setup import Setup
from demarche.errors import DesignError
from demarche.world.decisions import DECISION_OF
from tests.support.precision import ROUNDING
from tests.unit.why.worlds import a_case, row_of

NATIONALISM = Row((), (), ())


def number(text: str) -> Decimal:
    return Decimal(text.replace("+", "").replace(",", ""))


@pytest.mark.parametrize(("stock", "first", "last"), [("nationalism", 0, 20), ("word_public", 5, 16)])
def test_the_parts_of_a_course_are_the_whole(short_setup: Setup, stock: str, first: int, last: int) -> None:
    """Stocks move by their changes, memories by being set; both ways the sums lead from start to end."""
    case = a_case(short_setup)
    place = codes_of(case)["sender"].index("USA"), 0
    row = NATIONALISM if stock == "nationalism" else Row(("sender", "issue"), ("USA", "civil_political"), place)
    course, witness, _ = follow(case, stock, row, first, last)
    assert course.start + sum(course.sums.values()) + course.engine.sum() == pytest.approx(course.end, abs=ROUNDING)
    assert np.abs(course.engine).max() < ROUNDING
    assert course.added
    assert len(next(iter(course.added.values()))) == last - first + 1
    kept = [act for act in witness.acts if act.saw]
    assert len({act.rule for act in kept}) == len(kept), "each rule keeps what it saw once, where it did most"


def test_a_waterfall_adds_up_to_the_digit(short_setup: Setup) -> None:
    told = explain_course(a_case(short_setup), "nationalism", NATIONALISM, 0, 20)
    (table,) = told.tables
    assert sum(number(row[1]) for row in table.rows) == number(table.foot[0][1])
    assert table.rows[-1][2] == table.foot[0][2]
    assert "From June 1989 to February 1991 nationalism" in told.sentence
    assert all(reason.inputs for reason in told.reasons)


@pytest.mark.long
def test_a_difference_between_arms_is_the_sum_of_what_rules_did_otherwise(short_setup: Setup) -> None:
    case = a_case(short_setup)
    told = explain_course_against(case, partner(case, "quiet"), "nationalism", NATIONALISM, 0, 30)
    table, links = told.tables
    for column in (1, 2, 3):
        assert sum(number(row[column]) for row in table.rows) == number(table.foot[0][column])
    assert number(links.foot[0][1]) == sum(number(row[1]) for row in links.rows)
    shown = {row[0]: number(row[3]) for row in table.rows}
    assert number(links.foot[0][1]) == sum(shown[rule] for rule in told.data["difference"])
    assert told.data["end"] == pytest.approx(told.data["start"] + sum(told.data["difference"].values()), abs=ROUNDING)
    assert told.data["end"] != 0.0


def test_one_choice_of_two_arms_is_compared_by_chances(short_setup: Setup) -> None:
    case = a_case(short_setup)
    decision = DECISION_OF["representation"]
    told = explain_choice_against(case, partner(case, "quiet"), decision, 7, row_of(case, decision, "USA"))
    table = told.tables[0]
    mine, theirs = told.data["chances"]
    for place in range(len(decision.options)):
        assert sum(number(row[1 + place]) for row in table.rows) == number(table.foot[0][1 + place])
        assert float(number(table.foot[0][1 + place])) == pytest.approx(mine[place] - theirs[place], abs=1e-4)
    assert max(abs(one - two) for one, two in zip(mine, theirs, strict=True)) > 0.1
    assert "senders.channel_discipline" in told.data["difference"]
    assert "vocal" in told.sentence
    assert "quiet" in told.sentence


def test_parts_of_chances_add_up_whatever_the_order() -> None:
    rng = np.random.default_rng(3)
    start, terms = rng.normal(size=(4, 12)), {name: rng.normal(size=(4, 12)) for name in "abc"}
    terms["jump"] = 60.0 * rng.normal(size=(4, 12))
    end = start + sum(terms.values())
    found = parts(start, end, terms, 1.3)
    np.testing.assert_allclose(sum(found.values()), softmax(end, 1.3) - softmax(start, 1.3), atol=1e-9)
    again = parts(start, end, dict(reversed(terms.items())), 1.3)
    for name, values in found.items():
        np.testing.assert_allclose(values, again[name], atol=1e-12)
        np.testing.assert_allclose(values.sum(axis=0), 0.0, atol=1e-9)


@pytest.mark.long
def test_many_choices_of_two_arms_are_counted_rule_by_rule(short_setup: Setup) -> None:
    case = a_case(short_setup)
    decision = DECISION_OF["answer"]
    told = explain_many_against(case, partner(case, "quiet"), decision, 0, 15, "treat_better", None)
    table = told.tables[0]
    assert sum(number(row[1]) for row in table.rows) == number(table.foot[0][1])
    expected = told.data["expected"][0] - told.data["expected"][1]
    assert float(number(table.foot[0][1])) == pytest.approx(expected, abs=1e-4)
    assert number(table.foot[0][1]) + number(table.foot[1][1]) == number(table.foot[2][1])
    assert told.data["taken"][0] - told.data["taken"][1] == float(number(table.foot[2][1]))
    assert "focal.named" in told.data["difference"]
    with pytest.raises(DesignError, match="Did you mean 'release'"):
        explain_many_against(case, partner(case, "quiet"), decision, 0, 24, "relase", None)
    several = Asked(decision="ngo_tactic", first="1989-07", last="1990-07", against="quiet")
    with pytest.raises(DesignError, match="takes several options at once"):
        answer(case, several)


def test_printed_numbers_are_rounded_by_less_than_a_digit_and_add_up() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        values = (10.0 ** rng.integers(-3, 3) * rng.normal(size=rng.integers(1, 12))).tolist()
        texts, total = adding_up(values)
        assert sum(map(number, texts)) == number(total)
        assert all(abs(float(number(text)) - value) < 1.0001e-4 for text, value in zip(texts, values, strict=True))


def test_small_chances_and_sure_things_are_told_in_words() -> None:
    assert (percent(0.0), percent(3e-9), percent(1.0 - 3e-9)) == ("0.0 %", "< 0.0001 %", "> 99.9999 %")
    assert (times(50.0), times(-50.0), times(np.log(2.0))) == ("sure", "never", "x 2")
