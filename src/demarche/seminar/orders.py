"""Orders of seats: what may be ordered in a stage, and what an order is to the engine."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from demarche.engine.initial import may_ever_decide
from demarche.errors import DesignError, Problem, closest
from demarche.scenario.compile import arm_calendar
from demarche.scenario.content import Arm, Choice, MoveChoice, Scenario
from demarche.scenario.seminar.acts import ACT_OF, Act
from demarche.scenario.seminar.declared import Seat
from demarche.seminar.timeline import CLASS, Stage
from demarche.world.calendar import Calendar
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.levers import LEVER_OF

LEAVE = ""
"""Option of every act: leave it to the ministry, which is to the rules."""


@dataclass(frozen=True)
class Order:
    """What a seat wants done in a stage.

    Parameters
    ----------
    seat, act
        Names of the seat and of what it does.
    option
        The option; empty leaves it to the rules.
    targets
        Codes of whom or what it names, where the act names any.
    """

    seat: str
    act: str
    option: str
    targets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the order as plain data."""
        return {"seat": self.seat, "act": self.act, "option": self.option, "targets": list(self.targets)}

    @classmethod
    def of_json(cls, data: Mapping[str, object]) -> Order:
        """Return an order from plain data that `to_json` made."""
        targets = data.get("targets")
        codes = tuple(map(str, targets)) if isinstance(targets, list) else ()
        return cls(str(data["seat"]), str(data["act"]), str(data["option"]), codes)


@dataclass(frozen=True)
class Legal:
    """One act that a seat may order in a stage.

    Parameters
    ----------
    act
        The act.
    options
        Its options, without leaving it to the rules, which is always one.
    targets
        Codes among which it may name up to `act.most`; none if it names nobody.
    """

    act: Act
    options: tuple[str, ...]
    targets: tuple[str, ...] = ()


