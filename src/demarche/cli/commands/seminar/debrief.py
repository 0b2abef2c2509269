"""`demarche seminar debrief`: the class against its twin, in one page."""

from __future__ import annotations

from pathlib import Path

from demarche.cli.options import (
    DrawsOfRoom,
    NewFolderArgument,
    PairsOption,
    RoomArgument,
    SeminarArgument,
    WorkersOption,
)  # fmt: skip
from demarche.cli.say.console import console, plain


def debrief(
    scenario: SeminarArgument, room: RoomArgument, folder: NewFolderArgument, pairs: PairsOption = 200,
    draws: DrawsOfRoom = 50, workers: WorkersOption = None,
) -> None:  # fmt: skip
    """Export a room, run it against its twin under every account, and write the debrief as one page."""
    from demarche.scenario.bundled import copy_files
    from demarche.seminar.debrief import make_debrief
    from demarche.seminar.led import debrief_page
    from demarche.seminar.room import open_again

    with open_again(scenario, room) as opened:
        made = make_debrief(opened, folder, pairs, draws, workers)
        copy_files(folder, {Path("debrief.html"): debrief_page(opened, made).encode()})
    console().print(f"Wrote {plain(str(folder / 'debrief.html'))}.", soft_wrap=True)
