"""The form of one case of a rule, and issue areas that differ, for the unit tests of rules."""

from __future__ import annotations

from typing import Any

Case = tuple[str, str, int, dict[str, Any], dict[str, Any], dict[str, Any]]
"""Rule, field, sign of its change, world, call, and the change of the world that silences the rule."""

ISSUES: dict[str, Any] = {
    "threatens_monopoly": [0.9, 0.7, 0.1, 0.5],
    "home_support": [0.1, 0.7, 0.9, 0.3],
    "foreign_interest": [0.9, 0.5, 0.3, 0.5],
    "tractability": [0.1, 0.3, 0.9, 0.5],
    "practice": 0.3,
    "structural_practice": 0.3,
    "formal_law": 0.5,
    "commitment": 0.4,
}
"""Four issue areas: two that touch the monopoly, one that does not, one between."""
