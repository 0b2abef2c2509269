"""Whatever a file holds, the answer is a `ScenarioError` with file, line and column, soon; never another exception."""

from __future__ import annotations

import functools
import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.reading.tables import open_sheet
from demarche.reading.yaml_nodes import MAX_BYTES, parse_yaml
from demarche.scenario.load import load_scenario

pytestmark = pytest.mark.long

TOP = Path(__file__).parents[2]
N_FILES = 2_000
WORST_SECONDS = 1.0
SPLINTERS = (
    b"no", b"off", b"12:30", b"010", b"1_000", b"1e999", b".nan", b"-.inf", b"~", b"null", b"true", b"{}", b"[]",
    b"[", b"]", b"{", b"}", b": ", b"- ", b"? ", b"&a ", b"*a", b"!!str ", b"<<: ", b"---\n", b"...\n", b"%YAML 1.1\n",
    b"\t", b"\r", b"\n", b"\n\n", b"'", b'"', b"|\n", b">-\n", b"#", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"../", b"/etc/passwd",
    b"casts", b"2009-13", b"0000-01", b"9999-12", b"-1", b"1e-300", b"99999999999999999999", b"USA", b"CHN", b"from: ",
    b"calendar: {remove: [session]}", b"rules_off: [x]", b"effort: {USA: 2}", b"vary: {a.b.c: {values: [1]}}",
)  # fmt: skip


