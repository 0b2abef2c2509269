"""Snapshots and forks: the state of a chunk is its arrays, its step and what is bound for later; the rest is keyed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import Recorder
from demarche.engine.seats import Seats
from demarche.engine.setup import Setup
from demarche.engine.simulation import MIN_WIDTH, Override, Simulation
from demarche.errors import DesignError, Problem, closest


@dataclass(frozen=True)
class Snapshot:
    """What a simulation was at the start of a step.

    Parameters
    ----------
    step
        The step that came next.
    arrays
        Field -> copy of its values.
    seats
        Choices that were bound and not yet taken, and those that had found no occasion.
    recorder
        What had been recorded, None if nobody recorded.
    """

    step: int
    arrays: Mapping[str, NDArray[Any]]
    seats: Seats
    recorder: Recorder | None = None


def take_snapshot(simulation: Simulation) -> Snapshot:
    """Return a copy of the state of a simulation, to which it can be set back."""
    arrays = {name: values.copy() for name, values in simulation.world.arrays.items()}
    seats, kept = Seats(simulation.seats.arms, simulation.seats.arm_of_run), simulation.recorder
    seats.take_over(simulation.seats, np.arange(simulation.n_runs))
    return Snapshot(simulation.step, arrays, seats, None if kept is None else kept.copy_of(np.arange(kept.n_runs)))


def restore(simulation: Simulation, snapshot: Snapshot) -> None:
    """Set a simulation back to a snapshot of its own; it then goes on as it did, bit for bit, if nobody interferes."""
    for name, values in snapshot.arrays.items():
        simulation.world.arrays[name][...] = values
    simulation.world.forget()
    simulation.step = snapshot.step
    simulation.seats.take_over(snapshot.seats, np.arange(simulation.n_runs))
    if snapshot.recorder is not None:
        simulation.recorder = snapshot.recorder.copy_of(np.arange(snapshot.recorder.n_runs))


def fork(
    simulation: Simulation,
    rows: Sequence[int] | NDArray[np.intp] | None = None,
    arm: str = "",
    override: Override | None = None,
    setup: Setup | None = None,
) -> Simulation:
    """Return a simulation that goes on from here for some runs, perhaps in another arm.

    What has happened is kept, and so are choices that were bound for later (`Seats.bind`); from the coming
    month on levers and moves are those of the arm. A run
    that is forked into an arm whose levers begin in this month equals a straight run of that arm bit
    for bit. Rules look ahead in the calendar, so an arm with another calendar equals a straight run
    of it only if the difference is one that nobody could have seen coming.

    Parameters
    ----------
    simulation
        Stays as it is.
    rows
        Positions of runs, None for all; a single one is padded to two.
    arm
        Name of an arm of the setup; empty for the arm of each run.
    override
        As in `Simulation`.
    setup
        The setup to go on in where an arm is written while it is run, as by a class that plays it: that of the
        simulation but for its arms. None for the same.

    Raises
    ------
    DesignError
        If there is no such arm, or it has other rules.
    """
    setup = simulation.setup if setup is None else setup
    chosen = np.arange(simulation.n_runs) if rows is None else np.asarray(rows, dtype=np.intp)
    if arm and arm not in setup.arms:
        near = closest(arm, setup.arms)
        raise DesignError([Problem("arm", f"no arm is called '{arm}'", did_you_mean=near)])
    recorder = simulation.recorder.copy_of(chosen) if simulation.recorder is not None else None
    if len(chosen) < MIN_WIDTH:
        chosen = np.resize(chosen, MIN_WIDTH)
    runs = simulation.runs.take(chosen)
    if arm:
        runs = dataclasses.replace(runs, arm=[arm] * len(chosen))
    other = Simulation(setup, runs, override, recorder=recorder)
    if {rule.id for rule in other.rules} != {rule.id for rule in simulation.rules}:
        what = f"the arm '{arm}' switches rules off, which holds from the first month on"
        raise DesignError([Problem("arm", what, fix="fork into an arm with the same rules")])
    other.step = simulation.step
    other.world.copy_from(simulation.world, chosen)
    other.seats.take_over(simulation.seats, chosen)
    other.levers.lay(other.world, other.step)
    if other.step:
        other.lay_seats(other.step)
    return other
