"""What an arm imposes on senders: the mix of channels, and when they escalate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.settings import imposed

QUIET, VOCAL = 1, 2  # positions in the options of the decision `channel`
BARRED = -900.0  # utility that no other term can outweigh
BEFORE = (
    "sender.default_silence", "sender.raising", "sender.remembered_yields", "sender.caution", "sender.visit_routine",
    "sender.goes_public", "sender.crowded_agenda",
)  # fmt: skip


def _mix(quiet: Array, vocal: Array) -> tuple[NDArray[np.intp], Mask, Array, Array]:
    """Return positions of senders whose mix is imposed in any run, where it is, and the shares of both channels.

    Shares are `(n_rows, n_runs)` and mean nothing where no mix is imposed; see `imposed` for the mask.
    """
    held = imposed(quiet) | imposed(vocal)
    rows = np.flatnonzero(held.any(axis=1))
    private, public = quiet[rows], vocal[rows]
    private = np.where(np.isnan(private), 1.0 - public, private)
    public = np.where(np.isnan(public), 1.0 - private, public)
    total = np.maximum(private + public, 1e-12)
    return rows, held[rows], private / total, public / total


def _log(share: Array) -> Array:
    return np.where(share > 0, np.log(np.maximum(share, 1e-300)), BARRED)


@rule(
    "sender.channel_discipline",
    "Where an arm imposes a mix of channels, what would have been said is said in that mix.",
    claims=("PRS-27", "DLG-01"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_quiet", "lever_vocal"),
    writes=("channel_utility",),
    after=(*BEFORE, "sender.escalation"),
)
def channel_discipline(w: Fields, now: Moment) -> None:
    """Keep the joint weight of speaking and divide it between the channels as imposed.

    Limits: silent where neither share is set; two zeros mean silence.
    """
    rows, held, private, public = _mix(w.lever_quiet, w.lever_vocal)
    if rows.size:
        quiet, vocal = w.channel_utility[QUIET, rows], w.channel_utility[VOCAL, rows]
        speaking = np.logaddexp(quiet, vocal)
        w.channel_utility[QUIET, rows] = np.where(held, np.maximum(speaking + _log(private), BARRED), quiet)
        w.channel_utility[VOCAL, rows] = np.where(held, np.maximum(speaking + _log(public), BARRED), vocal)


@rule(
    "sender.escalation",
    "Where an arm says so, senders speak in private first and in public after so many rounds in vain.",
    claims=("PRS-29",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_escalate_after", "silent_rounds"),
    writes=("channel_utility",),
    after=BEFORE,
)
def escalation(w: Fields, now: Moment) -> None:
    """Give the joint weight of speaking to one channel, by the rounds in vain so far.

    Limits: silent where the lever is free; public words go on until something is brought about.
    """
    held = imposed(w.lever_escalate_after)
    rows = np.flatnonzero(held.any(axis=1))
    if rows.size:
        quiet, vocal = w.channel_utility[QUIET, rows], w.channel_utility[VOCAL, rows]
        speaking = np.logaddexp(quiet, vocal)
        in_vain = w.silent_rounds[rows] >= w.lever_escalate_after[rows]
        w.channel_utility[QUIET, rows] = np.where(held[rows], np.where(in_vain, BARRED, speaking), quiet)
        w.channel_utility[VOCAL, rows] = np.where(held[rows], np.where(in_vain, speaking, BARRED), vocal)
