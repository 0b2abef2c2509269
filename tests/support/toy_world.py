"""A toy world of its own declarations: groups, capitals and firms that decide, and a ring of asks."""

from __future__ import annotations

import numpy as np

from demarche.engine.deciding import decide
from demarche.engine.draws import Draws
from demarche.engine.luck import DecisionLuck
from demarche.world.decisions import Decision, Temperature
from demarche.world.declarations import Declarations
from demarche.world.field_spec import FieldSpec
from demarche.world.rings import Column, Ring
from demarche.world.world import World

CODES = {
    "group": ("G1", "G2", "G3"),
    "area": ("A1", "A2"),
    "capital": ("C1", "C2", "C3", "C4"),
    "firm": ("F1", "F2"),
}
NOISE = Temperature(1.0, 0.1, 4.0, "toy")

FOCUS = Decision("focus", ("group", "area"), ("leave", "work"), "month", "deciding", NOISE, "what to work on")
TACTICS = Decision(
    "tactic", ("group",), ("document", "publicise", "brief"), "month", "deciding", NOISE, "what to do",
    most=2, prices=(1.0, 0.5, 0.6), purse="group_purse",
)  # fmt: skip
CANVASS = Decision(
    "canvass", ("group", "capital"), ("leave", "call"), "month", "deciding", NOISE, "whom to call on", most=2
)
REFORM = Decision(
    "reform", ("area",), ("hold", "loosen"), "month", "deciding", NOISE, "reform of an area", common_luck=0.5
)
ALARM = Decision(
    "alarm", ("firm",), ("rest", "lobby"), "month", "deciding", NOISE, "answer to an alarm", trigger="alarm_rung"
)
ASKS = Ring(
    "ask", 4,
    (Column("sender", "position", 0, 99, "who asks"), Column("month", "step", 0, 1e4, "when")),
    ("asked", "granted", "lapsed"), "an ask",
)  # fmt: skip
TOY = Declarations.of(
    (
        FieldSpec("group_purse", ("group",), "units", 0, 100, "means", "memory", 1.0),
        FieldSpec("alarm_rung", (), "0 or 1", 0, 1, "an alarm rings in this run", "flow"),
    ),
    (FOCUS, TACTICS, CANVASS, REFORM, ALARM),
    (ASKS,),
)


def toy_world(n_runs: int) -> World:
    """Return the toy world."""
    return World(CODES, n_runs, declared=TOY)


def take(world: World, decision: Decision, temperature: float | np.ndarray = 1.0, step: int = 0, seed: int = 1):
    """Let a decision be taken with keyed luck and return the choice."""
    draws = Draws(range(seed, seed + world.n_runs), world.codes)
    decide(decision, world, DecisionLuck(decision, draws, step), temperature)
    return world[f"{decision.name}_choice"]
