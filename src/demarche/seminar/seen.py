"""What is seen of a world, in layers: each built from named public fields, never by leaving something out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.recorder import Recorder, detail_label
from demarche.engine.variables import EVENT_KINDS
from demarche.keyed import Keys, run_keys, text_key, uniforms
from demarche.scenario.content import Scenario
from demarche.scenario.seminar.declared import SEEN_EVENTS, SEEN_KINDS, Seat
from demarche.seminar.timeline import Stage, months_before, need_seminar
from demarche.seminar.world import Held
from demarche.world.world import World

HEADLINES = ("hardly anything", "little", "something", "much", "very much")
HEADLINES_FROM = (0.04, 0.06, 0.08, 0.12)
"""What publics hear, by the share of violations that reaches them; assumption: rounded fifths of the years 1990-1997 of
two bundled cases (invented, tariff deadline) in which nobody sits, over four accounts."""

PROTEST = ("quiet", "some", "much")
PROTEST_FROM = (0.18, 0.27)
"""Levels from which protest is told as some and as much; assumption: rounded thirds of the same years."""

GROUPS = {"core": "is_core", "social": "is_social", "overlap": "is_overlap"}
"""Group of issues in a report -> field that says which issues belong to it."""

STREAM = "observation/report"
LASTING, BEFORE = -1, 0
"""In place of the number of a round: of the part of an error that lasts, and of the months before the first round."""

READS_AT_ONCE = ("ngo", "body")
"""Kinds of seats that read a report in the round that it is about."""

VOTES = ("vote_no_action", "vote_text")
_NORMAL = NormalDist()


@dataclass(frozen=True)
class RoundSeen:
    """What was seen of one round.

    Parameters
    ----------
    round, year
        Number of the round and year of its session.
    headline, protest
        What publics hear, and protest, in words.
    acts
        Name of an act -> how many.
    rolls
        Vote -> name of a state -> how it voted, in alphabetical order; none where there was no vote.
    sponsors, lead
        Names of sponsors, and of those that led.
    outcome
        What became of motion and text, in words.
    margin
        Margin of the motion to take no action, None without one.
    report
        Group of issues -> violations that monitors document, share with an error of measurement.
    """

    round: int
    year: int
    headline: str
    protest: str
    acts: dict[str, int]
    rolls: dict[str, dict[str, str]] = field(default_factory=dict)
    sponsors: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    margin: float | None = None
    report: dict[str, float] = field(default_factory=dict)

    def public(self) -> dict[str, Any]:
        """Return what everybody sees of the round: all but the report."""
        return {name: value for name, value in vars(self).items() if name != "report"}


class Observer:
    """Reads what is seen out of a run.

    Parameters
    ----------
    scenario
        With a seminar.
    seed
        Seed of the run, for the errors of measurement.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seminar = scenario, need_seminar(scenario)
        self._runs, self._names = run_keys([seed]), names_of(scenario)

    def round(self, held: Held, stages: tuple[Stage, ...]) -> RoundSeen:
        """Return what is seen of a round, from the stages of it that have been run.

        Parameters
        ----------
        held
            The world after them.
        stages
            One or two stages of one round.
        """
        first, last = stages[0].first, stages[-1].last
        found, plain = self._events(held, first, last), self._plain(held, first, last, stages[0].round, stages[0].year)
        margins = [value for kind, detail, _, value in found if kind == "motion" and detail.startswith("no_action_")
                   and detail != "no_action_not_moved"]  # fmt: skip
        outcome = [f"{kind}: {detail.replace('_', ' ')}" for kind, detail, _, _ in found if kind in ("motion", "text")]
        return dataclasses.replace(
            plain, rolls=self._rolls(found), sponsors=self._who(found, "sponsor", "lead", "sponsor"),
            lead=self._who(found, "sponsor", "lead"), outcome=tuple(outcome), margin=margins[0] if margins else None,
        )  # fmt: skip

    def before(self, held: Held) -> RoundSeen | None:
        """Return what was seen of all months before the first round, without single votes; None if there are none.

        Parameters
        ----------
        held
            The world at the start of the first round, or later.
        """
        months = months_before(self.scenario)
        if not months:
            return None
        return self._plain(held, months[0], months[-1], BEFORE, self.scenario.period.month(months[-1]).year)

    def _plain(self, held: Held, first: int, last: int, number: int, year: int) -> RoundSeen:
        """Return what is heard, counted and documented of some steps."""
        found, months = self._events(held, first, last), slice(first, last + 1)
        size, recorder = self.seminar.seen.error, held.recorder
        levels = {name: float(level[0]) for name, level in heard(recorder, self._runs, months, number, size).items()}
        groups = groups_of(recorder, held.simulation.world)
        report = documented(recorder, groups, self._runs, months, number, size)
        return RoundSeen(
            number, year, HEADLINES[int(levels["headline"])], PROTEST[int(levels["protest"])],
            {name: self._count(found, name) for name in self.seminar.seen.acts},
            report={group: float(level[0]) for group, level in report.items()},
        )  # fmt: skip

    def reads_report(self, seat: Seat | None, about: int, closed: int) -> bool:
        """Tell whether a seat reads the report on a round once so many rounds are closed; nobody sits at no seat."""
        if seat is None:
            return False
        delay = 0 if seat.kind in READS_AT_ONCE else self.seminar.seen.delay_rounds
        return about + delay <= closed

    def _events(self, held: Held, first: int, last: int) -> list[tuple[str, str, str, float]]:
        """Return kind, detail, actor's code (empty for none) and value of the events of some steps."""
        table, codes = held.events, held.recorder.codes
        rows = np.flatnonzero((table.step >= first) & (table.step <= last))
        found = []
        for row in rows.tolist():
            number, actor = int(table.kind[row]), int(table.actor[row])
            kind = EVENT_KINDS[number]
            code = codes[kind.axes[0]][actor] if actor >= 0 and kind.axes else ""
            found.append((kind.kind, detail_label(number, int(table.detail[row])), code, float(table.value[row])))
        return found

    def _count(self, found: list[tuple[str, str, str, float]], name: str) -> int:
        return sum(kind in SEEN_KINDS[name] and detail in SEEN_EVENTS[name] for kind, detail, _, _ in found)

    def _who(self, found: list[tuple[str, str, str, float]], kind: str, *details: str) -> tuple[str, ...]:
        return tuple(sorted({self._name(code) for one, detail, code, _ in found if one == kind and detail in details}))

    def _name(self, code: str) -> str:
        return self._names.get(code, code)

    def _rolls(self, found: list[tuple[str, str, str, float]]) -> dict[str, dict[str, str]]:
        if "votes" not in self.seminar.seen.acts:
            return {}
        rolls: dict[str, dict[str, str]] = {}
        for kind, detail, code, _ in sorted(found, key=lambda one: self._name(one[2])):
            if kind in VOTES:
                rolls.setdefault(kind, {})[self._name(code)] = detail
        return rolls


