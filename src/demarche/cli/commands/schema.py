"""`demarche schema`: what editors complete and check from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the files.")] = Path("schema"),
) -> None:
    """Write the JSON Schemas of scenario, experiment and account files, for editors that complete and check."""
    import json

    from demarche.accounts.schema import account_schema
    from demarche.experiment.design.experiment import experiment_schema
    from demarche.figures.find import figures_of_experiments
    from demarche.scenario.schema import scenario_schema

    out.mkdir(parents=True, exist_ok=True)
    schemas = {
        "scenario": scenario_schema(),
        "experiment": experiment_schema(figures_of_experiments()),
        "account": account_schema(),
    }
    for name, content in schemas.items():
        path = out / f"{name}.schema.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        typer.echo(str(path))
    typer.echo(f"First line of a scenario file: # yaml-language-server: $schema={out.as_posix()}/scenario.schema.json")
