"""Votes on the motion to take no action: what delegations bring to the session.

A vote is an ordered choice along one line: a state's lean towards the focal state. Every rule
moves the lean by adding the same amount to `yes` and taking it from `no`; abstaining stays at
zero, so that positions change through abstention. Weights are those of an ordered model with
lasting differences between delegations, fitted to the roll calls of 1990 to 1997 and rounded.
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.world.axes import REGIONS

AFRICAN, ASIAN, LATIN_AMERICAN = (REGIONS.index(name) for name in ("african", "asian", "latin_american"))
YES, ABSTAIN, NO, ABSENT = range(4)
FIT = "ordered model fitted to roll calls 1990-1997 of the record, rounded; AUC 0.98 (0.96 without Western states)"
SURE = 50.0  # utility beyond any doubt


def push(utility: Array, change: Array) -> None:
    """Move leans in place: `change` `(n_states, n_runs)` favours yes and disfavours no."""
    utility[YES] += change
    utility[NO] -= change


def wavering(utility: Array, width: Array) -> Array:
    """Return how near delegations are to changing their vote, `(n_states, n_runs)` in [0, 1].

    One at the border between abstaining and a side, falling with the distance over `width`.
    """
    distance = np.minimum(np.abs(utility[YES]), np.abs(utility[NO]))
    nearness: Array = np.exp(-np.square(distance / width))
    return nearness


def normal(uniform: Array) -> Array:
    """Return standard normal values of uniforms on [0, 1)."""
    from scipy.special import ndtri

    values: Array = ndtri(np.clip(uniform, 1e-9, 1.0 - 1e-9))
    return values


@rule(
    "coalition.delegation_lean",
    "Delegations differ for lasting reasons that their attributes do not show.",
    claims=("COA-01",), accounts=ALL, phase="events", when="start", writes=("delegation_lean",), draws=("lean",),
    parameters=(
        strength("scale of lasting differences", "assumption: 1 is the fitted spread"),
        Parameter("spread", 0.75, 0.2, 1.5, "utility", "standard deviation of lasting leans", FIT),
    ),
)  # fmt: skip
def delegation_lean(w: Fields, now: Moment, *, strength: Array, spread: Array) -> None:
    """COA-01: a front is made of governments that differ. Limits: cut at the range of the field."""
    w.delegation_lean += strength * spread * normal(now.draw_lasting("lean", "state"))
    np.clip(w.delegation_lean, -6.0, 6.0, out=w.delegation_lean)


@rule(
    "coalition.standing_lean",
    "Delegations vote by their lasting lean on the focal state.",
    claims=("COA-01",), accounts=ALL, phase="vote_weighing", when="session", reads=("delegation_lean",),
    writes=("vote_no_action_utility",),
    parameters=(strength("weight of the lasting lean in the vote", "assumption: 1, the lean is in utility units"),),
)  # fmt: skip
def standing_lean(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: a lean of zero adds nothing."""
    push(w.vote_no_action_utility, strength * w.delegation_lean)


@rule(
    "coalition.alignment",
    "States vote with the camp they side with elsewhere, and democracies are less lenient.",
    claims=("COA-01", "COA-02"), accounts=ALL, phase="vote_weighing", when="session",
    reads=("ideal_point", "democracy"), writes=("vote_no_action_utility",),
    parameters=(
        strength("weight of alignment in the vote", "assumption: 1 is the fitted weight"),
        Parameter("level", 0.4, -0.5, 1.5, "utility", "lean at ideal point 0 and democracy 0", FIT),
        Parameter("ideal", 0.85, 0.4, 1.4, "utility per point", "loss of lean per ideal point", FIT),
        Parameter("democracy", 1.3, 0.4, 2.2, "utility", "loss of lean of a full democracy", FIT),
    ),
)  # fmt: skip
def alignment(w: Fields, now: Moment, *, strength: Array, level: Array, ideal: Array, democracy: Array) -> None:
    """Limits: agreement with the focal state adds nothing once these are known."""
    lean = level - ideal * w.ideal_point - democracy * w.democracy
    push(w.vote_no_action_utility, strength * lean)


