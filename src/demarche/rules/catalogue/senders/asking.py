"""What is said and asked: words on issues, lists of names, and the rows of the ring of asks."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Cells, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.codes import ask_kind, ask_state
from demarche.rules.kit.rings import next_rows
from demarche.rules.kit.sampling import members_of_runs, one_of
from demarche.rules.kit.settings import raised
from demarche.rules.kit.words import raise_words, summed

PRIVATE, PUBLIC = 1, 2  # positions in the options of the decision `representation`; both follows
YEAR = 12.0  # months in which an ask for a person counts
NOBODY = -1.0


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
    where = cells(w.representation_choice > 0)
    chosen, went = w.representation_choice[where], w.escalate_choice[where] > now.index("escalate", "stay_private")
    public = (chosen >= PUBLIC) | went
    private = ((chosen == PRIVATE) & ~went) | (chosen > PUBLIC)
    w.spoke_private[where] = private
    w.spoke_public[where] = public
    w.representation_event[where] = private + 2 * public
    w.words_year[where] += 1.0
    w.public_words_year[where] += public
    on_issue = w.subject_persons[where] == 0.0
    for word, said, spoken in ((w.word_private, w.said_private, private), (w.word_public, w.said_public, public)):
        rows, runs = where[0][spoken & on_issue], where[1][spoken & on_issue]
        issues = w.subject_issue[rows, runs].astype(np.intp)
        heard = w.word_weight[rows, runs] * raise_words(word, rows, issues, runs, 1.0)
        said += summed(heard, issues, runs, said.shape)
    w.said_by_friends += summed(heard * w.is_friend[rows, runs], issues, runs, w.said_by_friends.shape)


@rule(
    "senders.asks_on_issues",
    "A word on an issue asks for something: a law, a treaty act, access, or talks.",
    claims=("PRS-10", "PRS-16", "DLG-06"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("speaks", "spoke_private", "spoke_public", "subject_persons", "subject_issue"),
    writes=("ask_next", "ask_sender", "ask_channel", "ask_person", "ask_issue", "ask_kind", "ask_month", "ask_state",
            "ask_part", "ask_event"),
    draws=("kind",),
    after=("senders.says",),
    parameters=(
        Parameter("law", 0.5, 0.3, 0.7, "share", "asks for a law, a document or a plan", "assumption"),
        Parameter("treaty", 0.2, 0.1, 0.4, "share", "asks for a signature or a ratification", "assumption"),
        Parameter("access", 0.2, 0.1, 0.4, "share", "asks for visits and observers", "assumption"),
        Parameter("talks", 0.1, 0.0, 0.3, "share", "asks for official talks", "assumption"),
    ),
)  # fmt: skip
def asks_on_issues(
    w: Fields, now: Moment, *, law: Array, treaty: Array, access: Array, talks: Array
) -> None:
    """Limits: silent for those who speak for persons; what is asked for does not hang on the issue."""
    senders, runs = in_order(w.speaks * (w.subject_persons == 0.0))
    issues = w.subject_issue[senders, runs].astype(np.intp)
    weights = np.stack([law, treaty, access, talks])[:, runs]
    kinds = 1 + one_of(weights, now.draw_cells("kind", "sender", (senders, runs)))
    rows = next_rows(w.ask_next, len(w.ask_state), runs)
    w.ask_sender[rows, runs] = senders
    w.ask_channel[rows, runs] = 2.0 * w.spoke_public[senders, runs] + w.spoke_private[senders, runs] - 1.0
    w.ask_person[rows, runs] = NOBODY
    w.ask_issue[rows, runs] = issues
    w.ask_kind[rows, runs] = kinds
    w.ask_part[rows, runs] = 1.0
    w.ask_month[rows, runs] = now.step
    w.ask_state[rows, runs] = ask_state("open")
    w.ask_event[rows, runs] = kinds + 1


@rule(
    "senders.lists",
    "Who speaks for persons, and every round of talks, hands over or reads out a list of names, the known ones first.",
    claims=("PRS-10", "PRS-20", "PRS-18", "PRS-36", "PRS-31"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("spoke_private", "spoke_public", "subject_persons", "round_held", "lever_list_size", "person_is_detained",
           "person_fame", "person_issue", "word_weight", "is_friend", "person_organising", "lever_names_fame",
           "lever_names_threat", "lever_names_again"),
    writes=("ask_next", "ask_sender", "ask_channel", "ask_person", "ask_issue", "ask_kind", "ask_month", "ask_state",
            "ask_part", "ask_event", "person_asked", "person_named", "person_raised", "word_private",
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
    luck = now.draw_cells("name", "sender", (heads, runs), count=now.step * len(w.ask_state) + place)
    found = members_of_runs(w.person_is_detained * _worth_raising(w, now, unknown), runs, luck)
    width = len(w.person_issue)
    listed = np.unique(((runs * len(public) + heads) * width + found)[found >= 0])  # a name stands on a list once
    (runs, heads), people = np.divmod(listed // width, len(public)), listed % width
    in_private, in_public = private[heads, runs] > 0.0, public[heads, runs] > 0.0
    issues = w.person_issue[people, runs].astype(np.intp)
    w.person_asked[people[in_private], runs[in_private]] = now.step + YEAR
    w.person_named[people[in_public], runs[in_public]] = now.step + YEAR
    w.person_raised[people[in_private], runs[in_private]] |= 1
    w.person_raised[people[in_public], runs[in_public]] |= 2
    for word, said, spoken in ((w.word_private, w.said_private, in_private), (w.word_public, w.said_public, in_public)):
        # an issue counts once a list
        keys = np.unique((heads * len(said) + issues)[spoken] * now.n_runs + runs[spoken])
        (by, on), at = np.divmod(keys // now.n_runs, len(said)), keys % now.n_runs
        heard = w.word_weight[by, at] * raise_words(word, by, on, at, half[at])
        said += summed(heard, on, at, said.shape)
    w.said_by_friends += summed(heard * w.is_friend[by, at], on, at, w.said_by_friends.shape)
    rows = next_rows(w.ask_next, len(w.ask_state), runs)
    w.ask_sender[rows, runs] = heads
    w.ask_channel[rows, runs] = 2.0 * in_public + in_private - 1.0
    w.ask_person[rows, runs] = people
    w.ask_issue[rows, runs] = issues
    w.ask_kind[rows, runs] = ask_kind("release")
    w.ask_part[rows, runs] = 1.0 / length[runs]
    w.ask_month[rows, runs] = now.step
    w.ask_state[rows, runs] = ask_state("open")
    w.ask_event[rows, runs] = 1


def _worth_raising(w: Fields, now: Moment, unknown: Array) -> Array:
    """Return the weight of each person in the choice of names `(n_persons, n_runs)`."""
    known = raised(unknown + w.person_fame, w.lever_names_fame)
    if (w.lever_names_threat != 0.0).any():
        known = known * raised(unknown + w.person_organising, w.lever_names_threat)
    if (w.lever_names_again != 1.0).any():
        lately = np.maximum(w.person_asked, w.person_named) > now.step
        known = known * np.where(lately, w.lever_names_again, 1.0)
    return known


def in_order(mask: Array) -> Cells:
    """Return rows and runs of the cells that are not 0, in the order of runs, as rings want them."""
    rows, runs = cells(mask)
    order = np.argsort(runs, kind="stable")
    return rows[order], runs[order]
