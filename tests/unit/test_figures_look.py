from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from demarche.engine.variables import OUTCOMES, SERIES
from demarche.errors import DesignError
from demarche.figures import record
from demarche.figures.draw import picture_of, save
from demarche.figures.find import figures_of_experiments
from demarche.figures.kinds import accounts, persons, rollcall, talks
from demarche.figures.look import Look, look_of, pens, read_size, styled
from demarche.figures.sheet import empty_figure, words_of
from demarche.figures.titles import title_of, unit_of
from demarche.figures.view import View
from tests.unit.test_figures_tables import make_tables

FIGURES = figures_of_experiments()
NAMES = [f"arm {number}" for number in range(12)]

DEUTERANOPIA = np.array([
    [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
])  # fmt: skip
PROTANOPIA = np.array([
    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
])  # fmt: skip
"""What somebody sees without one kind of cones, in linear RGB (Machado, Oliveira and Fernandes 2009)."""
LUMINANCE = np.array([[0.2126, 0.7152, 0.0722]] * 3)
SIGHTS = {"usual": np.eye(3), "deuteranopia": DEUTERANOPIA, "protanopia": PROTANOPIA, "grey": LUMINANCE}


def seen(picture: NDArray[np.float64], sight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a picture `(high, wide, 3)` as somebody sees it, in 0 to 1."""
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    found = np.clip(linear @ sight.T, 0.0, 1.0)
    return np.where(found <= 0.0031308, 12.92 * found, 1.055 * found ** (1 / 2.4) - 0.055)


def drawn(artists: dict[str, dict[str, object]]) -> dict[str, NDArray[np.float64]]:
    """Return name -> picture of a short line or mark drawn alone, as it stands in a legend."""
    found = {}
    for name, looks in artists.items():
        figure = empty_figure(0.9, 0.25, Look())
        ax = figure.add_axes((0, 0, 1, 1))
        ax.plot([0.05, 0.5, 0.95], [0.5, 0.5, 0.5], **looks)
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        ax.set_axis_off()
        figure.canvas.draw()
        found[name] = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255.0  # type: ignore[attr-defined]
    return found


def share_that_differs(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return how many pixels differ visibly, as a share of those that are inked in either."""
    inked = (one.min(axis=2) < 0.9) | (other.min(axis=2) < 0.9)
    apart = np.abs(one - other).max(axis=2) > 0.25
    return float(apart.sum() / inked.sum())


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("style", ["paper", "grey", "slide"])
def test_twelve_lines_are_told_apart_in_every_sight(sight: str, style: str) -> None:
    look = Look(style)
    found = pens(NAMES, NAMES[0], look)
    lines = drawn({name: {"color": pen.colour, "linestyle": pen.linestyle, "marker": pen.marker, "linewidth": pen.width,
                          "markersize": look.sizes.mark, "markerfacecolor": pen.face}
                   for name, pen in found.items()})  # fmt: skip
    for one, other in itertools.combinations(NAMES, 2):
        assert share_that_differs(*(seen(lines[name], SIGHTS[sight]) for name in (one, other))) > 0.1, (one, other)


def test_the_simulation_sees_that_colour_alone_is_not_enough() -> None:
    lines = drawn({"red": {"color": "#c0504d", "linewidth": 1.3}, "green": {"color": "#7a8a30", "linewidth": 1.3}})
    assert share_that_differs(*(seen(one, SIGHTS["usual"]) for one in lines.values())) > 0.1
    assert share_that_differs(*(seen(one, SIGHTS["deuteranopia"]) for one in lines.values())) < 0.1


MARKS = {
    "accounts": {
        name: (marker, colour if side else "#ffffff") for side, (marker, colour, name) in accounts.MARKS.items()
    },
    "persons": {name: (marker, colour) for name, (marker, colour, _) in persons.MARKS.items()},
    "rollcall": {name: (marker, colour) for name, (marker, colour, _, _) in rollcall.CHOICES.items()},
}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("kind", MARKS)
def test_marks_are_told_apart_in_every_sight(kind: str, sight: str) -> None:
    shown = drawn({name: {"marker": marker, "color": colour, "markeredgecolor": "#222222", "linestyle": "none",
                          "markersize": 9} for name, (marker, colour) in MARKS[kind].items()})  # fmt: skip
    for one, other in itertools.combinations(shown, 2):
        assert share_that_differs(*(seen(shown[name], SIGHTS[sight]) for name in (one, other))) > 0.1, (one, other)


def test_ways_of_speaking_differ_by_dashes() -> None:
    assert len({str(dashes) for _, dashes, _ in talks.WAYS.values()}) >= 3
    assert len(set(talks.GREYS.values())) == len(talks.WAYS)


def test_the_record_and_rings_have_no_colour_in_grey() -> None:
    assert record.mark(Look("grey"))["color"] == Look("grey").of_record == "#000000"
    assert record.mark(Look())["color"] != "#000000"


def test_dashes_of_a_thick_line_are_as_short_as_those_of_a_thin_one() -> None:
    _, dashes, _ = talks.WAYS["private"]
    for wide in (0.5, 2.0, 7.0, 13.0):
        drawn_points = sum(talks.short_dashes(dashes, wide)[1]) * wide  # Matplotlib multiplies dashes by the width
        assert drawn_points <= sum(dashes[1]) * talks.LONGEST + 1e-9
    assert talks.short_dashes("-", 7.0) == "-"


def test_a_slide_has_the_pixels_of_a_projector() -> None:
    figure = FIGURES["accounts"](make_tables(), View(), Look("slide"))
    assert tuple(np.round(figure.get_size_inches() * figure.dpi, 6)) == (1280, 720)
    figure.canvas.draw()
    assert np.asarray(figure.canvas.buffer_rgba()).shape[:2] == (720, 1280)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["12cm", "12x", "axb cm", "12x7", "0x7cm", "1.2.3x4cm", "9000x7cm"])
def test_a_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DesignError, match=r"--size: .*(.|\n)*Found: .*Expected: width x height with cm"):
        read_size(text)


