"""What an arm imposes on words: the mix of channels, and when senders go public. Nothing but words moves with it."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.arithmetic import log_of, real, share_of
from demarche.rules.kit.settings import barred, imposed

PRIVATE, PUBLIC = 1, 2  # positions in the options of the decision `representation`; both follows
BEFORE = (
    "senders.ordinary_month", "senders.will_speaks", "senders.occasions", "senders.security_first",
    "senders.quieter_leader", "senders.talks_mute", "senders.caution",
)  # fmt: skip


def _speaking(utility: Array, temperature: Array) -> Array:
    """Return the joint weight of speaking by any channel `(n_channels, ...)`, as a utility."""
    weight = np.zeros_like(utility[0])
    for channel in utility:
        odds = channel / temperature
        weight += np.exp(odds, out=odds)
    joint: Array = temperature * log_of(weight)
    return joint


@rule(
    "senders.channel_discipline",
    "Where an arm imposes a mix of channels, what would have been said is said in that mix.",
    claims=("PRS-27", "DLG-01"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_quiet", "lever_vocal"),
    writes=("representation_utility",),
    after=(*BEFORE, "senders.escalation_imposed"),
)
def channel_discipline(w: Fields, now: Moment) -> None:
    """Keep the joint weight of speaking and divide it between the channels as imposed.

    Limits: silent where neither share is set; two zeros mean silence.
    """
    held = imposed(w.lever_quiet) | imposed(w.lever_vocal)
    if held.any():
        quiet = np.fmax(np.where(np.isnan(w.lever_quiet), 1.0 - w.lever_vocal, w.lever_quiet), 0.0)  # unset too
        vocal = np.where(np.isnan(w.lever_vocal), 1.0 - quiet, w.lever_vocal)
        temperature, imposes = now.temperature("representation"), real(held)
        joint = _speaking(w.representation_utility[PRIVATE:], temperature)
        for option, share in ((PRIVATE, quiet), (PUBLIC, vocal)):
            divided = log_of(share_of(share, quiet + vocal))
            divided *= temperature
            divided += joint
            w.representation_utility[option] *= 1.0 - imposes  # in a third of the time of a masked copy
            w.representation_utility[option] += divided * imposes
        w.representation_utility[-1] *= 1.0 - imposes
        w.representation_utility[-1] += barred() * imposes


@rule(
    "senders.escalation_imposed",
    "Where an arm says so, senders speak in private first and in public once so many asks are unanswered.",
    claims=("PRS-29",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_escalate_after", "is_sender"),
    writes=("representation_utility",),
    after=BEFORE,
)
def escalation_imposed(w: Fields, now: Moment) -> None:
    """Give the joint weight of speaking to private words; who then goes public is decided by subject.

    Limits: silent where the lever is free.
    """
    held = imposed(w.lever_escalate_after)
    if held.any():
        who = cells(np.broadcast_to(held, w.representation_utility.shape[1:]) & (w.is_sender > 0.0))
        speaking = who.of_each(w.representation_utility[PRIVATE:])
        joint = _speaking(speaking, now.temperature("representation")[who[1]])
        who.put_into(w.representation_utility[PRIVATE], joint)
        for utility in w.representation_utility[PUBLIC:]:
            who.put_into(utility, barred())
