"""What figures cannot do without, and how it is said that they lack it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from demarche.engine.variables import without_window

if TYPE_CHECKING:
    from demarche.experiment.design.figures import Supply


@dataclass(frozen=True)
class Lack:
    """Why a figure cannot be drawn.

    Parameters
    ----------
    what
        What it says of the figure, such as `compares arms and there is one`.
    fix
        How to mend it.
    expected
        Names that are missing.
    """

    what: str
    fix: str
    expected: str = ""


class Need(Protocol):
    """One thing that a figure needs."""

    @property
    def words(self) -> str:
        """What it is, in a few words."""

    def lack(self, supply: Supply) -> Lack | None:
        """Return what is missing, None if nothing is."""


@dataclass(frozen=True)
class TwoArms:
    """Arms to compare."""

    words: str = "two arms or more"

    def lack(self, supply: Supply) -> Lack | None:
        """Return a lack if there is one arm."""
        if len(supply.arms) > 1:
            return None
        what = f"compares arms and {'these results have' if supply.is_done else 'the experiment has'} one"
        return Lack(what, "run an experiment with two arms or more" if supply.is_done else "add an arm")


@dataclass(frozen=True)
class Folder:
    """The results folder, some of whose runs are repeated."""

    words: str = "a results folder whose runs can be repeated"

    def lack(self, supply: Supply) -> Lack | None:
        """Return a lack before the runs are done."""
        if supply.is_done:
            return None
        return Lack("repeats runs, so it cannot be drawn with the others", "draw it with 'demarche plot' afterwards")


@dataclass(frozen=True)
class ShownOutcomes:
    """Outcomes that the scenario asks for."""

    words: str = "outcomes that the scenario names, with windows that fit the period"

    def lack(self, supply: Supply) -> Lack | None:
        """Return a lack if no outcome has a number."""
        if len(without_window(supply.outcomes, supply.n_steps)) < len(supply.outcomes):
            return None
        return Lack("has no outcome to show", "name outcomes in the scenario whose windows fit the period")


@dataclass(frozen=True)
class Dates:
    """A dated event in the calendar of the reference arm.

    Parameters
    ----------
    kinds
        Kinds of dated events, one of which must occur.
    margin
        Months that must lie between it and either end of the period.
    """

    kinds: tuple[str, ...]
    margin: int = 0

    @property
    def words(self) -> str:
        """What it is, in a few words."""
        return f"in the calendar a {self._which}{self._where}"

    @property
    def _which(self) -> str:
        *first, last = self.kinds
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def _where(self) -> str:
        return f", {self.margin} months or more from the ends of the period" if self.margin else ""

    def lack(self, supply: Supply) -> Lack | None:
        """Return a lack if there is no such date."""
        last = supply.n_steps - self.margin
        if any(self.margin <= step < last for step in supply.dates(supply.reference, self.kinds)):
            return None
        what = f"finds no {self._which} in the calendar of {supply.reference}{self._where}"
        return Lack(what, "lengthen the period")


def not_kept(what: str, key: str, missing: tuple[str, ...], supply: Supply) -> Lack | None:
    """Return a lack of rows of a table; `key` is the one that keeps them, under `record` in an experiment."""
    if not missing:
        return None
    where = "these results do not hold" if supply.is_done else "the experiment does not keep"
    fix = f"set 'record: {{{key}: true}}'" + (" in the experiment and run it again" if supply.is_done else "")
    return Lack(f"needs {what} that {where}", fix, ", ".join(missing))
