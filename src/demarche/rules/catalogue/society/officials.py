"""Local officials: why they accommodate, ignore or repress a protest, and what comes of it."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.usual import usual


@rule(
    "society.protest_is_met",
    "Officials can overlook small protests; others they must answer.",
    claims=("DOM-35", "DOM-39"),
    accounts=ALL,
    phase="events",
    reads=("issue_protest",),
    writes=("protest_met",),
    parameters=(
        Parameter("hold", 0.2, 0.1, 0.35, "share", "protest that officials can overlook", "assumption"),
    ),
)  # fmt: skip
def protest_is_met(w: Fields, now: Moment, *, hold: Array) -> None:
    """Lay on which issues officials decide this month."""
    w.protest_met[...] = w.issue_protest >= hold


@rule(
    "society.officials_answer",
    "Most protests are sat out; some are bought off, some are put down.",
    claims=("DOM-28", "DOM-35", "DOM-40"),
    accounts=ALL,
    phase="answer_weighing",
    writes=("officials_utility",),
    rates=("officials_accommodate", "officials_repress"),
)
def officials_answer(w: Fields, now: Moment, *, officials_accommodate: Array, officials_repress: Array) -> None:
    """Lay the base rates of an answer."""
    scale, ignore = now.temperature("officials"), 1.0 - officials_accommodate - officials_repress
    w.officials_utility[now.index("officials", "accommodate")] += base_utility(scale, officials_accommodate, ignore)
    w.officials_utility[now.index("officials", "repress")] += base_utility(scale, officials_repress, ignore)


@rule(
    "society.boldness_is_punished",
    "The bolder a protest, the likelier officials retaliate.",
    claims=("DOM-15", "DOM-35", "DOM-40"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("issue_protest",),
    writes=("officials_utility",),
    links=("protest_repression",),
    parameters=(
        Parameter("usual", 0.27, 0.27, 0.27, "share", "usual size of a protest that is met",
                  "mean of 1990-98 as it was under the common account, median draws; measured", "constant"),
    ),
)  # fmt: skip
def boldness_is_punished(w: Fields, now: Moment, *, protest_repression: Array, usual: Array) -> None:
    """Weigh protest on the issue against the usual one that is met."""
    push = log_odds(now.temperature("officials"), protest_repression, w.issue_protest - usual)
    w.officials_utility[now.index("officials", "repress")] += push


@rule(
    "society.monopoly_is_guarded",
    "What touches the ruling monopoly is put down sooner and bought off later.",
    claims=("DOM-18", "DOM-34", "DOM-35"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("threatens_monopoly",),
    writes=("officials_utility",),
    parameters=(
        Parameter("ratio", 2.0, 1.2, 4.0, "odds ratio", "of repression, and of not giving way, at full threat",
                  "DOM-35; assumption"),
        Parameter("mean_threat", 0.46, 0.3, 0.6, "share", "mean threat of the issue areas",
                  "cast; so that base rates hold", "constant"),
    ),
)  # fmt: skip
def monopoly_is_guarded(w: Fields, now: Moment, *, ratio: Array, mean_threat: Array) -> None:
    """Weigh the threat of the issue against the mean one."""
    push = log_odds(now.temperature("officials"), ratio, w.threatens_monopoly - mean_threat)
    w.officials_utility[now.index("officials", "repress")] += push
    w.officials_utility[now.index("officials", "accommodate")] -= push


@rule(
    "society.legitimacy_wanted",
    "A party that wants to look legitimate has little choice but to answer anger from below.",
    claims=("DOM-21",),
    accounts=ALL,
    phase="answer_weighing",
    reads=("legitimacy",),
    writes=("officials_utility", "crackdown_utility"),
    parameters=(
        usual("legitimacy"),
        Parameter("ratio", 4.0, 1.5, 10.0, "odds ratio", "odds of giving way without any legitimacy, against full",
                  "DOM-21; assumption"),
    ),
)  # fmt: skip
def legitimacy_wanted(w: Fields, now: Moment, *, usual_legitimacy: Array, ratio: Array) -> None:
    """Weigh what legitimacy falls short of its usual level: for local officials and for the leadership."""
    short = usual_legitimacy - w.legitimacy
    w.officials_utility[now.index("officials", "accommodate")] += log_odds(now.temperature("officials"), ratio, short)
    w.crackdown_utility[now.index("crackdown", "concede")] += log_odds(now.temperature("crackdown"), ratio, short)


@rule(
    "society.officials_have_means",
    "Where much is spent on order, officials use it; those who are for sale do not.",
    claims=("DOM-28", "DOM-38"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("security_effort", "venality"),
    writes=("officials_utility",),
    parameters=(
        usual("security_effort"),
        Parameter("means", 3.0, 1.0, 8.0, "odds ratio", "of repression at full effort on order, against none",
                  "DOM-38; assumption"),
        Parameter("venal", 0.5, 0.25, 0.9, "odds ratio", "of repression where officials are for sale",
                  "DOM-28: unwilling to enforce; assumption"),
    ),
)  # fmt: skip
def officials_have_means(
    w: Fields, now: Moment, *, usual_security_effort: Array, means: Array, venal: Array
) -> None:
    """Weigh outlays against their usual level, and venality against its mean."""
    scale = now.temperature("officials")
    push = log_odds(scale, means, w.security_effort - usual_security_effort) + log_odds(scale, venal, w.venality - 0.5)
    w.officials_utility[now.index("officials", "repress")] += push


@rule(
    "society.protest_bought_off",
    "Who is given something has less to complain of and thinks better of the rulers.",
    claims=("DOM-21",),
    accounts=ALL,
    phase="answering",
    reads=("officials_choice", "protest_met", "grievance", "legitimacy", "issue_protest"),
    writes=("grievance_change", "legitimacy_change", "protest_event"),
    parameters=(
        Parameter("settled", 0.15, 0.05, 0.3, "share", "part of a grievance that is settled", "assumption"),
        Parameter("credit", 0.01, 0.0, 0.03, "share", "part of missing legitimacy won", "DOM-21; assumption"),
    ),
)  # fmt: skip
def protest_bought_off(w: Fields, now: Moment, *, settled: Array, credit: Array) -> None:
    """Settle grievances where officials gave way, and note every answer. Limits: standing practice is reform's."""
    given = (w.officials_choice == now.index("officials", "accommodate")) * w.protest_met
    w.grievance_change -= settled * given * w.grievance
    w.legitimacy_change += credit * (given * w.issue_protest).sum(axis=0) * (1.0 - w.legitimacy)
    w.protest_event[...] = w.protest_met * (1 + w.officials_choice)


