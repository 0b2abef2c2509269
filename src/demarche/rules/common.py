"""Parameters that belong to no rule: temperatures of decisions, and levers that are swept over what arms say."""

from __future__ import annotations

import math
from functools import cache

from demarche.rules.contract import Parameter
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.levers import LEVER_PATHS, LeverPart


@cache
def common_parameters() -> dict[str, Parameter]:
    """Return them by path: `decision.<name>.temperature`, `lever.<name>[.<part>]`."""
    of_decisions = {f"decision.{one.name}.temperature": _temperature(one) for one in DECISIONS}
    return {**of_decisions, **{path: _lever(path, part) for path, part in LEVER_PATHS.items()}}


def _temperature(decision: Decision) -> Parameter:
    scale = decision.temperature
    meaning = f"unexplained part of the decision {decision.name}: chances go with exp(utility / temperature)"
    return Parameter("temperature", scale.default, scale.low, scale.high, "utility", meaning, scale.source)


def _lever(path: str, part: LeverPart) -> Parameter:
    """Return a lever's part as a parameter: NaN, its default, leaves what the arm says."""
    meaning = f"{part.meaning}, for all senders alike and in all months, over what the arm says"
    return Parameter(path.partition(".")[2], math.nan, part.low, part.high, part.unit, meaning, "a lever", "lever")
