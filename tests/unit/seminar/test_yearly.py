"""Figures while a class plays: closed rounds alone, and nothing that is not in the frame of who looks."""

from __future__ import annotations

from typing import Any

from demarche.seminar.pages import render
from demarche.seminar.yearly import figures_of


def frame_of(n_rounds: int, closing: str, **more: Any) -> dict[str, Any]:
    """Return a frame with so many rounds of which something is closed."""
    rounds = [
        {"round": one, "year": 1990 + one, "headline": "little" if one % 2 else "much",
         "acts": {"releases": one, "detentions": 9}, "sponsors": ["France"] * one}
        for one in range(1, n_rounds + 1)
    ]  # fmt: skip
    return {"rounds": rounds, "round": n_rounds if closing == "session" else n_rounds + 1, "closing": closing, **more}


def test_a_curve_needs_two_rounds_that_are_closed() -> None:
    assert figures_of(frame_of(1, "year")) == []
    assert figures_of(frame_of(2, "session")) == [], "the session of the second is still to come"
    three = figures_of(frame_of(3, "session"))
    assert {one.years for one in three} == {(1991, 1992)}
    last = frame_of(3, "over")
    last["round"] = 3
    assert {one.years for one in figures_of(last)} == {(1991, 1992, 1993)}, "the last round is drawn once all is over"


def test_figures_show_what_the_frame_holds() -> None:
    persons, sponsors, headlines = figures_of(frame_of(3, "year"))
    assert persons.curves == {"releases": (1, 2, 3), "detentions": (9, 9, 9)}
    assert persons.legend == "line: releases; dashes: detentions"
    assert persons.told == "Persons, a round, 1991 to 1993: releases 1, 2, 3; detentions 9, 9, 9"
    places = {style: line.split() for style, line in persons.chart.curves.items()}
    assert len({one.split(",")[1] for one in places["twin"]}) == 1, "nine every year is a level line"
    heights = [float(one.split(",")[1]) for one in places["mean"]]
    assert heights == sorted(heights, reverse=True), "more lies higher"
    assert sponsors.curves == {"sponsors": (1, 2, 3)}
    assert headlines.curves == {"headlines": ("little", "much", "little")}
    bare = frame_of(3, "year")
    for one in bare["rounds"]:
        one["acts"] = {"exiles": 1}
    assert [one.title for one in figures_of(bare)] == ["Sponsors", "In the headlines"], "what is not seen is not drawn"


def test_reports_are_drawn_for_those_who_read_them_alone() -> None:
    reports = [{"round": one, "year": 1990 + one, "core": 0.2 + 0.1 * one, "social": 0.1} for one in range(3)]
    assert len(figures_of(frame_of(3, "year"))) == 3
    *_, drawn = figures_of(frame_of(3, "year", reports=reports))
    assert drawn.years == (1991, 1992), "the years before the first round are one number, and no point of a curve"
    assert list(drawn.curves) == ["core", "social"]
    late = figures_of(frame_of(3, "year", reports=reports[:2]))
    assert len(late) == 3, "one report is no curve"


def test_the_page_draws_them_with_a_table_behind() -> None:
    figures = figures_of(frame_of(3, "year"))
    frame = {
        **frame_of(3, "year"), "title": "A class", "step": 0, "leads": False, "said": "", "version": "", "news": "",
        "figures": figures, "n_rounds": 4, "year": 1994, "paused": True, "press": [], "before": None, "statements": [],
        "address": "here", "code": "ABC", "seats": [], "seal": "0", "opened": False, "debriefed": False, "steps": (),
    }  # fmt: skip
    for one in frame["rounds"]:
        one |= {"protest": "quiet", "lead": [], "outcome": [], "margin": None, "rolls": {}}
    page = " ".join(render("projector.html", frame).split())
    assert page.count('<svg class="chart"') == len(figures) == 3
    assert '<tr><th scope="row">1993</th><td>3</td><td>9</td></tr>' in page
    assert "Round by round" not in render("projector.html", {**frame, "figures": []})
