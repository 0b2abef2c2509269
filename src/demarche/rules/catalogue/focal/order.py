"""Order at home: outlays on security, censors, and campaigns at home and abroad."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach, clip_share
from demarche.rules.kit.links import log_odds, return_to, share_a_year
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.usual import usual


@rule(
    "focal.budgets_for_order",
    "Outlays on order follow the fear of one's own people and the protest of the day.",
    claims=("DOM-32", "DOM-38"),
    accounts=ALL,
    phase="answer_weighing",
    when="year",
    reads=("security_effort", "security_effort_at_start", "fear_of_instability", "protest"),
    writes=("security_utility",),
    rates=("security_raise", "security_lower"),
    parameters=(
        usual("fear_of_instability"),
        usual("protest"),
        Parameter("fear", 6.0, 2.0, 15.0, "odds ratio", "odds of raising them in full fear, against none",
                  "DOM-38: whom they fear most; assumption"),
        Parameter("unrest", 6.0, 2.0, 15.0, "odds ratio", "odds of raising them at full protest, against none",
                  "DOM-32; assumption"),
        Parameter("cost", 10.0, 3.0, 30.0, "odds ratio", "odds of lowering them at full effort, against the start's",
                  "assumption: other budgets claim the money"),
    ),
)  # fmt: skip
def budgets_for_order(
    w: Fields, now: Moment, *, security_raise: Array, security_lower: Array, usual_fear_of_instability: Array,
    usual_protest: Array, fear: Array, unrest: Array, cost: Array,
) -> None:
    """Lay the base rates of a year and what pushes against them."""
    scale, keep = now.temperature("security"), 1.0 - security_raise - security_lower
    dear = log_odds(scale, cost, w.security_effort - w.security_effort_at_start)
    pushed = (log_odds(scale, fear, w.fear_of_instability - usual_fear_of_instability)
              + log_odds(scale, unrest, w.protest - usual_protest))
    w.security_utility[now.index("security", "raise")] += base_utility(scale, security_raise, keep) + pushed - dear
    w.security_utility[now.index("security", "lower")] += base_utility(scale, security_lower, keep) - pushed + dear


@rule(
    "focal.pays_for_order",
    "What is voted for order is spent.",
    claims=("DOM-38",),
    accounts=ALL,
    phase="answering",
    when="year",
    reads=("security_choice",),
    writes=("security_effort_change",),
    parameters=(Parameter("step", 0.05, 0.02, 0.1, "share", "step of a year", "assumption"),),
)
def pays_for_order(w: Fields, now: Moment, *, step: Array) -> None:
    """Move outlays by a step."""
    raised = w.security_choice[0] == now.index("security", "raise")
    lowered = w.security_choice[0] == now.index("security", "lower")
    w.security_effort_change += step * raised - step * lowered


@rule(
    "focal.weighs_censors",
    "Censors are let loose when people are restive, and reined in when they are not.",
    claims=("DOM-55", "NGO-17"),
    accounts=ALL,
    phase="answer_weighing",
    when="quarter",
    reads=("censorship", "protest", "profession_push", "is_core"),
    writes=("censor_utility",),
    rates=("censor_effort", "censor_tighten", "censor_ease"),
    parameters=(
        usual("protest"),
        Parameter("unrest", 6.0, 2.0, 15.0, "odds ratio", "odds of tightening at full protest, against none",
                  "DOM-55: stability before openness; assumption"),
        Parameter("press", 0.5, 0.2, 1.0, "odds ratio", "odds of tightening where reporters push on all core issues",
                  "DOM-55: public and press want openness; assumption"),
        Parameter("strain", 100.0, 20.0, 500.0, "odds ratio", "odds of easing at full effort, against none",
                  "NGO-17: volume outruns censors; assumption"),
    ),
)  # fmt: skip
def weighs_censors(
    w: Fields, now: Moment, *, censor_effort: Array, censor_tighten: Array, censor_ease: Array, usual_protest: Array,
    unrest: Array, press: Array, strain: Array,
) -> None:
    """Lay the base rates of a quarter, a pull to the usual effort, and what pushes against both."""
    scale, keep = now.temperature("censor"), 1.0 - censor_tighten - censor_ease
    reporters = (w.profession_push * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    pushed = log_odds(scale, unrest, w.protest - usual_protest) + log_odds(scale, press, reporters)
    pushed -= log_odds(scale, strain, w.censorship - censor_effort)
    w.censor_utility[now.index("censor", "tighten")] += base_utility(scale, censor_tighten, keep) + pushed
    w.censor_utility[now.index("censor", "ease")] += base_utility(scale, censor_ease, keep) - pushed


@rule(
    "focal.censors_begin",
    "Censors begin with their usual effort.",
    claims=("NGO-17",),
    accounts=ALL,
    phase="events",
    when="start",
    writes=("censorship",),
    rates=("censor_effort",),
)
def censors_begin(w: Fields, now: Moment, *, censor_effort: Array) -> None:
    """Lay the effort of the start."""
    w.censorship[...] = censor_effort


@rule(
    "focal.censors",
    "Censors do as they are told, unless the arm of a scenario says how much they do.",
    claims=("NGO-17", "DOM-55"),
    accounts=ALL,
    phase="answering",
    when="quarter",
    reads=("censor_choice", "lever_censorship"),
    writes=("censorship",),
    parameters=(Parameter("step", 0.1, 0.05, 0.2, "share", "step of a quarter", "assumption"),),
)
def censors(w: Fields, now: Moment, *, step: Array) -> None:
    """Move their effort by a step, or lay it."""
    tightened = w.censor_choice[0] == now.index("censor", "tighten")
    eased = w.censor_choice[0] == now.index("censor", "ease")
    w.censorship += step * tightened - step * eased
    w.censorship[...] = np.where(np.isnan(w.lever_censorship), w.censorship, w.lever_censorship)
    clip_share(w.censorship)


@rule(
    "focal.weighs_campaigns",
    "Campaigns at home answer the rival's words, campaigns abroad answer headlines.",
    claims=("TGT-26", "TGT-27", "TGT-34"),
    accounts=ALL,
    phase="answer_weighing",
    when="quarter",
    reads=("pressure_rival", "headline", "is_core"),
    writes=("propaganda_utility",),
    rates=("propaganda_home", "propaganda_abroad", "propaganda_both"),
    parameters=(
        Parameter("rival", 4.0, 1.5, 10.0, "odds ratio", "odds of a campaign at home at the rival's full word",
                  "TGT-27; assumption"),
        Parameter("shown", 4.0, 1.5, 10.0, "odds ratio", "odds of a campaign abroad at full headlines on the core",
                  "TGT-26; assumption"),
        Parameter("usual_rival", 0.2, 0.0, 0.5, "share", "usual strength of the rival's word",
                  "mean of 1990-98 as it was; measured", "constant"),
        Parameter("usual_headline", 0.13, 0.0, 0.8, "share", "usual headlines on the core",
                  "mean of 1990-98 as it was; measured", "constant"),
    ),
)  # fmt: skip
def weighs_campaigns(
    w: Fields, now: Moment, *, propaganda_home: Array, propaganda_abroad: Array, propaganda_both: Array, rival: Array,
    shown: Array, usual_rival: Array, usual_headline: Array,
) -> None:
    """Lay the base rates of a quarter and what pushes against them."""
    scale, none = now.temperature("propaganda"), 1.0 - propaganda_home - propaganda_abroad - propaganda_both
    seen = (w.headline * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    home = log_odds(scale, rival, w.pressure_rival.max(axis=0).clip(0.0, 1.0) - usual_rival)
    abroad = log_odds(scale, shown, seen - usual_headline)
    w.propaganda_utility[now.index("propaganda", "home")] += base_utility(scale, propaganda_home, none) + home
    w.propaganda_utility[now.index("propaganda", "abroad")] += base_utility(scale, propaganda_abroad, none) + abroad
    w.propaganda_utility[now.index("propaganda", "both")] += base_utility(scale, propaganda_both, none) + home + abroad


@rule(
    "focal.campaigns",
    "A campaign is remembered for some quarters.",
    claims=("TGT-26", "TGT-27"),
    accounts=ALL,
    phase="answering",
    when="quarter",
    reads=("propaganda_choice",),
    writes=("propaganda_home", "propaganda_abroad"),
)
def campaigns(w: Fields, now: Moment) -> None:
    """Move what is remembered halfway to what was done."""
    both = w.propaganda_choice[0] == now.index("propaganda", "both")
    approach(w.propaganda_home, both | (w.propaganda_choice[0] == now.index("propaganda", "home")), 0.5)
    approach(w.propaganda_abroad, both | (w.propaganda_choice[0] == now.index("propaganda", "abroad")), 0.5)


@rule(
    "focal.tells_it_as_subversion",
    "Campaigns at home tell a rival's criticism as subversion and containment, and people come to resent it.",
    claims=("TGT-27",),
    accounts=ALL,
    phase="learning",
    reads=("propaganda_home", "pressure_rival", "nationalism"),
    writes=("nationalism_change",),
    parameters=(
        Parameter("a_year", 0.05, 0.0, 0.15, "share a year", "of missing nationalism, at full campaigns and words",
                  "TGT-27; assumption"),
        Parameter("usual", 0.08, 0.0, 0.3, "share", "usual product of campaigns at home and the rival's word",
                  "mean of 1990-98 as it was; measured", "constant"),
    ),
)  # fmt: skip
def tells_it_as_subversion(w: Fields, now: Moment, *, a_year: Array, usual: Array) -> None:
    """Comes on top of what the word does by itself. Limits: what the state tells of others' words does nothing."""
    told = w.propaganda_home * w.pressure_rival.max(axis=0) - usual
    w.nationalism_change += share_a_year(w.nationalism, a_year, told)


