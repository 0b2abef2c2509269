"""Where the uncertain parameters of an experiment have their values from, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

From = Literal["medians", "prior", "posterior"]
MEDIANS: From = "medians"
PRIOR: From = "prior"
POSTERIOR: From = "posterior"
WORDS: Mapping[str, str] = {
    MEDIANS: "at the account's medians: intervals show luck alone",
    PRIOR: "drawn from the account's prior: intervals show draws and luck",
    POSTERIOR: "drawn from the account's posterior: intervals show draws and luck",
}
"""What a reader must know of runs whose parameters have their values from somewhere."""
BRIEF: Mapping[str, str] = {
    MEDIANS: "at the account's medians", PRIOR: "draws of the prior", POSTERIOR: "draws of the posterior"
}  # fmt: skip
"""The same beside an interval."""


def parameters_from(experiment: Mapping[str, Any]) -> str:
    """Return where the parameters of results have their values from, of what a manifest says of its experiment.

    Manifests of earlier versions do not say it, but only draws differed from medians, and those of a posterior
    name what they were learned from.

    Examples
    --------
    >>> parameters_from({"places": ["point", "replication"]}), parameters_from({"places": ["draw", "luck"]})
    ('medians', 'prior')
    >>> parameters_from({"learned": {"common": {}}}), parameters_from({"parameters_from": "medians"})
    ('posterior', 'medians')
    """
    if "parameters_from" in experiment:
        return str(experiment["parameters_from"])
    if experiment.get("learned"):
        return POSTERIOR
    return PRIOR if "draw" in experiment.get("places", ()) else MEDIANS


def in_words(said: str, varied: bool) -> str:
    """Return in a sentence where parameters have their values from; empty if nobody says.

    Parameters
    ----------
    said
        `medians`, `prior`, `posterior`, or empty.
    varied
        Whether a design varies some parameters besides.

    Examples
    --------
    >>> in_words("medians", False)
    "Parameters at the account's medians: intervals show luck alone."
    >>> in_words("medians", True)
    "Parameters that do not vary at the account's medians."
    """
    if not said:
        return ""
    if said == MEDIANS and varied:
        return f"Parameters that do not vary {BRIEF[MEDIANS]}."
    return f"Parameters {WORDS[said]}."
