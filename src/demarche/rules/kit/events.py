"""Codes of events by their labels."""

from __future__ import annotations

from collections.abc import Sequence


def code_of(labels: Sequence[str], label: str) -> int:
    """Return the code of a label: its place among the labels of its event field, counted from 1."""
    return labels.index(label) + 1
