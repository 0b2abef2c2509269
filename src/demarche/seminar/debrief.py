"""The debrief: the class against its twin, under every account, and what it would have been without each delegation."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.analysis.why.told import Told
from demarche.engine.variables import OUTCOMES
from demarche.figures.titles import title_of
from demarche.seminar.epilogue import Course, course_of, whys_of
from demarche.seminar.export import ALONE, DRAWN, MEDIANS, WITHOUT, export_room
from demarche.seminar.fans import Fan, fans_of
from demarche.seminar.perfect import Reading, read_room
from demarche.seminar.room import Room
from demarche.seminar.timeline import CLASS, NOBODY

if TYPE_CHECKING:
    from demarche.analysis.comparison.answer import Comparison
    from demarche.experiment.results.store import Results

BESIDE_RELEASES = ("first_detentions", "renewed_detentions", "person_months_detained")
"""Outcomes that stand beside releases, which alone mislead: somebody else may be detained in place of who is freed."""

NO_EFFECT = "no visible effect"


@dataclass(frozen=True)
class Line:
    """One difference: the class, or one arm, minus another.

    Parameters
    ----------
    name, outcome, unit
        Name of the outcome, its title, and its unit.
    account
        Name of the account.
    mean, low, high
        Mean of the pairs and its 95 % interval.
    side
        1 or -1 if the interval lies above or below 0 in the digits shown, else 0.
    own
        Difference in the room's own world; None under other accounts, and where parameters are drawn.
    """

    name: str
    outcome: str
    unit: str
    account: str
    mean: float
    low: float
    high: float
    side: int
    own: float | None = None

    @property
    def verdict(self) -> str:
        """What a reader may take from it, in words."""
        return {1: "more", -1: "less", 0: NO_EFFECT}[self.side]


@dataclass(frozen=True)
class Debrief:
    """What the class did, in numbers.

    Parameters
    ----------
    account
        Of the room.
    pairs, units
        How intervals were made, at medians; how many independent pairs.
    against_twin
        Class minus nobody under each account, at medians.
    drawn, drawn_pairs
        The same where every uncertain number is drawn; how those intervals were made.
    without
        Title of a seat -> class minus the class without that seat, under the room's account.
    disagree
        Titles of outcomes on which accounts disagree, at medians.
    notes
        What else must be said.
    readings
        What the perfect reader believed after each round.
    whys
        Why some things came about that did not in the twin.
    course
        The own world and its twin, year by year to the end of the period.
    fans
        Differences between class and twin as they grow, under the room's account.
    """

    account: str
    pairs: str
    against_twin: tuple[Line, ...]
    drawn_pairs: str
    drawn: tuple[Line, ...]
    without: dict[str, tuple[Line, ...]]
    disagree: tuple[str, ...]
    notes: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    whys: tuple[Told, ...] = ()
    course: tuple[Course, ...] = ()
    fans: tuple[Fan, ...] = ()


def make_debrief(room: Room, folder: Path, replications: int, draws: int, workers: int | None = None) -> Debrief:
    """Export a room into a folder, run what it exports, and compare.

    Parameters
    ----------
    room
        The room, after its last round.
    folder
        Where files and results go.
    replications, draws
        Pairs at medians, and draws of parameters.
    workers
        Processes that simulate; chosen by the number of runs if None.

    Raises
    ------
    DesignError
        If the class left everything to the rules.
    """
    export_room(room, folder, replications, draws)
    found = {
        path: _run(folder / path, folder / "results" / path.stem, workers)
        for path in (MEDIANS, DRAWN, ALONE) if (folder / path).is_file()
    }  # fmt: skip
    return tell(room, found[MEDIANS], found[DRAWN], found.get(ALONE))


def _run(experiment: Path, out: Path, workers: int | None) -> Results:
    from demarche.experiment.design.experiment import load_experiment
    from demarche.experiment.results.store import open_results
    from demarche.experiment.run.runner import run_experiment

    run_experiment(load_experiment(experiment), out, workers=workers)
    return open_results(out)


def tell(room: Room, medians: Results, drawn: Results, alone: Results | None) -> Debrief:
    """Return the debrief of a room from the results of its experiments; without the last no seat made a difference."""
    from demarche.analysis.comparison.answer import compare
    from demarche.analysis.comparison.batch import batch_of

    batch, outcomes = batch_of(medians), asked_outcomes(room)
    mine = room.state.account
    twin = compare(batch, reference=NOBODY, levels=(CLASS,), outcomes=outcomes)
    wide = compare(drawn, reference=NOBODY, levels=(CLASS,), outcomes=outcomes)
    runs = batch.runs[(batch.runs["account"] == mine) & (batch.runs["replication"] == 0)].set_index("arm")
    own = (runs.loc[CLASS, list(twin.outcomes)] - runs.loc[NOBODY, list(twin.outcomes)]).astype(float).to_dict()
    without = {}
    if alone is not None:
        rooms = batch_of(alone)
        for name, seat in room.seminar.seats.items():
            if WITHOUT + name in rooms.arms:
                other = compare(rooms, reference=WITHOUT + name, levels=(CLASS,), outcomes=outcomes)
                without[seat.title] = _lines(other, room)
    return Debrief(
        mine, f"{twin.how}; {twin.units_text}", _lines(twin, room, own), f"{wide.how}; {wide.units_text}",
        _lines(wide, room), without, tuple(title_of(name) for name in twin.split),
        tuple(filter(None, (twin.warning, wide.warning, *twin.notes))), read_room(room),
        whys_of(room), course_of(room, medians), fans_of(room, medians, outcomes),
    )  # fmt: skip


def asked_outcomes(room: Room) -> tuple[str, ...]:
    """Return the outcomes of the scenario, detentions besides where releases are among them."""
    named = room.scenario.outcomes
    return tuple(dict.fromkeys((*named, *(BESIDE_RELEASES if "releases" in named else ()))))


def _lines(found: Comparison, room: Room, own: Mapping[Hashable, float] | None = None) -> tuple[Line, ...]:
    """Return the differences of a comparison, the room's account first."""
    mine = room.state.account
    lines = [
        Line(str(row["outcome"]), title_of(str(row["outcome"])), OUTCOMES[str(row["outcome"])].unit,
             str(row["account"]), float(row["mean"]), float(row["low"]), float(row["high"]), int(row["side"]),
             own[str(row["outcome"])] if own is not None and row["account"] == mine else None)
        for row in found.known.to_dict("records")
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.account != mine))
