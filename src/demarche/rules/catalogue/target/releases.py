"""Why a detained person is held, freed or sent abroad: the terms common to most accounts."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

DETAINED = 1.0
IMPOSSIBLE = 900.0


@rule(
    "target.holds",
    "Detained persons are held unless something speaks for letting them go; terms end in time.",
    claims=("TGT-03", "DOM-15"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_status", "person_months"),
    writes=("release_utility",),
    parameters=(
        Parameter("treat_better", -6.4, -8.0, -4.0, "utility", "better treatment without a reason",
                  "assumption: 0.2 % a month"),
        Parameter("release", -5.55, -8.0, -4.0, "utility", "release without a reason",
                  "assumption: a handful a year among some fifty well-known prisoners (record of 1990-98)"),
        Parameter("exile", -8.7, -11.0, -6.0, "utility", "release into exile without a reason",
                  "assumption: rare for persons unknown abroad"),
        Parameter("term", 0.06, 0.0, 0.4, "utility per year", "pull of a term that runs out",
                  "assumption: long terms end"),
    ),
)  # fmt: skip
def holds(w: Fields, now: Moment, *, treat_better: Array, release: Array, exile: Array, term: Array) -> None:
    """Set the standing terms of each option; persons who are not detained can only be left alone.

    Limits: terms pull for ten years at most.
    """
    barred = IMPOSSIBLE * (w.person_status != DETAINED)
    served = term * np.minimum(w.person_months, 120.0) / 12.0
    w.release_utility[now.index("release", "treat_better")] += treat_better - barred
    w.release_utility[now.index("release", "release")] += release + served - barred
    w.release_utility[now.index("release", "exile")] += exile + served - barred


@rule(
    "target.threat_screen",
    "Those who can organise others are let go last, and abroad rather than home.",
    claims=("PRS-11", "DOM-15"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_organising", "emergency"),
    writes=("release_utility",),
    parameters=(
        strength("loss of utility of a release at full organising capacity",
                 "PRS-11: chosen by the focal state; assumption", default=2.5, high=5.0, unit="utility"),
        Parameter("abroad", 0.5, 0.0, 1.0, "share", "part of that loss that remains in exile", "TGT-02; assumption"),
        Parameter("alarm", 1.0, 0.0, 2.0, "multiplier", "further loss under full emergency rule", "DOM-15; assumption"),
    ),
)  # fmt: skip
def threat_screen(w: Fields, now: Moment, *, strength: Array, abroad: Array, alarm: Array) -> None:
    """Lower the utility of letting able organisers go, more so under emergency rule.

    Limits: silent for persons without organising capacity.
    """
    threat = strength * w.person_organising * (1.0 + alarm * w.emergency)
    w.release_utility[now.index("release", "release")] -= threat
    w.release_utility[now.index("release", "exile")] -= abroad * threat


@rule(
    "target.payment",
    "Releases are paid out before deadlines, summits and bids, in persons whose names are worth something.",
    claims=("PRS-08", "PRS-19", "TGT-03"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("trade_pressure", "occasion", "pressure_effect", "person_fame"),
    writes=("release_utility",),
    parameters=(
        strength("utility of a payment at full pull and unit effect for a person of middling fame",
                 "releases of 1990-94: rate ratio 3 before deadlines, 1.5-6", default=6.0, high=12.0, unit="utility"),
        Parameter("unknown", 0.6, 0.2, 1.0, "share", "worth of a person unknown abroad",
                  "assumption: batches of unknown persons were also announced"),
    ),
)  # fmt: skip
def payment(w: Fields, now: Moment, *, strength: Array, unknown: Array) -> None:
    """Raise the utility of release and exile with the pull of the coming occasion, more for the famous.

    Limits: silent when no occasion is near.
    """
    pull = 1.0 - (1.0 - w.trade_pressure) * (1.0 - w.occasion)
    worth = strength * np.minimum(w.pressure_effect, 1.5) * pull * (unknown + w.person_fame)
    w.release_utility[now.index("release", "release")] += worth
    w.release_utility[now.index("release", "exile")] += worth


@rule(
    "target.exile_pays",
    "Sending the famous abroad earns credit and takes leaders from the movement.",
    claims=("TGT-02",),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_fame", "person_organising"),
    writes=("release_utility",),
    parameters=(
        strength("utility of exile for a famous person beyond that of release",
                 "exile share of famous releases 0.7, 0.4-0.95 (cases of 1994-98)", default=6.0, high=10.0,
                 unit="utility"),
        Parameter("leader", 0.15, 0.0, 0.5, "share", "weight of organising capacity beside fame", "TGT-02; assumption"),
    ),
)  # fmt: skip
def exile_pays(w: Fields, now: Moment, *, strength: Array, leader: Array) -> None:
    """Raise the utility of exile with fame and a little with organising capacity.

    Limits: silent for persons neither known nor able to organise.
    """
    w.release_utility[now.index("release", "exile")] += strength * (w.person_fame + leader * w.person_organising)


@rule(
    "target.chosen_releases",
    "Private representations are repaid with releases and relief for names on the lists, chosen by the focal state.",
    claims=("PRS-11", "PRS-20"),
    accounts=(T1, T2, T3),
    phase="answer_weighing",
    reads=("person_listed", "pressure_effect"),
    writes=("release_utility",),
    parameters=(
        strength("utility of freeing a person who is high on the lists", "PRS-11; assumption", default=1.6, high=4.0,
                 unit="utility"),
        Parameter("treatment", 3.6, 0.5, 5.0, "utility", "utility of treating such a person better",
                  "Dui Hua 1999-2024: 0.13 of names asked were treated better"),
    ),
)  # fmt: skip
def chosen_releases(w: Fields, now: Moment, *, strength: Array, treatment: Array) -> None:
    """Raise the utility of release, exile and better treatment with recent private raising.

    Limits: silent for persons on no list.
    """
    bite = w.person_listed * np.minimum(w.pressure_effect, 1.5)
    w.release_utility[now.index("release", "release")] += strength * bite
    w.release_utility[now.index("release", "exile")] += strength * bite
    w.release_utility[now.index("release", "treat_better")] += np.minimum(strength, 1.0) * treatment * bite
