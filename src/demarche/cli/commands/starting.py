"""Commands for a start: `init` copies the bundled files out, `schema` writes what editors complete from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to copy into; made if it does not exist.", metavar="DIR")],
) -> None:
    """Copy the bundled scenarios and experiments into a folder; nothing is ever overwritten."""
    from demarche.scenario.bundled import copy_bundled

    written = copy_bundled(folder)
    experiments = [path for path in written if path.parent.name == "experiments"]
    typer.echo(f"{len(written)} files written to {folder}")
    change = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    for path in experiments:
        typer.echo(f"Next: {change}demarche run {path.relative_to(folder).as_posix()}")


def schema(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the two files.")] = Path("schema"),
) -> None:
    """Write the JSON Schemas of scenario and experiment files, for editors that complete and check."""
    import json

    from demarche.experiment.design.experiment import experiment_schema
    from demarche.scenario.schema import scenario_schema

    out.mkdir(parents=True, exist_ok=True)
    for name, content in (("scenario", scenario_schema()), ("experiment", experiment_schema())):
        path = out / f"{name}.schema.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        typer.echo(str(path))
    typer.echo(f"First line of a scenario file: # yaml-language-server: $schema={out.as_posix()}/scenario.schema.json")


def reference(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pages.")] = Path("docs/reference"),
) -> None:
    """Write the reference pages: rules, parameters, fields, schedule, variables and claims."""
    from demarche.report.reference import PAGES

    out.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (out / name).write_text(page(), encoding="utf-8")
        typer.echo(str(out / name))
