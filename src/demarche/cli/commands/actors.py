"""`demarche actors`: who and what is in a case, by code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.cli.options import CaseOption, LikeOption, NameArgument
from demarche.cli.reading import read_case
from demarche.cli.say.console import console
from demarche.cli.say.listing import named, print_facts, print_list
from demarche.cli.say.numbers import count
from demarche.errors import check_known

if TYPE_CHECKING:
    from pathlib import Path

    from demarche.cast.cast import Cast

app = typer.Typer(help="Actors: states, groups, bodies, issue areas, treaties, firms, donors, persons of a case.")
AxisOption = Annotated[str, typer.Option("--axis", help="Only one kind, such as state, ngo, issue or person.")]
LONG = ("state", "person")
"""Kinds that are listed only when they are asked for."""
YEARS_SHOWN = 2


@app.callback(invoke_without_command=True)
def actors(ctx: typer.Context, case: CaseOption = None, axis: AxisOption = "", like: LikeOption = "") -> None:
    """List the actors of a case, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_actors(case, axis, like)


@app.command("list")
def list_actors(case: CaseOption = None, axis: AxisOption = "", like: LikeOption = "") -> None:
    """List the actors of a case."""
    print_actors(case, axis, like)


def print_actors(case: Path | None, axis: str, like: str) -> None:
    """Print one line an actor; states and persons only where they are asked for."""
    cast = read_case(case).cast
    codes = {name: some for name, some in cast.axis_codes.items() if some}
    axis = axis.strip().lower()
    check_known("--axis", "kind of actor", [axis] if axis else [], list(codes))
    chosen = [axis] if axis else [name for name in codes if like or name not in LONG]
    rows = [(code, name, *title_and_kind(cast, name, code)) for name in chosen for code in codes[name]]
    left = [count(len(codes[name]), name) for name in codes if name not in chosen]
    print_list(("code", "is a", "name", "kind"), rows, "actor", "demarche actors show CODE", like)
    if left and not axis:
        console().print(f"Besides {' and '.join(left)}: add --axis")


def member(cast: Cast, axis: str, code: str) -> Any:
    """Return a member of the cast that its file describes, None for others such as persons."""
    members: dict[str, Sequence[Any]] = {
        "ngo": cast.ngos, "body": cast.bodies, "issue": cast.issues, "donor": cast.donors, "treaty": cast.treaties,
        "firm": cast.firms,
    }  # fmt: skip
    return next((one for one in members.get(axis, ()) if one.code == code), None)


def title_and_kind(cast: Cast, axis: str, code: str) -> tuple[str, str]:
    """Return the name of an actor and what kind of its sort it is."""
    if axis == "state":
        place = cast.index(code)
        role = "the focal state, " if code == cast.focal else "the leading critic, " if code == cast.critic else ""
        return cast.state_names[place], f"{role}{cast.regions[place]}"
    one = member(cast, axis, code)
    if one is None:
        return "", ""
    kind = getattr(one, "kind", "") or getattr(one, "group", "")
    return one.title, str(kind)


@app.command("show")
def show(code: NameArgument, case: CaseOption = None) -> None:
    """Show one actor: name, facts of the cast with their source, decisions that it takes and that are about it."""
    from demarche.world.decisions import DECISIONS

    cast = read_case(case).cast
    axis_of = {one: axis for axis, codes in cast.axis_codes.items() for one in codes}
    found = named(code, list(axis_of), "actor")
    axis = axis_of[found]
    title, kind = title_and_kind(cast, axis, found)
    ours = (axis, "sender") if axis == "state" else (axis,)
    mine = [one for one in DECISIONS if set(ours) & set(one.axes)]
    is_focal = found == cast.focal
    taken = [one.name for one in (DECISIONS if is_focal else mine) if one.by_focal == is_focal]
    about = [one.name for one in mine if one.by_focal]
    shown = console()
    print_facts(shown, f"{found}: {title or axis}", {
        "Is": f"{axis}{', ' + kind if kind else ''}", **_facts(cast, axis, found),
        "Decides": ", ".join(taken),
        "Is decided on by the focal state in": ", ".join(about),
    })  # fmt: skip
    if mine:
        asked = f"--decision {mine[0].name} --actor {found}"
        shown.print(f"Why it chose: demarche why RESULTS --run N --date MONTH {asked}")


def _facts(cast: Cast, axis: str, code: str) -> dict[str, str]:
    """Return what the cast says of an actor."""
    if axis == "state":
        place = cast.index(code)
        ends = dict.fromkeys((cast.years[0], cast.years[-1]))
        of_year = {f"In {year}": ", ".join(f"{name} {cast.yearly(name, year)[place]:.3g}" for name in cast.columns)
                   for year in ends}  # fmt: skip
        groups = [name for name in cast.group_names() if cast.group(name, cast.years[0])[place]]
        return {"Groups": ", ".join(groups), **of_year}
    one = member(cast, axis, code)
    if one is None:
        return {}
    said = one.model_dump() if hasattr(one, "model_dump") else vars(one)
    return {name.replace("_", " "): _text(value) for name, value in said.items() if name not in ("code", "title")}


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_text(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
