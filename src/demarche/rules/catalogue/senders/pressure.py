"""Pressure as numbers: what remembered words amount to by issue, by whom, and in which frame."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, fade, share_of
from demarche.rules.kit.words import row_of_critic

SAID = ("senders.says", "senders.lists", "senders.deeds")


@rule(
    "senders.pressure",
    "Remembered words add up by the weight of who said them; the loudest issue makes most of the voice.",
    claims=("PRS-05", "PRS-24", "PRS-25"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("word_weight", "word_public", "said_public", "said_private", "said_by_friends", "is_critic"),
    writes=("pressure_public", "pressure_private", "pressure_rival", "pressure_friends", "voice"),
    after=SAID,
    parameters=(
        Parameter("rest", 0.3, 0.0, 1.0, "share", "weight of the mean of the other issues in the voice",
                  "assumption: many issues at once are heard as one and a bit"),
    ),
)  # fmt: skip
def pressure(w: Fields, now: Moment, *, rest: Array) -> None:
    """Limits: a memory of a year; saturates at 1."""
    row = row_of_critic(w.is_critic)
    np.minimum(w.said_public, 1.0, out=w.pressure_public)
    np.minimum(w.said_private, 1.0, out=w.pressure_private)
    np.minimum(w.said_by_friends, 1.0, out=w.pressure_friends)
    np.minimum(w.word_weight[row] * w.word_public[row], 1.0, out=w.pressure_rival)
    top = w.pressure_public.max(axis=0)
    others = (w.pressure_public.sum(axis=0) - top) / max(len(w.pressure_public) - 1, 1)
    w.voice[...] = np.minimum(top + rest * others, 1.0)


@rule(
    "senders.shares",
    "Who said the public words of the last year, and in which frame, colours how they are taken.",
    claims=("SND-07", "SND-11", "SND-12", "SND-13", "SND-14", "COA-17"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("spoke_public", "frame_choice", "word_weight", "is_neighbour"),
    writes=("public_words", "public_by_law", "public_by_conviction", "public_acknowledging", "public_by_neighbours",
            "share_by_law", "share_by_conviction", "share_acknowledging", "share_from_neighbours"),
    after=SAID,
)  # fmt: skip
def shares(w: Fields, now: Moment) -> None:
    """Half-life of a year. Limits: shares are 0 while nobody has spoken."""
    who = cells(w.spoke_public)
    said, frame = who.of(w.word_weight), who.of(w.frame_choice)
    for total, part in (
        (w.public_words, said),
        (w.public_by_law, said * (frame == now.index("frame", "law"))),
        (w.public_by_conviction, said * (frame == now.index("frame", "moral"))),
        (w.public_acknowledging, said * (frame == now.index("frame", "credit_first"))),
        (w.public_by_neighbours, said * w.is_neighbour[who[0], 0]),
    ):
        fade(total, 12.0)
        total += by_run(now.n_runs, who[1], part)
    w.share_by_law[...] = np.minimum(share_of(w.public_by_law, w.public_words), 1.0)
    w.share_by_conviction[...] = np.minimum(share_of(w.public_by_conviction, w.public_words), 1.0)
    w.share_acknowledging[...] = np.minimum(share_of(w.public_acknowledging, w.public_words), 1.0)
    w.share_from_neighbours[...] = np.minimum(share_of(w.public_by_neighbours, w.public_words), 1.0)


@rule(
    "senders.makes_its_case",
    "The public words of a government, the last ones most, make its case: from its own interest or otherwise.",
    claims=("SND-08", "SND-10"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("spoke_public", "frame_choice", "is_critic"),
    writes=("argues_interest", "leader_argues_interest"),
    after=SAID,
    parameters=(
        Parameter("newest", 0.25, 0.1, 0.5, "share", "what the newest public word counts in a government's case",
                  "assumption: about its last four words"),
    ),
)  # fmt: skip
def makes_its_case(w: Fields, now: Moment, *, newest: Array) -> None:
    """Limits: a case changes with words alone, and fades with no time; private words make none."""
    who = cells(w.spoke_public)
    case = who.of(w.argues_interest)
    selfish = who.of(w.frame_choice) == now.index("frame", "interest")
    who.put_into(w.argues_interest, case + newest[who[1]] * (selfish - case))
    w.leader_argues_interest[...] = w.argues_interest[row_of_critic(w.is_critic)]


@rule(
    "senders.words_fade",
    "Half of a word is forgotten in a year.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    writes=("word_public", "word_private", "said_public", "said_private", "said_by_friends"),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of the memory of a word",
                  "assumption: a yearly cycle"),
    ),
)  # fmt: skip
def words_fade(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Acts every second month. Limits: public and private words fade alike."""
    if now.step % 2:
        for word in (w.word_public, w.word_private, w.said_public, w.said_private, w.said_by_friends):
            fade(word, 0.5 * half_life)
