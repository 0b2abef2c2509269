"""Worked examples: every rule with an example gives the numbers that were computed by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from demarche.errors import ScenarioError
from tests.support.precision import ROUNDING
from tests.support.worked_examples import Example, example_files, outcome, read_examples

EXAMPLES = [example for path in example_files() for example in read_examples(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.entry.rule}: {e.entry.title}")
def test_a_rule_gives_the_numbers_of_its_example(example: Example) -> None:
    for name, (found, expected) in outcome(example).items():
        np.testing.assert_allclose(found, expected, rtol=ROUNDING, atol=ROUNDING, err_msg=f"{example.place}: {name}")


def test_examples_come_from_all_families() -> None:
    assert {"senders", "focal", "bodies", "world"} <= {example.rule.family for example in EXAMPLES}
    assert len({example.entry.rule for example in EXAMPLES}) >= 28


BAD = """\
examples:
  - rule: focal.answers_to_sponsers
    title: a rule that is not there
    becomes: {retaliation: 1}
  - rule: focal.answers_to_sponsors
    titel: an unknown key
    title: and more
    fields: {retaliate_choice: retalliate, retaliation: {BBX: 1}, practice: 0.1}
    parameters: {height: 0.8, half_lif: 6}
    draws: {mood: 0.5}
    changes: {report: 1, retaliation: [1, 2]}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "retaliation.examples.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_examples(path)
    return str(caught.value)


def test_unknown_keys_are_refused_at_their_line(tmp_path: Path) -> None:
    assert "retaliation.examples.yaml:6:5: examples.1.titel: unknown key 'titel'" in refusal(write(tmp_path, BAD))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("2:11: examples.0.rule", r"called 'focal.answers_to_sponsers'[\s\S]*Did you mean 'focal.answers_to_sponsors'"),
        ("7:32: examples.1.fields.retaliate_choice", "'retalliate' is no value of the field"),
        ("7:58: examples.1.fields.retaliation.BBX", "no row is called 'BBX'"),
        ("7:67: examples.1.fields.practice", "'practice' is no field of the rule"),
        ("8:31: examples.1.parameters.half_lif", "'half_lif' is no parameter"),
        ("8:5: examples.1.parameters", "the rule needs a parameter that is not given"),
        ("9:13: examples.1.draws.mood", "'mood' is no draw"),
        ("10:15: examples.1.changes.report", "'report' is no field that the rule writes"),
        ("10:39: examples.1.changes.retaliation", "a list of 2 does not fit the field"),
    ],
)
def test_what_a_rule_does_not_know_is_refused_at_its_line(tmp_path: Path, place: str, words: str) -> None:
    found = refusal(write(tmp_path, BAD.replace("    titel: an unknown key\n", "")))
    assert f"retaliation.examples.yaml:{place}: " in found
    assert re.search(words, found)


GOOD = """\
examples:
  - rule: focal.answers_to_sponsors
    title: nothing was decided
    fields: {retaliate_choice: let_pass, retaliation: {BBB: 0.5}}
    parameters: {height: 0.8, punished: 1, rewarded: 9}
    becomes: {retaliation: {BBB: 0.25}}
"""


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("retaliate_choice: let_pass, ", "", "4:5: examples.0.fields: the rule needs a field that is not given"),
        ("    becomes: {retaliation: {BBB: 0.25}}\n", "", "it says nothing of what comes out"),
        ("focal.answers_to_sponsors", "senders.lead", "the rule is one of the module bloc"),
        (
            "title: nothing was decided",
            "events: [{kind: session, step: 0}]\n    title: x",
            "asks for no event 'session'",
        ),
    ],
)
def test_what_an_example_lacks_is_refused(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert GOOD.count(before) == 1
    assert len(read_examples(write(tmp_path, GOOD))) == 1
    assert words in refusal(write(tmp_path, GOOD.replace(before, after)))


@pytest.mark.parametrize("wrong", ["{BBB: 0.26}", "{BBB: 0.25, CCC: 0.01}", "{CCC: 0.0}"])
def test_a_wrong_number_is_noticed(tmp_path: Path, wrong: str) -> None:
    (example,) = read_examples(write(tmp_path, GOOD.replace("{BBB: 0.25}", wrong)))
    numbers = outcome(example).values()
    assert not all(np.allclose(found, expected, rtol=ROUNDING, atol=ROUNDING) for found, expected in numbers)
