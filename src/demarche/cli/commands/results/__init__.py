"""`demarche results`: commands on results folders."""

from __future__ import annotations

import typer

ORDER = ("list", "show", "verify", "resume", "rerun", "export")

app = typer.Typer(help="List, show, check, continue and export results folders.", no_args_is_help=True)
