"""Reasons to speak: what adds to the utility of a word in private, in public, or both."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import log_of, real
from demarche.rules.kit.links import factor, log_odds, loss
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.talks import talks_on
from demarche.rules.kit.words import row_of_critic

PRIVATE, PUBLIC = 1, 2  # positions in the options of the decision `representation`; both follows


@rule(
    "senders.ordinary_month",
    "In a month without an occasion a sender of usual will seldom raises rights.",
    claims=("PRS-10",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    writes=("representation_utility",),
    rates=("representation_private", "representation_public", "representation_both"),
)
def ordinary_month(
    w: Fields,
    now: Moment,
    *,
    representation_private: Array,
    representation_public: Array,
    representation_both: Array,
) -> None:
    """Limits: the same for all senders; what differs between them comes from other rules."""
    chances = (representation_private, representation_public, representation_both)
    silence = 1.0 - representation_private - representation_public - representation_both
    for option, chance in enumerate(chances, PRIVATE):
        w.representation_utility[option] += base_utility(now.temperature("representation"), chance, silence)


@rule(
    "senders.will_speaks",
    "The more a government cares, the more often it raises rights; one without any will is silent.",
    claims=("PRS-10", "SND-10"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("sender_will",),
    writes=("representation_utility",),
    parameters=(
        strength("exponent with which the odds of speaking grow with will over usual will",
                 "assumption: twice the will, four times the odds, so that a few capitals say most of what is said",
                 default=2.0, high=3.0, unit="exponent"),
        Parameter("usual", 0.25, 0.15, 0.4, "share", "will for which the base rates hold",
                  "assumption: 40 to 120 representations a year in the world"),
    ),
)  # fmt: skip
def will_speaks(w: Fields, now: Moment, *, strength: Array, usual: Array) -> None:
    """Limits: says nothing on the choice between channels."""
    scale = now.temperature("representation") * strength
    w.representation_utility[PRIVATE:] += scale * log_of(w.sender_will / usual)


@rule(
    "senders.occasions",
    "Rights are raised where there is an occasion: at one's own visit or summit, before a session, after a crackdown.",
    claims=("PRS-10", "PRS-04", "PRS-34"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("meets", "months_since_crackdown"),
    writes=("representation_utility",),
    calendar=("session",),
    parameters=(
        Parameter("meeting", 3.0, 1.5, 6.0, "odds ratio", "odds of speaking at one's own visit or summit",
                  "PRS-10: every senior visitor; assumption: x 3"),
        Parameter("before_session", 2.0, 1.0, 4.0, "odds ratio", "odds of speaking in the two months before a session",
                  "assumption: x 2"),
        Parameter("after_crackdown", 5.0, 1.5, 10.0, "odds ratio", "odds of speaking in the year after a crackdown",
                  "PRS-04: capitals and lenders all spoke within months; assumption: x 5"),
    ),
)  # fmt: skip
def occasions(w: Fields, now: Moment, *, meeting: Array, before_session: Array, after_crackdown: Array) -> None:
    """Limits: silent in months without an occasion."""
    temperature = now.temperature("representation")
    who = cells(w.meets)
    for option in w.representation_utility[PRIVATE:]:
        who.add_to(option, log_odds(temperature, meeting, 1.0)[who[1]])
    if 0 < now.months_to("session") <= 2:
        w.representation_utility[PRIVATE:] += log_odds(temperature, before_session, 1.0)
    shocked = real(w.months_since_crackdown <= 12.0)
    w.representation_utility[PRIVATE:] += log_odds(temperature, after_crackdown, shocked)


@rule(
    "senders.respectable_subject",
    "Rights, which nobody openly disowns, are the subject that a capital raises with a rival whose market it wants.",
    claims=("PRS-02",), accounts=ALL, phase="weighing", rows="senders", reads=("agree_focal", "business_pull"),
    writes=("representation_utility",), links=("respectable_subject",),
)  # fmt: skip
def respectable_subject(w: Fields, now: Moment, *, respectable_subject: Array) -> None:
    """A rival votes otherwise in the General Assembly; the market is wanted as far as one trades on it already.

    Limits: that open interference is barred is taken as given; subjects other than rights are not in the world.
    """
    rival = (1.0 - w.agree_focal) * w.business_pull
    w.representation_utility[PRIVATE:] += log_odds(now.temperature("representation"), respectable_subject, rival)


@rule(
    "senders.security_first",
    "While a security need is salient, rights slip from a sender's mind, further perhaps where interest made its case.",
    claims=("PRS-22", "SND-08"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("security_salience", "argues_interest"),
    writes=("representation_utility",),
    links=("security_agenda", "interest_lapse"),
)
def security_first(w: Fields, now: Moment, *, security_agenda: Array, interest_lapse: Array) -> None:
    """Attention to all issues alike is lost, so odds of speaking fall by that share.

    Limits: silent without salience; no more than all is lost.
    """
    left, who = loss(security_agenda, w.security_salience), cells(w.argues_interest)
    taken = security_agenda[who[1]] * factor(interest_lapse[who[1]], who.of(w.argues_interest))
    who.put_into(left, loss(taken, who.of(w.security_salience)))
    w.representation_utility[PRIVATE:] += now.temperature("representation") * log_of(left)


@rule(
    "senders.quieter_leader",
    "When the leading critic keeps to private words, other capitals turn to the quieter approach.",
    claims=("COA-09",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("is_critic", "word_private", "word_public", "agree_critic"),
    writes=("representation_utility",),
    parameters=(
        strength("log odds of public words lost by a capital that always agrees with a critic that is only private",
                 "COA-09; assumption: odds fall by a third", default=0.4, high=1.5, unit="log odds"),
    ),
)  # fmt: skip
def quieter_leader(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent where the critic speaks in public as much as in private, or not at all."""
    row = row_of_critic(w.is_critic)
    hush = np.maximum(w.word_private[row].max(axis=0) - w.word_public[row].max(axis=0), 0.0)
    lost = now.temperature("representation") * strength * hush * w.agree_critic * (1.0 - w.is_critic)
    w.representation_utility[PUBLIC:] -= lost


@rule(
    "senders.talks_mute",
    "A partner in official talks keeps its words for the talks.",
    claims=("DLG-15", "DLG-12"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("has_dialogue", "dialogue_suspended"),
    writes=("representation_utility",),
    parameters=(
        strength("log odds of public words lost while talks of one's own run",
                 "DLG-15, DLG-12; assumption: odds fall to a third", default=1.1, high=3.0, unit="log odds"),
    ),
)  # fmt: skip
def talks_mute(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent without running talks of one's own."""
    running = talks_on(w.has_dialogue, w.dialogue_suspended)
    w.representation_utility[PUBLIC:] -= now.temperature("representation") * strength * running


@rule(
    "senders.caution",
    "After a contact of its own was detained, a sender is slower to speak again.",
    claims=("TGT-01",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("caution",),
    writes=("representation_utility",),
    parameters=(
        strength("log odds of speaking lost under full caution", "TGT-01; assumption: odds fall to a third",
                 default=1.1, high=3.0, unit="log odds"),
    ),
)  # fmt: skip
def caution(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent without caution."""
    w.representation_utility[PRIVATE:] -= now.temperature("representation") * strength * w.caution
