"""`demarche reference`: pages on rules, parameters, fields, schedule, variables, claims and figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def reference(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pages.")] = Path("docs/reference"),
) -> None:
    """Write the reference pages: rules, parameters, fields, schedule, variables, claims and figures."""
    from demarche.report.reference import PAGES

    out.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (out / name).write_text(page(), encoding="utf-8")
        typer.echo(str(out / name))
