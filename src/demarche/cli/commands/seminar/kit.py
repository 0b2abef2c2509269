"""`demarche seminar kit`: what a facilitator prints."""

from __future__ import annotations

from demarche.cli.options import NewFolderArgument, SeminarArgument
from demarche.cli.reading import check_here
from demarche.cli.say.console import console, plain


def kit(scenario: SeminarArgument, folder: NewFolderArgument) -> None:
    """Write minute plan, slides, role sheets, worksheet, quiz, rubric and consent as pages that print."""
    from demarche.scenario.load import load_scenario
    from demarche.seminar.kit import write_kit

    check_here(scenario)
    written = write_kit(load_scenario(scenario), folder)
    console().print(f"Wrote {len(written)} pages to {plain(str(folder))}.", soft_wrap=True)
