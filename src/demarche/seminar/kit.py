"""The kit of a facilitator, from the file: plan, slides, a sheet for each seat, worksheet, quiz, rubric, consent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.claims import Claim, load_register
from demarche.errors import shell_word
from demarche.scenario.bundled import copy_files
from demarche.scenario.content import Scenario
from demarche.scenario.seminar.acts import KINDS, Act
from demarche.scenario.seminar.declared import Seat
from demarche.seminar.beliefs import rounds_asked
from demarche.seminar.orders import Rulebook
from demarche.seminar.pages import render
from demarche.seminar.seen import names_of
from demarche.seminar.timeline import Stage, need_seminar, stages_of

BRIEF_SHARE, DEBRIEF_SHARE = 0.3, 0.85
"""Minutes of briefing and of debriefing for each minute of play: a debrief takes at least a third of the whole."""

PAGES = ("plan", "slides", "sheets", "worksheet", "quiz", "rubric", "consent")
READS = {"ngo": "at once", "body": "at once"}


@dataclass(frozen=True)
class Part:
    """One line of the minute plan.

    Parameters
    ----------
    first, last
        Minutes from the start.
    what, shown, script
        What happens, what is on the projector, and what the facilitator may read out.
    """

    first: int
    last: int
    what: str
    shown: str
    script: str


@dataclass(frozen=True)
class Sheet:
    """What a delegation holds in its hands.

    Parameters
    ----------
    seat, kind
        The seat, and what kind of seat it is, in words.
    year, session
        Acts in the year before a session, and at it.
    votes
        Years in which it has a seat in the charter body; none for a seat that does not vote.
    reads
        When it reads the monitors' report.
    passages
        Claims behind its options, each with its document.
    """

    seat: Seat
    kind: str
    year: tuple[Act, ...]
    session: tuple[Act, ...]
    votes: tuple[int, ...]
    reads: str
    passages: tuple[tuple[Claim, str], ...] = ()


def plan_of(scenario: Scenario) -> tuple[Part, ...]:
    """Return the minute plan: briefing, rounds, debriefing; play ends on time, so that the debriefing is whole."""
    seminar, last = need_seminar(scenario), stages_of(scenario)[-1].round
    play = seminar.minutes * last
    brief, debrief = round(play * BRIEF_SHARE), round(play * DEBRIEF_SHARE)
    focal = names_of(scenario)[scenario.cast.focal]
    parts = [
        Part(0, brief, "Join, four questions, one world and several accounts, truth and report and headline, the seal",
             "code, QR, who is here",
             f"You govern, document or vote; {focal} is played by rules. One of {len(scenario.accounts)} accounts "
             "governs this world, and nobody here knows which, I least of all. Do not try to win. Try to find out."),
    ]  # fmt: skip
    start = float(brief)
    for number in range(1, last + 1):
        asked = " Now write down what you believe." if number in rounds_asked(last) else ""
        parts.append(Part(round(start), round(start + seminar.minutes), f"Round {number}", "clock, roll call, news",
                          f"Three minutes to talk and move; then the session; then the news.{asked}"))  # fmt: skip
        start += seminar.minutes
    script = "One word each: how did your role feel? Then what happened, which account it was, and what you changed."
    parts.append(Part(round(start), round(start) + debrief, "Debrief: roles, path, seal, twin, other accounts, "
                      "your own counterfactual, what would change your mind", "debrief.html", script))  # fmt: skip
    return tuple(parts)


def sheets_of(scenario: Scenario) -> tuple[Sheet, ...]:
    """Return a sheet for each seat; what it promises is what the seat may order."""
    seminar, stages, rulebook = need_seminar(scenario), stages_of(scenario), Rulebook(scenario)
    return tuple(_sheet(seat, stages, rulebook, seminar.seen.delay_rounds) for seat in seminar.seats.values())


def _sheet(seat: Seat, stages: tuple[Stage, ...], rulebook: Rulebook, delay: int) -> Sheet:
    register = load_register()
    documents = {one.nick: f"{one.author} ({one.year}), {one.title}" for one in register.sources}
    ever = {one.act.name: one.act for stage in stages for one in rulebook.legal(seat, stage)}
    acts = [ever[name] for name in seat.acts if name in ever]
    votes = tuple(stage.year for stage in stages if stage.closing == "session" and rulebook.legal(seat, stage))
    return Sheet(
        seat, KINDS[seat.kind], tuple(act for act in acts if act.closing == "year"),
        tuple(act for act in acts if act.closing == "session"), votes,
        READS.get(seat.kind, f"{delay} round{'s' if delay != 1 else ''} later" if delay else "at once"),
        tuple((claim, documents[claim.document]) for claim in map(register.claim, seat.passages)),
    )  # fmt: skip


def write_kit(scenario: Scenario, folder: Path) -> list[Path]:
    """Write the kit as pages that print; nothing is overwritten.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ScenarioError
        If the scenario has no seminar, or a file is there already.
    """
    frame: dict[str, Any] = {
        "scenario": scenario, "plan": plan_of(scenario), "sheets": sheets_of(scenario), "version": 0, "said": "",
        "file": shell_word(scenario.path.name),
        "asked": rounds_asked(stages_of(scenario)[-1].round),
        "focal": names_of(scenario)[scenario.cast.focal],
    }  # fmt: skip
    return copy_files(folder, {Path(f"{name}.html"): render(f"kit/{name}.html", frame).encode() for name in PAGES})
