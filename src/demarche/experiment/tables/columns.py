"""The column dictionary: what every column of every table means, in which unit, as which type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from demarche.engine.variables import OUTCOMES, SERIES, SeriesSpec, issue_series
from demarche.rules.contract import Parameter

TABLES = ("runs", "outcomes", "series", "events", "calendar")


@dataclass(frozen=True)
class Column:
    """One column of a table; `type` is the name of its Arrow type, `text` for words."""

    name: str
    unit: str
    meaning: str
    type: str


RUN = Column("run", "", "number of the run, a row of the design table", "int32")
IDENTITY = (
    RUN,
    Column("arm", "", "arm of the scenario", "text"),
    Column("account", "", "account: priors of the links that are disputed", "text"),
)
PLACES = {
    one.name: one
    for one in (
        Column("point", "", "number of the design point, from 0", "int32"),
        Column("replication", "", "number of the replication, from 0; the same luck in every arm, account and point",
               "int32"),
        Column("draw", "", "number of the draw of parameters from priors, from 0; the same in every arm and account",
               "int32"),
        Column("luck", "", "number of the luck within a draw, from 0; the same in every arm and account", "int32"),
    )
}  # fmt: skip
"""What points and the runs of a point are called, by design."""

STATUS = (
    Column("key", "", "identity of the run: hash of scenario, rules, arm, account, parameters and seed", "text"),
    Column("seed", "", "seed of the run's luck", "int64"),
    Column("status", "", "done, failed, or killed if it ended its worker process three times", "text"),
    Column("exception", "", "type of the exception of a failed run", "text"),
    Column("message", "", "message of the exception of a failed run", "text"),
    Column("traceback", "", "where the exception of a failed run was raised", "text"),
    Column("repeat", "", "command that repeats exactly this run if it failed; RESULTS is the folder", "text"),
)
EVENTS = (
    RUN,
    Column("step", "months", "months since the start", "int16"),
    Column("kind", "", "kind of event", "text"),
    Column("actor", "", "code of the actor, missing where the event has none", "text"),
    Column("about", "", "code of whom or what it is about, missing where the event has no second side", "text"),
    Column("detail", "", "what happened", "text"),
    Column("value", "", "number that belongs to the kind of event, missing where it has none", "float32"),
)
CALENDAR = (
    Column("arm", "", "arm of the scenario", "text"),
    Column("step", "months", "months since the start", "int16"),
    Column("code", "", "code of the dated event", "text"),
    Column("kind", "", "kind of dated event", "text"),
    Column("date", "", "month of the event, like 1995-03", "text"),
    Column("actors", "", "codes of the actors, separated by blanks", "text"),
    Column("strength", "share", "weight of the event", "float64"),
)


def series_specs(issue_codes: Iterable[str]) -> tuple[SeriesSpec, ...]:
    """Return every monthly series in the order of the recorder."""
    return (*SERIES, *issue_series(tuple(issue_codes)))


def column_dictionary(
    varied: Mapping[str, Parameter], issue_codes: Iterable[str], places: Iterable[str] = ("point", "replication")
) -> dict[str, tuple[Column, ...]]:
    """Return the columns of every table in order.

    Parameters
    ----------
    varied
        Parameters that vary, by path; they stand in `runs` and `outcomes`.
    issue_codes
        Codes of the issue areas, in the order of the cast.
    places
        What points and the runs of a point are called.
    """
    identity = (*IDENTITY, *(PLACES[name] for name in places))
    moved = tuple(Column(path, entry.unit, entry.meaning, "float64") for path, entry in varied.items())
    outcomes = tuple(Column(o.name, o.unit, o.meaning, "float64") for o in OUTCOMES.values())
    series = tuple(Column(s.name, s.unit, s.meaning, "float32") for s in series_specs(issue_codes))
    return {
        "runs": (*identity, *STATUS, *moved),
        "outcomes": (*identity, *moved, *outcomes),
        "series": (RUN, EVENTS[1], *series),
        "events": EVENTS,
        "calendar": CALENDAR,
    }


def arrow_schema(columns: Iterable[Column]) -> Any:
    """Return the Arrow schema of a table, with unit and meaning as metadata of each field."""
    import pyarrow as pa

    types = {
        "int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(), "float32": pa.float32(),
        "float64": pa.float64(), "text": pa.string(),
    }  # fmt: skip
    return pa.schema([
        pa.field(c.name, types[c.type], metadata={"unit": c.unit, "meaning": c.meaning}) for c in columns
    ])


def arrow_table(columns: tuple[Column, ...], values: dict[str, Any]) -> Any:
    """Return values by column name as an Arrow table with the types and meanings of the columns.

    Words that are given as positions in a list of words stay so: writing them out takes longer than writing the file.
    """
    import pyarrow as pa

    fields, arrays = [], []
    for field in arrow_schema(columns):
        values_here = values[field.name]
        is_listed = isinstance(values_here, pa.DictionaryArray) and values_here.type.value_type == field.type
        array = values_here if is_listed else _array(values_here, field.type)
        fields.append(field.with_type(array.type))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _array(values: Any, kind: Any) -> Any:
    import pyarrow as pa

    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)
