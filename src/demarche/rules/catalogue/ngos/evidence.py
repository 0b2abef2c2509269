"""Evidence: what groups find out, what monitors see of it, what publics hear, what gets a place on agendas."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach, clip_share
from demarche.rules.kit.links import share_a_year
from demarche.rules.kit.tactics import CREDIT, MEMORY, learn, quarterly, users

NEWS = Parameter("news", 0.2, 0.1, 0.4, "share", "part of the missing attention of publics that full evidence wins",
                 "assumption", shared_as="ngos.publicises")  # fmt: skip


@rule(
    "ngos.evidence_ages",
    "Evidence that nobody renews loses its force, with groups and in the files of UN bodies.",
    claims=("NGO-02", "UNB-17"), accounts=ALL, phase="documenting", when="quarter",
    writes=("ngo_evidence", "body_evidence"),
    parameters=(Parameter("half_life", 24.0, 12.0, 48.0, "months", "half-life of evidence", "assumption: two years"),),
)  # fmt: skip
def evidence_ages(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: one half-life for all."""
    kept = 1.0 - quarterly(half_life)
    w.ngo_evidence *= kept
    w.body_evidence *= kept


@rule(
    "ngos.documents",
    "A group that documents its issue finds evidence as far as it gets in; next door, libraries hold part of the rest.",
    claims=("NGO-02", "NGO-10", "NGO-22"), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_access", "ngo_is_next_door", "lever_monitor_access"),
    writes=("ngo_evidence", "ngo_yield", "ngo_results", "report_event"),
    parameters=(
        MEMORY,
        Parameter("found", 0.3, 0.15, 0.5, "share",
                  "part of what is not yet known that a quarter's work finds at full access",
                  "NGO-10; assumption"),
        Parameter("libraries", 0.5, 0.0, 0.8, "share",
                  "part of what a group does not get into that it finds in a freer territory next door",
                  "NGO-22; assumption: half, so that no other access in the casts is better (the best place for it)"),
        CREDIT,
    ),
)  # fmt: skip
def documents(w: Fields, now: Moment, *, memory: Array, found: Array, libraries: Array, credit: Array) -> None:
    """Limits: the issue it works on only."""
    tactic = now.index("ngo_tactic", "document")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    seen = np.minimum(w.ngo_access[who] * w.lever_monitor_access[runs], 1.0)
    seen = seen + libraries[runs] * w.ngo_is_next_door[groups, 0] * (1.0 - seen)
    new = seen * (1.0 - w.ngo_evidence[groups, issue, runs])
    w.ngo_evidence[groups, issue, runs] += found[runs] * new
    learn(w.ngo_yield, tactic, who, issue, new, quarterly(memory))
    w.ngo_results[who] += credit[runs] * new * (1.0 - w.ngo_results[who])
    w.report_event[groups, issue, runs] = 1


@rule(
    "ngos.what_is_known",
    "The world knows of an issue what any group at work can show; who works on it stands beside those who name it.",
    claims=("NGO-01", "NGO-02", "NGO-34", "SND-17"), accounts=ALL, phase="documenting", when="quarter",
    after=("ngos.evidence_ages",),
    reads=("ngo_evidence", "ngo_is_open", "ngo_joins", "ngo_attention", "ngo_access", "ngo_network",
           "activist_capacity",
           "home_support"),
    writes=("evidence", "groups_on_issue"),
)  # fmt: skip
def what_is_known(w: Fields, now: Moment) -> None:
    """Limits: groups find out independently of one another."""
    at_work = w.ngo_is_open[:, None]
    w.evidence[...] = 1.0 - (1.0 - w.ngo_evidence * at_work).prod(axis=0)
    able = w.ngo_joins * w.ngo_access * w.ngo_network
    beside = (1.0 - able[:, None] * w.ngo_attention * at_work).prod(axis=0)
    w.groups_on_issue[...] = 1.0 - beside * (1.0 - w.activist_capacity * w.home_support)


@rule(
    "ngos.monitors_report",
    "Monitors see violations as far as somebody documented them; closer watch makes the record look worse.",
    claims=("NGO-01", "NGO-10", "UNB-17"), accounts=ALL, phase="documenting", after=("ngos.what_is_known",),
    reads=("evidence", "practice"), writes=("report",),
    parameters=(
        Parameter("speed", 0.2, 0.1, 0.4, "per month", "share of the way that a month makes up",
                  "assumption: reports appear within half a year"),
        Parameter("seen_anyway", 0.1, 0.0, 0.3, "share", "share of violations seen without any group",
                  "NGO-01; assumption"),
    ),
)  # fmt: skip
def monitors_report(w: Fields, now: Moment, *, speed: Array, seen_anyway: Array) -> None:
    """Limits: one monitor."""
    seen = seen_anyway + (1.0 - seen_anyway) * w.evidence
    approach(w.report, seen * (1.0 - w.practice), speed)