@rule(
    "coalition.group_solidarity",
    "African and Asian states stand together against motions on one of the developing countries.",
    claims=("COA-01", "COA-02"), accounts=ALL, phase="vote_weighing", when="session", reads=("region",),
    writes=("vote_no_action_utility",),
    parameters=(
        strength("weight of solidarity", "assumption: 1 is the fitted weight"),
        Parameter("front", 0.75, 0.2, 1.3, "utility", "lean that membership of the front adds", FIT),
    ),
)  # fmt: skip
def group_solidarity(w: Fields, now: Moment, *, strength: Array, front: Array) -> None:
    """Limits: other regions are left alone."""
    member = (w.region == AFRICAN) | (w.region == ASIAN)
    push(w.vote_no_action_utility, strength * front * member)


@rule(
    "coalition.western_line",
    "Western states and members of the joint bloc vote against taking no action, sponsors or not.",
    claims=("COA-10",), accounts=ALL, phase="vote_weighing", when="session", reads=("is_western", "in_joint_bloc"),
    writes=("vote_no_action_utility",),
    parameters=(
        strength("weight of the common line", "assumption: 1 keeps the line of the record"),
        Parameter("line", 2.5, 1.0, 4.0, "utility", "loss of lean of a member",
                  "roll calls 1990-1997: no Western state ever voted otherwise; COA-10 ended sponsoring, not voting"),
    ),
)  # fmt: skip
def western_line(w: Fields, now: Moment, *, strength: Array, line: Array) -> None:
    """COA-10: as corrected by the record. Limits: others are left alone."""
    push(w.vote_no_action_utility, -strength * line * np.maximum(w.is_western, w.in_joint_bloc))


@rule(
    "coalition.session_mood",
    "Instructions differ a little from one session to the next.",
    claims=("COA-01",), accounts=ALL, phase="vote_weighing", when="session", writes=("vote_no_action_utility",),
    draws=("mood", "common"),
    parameters=(
        strength("scale of yearly changes", "assumption: 1 is the fitted scale"),
        Parameter("spread", 0.2, 0.05, 0.6, "utility", "standard deviation of a delegation's yearly change",
                  "roll calls 1990-1997: 9 to 13 % of continuing members change between sessions"),
        Parameter("common", 0.1, 0.0, 0.3, "utility", "standard deviation of the change common to all",
                  "assumption: half of a delegation's own"),
    ),
)  # fmt: skip
def session_mood(w: Fields, now: Moment, *, strength: Array, spread: Array, common: Array) -> None:
    """Limits: no memory from session to session."""
    mood = spread * normal(now.draw("mood", "state")) + common * normal(now.draw("common"))
    push(w.vote_no_action_utility, strength * mood)


@rule(
    "coalition.reluctance",
    "Delegations that lean little to either side abstain, above all those outside both camps.",
    claims=("COA-01",), accounts=ALL, phase="vote_weighing", when="session", reads=("region",),
    writes=("vote_no_action_utility",),
    parameters=(
        strength("weight of the reluctance to take sides", "assumption: 1 is the fitted weight"),
        Parameter("threshold", 0.55, 0.3, 1.0, "utility", "lean that it takes to leave abstention", FIT),
        Parameter("reserve", 0.3, 0.0, 0.8, "utility", "further reluctance of Latin American states",
                  "roll calls 1990-1997: six of ten of their votes were abstentions"),
    ),
)  # fmt: skip
def reluctance(w: Fields, now: Moment, *, strength: Array, threshold: Array, reserve: Array) -> None:
    """COA-01: the front is African and Asian. Limits: the same on both sides."""
    reluctant = strength * (threshold + reserve * (w.region == LATIN_AMERICAN))
    w.vote_no_action_utility[YES] -= reluctant
    w.vote_no_action_utility[NO] -= reluctant


