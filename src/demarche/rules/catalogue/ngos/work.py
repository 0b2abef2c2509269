"""Work that reaches people: outreach past censors, training, campaigns, allies; and what backing adds up to."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.ngos.briefing import NEXT_DOOR
from demarche.rules.catalogue.ngos.evidence import NEWS
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach, by_run, clip_share
from demarche.rules.kit.links import share_a_year
from demarche.rules.kit.tactics import CREDIT, MEMORY, learn, quarterly, users

LISTENED = Parameter("least", 0.3, 0.1, 0.5, "share", "evidence without which nobody listens", "NGO-07; assumption",
                     shared_as="ngos.campaigns_on_brands")  # fmt: skip
YEAR = Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of work in memory", "assumption: a year",
                 shared_as="ngos.reaches_out")  # fmt: skip


@rule(
    "ngos.reaches_out",
    "Sites, broadcasts and tools that get round censors reach people as far as groups and donors pay for them.",
    claims=("NGO-17", "NGO-18", "NGO-31", "NGO-12", "NGO-38"), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_focus", "tactic_cost", "lever_foreign_support", "lever_circumvention"),
    writes=("circumvention", "ngo_yield", "ngo_results"),
    parameters=(
        MEMORY,
        CREDIT,
        YEAR,
        Parameter("full", 2.0, 1.0, 4.0, "work-quarters", "work a quarter that counts as full support",
                  "assumption: one group at it all year"),
    ),
)  # fmt: skip
def reaches_out(w: Fields, now: Moment, *, memory: Array, credit: Array, half_life: Array, full: Array) -> None:
    """An arm may hold how far people get. Limits: nothing is learnt of the audience but that somebody was reached."""
    tactic = now.index("ngo_tactic", "outreach")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    units = by_run(now.n_runs, who[1], np.repeat(w.tactic_cost[tactic], len(issue))) * w.lever_foreign_support
    approach(w.circumvention, np.minimum(units / full, 1.0), quarterly(half_life))
    w.circumvention[...] = np.where(np.isnan(w.lever_circumvention), w.circumvention, w.lever_circumvention)
    reached = w.circumvention[who[1]]
    learn(w.ngo_yield, tactic, who, issue, reached, quarterly(memory))
    w.ngo_results[who] += credit[who[1]] * reached * (1.0 - w.ngo_results[who])


@rule(
    "ngos.people_get_round_censors",
    "Where censorship is got round, people learn of rights.",
    claims=("NGO-17", "NGO-18", "NGO-19", "NGO-31", "DOM-22"), accounts=ALL, phase="society",
    links=("circumvention_awareness",), reads=("circumvention", "censorship", "awareness"),
    writes=("awareness_change",),
)  # fmt: skip
def people_get_round_censors(w: Fields, now: Moment, *, circumvention_awareness: Array) -> None:
    """Limits: full censorship lets nothing through."""
    got_through = w.circumvention * (1.0 - w.censorship)
    w.awareness_change += share_a_year(w.awareness, circumvention_awareness, got_through)


@rule(
    "ngos.teaches_next_door",
    "Teaching material in people's own language, made in a freer territory next door, reaches travellers and readers "
    "across the border.",
    claims=("NGO-38",), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_is_next_door", "ngo_joins", "lever_foreign_support", "awareness"),
    writes=("awareness_change",),
    parameters=(
        Parameter("read", 0.005, 0.0, 0.015, "share",
                  "of those who do not know, reached by what a group of locals brings out in a quarter",
                  "NGO-38; assumption: in a year as many as full programmes of the state teach"),
    ),
)  # fmt: skip
def teaches_next_door(w: Fields, now: Moment, *, read: Array) -> None:
    """Scarce, so that the fewer know, the more it reaches. Limits: what is taught; silent without such a territory."""
    publishes = (w.ngo_tactic_choice[now.index("ngo_tactic", "outreach")] > 0) * w.ngo_is_next_door * w.ngo_joins
    w.awareness_change += read * w.lever_foreign_support * publishes.sum(axis=0) * (1.0 - w.awareness)


@rule(
    "ngos.carries_examples",
    "Groups of the region that campaign let people inside know of rights won next door, as far as ties and access go.",
    claims=("COA-18", "NGO-13"), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_is_regional", "ngo_network", "ngo_access"),
    writes=("examples_known",),
    parameters=(
        Parameter("told", 0.2, 0.1, 0.4, "share", "of what is not known there, by a quarter's campaign at full reach",
                  "COA-18; assumption: as much as a briefing wins"),
        NEXT_DOOR,
    ),
)  # fmt: skip
def carries_examples(w: Fields, now: Moment, *, told: Array, half_life: Array) -> None:
    """To publish, to reach out and to join a campaign count alike. Limits: of the issue that a group works on."""
    w.examples_known *= 1.0 - quarterly(half_life)
    publics = [now.index("ngo_tactic", name) for name in ("publicise", "outreach", "join")]
    groups, runs = cells((w.ngo_tactic_choice[publics] > 0).any(axis=0) * w.ngo_is_regional)
    place = w.ngo_focus[groups, runs].astype(np.intp), runs
    reach = told[runs] * w.ngo_network[groups, runs] * w.ngo_access[groups, runs]
    np.add.at(w.examples_known, place, reach * (1.0 - w.examples_known[place]))
    clip_share(w.examples_known)


@rule(
    "ngos.trains",
    "Groups apart from the state train activists; those that work with its consent train officials and lawyers.",
    claims=("NGO-30", "NGO-34", "DLG-23"), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_is_cooperative", "ngo_access", "tactic_cost", "lever_foreign_support",
           "state_grants"),
    writes=("trained_activists", "official_training", "ngo_yield", "ngo_results"),
    parameters=(
        MEMORY,
        CREDIT,
        YEAR,
        Parameter("full", 2.0, 1.0, 4.0, "work-quarters", "training of activists a quarter that counts as full",
                  "assumption: one group at it all year"),
        Parameter("full_programmes", 6.0, 3.0, 12.0, "work-quarters",
                  "training of officials a quarter that counts as full", "assumption: four courses a quarter"),
    ),
)  # fmt: skip
def trains(
    w: Fields, now: Moment, *, memory: Array, credit: Array, half_life: Array, full: Array, full_programmes: Array
) -> None:
    """Limits: money that donors give to state organs trains officials too."""
    tactic = now.index("ngo_tactic", "train")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    official, pace = w.ngo_is_cooperative[groups, 0], quarterly(half_life)
    cost = np.repeat(w.tactic_cost[tactic], len(issue)) * w.lever_foreign_support[runs]
    apart = by_run(now.n_runs, runs, cost * (1.0 - official))
    approach(w.trained_activists, np.minimum(apart / full, 1.0), pace)
    courses = by_run(now.n_runs, runs, cost * official) + w.state_grants
    approach(w.official_training, np.minimum(courses / full_programmes, 1.0), pace)
    reached = w.ngo_access[who]
    learn(w.ngo_yield, tactic, who, issue, reached, quarterly(memory))
    w.ngo_results[who] += credit[runs] * reached * (1.0 - w.ngo_results[who])


@rule(
    "ngos.backing",
    "Training of activists and tools that get round censors are the backing that activists have from abroad.",
    claims=("NGO-30", "NGO-31", "NGO-34", "SND-17"), accounts=ALL, phase="society", links=("support_activists",),
    reads=("trained_activists", "circumvention", "activist_capacity"), writes=("backing", "activist_capacity_change"),
)  # fmt: skip
def backing(w: Fields, now: Moment, *, support_activists: Array) -> None:
    """Limits: visible words of backing are another rule."""
    w.backing[...] = 1.0 - (1.0 - w.trained_activists) * (1.0 - w.circumvention)
    w.activist_capacity_change += share_a_year(w.activist_capacity, support_activists, w.backing)


@rule(
    "ngos.campaigns_on_brands",
    "Labour groups hold a brand answerable before buyers and investors once they can show what its suppliers do.",
    claims=("NGO-06", "NGO-07", "NGO-08"), accounts=ALL, phase="acting", when="quarter", after=("ngos.documents",),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_evidence", "is_work", "lever_exposure"),
    writes=("brand_campaign", "ngo_yield", "ngo_results"),
    parameters=(
        MEMORY,
        CREDIT,
        LISTENED,
    ),
)  # fmt: skip
def campaigns_on_brands(w: Fields, now: Moment, *, memory: Array, credit: Array, least: Array) -> None:
    """The more exposed companies are, the less evidence is listened to.

    Limits: what firms then do is theirs to decide.
    """
    tactic = now.index("ngo_tactic", "brand")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    known = w.ngo_evidence[groups, issue, runs] * w.is_work[issue, 0]
    shown = known * (known * w.lever_exposure[runs] > least[runs])
    np.maximum.at(w.brand_campaign, runs, shown)
    learn(w.ngo_yield, tactic, who, issue, shown, quarterly(memory))
    w.ngo_results[who] += credit[runs] * shown * (1.0 - w.ngo_results[who])


@rule(
    "ngos.wins_allies",
    "Groups that look for allies among neighbouring causes gain ties.",
    claims=("NGO-03", "NGO-27", "NGO-36"), accounts=ALL, phase="acting", when="quarter",
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_network"), writes=("ngo_network_change", "ngo_yield"),
    parameters=(
        MEMORY,
        Parameter("won", 0.1, 0.05, 0.2, "share", "part of missing ties that a quarter's work wins",
                  "NGO-36; assumption"),
    ),
)  # fmt: skip
def wins_allies(w: Fields, now: Moment, *, memory: Array, won: Array) -> None:
    """Limits: ties do not wear off."""
    tactic = now.index("ngo_tactic", "win_allies")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    missing = 1.0 - w.ngo_network[who]
    w.ngo_network_change[who] += won[who[1]] * missing
    learn(w.ngo_yield, tactic, who, issue, missing, quarterly(memory))


@rule(
    "ngos.campaigns_jointly",
    "In a joint campaign groups share what they know, as far as their ties go; news is made with the best of it.",
    claims=("NGO-03", "NGO-36", "COA-17", "COA-19"), accounts=ALL, phase="acting", when="quarter",
    after=("ngos.documents", "ngos.publicises"),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_is_allied", "ngo_network"),
    writes=("ngo_evidence", "headline", "ngo_yield", "ngo_results", "finding_carried"),
    parameters=(
        MEMORY,
        CREDIT,
        NEWS,
    ),
)  # fmt: skip
def campaigns_jointly(w: Fields, now: Moment, *, memory: Array, credit: Array, news: Array) -> None:
    """Limits: credit is halved, since it is shared."""
    tactic = now.index("ngo_tactic", "join")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    groups, runs = who
    place = groups, issue, runs
    best = (w.ngo_evidence[:, issue, runs] * w.ngo_is_allied[:, runs]).max(axis=0)
    lent = w.ngo_network[who] * np.maximum(best - w.ngo_evidence[place], 0.0)
    w.ngo_evidence[place] += lent
    np.add.at(w.headline, (issue, runs), news[runs] * w.ngo_evidence[place])
    clip_share(w.headline)
    learn(w.ngo_yield, tactic, who, issue, w.ngo_evidence[place], quarterly(memory))
    w.ngo_results[who] += 0.5 * credit[runs] * w.ngo_evidence[place] * (1.0 - w.ngo_results[who])
    w.finding_carried[issue, runs] = 1.0


@rule(
    "ngos.bear_witness",
    "Families, neighbours and the freer territory keep unresolved abuse alive; people inside take heart from it.",
    claims=("NGO-11", "NGO-24"), accounts=ALL, phase="society",
    reads=("ngo_is_open", "ngo_joins", "ngo_attention", "is_core", "mobilisation"), writes=("mobilisation_change",),
    parameters=(Parameter("heart", 0.02, 0.0, 0.05, "share a year",
                          "mobilisation where every local voice bears witness",
                          "NGO-11, NGO-24; assumption"),),
)  # fmt: skip
def bear_witness(w: Fields, now: Moment, *, heart: Array) -> None:
    """Limits: by being there; the core only."""
    here = (w.ngo_attention * w.is_core).max(axis=1) * w.ngo_joins * w.ngo_is_open
    w.mobilisation_change += share_a_year(w.mobilisation, heart, 1.0 - (1.0 - here).prod(axis=0))


@rule(
    "ngos.contest_welfare",
    "Evidence of failures in economic and social rights takes away from the claim of success in welfare.",
    claims=("NGO-05",), accounts=ALL, phase="society",
    reads=("evidence", "is_social", "practice", "welfare_claim"), writes=("welfare_claim_change",),
    parameters=(Parameter("loss", 0.1, 0.0, 0.3, "share a year", "claim lost with full evidence of full failure",
                          "NGO-05; assumption"),),
)  # fmt: skip
def contest_welfare(w: Fields, now: Moment, *, loss: Array) -> None:
    """Limits: the mean over economic and social issues."""
    shown = (w.evidence * (1.0 - w.practice) * w.is_social).sum(axis=0) / np.maximum(w.is_social.sum(axis=0), 1.0)
    w.welfare_claim_change += share_a_year(w.welfare_claim, -loss, shown)
