"""Laws of fields: in range, finite, and only touched by those who declared it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conftest import make_setup
from tests.support.accounts import document_accounts
from tests.support.compare import runs_of
from tests.support.rule_bench import CODES

from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.engine.simulation import Simulation
from demarche.errors import RuleError
from demarche.rules.contract import Rule, rule
from demarche.rules.find import find_rules
from demarche.world.calendar import Calendar, Month, Period
from demarche.world.fields import FIELDS
from demarche.world.world import FieldView, World

pytestmark = pytest.mark.long


def test_fields_stay_finite_and_in_range_and_no_event_is_missed(cast: Cast) -> None:
    """In three runs of every arm and account, side by side; events are looked for in what was written alone."""
    shown = [name for name, spec in FIELDS.items() if spec.kind == "event"]
    setup = make_setup(cast, 247)
    simulation = Simulation(setup, runs_of(list(setup.arms), list(setup.accounts), [11, 12, 13]))
    for step in range(247):
        simulation.advance()
        place, _, own = simulation.world.events()
        for name in shown:
            found = place[own[name]] if name in own else place[:0]
            assert np.array_equal(found, np.flatnonzero(simulation.world[name])), f"step {step}: {name}"
        if step % 6 == 3 or step in (0, 9, 21):
            problems = simulation.world.check()
            assert not problems, f"step {step}: " + "; ".join(map(str, problems[:3]))


@pytest.mark.parametrize("account", list(document_accounts()))
def test_rules_change_only_what_they_declare(cast: Cast, account: str) -> None:
    """To the bit: comparing bytes costs a tenth of comparing numbers."""

    def watch(rule_: Rule, world: World, act) -> None:
        before = {name: values.tobytes() for name, values in world.arrays.items() if name not in rule_.writes}
        act()
        changed = [name for name, values in before.items() if world.arrays[name].tobytes() != values]
        assert not changed, f"{rule_.id} changed {', '.join(changed)}"

    simulation = Simulation.of(make_setup(cast, 14), "vocal", account, [1, 2], watcher=watch)
    for _ in range(14):
        simulation.advance()


def test_an_undeclared_read_is_refused() -> None:
    view = FieldView(World(CODES, 2), ("practice",), (), "some.rule")
    with pytest.raises(RuleError, match="field 'resistance' is not declared"):
        _ = view.resistance


def test_a_field_that_is_only_read_cannot_be_written() -> None:
    view = FieldView(World(CODES, 2), ("practice",), (), "some.rule")
    with pytest.raises(ValueError, match="read-only"):
        view.practice[0] = 1.0


def test_a_field_cannot_be_replaced() -> None:
    view = FieldView(World(CODES, 2), (), ("practice_change",), "some.rule")
    view.practice_change += 0.1
    with pytest.raises(RuleError, match="written in place"):
        view.practice_change = np.zeros(3)


def _moment(draws: tuple[str, ...] = (), calendar: tuple[str, ...] = ()) -> RuleMoment:
    made = rule("world.example", "An example.", claims=("DOM-15",), accounts=("*",), phase="events", writes=(),
                draws=draws, calendar=calendar)(lambda w, now: None)  # fmt: skip
    period = Calendar(Period(Month(2000, 1), 12), ())
    return RuleMoment(made, period, Draws([1, 2], CODES), actor_masks(CODES["state"]), 2)


def test_an_undeclared_draw_is_refused() -> None:
    with pytest.raises(RuleError, match="draw 'luck' is not declared"):
        _moment().draw("luck")


def test_the_same_draw_twice_in_a_step_is_refused() -> None:
    moment = _moment(draws=("luck",))
    moment.draw("luck")
    with pytest.raises(RuleError, match="drawn twice"):
        moment.draw("luck")


def test_an_undeclared_calendar_kind_is_refused() -> None:
    with pytest.raises(RuleError, match="calendar kind 'session' is not declared"):
        _moment().is_on("session")


def test_every_stock_is_a_share() -> None:
    """The world integrates all stocks at once and clips them to [0, 1]."""
    assert {(spec.low, spec.high) for spec in FIELDS.values() if spec.kind == "stock"} == {(0.0, 1.0)}


def test_every_declared_field_of_every_rule_exists() -> None:
    unknown = {(r.id, name) for r in find_rules() for name in (*r.reads, *r.writes) if name not in FIELDS}
    assert not unknown
