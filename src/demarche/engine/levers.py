"""Levers of the runs of a chunk: what each arm sets from which month to which, laid into the lever fields.

A lever that binds a decision says in their place what those decide for whom it is set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.engine.deciding import may_decide
from demarche.engine.membership import SEAT_FIELDS
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.levers import BINDING_FIELDS, LEVER_OF_FIELD, LEVER_PATHS, SCOPE_AXES, START_OF, LeverSetting
from demarche.world.world import World

SEATS = "lever_seats"


@dataclass(frozen=True)
class LeverPlan:
    """The settings of the arms of a chunk, by month.

    Parameters
    ----------
    arms
        Arms of the chunk.
    arm_of_run
        Position in `arms` of each run `(n_runs,)`.
    imposed
        Lever field -> value of each run `(n_runs,)` that holds in all months and for all rows, on top
        of what the arm says; NaN leaves the arm's setting.
    order
        Positions of the cast's states in the order of the world.
    """

    arms: Sequence[ArmSetup]
    arm_of_run: NDArray[np.intp]
    imposed: Mapping[str, Array]
    order: NDArray[np.intp]

    @property
    def fields(self) -> tuple[str, ...]:
        """Lever fields that any run sets in any month, in a fixed order."""
        named = (setting.field for arm in self.arms for setting in arm.settings)
        return tuple(dict.fromkeys((*named, *self.imposed)))

    @property
    def moves_seats(self) -> bool:
        """Tell whether any run sets who sits in the charter body."""
        return SEATS in self.fields

    @property
    def wide(self) -> frozenset[str]:
        """Lever fields, and facts that follow from them, in which the runs of the chunk may differ from one another."""
        by_arm = [{field: _of_field(arm, field) for field in self.fields} for arm in self.arms]
        differing = {field for field in self.fields if any(one[field] != by_arm[0][field] for one in by_arm[1:])}
        return frozenset(differing | set(self.imposed) | set(SEAT_FIELDS if self.moves_seats else ()))

    @property
    def turns(self) -> frozenset[int]:
        """Steps in which a setting begins, or has just ended."""
        settings = [setting for arm in self.arms for setting in arm.settings]
        begin = {setting.first for setting in settings}
        end = {setting.last + 1 for setting in settings if setting.last is not None}
        return frozenset(begin | end | ({0} if self.imposed else set()))

    def lay(self, world: World, step: int) -> None:
        """Write the settings that hold in a step into the lever fields; what nobody sets returns to its start."""
        for field in self.fields:
            values = world[field]
            values[...] = START_OF[field]
            for position, arm in enumerate(self.arms):
                runs = slice(None) if values.shape[-1] == 1 else np.flatnonzero(self.arm_of_run == position)
                for setting in arm.settings:
                    if setting.field == field and setting.holds(step):
                        self._write(values, setting, runs)
                if values.shape[-1] == 1:
                    break  # all arms agree
            if field in self.imposed:
                said = self.imposed[field]
                values[...] = np.where(np.isnan(said), values, said)

    def bind(self, decision: Decision, world: World) -> bool:
        """Write what levers say of a decision into its binding field; tell whether they say anything.

        Whoever is not asked, or for whom no lever is set, stays free.
        """
        field = BINDING_FIELDS.get(decision.name, "")
        if field not in self._binding:
            return False
        held = world[f"{decision.name}_held"]
        said = world[field][: len(held)] if world[field].ndim > 1 else world[field]
        where = may_decide(decision, world) & ~np.isnan(said)
        np.copyto(held, np.nan_to_num(said).astype(held.dtype), where=where)
        return bool(where.any())

    @cached_property
    def _binding(self) -> frozenset[str]:
        return frozenset(BINDING_FIELDS.values()) & frozenset(self.fields)

    def _write(self, values: Array, setting: LeverSetting, runs: slice | NDArray[np.intp]) -> None:
        if setting.mask is None:
            values[..., runs] = setting.value
        else:
            of_states = SCOPE_AXES[LEVER_OF_FIELD[setting.field].scope] == ("state",)
            rows = np.flatnonzero(setting.mask[self.order] if of_states else setting.mask)
            values[(rows, slice(None)) if isinstance(runs, slice) else np.ix_(rows, runs)] = setting.value


def imposed_levers(values: Mapping[str, Array]) -> dict[str, Array]:
    """Return lever field -> values `(n_runs,)` of the paths `lever.<name>[.<part>]` that any run sets.

    Of levers that admit whole numbers only the nearest one counts.
    """
    found = {path: part for path, part in LEVER_PATHS.items() if not np.isnan(values[path]).all()}
    return {part.field: np.round(values[path]) if part.whole else values[path] for path, part in found.items()}


def bound_option(setup: Setup, runs: Runs, decision: str, step: int, actor: str) -> tuple[str, str] | None:
    """Return the lever that binds a decision of an actor in the first of some runs, and the option; None if none does.

    Without an actor only what holds for everybody counts.
    """
    field = BINDING_FIELDS.get(decision, "")
    if not field:
        return None
    lever, value = LEVER_OF_FIELD[field], START_OF[field]
    for setting in setup.arms[runs.arm[0]].settings:
        if setting.field == field and setting.holds(step) and _meant(setup.cast, setting, actor):
            value = setting.value
    swept = imposed_levers({path: np.asarray(runs.values.get(path, [np.nan])) for path in LEVER_PATHS}).get(field)
    value = value if swept is None or np.isnan(swept[0]) else float(swept[0])
    return None if np.isnan(value) else (lever.name, DECISION_OF[decision].options[int(value)])


def _meant(cast: Cast, setting: LeverSetting, actor: str) -> bool:
    return setting.mask is None or (actor in cast.state_codes and bool(setting.mask[cast.index(actor)]))


def _of_field(arm: ArmSetup, field: str) -> tuple[object, ...]:
    """Return what an arm says of a field, in a form that can be compared."""
    return tuple(
        (s.first, s.last, repr(s.value), None if s.mask is None else s.mask.tobytes())
        for s in arm.settings
        if s.field == field
    )
