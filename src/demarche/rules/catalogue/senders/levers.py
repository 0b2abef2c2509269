"""What an arm imposes on words: the mix of channels, and when senders go public. Nothing but words moves with it."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.arithmetic import log_of, share_of
from demarche.rules.kit.settings import barred, imposed

PRIVATE, PUBLIC, BOTH = 1, 2, 3  # positions in the options of the decision `representation`
BEFORE = (
    "senders.ordinary_month", "senders.will_speaks", "senders.occasions", "senders.security_first",
    "senders.quieter_leader", "senders.talks_mute", "senders.caution",
)  # fmt: skip


def _speaking(utility: Array, temperature: Array) -> Array:
    """Return the joint weight of speaking by any channel `(n_channels, ...)`, as a utility."""
    most = utility.max(axis=0)
    joint: Array = most + temperature * np.log(np.exp((utility - most) / temperature).sum(axis=0))
    return joint


@rule(
    "senders.channel_discipline",
    "Where an arm imposes a mix of channels, what would have been said is said in that mix.",
    claims=("PRS-27", "DLG-01"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_quiet", "lever_vocal", "is_sender"),
    writes=("representation_utility",),
    after=(*BEFORE, "senders.escalation_imposed"),
)
def channel_discipline(w: Fields, now: Moment) -> None:
    """Keep the joint weight of speaking and divide it between the channels as imposed.

    Limits: silent where neither share is set; two zeros mean silence.
    """
    held = imposed(w.lever_quiet) | imposed(w.lever_vocal)
    rows = np.flatnonzero(held.any(axis=1) & (w.is_sender[:, 0] > 0.0))
    if rows.size:
        quiet, vocal, held = w.lever_quiet[rows], w.lever_vocal[rows], held[rows]
        quiet = np.where(np.isnan(quiet), 1.0 - vocal, quiet)
        vocal = np.where(np.isnan(vocal), 1.0 - quiet, vocal)
        temperature, free = now.temperature("representation"), w.representation_utility[PRIVATE:, rows]
        joint = _speaking(free, temperature)
        for option, share in enumerate((share_of(quiet, quiet + vocal), share_of(vocal, quiet + vocal))):
            divided = np.where(share > 0.0, joint + temperature * log_of(share), barred())
            w.representation_utility[PRIVATE + option, rows] = np.where(held, divided, free[option])
        w.representation_utility[BOTH, rows] = np.where(held, barred(), free[-1])


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
        senders, runs = cells(np.broadcast_to(held, w.representation_utility.shape[1:]) & (w.is_sender > 0.0))
        speaking = w.representation_utility[PRIVATE:, senders, runs]
        w.representation_utility[PRIVATE, senders, runs] = _speaking(speaking, now.temperature("representation")[runs])
        w.representation_utility[PUBLIC:, senders, runs] = barred()
