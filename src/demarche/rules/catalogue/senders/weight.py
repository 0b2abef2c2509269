"""Weight of a sender's word: size and trade, and what is lost by scandal, swings and rights kept to one file."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import share_of
from demarche.rules.kit.links import loss

HEAVIEST = 12  # senders who together make a pressure of 1 when each speaks once a year
MONTHS = 12.0


FACTS = (
    "economic_weight", "trade_exposure", "is_sender", "agree_focal", "own_scandal", "repaired", "swing", "compartment",
    "word_public", "word_private",
)  # fmt: skip
SUMS = ("word_weight", "is_friend", "said_public", "said_private", "said_by_friends")
USUAL = Parameter(
    "usual", 0.8, 0.6, 1.0, "share", "keeping apart of files at which nothing is lost or won",
    "assumption: the starting value; a treatment that is never 0 enters less its usual level",
    shared_as="senders.word_weight",
)  # fmt: skip
LOSSES = ("scandal_word", "repair_word", "oscillation_word", "compartment_word")


def weigh(w: Fields, usual: Array, scandal: Array, repair: Array, oscillation: Array, compartment: Array) -> None:
    """Set weights of words, and add the words of all up anew."""
    trade = w.trade_exposure * w.economic_weight
    parts = [part * w.is_sender for part in (w.economic_weight, trade)]
    weight = 0.5 * (share_of(parts[0], parts[0].sum(axis=0)) + share_of(parts[1], parts[1].sum(axis=0)))
    heaviest = np.sort(weight, axis=0)[-HEAVIEST:].sum(axis=0)
    kept = loss(scandal * loss(repair, w.repaired), w.own_scandal)
    kept = kept * loss(oscillation, w.swing) * loss(compartment, w.compartment - usual)
    w.word_weight[...] = np.clip(share_of(weight, heaviest) * kept, 0.0, 2.0)
    w.is_friend[...] = w.agree_focal > np.median(w.agree_focal, axis=0)
    for total in (w.said_public, w.said_private, w.said_by_friends):
        total[...] = 0.0
    able = np.flatnonzero(w.is_sender[:, 0])
    for row in able:  # words of those who cannot speak weigh nothing
        heard = w.word_weight[row] * w.word_public[row]
        w.said_public += heard
        w.said_by_friends += heard * w.is_friend[row]
        w.said_private += w.word_weight[row] * w.word_private[row]


@rule(
    "senders.word_weight",
    "A word weighs as its sender's share of the world's product and of the focal state's trade, less losses.",
    claims=("PRS-05", "PRS-08", "SND-01", "SND-02", "SND-04", "SND-05", "SND-06"),
    accounts=ALL,
    phase="perceiving",
    rows="senders",
    when="year",
    reads=FACTS,
    writes=SUMS,
    parameters=(USUAL,),
    links=LOSSES,
)
def word_weight(
    w: Fields, now: Moment, *, usual: Array, scandal_word: Array, repair_word: Array, oscillation_word: Array,
    compartment_word: Array,
) -> None:
    """Weights of the twelve heaviest add up to 1 before losses. Limits: renewed each January; trade is two-way."""
    weigh(w, usual, scandal_word, repair_word, oscillation_word, compartment_word)


@rule(
    "senders.word_loses_weight",
    "Each quarter words lose and regain weight with scandals, swings and what stays in one file.",
    claims=("SND-01",),
    accounts=ALL,
    phase="perceiving",
    rows="senders",
    when="quarter",
    reads=FACTS,
    writes=SUMS,
    parameters=(USUAL,),
    links=LOSSES,
    after=("senders.word_weight",),
)
def word_loses_weight(
    w: Fields, now: Moment, *, usual: Array, scandal_word: Array, repair_word: Array, oscillation_word: Array,
    compartment_word: Array,
) -> None:
    """Limits: as senders.word_weight."""
    weigh(w, usual, scandal_word, repair_word, oscillation_word, compartment_word)


@rule(
    "senders.swings",
    "Who speaks up in one year and agrees to differ in the next is seen to swing.",
    claims=("SND-04",),
    accounts=ALL,
    phase="events",
    rows="senders",
    when="year",
    writes=("swing", "public_share_last", "words_year", "public_words_year"),
)
def swings(w: Fields, now: Moment) -> None:
    """A year without words leaves the last share as it was. Limits: counts words, not what they said."""
    spoke = w.words_year > 0.0
    share = np.where(spoke, share_of(w.public_words_year, w.words_year), w.public_share_last)
    w.swing[...] = np.abs(share - w.public_share_last)
    w.public_share_last[...] = share
    w.words_year[...] = 0.0
    w.public_words_year[...] = 0.0


@rule(
    "senders.files",
    "Rights raised at visits and summits, or with sanctions in force, stand in other files too; else they stay apart.",
    claims=("SND-05", "SND-06"),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    reads=("meets", "spoke_private", "spoke_public", "sanction_live"),
    writes=("compartment",),
    parameters=(
        Parameter("months", 24.0, 6.0, 60.0, "months", "time in which rights drift back to their own file by half",
                  "SND-05; assumption: two years"),
    ),
)  # fmt: skip
def files(w: Fields, now: Moment, *, months: Array) -> None:
    """Limits: knows three files: visits, trade and aid, and the rest."""
    w.compartment += (1.0 - w.compartment) * (1.0 - np.exp2(-1.0 / months))
    meeting = cells(w.meets)
    raised = np.maximum(meeting.of(w.spoke_private), meeting.of(w.spoke_public)) > 0.0
    for open_file in (meeting.where(raised), cells(w.sanction_live)):
        open_file.put_into(w.compartment, 0.0)
