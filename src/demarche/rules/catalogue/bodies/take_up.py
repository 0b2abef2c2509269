"""Who takes up what a committee found, and where it then arrives: on agendas, and among people at home."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import share_a_year
from demarche.rules.kit.rates import base_utility, spread_over
from demarche.world.fields.bodies import GRADES

FRESH = Parameter("fresh", 18.0, 12.0, 24.0, "months", "time in which a finding is taken up",
                  "assumption: a year and a half",
                  "constant", "bodies.open_findings")  # fmt: skip


@rule(
    "bodies.open_findings",
    "A finding that nobody has taken up stays open for a year and a half.",
    claims=("UNB-19", "UNB-21"), accounts=ALL, phase="documenting",
    reads=("finding_row_issue", "finding_row_grade", "finding_row_step", "finding_row_taken_step"),
    writes=("open_finding",), parameters=(FRESH,),
)  # fmt: skip
def open_findings(w: Fields, now: Moment, *, fresh: Array) -> None:
    """Limits: notes are nobody's matter; the sharpest open finding on an issue stands for all."""
    rows, runs = cells(is_open(w, now, fresh))
    w.open_finding[...] = 0.0
    issue = w.finding_row_issue[rows, runs].astype(np.intp)
    np.maximum.at(w.open_finding, (issue, runs), w.finding_row_grade[rows, runs] / len(GRADES))


def is_open(w: Fields, now: Moment, fresh: Array) -> Mask:
    """Return which rows of the ring are findings of concern or urging that nobody has taken up yet."""
    since = now.step - w.finding_row_step
    mask: Mask = (w.finding_row_grade >= code_of(GRADES,
                                                 "concern")) & (w.finding_row_taken_step < 0.0) & (since <= fresh)
    return mask


def take(w: Fields, now: Moment, hits: Mask, fresh: Array) -> None:
    """Mark the open findings on issues `(n_issues, n_runs)` as taken up; what they say counts at its grade."""
    if not hits.any():
        return
    rows, runs = cells(is_open(w, now, fresh))
    taken = hits[w.finding_row_issue[rows, runs].astype(np.intp), runs]
    rows, runs = rows[taken], runs[taken]
    w.finding_row_taken_step[rows, runs] = now.step
    w.finding_row_event[rows, runs] = 2
    np.maximum(w.newly_taken, np.where(hits, w.open_finding, 0.0), out=w.newly_taken)
    w.open_finding[hits] = 0.0


@rule(
    "bodies.commissioner_weighs_finding",
    "The High Commissioner takes up some of what committees urge, less of what concerns them.",
    claims=("UNB-19",), accounts=ALL, phase="vote_weighing", when="quarter", after=("bodies.commissioner_can_cite",),
    rates=("finding_taken_up", "finding_taken_up_concern"), reads=("open_finding", "stance_choice",
                                                                   "body_is_commissioner"),
    writes=("take_up_utility",),
    parameters=(
        Parameter("occasions", 6.0, 4.0, 8.0, "quarters", "occasions in the life of a finding",
                  "assumption: a year and a half",
                  "constant"),
        Parameter("critical", 3.0, 1.0, 6.0, "odds ratio", "odds in a year of public criticism", "UNB-19; assumption"),
    ),
)  # fmt: skip
def commissioner_weighs_finding(
    w: Fields, now: Moment, *, occasions: Array, critical: Array, finding_taken_up: Array,
    finding_taken_up_concern: Array,
) -> None:  # fmt: skip
    """Limits: independent of what others make of it."""
    scale = now.temperature("take_up")
    over_all = np.where(w.open_finding >= 1.0, finding_taken_up, finding_taken_up_concern)
    each = spread_over(over_all, occasions)
    speaks = (w.stance_choice == now.index("stance", "criticise")) | (w.stance_choice == now.index("stance", "both"))
    louder = (speaks * w.body_is_commissioner)[:, None] * np.log(critical)
    w.take_up_utility[now.index("take_up", "take_up")] += base_utility(scale, each, 1.0 - each) + scale * louder


@rule(
    "bodies.commissioner_can_cite",
    "The High Commissioner can take up what is open.",
    claims=("UNB-19",), accounts=ALL, phase="vote_weighing", when="quarter", reads=("open_finding",
                                                                                    "body_is_commissioner"),
    writes=("finding_citable",),
)  # fmt: skip
def commissioner_can_cite(w: Fields, now: Moment) -> None:
    """Limits: while the office exists."""
    w.finding_citable[...] = w.body_is_commissioner[:, None] * (w.open_finding > 0.0)


