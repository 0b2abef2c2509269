"""The explorer in a real browser: how soon a fan is there, with the keyboard alone, in a dark room."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import PATIENCE, PHONE, PROJECTOR, browser, press, shoot

__all__ = ["browser"]
pytestmark = [pytest.mark.long, pytest.mark.classroom]
FIRST_SECONDS, FULL_SECONDS = 0.5, 4.0
"""CPU seconds of the first year of the fan, and of the fan over all years (issue 13)."""


@contextmanager
def explorer() -> Iterator[tuple[str, Any]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", "from demarche.cli.main import main; main()", "seminar", "explore",
         str(ROOT / "scenarios" / "quiet_or_vocal.yaml"), "--port", str(port)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert "Explorer: http://127.0.0.1" in process.stdout.readline()  # type: ignore[union-attr]
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]


def cpu_of(process: Any) -> float:
    """Return the CPU seconds that a process has used."""
    parts = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def test_a_lecturer_asks_with_the_keyboard_in_a_dark_room(browser: Any) -> None:
    with explorer() as (address, _):
        faults: list[str] = []
        foreign: list[str] = []
        page = browser.new_context(viewport=PROJECTOR, color_scheme="dark").new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda one: one.url.startswith(address) or foreign.append(one.url))
        page.goto(address)
        page.locator("#said", has_text="200 pairs.").wait_for(timeout=120_000)
        assert page.locator("#rows tr").count() == 21
        shoot(page, "explore_projector_dark")
        press(page, "[role=tab][aria-selected=true]", "ArrowRight")
        press(page, "#arm", "ArrowDown")
        page.locator("#said", has_text="200 pairs.").wait_for(timeout=120_000)
        assert "account=strategic_target" in page.url
        assert "arm=vocal" in page.url
        share = page.get_attribute("#share", "href")
        told = page.locator("#said").inner_text()
        other = browser.new_context(viewport=PHONE).new_page()
        other.goto(address + str(share))
        other.locator("#said", has_text="200 pairs.").wait_for(timeout=120_000)
        assert other.locator("#said").inner_text() == told, "a link shows the same"
        shoot(other, "explore_phone")
        with other.expect_download() as saved:
            other.click("#save")
        text = Path(saved.value.path()).read_text(encoding="utf-8")
        assert re.search(r"contrast: .explored, as_it_was.", text)
        assert faults == []
        assert foreign == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="CPU is read from /proc")
def test_the_first_years_are_there_soon_and_a_job_that_nobody_waits_for_stops() -> None:
    import urllib.request

    pytest.importorskip("uvicorn", reason="the server needs the extra demarche[seminar]")
    with explorer() as (address, process):
        urllib.request.urlopen(address).read()
        firsts, fulls = [], []
        for _ in range(3):  # who else uses the computer only adds to it
            before = cpu_of(process)
            answer = urllib.request.urlopen(f"{address}/fan?arm=vocal")
            answer.readline()
            firsts.append(cpu_of(process) - before)
            for _ in range(20):
                answer.readline()
            fulls.append(cpu_of(process) - before)
            answer.close()
            assert ends(process), "a job that nobody waits for goes on"
        print(f"first year {min(firsts):.2f} s CPU, all years {min(fulls):.2f} s CPU")
        assert min(firsts) < FIRST_SECONDS
        assert min(fulls) < FULL_SECONDS


def ends(process: Any) -> bool:
    """Tell whether a process comes to rest before it could have run the pass of 200 pairs to its end."""
    before = cpu_of(process)
    while cpu_of(process) - before < 2.0:
        begun = cpu_of(process)
        time.sleep(0.5)
        if cpu_of(process) - begun < 0.03:
            return True
    return False
