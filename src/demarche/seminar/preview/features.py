"""What is seen of many runs as numbers: the public view of `demarche.seminar.seen`, and the monitors' report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.recorder import EventTable, Recorder, join_events
from demarche.engine.simulation import Simulation
from demarche.engine.variables import EVENT_KINDS
from demarche.keyed import run_keys
from demarche.scenario.content import Scenario
from demarche.scenario.seminar.declared import SEEN_EVENTS, SEEN_KINDS
from demarche.seminar.seen import BEFORE, documented, groups_of, heard
from demarche.seminar.timeline import months_before, need_seminar, stages_of
from demarche.world.fields import FIELDS

KIND_OF = {kind.kind: position for position, kind in enumerate(EVENT_KINDS)}
MARGIN, LOST, ADOPTED = "margin", "no_action_failed", "text_adopted"


def features_of(
    scenario: Scenario, recorder: Recorder, simulation: Simulation, seeds: Sequence[int]
) -> tuple[tuple[str, ...], Array, Array]:
    """Return names of what is seen, their values by round and run, and what was seen before the first round.

    Shapes are `(n_rounds, n_seen, n_runs)` and `(n_before, n_runs)`, without rows where no month lies before.

    Parameters
    ----------
    scenario
        With a seminar.
    recorder, simulation
        Of runs that have come to the end of the last round.
    seeds
        Seeds of the runs, for the errors of measurement.
    """
    seen, n_runs = need_seminar(scenario).seen, recorder.n_runs
    table, keys = join_events(recorder.parts), run_keys(list(seeds))
    groups = groups_of(recorder, simulation.world)
    spans: dict[int, tuple[int, int]] = {}
    for stage in stages_of(scenario):
        spans[stage.round] = spans.get(stage.round, (stage.first, 0))[0], stage.last

    def row(number: int, first: int, last: int, votes: bool) -> dict[str, Array]:
        months, inside = slice(first, last + 1), (table.step >= first) & (table.step <= last)
        found: dict[str, Array] = {name: _count(table, inside, name, n_runs) for name in seen.acts}
        if votes:
            found |= _votes(table, inside, n_runs)
        found |= heard(recorder, keys, months, number, seen.error)
        reports = documented(recorder, groups, keys, months, number, seen.error)
        return found | {f"report_{group}": level for group, level in reports.items()}

    rounds = [row(number, *span, "votes" in seen.acts) for number, span in spans.items()]
    months, names = months_before(scenario), tuple(rounds[0])
    before = list(row(BEFORE, months[0], months[-1], False).values()) if months else np.zeros((0, n_runs))
    return names, np.array([[one[name] for name in names] for one in rounds]), np.array(before)


def _codes(kind: str, details: Sequence[str]) -> list[int]:
    labels = FIELDS[EVENT_KINDS[KIND_OF[kind]].field].labels
    return [labels.index(detail) + 1 for detail in details if detail in labels]


def _count(table: EventTable, inside: NDArray[np.bool_], name: str, n_runs: int) -> Array:
    """Return how often an act was seen, `(n_runs,)`."""
    hits = np.zeros(len(table), dtype=bool)
    for kind in SEEN_KINDS[name]:
        hits |= (table.kind == KIND_OF[kind]) & np.isin(table.detail, _codes(kind, SEEN_EVENTS[name]))
    return np.bincount(table.run[hits & inside], minlength=n_runs).astype(np.float64)


def _votes(table: EventTable, inside: NDArray[np.bool_], n_runs: int) -> dict[str, Array]:
    """Return the margin of the motion to take no action (0 without one), whether it failed, and an adopted text."""
    called = (table.kind == KIND_OF["motion"]) & inside
    called &= np.isin(table.detail, _codes("motion", ("no_action_carried", "no_action_failed")))
    margin = np.zeros(n_runs)
    margin[table.run[called]] = table.value[called]
    lost = called & np.isin(table.detail, _codes("motion", ("no_action_failed",)))
    adopted = (table.kind == KIND_OF["text"]) & np.isin(table.detail, _codes("text", ("adopted",))) & inside
    counted = {LOST: lost, ADOPTED: adopted}
    return {MARGIN: margin, **{
        name: np.bincount(table.run[hits], minlength=n_runs).astype(np.float64) for name, hits in counted.items()
    }}  # fmt: skip
