"""Pages as templates: every value is escaped, nothing comes from outside, forms work without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.shown import digits_of

if TYPE_CHECKING:
    from jinja2 import Environment

WORDS = {
    "silent": "say nothing", "private": "speak in private", "public": "speak in public",
    "both": "half in private, half in public", "private_first": "in private first, in public after three silent rounds",
    "vote_no_action": "Vote on taking no action", "vote_text": "Vote on the text",
}  # fmt: skip
"""Name of an option or act -> how a page says it; others are shown with spaces for underscores."""


def spoken(name: str) -> str:
    """Return how a page says a name.

    Examples
    --------
    >>> spoken("stay_out"), spoken("silent")
    ('stay out', 'say nothing')
    """
    return WORDS.get(name, name.replace("_", " "))


def clock(seconds: int) -> str:
    """Return seconds as minutes and seconds; a late clock shows 0:00.

    Examples
    --------
    >>> clock(95), clock(-3)
    ('1:35', '0:00')
    """
    return f"{max(seconds, 0) // 60}:{max(seconds, 0) % 60:02d}"


def figure(value: float, unit: str) -> str:
    """Return a difference as a page shows it, signed unless it is 0, in the digits that its unit deserves.

    Examples
    --------
    >>> figure(1.26, "persons"), figure(-0.0004, "share")
    ('+1.3', '0.000')
    """
    shown, digits = round(value, digits_of(unit)), digits_of(unit)
    return f"{shown:+.{digits}f}" if shown else f"{0.0:.{digits}f}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("demarche.seminar", "pages"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"spoken": spoken, "clock": clock, "figure": figure}
    return made


def template_text(name: str) -> str:
    """Return a file that lies beside the templates, such as a style sheet."""
    return files("demarche.seminar.pages").joinpath(name).read_text(encoding="utf-8")


def render(name: str, frame: Mapping[str, Any]) -> str:
    """Return a page.

    Parameters
    ----------
    name
        File of the template.
    frame
        What it shows.
    """
    return _environment().get_template(name).render({"fault": "", **frame, "frame": frame})