def test_a_size_may_be_said_in_four_units() -> None:
    assert read_size("12x7cm") == pytest.approx((12 / 2.54, 7 / 2.54))
    assert read_size("120 × 70 mm") == read_size("12x7cm")
    assert read_size("5x3in") == (5, 3)
    with pytest.raises(DesignError, match="Did you mean 'slide'"):
        look_of("slides")


def test_every_outcome_and_series_has_a_title_in_words() -> None:
    names = [*OUTCOMES, *(spec.name for spec in SERIES)]
    titles = {name: title_of(name) for name in names}
    assert not {name: title for name, title in titles.items() if "_" in title or not title[0].isupper()}
    of_outcomes = [titles[name] for name in OUTCOMES]
    assert len(of_outcomes) == len(set(of_outcomes))
    assert all(unit_of(name) for name in names)
    assert title_of("practice_civil_political", {"civil_political": "Speech"}) == "Speech: practice"


@pytest.mark.long
def test_text_stays_text_and_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    tables = make_tables()
    figure = FIGURES["difference"](tables)
    written = save(figure, tmp_path, "difference", formats=("svg", "pdf", "png"))
    assert [path.name for path in written] == [f"difference.{kind}" for kind in ("svg", "pdf", "png", "txt")]
    title, _, alt = words_of(figure)
    svg = written[0].read_text(encoding="utf-8")
    assert re.search(r'<svg [^>]*role="img">\s*<title>Effect of quiet instead of vocal', svg)
    assert "<desc>Fan chart of differences over years. Account c +3.0 persons" in svg
    assert ">+3.0 persons (" in svg, "text is text, not outlines"
    assert b"/Subtype /Type0" in written[1].read_bytes() or b"/TrueType" in written[1].read_bytes()
    assert alt[:30].encode() in written[2].read_bytes()
    told = written[3].read_text(encoding="utf-8")
    assert told.startswith(title)
    assert f"In words: {alt}" in told
    again = FIGURES["difference"](make_tables())
    assert picture_of(again, "svg") == written[0].read_bytes()
    assert picture_of(again, "pdf") == written[1].read_bytes()


def test_a_dollar_is_a_dollar() -> None:
    with styled():
        figure = empty_figure(3, 1, Look())
        text = figure.text(0.1, 0.1, r"$\frac$ and $5")
        assert not text.get_parse_math()
        figure.canvas.draw()


@pytest.mark.long
def test_a_grey_picture_has_no_colour() -> None:
    for name in ("path", "difference", "contrast", "accounts", "persons", "votes", "rollcall"):
        tables = make_tables()
        figure = FIGURES[name](tables, View(), Look("grey"))
        figure.canvas.draw()
        pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(int)  # type: ignore[attr-defined]
        assert not (np.ptp(pixels, axis=2) > 24).any(), name
