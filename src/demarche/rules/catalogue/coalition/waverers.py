"""What moves waverers before a session: visits, goodwill, concessions, outrage, neighbours and advocates."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3, T4
from demarche.arrays import Array
from demarche.rules.catalogue.coalition.votes import ASIAN, push, wavering
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

FIRM = (
    "coalition.alignment", "coalition.focal_votes_for_itself", "coalition.group_solidarity", "coalition.reluctance",
    "coalition.session_mood", "coalition.standing_lean", "coalition.western_line",
)  # fmt: skip
UNIT = "a unit of log-odds is about 0.28 utility units, given the unexplained part of the fitted votes"
VALUES_AT_START = 0.3  # level at which the world begins; only a shift beyond it moves votes


def width() -> Parameter:
    """Return the parameter for how near a waverer must be to changing its vote."""
    return Parameter("width", 0.35, 0.1, 1.0, "utility", "distance from a change of vote at which effects fade",
                     "assumption: less than one standard deviation of yearly changes")  # fmt: skip


@rule(
    "coalition.lobbied_votes",
    "Visits with assistance on offer move seat-holding governments that waver.",
    claims=("COA-06",), accounts=ALL, phase="vote_weighing", when="session", reads=("lobbied", "aid_need"),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of a full visit on a poor waverer", f"HRW 1997: odds ratio 1.6, 1 to 3; {UNIT}", default=0.13,
                 high=0.3, unit="utility"),
        width(),
    ),
)  # fmt: skip
def lobbied_votes(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """Limits: firm votes do not move; states that were not visited do not move."""
    effect = w.lobbied * (0.5 + 0.5 * w.aid_need)
    push(w.vote_no_action_utility, strength * effect * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.goodwill_votes",
    "Small or distant states that are given constant attention lean towards the focal state.",
    claims=("COA-24",), accounts=(T2,), phase="vote_weighing", when="session", reads=("goodwill", "economic_weight"),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of full goodwill on a small waverer", f"COA-24; assumption: odds ratio 2 at most; {UNIT}",
                 default=0.15, high=0.4, unit="utility"),
        Parameter("small", 0.002, 0.0005, 0.01, "share of world GDP", "economy at which the effect is halved",
                  "assumption: about twice the median state"),
        width(),
    ),
)  # fmt: skip
def goodwill_votes(w: Fields, now: Moment, *, strength: Array, small: Array, width: Array) -> None:
    """Limits: large economies and firm votes do not move."""
    effect = w.goodwill * small / (small + w.economic_weight)
    push(w.vote_no_action_utility, strength * effect * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.concession_softens",
    "Signatures and releases before a session give waverers a reason to let the matter rest.",
    claims=("PRS-16", "TGT-13"), accounts=ALL, phase="vote_weighing", when="session", reads=("recent_concessions",),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of many concessions on a waverer", f"PRS-16, TGT-13; assumption: odds ratio 1.6; {UNIT}",
                 default=0.13, high=0.3, unit="utility"),
        width(),
    ),
)  # fmt: skip
def concession_softens(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """Limits: firm votes do not move; without concessions nothing moves."""
    waver = wavering(w.vote_no_action_utility, width)
    push(w.vote_no_action_utility, strength * w.recent_concessions * waver)


@rule(
    "coalition.outrage_votes",
    "Open repression turns some votes against the focal state while it is fresh.",
    claims=("UNB-14",), accounts=ALL, phase="vote_weighing", when="session", reads=("emergency", "is_focal"),
    writes=("vote_no_action_utility",),
    parameters=(
        strength("loss of lean under full emergency rule", "UNB-14; the vote of 1990 was closer than the next three",
                 default=0.5, high=1.2, unit="utility"),
    ),
)  # fmt: skip
def outrage_votes(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: fades with emergency rule."""
    push(w.vote_no_action_utility, -strength * w.emergency * (1.0 - w.is_focal))


