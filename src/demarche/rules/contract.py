"""What a rule is: a small pure function over the world with declared facts.

An engineer writes one file in `demarche.rules.catalogue`: parameters, the decorator with
the declared facts, and a body of NumPy. Nothing else has to be touched: the catalogue
finds the rule, the schedule places it in its phase, the tests check its declarations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.arrays import Array, Cells
from demarche.errors import RuleError
from demarche.rules.signature import place_of, signature_problems
from demarche.rules.values import value_problems
from demarche.world.fields.protocol import Fields

__all__ = ["ALL", "FAMILIES", "Body", "Fields", "Moment", "Parameter", "Role", "Rule", "rule", "strength"]

Role = Literal["strength", "uncertainty", "lever", "constant"]

FAMILIES: dict[str, str] = {
    "senders": "sender governments",
    "focal": "the focal state",
    "ngos": "NGOs and donors",
    "bodies": "UN bodies and lenders",
    "society": "society and firms",
    "world": "what nobody decides",
}


@dataclass(frozen=True)
class Parameter:
    """One number of a rule, with its range and its source.

    Parameters
    ----------
    name
        Name within the rule; `<rule id>.<name>` is its path in files.
    default, low, high
        Value if nothing else is said, and the range within which it may be varied.
    unit
        Unit of the value.
    meaning
        What it stands for.
    source
        Claim ids, a literature key, a dataset, or `assumption: ...`; never empty.
    role
        `strength` scales the whole rule (0 silences it), `uncertainty` nobody knows it,
        `lever` an actor chooses it, `constant` fixed by definition or institution.
    shared_as
        Id of the rule under which it stands in files if several rules rest on it: one number, with one value in a run.
        Empty for a number of one rule alone.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    role: Role = "uncertainty"
    shared_as: str = ""

    def path(self, rule_id: str) -> str:
        """Return the path in files of the number as a rule has it."""
        return f"{self.shared_as or rule_id}.{self.name}"


class Moment(Protocol):
    """What a rule may know of the present month besides the fields it reads."""

    step: int
    n_runs: int

    def draw(self, label: str, axis: str | tuple[str, ...] | None = None) -> Array:
        """Return uniforms on [0, 1): `(n_axis, n_runs)`, or `(n_runs,)` without an axis.

        Two axes give the luck of pairs `(n_first, n_second, n_runs)`, keyed by both codes. The label
        must be declared; the same label twice in a step is an error.
        """
        ...

    def draw_cells(self, label: str, axis: str, where: Cells, count: NDArray[np.int64] | None = None) -> Array:
        """Return uniforms `(n,)` of some members of an axis in some runs; without a count those of `draw`.

        With a count `(n,)` the number belongs to row, run and count whatever the step: the luck of
        the k-th thing that happens there. The label must be declared; the same one twice in a step is an error.
        """
        ...

    def draw_joint(self, label: str, axis: str, correlation: float | Array) -> Array:
        """Return uniforms `(n_axis, n_runs)` whose normals correlate over the rows of a run.

        `correlation` is in [0, 1], one for all or `(n_runs,)`; the streams are `<label>/common` and `<label>/own`.
        """
        ...

    def temperature(self, decision: str) -> Array:
        """Return the scale of the unexplained part of a decision `(n_runs,)`, utility units."""
        ...

    def draw_lasting(self, label: str, axis: str | tuple[str, ...] | None = None) -> Array:
        """Return uniforms that are the same in every step of a run (lasting dispositions)."""
        ...

    def is_on(self, kind: str) -> bool:
        """Tell whether a calendar event of a declared kind falls in this month."""
        ...

    def strength(self, kind: str) -> float:
        """Return the strength of this month's strongest event of a kind, 0 if there is none."""
        ...

    def next_strength(self, kind: str) -> float:
        """Return the strength of the next event of a kind, 0 if none comes."""
        ...

    def months_to(self, kind: str) -> float:
        """Return the months to the next event of a kind, 0 in its month, infinity if none comes."""
        ...

    def strength_within(self, kind: str, months: Array) -> Array:
        """Return `(n_runs,)`: strength of the next event of a kind, 0 where it is more than so many months away."""
        ...

    def months_since(self, kind: str) -> float:
        """Return the months since the last event of a kind, 0 in its month, infinity if none was."""
        ...

    def actors(self, kind: str, lead: int = 0) -> Array:
        """Return `(n_states, 1)`: 1 for states that are actors of an event `lead` months from now."""
        ...

    def named(self, kind: str, axis: str, lead: int = 0) -> Array:
        """Return `(n_axis, 1)`: 1 for members of an axis, such as treaties, that an event in `lead` months names."""
        ...

    def index(self, decision: str, option: str) -> int:
        """Return the position of an option of a decision."""
        ...


