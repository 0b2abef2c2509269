"""Rows that a case adds to the tables of the world: a state that nobody else knows, its years and its seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.cast.tables import StateTable, Years
from demarche.reading.tables import Sheet

Seats = dict[int, tuple[str, NDArray[np.bool_]]]


def with_states(world: StateTable, added: StateTable, sheet: Sheet) -> StateTable:
    """Return one table of states, sorted by code; codes that the world has already are told."""
    for code in sorted(set(world.codes) & set(added.codes)):
        fix = "choose another code, such as one from XAA to XZZ"
        sheet.tell("the world has this state already", found=code, fix=fix)
    order = np.argsort(np.array([*world.codes, *added.codes]), kind="stable")
    parts = ((one.name, getattr(world, one.name), getattr(added, one.name)) for one in fields(StateTable))
    whole: dict[str, Any] = {name: _ordered(first, second, order) for name, first, second in parts}
    return StateTable(**whole)


def _ordered(first: Any, second: Any, order: NDArray[np.intp]) -> Any:
    """Return two arrays or two tuples as one, in an order."""
    if isinstance(first, np.ndarray):
        return np.concatenate([first, second])[order]
    both = (*first, *second)
    return tuple(both[place] for place in order)


def with_years(codes: tuple[str, ...], world: StateTable, found: Years, added: StateTable, more: Years) -> Years:
    """Return the yearly attributes of all states `codes`, in their order; both tables have the same years."""
    place = {code: at for at, code in enumerate(codes)}
    columns = {}
    for name, values in found[1].items():
        whole = np.full((len(found[0]), len(codes)), np.nan)
        whole[:, [place[code] for code in world.codes]] = values
        whole[:, [place[code] for code in added.codes]] = more[1][name]
        whole.flags.writeable = False
        columns[name] = whole
    return found[0], columns


def with_seats(world: Seats, added: Seats) -> Seats:
    """Return who sat, in either of two tables."""
    both = dict(world)
    for year, (body, mask) in added.items():
        both[year] = (both[year][0], both[year][1] | mask) if year in both else (body, mask)
    return both


def check_years(sheet: Sheet, found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Tell whether a table has the years of the table of years; say so where it has others."""
    if found != wanted:
        ends = [f"{years[0]} to {years[-1]}" if years else "none" for years in (found, wanted)]
        sheet.tell("it has other years than the table of years", found=ends[0], expected=ends[1])
    return found == wanted


def names_of(document: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of the tables that a case adds."""
    return tuple(name for name in ("states", "years", "seats") if name in document)
