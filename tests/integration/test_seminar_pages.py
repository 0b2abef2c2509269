"""Every page of the class game, the kit and the explorer in a real browser: axe, width, print, keyboard."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import (
    BUNDLED,
    PATIENCE,
    PHONE,
    PROJECTOR,
    SHOTS,
    believe,
    browser,
    close,
    code_of,
    order,
    send,
    served,
    shoot,
    shows,
    sit,
)
from tests.integration.test_seminar_explore import explorer

from demarche.scenario.load import load_scenario
from demarche.seminar.kit import PAGES, sheets_of, write_kit
from demarche.seminar.steps import OWN_STEP, SEAL_STEP, STEPS

__all__ = ["browser"]
pytestmark = [pytest.mark.long, pytest.mark.classroom]
A4 = {"format": "A4", "prefer_css_page_size": True}
FOUND = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).slice(0, 3).join(" | "));
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the text of axe-core, which a package of Python carries."""
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe-core is carried by axe-playwright-python, which is not installed")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def look(page: Any, axe: str, name: str, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """Return what axe finds on a page, and whether it is wider than its window; take a picture of it."""
    page.emulate_media(reduced_motion="reduce")
    for one in page.locator("details").all():
        one.evaluate("(one) => { one.open = true; }")
    faults = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(axe)
        faults += [f"{name} ({scheme}): {one}" for one in page.evaluate(FOUND)]
    page.emulate_media(color_scheme="light")
    if (more := page.evaluate(WIDER)) > 0:
        faults.append(f"{name}: {more} pixels wider than the window")
    shoot(page, name)
    return faults


def test_every_page_of_a_room_is_fit_for_all(browser: Any, axe: str, tmp_path: Path) -> None:
    path, faults = ROOT / "scenarios" / "quiet_or_vocal_invented.yaml", []
    with served(path, tmp_path) as server:
        code, lead = code_of(server), server.page(browser, f"/key/{server.key}", PHONE)
        projector = server.page(browser, "/projector", PROJECTOR)
        first = server.page(browser, "/", PHONE)
        faults += look(first, axe, "start")
        faults += look(server.page(browser, f"/?code={code}", PHONE), axe, "seats")
        faults += look(server.page(browser, "/seat", PHONE), axe, "refused")
        seats = [sit(server, browser, code, seat) for seat in ("critic", "france", "monitors")]
        for page, name in ((seats[0], "seat_critic"), (seats[2], "seat_monitors"), (lead, "lead"),
                           (projector, "projector")):  # fmt: skip
            faults += look(page, axe, f"{name}_begin")
        for number in range(1, 5):
            for closing in ("year", "session"):
                for nth, page in enumerate(seats):
                    order(page, 2 + nth + number)
                if closing == "year":
                    seats[1].fill("#text", "We will speak for ourselves this year.")
                    send(seats[1], "Say it")
                close(lead, closing)
                told = ": the session" if closing == "year" else f"Round {number + 1} of 4" if number < 4 else "over"
                for page in (*seats, projector):
                    shows(page, told)
                if number == 2 and closing == "year":
                    faults += look(seats[0], axe, "seat_critic_session") + look(projector, axe, "projector_session")
        faults += look(seats[0], axe, "seat_critic_over")
        believe(seats[0])
        send(lead, "Begin the debrief")
        for step in range(1, len(STEPS) + 1):
            for page, name in ((seats[0], "debrief_seat"), (projector, "debrief_projector"), (lead, "debrief_lead")):
                if page is not lead:
                    shows(page, f"{step}. {STEPS[step - 1].title}")
                if step > SEAL_STEP and page is not lead and step in (4, 5, 8):
                    page.locator("svg").first.wait_for(timeout=300_000)
                faults += look(page, axe, f"{name}_{step}")
            if step == SEAL_STEP:
                send(lead, "Open the seal")
                shows(projector, "Opened:")
                faults += look(projector, axe, "debrief_projector_opened")
            if step == OWN_STEP:
                seats[0].select_option("#move", index=1)
                send(seats[0], "Choose this move")
                faults += look(seats[0], axe, "debrief_seat_choose")
                seats[0].locator("input[name=option]").first.check()
                send(seats[0], "Run it")
                seats[0].locator(".answer").first.wait_for(timeout=60_000)
                faults += look(seats[0], axe, "debrief_seat_answer")
            if step < len(STEPS):
                send(lead, f"Next: {STEPS[step].title}")
        whole = server.page(browser, "/debrief", PROJECTOR)
        faults += look(whole, axe, "debrief_whole")
        for one in whole.locator("details").all():
            one.evaluate("(one) => { one.open = false; }")
        assert printed(whole, "debrief_print") <= 8, "tables stay folded in print"
        assert faults == []
        # a browser tells of a page that is refused, which it was asked for
        assert [one for one in server.faults if "403" not in one] == []
        assert server.foreign == []


def printed(page: Any, name: str) -> int:
    """Return on how many pages a page prints; keep it where pictures are kept."""
    made: bytes = page.pdf(**A4)
    if SHOTS:
        (Path(SHOTS) / f"{name}.pdf").write_bytes(made)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))


@pytest.mark.parametrize("name", BUNDLED)
def test_a_kit_prints_one_page_a_sheet(name: str, browser: Any, axe: str, tmp_path: Path) -> None:
    scenario, faults = load_scenario(ROOT / "scenarios" / f"{name}.yaml"), []
    write_kit(scenario, tmp_path)
    pages = {}
    for one in PAGES:
        page = browser.new_context(viewport=PROJECTOR).new_page()
        page.goto((tmp_path / f"{one}.html").as_uri())
        faults += look(page, axe, f"{name}_kit_{one}", ("light",))
        pages[one] = printed(page, f"{name}_kit_{one}")
        page.close()
    assert faults == []
    assert pages["sheets"] == len(sheets_of(scenario)), "one page a sheet"
    assert pages.pop("plan") <= 2
    expected = {"slides": 15, "worksheet": 1, "quiz": 2, "rubric": 1, "consent": 1}
    assert {name: n for name, n in pages.items() if name != "sheets"} == expected


def test_the_explorer_is_fit_for_all(browser: Any, axe: str) -> None:
    with explorer() as (address, _):
        faults = []
        for size, name in ((PROJECTOR, "explorer_projector"), (PHONE, "explorer_phone")):
            page = browser.new_context(viewport=size).new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            page.locator("#said", has_text="200 pairs.").wait_for(timeout=120_000)
            faults += look(page, axe, name)
            assert page.locator("#beside svg polyline").count() == 3
            box = page.locator("#fan").bounding_box()
            page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
            page.wait_for_url("**/year?**")
            assert "year=199" in page.url
            faults += look(page, axe, f"{name}_year")
            page.locator("a", has_text="why").first.click()
            page.wait_for_url("**/why?**")
            assert page.locator("h2", has_text="The rules behind it").count() == 1
            faults += look(page, axe, f"{name}_why")
        assert faults == []
