"""The keys of the block `seminar` of a scenario file, and the kind of value of each."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from demarche.cast.keys import Name, Title, Words
from demarche.reading.strict import Strict
from demarche.scenario.seminar.declared import DRAW, SEEN_EVENTS, Seat, Seen, Seminar


class RoundsFile(Strict):
    """Which sessions of the charter body a class plays."""

    first: int = Field(description="year of the first session that is played", examples=[1991])
    last: int = Field(description="year of the last session that is played", examples=[1997])
    minutes: float = Field(default=5.5, gt=0.0, le=120.0, description="minutes of a round")


class SeatFile(Strict):
    """One seat."""

    title: Title = Field(description="name for players", examples=["Denmark"])
    kind: str = Field(description="sender, waverer, presidency, ngo, body or press", examples=["sender"])
    actors: list[str] = Field(default=[], min_length=1, description="codes of whom it moves", examples=["[DNK]"])
    moves: list[str] = Field(
        default=[], min_length=1, description="what it may do; a press has none", examples=["[posture, sponsor]"]
    )
    purpose: Words = Field(default="", description="what it wants and what it may not do, for its sheet")
    dilemma: Words = Field(default="", description="what pulls it both ways, for its sheet")
    passages: list[str] = Field(
        default=[], max_length=4, description="claims behind its options, for its sheet", examples=["[PRS-11, DLG-07]"]
    )


class SeenFile(Strict):
    """What is seen of the world."""

    error: float = Field(default=0.02, ge=0.0, le=0.2, description="standard deviation of the error of reports, share")
    delay_rounds: int = Field(default=1, ge=0, le=5, description="rounds after which governments read a report")
    acts: list[str] = Field(
        default=list(SEEN_EVENTS), min_length=1, description="acts that everybody sees", examples=["[releases, votes]"]
    )


class SeminarFile(Strict):
    """A class game on the scenario; batches pass it over."""

    rounds: RoundsFile = Field(description="sessions that are played", examples=["{first: 1991, last: 1997}"])
    seats: dict[Name, SeatFile] = Field(min_length=1, description="seat -> who it is and what it may do")
    seen: SeenFile = Field(default=SeenFile(), description="what is seen of the world")
    account: str = Field(default=DRAW, description="draw, or the account of the room", examples=["draw"])
    speech: Literal["none", "statements", "notes"] = Field(
        default="none", description="what is written: nothing, public statements, private notes as well"
    )


def build_seminar(file: SeminarFile | None) -> Seminar | None:
    """Return what a file says of its seminar; None if it says nothing."""
    if file is None:
        return None
    seats = {
        name: Seat(
            name, one.title, one.kind, tuple(one.actors), tuple(one.moves), one.purpose, one.dilemma,
            tuple(one.passages),
        )
        for name, one in file.seats.items()
    }
    seen = Seen(file.seen.error, file.seen.delay_rounds, tuple(file.seen.acts))
    rounds = file.rounds
    return Seminar(rounds.first, rounds.last, rounds.minutes, seats, seen, file.account, file.speech)