@rule(
    "coalition.focal_votes_for_itself",
    "The focal state, if it has a seat, votes for taking no action.",
    claims=("COA-02",), accounts=ALL, phase="vote_weighing", when="session", reads=("is_focal",),
    writes=("vote_no_action_utility",),
    parameters=(strength("certainty of its own vote", "roll calls 1990-1997: always yes"),),
)  # fmt: skip
def focal_votes_for_itself(w: Fields, now: Moment, *, strength: Array) -> None:
    """COA-02: it leads the caucus. Limits: others are left alone."""
    push(w.vote_no_action_utility, strength * SURE * w.is_focal)


@rule(
    "coalition.small_delegations",
    "Now and then a small delegation misses the vote.",
    claims=("COA-07",), accounts=ALL, phase="vote_weighing", when="session",
    reads=("economic_weight", "is_focal", "is_western"), writes=("vote_no_action_utility",), draws=("missing",),
    parameters=(
        strength("scale of absences", "assumption: 1 is the rate of the record"),
        Parameter("rate", 0.02, 0.0, 0.1, "probability", "chance that a small delegation is missing",
                  "roll calls 1990-1997: three of 351 votes not cast, all by small delegations"),
        Parameter("small", 0.001, 0.0, 0.01, "share of world GDP", "economy below which a delegation is small",
                  "assumption: about the median state"),
    ),
)  # fmt: skip
def small_delegations(w: Fields, now: Moment, *, strength: Array, rate: Array, small: Array) -> None:
    """COA-07: well-manned delegations are always there. Limits: never the focal state or Western states."""
    may_miss = (w.economic_weight < small) * (1.0 - w.is_focal) * (1.0 - w.is_western)
    missing = now.draw("missing", "state") < strength * rate * may_miss
    w.vote_no_action_utility[ABSENT] += 10.0 * SURE * missing


BEFORE_TEXT = tuple(f"coalition.{name}" for name in (
    "alignment", "asian_briefing", "caucus", "concession_softens", "condition_free_money", "focal_votes_for_itself",
    "goodwill_votes", "group_solidarity", "lobbied_votes", "neighbours_grievances", "outrage_votes",
    "permanent_member", "reluctance", "session_mood", "small_delegations", "standing_lean", "values_front",
    "western_line",
))  # fmt: skip


@rule(
    "coalition.text_votes",
    "On the text delegations vote as on the motion to take no action, with a little more abstention.",
    claims=("COA-02", "PRS-09"), accounts=ALL, phase="vote_weighing", when="session", reads=("vote_no_action_utility",),
    writes=("vote_text_utility",), after=(*BEFORE_TEXT, "un_bodies.ballot"),
    parameters=(
        strength("likeness of the two votes", "record of the session that had both votes: 22-22-9, then 20-21-12"),
        Parameter("doubt", 0.1, 0.0, 0.4, "utility", "further reluctance to vote against the text",
                  "record of the session that had both votes: one friend abstained; assumption"),
        Parameter("censure_doubt", 0.4, 0.0, 0.8, "utility", "further reluctance to vote for the text",
                  "the same record: two critics abstained; PRS-09: no text was ever adopted"),
    ),
)  # fmt: skip
def text_votes(w: Fields, now: Moment, *, strength: Array, doubt: Array, censure_doubt: Array) -> None:
    """Limits: a yes there is a no here."""
    procedural = strength * w.vote_no_action_utility
    w.vote_text_utility[now.index("vote_text", "no")] += procedural[YES] - strength * doubt
    w.vote_text_utility[now.index("vote_text", "yes")] += procedural[NO] - strength * censure_doubt
    w.vote_text_utility[now.index("vote_text", "absent")] += procedural[ABSENT]
