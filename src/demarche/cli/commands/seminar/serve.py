"""`demarche seminar serve`: open a room and serve it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import SeminarArgument
from demarche.cli.reading import check_here
from demarche.cli.say.console import console, plain

ROOM = Path("room.sqlite")
"""Where the log of a room lies if nobody says."""

LanFlag = Annotated[bool, typer.Option("--lan", help="Let phones of the same network join, not only this computer.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")]
RoomOption = Annotated[Path, typer.Option("--room", help="Log of the room; one that is there is played on.")]
AccountOfRoom = Annotated[str, typer.Option("--account", help="Account of a new room; that of the scenario if empty.")]


def serve(
    scenario: SeminarArgument, lan: LanFlag = False, port: PortOption = 8765, room: RoomOption = ROOM,
    account: AccountOfRoom = "",
) -> None:  # fmt: skip
    """Open a room for a class, or go on with one, and serve its pages until Ctrl+C."""
    from demarche.scenario.load import load_scenario
    from demarche.seminar.log import Log
    from demarche.seminar.room import Room
    from demarche.seminar.server.app import LOCAL, need_extra, own_address
    from demarche.seminar.server.app import serve as serve_room
    from demarche.seminar.server.shell import Shell

    need_extra()
    check_here(scenario)
    read, path = load_scenario(scenario), room
    goes_on = path.exists()
    address = f"http://{own_address() if lan else LOCAL}:{port}"
    with Room(read, Log(path)) if goes_on else Room.open_new(read, path, account) as opened:
        if not goes_on:
            opened.pause(True)  # until the facilitator has told what is played
        shell, out = Shell(opened, address), console()
        if lan:
            out.print("Everybody in this network can reach the room; nothing is encrypted.", soft_wrap=True)
        if goes_on:
            closed, last = opened.rounds_closed, opened.stages[-1].round
            out.print(f"Goes on with a room of {closed} of {last} rounds; for a new class name a new log with --room.",
                      soft_wrap=True)  # fmt: skip
        out.print(f"Room {opened.state.code} at {plain(address)}, log in {plain(str(path))}.", soft_wrap=True)
        out.print(f"Projector: {plain(address)}/projector", soft_wrap=True)
        out.print(f"Facilitator, once: {plain(address)}/key/{shell.key}", soft_wrap=True)
        clock = " The clock stands until the facilitator lets it run." if opened.state.paused else ""
        out.print(f"Ctrl+C ends the server; the log keeps the room.{clock}", soft_wrap=True)
        serve_room(shell, "0.0.0.0" if lan else LOCAL, port)
