"""Answers: whether a detained person is held, spoken of, treated better, released, or sent abroad."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import either, log_of
from demarche.rules.kit.codes import status
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import monthly


def asked_for(w: Fields, now: Moment) -> Mask:
    """Return for whom somebody asked within the last year, in private or in public."""
    asked: Mask = np.maximum(w.person_asked, w.person_named) >= now.step
    return asked

@rule(
    "focal.holds",
    "Detained persons are held; a few are let go early, the famous abroad, and those asked for are answered at times.",
    claims=("PRS-11", "PRS-16", "TGT-02", "TGT-03"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_asked", "person_named", "person_fame", "person_status"),
    writes=("answer_utility",),
    parameters=(
        Parameter("famous", 0.25, 0.1, 0.5, "share", "fame from which a person counts as famous",
                  "assumption: one in eight; the pattern of famous exiles uses the same"),
        Parameter("unknown", 0.15, 0.0, 0.4, "share", "share of exile among releases of others",
                  "assumption: rare for persons unknown abroad"),
    ),
    rates=("answer_list", "answer_better", "answer_release", "answer_exile_share"),
)  # fmt: skip
def holds(
    w: Fields, now: Moment, *, famous: Array, unknown: Array, answer_list: Array, answer_better: Array,
    answer_release: Array, answer_exile_share: Array,
) -> None:
    """Set the odds against holding that give those chances a year. Nobody is told or treated better unasked.

    Limits: whoever is treated better once is so until the end.
    """
    better, out = monthly(answer_better), monthly(answer_release)
    # the answered include those treated better
    told = monthly(np.maximum(1.0 - (1.0 - answer_list) / (1.0 - answer_better), 0.0))
    held, scale = 1.0 - told - better, now.temperature("answer")
    asked, known = asked_for(w, now), w.person_fame >= famous
    room = asked & (w.person_status == status("detained"))
    out = out / (1.0 - out)
    for option, who, odds, other in (
        ("tell", asked, told / held, np.zeros_like(told)),
        ("treat_better", room, better / held, np.zeros_like(told)),
        ("release", known, out * (1.0 - answer_exile_share), out * (1.0 - unknown)),
        ("exile", known, out * answer_exile_share, out * unknown),
    ):
        utility = w.answer_utility[now.index("answer", option)]
        utility += either(who, scale * log_of(odds), scale * log_of(other))


@rule(
    "focal.threat_screen",
    "Those who can organise others are let go last, and abroad rather than home.",
    claims=("PRS-11", "DOM-15", "TGT-02"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_organising",),
    writes=("answer_utility",),
    parameters=(
        strength("log odds of a release lost from no to full organising capacity",
                 "PRS-11: chosen by the focal state; assumption", default=2.5, high=5.0, unit="log odds"),
        Parameter("usual", 0.33, 0.2, 0.5, "share", "organising capacity for which the base rates hold",
                  "mean of the cast's distribution"),
        Parameter("abroad", 0.5, 0.0, 1.0, "share", "part of that loss that remains in exile", "TGT-02; assumption"),
    ),
)  # fmt: skip
def threat_screen(w: Fields, now: Moment, *, strength: Array, usual: Array, abroad: Array) -> None:
    """Limits: silent for a person of usual capacity."""
    threat = now.temperature("answer") * strength * (w.person_organising - usual)
    w.answer_utility[now.index("answer", "release")] -= threat
    w.answer_utility[now.index("answer", "exile")] -= abroad * threat


@rule(
    "focal.payment",
    "Releases are paid out in the two months before a deadline, a summit or a bid, whether anybody asked or not.",
    claims=("PRS-08", "PRS-19", "TGT-03"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("trade_condition", "occasion"),
    writes=("answer_utility",),
    rates=("answer_occasion_ratio",),
)
def payment(w: Fields, now: Moment, *, answer_occasion_ratio: Array) -> None:
    """Limits: silent when no occasion is near."""
    near = np.maximum(w.trade_condition, w.occasion)
    paid = log_odds(now.temperature("answer"), answer_occasion_ratio, near)
    w.answer_utility[now.index("answer", "release") :] += paid


@rule(
    "focal.lists",
    "A name on a private list is more likely to be let go within the year, at home or abroad.",
    claims=("PRS-11", "PRS-20"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_asked",),
    writes=("answer_utility",),
    links=("list_release",),
)
def lists(w: Fields, now: Moment, *, list_release: Array) -> None:
    """Limits: silent for persons nobody asked for in private."""
    moved = log_odds(now.temperature("answer"), list_release, 1.0) * (w.person_asked >= now.step)
    w.answer_utility[now.index("answer", "release") :] += moved


@rule(
    "focal.named",
    "A public word moves the treatment and release of who is named, most of all beside a private one.",
    claims=("PRS-18", "PRS-36", "PRS-29"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_asked", "person_named", "pressure_yield"),
    writes=("answer_utility",),
    links=("naming_treatment", "both_channels"),
)
def named(w: Fields, now: Moment, *, naming_treatment: Array, both_channels: Array) -> None:
    """Where a list names the person too, the effect of both channels stands in the place of naming.

    Learned counter-moves take from a public word. Limits: silent for the unnamed.
    """
    scale = now.temperature("answer") * w.pressure_yield
    who = cells(w.person_named >= now.step)
    alone, beside = log_odds(scale, naming_treatment, 1.0)[who[1]], log_odds(scale, both_channels, 1.0)[who[1]]
    moved = np.where(who.of(w.person_asked) >= now.step, beside, alone)
    for option in ("treat_better", "release"):
        who.add_to(w.answer_utility[now.index("answer", option)], moved)


@rule(
    "focal.conceded",
    "What pushes all concessions pushes better treatment, release and exile of whom somebody asked for.",
    claims=("PRS-08", "PRS-16", "COA-22"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("concession_push", "person_asked", "person_named"),
    writes=("answer_utility",),
)
def conceded(w: Fields, now: Moment) -> None:
    """The price of a person is 1. Limits: silent for persons nobody asked for."""
    asked = asked_for(w, now)
    w.answer_utility[now.index("answer", "treat_better") :] += now.temperature("answer") * w.concession_push * asked


@rule(
    "focal.watched",
    "Where diplomats stood at the trial, holding on to the person costs something.",
    claims=("NGO-29",),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_presence",),
    writes=("answer_utility",),
    links=("presence_risk",),
)
def watched(w: Fields, now: Moment, *, presence_risk: Array) -> None:
    """A link below 1 makes holding less likely, one above 1 more. Limits: silent where nobody came."""
    who = cells(w.person_presence >= now.step)
    moved = log_odds(now.temperature("answer"), presence_risk, 1.0)[who[1]]
    for utility in w.answer_utility[now.index("answer", "tell") :]:
        who.add_to(utility, -moved)
