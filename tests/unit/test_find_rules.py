"""Finding rules: packages at any depth, and nothing that lies in the catalogue is passed over in silence."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from demarche.errors import RuleError
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged, read_rules

RULE = '''
from demarche.rules.contract import ALL, Fields, Moment, rule


@rule("senders.{name}", "It does something.", claims=("PRS-01",), accounts=ALL, phase="acting", writes=("occasion",))
def {name}(w: Fields, now: Moment) -> None:
    w.occasion *= 0.5
'''
Make = Callable[[dict[str, str]], ModuleType]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Return a function that writes a catalogue and imports it; paths are relative to it."""
    monkeypatch.syspath_prepend(tmp_path)
    name = f"catalogue_{tmp_path.name.replace('-', '_')}"

    def write(files: dict[str, str]) -> ModuleType:
        for place, text in {"__init__.py": "", **files}.items():
            path = tmp_path / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return importlib.import_module(name)

    yield write
    for module in [module for module in sys.modules if module.partition(".")[0] == name]:
        del sys.modules[module]


def test_packages_are_walked_at_any_depth(make: Make) -> None:
    package = make({
        "top.py": RULE.format(name="one"), "a/__init__.py": "", "a/b/__init__.py": "", "a/b/c/__init__.py": "",
        "a/b/c/deep.py": RULE.format(name="two") + RULE.format(name="three"),
    })  # fmt: skip
    assert sorted(rule.id for rule in read_rules(package)) == ["senders.one", "senders.three", "senders.two"]


def test_a_module_without_a_rule_is_refused(make: Make) -> None:
    package = make({"shared.py": "HALF = 0.5\n", "top.py": RULE.format(name="one")})
    with pytest.raises(RuleError, match=r"shared\.py: this module of the catalogue holds no rule") as caught:
        read_rules(package)
    assert "Fix: declare a rule in it, or move what rules share to demarche.rules.kit" in str(caught.value)


def test_a_folder_that_is_no_package_is_refused(make: Make) -> None:
    package = make({
        "a/lost.py": RULE.format(name="one"), "b/__init__.py": "", "b/c/d/lost.py": RULE.format(name="two"),
        "notes/read_me.txt": "no module", "top.py": RULE.format(name="three"),
    })  # fmt: skip
    with pytest.raises(RuleError) as caught:
        read_rules(package)
    said = str(caught.value)
    assert said.count("this folder of the catalogue has modules but is no package") == 2
    assert "/a:" in said
    assert "/b/c/d:" in said
    assert "Fix: add an __init__.py" in said


def test_a_rule_that_is_imported_by_another_module_counts_once(make: Make) -> None:
    package = make({"one.py": RULE.format(name="one")})
    path = Path(package.__path__[0]) / "two.py"
    path.write_text(f"from {package.__name__}.one import one\n" + RULE.format(name="two"), encoding="utf-8")
    assert sorted(rule.id for rule in read_rules(package)) == ["senders.one", "senders.two"]


def test_an_id_that_is_used_twice_is_refused(make: Make) -> None:
    package = make({"one.py": RULE.format(name="one"), "two.py": RULE.format(name="one")})
    with pytest.raises(RuleError, match=r"two\.py:5:1: rule pressure\.one: rule id 'pressure\.one' is used twice"):
        Catalogue.of(read_rules(package))


def test_an_unknown_rule_names_the_closest() -> None:
    assert packaged().get("focal.holds").id == "focal.holds"
    with pytest.raises(RuleError, match=r"(?s)no rule is called 'focal.hols'.*Did you mean 'focal.holds'\?"):
        packaged().get("focal.hols")
