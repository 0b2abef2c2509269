"""Pages of a debrief: nine steps that a room is led through, and the same in one file that prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demarche.analysis.comparison.shown import digits_of, shown
from demarche.seminar.beliefs import brier, uniform_score
from demarche.seminar.debrief import BESIDE_RELEASES, Debrief, Line
from demarche.seminar.drawn import LEAST_STEPS, Bar, Chart, bars, chart
from demarche.seminar.epilogue import Course
from demarche.seminar.fans import Fan
from demarche.seminar.frames import Viewer
from demarche.seminar.orders import Order
from demarche.seminar.outside import outside_of
from demarche.seminar.pages import render, spoken, template_text
from demarche.seminar.room import Room
from demarche.seminar.seen import HEADLINES, names_of
from demarche.seminar.steps import STEPS

MAIN = (
    "releases", "first_detentions", "renewed_detentions", "person_months_detained", "concessions_persons",
    "core_practice_change", "sponsors", "no_action_margin", "waivers", "treaty_acts",
)  # fmt: skip
"""Outcomes that are drawn; all are in the tables. Releases stand beside detentions, since alone they mislead."""


@dataclass(frozen=True)
class Guesses:
    """What students believed after a number of rounds.

    Parameters
    ----------
    rounds
        Rounds that were closed.
    n
        Students who said it.
    shares
        Account -> mean share.
    score
        Mean Brier score, 0 to 2; lower is better.
    uniform
        Score of somebody who gives each account the same share.
    """

    rounds: int
    n: int
    shares: dict[str, float]
    score: float
    uniform: float


def guesses_of(room: Room) -> tuple[Guesses, ...]:
    """Return what students believed, by number of closed rounds; scores tell the account, so only once it is opened."""
    accounts = tuple(room.scenario.accounts)
    found = []
    for rounds in sorted({key[1] for key in room.state.beliefs}):
        said = [shares for key, shares in room.state.beliefs.items() if key[1] == rounds]
        means = {name: sum(shares[name] for shares in said) / len(said) for name in accounts}
        score = sum(brier(shares, room.state.account) for shares in said) / len(said)
        found.append(Guesses(rounds, len(said), means, score, uniform_score(len(accounts))))
    return tuple(found)


def debrief_page(room: Room, debrief: Debrief) -> str:
    """Return the debrief as one file of HTML that prints: no script, nothing from outside."""
    viewer = Viewer(room)
    frame = {
        **viewer.facilitator(), **debrief_frame(room, viewer, debrief), "debriefed": True, "computing": False,
        "style": template_text("debrief.css"),
    }  # fmt: skip
    return render("debrief.html", frame)


def debrief_frame(room: Room, viewer: Viewer, debrief: Debrief | None) -> dict[str, Any]:
    """Return what the steps of a debrief show besides the frame of who looks; figures once they are computed."""
    return {
        "steps": STEPS, "debrief": debrief, "guesses": guesses_of(room), "path": _path(room, viewer),
        "standpoints": {name: one.account for name, one in room.scenario.accounts.items()},
        "fans": [(fan, _fan_chart(room, fan)) for fan in debrief.fans] if debrief else [],
        "course_charts": _course_charts(room, debrief.course) if debrief and debrief.course else [],
        "drawing_of": drawing_of, "by_outcome": by_outcome, "outside": outside_of(room.scenario),
    }  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """Bars of some differences.

    Parameters
    ----------
    pairs
        Lines that are drawn, each with its bar.
    flat
        Titles of outcomes that are not, since nothing moves in the digits shown.
    """

    pairs: tuple[tuple[Line, Bar], ...]
    flat: tuple[str, ...]


def drawing_of(lines: Sequence[Line], only_clear: bool = False) -> Drawing:
    """Return the bars of the main outcomes; lines of one outcome share their scale.

    Parameters
    ----------
    lines
        Differences.
    only_clear
        Leave out outcomes of which no interval is clear of zero, but for releases and what stands beside them.
    """
    main = [line for line in lines if line.name in MAIN] or list(lines)
    pairs: list[tuple[Line, Bar]] = []
    flat = []
    for name, same in by_outcome(main).items():
        step = 10.0 ** -digits_of(same[0].unit)
        if not any(shown(end, one.unit) for one in same for end in (one.low, one.mean, one.high) if end == end):
            flat.append(same[0].outcome)
        elif not only_clear or name in ("releases", *BESIDE_RELEASES) or any(one.side for one in same):
            ends = [(one.low, one.mean, one.high) for one in same]
            pairs += zip(same, bars(ends, LEAST_STEPS * step), strict=True)
    return Drawing(tuple(pairs), tuple(flat))


def by_outcome(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the lines of each outcome, in the order in which they come."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.name, []).append(line)
    return found


def _fan_chart(room: Room, fan: Fan) -> Chart:
    band = [one.low for one in fan.years], [one.high for one in fan.years]
    curves = {"mean": [one.mean for one in fan.years], "own": [one.own for one in fan.years]}
    years = [one.year for one in fan.years]
    least = LEAST_STEPS * 10.0 ** -digits_of(fan.unit)
    return chart(years, curves, band, last_played=room.stages[-1].year, zero=True, least=least)


def _course_charts(room: Room, course: Sequence[Course]) -> list[tuple[str, Chart]]:
    """Return truth, report and headline, each with the class and its twin."""
    last, years = room.stages[-1].year, [one.year for one in course]

    def both(pairs: Sequence[tuple[float, float]]) -> dict[str, list[float]]:
        return {"mean": [one for one, _ in pairs], "twin": [two for _, two in pairs]}

    def one(pairs: Sequence[tuple[float, float]], words: Sequence[str] = ()) -> Chart:
        return chart(years, both(pairs), None, last_played=last, height=130.0, least=LEAST_STEPS / 1000, words=words)

    heard = [(float(HEADLINES.index(each.headline[0])), float(HEADLINES.index(each.headline[1]))) for each in course]
    return [
        ("True: practice in the civil-political core (1 is best)", one([each.truth for each in course])),
        ("Reported: violations that monitors document there", one([each.report for each in course])),
        ("In the headlines", one(heard, HEADLINES)),
    ]


def _path(room: Room, viewer: Viewer) -> list[dict[str, Any]]:
    """Return for each round what each seat did, and what it said."""
    rounds: dict[int, dict[str, Any]] = {}
    names = names_of(room.scenario)
    for stage, orders in room.stages_closed():
        here = rounds.setdefault(stage.round, {"round": stage.round, "year": stage.year, "did": {}, "said": []})
        for order in orders:
            here["did"].setdefault(room.seat(order.seat).title, []).append(done(order, names))
    for word in room.state.words:
        if word.round in rounds:
            rounds[word.round]["said"].append(viewer.told(word))
    return list(rounds.values())


def done(order: Order, names: Mapping[str, str]) -> str:
    """Return in words what an order says."""
    named = ", ".join(spoken(names.get(code, code)) for code in order.targets)
    return f"{spoken(order.act)}: {spoken(order.option)}{f' ({named})' if named else ''}"
