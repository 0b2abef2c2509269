"""Briefing: capitals, neighbouring governments and UN bodies learn from groups."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.tactics import CREDIT, MEMORY, Positions, learn, quarterly, users
from demarche.rules.kit.talks import talks_on

NEXT_DOOR = Parameter("half_life", 24.0, 12.0, 48.0, "months", "half-life of what governments next door know",
                      "assumption: two years", shared_as="ngos.briefs_neighbours")  # fmt: skip


def picked(weight: Array, runs: Positions, luck: Array) -> Positions:
    """Return one row for each entry of `runs`, with chances in proportion to weights.

    Parameters
    ----------
    weight
        `(n_rows, n_runs)`, at least 0.
    runs
        `(n_new,)`.
    luck
        Uniforms `(n_new,)`.
    """
    mounting = weight.cumsum(axis=0)[:, runs]
    rows: Positions = np.minimum((mounting <= luck * mounting[-1]).sum(axis=0), len(weight) - 1)
    return rows


@rule(
    "ngos.briefs_capitals",
    "A group that briefs capitals raises the place of its issue in two of them, heavier ones first; who talks with the "
    "state without a seat for groups listens less.",
    claims=("NGO-02", "NGO-26", "UNB-19", "TGT-25"), accounts=ALL, phase="acting", when="quarter", rows="senders",
    after=("ngos.documents",), draws=("first", "second"),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_evidence", "economic_weight", "is_sender", "attention",
           "has_dialogue", "dialogue_suspended", "term_ngo_seat"),
    writes=("attention_change", "ngo_yield", "ngo_results", "finding_carried"),
    parameters=(
        MEMORY,
        CREDIT,
        Parameter("won", 0.2, 0.1, 0.4, "share", "part of the missing attention that full evidence wins", "assumption"),
        Parameter("isolated", 0.5, 0.0, 0.8, "share",
                  "part of it that is lost on a capital whose talks with the state have no seat for groups",
                  "TGT-25; assumption: half"),
    ),
)  # fmt: skip
def briefs_capitals(
    w: Fields, now: Moment, *, memory: Array, credit: Array, won: Array, isolated: Array
) -> None:
    """Limits: two capitals a quarter, perhaps the same one twice."""
    tactic = now.index("ngo_tactic", "brief_capital")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    known = w.ngo_evidence[groups, issue, runs]
    heard = np.zeros_like(known)
    weight = np.broadcast_to(w.economic_weight * w.is_sender, (len(w.is_sender), now.n_runs))
    for luck in (now.draw("first", "ngo"), now.draw("second", "ngo")):
        capital = picked(weight, runs, luck[who])
        missing = 1.0 - w.attention[capital, issue, runs]
        running = talks_on(w.has_dialogue[capital, runs], w.dialogue_suspended[capital, runs])
        closed = running * (1.0 - w.term_ngo_seat[capital, runs])
        listened = 1.0 - isolated[runs] * closed
        np.add.at(w.attention_change, (capital, issue, runs), won[runs] * known * listened * missing)
        heard += 0.5 * listened
    learn(w.ngo_yield, tactic, who, issue, known * heard, quarterly(memory))
    w.ngo_results[who] += credit[runs] * known * heard * (1.0 - w.ngo_results[who])
    w.finding_carried[issue, runs] = 1.0


@rule(
    "ngos.briefs_neighbours",
    "Groups of the region tell their own governments and publics what they know; this wears off.",
    claims=("COA-14", "COA-16", "COA-19"), accounts=ALL, phase="acting", when="quarter",
    after=("ngos.documents",), reads=("ngo_tactic_choice", "ngo_focus", "ngo_evidence", "ngo_is_regional"),
    writes=("neighbours_briefed",),
    parameters=(
        Parameter("won", 0.2, 0.1, 0.4, "share", "part of what they do not know that full evidence wins", "assumption"),
        NEXT_DOOR,
    ),
)  # fmt: skip
def briefs_neighbours(w: Fields, now: Moment, *, won: Array, half_life: Array) -> None:
    """Limits: groups of the region only."""
    w.neighbours_briefed *= 1.0 - quarterly(half_life)
    tactic = now.index("ngo_tactic", "brief_capital")
    groups, runs = cells((w.ngo_tactic_choice[tactic] > 0) * w.ngo_is_regional)
    known = w.ngo_evidence[groups, w.ngo_focus[groups, runs].astype(np.intp), runs]
    np.add.at(w.neighbours_briefed, runs, won[runs] * known)
    np.minimum(w.neighbours_briefed, 1.0, out=w.neighbours_briefed)


@rule(
    "ngos.neighbours_stand_back",
    "Neighbouring governments whose own citizens brief them are slower to block initiatives.",
    claims=("COA-14", "COA-16"), accounts=ALL, phase="vote_weighing", when="session",
    reads=("neighbours_briefed", "region", "is_focal"), writes=("vote_no_action_utility",),
    parameters=(
        Parameter("odds", 1.5, 1.0, 3.0, "odds ratio", "odds of a yes that full knowledge divides by this",
                  "COA-14 (at the very least), COA-16; assumption"),
    ),
)  # fmt: skip
def neighbours_stand_back(w: Fields, now: Moment, *, odds: Array) -> None:
    """Limits: the group of states of the focal state's own region."""
    home = (w.region == (w.region * w.is_focal).sum(axis=0)) * (1.0 - w.is_focal)
    scale = now.temperature("vote_no_action")
    w.vote_no_action_utility[now.index("vote_no_action", "yes")] -= scale * np.log(odds) * w.neighbours_briefed * home


