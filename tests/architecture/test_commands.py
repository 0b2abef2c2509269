"""Architecture: a command is one file, found by itself, that imports no other command."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest
import typer
from tests.architecture.test_circles import own_imports, read_imports
from typer.testing import CliRunner

from demarche.cli import commands
from demarche.cli.commands import results
from demarche.cli.main import add_commands

COMMANDS = "demarche.cli.commands"


def within_commands(graph: dict[str, set[str]], package: str) -> set[tuple[str, str]]:
    """Return module and imported module, both within the package of commands."""
    return {
        (name, other)
        for name, others in graph.items()
        for other in others
        if name.startswith(f"{package}.") and other.startswith(f"{package}.")
    }


def test_commands_never_import_commands() -> None:
    graph = own_imports()
    assert sum(name.startswith(f"{COMMANDS}.") for name in graph) > 20
    assert not within_commands(graph, COMMANDS)


def test_an_import_between_commands_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    for name, text in {"__init__": "", "one": "def f():\n    from demo.two import g\n", "two": ""}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    assert within_commands(read_imports(folder), "demo") == {("demo.one", "demo.two")}


def test_a_way_of_saying_imports_no_command() -> None:
    graph = own_imports()
    shared = {name for name in graph if name.startswith("demarche.cli.") and not name.startswith(COMMANDS)}
    users = {name for name in shared for other in graph[name] if other.startswith(COMMANDS)}
    assert users == {"demarche.cli.main"}


def test_every_name_in_an_order_is_a_command() -> None:
    for folder in (commands, results):
        there = {path.stem for path in Path(folder.__path__[0]).iterdir()}
        assert set(folder.ORDER) <= there
        assert len(set(folder.ORDER)) == len(folder.ORDER)


def test_a_new_file_is_a_new_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "__init__.py": 'ORDER = ("second",)\n',
        "list.py": 'import typer\ndef list_():\n    """List."""\n    typer.echo("listed")\n',
        "second.py": 'import typer\ndef second(name: str):\n    """Second."""\n    typer.echo(f"second {name}")\n',
        "group/__init__.py": 'import typer\nORDER = ()\napp = typer.Typer(help="Group.")\n',
        "group/one.py": 'import typer\ndef one():\n    """One."""\n    typer.echo("one")\n',
        "group/two.py": 'def two():\n    """Two."""\n',
    }
    for name, text in files.items():
        path = tmp_path / "made_commands" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        app = typer.Typer()
        add_commands(app, importlib.import_module("made_commands"))
        help_text = CliRunner().invoke(app, ["--help"]).output
        assert help_text.index("second") < help_text.index("list") < help_text.index("group")
        for line, said in {"list": "listed", "second me": "second me", "group one": "one"}.items():
            assert CliRunner().invoke(app, line.split()).output.strip() == said
    finally:
        for name in [name for name in sys.modules if name.startswith("made_commands")]:
            del sys.modules[name]


TOLD = re.compile(r"demarche (?:[a-z]+ )+\{([^}]*)")
PATHS = {"root", "path", "folder", "results", "target", "experiment", "out", "source", "file", "room"}


def test_commands_that_are_told_quote_their_paths() -> None:
    """Whatever a folder is called, a command that is printed can be pasted."""
    told = [
        (path.name, found[1])
        for path in sorted(Path(commands.__file__).parents[2].rglob("*.py"))
        for found in TOLD.finditer(path.read_text(encoding="utf-8"))
    ]
    assert sum("shell_word" in what for _, what in told) > 10, "nothing was looked at"
    bare = [
        (name, what) for name, what in told
        if "shell_word" not in what and PATHS & set(re.findall(r"[a-z_]+", what)) and (name, what) not in QUOTED
    ]  # fmt: skip
    assert bare == [], "write {shell_word(...)}"


QUOTED = {("facts.py", "folder")}
"""What was quoted where it was made, some lines away."""
