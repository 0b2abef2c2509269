"""The tables of the claims test: claims, switches, measures and effects, as a person wrote them before any run."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from demarche.accounts.links import all_links, all_rates
from demarche.rules.find import find_rules

FOLDER = Path(__file__).parent
Kind = Literal["sign", "none", "mixed", "structure"]
RATIOS = ("odds ratio", "factor", "rate ratio")


@dataclass(frozen=True)
class Switch:
    """What makes a trigger happen; see `switches.yaml` for its parts."""

    says: str
    values: dict[str, float] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    hold: dict[str, Any] = field(default_factory=dict)
    calendar: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Carrier:
    """What carries a claim: kind (`rule`, `link`, `rate`, `parameter`), its id, and its value when neutral."""

    kind: str
    id: str
    neutral: float | None

    @property
    def path(self) -> str:
        """Path of the number; that of a rule is its id."""
        return self.id if self.kind in ("rule", "parameter") else f"{self.kind}.{self.id}"


@dataclass(frozen=True)
class Arm:
    """Runs of one kind: account, switch, numbers set besides, and the rule that is off."""

    account: str
    switch: str
    values: tuple[tuple[str, float], ...] = ()
    off: str = ""


@dataclass(frozen=True)
class Test:
    """One test: the measure in an arm against the same arm with the carrier neutral, in a window, and the sign.

    Parameters
    ----------
    what
        `claim`, `path` (of a claim of no effect: the same with the carrier strong) or `other` (second condition).
    sign
        1, -1, or 0 for no effect.
    """

    __test__ = False  # pytest collects what is called so

    claim: str
    what: str
    measure: str
    on: Arm
    neutral: Arm
    window: tuple[int, int]
    sign: int


def neutral_of(kind: str, name: str, given: str) -> float | None:
    """Return the value at which a carrier does nothing: no effect of a link, half of a base rate."""
    if kind == "rule":
        return None
    if given or kind == "parameter":
        return float(given)
    if kind == "rate":
        return all_rates()[name].said.median / 2.0
    return 1.0 if all_links()[name].said.unit in RATIOS else 0.0


@dataclass(frozen=True)
class Row:
    """One row of `claims.csv`; `texts` holds the columns as they stand."""

    texts: dict[str, str]

    def __getattr__(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(name) from None

    def carriers(self) -> tuple[Carrier, ...]:
        """Return its carriers: none of `structure`, two of some mixed claims."""
        found = []
        for end in ("", "_b"):
            kind, _, name = self.texts["carrier" + end].partition(":")
            if name:
                found.append(Carrier(kind, name, neutral_of(kind, name, self.texts["neutral" + end])))
        return tuple(found)

    def tests(self) -> tuple[Test, ...]:
        """Return its tests: one, or two of claims of no effect and of mixed effect."""
        if self.kind == "structure":
            return ()
        first, *others = self.carriers()
        if self.kind == "none":
            return self._test("claim", first, self.measure, self.switch, 0), self._strong(first)
        sign = {"+": 1, "-": -1, "+-": 1}[self.sign]
        plain = self._test("claim", first, self.measure, self.switch, self._turned(self.measure, sign))
        if self.kind == "sign":
            return (plain,)
        second = self._turned(self.measure_b, -1)
        return plain, self._test("other", others[0], self.measure_b, self.switch_b, second)

    def _turned(self, measure: str, sign: int) -> int:
        """Return the sign of the measure: signs of mixed claims are those of the effect's word."""
        return sign * oriented(self.claim, measure) if self.kind == "mixed" else sign

    def _test(
        self, what: str, carrier: Carrier, measure: str, switch: str, sign: int,
        extra: tuple[tuple[str, float], ...] = (), strong: float | None = None,
    ) -> Test:  # fmt: skip
        start, _, end = self.window.partition("-")
        own = () if strong is None else ((carrier.path, strong),)
        on = Arm(self.account, switch, (*extra, *own))
        if carrier.neutral is None:
            neutral = Arm(self.account, switch, extra, carrier.id)
        else:
            neutral = Arm(self.account, switch, (*extra, (carrier.path, carrier.neutral)))
        return Test(self.claim, what, measure, on, neutral, (int(start), int(end)), sign)

    def _strong(self, carrier: Carrier) -> Test:
        """Return the test that a path exists: another switch, the carrier's number strong, other numbers besides."""
        switch, strong, extra = self.switch, None, []
        for part in self.strong.split("+"):
            path, _, value = part.partition("=")
            if value:
                extra.append((path, float(value)))
            elif part in switches():
                switch = part
            else:
                strong = float(part)
        return self._test("path", carrier, self.measure, switch, 0, tuple(extra), strong)


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of `claims.csv`, in register order."""
    with (FOLDER / "claims.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Row(dict(row)) for row in csv.DictReader(file))


@cache
def switches() -> dict[str, Switch]:
    """Return the switches by name."""
    return {name: Switch(**said) for name, said in _yaml("switches.yaml").items()}


@cache
def measures() -> dict[str, dict[str, Any]]:
    """Return what each measure shows, by name."""
    return _yaml("measures.yaml")


@cache
def effects() -> dict[str, dict[str, int]]:
    """Return effect of the register -> measure -> 1, or -1 if more of it is less of the effect."""
    return _yaml("effects.yaml")


def oriented(claim: str, measure: str) -> int:
    """Return whether more of a measure is more or less of what a claim speaks of."""
    from demarche.claims import load_register

    return effects()[load_register().claim(claim).effect_on][measure]


def known_carriers() -> frozenset[str]:
    """Return all that may carry a claim, as `claims.csv` writes it."""
    rules = find_rules()
    return frozenset(
        [f"rule:{rule.id}" for rule in rules] + [f"link:{name}" for name in all_links()]
        + [f"rate:{name}" for name in all_rates()]
        + [f"parameter:{path}" for rule in rules for path in rule.parameter_paths]
    )  # fmt: skip


def _yaml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found
