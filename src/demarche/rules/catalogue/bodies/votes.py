"""Votes of delegations: the packaged model of votes, fed with what delegations did in the run itself.

Options are weighed in log odds against voting against the focal state. Features and coefficients are those of
`demarche.history.votes`, so that the simulation votes as the model that is scored on roll calls.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.memory import OWN_HALF_LIFE, RECENT_HALF_LIFE
from demarche.history.votes.running import Counts, Facts, VoteModel
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade, normal, real
from demarche.rules.kit.codes import SURE, options_of

YES, ABSTAIN, NO = range(3)  # of the motion to take no action: for the focal state, abstaining, against it
OPTIONS = options_of("vote_no_action")
FOR_TEXT, AGAINST_TEXT = 2, 0
STANCE = np.arange(3)[:, None, None]  # against the focal state, abstaining, for it
MODEL = "demarche votes: logit of roll calls 1990-1997 of the case and of those on ten targets (docs/votes.md)"


def _lean(w: Fields, rows: NDArray[np.intp], runs: NDArray[np.intp], is_procedural: bool) -> tuple[Array, Array]:
    """Return the log odds `(n_rows, n_runs)` of abstaining and of voting for the focal state, of some states and
    runs.
    """
    apart = np.abs(w.ideal_point - (w.ideal_point * w.is_focal).sum(axis=0))
    facts = Facts(w.ideal_point[:, 0], w.democracy[:, 0], w.region[:, 0].astype(np.int64), apart[:, 0],
                  w.votes_alike[:, :, 0])  # fmt: skip
    counts = Counts(w.stance_recent[:, :, runs], w.stance_own[:, :, runs], w.stance_age[:, runs])
    strictness, coefficients = w.strictness[np.ix_(rows, runs)], w.vote_coefficient[:, runs]
    return VoteModel.log_odds(counts, facts, rows, is_procedural, coefficients, strictness, w.years_beyond_votes)


MEMORY = ("has_seat", "ideal_point", "is_focal", "democracy", "region", "votes_alike", "stance_recent", "stance_own",
          "stance_age", "vote_coefficient", "strictness", "years_beyond_votes")  # fmt: skip


@rule(
    "bodies.delegations_lean",
    "Delegations vote by how far they stand from the focal state and by how they, their group and their like voted.",
    claims=("COA-01", "COA-02"), accounts=ALL, phase="vote_weighing", when="session", reads=(*MEMORY, "is_moved"),
    writes=("vote_no_action_utility",), trigger="is_moved", after=("bodies.moved",),
    parameters=(Parameter("posterior_draw", 0.5, 0.0, 1.0, "share", "which draw of the posterior; 0.5 is its mean",
                          MODEL),),
)  # fmt: skip
def delegations_lean(w: Fields, now: Moment, *, posterior_draw: Array) -> None:
    """The draw itself is laid with the world.
    Limits: a state never seen in the roll calls has no strictness of its own.
    """
    rows, runs = np.flatnonzero(w.has_seat.any(axis=1)), np.flatnonzero(w.is_moved)
    abstain, favour = _lean(w, rows, runs, True)
    tau = now.temperature("vote_no_action")[runs]
    w.vote_no_action_utility[ABSTAIN, rows[:, None], runs] += tau * abstain
    w.vote_no_action_utility[YES, rows[:, None], runs] += tau * favour


@rule(
    "bodies.texts_weighed",
    "On the text delegations stand as on taking no action, which they voted on just before.",
    claims=("COA-02", "PRS-09"), accounts=ALL, phase="text_weighing", when="session", reads=(*MEMORY, "text_open"),
    writes=("vote_text_utility",), trigger="text_open", after=("bodies.motion", "bodies.votes_remembered"),
)  # fmt: skip
def texts_weighed(w: Fields, now: Moment) -> None:
    """Limits: silent where no text comes to the vote."""
    rows, runs = np.flatnonzero(w.has_seat.any(axis=1)), np.flatnonzero(w.text_open)
    abstain, favour = _lean(w, rows, runs, False)
    tau = now.temperature("vote_text")[runs]
    w.vote_text_utility[ABSTAIN, rows[:, None], runs] += tau * abstain
    w.vote_text_utility[AGAINST_TEXT, rows[:, None], runs] += tau * favour


@rule(
    "bodies.mood_of_motions",
    "What a draft says and how it was bargained moves all delegations alike, for this motion only.",
    claims=("COA-01",), accounts=ALL, phase="vote_weighing", when="session", reads=("mood_root",),
    writes=("vote_no_action_utility", "vote_text_utility"), draws=("first", "second"), trigger="is_tabled",
    parameters=(Parameter("scale", 1.0, 0.5, 1.0, "multiplier", "size of the common part", MODEL),),
)  # fmt: skip
def mood_of_motions(w: Fields, now: Moment, *, scale: Array) -> None:
    """The two votes of one draft share it. Limits: the focal state's own vote is sure anyway."""
    first, second = normal(now.draw("first")), normal(now.draw("second"))
    abstain = scale * w.mood_root[0, 0] * first
    favour = scale * (w.mood_root[1, 0] * first + w.mood_root[1, 1] * second)
    w.vote_no_action_utility[ABSTAIN] += now.temperature("vote_no_action") * abstain
    w.vote_no_action_utility[YES] += now.temperature("vote_no_action") * favour
    w.vote_text_utility[ABSTAIN] += now.temperature("vote_text") * abstain
    w.vote_text_utility[AGAINST_TEXT] += now.temperature("vote_text") * favour


