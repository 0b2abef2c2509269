"""What senders remember of what each channel brought."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule


@rule(
    "sender.yields",
    "A sender credits the channel that it used with what the focal state gave in that month.",
    claims=("PRS-20", "PRS-16", "PRS-29"),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    reads=("channel_choice", "released_now", "concession_credit"),
    writes=("quiet_yield", "vocal_yield", "silent_rounds"),
    parameters=(
        Parameter("memory", 0.1, 0.02, 0.4, "share", "weight of the latest round in what is remembered",
                  "assumption: about ten rounds back"),
    ),
)
def yields(w: Fields, now: Moment, *, memory: Array) -> None:
    """Book results to channels and count private rounds in vain.

    Limits: post hoc: a result in the month of a word counts as its result.
    """
    result = np.minimum(w.released_now + w.concession_credit, 1.0)
    quiet = cells(w.channel_choice == now.index("channel", "quiet"))
    vocal = cells(w.channel_choice == now.index("channel", "vocal"))
    w.quiet_yield[quiet] += memory[quiet[1]] * (result[quiet[1]] - w.quiet_yield[quiet])
    w.vocal_yield[vocal] += memory[vocal[1]] * (result[vocal[1]] - w.vocal_yield[vocal])
    w.silent_rounds[quiet] = np.minimum(w.silent_rounds[quiet] + 1.0, 1e4) * (result[quiet[1]] == 0)
    w.silent_rounds[vocal] *= result[vocal[1]] == 0
