"""Every file of the bad corpus is refused at the stated line, with a remedy; structure also by the schema."""

from __future__ import annotations

import functools
import re
import shutil
from pathlib import Path

import jsonschema
import pytest

from demarche.cast.cast import load_cast
from demarche.errors import Problem, ScenarioError
from demarche.experiment.design.experiment import experiment_schema, load_experiment
from demarche.figures.find import figures_of_experiments
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.load import load_scenario
from demarche.scenario.models import ArmFile, CalendarFile, EventFile, LibraryFile, ScenarioFile
from demarche.scenario.schema import scenario_schema
from demarche.scenario.seminar.file import RoundsFile, SeatFile, SeenFile, SeminarFile

TOP = Path(__file__).parents[2]
CORPUS = TOP / "tests" / "bad_scenarios"
BAD = sorted(path for path in CORPUS.glob("*.yaml") if not path.stem.startswith("good"))
EXPECTATION = re.compile(r"# expect(?P<schema> \(also by the schema\))?: (?P<line>\d+) (?P<text>.+)")

read_cast = functools.cache(load_cast)


def expectations(path: Path) -> list[re.Match[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [match for line in lines if (match := EXPECTATION.fullmatch(line))]


@functools.cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    schema = scenario_schema() if kind == "scenario" else experiment_schema(figures_of_experiments())
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the corpus laid out as a user would lay out scenarios and experiments."""
    root = tmp_path_factory.mktemp("project") / "study"
    shutil.copytree(TOP / "scenarios" / "casts", root / "scenarios" / "casts")
    (root / "experiments").mkdir()
    (root / "scenarios" / "empty.yaml").write_text("", encoding="utf-8")
    (root.parent / "outside.yaml").write_text("title: outside\n", encoding="utf-8")
    shutil.copytree(CORPUS / "own", root / "scenarios" / "own", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "scenarios" / "own" / "broken.py").write_text("def broken(:\n", encoding="utf-8")
    (root.parent / "outside.py").write_text("", encoding="utf-8")
    for path in CORPUS.glob("*.yaml"):
        folder = "experiments" if path.stem.startswith("experiment_") else "scenarios"
        shutil.copy(path, root / folder / path.name)
    return root


def problems_of(project: Path, path: Path) -> tuple[Problem, ...]:
    is_experiment = path.stem.startswith("experiment_")
    target = project / ("experiments" if is_experiment else "scenarios") / path.name

    def read() -> object:
        if is_experiment:
            return load_experiment(target, lambda found: load_scenario(found, read_cast), figures_of_experiments())
        return load_scenario(target, read_cast)

    with pytest.raises(ScenarioError) as caught:
        read()
    return tuple(problem for problem in caught.value.problems if problem.where.startswith(str(target)))


def test_the_corpus_is_large_and_its_base_is_good(project: Path) -> None:
    assert len(BAD) >= 45
    for name in ("good", "good_every_key"):
        assert load_scenario(project / "scenarios" / f"{name}.yaml", read_cast).arms


def test_the_file_with_every_key_has_every_key() -> None:
    document = read_yaml(CORPUS / "good_every_key.yaml")
    assert set(document.data) == set(ScenarioFile.model_fields)
    assert set(document.data["calendar"]) == set(CalendarFile.model_fields)
    assert set(document.data["calendar"]["add"][0]) == set(EventFile.model_fields)
    keys = {field.alias or name for name, field in ArmFile.model_fields.items()}
    assert {key for arm in document.data["arms"].values() for key in arm} >= keys
    assert set(document.data["library"]) == set(LibraryFile.model_fields)
    seminar = document.data["seminar"]
    assert set(seminar) == set(SeminarFile.model_fields)
    assert set(seminar["rounds"]) == set(RoundsFile.model_fields)
    assert set(seminar["seats"]["critic"]) == set(SeatFile.model_fields)
    assert set(seminar["seen"]) == set(SeenFile.model_fields)
    validator("scenario").validate(document.data)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_is_refused_where_it_is_bad(project: Path, path: Path) -> None:
    wanted = expectations(path)
    found = problems_of(project, path)
    assert len(wanted) >= 1
    assert len(found) == len(wanted), "\n".join(map(str, found))
    for problem, match in zip(found, wanted, strict=True):
        place = re.search(r"\.yaml:(\d+):(\d+)", problem.where)
        assert place is not None
        assert int(place[1]) == int(match["line"]), problem
        assert match["text"] in problem.what
        assert problem.expected or problem.did_you_mean or problem.fix, problem


@pytest.mark.parametrize("path", [path for path in BAD if expectations(path)[0]["schema"]], ids=lambda path: path.stem)
def test_structural_mistake_is_refused_by_the_schema_too(path: Path) -> None:
    document = read_yaml(path)
    assert list(validator(path.stem.partition("_")[0]).iter_errors(document.data))


@pytest.mark.parametrize("kind", ["scenario", "experiment"])
def test_bundled_files_fit_the_schema(kind: str) -> None:
    fitting = validator(kind)
    jsonschema.Draft202012Validator.check_schema(fitting.schema)
    files = sorted((TOP / f"{kind}s").glob("*.yaml"))
    assert files
    for path in files:
        document = read_yaml(path)
        assert not document.flaws
        fitting.validate(document.data)