@rule(
    "focal.media_are_managed",
    "Skilful handling of media sells improvement and makes abuse stale news.",
    claims=("TGT-26", "TGT-34"),
    accounts=ALL,
    phase="learning",
    reads=("propaganda_abroad", "media_visibility"),
    writes=("media_visibility_change",),
    parameters=(
        Parameter("a_month", 0.01, 0.0, 0.03, "share a month", "of the reach of reporting, under full campaigns abroad",
                  "TGT-26; assumption: a fifth in the long run"),
    ),
)  # fmt: skip
def media_are_managed(w: Fields, now: Moment, *, a_month: Array) -> None:
    """Lower the reach of reporting into publics abroad."""
    w.media_visibility_change -= a_month * w.propaganda_abroad * w.media_visibility


@rule(
    "focal.media_come_back",
    "Reporters come back where nothing keeps them away.",
    claims=("TGT-26",),
    accounts=ALL,
    phase="bookkeeping",
    reads=("media_visibility", "media_visibility_at_start"),
    writes=("media_visibility_change",),
    parameters=(
        Parameter("half_life", 36.0, 18.0, 72.0, "months", "half-life of reach lost", "assumption: three years"),
    ),
)  # fmt: skip
def media_come_back(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let reach return to where it began."""
    w.media_visibility_change += return_to(w.media_visibility, w.media_visibility_at_start, half_life)
