"""One whole class in a real Chromium: every page, no script, keyboard alone, two kills of the server, nine steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import (
    NEXT_SECONDS,
    PHONE,
    PROJECTOR,
    Server,
    browser,
    code_of,
    order,
    press,
    send,
    served,
    shows,
    sit,
)
from tests.integration.test_seminar_pages import axe, look, printed

from demarche.scenario.load import load_scenario
from demarche.seminar.log import Log
from demarche.seminar.room import Room
from demarche.seminar.steps import OWN_STEP, SEAL_STEP, STEPS
from demarche.seminar.timeline import stages_of

__all__ = ["axe", "browser"]
pytestmark = [pytest.mark.long, pytest.mark.lesson]
SCENARIO = ROOT / "scenarios" / "quiet_or_vocal_invented.yaml"
SITTING = ("critic", "france", "monitors", "press")
"""Seats of students who follow with a script and a finger; two more have no script, and no finger."""

PLAIN, KEYS = "germany", "japan"
KILLED = (1, 4)
"""Stages in the middle of which the server is killed: a year, and a later session."""

STOPS = """() => {
  const all = 'a[href], button, select, summary, textarea, input:not([type=hidden]), [tabindex="0"]';
  const found = [...document.querySelectorAll("main :is(" + all + ")")].filter((one) => one.checkVisibility());
  found.forEach((one, nth) => { one.dataset.stop = one.type === "radio" ? one.name : String(nth); });
  return [...new Set(found.map((one) => one.dataset.stop))];
}"""
"""Names everything on a page that a finger could press or scroll; radio buttons of one question are one stop."""

CHOSEN = "(all) => all.map((one) => [one.name, one.value])"


@dataclass
class Lesson:
    """A class, its pages, and what was noticed."""

    server: Server
    lead: Any
    screen: Any
    projector: Any
    students: dict[str, Any]
    plain: Any
    keys: Any
    check: Callable[[Any, str], None]
    waited: list[float] = field(default_factory=list)
    given: dict[tuple[int, str, str], str] = field(default_factory=dict)

    @property
    def following(self) -> list[Any]:
        """Pages that follow by themselves."""
        return [*self.students.values(), self.keys, self.projector]

    def all_show(self, text: str, begun: float) -> None:
        for page in self.following:
            shows(page, text)
        self.waited.append(time.monotonic() - begun)

    def kill(self) -> None:
        """Kill the server in mid-round, and start it with the log that it left; browsers complain while it is away."""
        before = len(self.server.faults)
        self.server.kill()
        self.server.start()
        self.lead.reload()
        shows(self.lead, "Facilitator, room")
        for page in self.following:
            page.evaluate("async () => (await fetch('/state')).ok")
        gone = self.server.faults[before:]
        assert all("ERR_" in one or "WebSocket" in one for one in gone), gone
        del self.server.faults[before:]


def again(page: Any) -> None:
    """Look for news, as somebody without scripts does."""
    with page.expect_navigation():
        page.click(".again a")  # what Playwright looks for by text it does not look for here


def tell(page: Any, what: str, key: str = "Enter") -> None:
    """Reach something with the keyboard, press it, and wait for the page that answers."""
    with page.expect_navigation():
        press(page, what, key)


def start(browser: Any, server: Server, check: Callable[[Any, str], None]) -> Lesson:
    code, lead = code_of(server), server.page(browser, f"/key/{server.key}", PHONE)
    first, refused = server.page(browser, "/", PHONE), server.page(browser, "/seat", PHONE)
    check(first, "start")
    check(refused, "refused")
    assert "403" in server.faults.pop(), "a browser tells of a page that is refused, which it was asked for"
    first.fill("#code", code)
    first.click("text=Go on")
    shows(first, "Sit down")
    check(first, "seats")
    plain = server.page(browser, "/", PHONE, java_script_enabled=False)
    plain.fill("#code", code)
    plain.click("text=Go on")
    plain.check(f'input[value="{PLAIN}"]')
    plain.click("text=Sit down")
    keys = server.page(browser, f"/?code={code}", PHONE)
    press(keys, 'input[name="seat"]', "Space")
    for _ in range(20):
        if keys.is_checked(f'input[value="{KEYS}"]'):
            break
        keys.keyboard.press("ArrowDown")
    tell(keys, "button")
    projector = server.page(browser, "/projector", PROJECTOR)
    students = {seat: sit(server, browser, code, seat) for seat in SITTING}
    screen = lead.context.new_page()
    screen.set_viewport_size(PROJECTOR)
    return Lesson(server, lead, screen, projector, students, plain, keys, check)


def move(lesson: Lesson, stage: int) -> None:
    """Let everybody move; what a page has acknowledged is kept to be compared with the log."""
    for nth, page in enumerate(lesson.students.values()):
        order(page, 2 + nth + stage)
    again(lesson.plain)
    act, option = ("vote_no_action", "no") if stage % 2 else ("posture", "both")
    lesson.plain.check(f'input[name="act.{act}"][value="{option}"]')
    send(lesson.plain, "Send our moves")
    press(lesson.keys, f'input[name="act.{act}"]', "ArrowDown")
    tell(lesson.keys, "text=Send our moves")
    for seat, page in (*lesson.students.items(), (PLAIN, lesson.plain), (KEYS, lesson.keys)):
        for name, option in page.eval_on_selector_all("input[type=radio]:checked", CHOSEN):
            lesson.given[stage, seat, name.removeprefix("act.")] = option


def speak(lesson: Lesson) -> None:
    """Say something in public, write a headline: news for all who are not in the middle of a form."""
    for seat, text, button in (("france", "We will speak for ourselves.", "Say it"), ("press", "Words", "Print it")):
        page = lesson.students[seat]
        page.fill("#text", text)
        send(page, button)
    shows(lesson.projector, "We will speak for ourselves.")


def believe(lesson: Lesson) -> None:
    """Write down beliefs: one without scripts, one with the keyboard alone."""
    again(lesson.plain)
    boxes = lesson.plain.locator("input[type=number]")
    for nth in range(boxes.count()):
        boxes.nth(nth).fill("25")
    send(lesson.plain, "Keep my belief")
    names = lesson.keys.eval_on_selector_all("input[type=number]", "(all) => all.map((one) => one.name)")
    for nth, name in enumerate(names):
        press(lesson.keys, f'input[name="{name}"]', "Home")
        lesson.keys.keyboard.type("40" if not nth else "20")
    tell(lesson.keys, "text=Keep my belief")


def play(lesson: Lesson, rounds: int) -> None:
    shows(lesson.students["critic"], "The clock stands.")
    tell(lesson.lead, "text=Let the clock run")
    for stage in range(2 * rounds):
        number, closing = stage // 2 + 1, ("year", "session")[stage % 2]
        if stage == 2:
            speak(lesson)
        move(lesson, stage)
        if stage in (2, 3):
            for seat in SITTING if closing == "year" else SITTING[:1]:
                lesson.check(lesson.students[seat], f"seat_{seat}_{closing}")
            lesson.check(lesson.lead, f"lead_{closing}")
            lesson.check(lesson.projector, f"projector_{closing}")
        if stage in KILLED:
            lesson.kill()
        begun = time.monotonic()
        tell(lesson.lead, f"text=Close the {closing}")
        told = ": the session" if closing == "year" else f"Round {number + 1} of {rounds}"
        lesson.all_show(told if stage < 2 * rounds - 1 else "The last round is over", begun)
        if stage in (3, 2 * rounds - 1):
            believe(lesson)
    lesson.check(lesson.students["critic"], "seat_over")
    lesson.check(lesson.projector, "projector_over")


def walk(page: Any) -> None:
    """Walk over a page with the tabulator: whatever can be pressed or scrolled is reached, and what is folded opens."""
    stops, reached = page.evaluate(STOPS), set()
    page.evaluate("() => document.getElementById('phase').focus()")
    for _ in range(2 * len(stops) + 10):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.dataset.stop"))
    assert set(stops) <= reached, "the keyboard does not reach everything"
    for nth in range(page.locator("main summary:visible").count()):
        folded = page.locator("main summary:visible").nth(nth)
        was = folded.evaluate("(one) => one.parentElement.open")
        folded.focus()
        page.keyboard.press("Enter")
        assert folded.evaluate("(one) => one.parentElement.open") != was


def ask(lesson: Lesson) -> None:
    """Ask what a move of one's own changed: one without scripts, one with the keyboard alone."""
    again(lesson.plain)
    lesson.plain.select_option("#move", index=0)
    send(lesson.plain, "Choose this move")
    lesson.plain.locator("input[name=option]").last.check()
    send(lesson.plain, "Run it")
    press(lesson.keys, "#move", "ArrowDown")
    tell(lesson.keys, "text=Choose this move")
    lesson.check(lesson.keys, "debrief_choose")
    press(lesson.keys, "input[name=option]", "Space")
    tell(lesson.keys, "text=Run it")
    lesson.keys.locator(".answer").first.wait_for(timeout=60_000)
    for _ in range(60):
        again(lesson.plain)
        if lesson.plain.locator(".answer").count():
            break
        time.sleep(0.2)
    for page in (lesson.plain, lesson.keys):
        assert page.locator(".answer").count() == 1, "each is told what it asked, and nothing of the other"
    lesson.check(lesson.keys, "debrief_answer")


