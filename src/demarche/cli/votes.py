"""What the commands on votes read: the packaged roll calls, folders of others, codes of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from demarche.cast.tables import StateTable
    from demarche.history.votes.attributes import Attributes
    from demarche.history.votes.memory import Memory
    from demarche.history.votes.rollcalls import RollCall

CASE = Path("scenarios") / "casts" / "china_1989.yaml"
"""The bundled case whose record holds roll calls on its focal state."""
SESSION = (3, 15)
"""Month and day that a session is taken to vote on, where nobody says: in the middle of the Commission's."""
LAST_OF_COMMISSION = 2005

HistoryOption = Annotated[
    list[Path] | None, typer.Option("--history", help="Folder with roll calls that are known too; may be repeated.")
]
TargetOption = Annotated[str, typer.Option("--target", "-t", help="Code of the state that the motion is about.")]
YearOption = Annotated[int, typer.Option("--year", "-y", min=1989, max=2100, help="Year of the session.")]
BodyOption = Annotated[str, typer.Option("--body", help="CHR (Commission) or HRC (Council); by year if left out.")]
MotionOption = Annotated[str, typer.Option("--motion", help="resolution, or no_action: not to vote on one.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]


@dataclass(frozen=True, eq=False)
class Packaged:
    """Packaged roll calls, attributes, and states and focal state of the bundled case."""

    calls: tuple[RollCall, ...]
    attributes: Attributes
    states: StateTable
    focal: str

    def memory(self, folders: Iterable[Path] = (), more: Sequence[RollCall] = ()) -> Memory:
        """Return a memory of the packaged roll calls, of folders, and of further roll calls, none of them twice."""
        from demarche.history.votes.folder import read_folder, without_repeats
        from demarche.history.votes.memory import Memory
        from demarche.history.votes.rollcalls import in_order

        calls = list(more)
        for folder in folders:
            calls += without_repeats(calls, read_folder(folder).calls)
        calls += without_repeats(calls, self.calls)
        return Memory(in_order(calls), self.attributes)

    def name(self, code: str) -> str:
        """Return the name of a state, its code if it is not known."""
        names = dict(zip(self.states.codes, self.states.names, strict=True))
        return names.get(code, code)

    def check(self, option: str, codes: Iterable[str]) -> None:
        """Refuse codes of states that are not known.

        Raises
        ------
        DesignError
            With the closest code or name of each.
        """
        names = dict(zip(self.states.names, self.states.codes, strict=True))
        problems = [
            Problem(option, f"no state has the code '{code}'", expected="a code like NOR (ISO 3166-1)",
                    did_you_mean=names.get(closest(code, names), "") or closest(code, self.states.codes))
            for code in codes
            if code not in self.states.codes
        ]  # fmt: skip
        if problems:
            raise DesignError(problems)


def read_packaged() -> Packaged:
    """Read the packaged roll calls and attributes."""
    from demarche.cast.cast import load_cast
    from demarche.history.record import need_record
    from demarche.history.votes.attributes import load_attributes
    from demarche.history.votes.packaged import load_packaged
    from demarche.scenario.bundled import bundled_root

    cast = load_cast(bundled_root() / CASE)
    return Packaged(load_packaged(need_record(cast)), load_attributes(cast.states), cast.states, cast.focal)


def coming(body: str, motion: str, target: str, year: int) -> RollCall:
    """Return a roll call without votes, on the usual day of a session.

    Raises
    ------
    DesignError
        If body or motion are unknown.
    """
    from demarche.errors import check_known
    from demarche.history.votes.rollcalls import BODIES, KINDS, RollCall

    body = body or BODIES[int(year > LAST_OF_COMMISSION)]
    check_known("--body", "body", [body], BODIES)
    check_known("--motion", "kind of motion", [motion], KINDS)
    return RollCall(f"{body}-{year}-{target}", body, motion, target, year, date(year, *SESSION), {})


def on_record(memory: Memory, like: RollCall) -> RollCall | None:
    """Return the first roll call of that body, kind, target and year, None if there is none on record."""
    found = [
        call
        for call in memory.ballots.calls
        if (call.body, call.kind, call.target, call.year) == (like.body, like.kind, like.target, like.year)
    ]
    return found[0] if found else None
