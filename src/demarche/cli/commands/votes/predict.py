"""`demarche votes predict`: what to expect of a coming vote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.votes import (
    BodyOption,
    HistoryOption,
    JsonOption,
    MotionOption,
    TargetOption,
    YearOption,
    coming,
    read_packaged,
)
from demarche.errors import DesignError, Problem


def predict(
    target: TargetOption,
    year: YearOption,
    motion: MotionOption = "resolution",
    body: BodyOption = "",
    members: Annotated[
        Path | None, typer.Option("--members", help="Table with a column iso3; the packaged members if left out.")
    ] = None,
    history: HistoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Predict a coming vote: the chances of each member, and the totals."""
    from demarche.cli.say.console import console, plain
    from demarche.cli.say.votes import print_outlook
    from demarche.history.votes.outlook import look_out
    from demarche.history.votes.posterior import packaged_posterior

    packaged = read_packaged()
    packaged.check("--target", [target])
    call = coming(body, motion, target, year)
    sitting = members_of(members, call.body, year)
    outlook = look_out(packaged_posterior(), packaged.memory(history or ()), call, sitting)
    if as_json:
        import json

        rows = {code: dict(zip(("against", "abstain", "for"), given, strict=True))
                for code, given in zip(sitting, outlook.chances.round(4).tolist(), strict=True)}  # fmt: skip
        totals = dict(zip(("against", "abstain", "for"), outlook.totals.mean(axis=0).tolist(), strict=True))
        typer.echo(json.dumps({"target": target, "year": year, "body": call.body, "motion": motion,
                               "members": rows, "totals": totals}, indent=2))  # fmt: skip
        return
    console().print(plain(f"{packaged.name(target)}, {call.body} {year}, {motion}: what to expect"), soft_wrap=True)
    print_outlook(outlook, packaged.name)


def members_of(path: Path | None, body: str, year: int) -> tuple[str, ...]:
    """Return the members named in a table, or those that are packaged.

    Raises
    ------
    ScenarioError
        If the table cannot be read.
    DesignError
        If no members are packaged for the year.
    """
    from demarche.history.votes.packaged import members
    from demarche.reading.tables import open_sheet

    if path is not None:
        sheet = open_sheet(path, ("iso3",), ("name", "year", "body", "un_group"))
        found = tuple(row.word("iso3") for row in sheet.rows(("iso3",)))
        sheet.report.raise_if_any()
        return found
    sitting = members(body, year)
    if not sitting:
        fix = "name them in a table with a column iso3: --members FILE"
        raise DesignError([Problem("--year", f"no members of {body} are packaged for {year}", fix=fix)])
    return sitting
