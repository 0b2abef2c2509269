"""A tiny world in which one rule acts, for the unit tests of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from demarche.arrays import BELOW_ONE, REAL, Array
from demarche.engine.draws import Draws
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.rules.common import common_parameters
from demarche.rules.find import get_rule
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.decisions import DECISIONS
from demarche.world.world import FieldView, World

START = Month(2000, 1)
OTHERS = "others"
CODES = {
    "state": ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"),  # AAA focal, BBB leading critic
    "sender": ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"),
    "ngo": ("documentation", "labour_consumer", "legal_defence"),
    "body": ("commission", "committee", "procedures"),
    "donor": ("first_donor", "second_donor"),
    "firm": ("shoes", "boots", "toys"),
    "issue": ("civil_political", "labour", "economic_social", "extralegal_detention"),
    "treaty": ("CIVIL", "SOCIAL"),
    "person": tuple(f"person{i:03d}" for i in range(1, 41)),
}


PRESET: dict[str, Any] = {
    "is_present": 1, "is_focal": [1, 0, 0, 0, 0, 0], "is_critic": [0, 1, 0, 0, 0, 0],
    "is_core": [1, 0, 0, 1], "is_overlap": [0, 1, 0, 0], "is_social": [0, 0, 1, 0],
    "is_work": [0, 1, 0, 0], "is_custody": [0, 0, 0, 1], "treaty_covers": [[1, 0, 0, 1], [0, 1, 1, 0]],
    "treaty_is_social": [0, 1], "ngo_is_active": 1, "ngo_is_open": 1, "body_is_active": 1,
    "firm_sector": [0, 0, 1], "firm_exposure": [0.4, 0.2, 0.4], "firm_brand": [0.9, 0.5, 0.7],
    "firm_of": [[0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
}  # fmt: skip
"""What the bench sets by itself."""


class GivenDraws:
    """Random numbers that a test gives: label -> a number, one a row, or by name of the row with `others`."""

    def __init__(self, values: Mapping[str, Any], n_runs: int) -> None:
        self.values, self.n_runs = values, n_runs

    def draw(self, stream: str, step: int, axis: str | None = None, rows: Any = None) -> Array:
        """Return `(n_axis, n_runs)` or `(n_runs,)` of what was given for the label of a stream."""
        given = self.values[stream.rpartition("/")[2]]
        if isinstance(given, Mapping):
            codes = CODES[axis or ""]
            assert set(given) <= {*codes, OTHERS}, f"rows {sorted(set(given) - {*codes, OTHERS})} are not among {axis}"
            given = [given.get(code, given.get(OTHERS)) for code in codes]
        shape = (len(CODES[axis]), self.n_runs) if axis else (self.n_runs,)
        values = np.minimum(np.asarray(given, dtype=REAL), BELOW_ONE)
        whole = np.broadcast_to(values[:, None] if values.ndim else values, shape).copy()
        assert not np.isnan(whole).any(), f"{stream}: some rows are not given"
        return whole if rows is None else whole[rows]

    def draw_lasting(self, stream: str, axis: str | tuple[str, ...] | None = None) -> Array:
        """Return what was given for the label of a stream; of pairs the same for all."""
        if isinstance(axis, tuple):
            sizes = (len(CODES[name]) for name in axis)
            return np.full((*sizes, self.n_runs), self.values[stream.split("/")[1]], dtype=REAL)
        return self.draw(stream, -1, axis)

    def draw_cells(self, stream: str, step: int, axis: str, where: Any, count: Any = None) -> Array:
        """Return what was given for the label of a stream at some cells."""
        return self.draw(stream, step, axis)[where]


class RuleBench:
    """One rule in a world of six states, four issue areas and forty persons.

    Fields start at their declared initial value (0 where the cast would give it); set what the
    test needs. `act` returns the fields that the rule changed, as after - before.
    """

    def __init__(self, n_runs: int = 8, **fields: Any) -> None:
        self.world = World(CODES, n_runs)
        self.draws = Draws(range(n_runs), self.world.codes)
        self.set(**PRESET)
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
        events: Iterable[tuple[Any, ...]] = (),
        draws: Mapping[str, Any] | None = None,
        **parameters: float,
    ) -> dict[str, Any]:
        """Let a rule act once at `step`.

        `events` are (kind, step), (kind, step, actors) or (kind, step, actors, strength), else of strength 1;
        `draws` are random numbers by label in place of the keyed ones; `parameters` replace defaults of parameters,
        and values of links and base rates, which else are the medians of the common account.
        """
        rule = get_rule(rule_id)
        n = self.world.n_runs
        calendar = Calendar(
            Period(START, 600),
            tuple(
                CalendarEvent(f"e{i}", kind, START.plus(due), *rest) for i, (kind, due, *rest) in enumerate(events)
            ),
        )
        known = {p.name: p.default for p in rule.parameters}
        shared = common_parameters()
        known |= {name: shared[path].default for name, path in rule.arguments.items() if path in shared}
        unknown = set(parameters) - set(known)
        assert not unknown, f"{rule_id} has no parameter {unknown}"
        values = {name: np.full(n, parameters.get(name, default), dtype=REAL) for name, default in known.items()}
        luck: Any = self.draws if draws is None else GivenDraws(draws, n)
        scales = {decision.name: np.ones(n, dtype=REAL) for decision in DECISIONS}
        masks = actor_masks(CODES["state"])
        moment = RuleMoment(rule, calendar, luck, masks, n, temperatures=scales, codes=self.world.codes)
        moment.step = step
        self.draws.start_step()
        before = {name: self.world[name].astype(float) for name in rule.writes}
        view: Any = FieldView(self.world, rule.reads, rule.writes, rule.id)
        rule.body(view, moment, **values)
        problems = self.world.check(rule.writes)
        assert not problems, "; ".join(map(str, problems))
        return {name: self.world[name].astype(float) - before[name] for name in rule.writes}

    def silent(self, rule_id: str, **kwargs: Any) -> bool:
        """Tell whether the rule changes nothing."""
        return all(not np.any(change) for change in self.act(rule_id, **kwargs).values())
