"""Architecture: direction of imports, size of modules and functions, sources of numbers."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.support.each import check_each

from demarche.claims.register import load_register
from demarche.engine.schedule import check_phases
from demarche.engine.variables import OUTCOMES, SERIES
from demarche.rules.contract import FAMILIES, Rule
from demarche.rules.find import find_rules
from demarche.world.decisions import DECISION_OF, DECISIONS
from demarche.world.fields import FIELDS, KIND_MEANINGS
from demarche.world.levers import LEVERS

SOURCE = ROOT / "src" / "demarche"
LAYERS = (
    "errors",
    "arrays",
    "keyed",
    "version",
    "reading",
    "claims",
    "world",
    "cast",
    "history",
    "accounts",
    "rules",
    "engine",
    "mesa_model",
    "scenario",
    "experiment",
    "analysis",
    "figures",
    "report",
    "seminar",
    "interface",
    "cli",
    "__main__",
)
MODULES = sorted(SOURCE.rglob("*.py"))


def _layer(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("demarche"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return names & set(LAYERS)


def test_imports_point_upwards() -> None:
    check_each(MODULES, _imports_upwards, lambda path: path.relative_to(SOURCE))


def _imports_upwards(path: Path) -> None:
    layer = _layer(path)
    if layer == "__init__":
        return
    below = {name for name in _imports(path) if LAYERS.index(name) > LAYERS.index(layer)}
    assert not below, f"{path.name} in '{layer}' imports from later layers: {below}"


def test_modules_are_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {str(path): n for path, n in lengths.items() if n > 400}
    assert statistics.median(n for path, n in lengths.items() if path.name != "__init__.py") < 200


def test_functions_are_short() -> None:
    long = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                long += [f"{path.name}:{node.name} {lines}"] if lines >= 40 else []
    assert not long


def test_only_the_command_line_prints() -> None:
    printing = [
        str(path.relative_to(SOURCE))
        for path in MODULES
        if _layer(path) != "cli"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "exit", "input")
    ]
    assert not printing


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("mesa", "pandas", "matplotlib", "seaborn", "numpy", "pyarrow")
    script = f"import demarche, sys; print([m for m in {heavy!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_only_one_module_imports_mesa() -> None:
    users = [path.name for path in MODULES if "import mesa" in path.read_text(encoding="utf-8")]
    assert users == ["mesa_model.py"]


WITHOUT_A_CLAIM = {
    "focal.appeal_fades", "focal.emergency_ends", "focal.moods_return", "senders.will_returns", "senders.words_fade",
    "society.stocks_return", "world.moods_settle", "world.practice_follows",  # what nothing feeds fades
    "world.record_errs", "world.record_is_kept",  # measurement
    "focal.heeds_friends", "focal.leads_lose_exports", "world.attention_displaces", "world.sanctions_tell_on_practice",
}  # fmt: skip
"""Rules of which no document speaks; the last line's rest on a link from the literature."""


def test_a_rule_states_its_facts() -> None:
    check_each(find_rules(), _states_its_facts, lambda rule: rule.id)


def _states_its_facts(rule: Rule) -> None:
    """What a packaged rule has besides what any rule must have, see `test_a_rule_does_what_it_declares`."""
    register = load_register()
    assert len(rule.sentence) > 20
    assert bool(rule.claims) != (rule.id in WITHOUT_A_CLAIM), "who cites nothing is listed"
    for claim in rule.claims:
        register.claim(claim)


TWO_THINGS = {
    frozenset({"society.stocks_return.half_life", "world.moods_settle.half_life"}),
    frozenset({"senders.deeds.unknown", "senders.lists.unknown"}),
}
"""Numbers that are declared alike and are two: moods at home and abroad; who is visited, and who is read out."""


