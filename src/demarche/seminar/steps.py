"""The steps of a debrief: what is on the projector, in order, and what the facilitator may read out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One short page of the debrief.

    Parameters
    ----------
    title
        Its heading.
    script
        What the facilitator may read out.
    """

    title: str
    script: str


STEPS: tuple[Step, ...] = (
    Step("Roles", "One word from each of you: how did your role feel? Nobody explains, nobody comments."),
    Step("The path", "What happened in which round? Where do said in public, said in private and did differ?"),
    Step("The seal", "What did you believe, and when did it change? Then we open the seal."),
    Step("Against the twin", "The same world and the same luck, but nobody in your seats. What did you change?"),
    Step("Under the other accounts", "The same moves in the other worlds. Where does the sign turn?"),
    Step("Why", "Pick one thing that the twin has not. Which rule made the difference, and who argues for it?"),
    Step("Your own counterfactual", "Ask on your phone what one move of yours changed. What did you expect?"),
    Step("The epilogue", "The world runs on. Which of the three curves would your government have seen?"),
    Step("The world outside", "Name one observation that would move you from the account you believe in to another."),
)  # fmt: skip
"""Feelings first, then what happened, then why, then what it has to do with the world."""

SEAL_STEP = 3
"""Steps after it tell the account, so the seal is opened there at the latest."""

OWN_STEP = 7
"""The step at which delegations ask for counterfactuals of their own."""
