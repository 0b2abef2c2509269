"""`demarche seminar forget`: delete what persons wrote, keep what the class did."""

from __future__ import annotations

from demarche.cli.options import RoomArgument
from demarche.cli.say.console import console, plain


def forget(room: RoomArgument) -> None:
    """Delete tokens, statements and notes from the log of a room; moves and beliefs stay, so that it is replayed."""
    from demarche.errors import Problem, StoreError
    from demarche.seminar.log import Log

    if not room.is_file():
        raise StoreError([Problem(str(room), "there is no log of a room", fix="name the file that 'serve' wrote")])
    with Log(room) as log:
        changed = log.forget()
    console().print(f"Forgot tokens and words of {changed} entries of {plain(str(room))}.", soft_wrap=True)
