"""What words from abroad do to reform: public, private, joint, friendly, with credit given."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.catalogue.focal.reform.yearly import MARCH
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import factor, log_odds
from demarche.rules.kit.usual import usual

MOVABLE = Parameter("movable", 0.5, 0.5, 0.5, "share", "tractability from which an issue area counts as movable",
                    "definition of the links on pressure", "constant", "focal.heeds_words_on_the_core")  # fmt: skip
FULL_SKILL = Parameter("full", 0.4, 0.4, 0.4, "share", "skill gained in ten years of learning at its median rate",
                       "definition of the link: ten years of learning count as 1", "constant",
                       "focal.skill_wears_words")  # fmt: skip


def learned(w: Fields, full: Array) -> Array:
    """Return the skill gained since the start `(n_runs,)`, in parts of ten years of learning, at most 1."""
    gained: Array = ((w.skill - w.skill_at_start) / full).clip(0.0, 1.0)
    return gained


def loosen(w: Fields, now: Moment, link: Array, treatment: Array) -> None:
    """Add one link's push for loosening, as far as the monopoly lets it count."""
    push = log_odds(now.temperature("reform"), link, treatment)
    w.reform_utility[now.index("reform", "loosen")] += w.freeze * push


@rule(
    "focal.skill_wears_words",
    "A state that has learned to blunt advocacy yields less to the same words.",
    claims=("TGT-12",),
    accounts=ALL,
    phase="answer_weighing_common",
    reads=("skill", "skill_at_start"),
    writes=("pressure_yield",),
    links=("skill_yield",),
    parameters=(FULL_SKILL,),
)
def skill_wears_words(w: Fields, now: Moment, *, skill_yield: Array, full: Array) -> None:
    """Set what is left of a public word. Limits: learning beyond ten years adds nothing."""
    w.pressure_yield[...] = factor(skill_yield, learned(w, full))


@rule(
    "focal.discounts_conviction",
    "Words that speak of convictions alone, and of no interest, count for less with the focal state, or for more.",
    claims=("SND-07", "SND-09"),
    accounts=ALL,
    phase="answer_weighing_common",
    reads=("share_by_conviction",),
    writes=("pressure_yield",),
    links=("conviction_yield",),
    after=("focal.skill_wears_words",),
    parameters=(usual("share_by_conviction"),),
)
def discounts_conviction(w: Fields, now: Moment, *, conviction_yield: Array, usual_share_by_conviction: Array) -> None:
    """Change what is left of a public word. Limits: how words are argued tells; whether they are meant does not."""
    w.pressure_yield *= factor(conviction_yield, w.share_by_conviction - usual_share_by_conviction)


@rule(
    "focal.heeds_words_on_the_core",
    "Public pressure on what the regime lives by, sustained for years, may or may not change institutions.",
    claims=("PRS-01", "PRS-17", "PRS-31", "PRS-34", "TGT-12", "TGT-14"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("pressure_public", "pressure_yield", "tractability", "is_core", "freeze"),
    writes=("reform_utility",),
    links=("pressure_reform_core",),
    parameters=(MOVABLE,),
)
def heeds_words_on_the_core(w: Fields, now: Moment, *, pressure_reform_core: Array, movable: Array) -> None:
    """Weigh public words on core issues and on others that are hard to move."""
    hard = (w.is_core > 0.0) | (w.tractability < movable)
    loosen(w, now, pressure_reform_core, w.pressure_public * w.pressure_yield * hard)


@rule(
    "focal.heeds_words_on_the_movable",
    "Where nothing vital is at stake, and goals are shared, words from abroad are taken up.",
    claims=("DOM-51", "DOM-52"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("pressure_public", "pressure_yield", "tractability", "is_core", "freeze"),
    writes=("reform_utility",),
    links=("pressure_reform_movable",),
    parameters=(MOVABLE,),
)
def heeds_words_on_the_movable(w: Fields, now: Moment, *, pressure_reform_movable: Array, movable: Array) -> None:
    """Weigh public words on the issues that are left. Limits: tractability is as the documents rate it."""
    easy = (w.is_core == 0.0) & (w.tractability >= movable)
    loosen(w, now, pressure_reform_movable, w.pressure_public * w.pressure_yield * easy)


@rule(
    "focal.heeds_joint_naming",
    "Naming works where groups on the spot or third parties join in.",
    claims=("NGO-34", "NGO-35", "SND-17"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("pressure_public", "pressure_yield", "groups_on_issue", "freeze"),
    writes=("reform_utility",),
    links=("naming_with_local_groups",),
)
def heeds_joint_naming(w: Fields, now: Moment, *, naming_with_local_groups: Array) -> None:
    """Weigh public words as far as others speak on the same issue, on top of what the words do alone."""
    loosen(w, now, naming_with_local_groups, w.pressure_public * w.pressure_yield * w.groups_on_issue)


@rule(
    "focal.heeds_private_words",
    "Talk behind closed doors may move conduct slowly, or nothing.",
    claims=("DLG-01", "DLG-14", "PRS-27"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("pressure_private", "freeze"),
    writes=("reform_utility",),
    links=("private_reform",),
)
def heeds_private_words(w: Fields, now: Moment, *, private_reform: Array) -> None:
    """Weigh private representations on the issue; skill in countering publicity does not wear them."""
    loosen(w, now, private_reform, w.pressure_private)


@rule(
    "focal.heeds_friends",
    "The word of a partner weighs otherwise than that of a rival.",
    claims=(),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("pressure_friends", "pressure_yield", "freeze"),
    writes=("reform_utility",),
    links=("friend_word_reform",),
)
def heeds_friends(w: Fields, now: Moment, *, friend_word_reform: Array) -> None:
    """Weigh public words of states whose tie is above its median, beside what any public word does. No claim speaks of
    friends abroad: the link rests on the literature.
    """
    loosen(w, now, friend_word_reform, w.pressure_friends * w.pressure_yield)


@rule(
    "focal.heeds_credit",
    "Gains in welfare that are openly acknowledged make room for hard demands, or pass for approval.",
    claims=("SND-11", "NGO-05"),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("share_acknowledging", "pressure_public", "freeze"),
    writes=("reform_utility",),
    links=("acknowledge_openness",),
)
def heeds_credit(w: Fields, now: Moment, *, acknowledge_openness: Array) -> None:
    """Weigh pressure on the issue by how far words give credit first. Limits: skill does not wear this pressure."""
    loosen(w, now, acknowledge_openness, w.share_acknowledging * w.pressure_public)
