"""`report_page`, `deck_page` and `handout_page`: one HTML file each, with styles, script and pictures within it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from demarche.report.issues import words_of_side
from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.report.contents import Contents
    from demarche.report.deck import Slide
    from demarche.report.handout import Handout

MOST_BYTES = 3_000_000


def report_page(contents: Contents) -> str:
    """Return the report as one HTML page that asks for nothing from outside."""
    return _render("report.html.j2", it=contents, style=_part("report.css"), script=_part("report.js"))


def deck_page(contents: Contents, slides: tuple[Slide, ...]) -> str:
    """Return slides as one HTML page."""
    return _render("deck.html.j2", it=contents, slides=slides, style=_part("deck.css"), script=_part("deck.js"))


def handout_page(contents: Contents, sheet: Handout) -> str:
    """Return a hand-out of two printed pages as one HTML page."""
    return _render("handout.html.j2", it=contents, sheet=sheet, words_of_side=words_of_side, style=_part("handout.css"))


def _render(template: str, **given: Any) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(loader=PackageLoader("demarche.report"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    return made.get_template(template).render(version=__version__, **given).lstrip() + "\n"


def _part(name: str) -> str:
    return (resources.files("demarche.report") / "templates" / name).read_text(encoding="utf-8")
