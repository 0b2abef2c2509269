"""The moment: what one rule may know of the present month, restricted to what it declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import REAL, Array, Cells
from demarche.engine.draws import Draws
from demarche.errors import Problem, RuleError
from demarche.rules.contract import Rule
from demarche.world.calendar import Calendar
from demarche.world.decisions import DECISION_OF
from demarche.world.world import SENDER_ROWS


class RuleMoment:
    """The `Moment` handed to one rule; asks for undeclared draws or kinds are refused."""

    def __init__(
        self,
        rule: Rule,
        calendar: Calendar,
        draws: Draws,
        actor_mask: Callable[[tuple[str, ...]], Array],
        n_runs: int,
        n_senders: int | None = None,
        temperatures: Mapping[str, Array] | None = None,
        codes: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.step = 0
        self.n_runs = n_runs
        self._rule = rule
        self._calendar = calendar
        self._draws = draws
        self._actor_mask = actor_mask
        self._temperatures = temperatures or {}
        self._codes = codes or {}
        self._namers: dict[str, Callable[[tuple[str, ...]], Array]] = {}
        self._states = slice(n_senders) if rule.rows == SENDER_ROWS else slice(None)

    def _stream(self, label: str) -> str:
        if label not in self._rule.draws:
            raise RuleError(
                [
                    Problem(
                        self._rule.id,
                        f"draw '{label}' is not declared",
                        expected=", ".join(self._rule.draws),
                        fix=f"add '{label}' to its draws",
                    )
                ]
            )
        return f"{self._rule.id}/{label}"

    def _kind(self, kind: str) -> str:
        if kind not in self._rule.calendar:
            raise RuleError(
                [
                    Problem(
                        self._rule.id,
                        f"calendar kind '{kind}' is not declared",
                        expected=", ".join(self._rule.calendar),
                        fix=f"add '{kind}' to its calendar",
                    )
                ]
            )
        return kind

    def draw(self, label: str, axis: str | tuple[str, ...] | None = None) -> Array:
        """Return this step's uniforms, see `Moment.draw`."""
        return self._draws.draw(self._stream(label), self.step, axis, self._states if axis == "state" else None)

    def draw_cells(self, label: str, axis: str, where: Cells, count: NDArray[np.int64] | None = None) -> Array:
        """Return this step's uniforms of some cells, see `Moment.draw_cells`."""
        return self._draws.draw_cells(self._stream(label), self.step, axis, where, count)

    def draw_joint(self, label: str, axis: str, correlation: float | Array) -> Array:
        """Return this step's uniforms with a part in common, see `Moment.draw_joint`."""
        rows = self._states if axis == "state" else None
        return self._draws.draw_joint(self._stream(label), self.step, axis, correlation, rows)

    def draw_lasting(self, label: str, axis: str | tuple[str, ...] | None = None) -> Array:
        """Return uniforms that last through the run, see `Moment.draw_lasting`."""
        values = self._draws.draw_lasting(self._stream(label), axis)
        return values[self._states] if axis == "state" else values

    def is_on(self, kind: str) -> bool:
        """Tell whether an event of a kind falls in this month."""
        return bool(self._calendar.on(self._kind(kind), self.step))

    def strength(self, kind: str) -> float:
        """Return the strength of this month's strongest event of a kind."""
        return max((event.strength for event in self._calendar.on(self._kind(kind), self.step)), default=0.0)

    def next_strength(self, kind: str) -> float:
        """Return the strength of the next event of a kind."""
        return self._calendar.next_strength(self._kind(kind), self.step)

    def months_to(self, kind: str) -> float:
        """Return the months to the next event of a kind."""
        return self._calendar.months_to(self._kind(kind), self.step)

    def strength_within(self, kind: str, months: Array) -> Array:
        """Return the strength of the next event of a kind where it is near."""
        return (self.months_to(kind) <= months).astype(REAL) * self.next_strength(kind)

    def months_since(self, kind: str) -> float:
        """Return the months since the last event of a kind."""
        return self._calendar.months_since(self._kind(kind), self.step)

    def actors(self, kind: str, lead: int = 0) -> Array:
        """Return `(n_states, 1)`: 1 for actors of an event of a kind so many months from now."""
        events = self._calendar.on(self._kind(kind), self.step + lead)
        return self._actor_mask(tuple(sorted({code for event in events for code in event.actors})))[self._states]

    def named(self, kind: str, axis: str, lead: int = 0) -> Array:
        """Return `(n_axis, 1)`: 1 for members of an axis that an event of a kind names."""
        events = self._calendar.on(self._kind(kind), self.step + lead)
        if axis not in self._namers:
            self._namers[axis] = actor_masks(self._codes[axis])
        return self._namers[axis](tuple(sorted({code for event in events for code in event.actors})))

    def temperature(self, decision: str) -> Array:
        """Return the temperature of a decision `(n_runs,)`, see `Moment.temperature`."""
        return self._temperatures[decision]

    def index(self, decision: str, option: str) -> int:
        """Return the position of an option of a decision."""
        return DECISION_OF[decision].index(option)


def actor_masks(axis_codes: tuple[str, ...]) -> Callable[[tuple[str, ...]], Array]:
    """Return a function from codes to a kept mask `(n_axis, 1)`: 1 for those of an axis that are named."""
    masks: dict[tuple[str, ...], Array] = {}

    def mask(codes: tuple[str, ...]) -> Array:
        if codes not in masks:
            masks[codes] = np.isin(np.array(axis_codes), codes).astype(REAL)[:, None]
            masks[codes].flags.writeable = False
        return masks[codes]

    return mask
