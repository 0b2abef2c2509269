"""What is seen of a world, in layers: each built from named public fields, never by leaving something out."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import detail_label
from demarche.engine.variables import EVENT_KINDS
from demarche.keyed import run_keys, text_key, uniforms
from demarche.scenario.content import Scenario
from demarche.scenario.seminar.declared import SEEN_EVENTS, SEEN_KINDS, Seat
from demarche.scenario.shown import shown_name
from demarche.seminar.timeline import Stage, need_seminar
from demarche.seminar.world import Held

HEADLINES = ("hardly anything", "little", "something", "much", "very much")
"""What publics hear, in fifths of the share of violations that reach them."""

PROTEST = ("quiet", "some", "much")
PROTEST_FROM = (0.1, 0.3)
"""Levels from which protest is told as some and as much; assumption: words for a class, nothing rests on them."""

GROUPS = {"core": "is_core", "social": "is_social", "overlap": "is_overlap"}
"""Group of issues in a report -> field that says which issues belong to it."""

STREAM = "observation/report"
LASTING = -1
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
    news
        Up to three lines.
    rolls
        Vote -> code -> how it voted, in alphabetical order; none where there was no vote.
    sponsors, lead
        Codes of sponsors, and of those that led.
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
    news: tuple[str, ...]
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
        self._runs = run_keys([seed])

    def round(self, held: Held, stages: tuple[Stage, ...]) -> RoundSeen:
        """Return what is seen of a round, from the stages of it that have been run.

        Parameters
        ----------
        held
            The world after them.
        stages
            One or two stages of one round.
        """
        first, last, number = stages[0].first, stages[-1].last, stages[0].round
        months = slice(first, last + 1)
        found = self._events(held, first, last)
        acts = {name: self._count(found, name) for name in self.seminar.seen.acts}
        headline = self._measured(held.recorder.of("headline_violations")[months, 0], "headline", number)
        protest = self._measured(held.recorder.of("protest")[months, 0], "protest", number)
        margins = [value for kind, detail, _, value in found if kind == "motion" and detail.startswith("no_action_")
                   and detail != "no_action_not_moved"]  # fmt: skip
        return RoundSeen(
            number, stages[0].year, HEADLINES[min(int(headline * len(HEADLINES)), len(HEADLINES) - 1)],
            PROTEST[int(np.searchsorted(PROTEST_FROM, protest, side="right"))], acts, self._news(acts),
            self._rolls(found), self._who(found, "sponsor", "lead", "sponsor"), self._who(found, "sponsor", "lead"),
            tuple(f"{kind}: {detail.replace('_', ' ')}" for kind, detail, _, _ in found if kind in ("motion", "text")),
            margins[0] if margins else None, self._report(held, months, number),
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
        return tuple(sorted({code for one, detail, code, _ in found if one == kind and detail in details}))

    def _rolls(self, found: list[tuple[str, str, str, float]]) -> dict[str, dict[str, str]]:
        if "votes" not in self.seminar.seen.acts:
            return {}
        rolls: dict[str, dict[str, str]] = {}
        for kind, detail, code, _ in sorted(found, key=lambda one: one[2]):
            if kind in VOTES:
                rolls.setdefault(kind, {})[code] = detail
        return rolls

    def _news(self, acts: dict[str, int]) -> tuple[str, ...]:
        """Return up to three lines: what happened most often comes first."""
        focal = shown_name(self.scenario.cast.focal, self.scenario.aliases)
        told = sorted((-n, name) for name, n in acts.items() if n and name != "votes")
        return tuple(f"{focal}: {name.replace('_', ' ')}, {-n} this year" for n, name in told[:3])

    def _report(self, held: Held, months: slice, number: int) -> dict[str, float]:
        world, issues = held.simulation.world, held.recorder.codes["issue"]
        report = {}
        for group, mask in GROUPS.items():
            members = [code for code, is_in in zip(issues, world[mask][:, 0], strict=True) if is_in]
            if members:
                series = np.mean([held.recorder.of(f"report_{code}")[months, 0] for code in members], axis=0)
                report[group] = round(self._measured(series, group, number), 2)
        return report

    def _measured(self, series: NDArray[Any], what: str, number: int) -> float:
        """Return the mean of a round with its error of measurement: a lasting part and one of the round, in [0, 1]."""
        size = self.seminar.seen.error
        error = sum(size * self._normal(what, step) for step in (LASTING, number))
        return float(np.clip(float(np.mean(series, dtype=np.float64)) + error, 0.0, 1.0))

    def _normal(self, what: str, step: int) -> float:
        with np.errstate(over="ignore"):
            unit = uniforms(self._runs, text_key(f"{STREAM}/{what}"), step)[0]
        return _NORMAL.inv_cdf(float(np.clip(unit, 1e-12, 1.0 - 1e-12)))