class Rulebook:
    """What seats may order, and what their orders are to the engine.

    Parameters
    ----------
    scenario
        With a seminar.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.cast = scenario, scenario.cast
        self.calendar: Calendar = arm_calendar(scenario, Arm(CLASS))

    def legal(self, seat: Seat, stage: Stage) -> tuple[Legal, ...]:
        """Return the acts of a seat in a stage, in the order of the scenario; none of those that nobody is asked for.

        What hangs on luck, such as whether a motion is tabled, is not known in advance: an order for
        which there is no occasion does nothing.
        """
        found = []
        for name in seat.acts:
            act = ACT_OF[name]
            targets = self._targets(act, seat, stage)
            if act.closing == stage.closing and self._is_asked(act, seat, stage) and (targets or not act.target):
                found.append(Legal(act, tuple(act.options), targets))
        return tuple(found)

    def check(self, seat: Seat, stage: Stage, order: Order) -> None:
        """Refuse an order that is not legal in a stage.

        Raises
        ------
        DesignError
            Naming what may be ordered instead.
        """
        legal = {one.act.name: one for one in self.legal(seat, stage)}
        where = f"{seat.name}.{order.act}"
        if order.act not in legal:
            known, near = ", ".join(legal) or "nothing in this stage", closest(order.act, legal)
            raise DesignError([Problem(where, "the seat has no such move now", expected=known, did_you_mean=near)])
        one = legal[order.act]
        if order.option not in (LEAVE, *one.options):
            near, known = closest(order.option, one.options), ", ".join(one.options)
            what = "this is not an option of the move"
            raise DesignError([Problem(where, what, found=order.option, expected=known, did_you_mean=near)])
        wrong = sorted(set(order.targets) - set(one.targets))
        if wrong:
            raise DesignError([Problem(where, "the move cannot name these", found=", ".join(wrong))])
        least = 1 if one.act.target and order.option else 0
        if not least <= len(set(order.targets)) <= (one.act.most if order.option else 0):
            few = len(order.targets) < least
            what = f"'{order.act}' {'does not say whom or what' if few else 'names too many'}"
            expected = f"{least} to {one.act.most} of its list" if least else "nobody"
            raise DesignError([Problem(where, what, found=str(len(order.targets)), expected=expected)])

    def arm(self, closed: Sequence[tuple[Stage, Sequence[Order]]], keep: bool = False) -> Arm:
        """Return the arm that some closings add up to, as a scenario file would hold it.

        Of two orders of one closing that say the same of the same actors the later one holds.

        Parameters
        ----------
        closed
            Closed stages with their orders.
        keep
            Whether the levers of the last round hold to the end of the period: the epilogue.
        """
        last = closed[-1][0].round if closed else 0
        choices: list[Choice] = []
        moves: dict[tuple[str, str, tuple[str, ...]], MoveChoice] = {}
        for stage, orders in closed:
            imposed: dict[tuple[str, str], Choice] = {}
            for order in orders:
                act, seat = ACT_OF[order.act], self._seat(order.seat)
                if order.option == LEAVE:
                    continue
                for choice in self._choices(act, seat, stage, order):
                    imposed[choice.lever, choice.group] = choice
                for move in self._moves(act, seat, stage, order):
                    moves[str(move.month), move.decision, move.actors] = move
            place = {name: position for position, name in enumerate(LEVER_OF)}
            ordered = sorted(imposed.values(), key=lambda one: place[one.lever])
            kept = keep and stage.round == last
            choices += [dataclasses.replace(one, until=None) if kept else one for one in ordered]
        return Arm(CLASS, "What the class did", tuple(choices), moves=tuple(moves.values()))

    def _seat(self, name: str) -> Seat:
        assert self.scenario.seminar is not None
        return self.scenario.seminar.seats[name]

    def _choices(self, act: Act, seat: Seat, stage: Stage, order: Order) -> Iterable[Choice]:
        """Yield the levers of an order; they hold to the end of the session that the stage leads to."""
        period = self.scenario.period
        start, until = period.month(stage.first), period.month(stage.last + (stage.closing == "year"))
        for name, parts in act.options[order.option].items():
            lever = LEVER_OF[name]
            values = {part.field: parts[part.key] for part in lever.parts if part.key in parts}
            for group in ("",) if act.world or lever.scope == "world" else seat.actors:
                yield Choice(name, group, values, start, until)

    def _moves(self, act: Act, seat: Seat, stage: Stage, order: Order) -> Iterable[MoveChoice]:
        if not act.decision:
            return
        decision = DECISION_OF[act.decision]
        for step in self._due(decision, stage):
            month = self.scenario.period.month(step)
            for actors, option in self._bound(act, decision, seat, stage, order):
                if self._may(decision, actors[0], step):
                    yield MoveChoice(month, act.decision, option, actors)

    def _bound(
        self, act: Act, decision: Decision, seat: Seat, stage: Stage, order: Order
    ) -> Iterable[tuple[tuple[str, ...], str]]:
        """Yield who decides, and how: of what an actor divides its work among, the rest is left."""
        if act.target == "issue":
            named = self._targets(act, seat, stage) if decision.takes_some else order.targets
            for actor in seat.actors:
                for issue in named:
                    yield (actor, issue), order.option if issue in order.targets else decision.options[0]
        elif act.target:
            yield from (((target,), order.option) for target in order.targets)
        else:
            yield from (((actor,), order.option) for actor in seat.actors)

    def _targets(self, act: Act, seat: Seat, stage: Stage) -> tuple[str, ...]:
        if act.target == "issue":
            return self.cast.axis_codes["issue"]
        if act.target == "state":
            decision = DECISION_OF[act.decision]
            others = [code for code in self.cast.state_codes if code not in (self.cast.focal, *seat.actors)]
            steps = self._due(decision, stage)
            return tuple(code for code in others if any(self._may(decision, code, step) for step in steps))
        return ()

    def _is_asked(self, act: Act, seat: Seat, stage: Stage) -> bool:
        """Tell whether the seat's actors are asked in a stage, as far as facts of the cast decide on it."""
        if act.world:
            return True
        if act.decision:
            decision = DECISION_OF[act.decision]
            if act.target == "state":  # it is the others that the decision is about
                return self._speaks(seat, stage)
            steps = self._due(decision, stage)
            return any(self._may(decision, actor, step) for step in steps for actor in seat.actors)
        return self._speaks(seat, stage)

    def _speaks(self, seat: Seat, stage: Stage) -> bool:
        decision = DECISION_OF["representation"]
        steps = range(stage.first, stage.last + 1)
        return any(self._may(decision, actor, step) for step in steps for actor in seat.actors)

    def _due(self, decision: Decision, stage: Stage) -> list[int]:
        due = self.calendar.due_steps(decision.when)
        return [step for step in range(stage.first, stage.last + 1) if due[step]]

    def _may(self, decision: Decision, code: str, step: int) -> bool:
        if decision.among == "is_critic":
            return code == self.cast.critic
        return may_ever_decide(self.cast, self.calendar, decision, code, step)
