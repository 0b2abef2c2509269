"""What document 001 tells of official talks: granted, emptied, kept apart, and sold back after they were broken off.

The record of terms is that of document 001, the wish for open talks or none that of document 004.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.rules.kit.codes import codes_of
from tests.support.motion_world import run, setup

pytestmark = pytest.mark.long
RUNS, MONTHS = 100, 115
TALKS = codes_of("dialogue_event")
WATCHED = (
    "demand_open", "has_dialogue", "dialogue_event", "dialogue_suspended", "is_sponsor", "term_agenda", "term_secrecy",
    "term_ngo_seat", "round_held", "round_due", "dialogue_substance", "coordination", "resumption_booked",
    "results_booked", "has_pledge", "offer_event",
)  # fmt: skip
INSIST = {"rate.dialogue_ask_term": 0.9}


@cache
def told(off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return the steps of the story in numbers, with some rules off."""
    _, kept = run(RUNS, account="strategic_target", world=setup(MONTHS, off), values=INSIST, watched=WATCHED)
    event, running = kept["dialogue_event"], kept["has_dialogue"] * (1.0 - kept["dialogue_suspended"])
    asked = kept["demand_open"][:-1] > 0
    offered = kept["offer_event"][1:] > 0
    lacking = running[:-1] == 0
    opened = np.mean((kept["term_agenda"], 1.0 - kept["term_secrecy"], kept["term_ngo_seat"]), axis=0)
    broken = event == TALKS["suspended"]
    session = kept["is_sponsor"].any(axis=(1, 2))
    resumed = event == TALKS["resumed"]
    return {
        "offers to who asked": float(offered[asked & lacking].mean()) if (asked & lacking).any() else 0.0,
        "offers to others": float(offered[~asked & lacking].mean()),
        "partners": float((kept["has_dialogue"][-1] > 0).sum(axis=0).mean()),
        "openness": float(opened[running > 0].mean()) if (running > 0).any() else 1.0,
        "substance": float(kept["dialogue_substance"][kept["round_held"] > 0].mean()) if running.any() else 0.0,
        "coordination lost": float(kept["coordination"][0].mean() - kept["coordination"][-12:].mean()),
        "broken off": float(broken.sum() / RUNS),
        "broken off by sponsors": float((broken & (kept["is_sponsor"] > 0)).sum() / max(broken.sum(), 1)),
        "resumed": float(resumed.sum() / RUNS),
        "booked": float(kept["resumption_booked"].sum() / RUNS),
        "pledges of who resumed": _pledged(resumed, kept["has_pledge"]),
        "sessions": float(session.sum()),
    }


def _pledged(resumed: np.ndarray, pledge: np.ndarray) -> float:
    """Return the share of resumptions that follow a pledge, or come with one for the next session."""
    if not resumed.any():
        return 0.0
    before = np.concatenate([np.zeros_like(pledge[:1]), pledge[:-1]])
    return float(((before + pledge)[resumed] > 0).mean())


STEPS = {
    "granted": lambda t: t["offers to who asked"] > 10.0 * t["offers to others"] and t["partners"] > 3.0,
    "emptied": lambda t: t["openness"] < 0.25,
    "said little": lambda t: 0.02 < t["substance"] < 0.3,
    "kept apart": lambda t: t["coordination lost"] > 0.01,
    "broken off after motions": lambda t: t["broken off"] > 0.3 and t["broken off by sponsors"] > 0.5,
    "resumed for a pledge": lambda t: t["resumed"] > 0.2 and t["pledges of who resumed"] > 0.95,
    "booked as a concession": lambda t: t["booked"] > 0.1,
}


@pytest.mark.parametrize("step", STEPS)
def test_talks_are_granted_emptied_kept_apart_and_sold_back(step: str) -> None:
    assert STEPS[step](told()), told()


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("focal.grants_demands", "granted"), ("focal.grants_terms", "emptied"),
        ("senders.round_substance", "said little"), ("senders.tracks_divide", "kept apart"),
        ("focal.causes_to_break_off", "broken off after motions"), ("focal.talks_agreed", "resumed for a pledge"),
        ("focal.talks_agreed", "booked as a concession"),
    ],
)  # fmt: skip
def test_without_the_rule_that_carries_it_the_step_fails(rule: str, step: str) -> None:
    assert not STEPS[step](told((rule,))), told((rule,))


@cache
def insisted(opened: float, off: tuple[str, ...] = ()) -> tuple[float, float]:
    """Return the share of due rounds that take place and what they say, where senders insist on open terms or none."""
    levers = {"lever_agenda": opened, "lever_secrecy": 1.0 - opened, "lever_ngo_seat": opened}
    levers |= {"lever_conditions": opened}
    _, kept = run(RUNS, account="leverage_toolbox", held=levers, world=setup(60, off),
                  laid={"has_dialogue": 0.0}, values={"rate.dialogue_demand": 0.3}, watched=WATCHED)  # fmt: skip
    held, due = kept["round_held"] > 0, kept["round_due"] > 0
    return float(held[due].mean()), float(kept["dialogue_substance"][held].mean()) if held.any() else 0.0


def test_open_talks_say_more_and_often_do_not_take_place() -> None:
    """Document 004, items 6 and 7: resume only in the open, with groups present, and after progress."""
    (often, little), (seldom, much) = insisted(0.0), insisted(1.0)
    assert seldom < 0.7 * often
    assert much > 1.5 * little


@pytest.mark.parametrize("rule", ["senders.round_substance", "focal.rounds_held"])
def test_open_or_none_hangs_on_what_rounds_say_and_on_conditions(rule: str) -> None:
    (often, little), (seldom, much) = insisted(0.0, (rule,)), insisted(1.0, (rule,))
    assert not (seldom < 0.7 * often and much > 1.5 * little)
