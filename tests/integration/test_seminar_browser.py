"""Classes of bots in a real browser play bundled seminars to the end; what other tests with a browser share."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.support.chromium import FIX, chromium

from demarche.scenario.load import load_scenario
from demarche.seminar.log import Log
from demarche.seminar.room import Room
from demarche.seminar.steps import OWN_STEP, SEAL_STEP, STEPS
from demarche.seminar.timeline import need_seminar, stages_of

pytestmark = [pytest.mark.long, pytest.mark.classroom]
PHONE, PROJECTOR = {"width": 390, "height": 844}, {"width": 1280, "height": 720}
STUDENTS = int(os.environ.get("DEMARCHE_STUDENTS", "6"))  # a whole class of 20 takes minutes: by hand
NEXT_SECONDS = 3.0
"""Until all pages show what comes after a closing."""

PATIENCE = 20_000
"""Milliseconds until a page must have shown what it waits for."""

BUNDLED = ("quiet_or_vocal_invented", "quiet_or_vocal", "tariff_deadline")
FEW = "from demarche.seminar.server import shell; shell.SERVED_PAIRS, shell.SERVED_DRAWS = 8, 2; "
SHOTS = os.environ.get("SEMINAR_SHOTS", "")
"""Folder for screenshots; none are taken if empty."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
    pytest.importorskip("uvicorn", reason="the server needs the extra demarche[seminar]")
    if (path := chromium()) is None:
        pytest.skip(f"browser tests need Chromium ({FIX})")
    with sync.sync_playwright() as made:
        opened = made.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass
class Server:
    """A served room, its pages, and what browsers complained of; `few` pairs where figures are not the point."""

    scenario: Path
    log: Path
    port: int
    few: bool = False
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    process: Any = None
    key: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = (FEW if self.few else "") + "from demarche.cli.main import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", command, "seminar", "serve", str(self.scenario), "--port", str(self.port),
             "--room", str(self.log)],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        for line in self.process.stdout:
            if found := re.search(r"/key/(\S+)", line):
                self.key = found[1]
                break
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            self.process.poll()
            assert self.process.returncode is None, "the server ended"
            subprocess.run(["sleep", "0.05"], check=True)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def page(self, browser: Any, where: str, size: dict[str, int], **more: Any) -> Any:
        page = browser.new_context(viewport=size, **more).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda one: one.url.startswith((self.address, "ws:")) or self.foreign.append(one.url))
        page.goto(self.address + where)
        return page


@contextmanager
def served(scenario: Path, folder: Path, few: bool = False) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(scenario, folder / "room.sqlite", port, few)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def code_of(server: Server) -> str:
    with Log(server.log) as log:
        (first, *_) = log.read()
    return str(first.body["code"])


def sit(server: Server, browser: Any, code: str, seat: str, **more: Any) -> Any:
    page = server.page(browser, f"/?code={code}", PHONE, **more)
    page.check(f'input[name="seat"][value="{seat}"]')
    page.click("text=Sit down")
    page.wait_for_url("**/seat")
    return page


def order(page: Any, nth: int) -> None:
    """Choose an option of each act that is open, another one for each bot and round, and send."""
    for group in page.query_selector_all("form[action='/order'] fieldset"):
        radios = group.query_selector_all("input[type=radio]")
        radios[nth % len(radios)].check()
        if nth % len(radios) and (choice := group.query_selector("select")):
            choice.select_option(index=1 + nth % 3)
    if page.query_selector("text=Send our moves"):
        send(page, "Send our moves")


def send(page: Any, button: str) -> None:
    """Press a button and wait for the answer: only then is it acknowledged."""
    with page.expect_navigation():
        page.click(f'button:has-text("{button}")')


def shows(page: Any, text: str) -> None:
    """Wait until a page says something, without a reload; bears a page in change."""
    page.locator(f"text={text}").first.wait_for(timeout=PATIENCE)


