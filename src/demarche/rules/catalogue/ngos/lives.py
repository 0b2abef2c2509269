"""Lives of groups: when they open, on which issue they work, whether they join a campaign."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.tactics import at_focus
from demarche.world.fields.ngos import NGO_TURNS


@rule(
    "ngos.opens",
    "A group works from its founding on until it closes for want of money.",
    claims=("NGO-02", "NGO-22"), accounts=ALL, phase="events", reads=("ngo_is_active", "ngo_has_closed"),
    writes=("ngo_is_open", "ngo_event"),
)  # fmt: skip
def opens(w: Fields, now: Moment) -> None:
    """Limits: what has closed does not open again."""
    at_work = w.ngo_is_active * (1.0 - w.ngo_has_closed)
    w.ngo_event[at_work > w.ngo_is_open] = code_of(NGO_TURNS, "opened")
    w.ngo_is_open[...] = at_work


@rule(
    "ngos.choice_of_issue",
    "Each year a group weighs what it stands for, how grave and movable an issue is, what it and others know.",
    claims=("SND-18", "DOM-51", "NGO-10"), accounts=ALL, phase="weighing", when="year",
    reads=("ngo_attention", "practice", "tractability", "ngo_evidence", "evidence"), writes=("ngo_focus_utility",),
    parameters=(
        Parameter("wish", 4.0, 2.0, 6.0, "utility", "will to work on some issue", "assumption: hardly a group idles"),
        Parameter("grave", 1.0, 0.0, 2.0, "utility", "weight of the gravity of violations", "DOM-51; assumption"),
        Parameter("movable", 1.0, 0.0, 2.0, "utility", "weight of how movable an issue is", "DOM-51; assumption"),
        Parameter("known", 1.0, 0.0, 2.0, "utility", "weight of own evidence", "NGO-02; assumption"),
        Parameter("covered", 1.0, 0.0, 2.0, "utility", "weight of what all know already", "NGO-10; assumption"),
        Parameter("least", 0.001, 0.0001, 0.01, "share", "weight of an issue that a group does not stand for",
                  "assumption"),
    ),
)  # fmt: skip
def choice_of_issue(
    w: Fields, now: Moment, *, wish: Array, grave: Array, movable: Array, known: Array, covered: Array, least: Array
) -> None:
    """Limits: one issue a year."""
    of_issue = grave * (1.0 - w.practice) + movable * w.tractability - covered * w.evidence
    worth = wish + np.log(w.ngo_attention + least) + of_issue + known * w.ngo_evidence
    w.ngo_focus_utility[now.index("ngo_focus", "work")] += now.temperature("ngo_focus") * worth


@rule(
    "ngos.takes_issue",
    "A group works on the issue of its choice until the year is over.",
    claims=("SND-18", "DOM-51"), accounts=ALL, phase="coordinating", when="year", reads=("ngo_focus_choice",),
    writes=("ngo_focus",),
)  # fmt: skip
def takes_issue(w: Fields, now: Moment) -> None:
    """Limits: without a choice it stays with its issue."""
    chosen = w.ngo_focus_choice > 0
    np.copyto(w.ngo_focus, chosen.argmax(axis=1), where=chosen.any(axis=1))


@rule(
    "ngos.weighs_alliance",
    "Groups with ties to others join campaigns; shared evidence draws, and who is in stays in.",
    claims=("NGO-03", "NGO-36", "NGO-27", "COA-19"), accounts=ALL, phase="weighing", when="year",
    rates=("ngo_ally_join",),
    reads=("ngo_network", "ngo_is_allied", "ngo_evidence", "evidence", "ngo_focus"), writes=("ngo_ally_utility",),
    parameters=(
        Parameter("ties", 2.0, 0.0, 4.0, "utility", "weight of ties above the middle", "NGO-36; assumption"),
        Parameter("habit", 2.0, 0.0, 4.0, "utility", "weight of being in", "assumption"),
        Parameter("shared", 1.0, 0.0, 2.0, "utility", "weight of what others know and the group does not",
                  "NGO-36; assumption"),
    ),
)  # fmt: skip
def weighs_alliance(
    w: Fields, now: Moment, *, ties: Array, habit: Array, shared: Array, ngo_ally_join: Array
) -> None:
    """Limits: one campaign for all."""
    scale, join = now.temperature("ngo_ally"), now.index("ngo_ally", "join")
    lacking = at_focus(np.maximum(w.evidence - w.ngo_evidence, 0.0), w.ngo_focus)
    pull = ties * (w.ngo_network - 0.5) + habit * w.ngo_is_allied + shared * lacking
    w.ngo_ally_utility[join] += base_utility(scale, ngo_ally_join, 1.0 - ngo_ally_join) + scale * pull


@rule(
    "ngos.allies",
    "Who joins a campaign belongs to it for the year.",
    claims=("NGO-03", "NGO-36"), accounts=ALL, phase="coordinating", when="year", reads=("ngo_ally_choice",),
    writes=("ngo_is_allied", "ngo_event"),
)  # fmt: skip
def allies(w: Fields, now: Moment) -> None:
    """Limits: events of entry and exit only."""
    inside = w.ngo_ally_choice > 0
    w.ngo_event[inside & (w.ngo_is_allied == 0.0)] = code_of(NGO_TURNS, "allied")
    w.ngo_event[~inside & (w.ngo_is_allied > 0.0)] = code_of(NGO_TURNS, "left_alliance")
    w.ngo_is_allied[...] = inside