@rule(
    "bodies.focal_votes_for_itself",
    "The focal state, if it has a seat, votes for taking no action and against the text.",
    claims=("COA-02",), accounts=ALL, phase="vote_weighing", when="session", reads=("is_focal",),
    writes=("vote_no_action_utility", "vote_text_utility"), trigger="is_tabled",
)  # fmt: skip
def focal_votes_for_itself(w: Fields, now: Moment) -> None:
    """COA-02: it leads the caucus. Limits: others are left alone."""
    w.vote_no_action_utility[YES] += SURE * w.is_focal
    w.vote_text_utility[AGAINST_TEXT] += SURE * w.is_focal


@rule(
    "bodies.absences",
    "Now and then a small delegation misses the vote.",
    claims=("COA-01",), accounts=ALL, phase="vote_weighing", when="session", reads=("economic_weight", "is_focal"),
    writes=("vote_no_action_utility", "vote_text_utility"), draws=("missing",), trigger="is_tabled",
    parameters=(
        Parameter("rate", 0.02, 0.0, 0.1, "chance", "chance that a small delegation is missing",
                  "roll calls 1990-1997: three of 351 votes not cast, all by small delegations"),
        Parameter("small", 0.001, 0.0, 0.01, "share of world GDP", "economy below which a delegation is small",
                  "assumption: about the median state"),
    ),
)  # fmt: skip
def absences(w: Fields, now: Moment, *, rate: Array, small: Array) -> None:
    """No claim speaks of absence; COA-01 is the vote that is missed. Limits: never the focal state."""
    missing = now.draw("missing", "state") < rate * (w.economic_weight < small) * (1.0 - w.is_focal)
    away = SURE * (2.0 * real(missing) - 1.0)
    w.vote_no_action_utility[OPTIONS["absent"]] += 2.0 * away
    w.vote_text_utility[OPTIONS["absent"]] += 2.0 * away


@rule(
    "bodies.votes_remembered",
    "Delegations are bound a little by their last vote, and others see it.",
    claims=("COA-01",), accounts=ALL, phase="text_weighing", when="session",
    reads=("vote_no_action_choice", "is_moved", "has_seat", "is_present"),
    writes=("stance_recent", "stance_own", "stance_age", "last_stance", "voted_last"), trigger="is_moved",
    after=("bodies.motion",),
)  # fmt: skip
def votes_remembered(w: Fields, now: Moment) -> None:
    """Limits: silent where no vote was taken; the absent have no stance."""
    seated = (w.has_seat * w.is_present * w.is_moved) > 0
    _remember(w, np.where(seated & (w.vote_no_action_choice != OPTIONS["absent"]), NO - w.vote_no_action_choice, -1))


@rule(
    "bodies.text_votes_remembered",
    "Votes on a text are remembered as those on taking no action are.",
    claims=("COA-01",), accounts=ALL, phase="un_bodies", when="session",
    reads=("vote_text_choice", "text_open", "has_seat", "is_present"),
    writes=("stance_recent", "stance_own", "stance_age", "last_stance", "voted_last"), trigger="text_open",
)  # fmt: skip
def text_votes_remembered(w: Fields, now: Moment) -> None:
    """Limits: silent where no text came to the vote."""
    seated = (w.has_seat * w.is_present * w.text_open) > 0
    _remember(w, np.where(seated & (w.vote_text_choice != OPTIONS["absent"]), FOR_TEXT - w.vote_text_choice, -1))


def _remember(w: Fields, stance: Array) -> None:
    """Add a vote; `stance` `(n_states, n_runs)` is 0 against the focal state, 1 abstaining, 2 for it, -1 none."""
    taken = stance >= 0
    w.stance_recent += stance == STANCE
    w.stance_own += stance == STANCE
    w.stance_age[taken] = 0.0
    np.subtract(1, stance, out=w.last_stance, where=taken)
    w.voted_last[...] = np.where(taken.any(axis=0), taken, w.voted_last)


@rule(
    "bodies.votes_fade",
    "Votes of earlier years count less.",
    claims=("COA-01",), accounts=ALL, phase="events", when="year", writes=("stance_recent", "stance_own", "stance_age"),
)  # fmt: skip
def votes_fade(w: Fields, now: Moment) -> None:
    """Half-lives are those of the model, in years. Limits: sessions are taken to lie a year apart."""
    fade(w.stance_recent, RECENT_HALF_LIFE)
    fade(w.stance_own, OWN_HALF_LIFE)
    w.stance_age += w.stance_age >= 0.0
