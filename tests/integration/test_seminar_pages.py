"""Every page of the kit and the explorer in a real browser: axe, width, print; looks that other tests share."""

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
    browser,
    shoot,
)
from tests.integration.test_seminar_explore import explorer

from demarche.scenario.load import load_scenario
from demarche.seminar.kit import PAGES, sheets_of, write_kit

__all__ = ["browser"]
pytestmark = [pytest.mark.long, pytest.mark.lesson]
A4 = {"format": "A4", "prefer_css_page_size": True}
FOUND = """async (rules) => {
  const only = rules ? { runOnly: rules } : {};
  const found = await axe.run(document, { resultTypes: ["violations"], ...only });
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


COLOURS = {"light": None, "dark": ["color-contrast"]}
"""Scheme -> rules of axe that are asked; all once, since a scheme changes colours alone."""


def look(page: Any, axe: str, name: str, schemes: tuple[str, ...] = tuple(COLOURS)) -> list[str]:
    """Return what axe finds on a page, and whether it is wider than its window; take a picture of it."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    faults = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        faults += [f"{name} ({scheme}): {one}" for one in page.evaluate(FOUND, COLOURS[scheme])]
    page.emulate_media(color_scheme="light")
    if (more := page.evaluate(WIDER)) > 0:
        faults.append(f"{name}: {more} pixels wider than the window")
    shoot(page, name)
    return faults


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
    def both(page: Any, name: str) -> list[str]:
        found = look(page, axe, f"explorer_projector{name}")
        page.set_viewport_size(PHONE)
        found += look(page, axe, f"explorer_phone{name}")
        page.set_viewport_size(PROJECTOR)
        return found

    with explorer() as (address, _):
        page = browser.new_context(viewport=PROJECTOR).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.locator("#said", has_text=re.compile(r"\b(40|200) pairs\.")).wait_for(timeout=120_000)
        faults = both(page, "")
        assert page.locator("#beside svg polyline").count() == 3
        page.locator("#fan").scroll_into_view_if_needed()
        box = page.locator("#fan").bounding_box()
        page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
        page.wait_for_url("**/year?**")
        assert "year=199" in page.url
        faults += both(page, "_year")
        page.locator("a", has_text="why").first.click()
        page.wait_for_url("**/why?**")
        assert page.locator("h2", has_text="The rules behind it").count() == 1
        faults += both(page, "_why")
        assert faults == []