Body = Callable[Concatenate[Fields, Moment, ...], None]


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue; see `rule` for the meaning of its facts."""

    id: str
    sentence: str
    claims: tuple[str, ...]
    accounts: tuple[str, ...]
    phase: str
    when: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    draws: tuple[str, ...]
    calendar: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    after: tuple[str, ...]
    body: Body
    rows: str = ""
    trigger: str = ""
    links: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands and what it is called, for messages."""
        return f"{place_of(self.body)}: rule {self.id}"

    @property
    def family(self) -> str:
        """Family of behaviour, the first part of the id."""
        return self.id.split(".")[0]

    @property
    def parameter_paths(self) -> tuple[str, ...]:
        """Full paths of the parameters."""
        return tuple(parameter.path(self.id) for parameter in self.parameters)

    @property
    def shared_paths(self) -> tuple[str, ...]:
        """Full paths of the links and base rates that it names."""
        return (*(LINK_PREFIX + name for name in self.links), *(RATE_PREFIX + name for name in self.rates))

    @property
    def arguments(self) -> dict[str, str]:
        """Name of each argument of the body -> path of its values: parameters, links, base rates."""
        own = {parameter.name: path for parameter, path in zip(self.parameters, self.parameter_paths, strict=True)}
        return {**own, **dict(zip((*self.links, *self.rates), self.shared_paths, strict=True))}

    @property
    def has_strength(self) -> bool:
        """Tell whether one parameter scales the whole rule; procedures have none."""
        return any(parameter.role == "strength" for parameter in self.parameters)


def rule(
    id: str,
    sentence: str,
    *,
    claims: tuple[str, ...],
    accounts: tuple[str, ...],
    phase: str,
    when: str = "month",
    reads: tuple[str, ...] = (),
    writes: tuple[str, ...],
    draws: tuple[str, ...] = (),
    calendar: tuple[str, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    after: tuple[str, ...] = (),
    rows: Literal["", "senders"] = "",
    trigger: str = "",
    links: tuple[str, ...] = (),
    rates: tuple[str, ...] = (),
) -> Callable[[Body], Rule]:
    """Turn a function `body(w, now, *, ...)` into a rule; parameters, links and base rates are given to it by name.

    Parameters
    ----------
    id
        `<family>.<short_name>`.
    sentence
        The rule in one plain sentence.
    claims
        Ids of the register that it expresses; never empty.
    accounts
        Accounts in which it is on; `ALL` for the common world.
    phase
        Phase of the schedule in which it acts.
    when
        `start`, `month`, `quarter`, `half_year`, `year`, `march`, a calendar kind, or `kind-N`.
    reads, writes
        Fields that it may read, and change in place (what it writes it may also read).
    draws
        Labels of its random numbers.
    calendar
        Calendar kinds that it may ask about.
    parameters
        Its numbers.
    after
        Ids of rules of the same phase that must act before it.
    rows
        `senders` if it concerns states as senders only: its state fields, draws and actors then
        hold the possible senders alone, which is a third of all states.
    trigger
        Field without which nothing happens: in a month in which it is zero everywhere the rule does
        not act at all. The rule must be silent wherever the field is zero, since other runs may trigger it.
    links
        Ids of the links of accounts that it carries out.
    rates
        Ids of the base rates that it reads.

    Raises
    ------
    RuleError
        If a fact is of another kind, such as text for a tuple or for a number, or the named arguments of the body are
        not the declared parameters, links and base rates.
    """

    def wrap(body: Body) -> Rule:
        facts = (id, sentence, claims, accounts, phase, when, reads, writes, draws, calendar, parameters, after)
        made = Rule(*facts, body, rows, trigger, links, rates)
        if problems := value_problems(made.place, made, parameters):
            raise RuleError(problems)
        declared = [*(parameter.name for parameter in parameters), *links, *rates]
        if problems := signature_problems(id, body, declared):
            raise RuleError(problems)
        return made

    return wrap


ALL: tuple[str, ...] = ("*",)


def strength(meaning: str, source: str, default: float = 1.0, high: float = 2.0, unit: str = "multiplier") -> Parameter:
    """Return the parameter that scales a whole rule; zero silences it."""
    return Parameter("strength", default, 0.0, high, unit, meaning, source, "strength")
