"""`demarche reference`: pages on rules, parameters, fields, schedule, variables, claims and figures, and the graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

LISTED = re.compile(rb"font-family: [^;]+;")
FONT = b"font-family: 'DejaVu Sans', sans-serif;"  # a picture that is kept must not list the fonts of a machine


def reference(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pages.")] = Path("docs/reference"),
) -> None:
    """Write the reference pages: rules, parameters, fields, schedule, variables, claims and figures."""
    from demarche.figures.disputed import draw
    from demarche.figures.draw import picture_of
    from demarche.report.reference import GRAPH, PAGES

    out.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (out / name).write_text(page(), encoding="utf-8")
        typer.echo(str(out / name))
    (out / GRAPH).write_bytes(LISTED.sub(FONT, picture_of(draw(), "svg")))
    typer.echo(str(out / GRAPH))
