"""Pinned numbers: the reference scenario gives what it gave, or the changelog says why not.

With the library versions and the type of machine on which they were written, numbers agree to 1e-6. Identity holds on
one type of machine only; elsewhere a last bit may turn a choice, so means are held apart by their standard errors.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from tests.baselines import kept
from tests.baselines.measuring import measured, setup

SHOWN = 12


def renew(arm: str) -> str:
    """Write the numbers of an arm anew if they have changed; return why that was refused, empty if it was not."""
    try:
        kept.update(kept.path_of(arm), arm, measured()[arm], kept.CHANGELOG.read_text(encoding="utf-8"))
    except kept.Refused as refusal:
        return str(refusal)
    return ""


@pytest.mark.long
@pytest.mark.parametrize("arm", list(setup().arms))
def test_numbers_are_as_pinned(arm: str, pytestconfig: pytest.Config) -> None:
    if pytestconfig.option.update_baselines and (refusal := renew(arm)):
        pytest.fail(refusal, pytrace=False)
    before, here = kept.read(arm), kept.machine()
    compare = kept.unequal if before.machine == here else kept.far
    found = compare(before.numbers, measured()[arm])
    if found:
        pytest.fail(
            f"{len(found)} pinned numbers of the arm {arm} have changed:\n  " + "\n  ".join(found[:SHOWN]) + "\n"
            f"They were written on {before.machine}; this is {here}. Identity holds on one type of machine only; on "
            "another one means may differ by 5.5 standard errors. If the change is meant: add a line under "
            f"{kept.HEADING} in CHANGELOG.md and run {kept.UPDATE}",
            pytrace=False,
        )


def test_every_arm_is_pinned_and_no_other() -> None:
    assert {path.stem for path in kept.FOLDER.glob("*.json")} == set(setup().arms)


@pytest.mark.parametrize("arm", list(setup().arms))
def test_changed_numbers_have_a_line_under_changes_results(arm: str) -> None:
    found = kept.flaws(kept.read(arm), kept.CHANGELOG.read_text(encoding="utf-8"))
    assert not found, f"{kept.path_of(arm).name}: {'; '.join(found)}"


NUMBERS = {"a": {"releases": [90.5, 4.0], "treaty signed": [0.25, 0.43]}}
OTHERS = {"a": {"releases": [90.6, 4.0], "treaty signed": [0.25, 0.43]}}
BEFORE = "## 1\n\n- something\n\n**Changes results**\n\n- Old change\n  of numbers.\n"
AFTER = f"{BEFORE}- New change.\n\n## 0\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "an_arm.json"
    assert kept.update(path, "an_arm", NUMBERS, BEFORE)
    return path


def load(path: Path) -> kept.Kept:
    return kept.Kept(**json.loads(path.read_text(encoding="utf-8")))


def test_the_same_numbers_write_nothing(path: Path) -> None:
    before = path.read_bytes()
    assert not kept.update(path, "an_arm", NUMBERS, AFTER)
    assert path.read_bytes() == before


def test_changed_numbers_are_refused_without_a_new_line(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(kept.Refused, match=r"1 numbers of the arm an_arm[\s\S]*add a line"):
        kept.update(path, "an_arm", OTHERS, BEFORE)
    assert path.read_bytes() == before


def test_changed_numbers_are_written_with_a_new_line(path: Path) -> None:
    assert kept.update(path, "an_arm", OTHERS, AFTER)
    written = load(path)
    assert (written.line, written.numbers) == ("New change.", OTHERS)
    assert not kept.flaws(written, AFTER)
    with pytest.raises(kept.Refused):
        kept.update(path, "an_arm", NUMBERS, AFTER)


def test_a_line_may_be_reworded_but_not_removed(path: Path) -> None:
    kept.update(path, "an_arm", OTHERS, AFTER)
    reworded = AFTER.replace("New change", "Another word for it")
    assert "not under" in " ".join(kept.flaws(load(path), reworded))
    assert kept.update(path, "an_arm", OTHERS, reworded)
    assert not kept.flaws(load(path), reworded)
    with pytest.raises(kept.Refused):
        kept.update(path, "an_arm", OTHERS, BEFORE)


def test_numbers_changed_by_hand_are_noticed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("90.5") == 1
    path.write_text(text.replace("90.5", "90.6"), encoding="utf-8")
    assert "were not written by" in " ".join(kept.flaws(load(path), BEFORE))
    assert "were not written by" in " ".join(kept.flaws(dataclasses.replace(load(path), line="Old change"), BEFORE))


def test_on_the_same_machine_a_millionth_counts() -> None:
    nearly = {"a": {"releases": [90.5 * (1 + 5e-7), 4.0], "treaty signed": [0.25, 0.43]}}
    moved = {"a": {"releases": [90.5 * (1 + 3e-6), 4.0], "treaty signed": [0.25, 0.43]}}
    spread = {"a": {"releases": [90.5, 4.001], "treaty signed": [0.25, 0.43]}}
    assert not kept.unequal(NUMBERS, nearly)
    assert len(kept.unequal(NUMBERS, moved)) == len(kept.unequal(NUMBERS, spread)) == 1


def test_missing_numbers_and_events_that_never_were_count() -> None:
    fewer = {"a": {"releases": [90.5, 4.0]}}
    for compare in (kept.unequal, kept.far):
        assert len(compare({"a": {"x": [None, None]}}, {"a": {"x": [0.0, 0.0]}})) == 1
        assert len(compare(NUMBERS, {**NUMBERS, "b": {"releases": [90.5, 4.0]}})) == 1
    assert len(kept.unequal(NUMBERS, fewer)) == 1
    assert not kept.unequal(fewer, {"a": {**fewer["a"], "treaty signed": [0.0, 0.0]}})


def test_on_another_machine_five_and_a_half_standard_errors_count() -> None:
    error = (2 * 4.0**2 / 24) ** 0.5
    for shift, is_far in ((5.4 * error, False), (5.6 * error, True)):
        moved = {"a": {"releases": [90.5 + shift, 4.0], "treaty signed": [0.25, 0.43]}}
        assert bool(kept.far(NUMBERS, moved)) == is_far
    assert kept.far({"a": {"motions": [8.0, 0.0]}}, {"a": {"motions": [7.0, 0.0]}})


def test_lines_are_read_under_the_heading_alone() -> None:
    text = f"# Log\n\nUnder **Changes results** stand ...\n\n{AFTER}- older\n\n### Changes results\n\n- oldest\n"
    assert kept.lines_of(text) == ["Old change of numbers.", "New change.", "oldest"]
