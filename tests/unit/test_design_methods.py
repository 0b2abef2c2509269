"""The registry of designs: what is declared once is known everywhere, and a design of one's own is one file."""

from __future__ import annotations

import ast
import dataclasses
import functools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import jsonschema
import numpy as np
import pytest
import yaml
from pydantic import Field
from typer.testing import CliRunner

from demarche.cast.cast import load_cast
from demarche.cli.main import app
from demarche.errors import DesignError, ScenarioError
from demarche.experiment.design import methods as package
from demarche.experiment.design.experiment import experiment_schema, load_experiment
from demarche.experiment.design.file import ExperimentFile, experiment_model
from demarche.experiment.design.find import check_keys, fitting, methods, own_keys
from demarche.experiment.design.method import Method
from demarche.experiment.design.seeds import replication_seed
from demarche.experiment.design.table import make_design
from demarche.reading.messages import model_schema
from demarche.reading.strict import Strict
from demarche.scenario.load import load_scenario
from tests.conftest import ROOT

TRIANGLE = '''
"""Design `triangle`: the three corners of the simplex that two ranges span, each with luck of its own."""

from typing import Annotated

import numpy as np
from pydantic import Field

from demarche.experiment.design.kit import spread
from demarche.experiment.design.method import Method
from demarche.experiment.design.seeds import replication_seed
from demarche.reading.strict import Strict


class Keys(Strict):
    share: Annotated[float, Field(ge=0, le=1)] = Field(default=0.5, description="how far to go", examples=["0.5"])


def check(report, vary, keys):
    if len(vary) != 2:
        report.add(("vary",), "the triangle design needs two parameters", expected="2 ranges")


def lay_out(request, options):
    return spread(request.vary, options.share * np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))


TRIANGLE = Method(
    name="triangle",
    meaning="corners of a triangle, `share` of the way",
    count=lambda request, options: 3,
    lay_out=lay_out,
    keys=Keys,
    needs=("share",),
    sweeps=False,
    check=check,
    seed_of=lambda seed, point, replication: replication_seed(seed, 1000 * point + replication),
)
'''
HEAD = (
    "scenario: ../scenarios/quiet_or_vocal.yaml\nreplications: 2\nseed: 7\narms: [quiet]\n"
    "accounts: [domestic_engine]\n"
)
RANGES = "vary: {senders.lists.names: {range: [1, 3]}, senders.habit.weight: {range: [0.5, 2.5]}}\n"
CACHES = (methods, experiment_model, model_schema)

read_scenario = functools.cache(lambda path: load_scenario(path, functools.cache(load_cast)))


@pytest.fixture
def triangle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put one file into the package of the designs."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "triangle.py").write_text(TRIANGLE, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(package, "__path__", [*package.__path__, str(folder)])
        for known in CACHES:
            known.cache_clear()
        yield
    for known in CACHES:
        known.cache_clear()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "study"
    shutil.copytree(ROOT / "scenarios", root / "scenarios")
    (root / "experiments").mkdir()
    return root


def write(project: Path, text: str) -> Path:
    path = project / "experiments" / "one.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("triangle")
@pytest.mark.long
def test_a_design_is_one_file(project: Path) -> None:
    path = write(project, f"design: triangle\nshare: 0.5\n{RANGES}")
    experiment = load_experiment(path, read_scenario)
    design = make_design(experiment)
    assert design.points.tolist() == [[1.0, 0.5], [2.0, 0.5], [1.0, 1.5]]
    assert (experiment.points, experiment.n_runs) == (3, 6)
    assert experiment.describe_design()["share"] == 0.5
    validator = jsonschema.Draft202012Validator(experiment_schema())
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    validator.validate(data)
    assert list(validator.iter_errors({key: value for key, value in data.items() if key != "share"}))
    assert list(validator.iter_errors({**data, "design": "factorial"}))
    told = CliRunner().invoke(app, ["design", str(path), "--rows", "1", "--workers", "1"])
    assert "design triangle: corners of a triangle, share of the way" in told.output


