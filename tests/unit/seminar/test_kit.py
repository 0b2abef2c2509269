"""The kit: the plan keeps time for the debrief, sheets promise what seats have, pages are whole."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

import pytest
from markupsafe import escape

from demarche.claims import load_register
from demarche.errors import ScenarioError
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.seminar.kit import PAGES, plan_of, sheets_of, write_kit
from demarche.seminar.timeline import need_seminar, stages_of
from tests.conftest import ROOT
from tests.unit.seminar.conftest import read_cast

BUNDLED = {"quiet_or_vocal": (6, 75), "quiet_or_vocal_invented": (4, 50), "tariff_deadline": (8, 90)}


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_seminars_fit_their_time_and_promise_what_they_have(name: str) -> None:
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml", read_cast)
    rounds, minutes = BUNDLED[name]
    plan, sheets = plan_of(scenario), sheets_of(scenario)
    assert stages_of(scenario)[-1].round == rounds == len(plan) - 2
    assert plan[-1].last <= minutes
    assert plan[-1].last - plan[-1].first >= plan[-1].last / 3, "a debrief takes at least a third of the time"
    assert all(one.last == other.first for one, other in pairwise(plan))
    for sheet in sheets:
        promised = {act.name for act in (*sheet.year, *sheet.session)}
        assert promised == set(sheet.seat.acts), "every act of a seat can be ordered in some round"
        assert sheet.seat.purpose
        assert sheet.seat.dilemma
        assert len(sheet.passages) == 2, "one that argues for an option and one that argues otherwise"
        assert bool(sheet.votes) == bool(sheet.session)


def test_sheets_name_document_and_section_of_what_they_tell(tmp_path: Path) -> None:
    scenario = load_scenario(ROOT / "scenarios" / "quiet_or_vocal_invented.yaml", read_cast)
    write_kit(scenario, tmp_path)
    text = (tmp_path / "sheets.html").read_text(encoding="utf-8")
    register = load_register()
    titles = {one.nick: one.title for one in register.sources}
    for seat in need_seminar(scenario).seats.values():
        for claim in map(register.claim, seat.passages):
            assert str(escape(claim.paraphrase)) in text
            assert str(escape(f"{titles[claim.document]}, {claim.section}; {claim.id}")) in text
    assert text.count("Your dilemma") == len(need_seminar(scenario).seats)
    assert text.count("What you do</h2>") == 1, "the press writes, all others choose"


def test_a_kit_is_written_from_the_file(small: Scenario, tmp_path: Path) -> None:
    written = write_kit(small, tmp_path / "kit")
    assert {path.stem for path in written} == set(PAGES)
    sheets = (tmp_path / "kit" / "sheets.html").read_text(encoding="utf-8")
    assert sheets.count('class="sheet"') == len(need_seminar(small).seats)
    assert "You have a seat in 1991, 1992" in sheets
    texts = [path.read_text(encoding="utf-8") for path in written]
    assert not any("http://" in text or "https://" in text or "<script" in text for text in texts)
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}"
    write_kit(dataclasses.replace(small, title=hostile, question=hostile), tmp_path / "hostile")
    for path in (tmp_path / "hostile").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in text
    with pytest.raises(ScenarioError, match="already exists"):
        write_kit(small, tmp_path / "kit")
