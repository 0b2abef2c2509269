"""`demarche seminar explore`: two arms side by side in the browser, for lectures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.reading import check_here
from demarche.cli.say.console import console, plain

ScenarioOption = Annotated[Path, typer.Argument(help="Scenario file; it needs no seminar.", metavar="SCENARIO")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")]


def explore(scenario: ScenarioOption, port: PortOption = 8766) -> None:
    """Serve a page on this computer that runs two arms against each other while it is asked, until Ctrl+C."""
    from demarche.scenario.load import load_scenario
    from demarche.seminar.explore.app import serve
    from demarche.seminar.server.app import need_extra

    need_extra()
    check_here(scenario)
    read = load_scenario(scenario)
    console().print(f"Explorer: http://127.0.0.1:{port}/ {plain('(Ctrl+C ends it)')}", soft_wrap=True)
    serve(read, port)
