"""Scripts of classes that nobody plays: nobody, one seat at its extremes, all quiet or vocal, at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from demarche.scenario.content import Arm, Scenario
from demarche.seminar.orders import Legal, Order, Rulebook
from demarche.seminar.timeline import NOBODY, Stage, need_seminar, stages_of

Pick = Callable[[Legal], tuple[str, tuple[str, ...]] | None]
"""Of what is legal: option and whom it names; None leaves it to the rules."""

POSTURE = "posture"


def first_option(legal: Legal) -> tuple[str, tuple[str, ...]]:
    """Return the first option of an act, naming the first that it may."""
    return legal.options[0], legal.targets[: legal.act.most]


def last_option(legal: Legal) -> tuple[str, tuple[str, ...]]:
    """Return the last option of an act, naming the last that it may."""
    return legal.options[-1], legal.targets[-legal.act.most :] if legal.targets else ()


def posture(option: str) -> Pick:
    """Return a pick that takes a posture and leaves all else to the rules."""
    return lambda legal: (option, ()) if legal.act.name == POSTURE else None


def at_random(seed: int) -> Pick:
    """Return a pick that leaves an act to the rules or takes any of its options, each as likely."""
    luck = random.Random(seed)

    def pick(legal: Legal) -> tuple[str, tuple[str, ...]] | None:
        option = luck.choice((None, *legal.options))
        if option is None:
            return None
        named = luck.sample(legal.targets, luck.randint(1, legal.act.most)) if legal.targets else []
        return option, tuple(named)

    return pick


CAMPAIGN = {
    "sponsor": "lead", "consult": "majority", "canvass": "assist", "vote_no_action": "no", "vote_text": "yes",
}  # fmt: skip
"""What a class does that wants a text adopted: act -> option; conduct is left to the ministry."""

SPOIL = {"sponsor": "stay_out", "consult": "unanimity", "vote_no_action": "yes", "vote_text": "no"}
"""What a class does that wants no text adopted."""


def bent_on(options: Mapping[str, str], seed: int) -> Pick:
    """Return a pick that takes an option of each act that is named, calls on capitals by lot, and leaves the rest."""
    luck = random.Random(seed)

    def pick(legal: Legal) -> tuple[str, tuple[str, ...]] | None:
        option = options.get(legal.act.name)
        if option not in legal.options:
            return None
        named = luck.sample(legal.targets, min(legal.act.most, len(legal.targets)))
        return option, tuple(named)

    return pick


class Scripts:
    """Writes the arms of classes that nobody plays.

    Parameters
    ----------
    scenario
        With a seminar.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.seminar, self.stages = need_seminar(scenario), stages_of(scenario)
        self._rulebook = Rulebook(scenario)
        self._legal: dict[tuple[str, int], tuple[Legal, ...]] = {}

    def arm(self, name: str, pick: Pick, seats: Sequence[str] = ()) -> Arm:
        """Return the arm of a class whose seats (all if none is named) order in each stage what `pick` takes."""
        import dataclasses

        closed: list[tuple[Stage, list[Order]]] = []
        for place, stage in enumerate(self.stages):
            orders = []
            for seat in seats or self.seminar.seats:
                for legal in self._legal_of(seat, place):
                    if (taken := pick(legal)) is not None:
                        orders.append(Order(seat, legal.act.name, *taken))
            closed.append((stage, orders))
        return dataclasses.replace(self._rulebook.arm(closed), name=name, title=name)

    def nobody(self) -> Arm:
        """Return the arm in which nobody sits."""
        return self.arm(NOBODY, lambda legal: None)

    def _legal_of(self, seat: str, place: int) -> tuple[Legal, ...]:
        if (seat, place) not in self._legal:
            self._legal[seat, place] = self._rulebook.legal(self.seminar.seats[seat], self.stages[place])
        return self._legal[seat, place]
