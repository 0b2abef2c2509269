"""Rings: a fixed number of rows a run that are filled in turn, such as asks, findings and recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.world.field_spec import FieldSpec, event

EMPTY = -1.0


@dataclass(frozen=True)
class Column:
    """One column of a ring: what each row says.

    Parameters
    ----------
    name, unit, low, high, meaning
        As in `FieldSpec`; the field is `<ring>_<name>`. An empty row holds -1 in every column.
    """

    name: str
    unit: str
    low: float
    high: float
    meaning: str


@dataclass(frozen=True)
class Ring:
    """A table of a fixed number of rows a run; the oldest row gives way to a new one.

    Parameters
    ----------
    name
        Name of the ring and of its axis.
    size
        Rows a run.
    columns
        What each row says.
    turns
        Names of what may happen to a row; they are the labels of the event field `<name>_event`.
        The first must stand for the writing of a row.
    meaning
        What one row is.
    """

    name: str
    size: int
    columns: tuple[Column, ...]
    turns: tuple[str, ...]
    meaning: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the rows."""
        width = len(str(self.size))
        return tuple(f"{self.name}_{row + 1:0{width}d}" for row in range(self.size))

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Columns `(size, n_runs)`, the row that is written next `(n_runs,)`, and the events of rows."""
        rows = (self.name,)
        columns = (
            FieldSpec(f"{self.name}_{c.name}", rows, c.unit, min(c.low, EMPTY), c.high, c.meaning, "memory", EMPTY)
            for c in self.columns
        )
        head = FieldSpec(
            f"{self.name}_next", (), "row", 0, self.size - 1, f"row that is written next: {self.meaning}", "memory"
        )
        return (*columns, head, event(f"{self.name}_event", rows, f"turns of rows: {self.meaning}", self.turns))
