"""The documentation is run, not trusted: examples, commands, links, names, reference pages, bundled files."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import typer.main
import yaml
from tests.conftest import ROOT, few_at_once
from tests.docs.fences import fences
from tests.support import rule_bench
from tests.support.compare import runs_of
from typer.testing import CliRunner

from demarche.accounts.file import read_account
from demarche.accounts.links import all_links, all_rates
from demarche.accounts.packaged import common_account, packaged_accounts
from demarche.cast.cast import Cast, load_cast
from demarche.claims.register import load_register
from demarche.cli.main import app
from demarche.engine import simulation
from demarche.engine.schedule import PHASES, SCHEDULE, check_phases
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate
from demarche.engine.variables import EVENT_KINDS, OUTCOMES, SERIES
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import Record, load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.experiment.tables.columns import column_dictionary
from demarche.figures import disputed
from demarche.figures.find import figures_of_experiments
from demarche.report.reference import CONTENTS, GRAPH, PAGES
from demarche.rules.contract import ALL, FAMILIES, Rule
from demarche.rules.facts import rule_problems
from demarche.rules.find import find_rules, packaged, parameters
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.axes import AXES
from demarche.world.calendar import Period
from demarche.world.decisions import DECISIONS
from demarche.world.fields import FIELDS
from demarche.world.levers import LEVERS

DOCS = ROOT / "docs"
README = ROOT / "README.md"
REFERENCE = DOCS / "reference"
BY_HAND = (*DOCS.glob("*.md"), *(DOCS / "howto").glob("*.md"), *(DOCS / "notebooks").glob("*.md"))
PAGES_BY_HAND = [README, ROOT / "CONTRIBUTING.md", *sorted({*BY_HAND} - {DOCS / "contributing.md"})]
EXPECTED = {"odd.md", "guide.md", "adding_a_rule.md", "sources.md", "seminar.md", "architecture.md", "validation.md",
            "model.md"}  # fmt: skip
CHECKS = ("scenario", "experiment", "account", "moves", "message", "rule", "example", "figure")
WRITE = "write the pages anew: demarche reference"
MONTHS, REPLICATIONS = 18, 2
AXIS_NAMES = tuple(axis.name for axis in AXES)


@dataclasses.dataclass(frozen=True)
class Block:
    """One fenced block: its language, the comment before it (`check: kind name`), its text."""

    language: str
    check: str
    text: str


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str = "") -> list[Block]:
    pattern = r"(?:<!-- check: ([^>]*?) -->\n)?```(\w*)\n(.*?)```"
    found = [Block(match[1], match[0], match[2]) for match in re.findall(pattern, read(path), re.DOTALL)]
    return [block for block in found if not language or block.language == language]


def checked(path: Path, kind: str) -> dict[str, str]:
    """Return name -> text of the blocks of one kind of check."""
    parted = [(block.check.rpartition(" "), block.text) for block in blocks(path) if block.check]
    return {name: text for (head, _, name), text in parted if head == kind}


def by_name(path: Path) -> Any:
    return path.name


@cache
def the_cast(path: Path) -> Cast:
    return load_cast(path)


def in_study(folder: Path) -> Path:
    """Lay the YAML examples of the guide and a link to the bundled casts into a folder."""
    (folder / "scenarios").mkdir()
    (folder / "experiments").mkdir()
    cast = ROOT / "scenarios" / "casts"
    for source in cast.rglob("*"):
        target = folder / "scenarios" / "casts" / source.relative_to(cast)
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    for kind in ("scenario", "experiment"):
        for name, text in checked(DOCS / "guide.md", kind).items():
            (folder / f"{kind}s" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "scenarios" / "my_rules.py").write_text(example("rule"), encoding="utf-8")
    (folder / "scenarios" / "moves").mkdir()
    for name, text in checked(DOCS / "guide.md", "moves").items():
        (folder / "scenarios" / "moves" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the guide."""
    return in_study(tmp_path_factory.mktemp("study"))


# pages, links, names


def test_the_pages_are_there() -> None:
    assert {path.name for path in DOCS.glob("*.md")} >= EXPECTED
    for path in PAGES_BY_HAND:
        assert re.match(r"(---\n.*?---\n\n)?# ", read(path), re.DOTALL), path
        assert read(path).count("```") % 2 == 0, path


