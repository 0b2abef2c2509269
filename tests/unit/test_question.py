"""What a scenario asks: stated keys, what follows where they are left out, subsets of arms, remarks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demarche.scenario.bundled import bundled_root
from demarche.scenario.load import load_scenario
from demarche.scenario.question import Question, ask

FIVE = ("quiet", "vocal", "mixed", "sequence", "as_it_was")
TEXT = """
title: A question
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1993-05}
accounts: [strategic_target]
arms:
  as_it_was: {}
  quiet: {channel_mix: {all_senders: {quiet: 1.0}}}
  vocal: {channel_mix: {all_senders: {vocal: 1.0}}}
outcomes: [releases, core_practice_change, core_practice]
"""


def scenario_of(folder: Path, text: str) -> Path:
    shutil.copytree(bundled_root() / "scenarios" / "casts", folder / "casts")
    path = folder / "asked.yaml"
    path.write_text(text.lstrip(), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arms", "stated", "contrast", "reference"),
    [
        (FIVE, {"baseline": "as_it_was"}, ("quiet", "vocal"), "as_it_was"),
        (FIVE, {"baseline": "as_it_was", "reference": "mixed"}, ("quiet", "vocal"), "mixed"),
        (FIVE, {"contrast": ("mixed", "as_it_was")}, ("mixed", "as_it_was"), "as_it_was"),
        (("a", "b", "c"), {}, ("a", "b"), "b"),
        (("none", "a"), {"baseline": "none"}, ("a", "none"), "none"),
        (("a",), {}, (), "a"),
    ],
)
def test_what_is_not_stated_follows_from_the_arms(
    arms: tuple[str, ...], stated: dict[str, str], contrast: tuple[str, ...], reference: str
) -> None:
    found = ask(arms, ("releases",), **stated)  # type: ignore[arg-type]
    assert (found.contrast, found.reference) == (contrast, reference)
    assert found.outcomes == ("releases",)


def test_a_part_of_the_arms_keeps_what_it_can() -> None:
    whole = ask(FIVE, ("releases",), ("quiet", "vocal"), "as_it_was", "as_it_was")
    assert whole.among(FIVE) == whole
    assert whole.among(("quiet", "vocal")) == Question(("releases",), ("quiet", "vocal"), "vocal")
    assert whole.among(("vocal", "as_it_was")).contrast == ("vocal", "as_it_was")
    assert whole.among(("mixed", "sequence", "as_it_was")).contrast == ("mixed", "sequence")
    assert whole.among(("as_it_was",)) == Question(("releases",), (), "as_it_was", "as_it_was")


def test_a_file_states_or_leaves_out(tmp_path: Path) -> None:
    path = scenario_of(tmp_path, TEXT)
    first = load_scenario(path)
    assert (first.asked.contrast, first.asked.reference) == (("quiet", "vocal"), "as_it_was")
    path.write_text(TEXT.lstrip() + "contrast: [vocal, as_it_was]\nreference: quiet\n", encoding="utf-8")
    second = load_scenario(path)
    assert (second.asked.contrast, second.asked.reference) == (("vocal", "as_it_was"), "quiet")
    assert second.digest == first.digest, "what is told of the runs moves no run"


def test_outcomes_whose_window_does_not_fit_are_remarked_with_the_period_that_would_do(tmp_path: Path) -> None:
    path = scenario_of(tmp_path, TEXT)
    change, level = load_scenario(path).remarks
    assert change.where == f"{path}:9:22: outcomes.1"
    assert (change.found, change.expected) == ('"48 months"', "72 months or more")
    assert "1995-05 or later" in change.fix
    assert (level.where, level.expected) == (f"{path}:9:44: outcomes.2", "60 months or more")
    path.write_text(TEXT.lstrip().replace("1993-05", "1995-05"), encoding="utf-8")
    assert load_scenario(path).remarks == ()


def test_the_bundled_scenario_states_both_keys() -> None:
    scenario = load_scenario(bundled_root() / "scenarios" / "quiet_or_vocal.yaml")
    assert (scenario.contrast, scenario.reference) == (("quiet", "vocal"), "as_it_was")
    assert scenario.remarks == ()
