"""Official talks between a sender and the focal state."""

from __future__ import annotations

from demarche.arrays import Array


def talks_on(has_dialogue: Array, dialogue_suspended: Array) -> Array:
    """Return 1 where talks were begun and are not broken off, else 0; of both fields the same cells, any shape."""
    running: Array = has_dialogue * (1.0 - dialogue_suspended)
    return running
