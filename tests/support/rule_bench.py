"""A tiny world in which one rule acts, for the unit tests of rules."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from demarche.engine.draws import Draws
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.rules.find import get_rule
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.world import FieldView, World

START = Month(2000, 1)
CODES = {
    "state": ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"),  # AAA focal, BBB leading critic
    "ngo": ("documentation", "labour_consumer", "legal_defence"),
    "body": ("commission", "council", "treaty_bodies"),
    "issue": ("civil_political", "labour", "economic_social", "extralegal_detention"),
    "treaty": ("CIVIL", "SOCIAL"),
    "case": tuple(f"case{i:03d}" for i in range(1, 41)),
}


class RuleBench:
    """One rule in a world of six states, four issue areas and forty cases.

    Fields start at their declared initial value (0 where the cast would give it); set what the
    test needs. `act` returns the fields that the rule changed, as after - before.
    """

    def __init__(self, n_runs: int = 8, **fields: Any) -> None:
        self.world = World(CODES, n_runs)
        self.draws = Draws(range(n_runs), {axis: CODES[axis] for axis in CODES})
        for name, values in (("is_present", 1), ("is_focal", [1, 0, 0, 0, 0, 0]), ("is_critic", [0, 1, 0, 0, 0, 0]),
                             ("is_core", [1, 0, 0, 1]), ("is_overlap", [0, 1, 0, 0]), ("is_social", [0, 0, 1, 0]),
                             ("treaty_is_social", [0, 1]), ("ngo_is_active", 1), ("body_is_active", 1)):  # fmt: skip
            self.set(**{name: values})
        self.set(**fields)

    def set(self, **fields: Any) -> RuleBench:
        """Set fields: a number for all entries, or one value per row."""
        for name, value in fields.items():
            array = self.world[name]
            values = np.asarray(value, dtype=float)
            array[...] = values[..., None] if values.ndim and values.ndim == array.ndim - 1 else values
        return self

    def act(
        self,
        rule_id: str,
        *,
        step: int = 0,
        events: tuple[tuple[str, int] | tuple[str, int, tuple[str, ...]], ...] = (),
        **parameters: float,
    ) -> dict[str, Any]:
        """Let a rule act once at `step`.

        `events` are (kind, step) or (kind, step, actors), all of strength 1; `parameters` replace defaults.
        """
        rule = get_rule(rule_id)
        n = self.world.n_runs
        calendar = Calendar(
            Period(START, 600),
            tuple(
                CalendarEvent(f"e{i}", e[0], START.plus(e[1]), tuple(e[2]) if len(e) > 2 else ())
                for i, e in enumerate(events)
            ),
        )
        unknown = set(parameters) - {p.name for p in rule.parameters}
        assert not unknown, f"{rule_id} has no parameter {unknown}"
        values = SimpleNamespace(
            **{p.name: np.full(n, float(parameters.get(p.name, p.default))) for p in rule.parameters}
        )
        moment = RuleMoment(rule, calendar, self.draws, actor_masks(CODES["state"]), n)
        moment.step = step
        self.draws.start_step()
        before = {name: self.world[name].astype(float) for name in rule.writes}
        rule.body(FieldView(self.world, rule.reads, rule.writes, rule.id), values, moment)
        problems = self.world.check(rule.writes)
        assert not problems, "; ".join(map(str, problems))
        return {name: self.world[name].astype(float) - before[name] for name in rule.writes}

    def silent(self, rule_id: str, **kwargs: Any) -> bool:
        """Tell whether the rule changes nothing."""
        return all(not np.any(change) for change in self.act(rule_id, **kwargs).values())
