"""Architecture: no module imports another that leads back to it, whether at its top, in a function or for types."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "demarche"
Graph = Mapping[str, set[str]]


def _name(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _targets(node: ast.AST, package: list[str]) -> list[str]:
    """Return what an import names, the longest name first, as far as it can be a module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def read_imports(package: Path) -> dict[str, set[str]]:
    """Return module -> modules of the same package that it imports, wherever in its text."""
    paths = {_name(path, package.parent): path for path in sorted(package.rglob("*.py"))}
    graph: dict[str, set[str]] = {name: set() for name in paths}
    for name, path in paths.items():
        within = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in _targets(node, within):
                # `from package import name` means the module of that name, or else what the package itself holds
                found = next((one for one in (target, target.rpartition(".")[0]) if one in paths), None)
                if found is not None and found != name:
                    graph[name].add(found)
    return graph


@cache
def own_imports() -> Graph:
    """Return the imports of the package itself."""
    return read_imports(SOURCE)


def find_circle(graph: Graph) -> list[str]:
    """Return the modules of one import cycle, the first again at the end; nothing if there is none."""
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph[name]):
            if circle := follow(other, [*way, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in sorted(graph) if (circle := follow(name, []))), [])


@pytest.mark.long
def test_no_import_leads_back() -> None:
    graph = own_imports()
    assert len(graph) > 100
    assert sum(map(len, graph.values())) > 300
    assert "demarche.experiment.design.experiment" in graph["demarche.experiment.design.table"]
    circle = find_circle(graph)
    assert not circle, f"import cycle: {' -> '.join(circle)}"


BACK = {
    "top": "from demo.low import high\n",
    "plain": "import demo.low.high\n",
    "relative": "from . import high\n",
    "function": "def f() -> None:\n    from demo.low.high import g\n",
    "types": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from demo.low.high import g\n",
}


@pytest.mark.parametrize("back", BACK.values(), ids=BACK.keys())
def test_a_way_back_is_found_wherever_it_is(tmp_path: Path, back: str) -> None:
    folder = tmp_path / "demo" / "low"
    folder.mkdir(parents=True)
    for path in (folder.parent / "__init__.py", folder / "__init__.py"):
        path.write_text("", encoding="utf-8")
    (folder / "high.py").write_text("from demo.low.middle import h\n", encoding="utf-8")
    (folder / "middle.py").write_text("from demo.low.deep import h\n", encoding="utf-8")
    (folder / "deep.py").write_text("import math\n", encoding="utf-8")
    assert find_circle(read_imports(folder.parent)) == []
    (folder / "deep.py").write_text(back, encoding="utf-8")
    assert find_circle(read_imports(folder.parent)) == [
        "demo.low.deep", "demo.low.high", "demo.low.middle", "demo.low.deep",
    ]  # fmt: skip
