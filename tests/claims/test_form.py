"""The tables of the claims test are whole, and the study that stands is one of these rules."""

from __future__ import annotations

from collections import Counter

import pytest

from demarche.claims import load_register
from demarche.rules.find import packaged
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS
from tests.claims import study
from tests.claims.arena import PERIOD
from tests.claims.grades import GRADES, drawn, grades, second
from tests.claims.page import PAGE, page
from tests.claims.rows import effects, known_carriers, measures, oriented, rows, switches

REGISTER = load_register()
TESTED = [row for row in rows() if row.kind != "structure"]
ACCOUNTS = {"000": "cooperative_learning", "001": "strategic_target", "002": "leverage_toolbox",
            "003": "domestic_engine", "004": "domestic_engine"}  # fmt: skip
AT_MOST_A_CARRIER, AT_MOST_STRUCTURE = 6, 40


def test_each_claim_has_a_row() -> None:
    assert tuple(row.claim for row in rows()) == REGISTER.ids


def test_kinds_are_those_of_the_register() -> None:
    for row in TESTED:
        direction = REGISTER.claim(row.claim).direction
        assert row.kind == {"none": "none", "mixed": "mixed"}.get(direction, "sign"), row.claim


def test_carriers_exist_and_carry_few_claims() -> None:
    named = [name for row in TESTED for name in {row.carrier, row.texts["carrier_b"]} - {""}]
    assert not set(named) - known_carriers()
    assert max(Counter(named).values()) <= AT_MOST_A_CARRIER


def test_few_claims_are_structure_and_each_has_a_reason() -> None:
    structure = [row for row in rows() if row.kind == "structure"]
    assert len(structure) <= AT_MOST_STRUCTURE
    assert all(row.reason and not row.carrier for row in structure)


def test_no_claim_without_a_carrier_is_said_to_be_the_sign_of_a_number() -> None:
    untested = [row.claim for row in rows() if row.kind == "structure"]
    assert not [claim for claim in untested if REGISTER.dispositions[claim].end == "parameter_sign"]


def test_each_effect_of_the_register_has_measures() -> None:
    assert set(effects()) == {claim.effect_on for claim in REGISTER.claims}
    assert {name for known in effects().values() for name in known} == set(measures())
    assert {sign for known in effects().values() for sign in known.values()} <= {1, -1}


def test_measures_read_fields_and_labels_that_exist() -> None:
    for name, said in measures().items():
        field = said.get("field", said.get("events", "ngo_focus"))
        assert set(said.get("labels", ())) <= set(FIELDS[field].labels), name
        assert {said.get(key, field) for key in ("rows", "second", "times", "focus")} <= set(FIELDS), name


def test_a_claim_is_measured_by_its_effect_with_its_sign_in_its_account() -> None:
    for row in TESTED:
        claim = REGISTER.claim(row.claim)
        assert row.account == ACCOUNTS[claim.document], row.claim
        assert {row.measure, row.texts["measure_b"]} - {""} <= set(effects()[claim.effect_on]), row.claim
        if row.kind == "sign":
            stated = {"up": 1, "down": -1}[claim.direction] * oriented(row.claim, row.measure)
            assert {"+": 1, "-": -1}[row.sign] == stated, row.claim


def test_windows_lie_in_the_period() -> None:
    for row in TESTED:
        for test in row.tests():
            assert 0 <= test.window[0] < test.window[1] <= PERIOD.n_steps, row.claim


def test_switches_are_used_and_set_what_exists() -> None:
    used = {arm.switch for row in TESTED for test in row.tests() for arm in (test.on, test.neutral)}
    assert used | {"as_it_was"} == set(switches())
    for name, switch in switches().items():
        assert set(switch.values) <= set(packaged().parameters), name
        assert set(switch.hold) <= set(FIELDS), name
        for decision, said in switch.choices.items():
            option = said["option"] if isinstance(said, dict) else said
            assert option in ("every", *DECISION_OF[decision].options), name


def test_both_arms_differ_by_the_carrier_alone() -> None:
    for row in TESTED:
        for test in row.tests():
            assert test.on != test.neutral, row.claim
            assert (test.on.account, test.on.switch) == (test.neutral.account, test.neutral.switch), row.claim


def test_verdicts_follow_from_what_was_found() -> None:
    claims = study.kept()["claims"]
    assert tuple(claims) == REGISTER.ids
    for row in rows():
        found = {what: study.Found(**one) for what, one in claims[row.claim]["tests"].items()}
        assert set(found) == {test.what for test in row.tests()}, row.claim
        assert claims[row.claim]["verdict"] == study.verdict_of(row, found), row.claim


def test_the_page_of_claims_is_that_of_the_study() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(study.kept()["claims"])


def test_the_claims_that_the_seed_draws_are_graded_with_a_reason() -> None:
    assert tuple(one.claim for one in grades()) == drawn()
    assert {one.grade for one in grades()} <= set(GRADES)
    assert all(one.why for one in grades())
    assert all(one.since for one in grades() if one.grade == "wrong"), "mended, or left with a word"


def test_a_second_reading_lists_other_carried_claims_that_fall_short() -> None:
    listed = [one.claim for one in second()]
    assert listed == [name for name in REGISTER.ids if name in set(listed)], "in the order of the register, each once"
    assert not set(listed) & set(drawn())
    as_read = {one.claim for one in second() if not one.since}
    assert {study.kept()["claims"][name]["verdict"] for name in as_read} == {"carried"}
    assert {one.grade for one in second()} == set(GRADES) - {"faithful"}
    assert all(one.why for one in second())


@pytest.mark.long
def test_the_study_holds_for_these_rules() -> None:
    """Says so and passes: the study takes minutes, and the long part repeats a sample of it."""
    assert set(study.digests()) <= set(study.kept())
    if stale := study.stale():
        pytest.skip(f"study.json of claims is of other {', '.join(stale)}: renew it with `{study.COMMAND}`")


@pytest.mark.parametrize(("size", "error", "sign", "holds"), [
    (0.3, 0.05, 1, True), (0.3, 0.05, -1, False), (0.3, 0.2, 1, False), (0.08, 0.01, 1, False), (None, 0.0, 1, True),
])  # fmt: skip
def test_an_effect_is_large_sure_and_of_the_stated_sign(size, error, sign, holds) -> None:
    difference = 0.01 if size is None else size
    assert study.Found(size, error, 32, difference).has_sign(sign) == holds
