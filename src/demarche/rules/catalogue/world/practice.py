"""Practice: what follows from standing levels, law, sanctions, codes and growth, and what attention displaces."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import loss, practice_a_year, return_to, share_a_year


@rule(
    "world.practice_follows",
    "What officials do finds back to the standing level of the issue area.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("practice", "structural_practice"),
    writes=("practice_change",),
    parameters=(
        Parameter("half_life", 6.0, 4.0, 12.0, "months", "half-life of a deviation of practice",
                  "Fariss 4.02: back near the old level within two years of 1989; rounded"),
    ),
)  # fmt: skip
def practice_follows(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let practice drift to its standing level."""
    w.practice_change += return_to(w.practice, w.structural_practice, half_life)


@rule(
    "world.law_reaches_practice",
    "A statute shapes conduct over ten years; where police may punish without courts, procedure protects few.",
    claims=("DOM-09", "DOM-10", "DOM-11", "DOM-46", "DOM-48", "DOM-57", "DLG-24", "TGT-13", "SND-13"),
    accounts=ALL,
    phase="learning",
    reads=("is_procedural", "extralegal_stands"),
    writes=("structural_practice_change", "paper_gain", "paper_months"),
    links=("law_practice", "extralegal_cancels"),
)
def law_reaches_practice(w: Fields, now: Moment, *, law_practice: Array, extralegal_cancels: Array) -> None:
    """Pass on this month's part of what statutes gained on paper. Limits: a new statute starts the ten years anew."""
    part = w.paper_gain / np.maximum(w.paper_months, 1.0)
    bypassed = loss(extralegal_cancels, w.extralegal_stands * w.is_procedural)
    w.structural_practice_change += law_practice * bypassed * part
    w.paper_gain -= part
    w.paper_months -= w.paper_months > 0.0


@rule(
    "world.programmes_reach_practice",
    "Trained officials and plans with targets of the state's own better conduct, or leave it; past the courts, less.",
    claims=("DOM-12", "UNB-03", "DLG-13", "DLG-23", "DLG-24", "DLG-25"),
    accounts=ALL,
    phase="learning",
    after=("focal.runs_programmes",),
    reads=("official_programmes", "is_procedural", "extralegal_stands"),
    writes=("structural_practice_change",),
    links=("programmes_practice", "extralegal_cancels"),
)
def programmes_reach_practice(w: Fields, now: Moment, *, programmes_practice: Array, extralegal_cancels: Array) -> None:
    """Move all issues alike, procedure by what police who need no court leave. Limits: a plan has targets on each."""
    bypassed = loss(extralegal_cancels, w.extralegal_stands * w.is_procedural)
    w.structural_practice_change += bypassed * practice_a_year(programmes_practice, w.official_programmes)


@rule(
    "world.aimed_help_reaches_practice",
    "Legal aid and talks of experts better conduct in procedure as far as they are aimed at what yields abuse there.",
    claims=("DLG-25",),
    accounts=ALL,
    phase="learning",
    reads=("dialogue_tracks", "official_training", "lever_aid_aim", "is_procedural", "extralegal_stands",
           "structural_practice"),
    writes=("structural_practice_change",),
    links=("extralegal_cancels",),
    parameters=(
        Parameter("a_year", 0.01, 0.0, 0.02, "share a year",
                  "part of what is missing in procedure that full and wholly aimed help closes",
                  "DLG-25; assumption: what training adds to the law where it is rated highest (DLG-23)"),
    ),
)  # fmt: skip
def aimed_help_reaches_practice(w: Fields, now: Moment, *, extralegal_cancels: Array, a_year: Array) -> None:
    """Move procedure by what partners pay for, past the courts less. Limits: the state's own plans have no aim of
    senders; help that is not aimed does what programmes do, and no more.
    """
    aimed = w.lever_aid_aim * np.maximum(w.dialogue_tracks, w.official_training)
    bypassed = loss(extralegal_cancels, w.extralegal_stands * w.is_procedural)
    w.structural_practice_change += bypassed * share_a_year(w.structural_practice, a_year, aimed * w.is_procedural)


@rule(
    "world.sanctions_tell_on_practice",
    "Broad sanctions leave the core worse, or better, while they last.",
    claims=(),
    accounts=ALL,
    phase="learning",
    rows="senders",
    reads=("sanction_live", "word_weight", "is_core"),
    writes=("structural_practice_change",),
    links=("sanctions_practice",),
)
def sanctions_tell_on_practice(w: Fields, now: Moment, *, sanctions_practice: Array) -> None:
    """By the weight of those who hold them. No claim says that sanctions worsen conduct: the link rests on the
    literature.
    """
    live = (w.sanction_live * w.word_weight).sum(axis=0).clip(0.0, 1.0)
    w.structural_practice_change += practice_a_year(sanctions_practice, live * w.is_core)