def names_of(scenario: Scenario) -> dict[str, str]:
    """Return code -> what a class reads for it: its alias, else the name of a state."""
    cast = scenario.cast
    return {**dict(zip(cast.state_codes, cast.state_names, strict=True)), **scenario.aliases}


def groups_of(recorder: Recorder, world: World) -> dict[str, list[str]]:
    """Return group of issues -> codes of those that belong to it, groups without any left out."""
    found = {}
    for group, mask in GROUPS.items():
        members = [code for code, is_in in zip(recorder.codes["issue"], world[mask][:, 0], strict=True) if is_in]
        if members:
            found[group] = members
    return found


def documented(
    recorder: Recorder, groups: Mapping[str, list[str]], runs: Keys, months: slice, number: int, size: float
) -> dict[str, Array]:
    """Return group of issues -> violations that monitors document in some months, two decimals, `(n_runs,)`."""
    found = {}
    for group, members in groups.items():
        series = np.array([recorder.of(f"report_{code}")[months] for code in members]).mean(axis=0)
        found[group] = np.round(measured(series, runs, group, number, size), 2)
    return found


def heard(recorder: Recorder, runs: Keys, months: slice, number: int, size: float) -> dict[str, Array]:
    """Return what publics hear and protest in some months, each as the place of its word, `(n_runs,)`.

    Protest is counted with an error; what publics hear is what they hear.
    """
    headline = recorder.of("headline_violations")[months].mean(axis=0, dtype=np.float64)
    protest = measured(recorder.of("protest")[months], runs, "protest", number, size)
    return {
        "headline": np.searchsorted(HEADLINES_FROM, headline, side="right").astype(np.float64),
        "protest": np.searchsorted(PROTEST_FROM, protest, side="right").astype(np.float64),
    }


def measured(series: NDArray[Any], runs: Keys, what: str, number: int, size: float) -> Array:
    """Return means over months with an error of measurement, in [0, 1].

    Parameters
    ----------
    series
        `(n_months, n_runs)`.
    runs
        Keys of the runs, `(n_runs,)`.
    what, number
        What is measured; number of the round. A part of the error lasts, another is of the round.
    size
        Standard deviation of each of the two parts.
    """
    error = np.zeros(series.shape[-1])
    for step in (LASTING, number):
        with np.errstate(over="ignore"):
            units = uniforms(runs, text_key(f"{STREAM}/{what}"), step)
        error += size * np.array([_NORMAL.inv_cdf(one) for one in np.clip(units, 1e-12, 1.0 - 1e-12).tolist()])
    means: Array = np.clip(series.mean(axis=0, dtype=np.float64) + error, 0.0, 1.0)
    return means