@rule(
    "ngos.news_fades",
    "News of an issue fades to what media carry by themselves of what monitors report.",
    claims=("TGT-26", "NGO-01"), accounts=ALL, phase="documenting", after=("ngos.monitors_report",),
    reads=("report", "foreign_interest", "media_visibility", "emergency"), writes=("headline",),
    parameters=(
        Parameter("half_life", 3.0, 1.0, 6.0, "months", "half-life of news", "assumption: a quarter"),
        Parameter("crisis", 0.5, 0.0, 1.0, "share", "reach that a crackdown adds", "assumption"),
    ),
)  # fmt: skip
def news_fades(w: Fields, now: Moment, *, half_life: Array, crisis: Array) -> None:
    """Limits: shared media."""
    carried = w.foreign_interest * np.minimum(w.media_visibility + crisis * w.emergency, 1.0) * w.report
    approach(w.headline, carried, 1.0 - np.exp2(-1.0 / half_life))


@rule(
    "ngos.publicises",
    "A group that publishes what it can show makes news of it, more of it from a freer territory next door, and takes "
    "up what a committee found on its issue.",
    claims=("NGO-02", "NGO-10", "NGO-22", "UNB-19"), accounts=ALL, phase="acting", when="quarter",
    after=("ngos.documents",),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_evidence", "ngo_is_next_door"),
    writes=("headline", "ngo_yield", "ngo_visibility", "ngo_results", "finding_carried"),
    parameters=(
        MEMORY,
        NEWS,
        Parameter("press", 0.5, 0.0, 1.0, "share", "what reporters at hand in a freer territory next door add to it",
                  "NGO-22; assumption: half as much again"),
        CREDIT,
    ),
)  # fmt: skip
def publicises(w: Fields, now: Moment, *, memory: Array, news: Array, press: Array, credit: Array) -> None:
    """Limits: without evidence there is no news."""
    tactic = now.index("ngo_tactic", "publicise")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    known = w.ngo_evidence[groups, issue, runs]
    at_hand = 1.0 + press[runs] * w.ngo_is_next_door[groups, 0]
    np.add.at(w.headline, (issue, runs), news[runs] * at_hand * known)
    clip_share(w.headline)
    learn(w.ngo_yield, tactic, who, issue, known, quarterly(memory))
    w.ngo_visibility[who] += credit[runs] * known * (1.0 - w.ngo_visibility[who])
    w.ngo_results[who] += credit[runs] * known * (1.0 - w.ngo_results[who])
    w.finding_carried[issue, runs] = 1.0


@rule(
    "ngos.place_on_agendas",
    "What is documented gets a place on senders' agendas; what nobody documents stays off.",
    claims=("NGO-01", "NGO-02", "NGO-10"), accounts=ALL, phase="documenting", when="half_year",
    after=("ngos.what_is_known",), links=("evidence_agenda",), reads=("evidence", "attention_usual"),
    writes=("attention_change",),
    parameters=(Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of attention", "assumption: a year"),),
)  # fmt: skip
def place_on_agendas(w: Fields, now: Moment, *, half_life: Array, evidence_agenda: Array) -> None:
    """Acts every half year, as attention returns. Limits: every sender reads the same reports."""
    pull = (1.0 - np.exp2(-0.5 * 12.0 / half_life)) * evidence_agenda * w.evidence
    for moved, usual in zip(w.attention_change, w.attention_usual, strict=True):
        moved += pull * (1.0 - usual)


@rule(
    "ngos.speaks_from_home_soil",
    "Compatriots who work on the state's own soil answer the charge that rights are imposed from abroad.",
    claims=("NGO-20",), accounts=ALL, phase="learning", reads=("ngo_is_open", "ngo_is_sheltered", "ngo_joins",
                                                               "resistance"),
    writes=("resistance_change",), calendar=("handover",),
    parameters=(
        Parameter("a_year", 0.03, 0.0, 0.1, "share a year", "resistance lost while a group of locals works there",
                  "NGO-20; assumption: half in some twenty years"),
    ),
)  # fmt: skip
def speaks_from_home_soil(w: Fields, now: Moment, *, a_year: Array) -> None:
    """By being there, whatever it does. Limits: from the handover of the territory on; one group is enough."""
    if np.isfinite(now.months_since("handover")):
        there = (w.ngo_is_open * w.ngo_is_sheltered * w.ngo_joins).max(axis=0)
        w.resistance_change += share_a_year(w.resistance, -a_year, there)
