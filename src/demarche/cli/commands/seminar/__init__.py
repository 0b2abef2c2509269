"""`demarche seminar`: play a scenario with a class."""

from __future__ import annotations

import typer

ORDER = ("explore", "preview", "kit", "serve", "export", "debrief", "forget")

app = typer.Typer(help="Play a scenario with a class.", no_args_is_help=True)
