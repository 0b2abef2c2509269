"""Who puts its name to a motion: reasons for and against, weighed anew in each month in which positions are formed."""

from __future__ import annotations

import math

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of
from demarche.rules.kit.links import log_odds, loss
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.talks import talks_on
from demarche.world.decisions.senders import POSITIONS

JOIN, LEAD = 1, 2


def _in(w: Fields, term: Array) -> None:
    """Add a term to both joining and leading."""
    w.sponsor_utility[JOIN:] += term


@rule(
    "senders.sponsor_rate",
    "A government joins a motion now and then though nothing urges it; one with a seat and a strong clock may lead.",
    claims=("PRS-09",), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("has_next_seat", "domestic_clock", "presides_bloc"), writes=("sponsor_utility",),
    rates=("sponsor_join", "sponsor_lead"),
)  # fmt: skip
def sponsor_rate(w: Fields, now: Moment, *, sponsor_join: Array, sponsor_lead: Array) -> None:
    """Limits: nobody without a seat leads; the presidency of the bloc does so for the bloc, see
    senders.consult_bloc.
    """
    tau = now.temperature("sponsor")
    drive = np.maximum(w.domestic_clock, w.presides_bloc)
    lead = np.clip(sponsor_lead * w.has_next_seat * drive, 0.0, 1.0 - math.exp(-12.0))
    base = base_utility(tau, sponsor_join, 1.0 - sponsor_join)
    w.sponsor_utility[JOIN] += base + tau * np.log(1.0 - lead)
    w.sponsor_utility[LEAD] += base + tau * log_of(lead)