@pytest.mark.usefixtures("triangle")
def test_its_own_checks_are_told_with_those_of_all_designs(project: Path) -> None:
    one = RANGES.split(", senders.habit")[0] + "}\n"
    with pytest.raises(ScenarioError) as caught:
        load_experiment(write(project, f"design: triangle\n{one}points: 4\nfigures: [paths, paths]\n"), read_scenario)
    text = str(caught.value)
    for part in (
        "one.yaml:6:9: design: the triangle design needs 'share'", "add for example 'share: 0.5'",
        "one.yaml:7:7: vary: the triangle design needs two parameters",
        "the triangle design takes no 'points'", "the entry is written twice",
    ):  # fmt: skip
        assert part in text
    with pytest.raises(ScenarioError, match="the sobol design takes no 'share'"):
        load_experiment(write(project, f"design: sobol\npoints: 4\nshare: 1\n{RANGES}"), read_scenario)


@pytest.mark.usefixtures("triangle")
def test_a_design_may_say_how_luck_follows_from_the_point(project: Path) -> None:
    design = make_design(load_experiment(write(project, f"design: triangle\nshare: 1\n{RANGES}"), read_scenario))
    index, seeds = design.index(np.arange(len(design))), design.to_runs().seed
    pairs = zip(index["point"].tolist(), index["replication"].tolist(), strict=True)
    assert seeds == [replication_seed(7, 1000 * point + replication) for point, replication in pairs]
    assert len(set(seeds)) == 6
    assert design.to_runs([4, 1]).seed == [seeds[4], seeds[1]]
    plain = dataclasses.replace(design, seed_of=dataclasses.replace(methods()["sobol"]).seed_of)
    assert len(set(plain.to_runs().seed)) == 2
    is_same = [one == other for one, other in zip(design.keys(), plain.keys(), strict=True)]
    assert is_same == [True] * 2 + [False] * 4  # the identity of a run rests on its luck


def test_every_design_is_named_and_explained() -> None:
    found = methods()
    assert list(found) == sorted(path.stem for path in Path(package.__path__[0]).glob("[a-z]*.py"))
    for name, method in found.items():
        assert (method.name, method.meaning[:1].islower() or method.meaning[0] == "`") == (name, True)
        assert set(method.needs) <= set(method.takes)
        assert all(own_keys()[key].description for key in method.takes)
        assert all(own_keys()[key].examples for key in method.needs)
        assert method.power_of_two in ("", *method.takes)
    assert not set(own_keys()) & set(ExperimentFile.model_fields)
    assert fitting("levels") == ("grid", "morris")


def test_every_design_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in guide.splitlines() if line.startswith("| `")}
    for name, method in methods().items():
        assert all(f"`{key}`" in rows[name] for key in method.takes), name


def test_only_its_own_file_knows_a_design() -> None:
    """Of what reads, checks, lays out and runs experiments; an analysis of one kind of sample may name it."""
    strange = [
        f"{path.name}:{node.lineno}: {node.value}"
        for path in (ROOT / "src" / "demarche" / "experiment").rglob("*.py")
        if path.parent.name != "methods" and path.name != "find.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in set(methods()) - {"table", "list"}
    ]
    assert not strange


class Other(Strict):
    """Keys that do not fit."""

    levels: Annotated[int, Field(ge=1)] = 4


class Missing(Strict):
    """A key without default."""

    share: float


def test_a_key_means_one_thing() -> None:
    odd = dataclasses.replace(methods()["grid"], name="odd", keys=Other)
    with pytest.raises(DesignError, match="odd: the key 'levels' has no default, or another meaning"):
        check_keys([methods()["grid"], odd])
    with pytest.raises(DesignError, match="the key 'share' has no default"):
        check_keys([dataclasses.replace(odd, keys=Missing, needs=())])
    with pytest.raises(DesignError, match="needs keys that it does not declare: points"):
        check_keys([dataclasses.replace(odd, needs=("points",))])


def test_a_module_declares_the_design_of_its_name(triangle: None, tmp_path: Path) -> None:
    (tmp_path / "more" / "square.py").write_text(TRIANGLE, encoding="utf-8")
    methods.cache_clear()
    with pytest.raises(DesignError, match=r"methods\.square: the module must declare one design, called 'square'"):
        methods()


def test_manifests_are_plain_data() -> None:
    for name in ("sensitivity_saltelli", "ablation"):
        experiment = load_experiment(ROOT / "experiments" / f"{name}.yaml", read_scenario)
        told = experiment.describe_design()
        assert json.loads(json.dumps(told)) == told
        assert isinstance(methods()[experiment.design], Method)
        plain = experiment.without_points()
        assert (plain.points, make_design(plain).parameters) == (1, ())
