"""How far a results folder is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demarche.experiment.run.status import Status


def runs_there(status: Status) -> str:
    """Return how many runs are there, and of how many if some are missing."""
    if not status.counts:
        return "-"
    there, total = status.counts["done"] + status.counts["failed"], status.counts["total"]
    return f"{total:,}" if there == total else f"{there:,} of {total:,}"