def mutated_bytes(content: bytes, luck: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(luck.randint(1, 4)):
        place = luck.randrange(len(changed) + 1)
        match luck.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([luck.randrange(256)])
            case 1:
                changed[place : place + luck.randint(1, 12)] = b""
            case 2:
                changed[place:place] = luck.choice(SPLINTERS)
            case _:
                changed[place : place + luck.randint(1, 8)] = luck.choice(SPLINTERS)
    return bytes(changed)


def mutated_lines(content: bytes, luck: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(luck.randint(1, 3)):
        place = luck.randrange(len(lines))
        match luck.randrange(5):
            case 0:
                lines.insert(place, luck.choice(lines))
            case 1 if len(lines) > 1:
                del lines[place]
            case 2:
                lines[place] = b" " * luck.randint(0, 9) + lines[place].lstrip()
            case 3:
                other = luck.randrange(len(lines))
                lines[place], lines[other] = lines[other], lines[place]
            case _:
                key, colon, _ = lines[place].partition(b":")
                lines[place] = key + colon + b" " + luck.choice(SPLINTERS)
    return b"\n".join(lines)


def is_refused_properly(load: Callable[[Path], object], path: Path, beside: str = "") -> bool:
    """Load a file; return whether it was refused, with the place of every problem in it or in a folder beside it."""
    start = time.process_time()
    try:
        load(path)
    except ScenarioError as error:
        places = (str(path), str(path.parent / beside)) if beside else (str(path),)
        own = [problem for problem in error.problems if problem.where.startswith(places)]
        assert own
        assert all(problem.expected or problem.did_you_mean or problem.fix for problem in own)
        for problem in error.problems:
            assert re.match(r".+?:[1-9]\d*:[1-9]\d*(: |$)", problem.where), problem
            assert "\n" not in problem.where + problem.what + problem.found, problem
        return True
    finally:
        assert time.process_time() - start < WORST_SECONDS
    return False


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz")
    for folder in ("scenarios", "experiments"):
        shutil.copytree(TOP / folder, root / folder)
    corpus = TOP / "tests" / "bad_scenarios"
    shutil.copy(corpus / "good_every_key.yaml", root / "scenarios")
    shutil.copytree(corpus / "own", root / "scenarios" / "own", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.mark.parametrize(
    "name", ["scenarios/quiet_or_vocal.yaml", "scenarios/good_every_key.yaml", "experiments/quiet_or_vocal.yaml"]
)
def test_mutated_files_are_refused_or_read(project: Path, name: str) -> None:
    read_cast = functools.cache(load_cast)
    read_scenario = functools.cache(lambda path: load_scenario(path, read_cast))
    if name.startswith("scenarios"):
        load: Callable[[Path], object] = functools.partial(load_scenario, read_cast=read_cast)
    else:
        load = functools.partial(load_experiment, read_scenario=read_scenario)
    content = (project / name).read_bytes()
    load(project / name)
    luck = random.Random(1995)
    target = project / Path(name).parent / "mutated.yaml"
    refused = 0
    for number in range(N_FILES):
        change = mutated_bytes if number % 2 else mutated_lines
        target.write_bytes(change(content, luck))
        refused += is_refused_properly(load, target)
    assert N_FILES * 0.5 < refused < N_FILES


@pytest.mark.long
def test_mutated_casts_are_refused_or_read(project: Path) -> None:
    content = (project / "scenarios" / "casts" / "china_1989.yaml").read_bytes()
    luck, target, refused = random.Random(1996), project / "scenarios" / "casts" / "mutated.yaml", 0
    for number in range(200):
        target.write_bytes((mutated_bytes if number % 2 else mutated_lines)(content, luck))
        refused += is_refused_properly(load_cast, target, beside="china_1989")
    assert 100 < refused < 200


def test_mutated_tables_are_refused_or_read(project: Path) -> None:
    seats = (TOP / "scenarios" / "casts" / "world" / "seats.csv").read_bytes().splitlines()[:40]
    content, luck, target, refused = b"\n".join(seats), random.Random(1997), project / "mutated.csv", 0

    def load(path: Path) -> None:
        sheet = open_sheet(path, ("body", "year", "code"))
        for row in sheet.rows(("body", "year", "code")):
            row.choice("body", ("commission",), "body")
            row.year("year")
            row.word("code")
        sheet.report.raise_if_any()

    for number in range(N_FILES):
        target.write_bytes((mutated_bytes if number % 2 else mutated_lines)(content, luck))
        refused += is_refused_properly(load, target)
    assert N_FILES * 0.5 < refused < N_FILES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\n" * 1000,
        b"\xef\xbb\xbftitle: x\n",
        b"\xff\xfet\x00i\x00",
        b"title: \xc3\x28\n",
        bytes(range(256)),
        b"[" * 100_000,
        b"{a: " * 100_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"a: &a [" + b"*a," * 50_000 + b"]",
        b"a: 1\n" * 50_000,
        b"".join(b"key%d: 1\n" % number for number in range(9_000)),
        b"accounts: [" + b"x," * 15_000 + b"]",
        b"arms: {" + b",".join(b"a%d: {b: {c: d}}" % number for number in range(4_000)) + b"}",
        b"title: '" + b"x" * 900_000 + b"'",
        b"x" * 900_000 + b": 1",
        b"'" * 900_000,
        b"a" * (MAX_BYTES + 1),
        b"&a " * 300_000,
        b"!" * 300_000,
        b"%" * 300_000,
        b"title: " + b"9" * 100_000,
        b"title: " + b"1:" * 100_000 + b"1",
        b"title: " + b"_1" * 100_000,
        b"title: " + b"1_" * 100_000 + b"x",
        b"title: |\n" + b" x\n" * 200_000,
    ],
    ids=range(28),
)
def test_bombs_are_refused_soon(project: Path, content: bytes) -> None:
    for folder, load in (("scenarios", load_scenario), ("experiments", load_experiment)):
        target = project / folder / "bomb.yaml"
        target.write_bytes(content)
        assert is_refused_properly(load, target)


def test_reading_never_raises_on_random_bytes() -> None:
    luck = random.Random(7)
    alphabet = b" \n:-?[]{},&*!|>'\"%@`#ab01._~\t\r\xc3\xa9"
    for _ in range(2_000):
        content = bytes(luck.choice(alphabet) for _ in range(luck.randrange(60)))
        document = parse_yaml(content, "random.yaml")
        assert document.is_broken or document.marks
