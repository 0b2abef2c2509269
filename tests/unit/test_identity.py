"""The identity of rules and engine: it follows what runs, not where a file lies or how it is worded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from demarche.arrays import Array
from demarche.arrays import cells as _found
from demarche.errors import RuleError
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.find import find_rules, rules_digest
from demarche.rules.identity import code_digest, rule_digest
from tests.conftest import ROOT

pytestmark = pytest.mark.long

SOURCE = ROOT / "src" / "demarche"
HALF, OTHER = 0.3, {"a": (1, 2)}


def _scaled(values: Array) -> Array:
    return values * HALF


def declare(body: Callable[..., None], default: float = 0.2) -> str:
    made = rule(
        "senders.tried", "It is tried.", claims=("PRS-01",), accounts=ALL, phase="acting", writes=("occasion",),
        parameters=(Parameter("lead", default, 0.0, 1.0, "share", "a lead", "assumption"),),
    )(body)  # fmt: skip
    return rule_digest(made)


def first() -> str:
    def body(w: Fields, now: Moment, *, lead: Array) -> None:
        w.occasion += lead * _scaled(w.occasion)

    return declare(body)


def test_words_layout_types_and_names_of_functions_do_not_count() -> None:
    def tried(w: Fields, now: Moment, *, lead: Array) -> None:
        """Say something."""
        # and more
        w.occasion += (
            lead * _scaled(w.occasion)
        )  # fmt: skip

    assert declare(tried) == first()


def test_numbers_defaults_and_helpers_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(w: Fields, now: Moment, *, lead: Array) -> None:
        w.occasion += lead * _scaled(w.occasion) * 2.0

    def body(w: Fields, now: Moment, *, lead: Array) -> None:
        w.occasion += lead * _scaled(w.occasion)

    before = first()
    assert declare(other) != before
    assert declare(body) == before
    assert declare(body, default=0.3) != before
    monkeypatch.setitem(globals(), "HALF", 0.4)
    assert declare(body) != before


def test_a_helper_of_the_engine_counts_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it does is the engine's, whose statements count by themselves."""

    def body(w: Fields, now: Moment, *, lead: Array) -> None:
        w.occasion += lead * _found(w.occasion)

    def rewritten(mask: Array) -> Array:
        return mask

    before = declare(body)
    rewritten.__name__, rewritten.__module__ = "cells", "demarche.arrays"
    monkeypatch.setitem(globals(), "_found", rewritten)
    assert declare(body) == before
    rewritten.__module__ = "demarche.rules.kit.arithmetic"
    assert declare(body) != before
    rewritten.__name__, rewritten.__module__ = "other", "demarche.arrays"
    assert declare(body) != before


def test_a_constant_that_cannot_be_told_by_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def body(w: Fields, now: Moment, *, lead: Array) -> None:
        w.occasion += lead * OTHER["a"][0]

    assert declare(body)
    monkeypatch.setitem(globals(), "OTHER", iter([1, 2]))
    with pytest.raises(RuleError, match="'OTHER', which is neither numbers nor texts nor arrays"):
        declare(body)


def test_every_fact_that_shapes_a_run_counts() -> None:
    found = next(rule for rule in find_rules() if rule.id == "senders.other_needs")
    before = rule_digest(found)
    changes = {"id": "senders.x", "accounts": ("a",), "phase": "acting", "when": "year", "rows": "", "after": ("b",),
               "reads": (), "writes": (), "draws": ("c",), "calendar": (), "parameters": ()}  # fmt: skip
    for name, value in changes.items():
        assert rule_digest(replace(found, **{name: value})) != before, name
    assert rule_digest(replace(found, sentence="Other words.", claims=("PRS-02",))) == before


def digest_with(tmp_path: Path, edit: Callable[[Path], None]) -> str:
    """Return the digest of the package after an edit of a copy of it."""
    shutil.copytree(SOURCE, tmp_path / "demarche", ignore=shutil.ignore_patterns("__pycache__"))
    edit(tmp_path / "demarche")
    script = "from demarche.rules.find import rules_digest; print(rules_digest())"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    return done.stdout.strip()


def substitute(place: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / place).read_text(encoding="utf-8")
        assert old in text
        (root / place).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def move_a_rule(root: Path) -> None:
    """Move `ngos.files_complaint` into a package of its own."""
    place = root / "rules" / "catalogue" / "ngos" / "complaints.py"
    text = place.read_text(encoding="utf-8")
    found = re.search(r'(?ms)^@rule\(\n    "ngos\.files_complaint".*?(?=^@rule|\Z)', text)
    assert found
    head = text[: text.index("@rule")]
    place.write_text(text.replace(found.group(), ""), encoding="utf-8")
    new = root / "rules" / "catalogue" / "far" / "away" / "ages.py"
    new.parent.mkdir(parents=True)
    for folder in (new.parent, new.parents[1]):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    new.write_text(head + found.group(), encoding="utf-8")


def move_an_engine_module(root: Path) -> None:
    shutil.move(root / "engine" / "trace.py", root / "engine" / "tracing.py")


TREATIES = "rules/catalogue/focal/law/treaties.py"
SAME = {
    "a rule moved": move_a_rule,
    "a module of the engine moved": move_an_engine_module,
    "a comment": substitute("engine/deciding.py", "\ndef ", "\n# a remark\ndef "),
    "a docstring": substitute("engine/draws.py", '"""', '"""Once more: '),
    "words of a rule": substitute(TREATIES, "ratification waits", "ratification comes later"),
    "words of a field": substitute("world/fields/focal.py", "how movable", "how very movable"),
}
OTHERS = {
    "a number in a body": substitute(TREATIES, "treaty_is_social > 0.0", "treaty_is_social > 0.5"),
    "a default": substitute(TREATIES, '"reserving", 0.6', '"reserving", 0.7'),
    "a range of a field": substitute("world/fields/focal.py", 'WORLD, "log odds", -50, 50',
                                     'WORLD, "log odds", -50, 60'),
    "a line of the engine": substitute("engine/deciding.py", "return", "_ = 0\n    return"),
    "arithmetic that rules share": substitute("rules/kit/arithmetic.py", "np.exp2(-1.0 / months)", "0.5 / months"),
    "a helper of the engine": substitute("arrays.py", "flat != 0", "flat > 0"),
    "a module level constant": substitute(TREATIES, "IMPOSSIBLE = 900.0",
                                          "IMPOSSIBLE = 90.0"),
}  # fmt: skip


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME.keys())
def test_what_leaves_runs_as_they_are_leaves_the_digest(edit: Callable[[Path], None], tmp_path: Path) -> None:
    assert digest_with(tmp_path, edit) == rules_digest()


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "a line of the engine"])
def test_what_changes_runs_changes_the_digest(name: str, tmp_path: Path) -> None:
    assert digest_with(tmp_path, OTHERS[name]) != rules_digest()


def test_the_engine_counts_by_its_text(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "demarche", ignore=shutil.ignore_patterns("__pycache__"))
    assert code_digest(tmp_path / "demarche") == code_digest()
    OTHERS["a line of the engine"](tmp_path / "demarche")
    assert code_digest(tmp_path / "demarche") != code_digest()
