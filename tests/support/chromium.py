"""A Chromium that tests may start: the system's, or one that Playwright brought. `python -m tests.support.chromium`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FIX = "apt-get install chromium"


@cache
def chromium() -> str | None:
    """Return the path of a Chromium that starts, None if there is none."""
    return next(filter(_starts, _candidates()), None)


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as made:
        yield made.chromium.executable_path


def _starts(path: str) -> bool:
    """Tell whether a browser says its version: some systems have a wrapper in place of one that is not installed."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return Path(path).is_file() and said.returncode == 0


if __name__ == "__main__":
    print(chromium() or "")