@rule(
    "coalition.permanent_member",
    "Rank as a permanent Council member lets the focal state marshal sympathetic governments.",
    claims=("COA-12",), accounts=(T2, T3), phase="vote_weighing", when="session",
    reads=("agree_focal", "target_status"),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of full rank on a wavering ally", f"COA-12; assumption: odds ratio 1.5; {UNIT}", default=0.12,
                 high=0.3, unit="utility"),
        width(),
    ),
)  # fmt: skip
def permanent_member(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """Limits: states that agree in less than half of other votes do not follow."""
    sympathy = np.clip(2.0 * w.agree_focal - 1.0, 0.0, 1.0) * wavering(w.vote_no_action_utility, width)
    push(w.vote_no_action_utility, strength * w.target_status * sympathy)


@rule(
    "coalition.caucus",
    "Well-prepared diplomats of the focal state keep its caucus from drifting into abstention.",
    claims=("COA-02", "COA-07"), accounts=(T2,), phase="vote_weighing", when="session", reads=("skill",),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of full skill on a wavering friend", f"COA-02, COA-07; assumption: odds ratio 2; {UNIT}",
                 default=0.2, high=0.4, unit="utility"),
        width(),
    ),
)  # fmt: skip
def caucus(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """Limits: acts only on those nearer to yes than to no."""
    friend = w.vote_no_action_utility[0] > w.vote_no_action_utility[2]
    push(w.vote_no_action_utility, strength * w.skill * friend * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.condition_free_money",
    "Trade and aid without conditions let poor governments shrug off demands on rights.",
    claims=("COA-25",), accounts=(T4,), phase="vote_weighing", when="session", reads=("aid_need", "export_share"),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect on a poor waverer that lives on this trade", f"COA-25; Flores-Macias and Kreps: tiny; {UNIT}",
                 default=0.1, high=0.3, unit="utility"),
        Parameter("much", 0.1, 0.02, 0.4, "share of exports", "export share that counts as living on it", "assumption"),
        width(),
    ),
)  # fmt: skip
def condition_free_money(w: Fields, now: Moment, *, strength: Array, much: Array, width: Array) -> None:
    """Limits: states that export nothing there, or need no aid, do not move."""
    tie = np.minimum(w.export_share / much, 1.0) * w.aid_need
    push(w.vote_no_action_utility, strength * tie * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.neighbours_grievances",
    "A sharp security dispute wakes unspoken grievances of Asian neighbours.",
    claims=("COA-15",), accounts=(T3,), phase="vote_weighing", when="session", reads=("region", "is_focal"),
    writes=("vote_no_action_utility",), calendar=("security_shock",), after=FIRM,
    parameters=(
        strength("loss of lean of a wavering neighbour", f"COA-15; assumption: odds ratio 1.5; {UNIT}", default=0.12,
                 high=0.3, unit="utility"),
        Parameter("memory", 12, 3, 36, "months", "time within which a dispute is remembered", "assumption"),
        width(),
    ),
)  # fmt: skip
def neighbours_grievances(w: Fields, now: Moment, *, strength: Array, memory: Array, width: Array) -> None:
    """COA-15: criticism stays mostly private, so only waverers move. Limits: silent without a recent dispute."""
    fresh = now.months_since("security_shock") <= memory
    neighbour = (w.region == ASIAN) * (1.0 - w.is_focal)
    push(w.vote_no_action_utility, -strength * fresh * neighbour * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.asian_briefing",
    "Regional groups that brief Asian governments and publics keep some from helping to block motions.",
    claims=("COA-14", "COA-16", "COA-19"), accounts=(T3,), phase="vote_weighing", when="session",
    reads=("region", "democracy", "is_focal", "ngo_is_active", "ngo_network", "ngo_budget"),
    writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("loss of lean of a wavering democracy under full briefing",
                 f"COA-14, COA-16, COA-19; assumption: odds ratio 2; {UNIT}", default=0.2, high=0.4, unit="utility"),
        width(),
    ),
)  # fmt: skip
def asian_briefing(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """COA-16: own citizens are heard. Limits: nothing without means or networks."""
    reach = (w.ngo_is_active * w.ngo_network * w.ngo_budget).mean(axis=0)
    listener = (w.region == ASIAN) * (1.0 - w.is_focal) * w.democracy
    push(w.vote_no_action_utility, -strength * reach * listener * wavering(w.vote_no_action_utility, width))


@rule(
    "coalition.values_front",
    "As sovereignty and development readings gain weight, like-minded governments close ranks.",
    claims=("COA-26", "COA-03"), accounts=(T2, T3), phase="vote_weighing", when="session",
    reads=("norm_tilt", "democracy", "region"), writes=("vote_no_action_utility",), after=FIRM,
    parameters=(
        strength("effect of a full shift on a wavering government", f"COA-26, COA-03; assumption: odds ratio 2; {UNIT}",
                 default=0.2, high=0.4, unit="utility"),
        width(),
    ),
)  # fmt: skip
def values_front(w: Fields, now: Moment, *, strength: Array, width: Array) -> None:
    """Limits: acts on Asian governments, the less the more democratic; nothing at the tilt with which the world
    begins.
    """
    shift = np.maximum(w.norm_tilt - VALUES_AT_START, 0.0)
    follower = (w.region == ASIAN) * (1.0 - w.democracy)
    push(w.vote_no_action_utility, strength * shift * follower * wavering(w.vote_no_action_utility, width))
