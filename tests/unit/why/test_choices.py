"""A choice is told as it was taken: sums, chances, luck and option agree with the engine, for every decision."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from demarche.analysis.why.asked import Row
from demarche.analysis.why.case import Case
from demarche.analysis.why.choice import explain_choice, tell_choice
from demarche.analysis.why.phrases import PHRASES, SUBJECTS, phrase
from demarche.analysis.why.weighing import Weighing, chances, picked, weigh
from demarche.engine.setup import Move, Setup
from demarche.engine.trace import Witness, repeat
from demarche.errors import DesignError
from demarche.world.decisions import DECISION_OF, DECISIONS
from tests.support.precision import ROUNDING
from tests.unit.why.worlds import a_case, row_at, row_of

STEPS = tuple(range(7, 12))
"""Months about a session, with a new year, a quarter and a March among them."""
MOST_ROWS = 12


@pytest.fixture(scope="module")
def noted(short_setup: Setup) -> tuple[Case, Witness]:
    """Return a run with everything that was decided in five months."""
    case = a_case(short_setup)
    witness = Witness([f"{one.name}_utility" for one in DECISIONS], STEPS, STEPS, (), [one.name for one in DECISIONS])
    repeat(case.setup, case.runs, case.row, witness)
    return case, witness


def weighings(noted: tuple[Case, Witness]) -> list[Weighing]:
    """Return the choices of the first rows that were to choose, of every decision that was due."""
    case, witness = noted
    found = []
    for taken in witness.taken:
        decision = DECISION_OF[taken.decision]
        may = taken.may.any(axis=1) if decision.takes_some and taken.may.ndim == 2 else taken.may
        for at in np.argwhere(may)[:MOST_ROWS]:
            row = row_at(case, decision, *map(int, at))
            found.append(weigh(case, witness, decision, taken.step, row))
    return found


def test_luck_and_chances_give_the_option_that_was_taken(noted: tuple[Case, Witness]) -> None:
    """Luck is drawn again from its key; with the sums of rules it must lead to what the engine chose."""
    single = [one for one in weighings(noted) if not one.decision.takes_some]
    assert len({one.decision.name for one in single}) > 20
    for one in single:
        option = one.options[picked(one.total, float(one.luck[0]), one.temperature)]
        assert (option,) == one.free, (one.decision.name, one.row)
        assert one.chances.sum() == pytest.approx(1.0)


def test_of_several_the_worthiest_are_taken(noted: tuple[Case, Witness]) -> None:
    several = [one for one in weighings(noted) if one.decision.takes_some]
    assert {"ngo_tactic", "ngo_focus", "charm"} <= {one.decision.name for one in several}
    for one in several:
        taken = [one.worth[one.options.index(option)] for option in one.free]
        assert len(taken) <= one.decision.most
        assert all(worth > one.threshold for worth in taken)
        left = [worth for option, worth in zip(one.options, one.worth, strict=True) if option not in one.free]
        if one.decision.purse:
            continue
        if len(taken) < one.decision.most:
            assert all(worth <= one.threshold for worth in left), one.decision.name
        elif taken:
            assert max(left) <= min(taken), one.decision.name


def test_contributions_are_the_whole_utility(noted: tuple[Case, Witness]) -> None:
    _, witness = noted
    utilities = {(one.decision, one.step): one.utility for one in witness.taken}
    for one in weighings(noted):
        if not one.decision.takes_some:
            stored = utilities[one.decision.name, one.step][(slice(None), *one.row.positions)]
            np.testing.assert_allclose(one.total, stored, rtol=ROUNDING, atol=ROUNDING)


def test_printed_numbers_add_up_to_the_digit(noted: tuple[Case, Witness]) -> None:
    case, witness = noted
    for one in weighings(noted)[::7]:
        told = tell_choice(case, witness, one, None, 3)
        (table,) = told.tables
        if one.decision.takes_some:
            ends = table.columns.index("sum")
            for row in table.rows:
                assert sum(map(decimal, row[1:ends])) == decimal(row[ends])
            continue
        for column in range(1, 1 + len(one.options)):
            assert sum(decimal(row[column]) for row in table.rows) == decimal(table.foot[0][column])


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("+", "") or "0")


def test_a_rule_is_decisive_if_the_luck_gives_another_option_without_it() -> None:
    decision = DECISION_OF["demand_talks"]
    added = {"a.push": np.array([0.0, 3.0]), "a.brake": np.array([0.0, -1.0])}
    one = Weighing(decision, 0, Row((), (), ()), decision.options, added, 1.0, np.array([0.5]), np.nan,
                   ("demand",), ("demand",), False, True)  # fmt: skip
    assert one.without("a.push") == "none"
    assert one.without("a.brake") == "demand"
    assert one.ranked == ("a.push", "a.brake")


@pytest.mark.parametrize("luck", [0.0, 0.2499, 0.2501, 0.7499, 0.7501, 0.999999])
def test_luck_picks_in_the_natural_order_of_options(luck: float) -> None:
    utility = np.log(np.array([0.25, 0.5, 0.25]))
    assert picked(utility, luck, 1.0) == np.searchsorted([0.25, 0.75], luck, side="right")
    assert chances(utility * 3.0, 3.0) == pytest.approx([0.25, 0.5, 0.25])


def test_every_option_of_every_decision_has_a_phrase() -> None:
    told, taken = ({(name, option) for name, options in some for option in options}
                   for some in (PHRASES.items(), [(one.name, one.options) for one in DECISIONS]))  # fmt: skip
    assert told == taken, f"analysis/why/phrases.py: lacks {sorted(taken - told)}, to be taken out: {told - taken}"
    assert set(SUBJECTS) <= set(PHRASES)
    for one in DECISIONS:
        for option in one.options:
            assert "{" not in phrase(one.name, option, "ROW", "SECOND")
    assert phrase("unheard", "of", "ROW") == "chose 'of' of unheard (ROW)"


def test_an_answer_names_values_claims_and_passages_once(short_setup: Setup) -> None:
    case = a_case(short_setup)
    decision = DECISION_OF["sponsor"]
    told = explain_choice(case, decision, 7, row_of(case, decision, "FRA"))
    assert told.sentence.startswith("In January 1990 ")
    seen = {one.name: one for reason in told.reasons for one in reason.inputs}
    assert seen["in_joint_bloc"].because == "it is a fact of the cast for 1990"
    assert "hope_of_winning" in seen
    assert "senders.hopes" in seen["hope_of_winning"].because
    shown = [passage.claim for document in told.documents for passage in document.passages]
    assert len(shown) == len(set(shown)) > 3
    cited = {claim for reason in told.reasons for claim in reason.claims}
    cited |= {claim for reason in told.reasons for number in reason.numbers for claim in number.claims}
    assert set(shown) == cited


def test_what_spoke_most_stands_beside_the_base_rates_that_are_named(short_setup: Setup) -> None:
    case = a_case(short_setup)
    decision = DECISION_OF["sponsor"]
    told = explain_choice(case, decision, 7, row_of(case, decision, "FRA"))
    with_rates = {rule.id for rule in case.setup.catalogue.rules if rule.rates}
    bare = next(one for one in told.more if one.startswith("The base rates alone ("))
    named = set(bare.partition("(")[2].partition(")")[0].split(", "))
    assert named
    assert named <= with_rates
    spoke = [one for one in told.more if "spoke most" in one]
    assert spoke
    for one in spoke:
        assert one.startswith("Beside them, what spoke most ")
        assert not named & set(one.partition(" was ")[2].split()), "a rule of base rates is not among the others"


def test_who_was_not_asked_is_told_so(short_setup: Setup) -> None:
    case = a_case(short_setup)
    decision = DECISION_OF["accept_talks"]
    told = explain_choice(case, decision, 7, row_at(case, decision, 0))
    assert "was not to be decided" in told.sentence
    assert "dialogue_offered" in told.sentence
    with pytest.raises(DesignError, match="not decided in 1990-05"):
        explain_choice(case, DECISION_OF["sponsor"], 11, row_at(case, DECISION_OF["sponsor"], 0))


def test_what_a_rule_saw_is_of_the_moment_when_it_acted(short_setup: Setup) -> None:
    """A status that changes later in the month because of the choice is told as it was before."""
    case = a_case(short_setup)
    decision = DECISION_OF["answer"]
    witness = Witness(("answer_utility",), range(20), (), (), ["answer"])
    repeat(case.setup, case.runs, 0, witness)
    release = decision.index("treat_better")
    step, place = next((one.step, int(at)) for one in witness.taken for at in np.flatnonzero(one.choice == release))
    told = explain_choice(case, decision, step, row_at(case, decision, place))
    (status,) = {one.value for reason in told.reasons for one in reason.inputs if one.name == "person_status"}
    assert status in ("detained", "treated_better")
    reasons = {one.because for reason in told.reasons for one in reason.inputs if one.name == "person_status"}
    assert not any("answers_take_effect" in text and "this month" in text for text in reasons)


def test_a_bound_choice_is_told_with_what_the_rules_would_have_made_of_it(short_setup: Setup) -> None:
    decision = DECISION_OF["sponsor"]
    free = explain_choice(a_case(short_setup), decision, 7, row_of(a_case(short_setup), decision, "FRA"))
    option = "lead" if free.data["chosen"] != ["lead"] else "stay_out"
    move = Move(7, "sponsor", option, ("FRA",))
    arms = {**short_setup.arms, "vocal": replace(short_setup.arms["vocal"], moves=(move,))}
    case = a_case(replace(short_setup, arms=arms))
    told = explain_choice(case, decision, 7, row_of(case, decision, "FRA"))
    assert told.sentence.endswith("a move of the arm bound the choice, whatever the rules add up to.")
    assert told.data["chosen"] == [option]
    assert told.data["by_rules_and_luck"] == free.data["chosen"]
    assert f"it would have been '{free.data['chosen'][0]}'" in told.more[0]