@rule(
    "society.protest_put_down",
    "Who uses political rights for social claims is treated as an opponent: protest breaks off, grievance stays.",
    claims=("DOM-32", "DOM-35", "DOM-40"),
    accounts=ALL,
    phase="answering",
    reads=("officials_choice", "protest_met", "practice", "activist_risk", "grievance"),
    writes=("practice_change", "activist_risk_change", "grievance_change", "issue_protest"),
    parameters=(
        Parameter("blow", 0.015, 0.005, 0.04, "share", "fall of practice on the issue, of what is there",
                  "DOM-35; assumption: back within a year"),
        Parameter("alarm", 0.01, 0.0, 0.03, "share", "rise of activists' risk, of what is missing",
                  "DOM-40; assumption"),
        Parameter("wound", 0.02, 0.0, 0.06, "share", "rise of grievance, of what is missing",
                  "DOM-35: no answer to what was asked; assumption"),
        Parameter("broken", 0.4, 0.1, 0.7, "share", "part of the protest that breaks off", "assumption"),
    ),
)  # fmt: skip
def protest_put_down(
    w: Fields, now: Moment, *, blow: Array, alarm: Array, wound: Array, broken: Array
) -> None:
    """Carry out repression on each issue. Limits: who is detained is another decision."""
    struck = (w.officials_choice == now.index("officials", "repress")) * w.protest_met
    w.practice_change -= blow * struck * w.practice
    w.activist_risk_change += alarm * struck.sum(axis=0) * (1.0 - w.activist_risk)
    w.grievance_change += wound * struck * (1.0 - w.grievance)
    w.issue_protest *= 1.0 - broken * struck


@rule(
    "society.venality_abuses",
    "Officials who are for sale commit abuses of their own.",
    claims=("DOM-28", "DOM-47"),
    accounts=ALL,
    phase="society",
    reads=("venality", "practice"),
    writes=("practice_change",),
    parameters=(
        Parameter("loss", 0.004, 0.0, 0.012, "share a month", "practice lost where all are for sale, against the mean",
                  "DOM-28; assumption: a few hundredths of standing practice"),
    ),
)  # fmt: skip
def venality_abuses(w: Fields, now: Moment, *, loss: Array) -> None:
    """Move practice by what venality exceeds its mean. Limits: lasting, by issue area."""
    w.practice_change -= loss * (w.venality - 0.5) * w.practice