def shoot(page: Any, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def close(lead: Any, what: str) -> None:
    send(lead, f"Close the {what}")


@pytest.mark.parametrize("name", BUNDLED)
def test_a_class_plays_a_bundled_seminar_to_the_end(name: str, browser: Any, tmp_path: Path) -> None:
    path = ROOT / "scenarios" / f"{name}.yaml"
    scenario = load_scenario(path)
    seats, rounds = list(need_seminar(scenario).seats), stages_of(scenario)[-1].round
    with served(path, tmp_path) as server:
        code, lead = code_of(server), server.page(browser, f"/key/{server.key}", PHONE)
        projector = server.page(browser, "/projector", PROJECTOR)
        students = [sit(server, browser, code, seats[n % len(seats)]) for n in range(STUDENTS)]
        shows(students[0], "The clock stands.")
        send(lead, "Let the clock run")
        waited = []
        for number in range(1, rounds + 1):
            shoot(students[0], f"{name}_seat_{number}_year")
            if number == 2:
                headline(students)
            for nth, page in enumerate(students):
                order(page, nth + number)
            begun = time.monotonic()
            close(lead, "year")
            for page in students:
                shows(page, ": the session")
            waited.append(time.monotonic() - begun)
            shoot(students[0], f"{name}_seat_{number}_session")
            for nth, page in enumerate(students):
                order(page, nth + number)
            begun = time.monotonic()
            close(lead, "session")
            told = f"Round {number + 1} of {rounds}" if number < rounds else "The last round is over"
            for page in (*students, projector):
                shows(page, told)
            waited.append(time.monotonic() - begun)
            if number in (2, rounds):
                believe(students[1])
        shoot(projector, f"{name}_projector")
        shoot(lead, f"{name}_lead")
        send(lead, "Begin the debrief")
        for step in range(1, len(STEPS) + 1):
            begun = time.monotonic()
            for page in (*students, projector):
                shows(page, f"{step}. {STEPS[step - 1].title}")
            waited.append(time.monotonic() - begun)
            if step == SEAL_STEP:
                send(lead, "Open the seal")
                shows(projector, "Opened:")
            if step == SEAL_STEP + 1:
                for page in (students[0], projector):
                    page.locator("svg.chart").first.wait_for(timeout=300_000)
                    styled = page.locator(".chart .band").first.evaluate("(one) => getComputedStyle(one).opacity")
                    assert styled == "0.25", "a page that followed without a reload has the styles of figures"
            if step == OWN_STEP:
                ask(students)
            for page, where in ((students[0], "seat"), (projector, "projector")):
                shoot(page, f"{name}_{where}_debrief_{step}")
            if step < len(STEPS):
                send(lead, f"Next: {STEPS[step].title}")
        shoot(lead, f"{name}_lead_debrief")
        print(f"{name}, {STUDENTS} students: all pages follow in {median(waited):.1f} s, {max(waited):.1f} s at most")
        assert median(waited) < NEXT_SECONDS
        assert server.faults == []
        assert server.foreign == []
    with Room(scenario, Log(server.log)) as room:
        assert room.stage is None
        assert room.state.opened
        assert len(room.state.members) == STUDENTS
        assert {seat for seat, _ in room.state.beliefs} == {f"{seats[1]}-1"}
        assert any(orders for orders in room.state.closed)


def headline(students: list[Any]) -> None:
    """Let the press, if anybody sits there, write the headline of a round."""
    for page in students:
        if page.query_selector("text=Print it"):
            page.fill("#text", "Many words, and few of them in public")
            send(page, "Print it")


def ask(students: list[Any]) -> None:
    """Let each of some students ask about the second of its own moves, and wait for the answers."""
    for page in students[:3]:
        page.select_option("#move", index=1)
        send(page, "Choose this move")
        page.locator("input[name=option]").first.check()
        send(page, "Run it")
    for page in students[:3]:
        page.locator(".answer").first.wait_for(timeout=60_000)


def believe(page: Any) -> None:
    fields = page.query_selector_all("input[type=number]")
    for nth, one in enumerate(fields):
        one.fill("40" if nth == 0 else "20")
    send(page, "Keep my belief")


def test_what_was_filled_in_outlives_a_server_that_went_away(browser: Any, tmp_path: Path) -> None:
    path = ROOT / "scenarios" / "quiet_or_vocal_invented.yaml"
    with served(path, tmp_path) as server:
        page = sit(server, browser, code_of(server), "denmark")
        chosen = "form[action='/order'] fieldset >> nth=0 >> input[type=radio] >> nth=2"
        page.check(chosen)
        server.kill()
        note = page.locator(".gone")
        note.wait_for(timeout=PATIENCE)
        page.click("text=Send our moves")
        assert page.url == f"{server.address}/seat", "nobody is left on a page of the browser"
        assert page.is_checked(chosen)
        server.start()
        note.wait_for(state="detached", timeout=PATIENCE)
        assert page.is_checked(chosen), "what somebody is filling in is never taken away"
        send(page, "Send our moves")
        shows(page, "Sent so far")
        assert page.is_checked(chosen)


REACHED = """(one) => {
  const here = document.activeElement;
  return one === here || (one.name && one.name === here.name);
}"""


def press(page: Any, what: str, key: str) -> None:
    """Walk to something with the tabulator, as far as there is anything to walk to, and press a key."""
    goal = page.locator(what).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if goal.evaluate(REACHED):
            page.keyboard.press(key)
            return
    raise AssertionError(f"the keyboard does not reach {what}")