def be_led(lesson: Lesson) -> None:
    """Turn the nine pages with the keyboard; all follow, each can be read without scripts and walked over with keys."""
    begun = time.monotonic()
    tell(lesson.lead, "text=Begin the debrief")
    lesson.screen.goto(lesson.server.address + "/projector")
    for step, one in enumerate(STEPS, 1):
        title = f"{step}. {one.title}"
        lesson.all_show(title, begun)
        assert lesson.keys.evaluate("() => document.activeElement.id") == "phase", "who follows is told of the new page"
        if step == SEAL_STEP + 1:
            for page in (lesson.students["critic"], lesson.projector):
                page.locator("svg.chart").first.wait_for(timeout=300_000)
                styled = page.locator(".chart .band").first.evaluate("(one) => getComputedStyle(one).opacity")
                assert styled == "0.25", "a page that followed without a reload has the styles of figures"
            shows(lesson.keys, "The curves as a table")
        if step == SEAL_STEP:
            shows(lesson.screen, "Open the seal")
            assert not lesson.projector.locator("text=Opened:").count()
            tell(lesson.screen, "text=Open the seal")
            shows(lesson.projector, "Opened:")
            shows(lesson.keys, "Opened:")
        if step == OWN_STEP:
            ask(lesson)
        again(lesson.plain)
        assert lesson.plain.inner_text("h1") == title
        read, phone = lesson.plain.inner_text("main"), lesson.students["critic"]
        told = phone.locator("main h2:visible, main figcaption:visible").all_inner_texts()
        assert [one for one in told if one not in read] == [], "what follows by itself can be read without scripts"
        walk(lesson.keys)
        lesson.check(lesson.students["critic"], f"debrief_seat_{step}")
        lesson.check(lesson.screen, f"debrief_projector_{step}")
        if step == 1:
            lesson.check(lesson.lead, "debrief_lead")
        if step < len(STEPS):
            begun = time.monotonic()
            tell(lesson.screen, f"text=Next: {STEPS[step].title}")


