"""Fields of words: what senders said on which issue, what it amounts to, and what they remember of its yield."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, share

WORLD: tuple[str, ...] = ()
ISSUE = ("issue",)
SENDER = ("sender",)
SENDER_ISSUE = ("sender", "issue")

WORD_FIELDS: tuple[FieldSpec, ...] = (
    share("word_public", SENDER_ISSUE, "remembered public words on an issue; 1 is one a year", "memory"),
    share("word_private", SENDER_ISSUE, "remembered private words on an issue; 1 is one a year", "memory"),
    share("attention", SENDER_ISSUE, "weight that an issue has with a sender", initial=0.2),
    share("yield_issue", SENDER_ISSUE, "remembered yield of own words on an issue", "memory"),
    share("yield_persons", SENDER, "remembered yield of own words for persons", "memory"),
    share("word_weight", SENDER, "weight of a sender's word among all", "memory"),
    share("pressure_public", ISSUE, "public words of all on an issue; 1 if the twelve heaviest speak once a year",
          "memory"),
    share("pressure_private", ISSUE, "private words of all on an issue, on the same scale", "memory"),
    share("pressure_rival", ISSUE, "the part of public words that is the leading critic's", "memory"),
    share("pressure_friends", ISSUE, "the part of public words by states of a tie above the median", "memory"),
    share("voice", WORLD, "public words in all: the loudest issue and 0.3 of the mean of the rest", "memory"),
    share("share_by_law", WORLD, "share of the last year's public words framed by own pledges and law", "memory"),
    share("share_acknowledging", WORLD, "share of the last year's public words that acknowledge gains", "memory"),
    share("share_from_neighbours", WORLD, "share of the last year's public words from neighbours", "memory"),
    share("share_through_un", WORLD, "share of the last year's public words through a UN body", "memory"),
)  # fmt: skip
