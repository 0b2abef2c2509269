"""Build hook: a wheel tells the commit that it was built from, if the tree is that of the commit."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ARCHIVED = ".commit"
"""File in which `git archive` writes the commit (see `.gitattributes`)."""

PLACES = {"wheel": "demarche/commit.txt", "sdist": ARCHIVED}


class CommitHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts a file with the commit into wheels and source distributions."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file; an editable installation has none, since its checkout moves on."""
        commit = commit_of(Path(self.root))
        if version == "editable" or not commit:
            return
        path = Path(tempfile.mkdtemp()) / "commit.txt"
        path.write_text(f"{commit}\n", encoding="utf-8")
        build_data["force_include"][str(path)] = PLACES[self.target_name]


def commit_of(root: Path) -> str:
    """Return the commit of a checkout or an archive; empty where files that it holds were changed, or nothing tells."""
    told = (root / ARCHIVED).read_text(encoding="utf-8").strip() if (root / ARCHIVED).is_file() else ""
    if (root / ".git").exists():
        told = "" if _git(root, "status", "--porcelain", "--untracked-files=no") else _git(root, "rev-parse", "HEAD")
    return told if re.fullmatch("[0-9a-f]{40,64}", told) else ""


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