@rule(
    "world.codes_reach_the_floor",
    "Codes of foreign brands change work where workers may organise, and stay paper where they may not.",
    claims=("NGO-06", "NGO-07", "NGO-08", "NGO-09", "NGO-33"),
    accounts=ALL,
    phase="learning",
    reads=("corporate_codes", "right_to_organise", "is_work"),
    writes=("structural_practice_change",),
    links=("codes_labour",),
)
def codes_reach_the_floor(w: Fields, now: Moment, *, codes_labour: Array) -> None:
    """Move practice at work. Limits: no other issue gains."""
    enforced = w.corporate_codes * w.right_to_organise
    w.structural_practice_change += practice_a_year(codes_labour, enforced * w.is_work)


@rule(
    "world.organising_checks_abuse",
    "Where workers may not organise, nobody checks hours, pay and safety; where they may, somebody does.",
    claims=("DOM-19",),
    accounts=ALL,
    phase="learning",
    reads=("right_to_organise", "is_work"),
    writes=("structural_practice_change",),
    parameters=(
        Parameter("a_year", 0.03, 0.0, 0.06, "practice a year", "practice at work, at full room against none",
                  "DOM-19: the denial is what lets the other abuses happen; assumption"),
        Parameter("usual", 0.05, 0.05, 0.05, "share", "room at which practice holds its level",
                  "its level at the start: initial values of the cast", "constant"),
    ),
)  # fmt: skip
def organising_checks_abuse(w: Fields, now: Moment, *, a_year: Array, usual: Array) -> None:
    """Move practice at work with the room there is, against that of the start. Limits: no other issue is touched."""
    w.structural_practice_change += practice_a_year(a_year, (w.right_to_organise - usual) * w.is_work)


@rule(
    "world.growth_lifts_welfare",
    "Growth lifts economic and social rights by itself, less what lost provision takes.",
    claims=("DOM-31", "DOM-33"),
    accounts=ALL,
    phase="learning",
    reads=("growth_rate", "is_social"),
    writes=("structural_practice_change",),
    links=("growth_welfare",),
    parameters=(
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1", "definition of the link on growth",
                  "constant"),
    ),
)  # fmt: skip
def growth_lifts_welfare(w: Fields, now: Moment, *, growth_welfare: Array, full: Array) -> None:
    """Move social issues with growth, up and down."""
    w.structural_practice_change += practice_a_year(growth_welfare, w.growth_rate / full * w.is_social)


@rule(
    "world.welfare_tells_on_the_core",
    "Gains in welfare carry over into political freedoms, or take from them, or do neither.",
    claims=("DOM-53",),
    accounts=ALL,
    phase="learning",
    reads=("structural_practice", "welfare_at_start", "is_social", "is_core"),
    writes=("structural_practice_change",),
    links=("welfare_core",),
)
def welfare_tells_on_the_core(w: Fields, now: Moment, *, welfare_core: Array) -> None:
    """Move the core with the welfare gained since the start, all that was missing then counting as 1."""
    welfare = (w.structural_practice * w.is_social).sum(axis=0) / np.maximum(w.is_social.sum(axis=0), 1.0)
    gained = ((welfare - w.welfare_at_start) / (1.0 - w.welfare_at_start)).clip(0.0, 1.0)
    w.structural_practice_change += practice_a_year(welfare_core, gained * w.is_core)


@rule(
    "world.attention_displaces",
    "Gains on watched violations are offset where nobody looks.",
    claims=(),
    accounts=ALL,
    phase="learning",
    reads=("reform_gain", "pressure_public"),
    writes=("structural_practice_change",),
    links=("displacement",),
)
def attention_displaces(w: Fields, now: Moment, *, displacement: Array) -> None:
    """Spread over the unwatched issues, within a year, a part of what the last reform gained on watched ones. No claim
    speaks of it: the link rests on the literature.
    """
    watched = w.pressure_public.clip(0.0, 1.0)
    unwatched = 1.0 - watched
    gained = (w.reform_gain * watched).sum(axis=0) / np.maximum(unwatched.sum(axis=0), 1.0)
    w.structural_practice_change -= displacement * gained * unwatched / 12.0
