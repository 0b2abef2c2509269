"""Values by group of issues, spread over the issues."""

from __future__ import annotations

from demarche.arrays import Array


def by_group(
    political: Array, procedural: Array, social: Array, of_political: Array, of_procedural: Array, of_social: Array
) -> Array:
    """Return by issue `(n_issues, n_runs)` the value `(n_runs,)` of the group that it belongs to.

    Parameters
    ----------
    political, procedural, social
        1 for the issues of a group `(n_issues, 1)`, which together are all of them.
    of_political, of_procedural, of_social
        The value of each group `(n_runs,)`.
    """
    spread: Array = political * of_political + procedural * of_procedural + social * of_social
    return spread
