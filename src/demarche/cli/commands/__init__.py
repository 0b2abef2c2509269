"""Commands, one file each: a function of the file's name (`list_` in `list.py`), or a group of commands `app`."""

from __future__ import annotations

ORDER = (
    "run", "check", "design", "plot", "report", "compare", "reps", "texts", "sensitivity", "tornado", "arms",
    "liveness", "reach", "discover", "validate", "calibrate", "hindcast", "events", "why", "schedule", "init",
    "schema", "reference", "results", "votes", "scenarios", "cast", "accounts", "rules", "claims", "decisions",
    "levers", "parameters", "outcomes", "calendar", "actors", "seminar",
)  # fmt: skip
"""As a study goes along, groups last; a command that is not named here comes after the others."""