def links(path: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", read(path)):
        if "://" not in target:
            yield target


@pytest.mark.parametrize("page", PAGES_BY_HAND, ids=by_name)
def test_relative_links_resolve(page: Path) -> None:
    broken = [target for target in links(page) if not (page.parent / target).exists()]
    assert not broken


@pytest.mark.parametrize("page", PAGES_BY_HAND, ids=by_name)
def test_paths_named_in_backticks_exist(page: Path) -> None:
    pattern = r"`((?:docs|scenarios|experiments|src|tests)/[\w./*]+)`"
    named = {path for path in re.findall(pattern, read(page)) if "lending" not in path}
    marks = [block.mark for block in fences(page)]
    named -= {text for kind, text in marks if kind == "file"}
    named -= {"{}s/{}.yaml".format(*text.split()) for kind, text in marks if kind == "check" and " " in text}
    assert not {path for path in named if not list(ROOT.glob(path.rstrip("/")))}


@pytest.mark.parametrize("page", PAGES_BY_HAND, ids=by_name)
def test_claims_and_rules_named_exist(page: Path) -> None:
    text, register = read(page), load_register()
    claims = set(re.findall(rf"\b(?:{'|'.join(register.by_family())})-\d\d\b", text))
    assert claims <= set(register.ids)
    known = {rule.id for rule in find_rules()} | set(parameters()) | {"ngos.evidence_lent"}
    named = set(re.findall(rf"`((?:{'|'.join(FAMILIES)})\.[a-z_.]+)`", text))
    assert named <= known


def test_the_odd_page_is_complete() -> None:
    text = read(DOCS / "odd.md")
    elements = ("Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
                "Design concepts", "Initialization", "Input data", "Submodels")  # fmt: skip
    concepts = ("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing",
                "Interaction", "Stochasticity", "Collectives", "Observation")  # fmt: skip
    assert re.findall(r"^## \d\. (.+)$", text, re.MULTILINE) == list(elements)
    design = text.split("## 4. Design concepts")[1].split("## 5.")[0]
    assert re.findall(r"^### (.+)$", design, re.MULTILINE) == list(concepts)
    submodels = text.split("## 7. Submodels")[1]
    families = {rule.family for rule in find_rules()}
    assert all(f"({title})" in submodels for name, title in FAMILIES.items() if name in families)
    assert re.findall(r"^\| (\w+) \|", text.split("## 3.")[1].split("## 4.")[0], re.MULTILINE)[1:] == list(PHASES)


@pytest.mark.parametrize("page", ["odd.md", "model.md"])
def test_pages_of_the_model_name_only_what_exists(page: str, cast: Cast) -> None:
    known = {*FIELDS, *OUTCOMES, *packaged_accounts(), *PHASES, *all_links(), *all_rates()}
    known |= {*(spec.name for spec in SERIES), *(d.name for d in DECISIONS)}
    known |= {lever.name for lever in LEVERS} | set(cast.group_names())
    known |= {option for decision in DECISIONS for option in decision.options}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", read(DOCS / page)))
    assert named <= known


def test_the_odd_page_gives_each_decision_its_options() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", read(DOCS / "odd.md"), re.MULTILINE)
    given = {name: options for name, options in rows if name in {decision.name for decision in DECISIONS}}
    declared = {decision.name: ", ".join(decision.options) for decision in DECISIONS}
    missing = [f"| `{name}` | who | {options} | when |" for name, options in declared.items()
               if given.get(name) != options]  # fmt: skip
    assert not missing, "rows for the table of decisions in docs/odd.md, Adaptation:\n" + "\n".join(missing)


def test_the_odd_page_tells_the_schedule_as_declared() -> None:
    section = read(DOCS / "odd.md").split("## 3.")[1].split("## 4.")[0]
    rows = re.findall(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \|$", section, re.MULTILINE)[1:]
    assert rows == [(phase.name, phase.what, phase.reason) for phase in SCHEDULE]


def test_the_odd_page_lays_fields_on_their_axes() -> None:
    section = read(DOCS / "odd.md").split("## 2.")[1].split("## 3.")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+|world) \| ([^|]+) \|", section, re.MULTILINE)
    told = [(re.findall(r"`(\w+)`", axes), name) for axes, names in rows for name in re.findall(r"`(\w+)`", names)]
    told = [(axes, name) for axes, name in told if axes == [] or set(axes) <= set(AXIS_NAMES)]
    assert len(told) > 80
    wrong = [
        name for axes, name in told if not set(axes) <= set(FIELDS[name].axes) or bool(axes) != bool(FIELDS[name].axes)
    ]
    assert not wrong


def test_no_page_gives_rules_to_some_accounts() -> None:
    assert {rule.accounts for rule in find_rules()} == {ALL}
    for page in PAGES_BY_HAND:
        assert not re.findall(r"`[a-z_]+\.[a-z_]+`: T\d", read(page)), page.name


def test_links_named_on_pages_act_in_rules() -> None:
    acting = {link for rule in find_rules() for link in rule.links}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", read(DOCS / "odd.md") + read(DOCS / "model.md")))
    assert len(named & set(all_links())) > 20
    assert named & set(all_links()) <= acting


def test_the_readme_says_about_how_much_there_is() -> None:
    """Round numbers, so that whoever adds a rule does not touch the page; the reference counts."""
    text, counted = read(README), read(REFERENCE / "index.md")
    for number, what in (
        (len(find_rules()), "rules"), (len(DECISIONS), "decisions"), (len(all_links()), "links"),
        (len(all_rates()), "base rates"), (len(load_register().ids), "claims"),
    ):  # fmt: skip
        assert re.search(rf"\b{number} {what}\b", counted), WRITE
        told = re.search(rf"\bsome (\d+) {what}\b", text)
        assert told, what
        assert abs(int(told[1]) - number) < 0.15 * number, f"README.md: some {number} {what}"
    assert len(text.splitlines()) <= 60, "one screen"


def test_numbers_of_entities_are_those_of_the_cast(cast: Cast) -> None:
    table = dict(re.findall(r"^\| ([\w -]+) \| (\d+) \|", read(DOCS / "odd.md"), re.MULTILINE))
    axes = {"states": "state", "non-governmental organisations": "ngo", "UN bodies": "body", "issue areas": "issue",
            "treaties": "treaty", "persons": "person", "donors": "donor", "companies": "firm"}  # fmt: skip
    assert table == {name: str(len(cast.axis_codes[axis])) for name, axis in axes.items()}


def test_every_document_and_study_named_is_used() -> None:
    text, register = read(DOCS / "sources.md"), load_register()
    for nick in ("000", "001", "002", "003", "004"):
        source = register.source(nick)
        assert source.title in text
        assert f"`{yaml.safe_load(read(ROOT / 'src/demarche/claims/data/sources.yaml'))[nick]['file']}`" in text
    cited = " ".join(parameter.source for parameter in parameters().values())
    cited += " ".join(link.reason for account in packaged_accounts().values() for link in account.links.values())
    studies = text.split("## Literature behind parameters")[1].split("## Data")[0]
    keys = re.findall(r"^\| ([^|]+?) \|", studies, re.MULTILINE)[1:]
    assert len(keys) > 8
    assert not [key for key in keys if key not in cited and key != "---"]


def test_the_validation_page_states_the_marks_that_were_frozen() -> None:
    frozen = json.loads(read(ROOT / "src" / "demarche" / "analysis" / "scorecard" / "verdicts.json"))
    table = read(DOCS / "validation.md").split("<!-- verdicts: written by")[1]
    rows = re.findall(r"^\| (P\d\d\w?) \|.*\| ([\w, ]+) \|$", table, re.MULTILINE)
    assert rows == [(name, ", ".join(found["marks"])) for name, found in frozen.items()]


# commands


def commands_in(command: Any) -> dict[str, Any]:
    """Return the commands of a group, none for a plain command."""
    return getattr(command, "commands", {})


@cache
def all_commands() -> Any:
    return typer.main.get_command(app)


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words lead to, and what is left of them."""
    command: Any = all_commands()
    while words and words[0] in commands_in(command):
        command, words = commands_in(command)[words[0]], words[1:]
    return command, words


def commands_named(page: Path) -> list[str]:
    inline = re.findall(r"`(demarche [^`]+)`", read(page))
    lines = "\n".join(block.text for block in blocks(page, "sh")).replace("&&", "\n").splitlines()
    shell = [line.strip().removeprefix(".venv/bin/") for line in lines]
    return inline + [line for line in shell if line.startswith("demarche ")]


@pytest.mark.parametrize("page", PAGES_BY_HAND, ids=by_name)
def test_commands_and_their_options_exist(page: Path) -> None:
    for line in commands_named(page):
        words = shlex.split(line)[1:]
        if words[0].startswith("-"):
            continue
        command, rest = command_of(words)
        assert len(rest) < len(words), f"{page.name}: no command in '{line}'"
        options = {name for parameter in command.params for name in parameter.opts}
        unknown = [word for word in rest if word.startswith("-") and word.split("=")[0] not in options]
        assert not unknown, f"{page.name}: {unknown} in '{line}'"
        takes = any(parameter.param_type_name == "argument" for parameter in command.params)
        assert takes or not rest or rest[0].startswith(("-", "[")), f"{page.name}: no command in '{line}'"


def test_every_command_stands_on_the_page_of_commands() -> None:
    named = {command_of(shlex.split(line)[1:])[0].name for line in commands_named(DOCS / "commands.md")}
    assert set(commands_in(typer.main.get_command(app))) <= named


def test_the_two_commands_of_the_readme_name_what_exists() -> None:
    first, second = (block.text for block in blocks(README, "sh"))
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert project["scripts"] == {"demarche": "demarche.cli.main:main"}
    files = re.findall(r"\b[\w/]+\.yaml\b", first)
    assert files
    assert all((ROOT / file).is_file() for file in files)
    (extra,) = re.findall(r"\.\[(\w+)\]", second)
    assert any(name.startswith("pytest") for name in project["optional-dependencies"][extra])
    for text in (first, second):
        assert text.startswith("python3 -m venv")
        (folder,) = set(re.findall(r"(\.venv[\w-]*)", text))
        assert text.count(f"{folder}/bin/") == 2


# examples in YAML and Python


def read_scenario(path: Path) -> Any:
    """Load a scenario with the cast kept between tests."""
    return load_scenario(path, the_cast)


def load(path: Path, kind: str) -> Any:
    return read_scenario(path) if kind == "scenario" else load_experiment(path, read_scenario, figures_of_experiments())


def yaml_examples() -> list[tuple[str, str]]:
    return [(kind, name) for kind in ("scenario", "experiment") for name in checked(DOCS / "guide.md", kind)]


@pytest.mark.parametrize(("kind", "name"), yaml_examples())
def test_yaml_examples_load(kind: str, name: str, study: Path) -> None:
    load(study / f"{kind}s" / f"{name}.yaml", kind)


def test_account_files_shown_can_be_read(tmp_path: Path) -> None:
    shown = checked(DOCS / "guide.md", "account")
    assert shown
    for name, text in shown.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        assert read_account(path, common_account()).id == name


def test_the_message_shown_is_the_message_given(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list of names the page shows some, and points for the others."""
    ((wrong, shown),) = checked(DOCS / "guide.md", "message").items()
    monkeypatch.chdir(study)
    path = Path("scenarios", "my_study.yaml")
    right = read(path)
    path.write_text(right.replace("domestic_engine", wrong), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path, "scenario")
    path.write_text(right, encoding="utf-8")
    given = str(caught.value).strip()
    (some,), (all_of_them,) = re.findall(r"Expected: (.+), \.\.\.", shown), re.findall(r"Expected: (.+)", given)
    assert set(some.split(", ")) < set(all_of_them.split(", "))
    assert shown.strip().replace(f"{some}, ...", all_of_them) == given


def test_worked_examples_that_are_shown_stand_beside_their_rules() -> None:
    for name, text in checked(DOCS / "adding_a_rule.md", "example").items():
        beside = yaml.safe_load(read(ROOT / f"src/demarche/rules/catalogue/{name}.examples.yaml"))["examples"]
        shown = yaml.safe_load(text)["examples"]
        assert shown
        assert all(entry in beside for entry in shown)


def test_rules_that_are_shown_stand_in_the_catalogue() -> None:
    for name, text in checked(DOCS / "adding_a_rule.md", "source").items():
        assert text in read(ROOT / f"src/demarche/rules/catalogue/{name}.py")


def test_the_guide_names_the_columns_of_the_tables(cast: Cast) -> None:
    columns = column_dictionary({}, [issue.code for issue in cast.issues])
    text = read(DOCS / "guide.md")
    for table in columns:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{table}` |"))
        named = set(re.findall(r"`(\w+)`", row)) - {table}
        assert named <= {column.name for column in columns[table]}


@pytest.fixture(scope="module")
def ran(study: Path) -> Path:
    """The folder of the guide after its experiment was run, with two replications."""
    experiment = load(study / "experiments" / "my_study.yaml", "experiment")
    small = dataclasses.replace(experiment, replications=REPLICATIONS)
    run_experiment(small, study / "results" / "my_study", workers=1)
    return study


@pytest.mark.long
def test_python_examples_of_the_guide_run(
    ran: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ran)
    space: dict[str, Any] = {}
    examples = [block.text for block in blocks(DOCS / "guide.md", "python")]
    for text in examples:
        exec(compile(text, "guide.md", "exec"), space)
    assert len(examples) >= 4
    assert capsys.readouterr().out.count("\n") > 20
    assert set(space["told"].table["level"]) == {"quiet", "critic_only"}
    assert len(space["paths"]) == 2 * 3 * space["setup"].period.n_steps


@pytest.mark.long
def test_questions_of_the_guide_are_answered(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ran)
    asked = [line for line in commands_named(DOCS / "guide.md") if line.startswith("demarche why results/my_study")]
    asked += [line for line in commands_named(DOCS / "guide.md") if line.startswith("demarche events results/my_study")]
    assert len(asked) == 7
    for line in asked:
        answer = CliRunner().invoke(app, shlex.split(line)[1:])
        assert answer.exit_code == 0, answer.output
        assert "No rule did anything" not in answer.output
        assert "as stored, to the digit" in " ".join(answer.output.split()) or line.startswith("demarche events")


def test_lists_of_the_guide_are_printed(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ran)
    nouns = ("decisions show", "levers", "parameters", "outcomes", "calendar", "actors")
    starts = tuple(f"demarche {noun}" for noun in nouns)
    asked = [line for line in commands_named(DOCS / "guide.md") if line.startswith(starts)]
    assert len(asked) == len(nouns)
    for line in asked:
        answer = CliRunner().invoke(app, shlex.split(line)[1:])
        assert answer.exit_code == 0, answer.output
        assert answer.output.count("\n") > 2


# the walk-through of adding a rule


def module_of(text: str, name: str, folder: Path) -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example(check: str) -> str:
    (text,) = [block.text for block in blocks(DOCS / "adding_a_rule.md") if block.check == check]
    return text


@pytest.fixture
def rule(tmp_path: Path) -> Rule:
    module = module_of(example("rule"), "ngo_lending", tmp_path)
    (found,) = [value for value in vars(module).values() if isinstance(value, Rule)]
    return found


def test_the_example_rule_states_its_facts(rule: Rule) -> None:
    assert rule.id not in {other.id for other in find_rules()}
    assert rule.family in FAMILIES
    assert rule.sentence.endswith(".")
    assert set(rule.claims) <= set(load_register().ids)
    assert rule.accounts == ALL
    assert {*rule.reads, *rule.writes} <= set(FIELDS)
    assert set(rule.after) <= {other.id for other in find_rules()}
    assert all(p.source and p.unit and p.low <= p.default <= p.high for p in rule.parameters)
    check_phases((rule,))


def test_the_test_of_the_example_rule_passes(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_bench, "get_rule", {rule.id: rule}.__getitem__)
    module = module_of(example("rule test"), "test_of_the_example", tmp_path)
    tests = [value for name, value in vars(module).items() if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        test()


def test_the_example_rule_works_beside_the_others(rule: Rule, short_setup: Any) -> None:
    assert not rule_problems(rule)
    without = simulation.Simulation.of(short_setup, "as_it_was", "leverage_toolbox", [1, 2])
    more = dataclasses.replace(short_setup, catalogue=packaged().plus([rule]))
    beside = simulation.Simulation.of(more, "as_it_was", "leverage_toolbox", [1, 2])
    for _ in range(3):
        without.advance()
        beside.advance()
    gain = beside.world["ngo_evidence"] - without.world["ngo_evidence"]
    assert gain.max() > 0
    assert gain.min() >= 0
    assert not beside.world.check(rule.writes)


@pytest.mark.long
def test_the_example_rule_comes_from_the_file_of_a_scenario(study: Path) -> None:
    scenario = load(study / "scenarios" / "own_rules.yaml", "scenario")
    assert [rule.id for rule in scenario.catalogue.added] == ["ngos.evidence_lent"]
    assert yaml.safe_load(example("rule file")) == {"rules": [path.name for path in scenario.rule_files]}
    setup = compile_scenario(scenario)
    runs = runs_of(["lent", "not_lent"], ["leverage_toolbox"], [1, 2])
    lent, not_lent = simulate(setup, runs).of("reported_violations").T.reshape(2, -1)
    assert lent.mean() > not_lent.mean()


# the example of a seated policy


@pytest.mark.long
def test_the_reluctant_states_do_not_sponsor(monkeypatch: pytest.MonkeyPatch) -> None:
    module = module_of_file(DOCS / "examples" / "seat_a_policy.py")

    def short(path: Path) -> Any:
        scenario = read_scenario(path)
        return dataclasses.replace(scenario, period=Period(scenario.period.start, 34))

    monkeypatch.setattr(module, "load_scenario", short)
    path, two = ROOT / "scenarios" / "quiet_or_vocal.yaml", {"FRA", "DEU"}
    free = [module.sponsors_by_session(path, seed) for seed in range(1, 7)]
    bound = [module.sponsors_by_session(path, seed, reluctant=tuple(two)) for seed in range(1, 7)]
    assert all(list(run) == ["1990-03", "1991-03", "1992-03"] for run in free + bound)
    assert any(two & set(names) for run in free for names in run.values())
    assert any(names for run in bound for names in run.values())
    assert not any(two & set(names) for run in bound for names in run.values())


def module_of_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# reference pages


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_current(name: str) -> None:
    path = REFERENCE / name
    assert path.is_file(), WRITE
    assert read(path) == PAGES[name](), f"{name} differs from the declarations; {WRITE}"


def test_the_index_of_the_reference_leads_to_every_page() -> None:
    assert {*CONTENTS, "index.md"} == set(PAGES)


def test_there_is_no_other_reference_page() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == {*PAGES, GRAPH}


def test_the_picture_of_the_graph_is_current() -> None:
    """Its words hold every link and every number that is drawn: versions of Matplotlib may draw other bytes."""
    drawn = ElementTree.parse(REFERENCE / GRAPH).getroot()
    told = {part.tag.rpartition("}")[2]: part.text for part in drawn if part.tag.endswith(("title", "desc"))}
    assert told == {"title": disputed.plan().title, "desc": disputed.plan().alt}, "write it anew: demarche reference"
    assert {row["link"] for row in disputed.plan().frame.to_dict("records")} == set(all_links())
    for name in all_links():
        assert name in str(told["desc"])


# bundled files at toy size


def toy(scenario: Any) -> Any:
    """Return a scenario of eighteen months that still reaches the first `from` of its arms."""
    starts = [scenario.period.start.steps_to(arm.start) for arm in scenario.arms.values() if arm.start]
    first = max(min(starts, default=0) - MONTHS // 2, 0)
    return dataclasses.replace(scenario, period=Period(scenario.period.start.plus(first), MONTHS))


def bundled(folder: str) -> list[Path]:
    return sorted((ROOT / folder).glob("*.yaml"))


def few_of(folder: str, n: int) -> list[Any]:
    """Return the bundled files of a folder, those beyond `n` in the long part."""
    found = few_at_once(bundled(folder), n)
    return [pytest.param(*one.values, marks=one.marks, id=one.values[0].name) for one in found]


@pytest.mark.parametrize("path", few_of("scenarios", 4))
def test_a_bundled_scenario_runs(path: Path) -> None:
    """Every arm with one account and every account with one arm."""
    setup = compile_scenario(toy(load(path, "scenario")))
    arms, accounts = list(setup.arms), list(setup.accounts)
    pairs = [(arms[i % len(arms)], accounts[i % len(accounts)]) for i in range(max(len(arms), len(accounts)))]
    runs = Runs([arm for arm, _ in pairs for _ in "ab"], [one for _, one in pairs for _ in "ab"], [1, 2] * len(pairs))
    found = simulate(setup, runs)
    assert np.isfinite(found.series).all()
    assert found.series.shape[1:] == (MONTHS, REPLICATIONS * len(pairs))
    assert len(found.events) > 0


@pytest.mark.parametrize("path", few_of("experiments", 1))
def test_a_bundled_experiment_runs(path: Path, tmp_path: Path) -> None:
    """All arms under the first account; of a larger design a few points of two parameters."""
    experiment: Any = load(path, "experiment")
    vary = dict(list(experiment.vary.items())[:2])
    few = {key: 2 for key in ("points", "base_points", "trajectories") if hasattr(experiment.options, key)}
    options = experiment.options[:2] if experiment.design == "ablation" else experiment.options.model_copy(update=few)
    small = dataclasses.replace(
        experiment, scenario=toy(experiment.scenario), replications=REPLICATIONS, vary=vary, options=options,
        accounts=experiment.accounts[:1], record=Record(),
    )  # fmt: skip
    report = run_experiment(small, tmp_path / "results", workers=1)
    assert report.failed == 0
    outcomes = open_results(report.path).outcomes()
    assert len(outcomes) == small.n_runs
    assert set(outcomes["arm"]) == set(small.arms)
    assert {kind.kind for kind in EVENT_KINDS} >= set(open_results(report.path).events()["kind"])
