"""The luck of a decision: which keyed uniforms its actors meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array, Cells
from demarche.engine.deciding import Rows
from demarche.engine.draws import Draws
from demarche.world.decisions import Decision


@dataclass(frozen=True)
class DecisionLuck:
    """The uniforms of one decision in one step, keyed by decision, step and the codes of those who decide."""

    decision: Decision
    draws: Draws
    step: int

    @property
    def stream(self) -> str:
        """Name of the stream."""
        return f"decide.{self.decision.name}"

    def of_rows(self, rows: Rows) -> Array:
        """Return uniforms of rows of the first axis, `(n_rows, ..., n_runs)`; with a part in common if declared."""
        axes = self.decision.axes if len(self.decision.axes) > 1 else self.decision.axis
        if not self.decision.common_luck:
            return self.draws.draw(self.stream, self.step, axes, rows)
        return self.draws.draw_joint(self.stream, self.step, axes, self.decision.common_luck, rows)

    def of_cells(self, where: Cells) -> Array:
        """Return uniforms of some rows in some runs, `(n,)`: those of `of_rows`."""
        return self.draws.draw_cells(self.stream, self.step, self.decision.axis, where)

    def of_candidates_at(self, where: Cells) -> tuple[Array, Array]:
        """Return uniforms of candidates `(n_candidates, n)` and of reservations `(n,)` in some rows and runs."""
        axis = self.decision.axis
        reserved = self.draws.draw_cells(f"{self.stream}/none", self.step, axis, where)
        return self.draws.draw_names_cells(self.stream, self.step, self.decision.options, axis, where), reserved

    def of_candidates(self, rows: Rows) -> tuple[Array, Array]:
        """Return uniforms of candidates `(n_candidates, n_rows, n_runs)` and of reservations `(n_rows, n_runs)`."""
        reserved = self.draws.draw(f"{self.stream}/none", self.step, self.decision.axis, rows)
        if len(self.decision.axes) == 2:
            pairs = self.draws.draw(self.stream, self.step, self.decision.axes, rows)
            return np.moveaxis(pairs, 1, 0), reserved
        names = self.decision.options
        return self.draws.draw_names(self.stream, self.step, names, self.decision.axis, rows), reserved
