"""`demarche cast`: cases of one's own."""

from __future__ import annotations

import typer

ORDER = ("new",)

app = typer.Typer(help="Bring a case of your own.", no_args_is_help=True)
