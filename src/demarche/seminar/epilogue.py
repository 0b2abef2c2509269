"""Two pages of the debrief that follow the room's own world: why something came about, and what became of it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.why.answer import Asked as Question
from demarche.analysis.why.answer import answer
from demarche.analysis.why.case import Case
from demarche.analysis.why.told import Told
from demarche.engine.setup import Runs
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Arm
from demarche.seminar.happened import Happened, happened
from demarche.seminar.room import Room
from demarche.seminar.seen import HEADLINES, HEADLINES_FROM, groups_of
from demarche.seminar.timeline import CLASS, NOBODY
from demarche.world.calendar import Month

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

ASKED = ("vote_no_action", "vote_text", "person", "reform", "offer", "sponsor")
"""Kinds of events that the debrief asks about, in this order; of each the first that the twin has not."""

MOST_WHYS, MOST_PASSAGES, MOST_REASONS = 2, 2, 4
"""Things asked about; of each so many passages and reasons: more is not read from a wall."""

FATES = {"person": ("released", "exiled", "detained", "detained_again")}
"""Kind of event -> details that are asked about, of kinds that hold smaller things as well."""


@dataclass(frozen=True)
class Course:
    """A year of the room's own world, each number with that of its twin.

    Parameters
    ----------
    year
        Which.
    truth, report
        Practice in the civil-political core, and what monitors document there, shares: the class, the twin.
    headline
        What publics hear, in words: the class, the twin.
    """

    year: int
    truth: tuple[float, float]
    report: tuple[float, float]
    headline: tuple[str, str]


def course_of(room: Room, medians: Results) -> tuple[Course, ...]:
    """Return truth, report and headline of each year from the first round to the end of the period."""
    core = [f"report_{code}" for code in groups_of(room.now.recorder, room.now.simulation.world)["core"]]
    runs = medians.runs()
    mine = runs[(runs["account"] == room.state.account) & (runs["replication"] == 0)].set_index("arm")["run"]
    series = medians.series(["core_practice", "headline_violations", *core])
    start = Month.parse(medians.start)
    series = series.assign(report=series[core].mean(axis=1), year=[start.plus(int(one)).year for one in series["step"]])
    series = series[series["step"] >= room.stages[0].first]
    columns = ["core_practice", "report", "headline_violations"]
    both = [series[series["run"] == mine[arm]].groupby("year")[columns].mean() for arm in (CLASS, NOBODY)]
    found = []
    for year in both[0].index:
        truth, report, heard = zip(*(one.loc[year].to_list() for one in both), strict=True)
        words = [HEADLINES[int(np.searchsorted(HEADLINES_FROM, level, side="right"))] for level in heard]
        found.append(Course(int(year), truth, report, (words[0], words[1])))
    return tuple(found)


def whys_of(room: Room) -> tuple[Told, ...]:
    """Return why some things came about in the room that did not in its twin, none of them done by a seat."""
    scenario, seats = room.scenario, {code for seat in room.seminar.seats.values() for code in seat.actors}
    arms = {CLASS: compile_arm(scenario, room.arm), NOBODY: compile_arm(scenario, Arm(NOBODY))}
    setup = dataclasses.replace(compile_scenario(scenario), arms=arms)
    runs = Runs([CLASS, NOBODY], [room.state.account] * 2, [room.worlds.seed] * 2)
    steps = range(room.stages[0].first, room.stages[-1].last + 1)
    mine, twin = (Counter(happened(scenario, setup, runs.take(np.array([row])), steps)) for row in (0, 1))
    apart = [one for one in mine - twin if one.actor not in seats
             and one.detail in FATES.get(one.kind, (one.detail,))]  # fmt: skip
    firsts = [next((one for one in apart if one.kind == kind), None) for kind in ASKED]
    chosen = [one for one in firsts if one is not None][:MOST_WHYS]
    return tuple(_told(Case(setup, runs, 0, scenario.path.name, scenario.aliases), one) for one in chosen)


def _told(case: Case, one: Happened) -> Told:
    told = answer(case, Question(event=one.kind, actor=one.actor, about=one.about, date=one.month))
    left, documents = MOST_PASSAGES, []
    for document in told.documents:
        passages, left = document.passages[:left], max(left - len(document.passages), 0)
        if passages:
            documents.append(dataclasses.replace(document, passages=passages))
    return dataclasses.replace(told, next_steps=(), reasons=told.reasons[:MOST_REASONS], documents=tuple(documents))
