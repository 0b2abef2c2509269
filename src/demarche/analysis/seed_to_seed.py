"""Whether verdicts hold from seed to seed: undecided contradicts nothing, yes and no contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from demarche.history.scorecard.level import MOST_CONTRARY

COUNTED = (
    "Undecided counts as a word beside the other two. Waver: on more than one seed in twenty another word than on the "
    "most, undecided or not applicable on some, but not contrary. Contrary: one word on more than one seed in twenty, "
    "its opposite on more than one in twenty too."
)


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

    def on_nearly_all(self, seeds: int) -> bool:
        """Tell whether one word, undecided among them, is said on all seeds but one in twenty or fewer.

        Examples
        --------
        >>> Held(1, 19, 0).on_nearly_all(20), Held(0, 18, 2).on_nearly_all(20), Held(0, 0, 18).on_nearly_all(20)
        (True, False, False)
        """
        return seeds - max(self.yes, self.undecided, self.no) <= MOST_CONTRARY * seeds


def steadiness(held: Sequence[Held], seeds: int) -> str:
    """Return in words how many verdicts are the same word from seed to seed, how many waver and how many contradict.

    Examples
    --------
    >>> steadiness([Held(20, 0, 0), Held(19, 1, 0), Held(12, 8, 0), Held(10, 9, 1), Held(8, 4, 8)], 20)
    '2 of 5 (40%) are the same word on 19 of 20 seeds or more, 1 on all of them; 2 waver; 1 are contrary'
    """
    steady = sum(one.on_nearly_all(seeds) for one in held)
    whole = sum(max(one.yes, one.no, one.undecided) == seeds for one in held)
    flips = sum(one.flips for one in held)
    waver = sum(not one.on_nearly_all(seeds) and not one.flips for one in held)
    least = seeds - int(MOST_CONTRARY * seeds)
    return (
        f"{steady} of {len(held)} ({steady / max(len(held), 1):.0%}) are the same word on {least} of {seeds} seeds or "
        f"more, {whole} on all of them; {waver} waver; {flips} are contrary"
    )


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
