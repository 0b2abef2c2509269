"""Fields of words: what senders said on which issue, what it amounts to, and what they remember of its yield."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
ISSUE = ("issue",)
SENDER = ("sender",)
STATE = ("state",)  # senders among them; decisions are taken by states
SENDER_ISSUE = ("sender", "issue")

WORD_FIELDS: tuple[FieldSpec, ...] = (
    share("word_public", SENDER_ISSUE, "remembered public words on an issue; 1 is one a year", "memory"),
    share("word_private", SENDER_ISSUE, "remembered private words on an issue; 1 is one a year", "memory"),
    share("attention", SENDER_ISSUE, "weight that an issue has with a sender", initial=0.2),
    share("attention_usual", SENDER_ISSUE, "weight that an issue has when nothing stirs it", "memory", 0.2),
    FieldSpec("patience", SENDER, "asks", 0, 60, "words on an issue, or lists, that it makes in vain without turning",
              "memory", 3.0),
    FieldSpec("interest_in_persons", SENDER, "multiplier", 0, 2, "lasting interest in persons", "memory", 1.0),
    share("yield_issue", SENDER_ISSUE, "remembered yield of own words on an issue", "memory"),
    share("yield_persons", SENDER, "remembered yield of own words for persons", "memory"),
    FieldSpec("word_weight", SENDER, "share", 0, 2, "weight of a sender's word; the twelve heaviest make 1",
              "memory"),
    share("swing", SENDER, "swing of the share of public words from the year before last to the last", "memory"),
    share("argues_interest", SENDER, "share of a sender's last public words argued from its own interest", "memory"),
    share("leader_argues_interest", WORLD, "share of the leading critic's last public words argued from own interest",
          "memory"),
    FieldSpec("words_year", SENDER, "words", 0, 1e4, "words of this year", "memory"),
    FieldSpec("public_words_year", SENDER, "words", 0, 1e4, "public words of this year", "memory"),
    share("public_share_last", SENDER, "share of public words in the last year with any", "memory", 0.5),
    FieldSpec("spoke_private", SENDER, "0 or 1", 0, 1, "said something in private this month", "flow"),
    FieldSpec("spoke_public", SENDER, "0 or 1", 0, 1, "said something in public this month", "flow"),
    FieldSpec("subject_persons", SENDER, "0 or 1", 0, 1, "the words of the month are for persons", "flow"),
    FieldSpec("subject_issue", SENDER, "position of the issue", 0, 99, "issue of the words of the month", "flow"),
    FieldSpec("is_neighbour", SENDER, "0 or 1", 0, 1, "in the region of the focal state", "data", "cast"),
    share("pressure_public", ISSUE, "public words of all on an issue; 1 if the twelve heaviest speak once a year",
          "memory"),
    share("pressure_private", ISSUE, "private words of all on an issue, on the same scale", "memory"),
    share("pressure_rival", ISSUE, "the part of public words that is the leading critic's", "memory"),
    share("pressure_friends", ISSUE, "the part of public words by states of a tie above the median", "memory"),
    FieldSpec("said_public", ISSUE, "share", 0, 99, "public words before they are cut at 1", "memory"),
    FieldSpec("said_private", ISSUE, "share", 0, 99, "private words before they are cut at 1", "memory"),
    FieldSpec("said_by_friends", ISSUE, "share", 0, 99, "public words of friends before they are cut at 1", "memory"),
    FieldSpec("is_friend", SENDER, "0 or 1", 0, 1, "tie to the focal state above the median of senders", "memory"),
    share("voice", WORLD, "public words in all: the loudest issue and 0.3 of the mean of the rest", "memory"),
    FieldSpec("speaks", STATE, "0 or 1", 0, 1, "says something this month", "flow"),
    FieldSpec("out_of_patience", STATE, "0 or 1", 0, 1, "speaks in private on a subject with too many asks unanswered",
              "flow"),
    FieldSpec("next_visit", SENDER, "step", 0, 1e4, "step of the next visit or meeting that is drawn", "memory",
              "cast"),
    share("visit_chance", SENDER, "chance a month of a visit or meeting", "memory"),
    FieldSpec("meets", STATE, "0 or 1", 0, 1, "has a visit or a summit this month", "flow"),
    event("meeting_event", STATE, "meetings of a government with leaders of the focal state", ("held",)),
    FieldSpec("public_words", WORLD, "weight", 0, 1e3, "public words of the last year by weight", "memory"),
    FieldSpec("public_by_law", WORLD, "weight", 0, 1e3, "of them, framed by own pledges and law", "memory"),
    FieldSpec("public_by_conviction", WORLD, "weight", 0, 1e3, "of them, framed by morals alone", "memory"),
    FieldSpec("public_acknowledging", WORLD, "weight", 0, 1e3, "of them, credit first", "memory"),
    FieldSpec("public_by_neighbours", WORLD, "weight", 0, 1e3, "of them, by neighbours", "memory"),
    share("share_by_law", WORLD, "share of the last year's public words framed by own pledges and law", "memory"),
    share("share_by_conviction", WORLD, "share of the last year's public words framed by morals alone", "memory"),
    share("share_acknowledging", WORLD, "share of the last year's public words that acknowledge gains", "memory"),
    share("share_from_neighbours", WORLD, "share of the last year's public words from neighbours", "memory"),
    share("share_through_un", WORLD, "share of the last year's public words through a UN body", "memory"),
)  # fmt: skip