def test_a_class_plays_and_is_led_through_the_debrief(browser: Any, axe: str, tmp_path: Path) -> None:
    scenario, faults = load_scenario(SCENARIO), list[str]()
    with served(SCENARIO, tmp_path, few=True) as server:
        lesson = start(browser, server, lambda page, name: faults.extend(look(page, axe, name)))
        play(lesson, stages_of(scenario)[-1].round)
        be_led(lesson)
        whole = server.page(browser, "/debrief", PROJECTOR)
        lesson.check(whole, "debrief_whole")
        whole.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = false; })")
        assert printed(whole, "debrief_print") <= 8, "tables stay folded in print"
        waited = lesson.waited
        print(f"pages follow in {median(waited):.1f} s, {max(waited):.1f} s at most")
        assert faults == []
        assert server.faults == []
        assert server.foreign == []
        assert median(waited) < NEXT_SECONDS
    with ExitStack() as rooms:
        room = rooms.enter_context(Room(scenario, Log(server.log)))
        assert len(room.state.members) == len(SITTING) + 2
        assert len(room.state.beliefs) == 4
        kept = {(stage, one.seat, one.act): one.option for stage, all in enumerate(room.state.closed) for one in all}
        assert {KEYS, PLAIN, *SITTING[:3]} == {seat for _, seat, _ in kept}
        assert {key: kept.get(key, "") for key in lesson.given} == lesson.given, "what was acknowledged is kept"
        # the straight run of the same orders, in a room whose server was never killed
        whole = rooms.enter_context(
            Room.open_new(scenario, tmp_path / "whole.sqlite", room.state.account, room.state.seed)
        )
        for stage, orders in enumerate(room.state.closed):
            for one in orders:
                whole.order(one, stage)
            whole.close(stage)
        assert (whole.now.recorder.series == room.now.recorder.series).all()
