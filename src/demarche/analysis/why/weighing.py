"""One choice as numbers: what each rule added to each option, chances, luck, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demarche.analysis.why.asked import Row, codes_of
from demarche.analysis.why.case import Case
from demarche.arrays import Array
from demarche.engine.deciding import Choice, gumbel
from demarche.engine.draws import Draws
from demarche.engine.luck import DecisionLuck
from demarche.engine.trace import Act, Taken, Witness
from demarche.world.decisions import Decision


@dataclass(frozen=True)
class Weighing:
    """One choice of one actor in one month.

    Parameters
    ----------
    decision, step, row
        What, when and who.
    options
        What could be taken: options, or the members of the second axis where some of these are taken.
    added
        Rule -> what it added to each of them, in the order in which the rules acted.
    temperature
        Scale of the unexplained part.
    luck
        Uniform number of the choice; where several may be taken, one of each.
    reserved
        Where several may be taken, the uniform of taking none; else NaN.
    chosen
        What was taken in the end, bound seats included; names of options.
    free
        What rules and luck alone would have taken.
    held
        Tells whether the seat was bound.
    was_asked
        Tells whether there was a choice at all.
    """

    decision: Decision
    step: int
    row: Row
    options: tuple[str, ...]
    added: Mapping[str, Array]
    temperature: float
    luck: Array
    reserved: float
    chosen: tuple[str, ...]
    free: tuple[str, ...]
    held: bool
    was_asked: bool

    @property
    def total(self) -> Array:
        """Sum of what rules added to each option."""
        sums: Array = np.sum(list(self.added.values()), axis=0) if self.added else np.zeros(len(self.options))
        return sums

    @property
    def chances(self) -> Array:
        """Chance of each option; where several may be taken, that it is better than nothing."""
        return chances(self.total, self.temperature, self.decision.takes_some)

    @property
    def rival(self) -> int:
        """Position of the option that the one taken is held against.

        The option to which rules add least, as a rule to let things be; if that was taken, the likeliest other one.
        """
        taken = self.options.index(self.free[0])
        weight = np.sum([np.abs(amounts) for amounts in self.added.values()], axis=0) if self.added else self.total
        at_rest = int(np.argmin(weight))
        rest = [place for place in range(len(self.options)) if place != taken]
        return at_rest if at_rest != taken else max(rest, key=lambda place: float(self.chances[place]))

    @property
    def worth(self) -> Array:
        """Where several may be taken: utility with the luck of each candidate."""
        worth: Array = self.total + self.temperature * gumbel(self.luck)
        return worth

    @property
    def threshold(self) -> float:
        """Where several may be taken: what a candidate must be worth."""
        return float(self.temperature * gumbel(np.array([self.reserved]))[0])

    @property
    def ranked(self) -> tuple[str, ...]:
        """The rules by how much chances would differ without each, the heaviest first."""
        some = self.decision.takes_some

        def weight(rule: str) -> tuple[float, float, str]:
            amounts = self.added[rule]
            bare = chances(self.total - amounts, self.temperature, some)
            return -float(np.abs(self.chances - bare).sum()), -float(np.ptp(amounts)), rule

        return tuple(sorted(self.added, key=weight))

    def without(self, rule: str) -> str:
        """Return the option that the same luck would have given had a rule added nothing."""
        return self.options[picked(self.total - self.added[rule], float(self.luck[0]), self.temperature)]


def chances(utility: Array, temperature: float, one_by_one: bool = False) -> Array:
    """Return chances proportional to `exp(utility / temperature)`, or of each against nothing.

    Examples
    --------
    >>> import numpy as np
    >>> chances(np.array([0.0, np.log(3.0)]), 1.0)
    array([0.25, 0.75])
    """
    if one_by_one:
        alone: Array = 1.0 / (1.0 + np.exp(np.clip(-utility / temperature, -700.0, 700.0)))
        return alone
    weights = np.exp((utility - utility.max()) / temperature)
    share: Array = weights / weights.sum()
    return share


def picked(utility: Array, luck: float, temperature: float) -> int:
    """Return the option that luck picks from the cumulated chances in the natural order of options."""
    ends = np.cumsum(chances(utility, temperature))
    return min(int(np.searchsorted(ends, luck, side="right")), len(utility) - 1)


def weigh(case: Case, witness: Witness, decision: Decision, step: int, row: Row) -> Weighing:
    """Return the numbers of one choice, from what a witness noted."""
    taken = next(one for one in witness.taken if one.decision == decision.name and one.step == step)
    field = f"{decision.name}_utility"
    acts = [act for act in witness.acts if act.step == step and field in act.after]
    added = {act.rule: _of_options(decision, row, act.added(field)) for act in acts}
    moved = {rule: amounts for rule, amounts in added.items() if np.any(amounts)}
    codes = codes_of(case)
    options = codes[decision.axes[1]] if decision.takes_some and len(decision.axes) > 1 else decision.options
    luck, reserved = _luck(case, decision, step, row)
    return Weighing(
        decision, step, row, options, moved, case.setup.temperature(decision.name, case.runs, case.row), luck, reserved,
        _names(decision, options, row, taken.choice), _names(decision, options, row, taken.free),
        bool(np.any(_cell(decision, row, taken.held) >= 0)), _may(decision, row, taken),
    )  # fmt: skip


def cell_of(decision: Decision, row: Row) -> tuple[int | slice, ...]:
    """Return the index of a row in an array over the axes of a decision; all of a second axis where some are taken."""
    if decision.takes_some and len(decision.axes) > 1:
        return row.positions[0], slice(None)
    return row.positions


def _of_options(decision: Decision, row: Row, values: Array) -> Array:
    """Return the values of a row for each option, `(n_options,)`."""
    found: Array = values[(slice(None), *cell_of(decision, row))]
    return found[1] - found[0] if decision.takes_some and len(decision.axes) > 1 else found


def _cell(decision: Decision, row: Row, choice: Choice) -> Choice:
    leading = (slice(None),) if decision.takes_some and len(decision.axes) == 1 else ()
    found: Choice = np.asarray(choice[(*leading, *cell_of(decision, row))])
    return found


def _names(decision: Decision, options: tuple[str, ...], row: Row, choice: Choice) -> tuple[str, ...]:
    cell = _cell(decision, row, choice)
    if not decision.takes_some:
        return (options[max(int(cell), 0)],)
    return tuple(option for option, taken in zip(options, cell, strict=True) if taken > 0)


def _may(decision: Decision, row: Row, taken: Taken) -> bool:
    return bool(np.any(taken.may[cell_of(decision, row)]))


def _luck(case: Case, decision: Decision, step: int, row: Row) -> tuple[Array, float]:
    """Return the uniforms of a choice: one, or one a candidate and that of taking none."""
    draws = Draws([case.runs.seed[case.row]], codes_of(case))
    luck, rows = DecisionLuck(decision, draws, step), np.array([row.positions[0]])
    if decision.takes_some:
        each, reserved = luck.of_candidates(rows)
        return each[:, 0, 0], float(reserved[0, 0])
    values = luck.of_rows(rows)[0]
    return np.atleast_1d(values[(*row.positions[1:], 0)]), float("nan")


def changed_after(witness: Witness, decision: Decision, step: int, row: Row) -> list[tuple[Act, str, str]]:
    """Return the rules that changed a choice after it was taken, with what it was and became."""
    field = f"{decision.name}_choice"
    if decision.takes_some:
        return []
    found = []
    for act in witness.acts:
        if act.step == step and field in act.after:
            pair = [int(values[field][row.positions]) for values in (act.before, act.after)]
            if pair[0] != pair[1]:
                found.append((act, decision.options[max(pair[0], 0)], decision.options[max(pair[1], 0)]))
    return found
