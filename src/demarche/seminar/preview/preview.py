"""The preview of a seminar: weight of every seat, rooms in which motions are lost and won, guessing curves."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.scenario.content import Scenario
from demarche.seminar.preview.features import LOST
from demarche.seminar.preview.guessing import AT_LEAST_LAST, AT_MOST_FIRST, Guessed, guessing_curve
from demarche.seminar.preview.runs import play
from demarche.seminar.preview.scripts import (
    CAMPAIGN,
    SPOIL,
    Scripts,
    at_random,
    bent_on,
    first_option,
    last_option,
    posture,
)
from demarche.seminar.preview.weights import Votes, Weight, share_of_rooms, weights_of
from demarche.seminar.timeline import NOBODY, need_seminar

RANDOM_CLASSES, READ_CLASSES = 8, 4
"""Classes that act at random: of which votes are counted, and of those whose account is guessed."""

BENT = {"campaign": CAMPAIGN, "spoil": SPOIL}
BENT_CLASSES = 4
CONDUCT = {"all_private": "private", "all_public": "public"}


@dataclass(frozen=True)
class Preview:
    """What a lecturer should know before a class plays.

    Parameters
    ----------
    weights
        Seat -> what its extreme moves change that can be told from luck; nothing for a seat without weight.
    curves
        Conduct of the class -> how well a perfect reader names the account after each round.
    rooms
        Kind of class (`at_random`, `campaign`, `spoil`) -> account -> share of rooms in which motions are lost,
        and carried, and texts adopted; empty where votes are not seen.
    runs
        Runs of each script and account, for weights and rooms.
    worlds
        Worlds of each script and account by which the curves are measured.
    """

    weights: dict[str, list[Weight]]
    curves: dict[str, list[Guessed]]
    rooms: dict[str, dict[str, Votes]]
    runs: int
    worlds: int

    @property
    def warnings(self) -> tuple[str, ...]:
        """What should be mended or said on a sheet: seats without weight, an account guessed too soon or never."""
        idle = [seat for seat, one in self.weights.items() if not one]
        found = [f"the seat '{seat}' changes nothing that anybody can see" for seat in idle]
        curve = self.curves["at_random"]
        if curve[0].accuracy - 2 * curve[0].error > AT_MOST_FIRST:
            found.append(f"the account is guessed too soon: {curve[0].accuracy:.2f} after the first round")
        if curve[-1].accuracy + 2 * curve[-1].error < AT_LEAST_LAST:
            found.append(f"the account is not guessed: {curve[-1].accuracy:.2f} after the last round")
        votes = [vote for kind in self.rooms.values() for vote in kind.values()]
        if not any(0.0 < vote.lost < 1.0 for vote in votes):
            found.append("no motion is lost in some rooms and not in others")
        return tuple(found)


def preview(scenario: Scenario, runs: int, seed: int, worlds: int) -> Preview:
    """Run scripts of classes that nobody plays, and tell what they show.

    Parameters
    ----------
    scenario
        With a seminar.
    runs
        Runs of each script and account, for weights and rooms.
    seed
        From which luck and random classes follow.
    worlds
        Worlds of each script and account for the curves; part of them teaches the reader, the others test it.
    """
    write, accounts = Scripts(scenario), list(scenario.accounts)
    seats = need_seminar(scenario).seats
    scripts = {seat: (f"{seat} first", f"{seat} last") for seat, one in seats.items() if one.acts}
    arms = [write.nobody()]
    for seat, (first, last) in scripts.items():
        arms += [write.arm(first, first_option, (seat,)), write.arm(last, last_option, (seat,))]
    random_names = [f"random {number}" for number in range(RANDOM_CLASSES)]
    arms += [write.arm(name, at_random(seed + number)) for number, name in enumerate(random_names)]
    classes = {"at_random": random_names}
    for kind, options in BENT.items():
        classes[kind] = [f"{kind} {number}" for number in range(BENT_CLASSES)]
        arms += [write.arm(name, bent_on(options, seed + number)) for number, name in enumerate(classes[kind])]
    played = play(scenario, arms, runs, seed)
    found = weights_of(played, scripts, accounts)
    read = [write.nobody(), *(write.arm(name, posture(option)) for name, option in CONDUCT.items())]
    read += [write.arm(name, at_random(seed + number)) for number, name in enumerate(random_names[:READ_CLASSES])]
    known = play(scenario, read, worlds, seed)
    groups = {NOBODY: [NOBODY], **{name: [name] for name in CONDUCT}, "at_random": random_names[:READ_CLASSES]}
    curves = {name: guessing_curve(known, group, accounts) for name, group in groups.items()}
    rooms = {kind: share_of_rooms(played, names) for kind, names in classes.items()} if LOST in played.names else {}
    return Preview({seat: [one for one in found if one.seat == seat] for seat in scripts}, curves, rooms, runs, worlds)
