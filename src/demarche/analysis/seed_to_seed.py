"""Whether verdicts hold from seed to seed: undecided contradicts nothing, yes and no contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CONTRARY = 0.05
"""Share of seeds that may say the contrary of the others: one in twenty."""


@dataclass(frozen=True)
class Held:
    """On how many seeds a verdict is yes, undecided or no."""

    yes: int
    undecided: int
    no: int

    @property
    def flips(self) -> bool:
        """Tell whether more than one seed in twenty contradicts the others."""
        return min(self.yes, self.no) > MOST_CONTRARY * (self.yes + self.undecided + self.no)


def held_over(verdicts: Sequence[str]) -> Held:
    """Return how often each of `yes`, `undecided` and `no` is said.

    Examples
    --------
    >>> held_over(["yes"] * 19 + ["no"]).flips, held_over(["yes"] * 10 + ["no"] * 10).flips
    (False, True)
    >>> held_over(["yes"] * 10 + ["undecided"] * 10).flips
    False
    """
    return Held(verdicts.count("yes"), verdicts.count("undecided"), verdicts.count("no"))
