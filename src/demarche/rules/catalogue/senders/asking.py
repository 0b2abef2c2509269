"""What is said and asked: words on issues, lists of names, and the record of asks."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Spots, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.asks import ask_again, channel, pairs
from demarche.rules.kit.codes import codes_of
from demarche.rules.kit.rings import in_order, new_rows
from demarche.rules.kit.sampling import distinct, members_of_runs
from demarche.rules.kit.settings import raised
from demarche.rules.kit.words import raise_words, summed

PRIVATE, PUBLIC = 1, 2  # positions in the options of the decision `representation`; both follows
YEAR = 12.0  # months in which an ask for a person counts
NOBODY = -1.0
ASK = codes_of("ask_event")


@rule(
    "senders.says",
    "What was decided is said: in private, in public, or both; a word on an issue is remembered as one a year.",
    claims=("PRS-10", "PRS-16", "PRS-24"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("representation_choice", "escalate_choice", "subject_persons", "subject_issue", "word_weight", "is_friend"),
    writes=("spoke_private", "spoke_public", "representation_event", "word_private", "word_public", "words_year",
            "public_words_year", "said_private", "said_public", "said_by_friends"),
)  # fmt: skip
def says(w: Fields, now: Moment) -> None:
    """Who goes public after private words in vain says it in public alone. Limits: silent for those who say nothing."""
    who = cells(w.representation_choice > 0)
    chosen, went = who.of(w.representation_choice), who.of(w.escalate_choice) > now.index("escalate", "stay_private")
    public = (chosen >= PUBLIC) | went
    private = ((chosen == PRIVATE) & ~went) | (chosen > PUBLIC)
    who.put_into(w.spoke_private, private)
    who.put_into(w.spoke_public, public)
    who.put_into(w.representation_event, private + 2 * public)
    who.add_to(w.words_year, 1.0)
    who.add_to(w.public_words_year, public)
    on_issue = who.of(w.subject_persons) == 0.0
    for word, said, spoken in ((w.word_private, w.said_private, private), (w.word_public, w.said_public, public)):
        some = who.where(spoken & on_issue)
        issues = some.of(w.subject_issue).astype(np.intp)
        heard = some.of(w.word_weight) * raise_words(word, some[0], issues, some[1], 1.0)
        said += summed(heard, issues, some[1], said.shape)
    w.said_by_friends += summed(heard * some.of(w.is_friend), issues, some[1], w.said_by_friends.shape)


@rule(
    "senders.asks_on_issues",
    "A word on an issue asks for something there: a document, a plan, an invitation, a signature.",
    claims=("PRS-10", "PRS-16", "DLG-06"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("speaks", "spoke_private", "spoke_public", "subject_persons", "subject_issue"),
    writes=("issue_asked_until", "issue_unheard", "asks_on_issues", "ask_next", "ask_sender", "ask_channel",
            "ask_person", "ask_event"),
    after=("senders.says",),
)  # fmt: skip
def asks_on_issues(w: Fields, now: Moment) -> None:
    """Limits: silent for those who speak for persons; which of them is asked for is not told apart."""
    who = in_order(w.speaks * (w.subject_persons == 0.0))
    issues = who.of(w.subject_issue).astype(np.intp)
    asked = pairs(who[0], issues, w.issue_unheard.shape[1], who[1], now.n_runs)
    ask_again(w.issue_asked_until, w.issue_unheard, asked, now.step)
    w.asks_on_issues += np.bincount(who[1], minlength=now.n_runs)
    new = new_rows(w.ask_next, len(w.ask_event), who[1])
    new.put_into(w.ask_sender, who[0])
    new.put_into(w.ask_channel, channel(who.of(w.spoke_private), who.of(w.spoke_public)))
    new.put_into(w.ask_person, NOBODY)
    new.put_into(w.ask_event, ASK["issue"])


@rule(
    "senders.lists",
    "Who speaks for persons, and every round of talks, hands over or reads out a list of names, the known ones first.",
    claims=("PRS-10", "PRS-20", "PRS-18", "PRS-36"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("spoke_private", "spoke_public", "subject_persons", "round_held", "lever_list_size", "person_is_detained",
           "person_fame", "person_issue", "word_weight", "is_friend", "person_organising", "lever_names_fame",
           "lever_names_threat", "lever_names_again"),
    writes=("asked_until", "unheard", "lists_until", "lists_unheard", "asks_for_persons", "ask_next", "ask_sender",
            "ask_channel", "ask_person", "ask_event", "person_asked", "person_named", "person_raised", "word_private",
            "word_public", "said_private", "said_public", "said_by_friends"),
    draws=("name",),
    after=("senders.says", "senders.asks_on_issues"),
    parameters=(
        Parameter("names", 3.0, 1.0, 8.0, "names", "names on a list where the arm sets none",
                  "PRS-10; assumption: with some thirty lists a year about as many names as a long list of casework"),
        Parameter("unknown", 0.1, 0.02, 0.3, "share", "weight of an unknown person beside a famous one",
                  "assumption: lists start with the famous"),
        Parameter("half", 0.5, 0.2, 1.0, "share", "what a named person counts as a word on the issue",
                  "assumption: a name stands for its issue by half"),
    ),
)  # fmt: skip
def lists(w: Fields, now: Moment, *, names: Array, unknown: Array, half: Array) -> None:
    """A list of a round of talks is private; an arm may say whose names are chosen.

    Limits: silent without lists and without anybody detained.
    """
    public = w.spoke_public * w.subject_persons
    private = np.maximum(w.spoke_private * w.subject_persons, w.round_held)
    heads, runs = in_order(np.maximum(public, private))
    length = np.where(np.isnan(w.lever_list_size), np.round(names), w.lever_list_size).astype(np.int64)
    size = length[runs]
    if not size.sum():
        return
    heads, runs = np.repeat(heads, size), np.repeat(runs, size)
    place = np.arange(len(heads)) - np.repeat(np.cumsum(size) - size, size)
    luck = now.draw_cells("name", "sender", (heads, runs), count=now.step * len(w.ask_event) + place)
    found = members_of_runs(w.person_is_detained * _worth_raising(w, now, unknown), runs, luck)
    width = len(w.person_issue)
    listed = distinct(((runs * len(public) + heads) * width + found)[found >= 0])  # a name stands on a list once
    (runs, heads), people = np.divmod(listed // width, len(public)), listed % width
    in_runs, by = np.divmod(distinct(listed // width), len(public))
    ask_again(w.lists_until, w.lists_unheard, Spots.of_rows(by, in_runs, now.n_runs), now.step)
    who, by_whom = (Spots.of_rows(rows, runs, now.n_runs) for rows in (people, heads))
    in_private, in_public = by_whom.of(private) > 0.0, by_whom.of(public) > 0.0
    issues = who.of(w.person_issue).astype(np.intp)
    for some, until, code in ((who.where(in_private), w.person_asked, 1), (who.where(in_public), w.person_named, 2)):
        some.put_into(until, now.step + YEAR)
        some.put_into(w.person_raised, some.of(w.person_raised) | code)
    for word, said, spoken in ((w.word_private, w.said_private, in_private), (w.word_public, w.said_public, in_public)):
        # an issue counts once a list
        keys = distinct((heads * len(said) + issues)[spoken] * now.n_runs + runs[spoken])
        by, on = np.divmod(keys // now.n_runs, len(said))
        them = Spots.of_rows(by, keys % now.n_runs, now.n_runs)
        heard = them.of(w.word_weight) * raise_words(word, by, on, them[1], half[them[1]])
        said += summed(heard, on, them[1], said.shape)
    w.said_by_friends += summed(heard * them.of(w.is_friend), on, them[1], w.said_by_friends.shape)
    ask_again(w.asked_until, w.unheard, pairs(heads, people, width, runs, now.n_runs), now.step)
    w.asks_for_persons += np.bincount(runs, minlength=now.n_runs)
    new = new_rows(w.ask_next, len(w.ask_event), runs)
    new.put_into(w.ask_sender, heads)
    new.put_into(w.ask_channel, channel(in_private, in_public))
    new.put_into(w.ask_person, people)
    new.put_into(w.ask_event, ASK["person"])


def _worth_raising(w: Fields, now: Moment, unknown: Array) -> Array:
    """Return the weight of each person in the choice of names `(n_persons, n_runs)`."""
    known = raised(unknown + w.person_fame, w.lever_names_fame)
    if (w.lever_names_threat != 0.0).any():
        known = known * raised(unknown + w.person_organising, w.lever_names_threat)
    if (w.lever_names_again != 1.0).any():
        lately = np.maximum(w.person_asked, w.person_named) > now.step
        known = known * np.where(lately, w.lever_names_again, 1.0)
    return known
