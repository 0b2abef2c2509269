"""Frames: what the projector, a seat and the facilitator get to see of a room, as plain data."""

from __future__ import annotations

from typing import Any

from demarche.scenario.seminar.acts import PRESS
from demarche.scenario.seminar.declared import Seat
from demarche.seminar.beliefs import rounds_asked
from demarche.seminar.orders import Legal
from demarche.seminar.room import Room
from demarche.seminar.seen import Observer, RoundSeen, names_of
from demarche.seminar.state import Member, Word


def standing(room: Room) -> dict[str, Any]:
    """Return what everybody may know of a room itself: which stage is open, who sits, who has moved."""
    now, state = room.stage, room.state
    return {
        "code": state.code, "seal": room.seal, "stage": len(state.closed), "n_stages": len(room.stages),
        "round": now.round if now else room.stages[-1].round, "n_rounds": room.stages[-1].round,
        "closing": now.closing if now else "over", "year": now.year if now else room.stages[-1].year,
        "paused": state.paused, "opened": state.opened, "door": state.door, "step": state.step,
        "seats": [
            {"name": name, "title": seat.title, "kind": seat.kind,
             "members": sum(one.seat == name for one in state.members.values()),
             "moved": any(key[0] == name for key in state.orders)}
            for name, seat in room.seminar.seats.items()
        ],
    }  # fmt: skip


class Viewer:
    """Makes frames of a room; what is seen of a closed round is read once.

    Parameters
    ----------
    room
        The room.
    """

    def __init__(self, room: Room) -> None:
        self.room, self._observer = room, Observer(room.scenario, room.worlds.seed)
        self._seen: dict[tuple[int, int], RoundSeen] = {}
        self._earlier = self._observer.before(room.held[0])

    def rounds(self) -> list[RoundSeen]:
        """Return what is seen of each round of which a stage is closed, in order."""
        by_round: dict[int, list[int]] = {}
        for place in range(len(self.room.state.closed)):
            by_round.setdefault(self.room.stages[place].round, []).append(place)
        return [self._round(places) for places in by_round.values()]

    def _before(self) -> dict[str, Any] | None:
        start = self.room.scenario.period.start
        return None if self._earlier is None else {**self._earlier.public(), "since": start.year}

    def forget(self) -> None:
        """Read everything anew, after a closing was taken back."""
        self._seen.clear()

    def _round(self, places: list[int]) -> RoundSeen:
        key = places[0], places[-1]
        if key not in self._seen:
            stages = tuple(self.room.stages[place] for place in places)
            self._seen[key] = self._observer.round(self.room.held[places[-1] + 1], stages)
        return self._seen[key]

    def projector(self) -> dict[str, Any]:
        """Return what everybody sees."""
        room = self.room
        frame = {**standing(room), "title": room.scenario.title}
        frame["before"] = self._before()
        frame["rounds"] = [one.public() for one in self.rounds()]
        public = [word for word in room.state.words if not word.to]
        frame["statements"] = [self.told(word) for word in public if room.seat(word.seat).kind != PRESS]
        frame["press"] = [self.told(word) for word in public if room.seat(word.seat).kind == PRESS]
        if room.state.opened:
            frame["account"], frame["salt"] = room.state.account, room.state.salt
        return frame

    def seat(self, member: Member) -> dict[str, Any]:
        """Return what a member of a delegation sees: what everybody sees, and what its seat knows."""
        room, seat = self.room, self.room.seat(member.seat)
        frame = self.projector()
        frame |= {
            "seat": seat.name, "kind": seat.kind, "seat_title": seat.title, "member": member.name,
            "purpose": seat.purpose, "dilemma": seat.dilemma,
            "legal": self._legal(seat),
            "orders": [order.to_json() for key, order in sorted(room.state.orders.items()) if key[0] == seat.name],
            "reports": self._reports(seat),
            "notes": [self.told(word) for word in room.state.words if word.to and seat.name in (word.seat, word.to)],
            "speech": room.seminar.speech, "accounts": list(room.scenario.accounts),
            "standpoints": {name: one.account for name, one in room.scenario.accounts.items()},
            "asked": room.rounds_closed in rounds_asked(room.stages[-1].round) and not room.state.opened,
            "belief": room.state.beliefs.get((member.name, room.rounds_closed)),
        }  # fmt: skip
        return frame

    def facilitator(self) -> dict[str, Any]:
        """Return what the facilitator sees: what everybody sees, who sits where, and all notes; no truth."""
        frame = self.projector()
        frame["members"] = sorted(self.room.state.members)
        frame["notes"] = [self.told(word) for word in self.room.state.words if word.to]
        frame["beliefs"] = sum(key[1] == self.room.rounds_closed for key in self.room.state.beliefs)
        return frame

    def told(self, word: Word) -> dict[str, Any]:
        """Return what was said, with the titles of the seats."""
        seats = self.room.seminar.seats
        who, to = (seats[name].title if name else "" for name in (word.seat, word.to))
        return {"from": who, "to": to, "round": word.round, "text": word.text}

    def _legal(self, seat: Seat) -> list[dict[str, Any]]:
        stage = self.room.stage
        return [] if stage is None else [self._shown(one) for one in self.room.rulebook.legal(seat, stage)]

    def _shown(self, one: Legal) -> dict[str, Any]:
        names = names_of(self.room.scenario)
        return {
            "act": one.act.name, "meaning": one.act.meaning, "options": list(one.options), "most": one.act.most,
            "targets": [{"code": code, "name": names.get(code, code)} for code in one.targets],
        }  # fmt: skip

    def _reports(self, seat: Seat) -> list[dict[str, Any]]:
        closed = self.room.rounds_closed
        told = (self._earlier, *self.rounds())
        read = [one for one in told if one is not None and self._observer.reads_report(seat, one.round, closed)]
        return [{"round": one.round, "year": one.year, **one.report} for one in read]

