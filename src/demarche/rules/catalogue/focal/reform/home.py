"""What conviction, citizens, protest and claims of success do to reform."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.catalogue.focal.reform.words import loosen
from demarche.rules.catalogue.focal.reform.yearly import MARCH
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.usual import usual


def tighten(w: Fields, now: Moment, link: Array, treatment: Array) -> None:
    """Add one link's push for tightening, as far as the monopoly lets it count."""
    push = log_odds(now.temperature("reform"), link, treatment)
    w.reform_utility[now.index("reform", "tighten")] += w.freeze_of_tightening * push


@rule(
    "focal.acts_on_conviction",
    "Norms that officials hold as their own become practice, in decades rather than years, or stay words.",
    claims=("DOM-06", "DOM-07", "TGT-14"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("internalisation", "freeze"),
    writes=("reform_utility",),
    links=("internalisation_reform",),
    parameters=(usual("internalisation"),),
)
def acts_on_conviction(w: Fields, now: Moment, *, internalisation_reform: Array, usual_internalisation: Array) -> None:
    """Weigh conviction against its usual level, on every issue alike."""
    loosen(w, now, internalisation_reform, w.internalisation - usual_internalisation)


@rule(
    "focal.citizens_move_the_core",
    "Citizens who press day in and day out widen civil-political room, or are met by an apparatus that outlasts them.",
    claims=("DOM-20", "DOM-15", "DOM-01"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("demands", "is_core", "freeze"),
    writes=("reform_utility",),
    links=("citizens_reform_core",),
    parameters=(usual("demands"),),
)
def citizens_move_the_core(w: Fields, now: Moment, *, citizens_reform_core: Array, usual_demands: Array) -> None:
    """Weigh what citizens demand on the core, against its usual level."""
    loosen(w, now, citizens_reform_core, (w.demands - usual_demands) * w.is_core)


@rule(
    "focal.citizens_move_the_rest",
    "Citizens who press outside the core move land, pay, pollution and procedure, or are not heard.",
    claims=("DOM-20", "DOM-21"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("demands", "is_core", "freeze"),
    writes=("reform_utility",),
    links=("citizens_reform_other",),
    parameters=(usual("demands"),),
)
def citizens_move_the_rest(w: Fields, now: Moment, *, citizens_reform_other: Array, usual_demands: Array) -> None:
    """Weigh what citizens demand outside the core, against its usual level."""
    loosen(w, now, citizens_reform_other, (w.demands - usual_demands) * (1.0 - w.is_core))


@rule(
    "focal.nationalism_stiffens",
    "A nationalist public makes rulers less ready to be seen giving way.",
    claims=("DOM-29", "DOM-30"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("nationalism", "is_core", "is_overlap", "freeze"),
    writes=("reform_utility",),
    links=("nationalism_reform",),
    parameters=(usual("nationalism"),),
)
def nationalism_stiffens(w: Fields, now: Moment, *, nationalism_reform: Array, usual_nationalism: Array) -> None:
    """Weigh nationalism against its usual level, on civil and political issues."""
    political = w.is_core + w.is_overlap
    loosen(w, now, nationalism_reform, (w.nationalism - usual_nationalism) * political)


@rule(
    "focal.represses_protest",
    "Protest is taken for a challenge, and what it touches is tightened.",
    claims=("DOM-15", "DOM-32", "DOM-35", "DOM-38", "DOM-40"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("issue_protest", "freeze_of_tightening"),
    writes=("reform_utility",),
    links=("protest_repression",),
    parameters=(usual("issue_protest"),),
)
def represses_protest(w: Fields, now: Moment, *, protest_repression: Array, usual_issue_protest: Array) -> None:
    """Weigh protest on the issue against its usual level."""
    tighten(w, now, protest_repression, w.issue_protest - usual_issue_protest)


@rule(
    "focal.takes_silence_for_licence",
    "A state that believes repression costs nothing represses more.",
    claims=("PRS-28", "PRS-35"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("belief_costless", "freeze_of_tightening"),
    writes=("reform_utility",),
    links=("silence_licence",),
    parameters=(usual("belief_costless"),),
)
def takes_silence_for_licence(w: Fields, now: Moment, *, silence_licence: Array, usual_belief_costless: Array) -> None:
    """Weigh the belief against its usual level, on every issue alike."""
    tighten(w, now, silence_licence, w.belief_costless - usual_belief_costless)


@rule(
    "focal.takes_welfare_for_licence",
    "Claimed success in welfare is held up as licence for political restriction.",
    claims=("TGT-30", "NGO-05"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("welfare_claim", "is_core", "is_overlap", "freeze_of_tightening"),
    writes=("reform_utility",),
    links=("welfare_licence",),
    parameters=(usual("welfare_claim"),),
)
def takes_welfare_for_licence(w: Fields, now: Moment, *, welfare_licence: Array, usual_welfare_claim: Array) -> None:
    """Weigh the claim against its usual level, on civil and political issues."""
    tighten(w, now, welfare_licence, (w.welfare_claim - usual_welfare_claim) * (w.is_core + w.is_overlap))
