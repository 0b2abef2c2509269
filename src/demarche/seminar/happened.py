"""What happened in a world, event by event, as a reader may ask about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.engine.initial import world_codes
from demarche.engine.recorder import EventTable, Recorder, detail_label, join_events
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.engine.variables import EVENT_KINDS
from demarche.scenario.content import Scenario
from demarche.scenario.shown import shown_name

BALLOTS = ("vote_no_action", "vote_text")


@dataclass(frozen=True)
class Happened:
    """One thing that happened in a world.

    Parameters
    ----------
    month
        When.
    kind, detail
        What, as the table of events has it.
    actor, about
        Codes of whom it is, and of whom or what it is about; empty for none.
    who
        Both in words.
    """

    month: str
    kind: str
    detail: str
    actor: str
    about: str
    who: str

    @property
    def query(self) -> Mapping[str, str]:
        """What the address of its reasons says of it."""
        return {"kind": self.kind, "actor": self.actor, "about": self.about, "month": self.month}


def happened(scenario: Scenario, setup: Setup, runs: Runs, steps: Sequence[int]) -> list[Happened]:
    """Return what happened in some steps of one run, in order.

    Parameters
    ----------
    scenario
        With the names.
    setup, runs
        One run.
    steps
        The steps, without a gap.
    """
    recorder = Recorder(world_codes(scenario.cast), scenario.period.n_steps, 1)
    simulation = Simulation(setup, padded(runs), recorder=recorder)
    while simulation.step <= steps[-1]:
        simulation.advance()
    table = join_events(recorder.parts)
    rows = np.flatnonzero((table.step >= steps[0]) & (table.step <= steps[-1]) & (table.run == 0))
    return [_row(scenario, recorder, table, row) for row in rows.tolist()]


def _row(scenario: Scenario, recorder: Recorder, table: EventTable, row: int) -> Happened:
    number = int(table.kind[row])
    kind = EVENT_KINDS[number]
    places = [int(table.actor[row]), int(table.about[row])]
    codes = [recorder.codes[axis][place] if place >= 0 else "" for axis, place in zip(kind.axes, places, strict=False)]
    actor, about = (*codes, "", "")[:2]
    names = dict(zip(scenario.cast.state_codes, scenario.cast.state_names, strict=True)) | dict(scenario.aliases)
    who = ", ".join(names.get(code) or shown_name(code, scenario.aliases) for code in (actor, about) if code)
    month = str(scenario.period.month(int(table.step[row])))
    return Happened(month, kind.kind, detail_label(number, int(table.detail[row])), actor, about, who)
