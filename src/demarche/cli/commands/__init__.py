"""Commands, one file each: a function of the file's name (`list_` in `list.py`), or a group of commands `app`."""

from __future__ import annotations

PANELS = {
    "From a question to a figure": ("run", "check", "design", "plot", "report", "compare", "results", "init"),
    "Why it came out so": ("events", "why", "schedule"),
    "How sure that is": (
        "reps", "sensitivity", "tornado", "discover", "arms", "reach", "liveness", "validate", "calibrate", "hindcast",
        "texts", "votes",
    ),
    "What there is": (
        "scenarios", "accounts", "cast", "rules", "claims", "decisions", "levers", "parameters", "outcomes", "calendar",
        "actors",
    ),
    "For a class": ("seminar",),
    "For files and pages": ("schema", "reference"),
}  # fmt: skip
"""Heading in the help -> commands under it, as a study goes along."""

ORDER = tuple(name for names in PANELS.values() for name in names)
"""A command that is not named here comes after the others."""