def test_what_is_one_thing_is_one_number() -> None:
    """Rules that rest on one number name it under one of them; two that are declared alike are not drawn apart."""
    rules = {rule.id: rule for rule in find_rules()}
    paths: dict[tuple[object, ...], set[str]] = {}
    for rule in rules.values():
        for one in rule.parameters:
            assert not one.shared_as or one in rules[one.shared_as].parameters, f"{rule.id}: {one.path(rule.id)}"
            if one.role != "constant":
                facts = (one.name, one.default, one.low, one.high, one.unit, one.meaning)
                paths.setdefault(facts, set()).add(one.path(rule.id))
    apart = {frozenset(found) for found in paths.values() if len(found) > 1}
    assert apart == TWO_THINGS


def test_no_rule_knows_a_country_or_a_year() -> None:
    from demarche.cast.cast import load_cast

    cast = load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml")
    words = {cast.focal, cast.critic, "China", "Chinese", "United States", "European Union", "Beijing", "Tibet"}
    words |= {str(year) for year in range(1985, 2012)}
    found = []
    for path in sorted((SOURCE / "rules" / "catalogue").rglob("*.py")) + sorted((SOURCE / "engine").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in words | {int(w) for w in words if w.isdigit()}:
                found.append(f"{path.name}:{node.lineno}: {node.value}")
    assert not found


def test_the_catalogue_is_whole() -> None:
    rules = find_rules()
    check_phases(rules)
    assert len(rules) >= 40
    assert {rule.family for rule in rules} <= set(FAMILIES)
    for rule in rules:
        assert set(rule.after) <= {other.id for other in rules}, rule.id


def test_rules_on_senders_choices_concern_senders_only() -> None:
    """The engine clears these utilities for possible senders only."""
    choices = {f"{decision.name}_utility" for decision in DECISIONS if decision.rows == "senders"}
    assert not {rule.id for rule in find_rules() if choices & set(rule.writes) and rule.rows != "senders"}


def test_every_lever_is_read_by_a_rule_or_binds_a_decision() -> None:
    read = {name for rule in find_rules() for name in rule.reads}
    assert not {part.field for lever in LEVERS for part in lever.parts if not lever.decision} - read
    bound = [DECISION_OF[lever.decision] for lever in LEVERS if lever.decision]
    assert len({decision.name for decision in bound}) == len(bound) >= 8
    for decision in bound:
        assert (len(decision.axes), decision.takes_some) == (1, False), "one of a few options by one row"
    assert not {part.field for lever in LEVERS for part in lever.parts if lever.decision} & read, "bound, not weighed"


def test_every_claim_ends_as_it_says() -> None:
    register = load_register()
    carried = {claim for rule in find_rules() for claim in rule.claims}
    assert carried == {claim for claim, end in register.dispositions.items() if end.end == "rule"}
    assert all(end.note for end in register.dispositions.values() if end.end != "rule")


def test_every_field_has_unit_and_meaning() -> None:
    for name, spec in FIELDS.items():
        assert spec.name == name
        assert spec.unit
        assert spec.meaning
        assert spec.low < spec.high
        assert spec.kind in KIND_MEANINGS


def test_every_outcome_rests_on_a_series() -> None:
    assert {spec.series for spec in OUTCOMES.values()} <= {spec.name for spec in SERIES}


def test_no_path_of_a_machine_is_in_the_project() -> None:
    endings = (".py", ".yaml", ".md", ".csv", ".toml")
    for folder in ("src", "scenarios", "experiments", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and (path.suffix in endings or path.parent.name == ".ci"):
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"/(?:home|Users|root|work|tmp)/\w", text), path


def test_no_modules_of_a_folder_form_a_family_by_prefix() -> None:
    """A family of modules is a folder: `x/a.py` and `x/b.py`, not `x_a.py` and `x_b.py`."""
    families: dict[tuple[Path, str], list[str]] = {}
    for path in MODULES:
        if path.name != "__init__.py":
            families.setdefault((path.parent, path.stem.split("_")[0]), []).append(path.stem)
    assert not {f"{folder.relative_to(SOURCE)}: {names}" for (folder, _), names in families.items() if len(names) > 1}
