"""What the entries of a log add up to: who sits where, what is ordered, what is closed; a pure fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from demarche.seminar.log import Body, Entry
from demarche.seminar.orders import Order


@dataclass(frozen=True)
class Member:
    """Somebody at a seat: a number, no name.

    Parameters
    ----------
    name
        Seat and number, such as `denmark-2`.
    seat
        Name of the seat.
    token
        SHA-256 of the token of the browser.
    """

    name: str
    seat: str
    token: str


@dataclass(frozen=True)
class Word:
    """A public statement, or a private note to another seat.

    Parameters
    ----------
    seat, to
        Who speaks; to whom, empty for all.
    round
        Number of the round.
    text
        What is said.
    """

    seat: str
    to: str
    round: int
    text: str


@dataclass
class State:
    """A room as its log has it.

    Parameters
    ----------
    account, salt, seed
        Of the world; secret until the seal is opened.
    members
        Name -> member; those who were taken off their seat are gone.
    n_joined
        Seat -> how many ever sat down, so that no number is given twice.
    closed
        Orders of each closed stage.
    orders
        Seat and act -> order for the stage that is open.
    words
        What was said.
    beliefs
        Member and number of closed rounds -> account -> share in 0..100.
    paused, opened, door
        Whether the clock stands; the seal is open; newcomers may sit down.
    leads
        SHA-256 of the tokens of facilitators' browsers.
    extra_minutes
        By which the stage that is open was extended.
    step
        Of the debrief, from 1 on; 0 before it.
    """

    account: str = ""
    salt: str = ""
    seed: int = 0
    code: str = ""
    members: dict[str, Member] = field(default_factory=dict)
    n_joined: dict[str, int] = field(default_factory=dict)
    closed: list[tuple[Order, ...]] = field(default_factory=list)
    orders: dict[tuple[str, str], Order] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    beliefs: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)
    paused: bool = False
    opened: bool = False
    door: bool = True
    leads: set[str] = field(default_factory=set)
    extra_minutes: float = 0.0
    step: int = 0

    def apply(self, entry: Entry) -> None:
        """Let an entry take effect."""
        _EFFECTS[entry.kind](self, entry.body)


def _created(state: State, body: Body) -> None:
    state.account, state.salt, state.code = str(body["account"]), str(body["salt"]), str(body["code"])
    state.seed = int(body["seed"])


def _joined(state: State, body: Body) -> None:
    member = Member(str(body["member"]), str(body["seat"]), str(body["token"]))
    state.members[member.name] = member
    state.n_joined[member.seat] = state.n_joined.get(member.seat, 0) + 1


def _freed(state: State, body: Body) -> None:
    state.members.pop(str(body["member"]), None)


def _ordered(state: State, body: Body) -> None:
    order = Order.of_json(body["order"])
    state.orders[order.seat, order.act] = order


def _said(state: State, body: Body) -> None:
    state.words.append(Word(str(body["seat"]), str(body["to"]), int(body["round"]), str(body["text"])))


def _believed(state: State, body: Body) -> None:
    shares: Mapping[str, Any] = body["shares"]
    state.beliefs[str(body["member"]), int(body["rounds"])] = {name: int(one) for name, one in shares.items()}


def _closed(state: State, body: Body) -> None:
    state.closed.append(tuple(Order.of_json(one) for one in body["orders"]))
    state.orders, state.extra_minutes = {}, 0.0


def _undone(state: State, body: Body) -> None:
    state.orders = {(one.seat, one.act): one for one in state.closed.pop()}
    left, state.step = int(body["rounds"]), 0
    state.beliefs = {key: shares for key, shares in state.beliefs.items() if key[1] <= left}


def _paused(state: State, body: Body) -> None:
    state.paused = bool(body["paused"])


def _extended(state: State, body: Body) -> None:
    state.extra_minutes += float(body["minutes"])


def _opened(state: State, body: Body) -> None:
    state.opened = True


def _turned(state: State, body: Body) -> None:
    state.step = int(body["step"])


def _door(state: State, body: Body) -> None:
    state.door = bool(body["open"])


def _led(state: State, body: Body) -> None:
    state.leads.add(str(body["token"]))


_EFFECTS: dict[str, Callable[[State, Body], None]] = {
    "created": _created, "joined": _joined, "freed": _freed, "ordered": _ordered, "said": _said,
    "believed": _believed, "closed": _closed, "undone": _undone, "paused": _paused, "extended": _extended,
    "opened": _opened, "turned": _turned, "door": _door, "led": _led,
}  # fmt: skip
"""Kind of entry -> what it does."""


def fold(entries: list[Entry]) -> State:
    """Return the room that some entries add up to."""
    state = State()
    for entry in entries:
        state.apply(entry)
    return state