@rule(
    "senders.clock_at_home",
    "Where a legislature or government must speak every year, it must be seen to act; a security need takes from it.",
    claims=("PRS-05", "PRS-09", "PRS-22"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("domestic_clock", "security_salience"), writes=("sponsor_utility",),
    links=("security_agenda",),
    parameters=(Parameter("weight", 3.0, 2.0, 4.0, "log odds", "case of a full clock",
                          "PRS-05: a yearly report by statute; assumption"),),
)  # fmt: skip
def clock_at_home(w: Fields, now: Moment, *, security_agenda: Array, weight: Array) -> None:
    """Limits: silent without a clock."""
    heard = w.domestic_clock * loss(security_agenda, w.security_salience)
    _in(w, now.temperature("sponsor") * weight * heard)


@rule(
    "senders.hope_counts",
    "A capital that believes in winning is readier to table.",
    claims=("DLG-03",), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("hope_of_winning",), writes=("sponsor_utility",),
    parameters=(Parameter("weight", 2.0, 1.0, 3.0, "log odds", "case of a motion sure to win", "DLG-03; assumption"),),
)  # fmt: skip
def hope_counts(w: Fields, now: Moment, *, weight: Array) -> None:
    """Limits: a strong clock tables without any hope."""
    _in(w, now.temperature("sponsor") * weight * w.hope_of_winning)


@rule(
    "senders.company",
    "Governments go where their bloc or their peers go; as these leave, their pull goes with them.",
    claims=("COA-11", "COA-10"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("is_announced", "in_joint_bloc", "domestic_clock", "is_sender"), writes=("sponsor_utility",),
    parameters=(Parameter("ratio", 3.0, 1.5, 6.0, "odds ratio", "sponsoring with all of one's company in, against none",
                          "COA-11: withdrawal in turn; assumption"),),
)  # fmt: skip
def company(w: Fields, now: Moment, *, ratio: Array) -> None:
    """The company of a member is the bloc, that of others all governments with a clock.
    Limits: silent until somebody speaks.
    """
    member = w.in_joint_bloc * w.is_sender
    peer = (w.domestic_clock > 0) * w.is_sender
    bloc = (w.is_announced * member).sum(axis=0) / np.maximum(member.sum(axis=0), 1.0)
    peers = (w.is_announced * peer).sum(axis=0) / np.maximum(peer.sum(axis=0), 1.0)
    _in(w, log_odds(now.temperature("sponsor"), ratio, np.where(member > 0, bloc, peers)))


@rule(
    "senders.habit",
    "Those who sponsored last time are expected to do so again.",
    claims=("PRS-09",), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders", reads=("is_sponsor",),
    writes=("sponsor_utility",),
    parameters=(Parameter("weight", 1.5, 0.5, 2.5, "log odds", "case of last session's sponsor",
                          "PRS-09: attempts made again and again; assumption"),),
)  # fmt: skip
def habit(w: Fields, now: Moment, *, weight: Array) -> None:
    """Limits: newcomers are left alone; after a session without a list nobody has the habit."""
    _in(w, now.temperature("sponsor") * weight * w.is_sponsor)


@rule(
    "senders.costs_of_sponsoring",
    "Trade at stake, punishment met or seen, and rewards for staying out keep governments away.",
    claims=("COA-13", "TGT-23"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("business_pull", "retaliation", "favour", "exports_index"), writes=("sponsor_utility",),
    parameters=(
        Parameter("trade", 0.5, 0.1, 1.2, "log odds", "loss under a full pull of business", "COA-13; assumption"),
        Parameter("met", 1.5, 0.5, 3.0, "log odds", "loss of a state that is punished or rewarded in full",
                  "COA-13; record of 1997; assumption"),
        Parameter("seen", 0.3, 0.0, 1.0, "share", "part of it that others with trade at stake fear",
                  "HRW 1997; assumption"),
    ),
)  # fmt: skip
def costs_of_sponsoring(w: Fields, now: Moment, *, trade: Array, met: Array, seen: Array) -> None:
    """Exports lost after leading weigh as punishment does. Limits: silent without trade, punishment and reward."""
    own = np.maximum(np.maximum(w.retaliation, w.favour), 1.0 - w.exports_index)
    feared = np.maximum(own, seen * w.retaliation.max(axis=0) * w.business_pull)
    _in(w, -now.temperature("sponsor") * (trade * w.business_pull + met * feared))


@rule(
    "senders.talks_instead",
    "Talks of one's own become the reason not to sponsor.",
    claims=("DLG-15", "DLG-12", "DLG-03"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders",
    reads=("has_dialogue", "dialogue_suspended"), writes=("sponsor_utility",), links=("dialogue_sponsoring",),
)  # fmt: skip
def talks_instead(w: Fields, now: Moment, *, dialogue_sponsoring: Array) -> None:
    """Limits: talks that are broken off are no substitute."""
    running = talks_on(w.has_dialogue, w.dialogue_suspended)
    _in(w, log_odds(now.temperature("sponsor"), dialogue_sponsoring, running))


@rule(
    "senders.pledge_binds",
    "A pledge to stay out in return for talks costs something to break.",
    claims=("DLG-15", "DLG-03"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders", reads=("has_pledge",),
    writes=("sponsor_utility",),
    parameters=(Parameter("cost", 2.0, 1.0, 4.0, "log odds", "cost of breaking a pledge", "assumption"),),
)  # fmt: skip
def pledge_binds(w: Fields, now: Moment, *, cost: Array) -> None:
    """Limits: silent without a pledge."""
    _in(w, -now.temperature("sponsor") * cost * w.has_pledge)


@rule(
    "senders.tabled_in_vain",
    "Each capital wearies of its own motions that were lost.",
    claims=("DLG-03", "COA-11"), accounts=ALL, phase="weighing", when=POSITIONS, rows="senders", reads=("own_defeats",),
    writes=("sponsor_utility",), links=("defeat_exit",),
)  # fmt: skip
def tabled_in_vain(w: Fields, now: Moment, *, defeat_exit: Array) -> None:
    """One own defeat remembered is 1. Limits: silent for those who never sponsored."""
    _in(w, log_odds(now.temperature("sponsor"), defeat_exit, w.own_defeats))
