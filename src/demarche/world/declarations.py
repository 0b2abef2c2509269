"""Declarations: all fields and decisions of one kind of world, and how its arrays are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from demarche.world.decisions import Decision
from demarche.world.field_spec import FieldSpec, change_of
from demarche.world.rings import Ring

BUFFERED_KINDS = ("stock", "change", "flow", "event")


@dataclass(frozen=True, eq=False)
class Declarations:
    """What arrays a world has and what is decided in it.

    Parameters
    ----------
    fields
        Name -> field, those of decisions, rings and changes of stocks included.
    decisions
        All decisions, in the order in which they are taken within a phase.
    rings
        All rings of rows.
    """

    fields: dict[str, FieldSpec]
    decisions: tuple[Decision, ...]
    rings: tuple[Ring, ...] = ()

    @classmethod
    def of(
        cls, declared: Iterable[FieldSpec], decisions: Iterable[Decision], rings: Iterable[Ring] = ()
    ) -> Declarations:
        """Return declarations with the fields that follow from stocks, decisions and rings."""
        plain, choices, rows = tuple(declared), tuple(decisions), tuple(rings)
        changes = tuple(change_of(spec) for spec in plain if spec.kind == "stock")
        made = (
            *plain,
            *changes,
            *(spec for decision in choices for spec in decision.fields),
            *(spec for ring in rows for spec in ring.fields),
        )
        return cls({spec.name: spec for spec in made}, choices, rows)

    @cached_property
    def decision_of(self) -> Mapping[str, Decision]:
        """Name -> decision."""
        return {decision.name: decision for decision in self.decisions}

    @cached_property
    def ring_axes(self) -> dict[str, tuple[str, ...]]:
        """Name of a ring -> codes of its rows."""
        return {ring.name: ring.codes for ring in self.rings}

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Buffered kind -> names of its fields, in order; stocks and their changes correspond."""
        stocks = tuple(name for name, spec in self.fields.items() if spec.kind == "stock")
        changes = tuple(f"{name}_change" for name in stocks)
        flows = (name for name, spec in self.fields.items() if spec.kind == "flow" and name not in changes)
        events = (name for name, spec in self.fields.items() if spec.kind == "event")
        return {"stock": stocks, "change": changes, "flow": tuple(flows), "event": tuple(events)}
