"""`demarche seminar export`: a room as files that batches run."""

from __future__ import annotations

from demarche.cli.options import DrawsOfRoom, NewFolderArgument, PairsOption, RoomArgument, SeminarArgument
from demarche.cli.say.console import console, plain
from demarche.errors import shell_word


def export(
    scenario: SeminarArgument, room: RoomArgument, folder: NewFolderArgument, pairs: PairsOption = 200,
    draws: DrawsOfRoom = 50,
) -> None:  # fmt: skip
    """Write the moves of a room as an arm with its twin, two experiments, and tables of orders, words and beliefs."""
    from demarche.seminar.export import export_room
    from demarche.seminar.room import open_again

    with open_again(scenario, room) as opened:
        written = export_room(opened, folder, pairs, draws)
    console().print(f"Wrote {len(written)} files to {plain(str(folder))}.", soft_wrap=True)
    console().print(f"Next: demarche run {plain(shell_word(folder / 'experiments' / 'medians.yaml'))}", soft_wrap=True)
