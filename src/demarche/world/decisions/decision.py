"""What a decision is: who decides, among which options, and when.

Rules add named terms to the utility of each option; one mechanism turns utilities into
choices (see `demarche.engine.deciding`), so that every choice can be traced to the rules
behind it and any seat can be overridden by a person or a policy.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from demarche.world.field_spec import FieldSpec

UTILITY_RANGE = 1e3
FREE_CHOICE = -1


@dataclass(frozen=True)
class Temperature:
    """Scale of the unexplained part of a choice, in utility units, with its range and source.

    An option's chance is proportional to exp(utility / temperature). The path of this parameter
    in files is `decision.<name>.temperature`; it has a run axis like any other.
    """

    default: float
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class Decision:
    """One kind of choice.

    Parameters
    ----------
    name
        Name in fields (`<name>_utility`, `<name>_choice`, `<name>_held`), tables and traces.
    axes
        The actors that decide, one choice a row: one axis, or two for decisions over pairs
        such as `("ngo", "issue")`.
    options
        Names of the options in their natural order (neighbours are close to one another). The
        first is the reference: what an actor does if it does not decide.
    when
        Months in which it is taken: `month`, `quarter`, `year`, or a calendar kind, `kind-2` for two months before.
    phase
        The step of the schedule that takes it.
    temperature
        Scale of the unexplained part of a choice.
    meaning
        What is decided.
    among
        Field on the first axis or on all axes: only rows for which it is above zero decide, the
        others take the reference. Empty means all.
    rows
        `senders` if only states as senders decide, the first rows of their axis.
    most
        0 if each row takes one option. Else up to so many are taken: of the options if there is
        one axis, of the members of the second axis if there are two (options then are to leave
        and to take). Each must beat a reservation of utility 0 that has its own luck.
    prices, purse
        Price of each option, and the field on the axis that pays: options are taken in the order
        of their worth as long as the purse lasts. Only with `most`.
    common_luck
        Correlation of the luck of all rows of a run, in [0, 1].
    by_focal
        The focal state decides, and the row is whom or what it decides on.
    trigger
        Field with a run axis: where it is zero, nobody of that run (or row) decides. Empty for none.
    few
        Whether few decide at a time, as `among` tells. Rules of the catalogue then add to the utility only where it is
        above zero, and it is cleared only there.
    """

    name: str
    axes: tuple[str, ...]
    options: tuple[str, ...]
    when: str
    phase: str
    temperature: Temperature
    meaning: str
    among: str = ""
    rows: Literal["", "senders"] = ""
    most: int = 0
    prices: tuple[float, ...] = ()
    purse: str = ""
    common_luck: float = 0.0
    by_focal: bool = False
    trigger: str = ""
    few: bool = False

    @property
    def axis(self) -> str:
        """The axis of those who decide: the first."""
        return self.axes[0]

    @property
    def takes_some(self) -> bool:
        """Tell whether several may be taken at once."""
        return self.most > 0

    @property
    def choice_axes(self) -> tuple[str, ...]:
        """Axes of the choice: those of the decision, after the options where several of them may be taken."""
        return (f"option:{self.name}", *self.axes) if self.takes_some and len(self.axes) == 1 else self.axes

    def index(self, option: str) -> int:
        """Return the position of an option."""
        return self.options.index(option)

    @property
    def fields(self) -> tuple[FieldSpec, FieldSpec, FieldSpec]:
        """The utility, the choice and the binding of this decision."""
        listed = ", ".join(self.options)
        top = 1 if self.takes_some else len(self.options) - 1
        choice = FieldSpec(
            f"{self.name}_choice", self.choice_axes, "option", FREE_CHOICE, top,
            f"last choice among {listed}: {self.meaning}", "choice", FREE_CHOICE,
        )
        return (
            FieldSpec(
                f"{self.name}_utility",
                (f"option:{self.name}", *self.axes),
                "utility",
                -UTILITY_RANGE,
                UTILITY_RANGE,
                f"utility of {listed}: {self.meaning}",
                "utility",
            ),
            choice,
            dataclasses.replace(
                choice,
                name=f"{self.name}_held",
                meaning=f"option to which a seat is bound at the last decision, -1 if it was free: {self.meaning}",
            ),
        )


UNIT_NOISE = Temperature(1.0, 0.5, 2.0, "assumption: logistic noise of one utility unit; rules are scaled against it")
