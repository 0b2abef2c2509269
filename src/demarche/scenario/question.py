"""The one answer to what is shown of a scenario, which two arms are compared, and to which arm all others are.

Command line, figures, report and Python ask here, so that they cannot tell different stories of one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What a batch is asked.

    Parameters
    ----------
    outcomes
        Outcomes to show, in order.
    contrast
        Two arms: the first minus the second is told first; empty if there is one arm.
    reference
        Arm to which all others are compared.
    baseline
        Arm that sets nothing; empty if there is none.
    """

    outcomes: tuple[str, ...]
    contrast: tuple[str, ...]
    reference: str
    baseline: str = ""

    def among(self, arms: Sequence[str]) -> Question:
        """Return the question that can be put to some arms only."""
        contrast = self.contrast if set(self.contrast) <= set(arms) else ()
        reference = self.reference if self.reference in arms else ""
        return ask(arms, self.outcomes, contrast, reference, self.baseline if self.baseline in arms else "")


def ask(
    arms: Sequence[str],
    outcomes: Sequence[str],
    contrast: Sequence[str] = (),
    reference: str = "",
    baseline: str = "",
) -> Question:
    """Return the question of a scenario; what it does not state follows from its arms.

    Parameters
    ----------
    arms
        Names in the order of the scenario, at least one.
    outcomes
        Outcomes to show.
    contrast
        Two arms; if empty the first two that set something, or the only one of these and the baseline.
    reference
        An arm; if empty the baseline, or without one the second of the contrast.
    baseline
        The arm that sets nothing, empty if there is none.

    Examples
    --------
    >>> ask(["as_it_was", "quiet", "vocal"], ["releases"], baseline="as_it_was").contrast
    ('quiet', 'vocal')
    >>> asked = ask(["as_it_was", "open"], ["releases"], baseline="as_it_was")
    >>> asked.contrast, asked.reference
    (('open', 'as_it_was'), 'as_it_was')
    >>> ask(["quiet", "vocal"], ["releases"]).reference
    'vocal'
    """
    pair = tuple(contrast)
    if not pair:
        moved = [arm for arm in arms if arm != baseline]
        pair = tuple((*moved, *([baseline] if baseline else []))[:2])
    told = pair if len(pair) == 2 else ()
    return Question(tuple(outcomes), told, reference or baseline or (told or tuple(arms))[-1], baseline)
