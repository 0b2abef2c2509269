"""Pressure for individuals: private lists and public naming."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

DETAINED = 1.0
QUIET_EVENT = 1


@rule(
    "pressure.case_lists",
    "Private meetings hand over lists of names; long lists dilute attention.",
    claims=("PRS-20", "PRS-10"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("channel_event", "sender_will", "lever_list_size", "person_status", "person_fame"),
    writes=("person_listed", "person_raised"),
    draws=("listed",),
    parameters=(
        strength("scale of the chance that a name is put on a list", "PRS-20; assumption"),
        Parameter("list_size", 8.0, 2.0, 20.0, "names", "names on a list where the arm sets none",
                  "PRS-10; assumption: a page of names"),
        Parameter("carried", 0.35, 0.1, 0.5, "share", "part of private representations that carry a list",
                  "assumption: only senior meetings do"),
        Parameter("unknown", 0.1, 0.02, 0.3, "share", "weight of an unknown person beside a famous one",
                  "assumption: lists start with the famous"),
        Parameter("dilution", 30.0, 10.0, 60.0, "names", "length of list at which attention per name halves",
                  "assumption"),
    ),
    after=("pressure.voice",),
)  # fmt: skip
def case_lists(
    w: Fields, now: Moment, *, strength: Array, list_size: Array, carried: Array, unknown: Array, dilution: Array,
) -> None:
    """Draw which detained persons are raised in private this month and add to their listing.

    Limits: silent in months without private representations.
    """
    meetings = carried * np.where(w.channel_event == QUIET_EVENT, w.sender_will, 0.0).sum(axis=0)
    size = np.where(np.isnan(w.lever_list_size), list_size, w.lever_list_size)
    prominence = (w.person_status == DETAINED) * (unknown + w.person_fame)
    share = prominence / np.maximum(prominence.sum(axis=0), 1e-9)
    listed = now.draw("listed", "person") < strength * (1.0 - np.exp(-meetings * size * share))
    w.person_listed += listed * (1.0 - w.person_listed) / (1.0 + size / dilution)
    w.person_raised |= listed


@rule(
    "pressure.public_naming",
    "Statements and campaigns name detained persons in public.",
    claims=("PRS-18", "PRS-36"),
    accounts=ALL,
    phase="acting",
    reads=("vocal_pressure", "headline", "ngo_is_active", "ngo_budget", "ngo_network", "person_issue", "person_status",
           "person_fame"),
    writes=("person_named", "person_raised"),
    draws=("named",),
    parameters=(
        strength("scale of the chance that a person is named", "PRS-18; assumption"),
        Parameter("statements", 0.8, 0.2, 2.0, "share", "monthly chance for a famous person at full public pressure",
                  "PRS-36; assumption"),
        Parameter("campaigns", 0.3, 0.1, 0.8, "share", "the same through campaigns at full headlines",
                  "PRS-18; assumption"),
        Parameter("jump", 0.5, 0.2, 1.0, "share", "part of the way to full attention that one naming goes",
                  "assumption"),
    ),
    after=("pressure.voice", "pressure.case_lists"),
)  # fmt: skip
def public_naming(w: Fields, now: Moment, *, strength: Array, statements: Array, campaigns: Array, jump: Array) -> None:
    """Draw which detained persons are named, by fame, public pressure, and campaigns where headlines are.

    Limits: silent without public statements and without campaigns.
    """
    groups = 1.0 - np.exp(-0.5 * (w.ngo_is_active * w.ngo_budget * w.ngo_network).sum(axis=0))
    heard = np.take_along_axis(w.headline, w.person_issue.astype(np.intp), axis=0)
    reach = statements * w.vocal_pressure + campaigns * groups * heard
    chance = (w.person_status == DETAINED) * w.person_fame * reach
    named = now.draw("named", "person") < strength * chance
    w.person_named += jump * named * (1.0 - w.person_named)
    w.person_raised |= 2 * named.astype(np.int8)


@rule(
    "pressure.word_reaches_prison",
    "Detained activists take heart from hearing that outsiders mention them.",
    claims=("PRS-37",),
    accounts=(T3, T4),
    phase="society",
    reads=("person_raised", "person_organising"),
    writes=("activist_capacity_change",),
    parameters=(strength("gain in activists' capacity for each able organiser raised", "PRS-37; assumption",
                         default=0.001, high=0.004, unit="share"),),
)  # fmt: skip
def word_reaches_prison(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise activists' capacity with the organisers raised this month. Limits: silent when no case is raised."""
    w.activist_capacity_change += strength * ((w.person_raised > 0) * w.person_organising).sum(axis=0)
