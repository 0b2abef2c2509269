"""Mesa over one run: agents as thin views on rows of the world, with a `decide` hook.

The same schedule runs as in a batch, bit for bit, as long as nobody overrides a choice.
This is the only module that imports Mesa; importing Mesa sets the multiprocessing start
method of the whole process, so nothing else in Demarche imports this module.

Examples
--------
A critic that never speaks in public::

    class QuietState(State):
        def decide(self, decision, about, utilities):
            return "quiet" if decision == "channel" else None

    model = EngagementModel(setup, arm="as_it_was", pack="strategic_target", seed=1, classes={"USA": QuietState})
    model.run()
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np

from demarche.arrays import Array
from demarche.engine.deciding import Choice, may_decide
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.seats import locate
from demarche.engine.setup import Setup
from demarche.engine.simulation import MIN_WIDTH, Simulation
from demarche.errors import DesignError, Problem, closest
from demarche.world.decisions import Decision
from demarche.world.fields import FIELDS
from demarche.world.world import World


class RowAgent(mesa.Agent):  # type: ignore[misc]
    """An agent that owns one row of an axis; fields of that axis are attributes.

    Reading `agent.sender_will` gives the value of its row; writing goes to the same array, so
    an agent holds no state of its own.

    Parameters
    ----------
    model
        The model it lives in.
    code
        Its code on the axis.
    """

    axis = ""
    model: EngagementModel

    def __init__(self, model: EngagementModel, code: str) -> None:
        super().__init__(model)
        self.code = code
        self.row = model.world.codes[self.axis].index(code)

    def __getattr__(self, name: str) -> float:
        spec = FIELDS.get(name)
        if spec is None or spec.axes != (self.__class__.axis,):
            raise AttributeError(f"{type(self).__name__} has no attribute '{name}'")
        return float(self.model.world[name][self.row, 0])

    def __setattr__(self, name: str, value: Any) -> None:
        spec = FIELDS.get(name)
        if spec is not None and spec.axes == (self.__class__.axis,):
            self.model.world[name][self.row] = value
        else:
            super().__setattr__(name, value)

    def decide(self, decision: str, about: str, utilities: Mapping[str, float]) -> str | None:
        """Return an option to take instead of what the rules chose, or None to follow them.

        Parameters
        ----------
        decision
            Name of the decision, see `demarche.world.decisions`.
        about
            Code of whom it concerns: the agent itself, or the case, treaty or state at issue.
        utilities
            Option -> utility as the rules made it.
        """
        return None


class State(RowAgent):
    """A state other than the focal one."""

    axis = "state"


class FocalState(State):
    """The state whose record is at issue; decides on releases, treaties, offers and answers."""

    def practice(self, issue: str) -> float:
        """Return the practice of an issue area, in [0, 1]."""
        return float(self.model.world["practice"][self.model.world.codes["issue"].index(issue), 0])


class NGO(RowAgent):
    """A non-governmental organisation."""

    axis = "ngo"


class UNBody(RowAgent):
    """A body of the United Nations."""

    axis = "body"


class EngagementModel(mesa.Model):  # type: ignore[misc]
    """One run of a scenario as a Mesa model.

    Parameters
    ----------
    setup
        What a scenario compiled to.
    arm, pack
        Names of arm and pack.
    seed
        Seed of the run's luck, the same number as in a batch.
    values
        Parameter path -> value, where the run differs from the pack.
    classes
        Code of an actor -> class of its agent (a subclass of `State`, `FocalState`, `NGO`, `UNBody`).

    Raises
    ------
    DesignError
        If `classes` names an unknown actor.
    """

    def __init__(
        self,
        setup: Setup,
        arm: str,
        pack: str,
        seed: int = 0,
        values: Mapping[str, float] | None = None,
        classes: Mapping[str, type[RowAgent]] | None = None,
    ) -> None:
        super().__init__(rng=np.random.default_rng(seed))
        columns = {path: np.full(MIN_WIDTH, value) for path, value in (values or {}).items()}
        self.recorder = Recorder(world_codes(setup.cast), setup.period.n_steps, 1, bulk=True)
        self.simulation = Simulation.of(
            setup, arm, pack, [seed] * MIN_WIDTH, columns, override=self._override, recorder=self.recorder
        )
        self._make_agents(setup, dict(classes or {}))

    @property
    def world(self) -> World:
        """The arrays; the run axis holds the same run twice."""
        return self.simulation.world

    @property
    def month(self) -> str:
        """The coming month as `YYYY-MM`."""
        return str(self.simulation.calendar.period.month(self.simulation.step))

    def _make_agents(self, setup: Setup, classes: dict[str, type[RowAgent]]) -> None:
        codes = self.world.codes
        known = {code for axis in ("state", "ngo", "body") for code in codes[axis]}
        for code in sorted(set(classes) - known):
            raise DesignError([Problem("classes", f"no actor is called '{code}'", did_you_mean=closest(code, known))])
        self.actors: dict[str, RowAgent] = {}
        for code in codes["state"]:
            default = FocalState if code == setup.cast.focal else State
            self.actors[code] = classes.get(code, default)(self, code)
        self.focal = self.actors[setup.cast.focal]
        for default_class, axis in ((NGO, "ngo"), (UNBody, "body")):
            for code in codes[axis]:
                self.actors[code] = classes.get(code, default_class)(self, code)

    def step(self) -> None:
        """Let one month pass and record it."""
        self.simulation.advance()

    def run(self) -> dict[str, float]:
        """Run to the end and return the outcomes."""
        while self.simulation.step < self.simulation.n_steps:
            self.step()
        return {name: float(values[0]) for name, values in self.recorder.outcomes().items()}

    def series(self, name: str) -> Array:
        """Return a monthly series of the months that have been run, `(n_months,)`."""
        return self.recorder.of(name)[:, 0].astype(np.float64)

    def _override(self, decision: Decision, world: World, choice: Choice) -> None:
        """Ask the agents that have a `decide` of their own, and bind what they say."""
        for cell in np.argwhere(may_decide(decision, world)[..., 0]):
            codes = tuple(world.codes[axis][row] for axis, row in zip(decision.axes, cell, strict=True))
            agent = self.focal if decision.by_focal else self.actors[codes[0]]
            if type(agent).decide is not RowAgent.decide:
                self._ask(agent, decision, codes, tuple(int(row) for row in cell))

    def _ask(self, agent: RowAgent, decision: Decision, codes: tuple[str, ...], cell: tuple[int, ...]) -> None:
        place: tuple[Any, ...] = (slice(None), *cell, 0)
        utility = self.world[f"{decision.name}_utility"][place]
        about = codes[-1]
        option = agent.decide(decision.name, about, dict(zip(decision.options, utility.tolist(), strict=True)))
        if option is None:
            return
        if option not in decision.options:
            where = f"{type(agent).__name__}.decide({decision.name!r})"
            expected = ", ".join(decision.options)
            near = closest(option, decision.options)
            raise DesignError([Problem(where, f"'{option}' is not an option", expected=expected, did_you_mean=near)])
        seat, value = locate(decision, self.world, option, codes)
        self.world[f"{decision.name}_held"][seat] = value
