"""A room: a class, one world, one log. Every command is checked, written to the log, and only then takes effect."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from demarche.errors import DesignError, Problem, StoreError
from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.content import Arm, Scenario
from demarche.scenario.load import load_scenario
from demarche.scenario.seminar.acts import PRESS
from demarche.scenario.seminar.declared import DRAW, Seat
from demarche.seminar.beliefs import check_shares
from demarche.seminar.log import Body, Entry, Log
from demarche.seminar.orders import Order, Rulebook
from demarche.seminar.seal import draw_account, new_salt, seal_of
from demarche.seminar.state import Member, State, fold
from demarche.seminar.steps import SEAL_STEP, STEPS
from demarche.seminar.text import clean
from demarche.seminar.timeline import Stage, need_seminar, stages_of
from demarche.seminar.world import Held, Worlds

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of room codes: none looks like another."""

CODE_LENGTH = 6
SEED_BITS = 53
"""Seeds of rooms are whole numbers that every program reads back exactly."""

TOKEN_BYTES = 24


def token_hash(token: str) -> str:
    """Return what is stored of the token of a browser."""
    return hashlib.sha256(token.encode()).hexdigest()


class Room:
    """A class that plays a scenario.

    Parameters
    ----------
    scenario
        With a seminar; the one that the room was opened with.
    log
        Its log, which has been created; what it holds is played again. The room closes it, as a context manager,
        and at once if it is refused.

    Raises
    ------
    StoreError
        If the log is empty, or of another scenario.
    """

    def __init__(self, scenario: Scenario, log: Log) -> None:
        with ExitStack() as opened:
            opened.push(log)
            self._play(scenario, log)
            opened.pop_all()

    def __enter__(self) -> Room:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.close()

    def _play(self, scenario: Scenario, log: Log) -> None:
        self.scenario, self.log = scenario, log
        self.seminar, self.stages = need_seminar(scenario), stages_of(scenario)
        self.rulebook = Rulebook(scenario)
        entries = log.read()
        if not entries or entries[0].kind != "created":
            raise StoreError([Problem(str(log.path), "the log holds no room")])
        if entries[0].body["scenario"] != scenario.digest:
            fix = "open it with the scenario that it was opened with"
            raise StoreError([Problem(str(log.path), "the room is one of another scenario", fix=fix)])
        self.state: State = fold(entries)
        seed = replication_seed(self.state.seed, 0)
        self.worlds = Worlds(scenario, self.state.account, seed)
        self.held: list[Held] = []
        self._replay()

    @classmethod
    def open_new(cls, scenario: Scenario, path: Path, account: str = "", seed: int | None = None) -> Room:
        """Open a new room.

        Parameters
        ----------
        scenario
            With a seminar.
        path
            File of its log; there must be none.
        account
            Account that governs the world; that of the scenario if empty, which may say to draw one.
        seed
            Seed of an experiment whose first replication is the room's own history; random if None.

        Raises
        ------
        DesignError
            If the scenario has no such account, or there is such a file.
        """
        seminar, known = need_seminar(scenario), list(scenario.accounts)
        wanted = account or seminar.account
        if wanted not in (DRAW, *known):
            raise DesignError([Problem("account", "the scenario has no such account", wanted, ", ".join(known))])
        if path.exists():
            raise DesignError([Problem(str(path), "there is a room already", fix="choose another file")])
        log = Log(path)
        log.append("created", {
            "scenario": scenario.digest, "file": scenario.path.name,
            "account": draw_account(known) if wanted == DRAW else wanted, "salt": new_salt(),
            "seed": secrets.randbits(SEED_BITS) if seed is None else seed,
            "code": "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        })  # fmt: skip
        return cls(scenario, log)

    @property
    def seal(self) -> str:
        """The seal of the account."""
        return seal_of(self.state.account, self.state.salt)

    @property
    def stage(self) -> Stage | None:
        """The stage that is open; None once all are closed."""
        place = len(self.state.closed)
        return self.stages[place] if place < len(self.stages) else None

    @property
    def rounds_closed(self) -> int:
        """Number of rounds whose session is over."""
        return sum(one.closing == "session" for one in self.stages[: len(self.state.closed)])

    @property
    def now(self) -> Held:
        """The world as it is at the start of the stage that is open."""
        return self.held[-1]

    @property
    def arm(self) -> Arm:
        """What the class has done so far, as an arm."""
        return self._arm(len(self.state.closed))

    def seat(self, name: str) -> Seat:
        """Return a seat by name.

        Raises
        ------
        DesignError
            If there is none.
        """
        if name not in self.seminar.seats:
            raise DesignError([Problem("seat", "there is no such seat", name, ", ".join(self.seminar.seats))])
        return self.seminar.seats[name]

    def member(self, token: str) -> Member | None:
        """Return who holds a token; None for nobody."""
        hashed = token_hash(token)
        return next((one for one in self.state.members.values() if secrets.compare_digest(one.token, hashed)), None)

    def join(self, seat: str) -> tuple[str, str]:
        """Let somebody sit down.

        Returns
        -------
        str, str
            Name of the member, and the token that proves it, which is stored nowhere.

        Raises
        ------
        DesignError
            If there is no such seat, or the door is closed.
        """
        self.seat(seat)
        if not self.state.door:
            raise DesignError([Problem("seat", "the door is closed", fix="ask the facilitator to open it")])
        token = secrets.token_urlsafe(TOKEN_BYTES)
        name = f"{seat}-{self.state.n_joined.get(seat, 0) + 1}"
        self._write("joined", {"seat": seat, "member": name, "token": token_hash(token)})
        return name, token

    def lead(self) -> str:
        """Let a facilitator in; return the token that proves it, which is stored nowhere."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._write("led", {"token": token_hash(token)})
        return token

    def leads(self, token: str) -> bool:
        """Tell whether a token is that of a facilitator."""
        return token_hash(token) in self.state.leads

    def free(self, member: str, request: str = "") -> None:
        """Take somebody off a seat; whoever it was may sit down again."""
        if member in self.state.members:  # whoever asks twice has it done once
            self._write("freed", {"member": member}, request)

    def order(self, order: Order, stage: int, request: str = "") -> Entry:
        """Take the order of a seat for the stage that is open; a later one replaces it.

        Parameters
        ----------
        order
            What the seat wants.
        stage
            Position of the stage that it was given for.
        request
            Key of the request: the same key has effect once.

        Raises
        ------
        DesignError
            If that stage is not open, or the seat may not order this.
        """
        if request and (known := self.log.of_request(request)) is not None:
            return known
        seat, now = self.seat(order.seat), self._open_stage(stage)
        self.rulebook.check(seat, now, order)
        return self._write("ordered", {"order": order.to_json(), "stage": stage}, request)

    def order_all(self, orders: Iterable[Order], stage: int) -> None:
        """Take several orders of a stage: all of them that differ from what stands, or none if one is not legal.

        Raises
        ------
        DesignError
            As `order`.
        """
        now, standing = self._open_stage(stage), self.state.orders
        new = [
            order for order in orders
            if order != standing.get((order.seat, order.act)) and (order.option or (order.seat, order.act) in standing)
        ]  # fmt: skip
        for order in new:
            self.rulebook.check(self.seat(order.seat), now, order)
        for order in new:
            self._write("ordered", {"order": order.to_json(), "stage": stage})

    def say(self, seat: str, text: str, to: str = "", request: str = "") -> Entry:
        """Take a public statement, or a private note to another seat.

        Raises
        ------
        DesignError
            If the scenario has no such speech, the text is empty or too long, or there is no such seat.
        """
        for name in filter(None, (seat, to)):
            self.seat(name)
        writes = self.seminar.speech != "none" or self.seat(seat).kind == PRESS  # a press has nothing else to do
        if not writes or (to and self.seminar.speech != "notes"):
            raise DesignError([Problem("text", "nothing of the kind is written in this room")])
        # a press writes on the round whose news are out
        told = max(self.rounds_closed, 1) if self.seat(seat).kind == PRESS else (self.stage or self.stages[-1]).round
        return self._write("said", {"seat": seat, "to": to, "round": told, "text": clean(text)}, request)

    def believe(self, member: str, shares: Mapping[str, int], request: str = "") -> Entry:
        """Take what a member believes of the account after the rounds that are closed.

        Raises
        ------
        DesignError
            If the shares do not add up to 100, the member is not there, or the seal is open.
        """
        check_shares(shares, tuple(self.scenario.accounts))
        if member not in self.state.members or self.state.opened:
            what = "the seal is open" if self.state.opened else "there is no such member"
            raise DesignError([Problem("shares", what)])
        body = {"member": member, "rounds": self.rounds_closed, "shares": dict(shares)}
        return self._write("believed", body, request)

    def close(self, stage: int, request: str = "") -> Entry:
        """Close the stage that is open: its orders are written down, then the months pass.

        Raises
        ------
        DesignError
            If that stage is not open.
        """
        if request and (known := self.log.of_request(request)) is not None:
            return known
        self._open_stage(stage)
        orders = [order.to_json() for _, order in sorted(self.state.orders.items()) if order.option]
        entry = self._write("closed", {"stage": stage, "orders": orders}, request)
        self._advance()
        return entry

    def undo(self, request: str = "") -> None:
        """Take back the last closing: its orders stand again as they stood before it.

        Raises
        ------
        DesignError
            If nothing is closed, or the seal is open.
        """
        if not self.state.closed or self.state.opened:
            what = "the seal is open" if self.state.opened else "nothing is closed yet"
            raise DesignError([Problem("undo", what)])
        last = self.stages[len(self.state.closed) - 1]
        self._write("undone", {"rounds": self.rounds_closed - (last.closing == "session")}, request)
        self.held.pop()

    def pause(self, paused: bool, request: str = "") -> None:
        """Stop the clock, or let it run again."""
        if paused != self.state.paused:
            self._write("paused", {"paused": paused}, request)

    def extend(self, minutes: float, request: str = "") -> None:
        """Give the stage that is open more time."""
        self._write("extended", {"minutes": minutes}, request)

    def set_door(self, is_open: bool, request: str = "") -> None:
        """Let newcomers sit down, or not."""
        self._write("door", {"open": is_open}, request)

    def open_seal(self, request: str = "") -> None:
        """Open the seal, once the last round is over.

        Raises
        ------
        DesignError
            If a round is still to be played.
        """
        if self.stage is not None:
            raise DesignError([Problem("seal", "the seal is opened after the last round")])
        if not self.state.opened:
            self._write("opened", {}, request)

    def turn(self, step: int) -> None:
        """Turn to a step of the debrief; all pages follow.

        Raises
        ------
        DesignError
            If a round is still to be played, there is no such step, or it tells what is sealed.
        """
        if self.stage is not None or not 1 <= step <= len(STEPS):
            raise DesignError([Problem("step", "there is no such step of the debrief now", str(step))])
        if step > SEAL_STEP and not self.state.opened:
            raise DesignError([Problem("step", "this step tells the account", fix="open the seal first")])
        if step != self.state.step:
            self._write("turned", {"step": step})

    def stages_closed(self) -> list[tuple[Stage, tuple[Order, ...]]]:
        """Return the closed stages with their orders."""
        return list(zip(self.stages, self.state.closed, strict=False))

    def _open_stage(self, stage: int) -> Stage:
        now = self.stage
        if now is None or stage != len(self.state.closed):
            fix = "look at the page again: another stage is open"
            raise DesignError([Problem("stage", "this stage is closed", fix=fix)])
        return now

    def _write(self, kind: str, body: Body, request: str = "") -> Entry:
        known = self.log.of_request(request) if request else None
        if known is not None:
            return known
        entry = self.log.append(kind, body, request)
        self.state.apply(entry)
        return entry

    def _arm(self, n_closed: int) -> Arm:
        return self.rulebook.arm(self.stages_closed()[:n_closed])

    def _replay(self) -> None:
        self.held = [self.worlds.start(self.stages[0].first)]
        while len(self.held) <= len(self.state.closed):
            self._advance()

    def _advance(self) -> None:
        """Let the months of the first stage pass that is closed and not run yet."""
        place = len(self.held) - 1
        until = self.stages[place].last + 1
        self.held.append(self.worlds.go_on(self.held[-1], self._arm(place + 1), until))


def open_again(scenario: Path, log: Path) -> Room:
    """Return the room of a log that is there.

    Raises
    ------
    StoreError
        If there is no such log, or it is no room of that scenario.
    """
    if not log.is_file():
        raise StoreError([Problem(str(log), "there is no log of a room", fix="name the file that 'serve' wrote")])
    return Room(load_scenario(scenario), Log(log))
