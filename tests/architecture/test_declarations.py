"""Architecture: what a rule declares is what its body does, neither less nor more."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.support.each import check_each

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, Rule, rule
from demarche.rules.facts import rule_problems
from demarche.rules.find import find_rules
from demarche.rules.kit.arithmetic import fade
from demarche.rules.usage import declaration_problems

RULES = find_rules()
FACTS = ("reads", "writes", "draws", "calendar")


def test_a_rule_does_what_it_declares() -> None:
    check_each(RULES, _does_what_it_declares, lambda rule: rule.id)


def _does_what_it_declares(found: Rule) -> None:
    """Held to what a rule file of a scenario is held to, in the same words."""
    problems = rule_problems(found)
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("fact", FACTS)
def test_no_declared_name_can_be_left_out(fact: str) -> None:
    """Each name of each declaration, taken out in turn; and one that is not used, put in."""
    tried = 0
    for found in RULES:
        names = getattr(found, fact)
        for name in names:
            others = tuple(other for other in names if other != name)
            said = [str(problem) for problem in declaration_problems(replace(found, **{fact: others}))]
            # a change of a part that may be a copy cannot be called a write for sure; then reading it is what is missed
            assert any(f"'{name}' is used but not declared" in text for text in said), (found.id, name)
            tried += 1
        more = replace(found, **{fact: (*names, "nobody")})
        assert any(f"'nobody' is declared in {fact} but not used" in str(p) for p in declaration_problems(more))
    assert tried >= 10


FACT_WORDS = re.compile(
    r"\b(Reads|Writes|Draws|Claims|Accounts|Phase|Calendar|After|Procedure|no strength)\b(?=[:,. ])"
)


def repeated(found: Rule) -> list[str]:
    """Return the declared facts that a docstring says again: headings, lists of claims or fields, the sentence."""
    text = " ".join((found.body.__doc__ or "").split())
    said = [*FACT_WORDS.findall(text), *([found.sentence] if found.sentence in text else [])]
    for names in (found.claims, {*found.reads, *found.writes}):
        told = sorted(name for name in names if re.search(rf"\b{name}\b", text) and (_is_code(name)))
        said += told if len(told) > 1 else []
    return said


def _is_code(name: str) -> bool:
    return "_" in name or "-" in name


def test_a_docstring_does_not_repeat_what_is_declared() -> None:
    assert not {found.id: repeated(found) for found in RULES if repeated(found)}


@pytest.mark.parametrize("text", ["Claims: PRS-01.", "It Reads: caution.", "Procedure: no strength.", "Say it.",
                                  "It moves. PRS-01, PRS-02.", "Moves un_words by sender_will."])  # fmt: skip
def test_repeated_facts_are_found(text: str) -> None:
    def body(w: Fields, now: Moment) -> None: ...

    body.__doc__ = text
    made = rule("senders.said", "Say it.", claims=("PRS-01", "PRS-02"), accounts=ALL, phase="acting",
                reads=("sender_will",), writes=("un_words",))(body)  # fmt: skip
    assert repeated(made)
    body.__doc__ = "Limits: silent without un_words. PRS-01: in part."
    assert not repeated(made)


def _through(values: Array) -> None:
    values += 1.0


def _of_the_world(w: Fields, now: Moment) -> Array:
    return w.practice * now.draw("luck", "issue")


@rule(
    "senders.by_many_ways", "It reads and writes by many ways.", claims=("PRS-01",), accounts=ALL, phase="acting",
    writes=(), parameters=(Parameter("share", 0.5, 0.0, 1.0, "share", "a share", "assumption"),),
)  # fmt: skip
def by_many_ways(w: Fields, now: Moment, *, share: Array) -> None:
    np.maximum(w.occasion, share, out=w.occasion)
    fade(w.un_words, 6.0)
    _through(w.caution)
    for memory in (w.person_named, w.person_raised):
        memory[...] = 0.0
    utility = w.sponsor_utility[now.index("sponsor", "joyn")]
    utility += _of_the_world(w, now).sum(axis=0)
    for kind in ("session", "summit"):
        share = share + now.strength(kind)
    known = w.report
    w.headline[known > now.draw_lasting("ear")] = 1.0


def test_every_way_of_reading_and_writing_is_seen() -> None:
    said = "\n".join(map(str, declaration_problems(by_many_ways)))
    for name in ("occasion", "un_words", "caution", "person_named", "person_raised", "headline"):
        assert f"'{name}' is used but not declared in writes" in said
    for name in ("sponsor_utility", "practice", "report"):
        assert f"'{name}' is used but not declared in reads" in said
        assert f"'{name}' is used but not declared in writes" not in said
    for name in ("luck", "ear"):
        assert f"'{name}' is used but not declared in draws" in said
    for name in ("session", "summit"):
        assert f"'{name}' is used but not declared in calendar" in said
    assert "'joyn' is no option of the decision 'sponsor'" in said
    assert "Did you mean 'join'?" in said
    assert "the body binds its parameter 'share' anew" in said


def test_a_part_that_may_be_a_copy_counts_as_written_if_declared() -> None:
    declared = replace(by_many_ways, writes=("sponsor_utility", "practice"))
    said = "\n".join(map(str, declaration_problems(declared)))
    assert "sponsor_utility" not in said
    assert "'practice' is declared in writes but not used" in said