@rule(
    "bodies.commissioner_cites",
    "What the High Commissioner takes up is said again in the name of the United Nations.",
    claims=("UNB-19", "UNB-22"), accounts=ALL, phase="un_bodies", when="quarter", after=("bodies.finds",),
    reads=("take_up_choice", "finding_citable", "finding_row_issue", "finding_row_grade", "finding_row_step"),
    writes=("citation_event", "finding_row_taken_step", "finding_row_event", "newly_taken", "open_finding", "un_words"),
    parameters=(FRESH,),
)  # fmt: skip
def commissioner_cites(w: Fields, now: Moment, *, fresh: Array) -> None:
    """Limits: whatever is open on the issue is taken up at once."""
    cited = (w.take_up_choice > 0) & (w.finding_citable > 0.0)
    w.citation_event[...] = cited
    hits = cited.any(axis=0)
    w.un_words += hits
    take(w, now, np.asarray(hits), fresh)


@rule(
    "bodies.others_take_up",
    "Groups that publish or brief on the issue, and senders that speak on it, take up what a committee found.",
    claims=("UNB-19", "UNB-15", "NGO-02"), accounts=ALL, phase="un_bodies", after=("bodies.commissioner_cites",),
    trigger="open_finding", rates=("finding_taken_up_senders",), draws=("quoted",),
    reads=("finding_carried", "pressure_public", "finding_row_issue", "finding_row_grade", "finding_row_step"),
    writes=("pick_up_event", "finding_row_taken_step", "finding_row_event", "newly_taken", "open_finding"),
    parameters=(FRESH,),
)  # fmt: skip
def others_take_up(w: Fields, now: Moment, *, fresh: Array, finding_taken_up_senders: Array) -> None:
    """Limits: senders in proportion to the public words on the issue."""
    there: Mask = w.open_finding > 0.0
    groups: Mask = there & (w.finding_carried > 0.0)
    monthly = spread_over(finding_taken_up_senders, fresh)
    senders: Mask = there & ~groups & (now.draw("quoted", "issue") < monthly * w.pressure_public)
    w.pick_up_event[...] = groups + 2 * senders
    take(w, now, w.pick_up_event > 0, fresh)


@rule(
    "bodies.findings_reach_agendas",
    "Only a finding that is taken up gets a place on senders' agendas.",
    claims=("UNB-19", "UNB-20"), accounts=ALL, phase="society", trigger="newly_taken", links=("finding_agenda",),
    reads=("attention", "newly_taken"), writes=("attention_change",),
)  # fmt: skip
def findings_reach_agendas(w: Fields, now: Moment, *, finding_agenda: Array) -> None:
    """Limits: senders get it alike; attention then fades as any other."""
    issue, runs = cells(w.newly_taken)
    place = finding_agenda[runs] * w.newly_taken[issue, runs]
    w.attention_change[:, issue, runs] += place * (1.0 - w.attention[:, issue, runs])


@rule(
    "bodies.taken_up_fades",
    "What was taken up is remembered for a year or two.",
    claims=("UNB-20",), accounts=ALL, phase="society", reads=("newly_taken",), writes=("taken_up",),
    parameters=(Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life in memory", "assumption: a year"),),
)  # fmt: skip
def taken_up_fades(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: the sharpest finding stands for all."""
    fade(w.taken_up, half_life)
    np.maximum(w.taken_up, w.newly_taken, out=w.taken_up)


@rule(
    "bodies.findings_circulate",
    "Findings change something at home only as far as people hear of them.",
    claims=("UNB-21", "TGT-29"), accounts=ALL, phase="society", links=("circulation_awareness",),
    after=("bodies.taken_up_fades",),
    reads=("lever_circulation", "taken_up", "newly_taken", "carried_home", "awareness", "body_is_committee",
           "body_covers", "treaty_covers"),
    writes=("awareness_change", "circulation_event"),
    parameters=(
        Parameter("usual", 0.05, 0.0, 0.3, "share", "circulation if nobody carries findings home",
                  "TGT-29; assumption"),
    ),
)  # fmt: skip
def findings_circulate(w: Fields, now: Moment, *, usual: Array, circulation_awareness: Array) -> None:
    """On the issues of a treaty the lever replaces what groups carry. Limits: of several treaties the widest counts."""
    by_itself = usual + (1.0 - usual) * w.carried_home
    said = np.where(np.isnan(w.lever_circulation), -1.0, w.lever_circulation)[:, None]
    held = np.where(w.treaty_covers > 0.0, said, -1.0).max(axis=0)
    reach = np.where(held < 0.0, by_itself, held)
    examined = (w.body_is_committee[:, None] * w.body_covers) > 0.0
    w.circulation_event[...] = examined & (w.newly_taken > 0.0) & (reach >= 0.5)
    w.awareness_change += share_a_year(w.awareness, circulation_awareness, (reach * w.taken_up).max(axis=0))
