"""Every mutant can still be applied; that the tests notice it is told by `python -m tests.mutation`."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.errors import ScenarioError
from tests.mutation import running
from tests.mutation.mutants import ROOT, Mutant, Mutants, read_mutants
from tests.mutation.running import BROKEN, KILLED, SURVIVED, judge
from tests.support.each import check_each

FOUND = read_mutants()


def test_a_mutant_applies() -> None:
    """Rewrite its `before` and `after` in tests/mutation/mutants.yaml if the source was changed on purpose."""
    check_each(FOUND.mutants, _applies, lambda mutant: mutant.name)


def _applies(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert mutant.applied(text) != text
    assert mutant.why


def test_selections_name_tests_that_are_there() -> None:
    named = {test.partition("::")[0] for tests in FOUND.selections.values() for test in tests}
    assert not {test for test in named if not (ROOT / test).exists()}


def test_twenty_mutants_of_our_own_stand_beside_those_of_the_review() -> None:
    assert sum(mutant.review for mutant in FOUND.mutants) >= 9
    assert sum(not mutant.review for mutant in FOUND.mutants) >= 20


def test_a_file_with_mistakes_is_refused_at_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "mutants.yaml"
    one = "  - {name: x, file: a.py, before: b, after: c, why: d, tests: e}\n"
    path.write_text(f"selections: {{f: [g]}}\nmutants:\n{one}{one.replace('why', 'wy')}", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"mutants\.yaml:4:\d+: mutants\.1\.wy: unknown key"):
        read_mutants(path)
    path.write_text(f"selections: {{f: [g]}}\nmutants:\n{one}{one}", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"3:\d+: mutants\.0\.name: the name is used twice[\s\S]*no selection"):
        read_mutants(path)


TEST = "from thing import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n"


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("a + b", "a - b", KILLED),
        pytest.param("a + b", "b + a", SURVIVED, marks=pytest.mark.long),
        pytest.param("add", "sub", BROKEN, marks=pytest.mark.long),
    ],
)
def test_verdicts(tmp_path: Path, before: str, after: str, status: str) -> None:
    (tmp_path / "src").mkdir()
    source, test = tmp_path / "src" / "thing.py", tmp_path / "test_thing.py"
    source.write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    test.write_text(TEST, encoding="utf-8")
    mutant = Mutant(name="x", file="src/thing.py", before=before, after=after, why="", tests="")
    verdict = judge(tmp_path, mutant, ["test_thing.py"])
    assert verdict.status == status
    assert ("test_add" in verdict.by) == (status == KILLED)
    assert source.read_text(encoding="utf-8") == "def add(a, b):\n    return a + b\n"


@pytest.mark.long
def test_tests_that_fail_without_any_mutant_tell_nothing(tmp_path: Path) -> None:
    package = tmp_path / "src" / "demarche"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "test_wrong.py").write_text("def test_wrong():\n    assert False\n", encoding="utf-8")
    found = Mutants(selections={"wrong": ["test_wrong.py"]}, mutants=[])
    with pytest.raises(running.Unsound, match="does not pass without any mutant"):
        running.check_sound(tmp_path, found, ["wrong"])


@pytest.mark.parametrize("text", ["a + b + a + b", "nothing of the kind"])
def test_a_text_that_is_not_there_once_is_refused(text: str) -> None:
    mutant = Mutant(name="x", file="f.py", before="a + b", after="a", why="", tests="")
    with pytest.raises(ValueError, match="not once"):
        mutant.applied(text)