@rule(
    "ngos.briefs_un",
    "Experts short of staff learn from groups; who is barred from UN forums is heard less.",
    claims=("UNB-17", "NGO-23", "UNB-15", "COA-08"), accounts=ALL, phase="acting", when="quarter",
    after=("ngos.documents",),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_evidence", "ngo_standing", "ngo_is_sheltered", "body_covers",
           "body_is_committee", "body_is_procedures", "body_is_commissioner", "body_is_experts"),
    writes=("body_evidence", "ngo_yield", "ngo_results"),
    parameters=(
        MEMORY,
        CREDIT,
        Parameter("barred", 0.5, 0.2, 1.0, "share", "part that a barred group still gets across", "COA-08; assumption"),
    ),
)  # fmt: skip
def briefs_un(w: Fields, now: Moment, *, memory: Array, credit: Array, barred: Array) -> None:
    """Limits: bodies that take reports; one report says what the group knows on every issue."""
    tactic = now.index("ngo_tactic", "brief_un")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    shut = (w.ngo_standing < 0.0) * (1.0 - w.ngo_is_sheltered)
    heard = (w.ngo_tactic_choice[tactic] > 0) * (1.0 - (1.0 - barred) * shut)
    told = 1.0 - (1.0 - w.ngo_evidence * heard[:, None]).prod(axis=0)
    takes = w.body_is_committee + w.body_is_procedures + w.body_is_commissioner + w.body_is_experts
    w.body_evidence += takes[:, None] * w.body_covers * told * (1.0 - w.body_evidence)
    known = w.ngo_evidence[who[0], issue, who[1]]
    learn(w.ngo_yield, tactic, who, issue, known, quarterly(memory))
    w.ngo_results[who] += credit[who[1]] * known * (1.0 - w.ngo_results[who])


@rule(
    "ngos.weighs_carrying",
    "Groups that reach people inside carry home what committees found, once somebody has taken it up.",
    claims=("UNB-21", "TGT-29", "NGO-37"), accounts=ALL, phase="weighing", when="quarter",
    rates=("ngo_circulate_carry",), reads=("ngo_fit", "taken_up"), writes=("ngo_circulate_utility",),
    parameters=(
        Parameter("news", 4.0, 2.0, 8.0, "odds ratio", "odds with an urging finding taken up", "UNB-21; assumption"),
        Parameter("least", 0.01, 0.001, 0.1, "ratio of odds", "of a kind that does not reach inside", "assumption"),
    ),
)  # fmt: skip
def weighs_carrying(w: Fields, now: Moment, *, news: Array, least: Array, ngo_circulate_carry: Array) -> None:
    """Limits: by how readily its kind reaches out, whatever the issue."""
    scale = now.temperature("ngo_circulate")
    inside = scale * np.log(np.maximum(w.ngo_fit[now.index("ngo_tactic", "outreach")], least))
    term = base_utility(scale, ngo_circulate_carry, 1.0 - ngo_circulate_carry) + inside
    w.ngo_circulate_utility[now.index("ngo_circulate", "carry")] += term + log_odds(scale, news, w.taken_up.max(axis=0))


@rule(
    "ngos.carries_home",
    "Findings reach people at home as far as groups carry them in.",
    claims=("UNB-21",), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_circulate_choice", "ngo_access"), writes=("carried_home",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of it", "assumption: a year"),
        Parameter("reach", 0.5, 0.2, 0.8, "share", "of people whom one group reaches at full access",
                  "NGO-17; assumption"),
    ),
)  # fmt: skip
def carries_home(w: Fields, now: Moment, *, half_life: Array, reach: Array) -> None:
    """Limits: groups reach people independently of one another."""
    reached = 1.0 - (1.0 - reach * w.ngo_access * (w.ngo_circulate_choice > 0)).prod(axis=0)
    approach(w.carried_home, reached, quarterly(half_life))
