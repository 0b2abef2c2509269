"""`demarche votes`: commands on votes of the Commission and the Council."""

from __future__ import annotations

import typer

ORDER = ("score", "predict", "explain", "fit", "sponsors")

app = typer.Typer(help="Predict votes on states and their sponsors, explain and score them.", no_args_is_help=True)
