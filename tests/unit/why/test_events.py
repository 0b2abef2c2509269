"""Events: the rule that recorded one, and the choice behind it if somebody chose."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.analysis.why.asked import codes_of
from demarche.analysis.why.case import Case
from demarche.analysis.why.event import asked_kind, explain_event
from demarche.engine.recorder import EventTable, detail_label
from demarche.engine.setup import Setup
from demarche.engine.simulate import simulate
from demarche.engine.variables import EVENT_KINDS
from demarche.errors import DesignError
from demarche.world.fields import FIELDS
from tests.unit.why.worlds import a_case

KINDS = [kind.kind for kind in EVENT_KINDS]
CHOSEN = {
    ("person", "treated_better"): ("answer", "treat_better"), ("person", "detained"): ("detain", "detain"),
    ("reform", "tightened"): ("reform", "tighten"), ("sanction", "lifted"): ("lift_sanction", "lift"),
    ("sanction", "diplomatic"): ("sanction", "diplomatic"), ("offer", "talks"): ("offer_talks", "talks"),
    ("grant", "groups"): ("grant", "groups"), ("vote_no_action", "yes"): ("vote_no_action", "yes"),
    ("visit_request", "asked"): ("visit_request", "ask"), ("firm", "lobbied"): ("firm", "lobby"),
}  # fmt: skip
"""Kind and detail of an event -> decision and option behind it."""
BY_RULE = (("person", "term_ended"), ("motion", "no_action_carried"), ("crackdown", "cracked_down"))


@pytest.fixture(scope="module")
def happened(short_setup: Setup) -> tuple[Case, EventTable]:
    case = a_case(short_setup)
    return case, simulate(case.setup, case.runs, bulk=True).events


def first(happened: tuple[Case, EventTable], kind: str, detail: str, with_about: bool = True) -> tuple[int, list[str]]:
    """Return step and codes of the first event of a kind with a detail."""
    case, table = happened
    spec = asked_kind(kind)
    fits = table.kind == KINDS.index(kind)
    fits &= table.detail == FIELDS[spec.field].labels.index(detail) + 1
    fits &= True if with_about else table.about < 0
    assert fits.any(), f"no {kind} {detail} in this run"
    at = int(np.flatnonzero(fits)[0])
    axes = tuple(axis for _, axis in spec.sides) or FIELDS[spec.field].axes
    places = zip(axes, (table.actor[at], table.about[at]), strict=False)
    return int(table.step[at]), [codes_of(case)[axis][place] if place >= 0 else "" for axis, place in places]


@pytest.mark.long
@pytest.mark.parametrize(("event", "choice"), list(CHOSEN.items()), ids=lambda pair: "-".join(pair))
def test_an_event_that_somebody_chose_leads_to_the_choice(
    happened: tuple[Case, EventTable], event: tuple[str, str], choice: tuple[str, str]
) -> None:
    step, codes = first(happened, *event)
    told = explain_event(happened[0], asked_kind(event[0]), step, (*codes, "", "")[:2])  # type: ignore[arg-type]
    assert (told.data["decision"], told.data["chosen"]) == (choice[0], [choice[1]])
    assert told.data["actors"] == codes
    assert any(one.startswith(f"Recorded as event {event[0]}") and f": {event[1]}" in one for one in told.more)


@pytest.mark.parametrize("event", BY_RULE, ids="-".join)
def test_an_event_that_follows_by_rule_is_told_by_its_rule(
    happened: tuple[Case, EventTable], event: tuple[str, str]
) -> None:
    step, codes = first(happened, *event)
    told = explain_event(happened[0], asked_kind(event[0]), step, (*codes, "", "")[:2])  # type: ignore[arg-type]
    assert "by rule, not by one choice" in told.sentence
    assert told.data["detail"] == event[1]
    (reason,) = told.reasons
    assert reason.inputs
    if event[0] == "motion":
        counted = next(one.value for one in reason.inputs if one.name == "vote_no_action_choice")
        votes = dict(part.rsplit(" ", 1) for part in counted.split(", "))
        assert sum(map(int, votes.values())) < 60, "only seated delegations are counted"
        assert "--decision vote_no_action" in told.next_steps[0].command


def test_an_ask_that_names_no_person_is_found_by_its_sender(happened: tuple[Case, EventTable]) -> None:
    step, (sender, person) = first(happened, "ask", "issue", with_about=False)
    assert person == ""
    told = explain_event(happened[0], asked_kind("ask"), step, (sender, ""))
    assert told.data["actors"] == [sender]


def test_luck_of_rules_is_told(happened: tuple[Case, EventTable]) -> None:
    step, codes = first(happened, "vote_no_action", "yes")
    told = explain_event(happened[0], asked_kind("vote_no_action"), step, (codes[0], ""))
    assert any("bodies.mood_of_motions (first, second)" in one for one in told.more)


def test_what_did_not_happen_is_refused_with_what_did(happened: tuple[Case, EventTable]) -> None:
    step, codes = first(happened, "reform", "tightened")
    others = [code for code in codes_of(happened[0])["issue"] if code != codes[0]]
    kind = KINDS.index("reform")
    table = happened[1]
    there = {codes_of(happened[0])["issue"][p] for p in table.actor[(table.kind == kind) & (table.step == step)]}
    absent = next(code for code in others if code not in there)
    with pytest.raises(DesignError) as caught:
        explain_event(happened[0], asked_kind("reform"), step, (absent, ""))
    assert codes[0] in caught.value.problems[0].expected
    assert detail_label(kind, 1) == "tightened"
