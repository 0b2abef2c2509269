"""Offices that act by themselves: High Commissioner, labour organisation, lenders, experts, members in a hurry."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.bodies.committees import enter
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import change, log_odds, loss
from demarche.rules.kit.rates import base_utility
from demarche.world.fields.bodies import COMPLAINTS, GRADES, LENDING


@rule(
    "bodies.shock",
    "For a year after an open challenge was put down everybody has it in mind.",
    claims=("UNB-14", "PRS-04"), accounts=ALL, phase="events", reads=("emergency",), calendar=("crackdown",),
    writes=("shock_now", "shock_memory"),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 18.0, "months", "half-life of the memory", "assumption: a year"),
        Parameter("months", 2.0, 1.0, 3.0, "months", "time in which members can be called together", "assumption"),
    ),
)  # fmt: skip
def shock(w: Fields, now: Moment, *, half_life: Array, months: Array) -> None:
    """Limits: shocks of the calendar; half an emergency or more counts as one that goes on."""
    w.shock_now[...] = now.months_since("crackdown") < months
    fade(w.shock_memory, half_life)
    np.maximum(w.shock_memory, np.maximum(w.shock_now, 1.0 * (w.emergency > 0.5)), out=w.shock_memory)


@rule(
    "bodies.commissioner_weighs_stance",
    "Each year the High Commissioner is quiet, criticises, agrees on projects, or both; an agreement in force mutes.",
    claims=("UNB-03", "UNB-04", "UNB-19"), accounts=ALL, phase="weighing", when="year",
    rates=("commissioner_agreement", "commissioner_criticism"), links=("cooperation_scrutiny",),
    reads=("agreement", "taken_up", "shock_memory"), writes=("stance_utility",),
    parameters=(
        Parameter("cause", 3.0, 1.0, 6.0, "odds ratio", "odds of criticism with a shock or an urging finding in mind",
                  "UNB-19, UNB-14; assumption"),
    ),
)  # fmt: skip
def commissioner_weighs_stance(
    w: Fields, now: Moment, *, cause: Array, commissioner_agreement: Array, commissioner_criticism: Array,
    cooperation_scrutiny: Array,
) -> None:  # fmt: skip
    """Limits: both together as often as chance has it."""
    scale = now.temperature("stance")
    chance = commissioner_criticism * loss(cooperation_scrutiny, w.agreement)
    criticise = base_utility(scale, chance, 1.0 - chance)
    criticise = criticise + log_odds(scale, cause, np.maximum(w.shock_memory, w.taken_up.max(axis=0)))
    agree = base_utility(scale, commissioner_agreement, 1.0 - commissioner_agreement)
    for name, term in (("criticise", criticise), ("agree_projects", agree), ("both", criticise + agree)):
        w.stance_utility[now.index("stance", name)] += term


@rule(
    "bodies.commissioner_stands",
    "Criticism is a word on what is gravest; agreed projects run for years and train officials.",
    claims=("UNB-03", "UNB-04", "UNB-05", "DLG-13"), accounts=ALL, phase="acting", when="year",
    reads=("stance_choice", "body_is_commissioner", "evidence", "practice"),
    writes=("un_words", "agreement_months", "stance_event"),
    parameters=(Parameter("runs", 36.0, 24.0, 60.0, "months", "time that an agreement runs",
                          "UNB-03: three years in 2005"),),
)  # fmt: skip
def commissioner_stands(w: Fields, now: Moment, *, runs: Array) -> None:
    """Limits: one issue a year."""
    here = w.body_is_commissioner > 0.0
    criticises, agrees = (
        (((w.stance_choice == now.index("stance", name)) | (w.stance_choice == now.index("stance",
                                                                                         "both"))) & here).any(
            axis=0
        )
        for name in ("criticise", "agree_projects")
    )
    gravest = (w.evidence * (1.0 - w.practice)).argmax(axis=0)
    (spoken,) = np.nonzero(criticises)
    w.un_words[gravest[spoken], spoken] += 1.0
    np.copyto(w.agreement_months, runs, where=agrees)
    w.stance_event[...] = w.stance_choice * here


@rule(
    "bodies.agreement_runs",
    "A technical agreement is in force until its time is over, and pays for courses.",
    claims=("UNB-03", "UNB-04"), accounts=ALL, phase="bookkeeping", writes=("agreement_months", "agreement"),
)  # fmt: skip
def agreement_runs(w: Fields, now: Moment) -> None:
    """Limits: a new one starts the time anew."""
    w.agreement[...] = w.agreement_months > 0.0
    np.maximum(w.agreement_months - 1.0, 0.0, out=w.agreement_months)


@rule(
    "ngos.weighs_complaint",
    "Only unions can file with the labour organisation and only campaigners ask for an inspection, both with evidence.",
    claims=("UNB-23", "UNB-25", "UNB-15"), accounts=ALL, phase="weighing", when="year",
    rates=("complaint_labour", "complaint_inspection"),
    reads=("ngo_is_union", "ngo_is_campaigner", "ngo_is_open", "ngo_evidence", "body_is_labour", "body_is_lender",
           "body_covers"),
    writes=("complaint_utility",),
    parameters=(
        Parameter("evidence", 4.0, 2.0, 8.0, "odds ratio", "odds at full evidence against half of it",
                  "UNB-25; assumption"),
        Parameter("never", 50.0, 20.0, 100.0, "utility", "weight against who has no standing", "a number beyond doubt",
                  "constant"),
    ),
)  # fmt: skip
def weighs_complaint(
    w: Fields, now: Moment, *, evidence: Array, never: Array, complaint_labour: Array, complaint_inspection: Array
) -> None:
    """Limits: the rate is that of all who have standing together."""
    scale = now.temperature("complaint")
    for name, rate, standing, body in (
        ("file_labour", complaint_labour, w.ngo_is_union, w.body_is_labour),
        ("ask_inspection", complaint_inspection, w.ngo_is_campaigner, w.body_is_lender),
    ):
        entitled = standing * w.ngo_is_open * body.max()
        each = rate / np.maximum(entitled.sum(axis=0), 1.0)
        known = (w.ngo_evidence * (body[:, None] * w.body_covers).max(axis=0)).max(axis=1)
        term = base_utility(scale, each, 1.0 - each) + scale * np.log(evidence) * (known - 0.5)
        w.complaint_utility[now.index("complaint", name)] += term - scale * never * (entitled == 0.0)


@rule(
    "ngos.files_complaint",
    "A complaint goes to the body that has to hear it, with what the group knows.",
    claims=("UNB-23", "UNB-25"), accounts=ALL, phase="acting", when="year",
    reads=("complaint_choice", "body_is_labour", "body_is_lender", "ngo_evidence", "body_covers"),
    writes=("complaint_pending", "complaint_open", "filing_event", "body_evidence"),
)  # fmt: skip
def files_complaint(w: Fields, now: Moment) -> None:
    """Limits: one complaint a body at a time."""
    w.filing_event[...] = w.complaint_choice
    for name, body in (("file_labour", w.body_is_labour), ("ask_inspection", w.body_is_lender)):
        filing = w.complaint_choice == now.index("complaint", name)
        known = (w.ngo_evidence * filing[:, None]).max(axis=0)
        np.maximum(w.body_evidence, known * body[:, None] * w.body_covers, out=w.body_evidence)
        filed = filing.any(axis=0) & (body > 0.0) & (w.complaint_pending == 0.0)
        w.complaint_pending[filed] = 1.0
        w.complaint_open[filed] = 1.0


@rule(
    "bodies.weighs_admission",
    "Bodies take up most complaints of unions, and half of the requests for an inspection.",
    claims=("UNB-23", "UNB-24", "UNB-25"), accounts=ALL, phase="vote_weighing", trigger="complaint_pending",
    rates=("complaint_admitted", "complaint_inspection_admitted"), reads=("body_is_labour", "complaint_pending"),
    writes=("admit_complaint_utility",),
)  # fmt: skip
def weighs_admission(
    w: Fields, now: Moment, *, complaint_admitted: Array, complaint_inspection_admitted: Array
) -> None:
    """Limits: the evidence counted when it was filed."""
    chance = np.where(w.body_is_labour > 0.0, complaint_admitted, complaint_inspection_admitted)
    term = base_utility(now.temperature("admit_complaint"), chance, 1.0 - chance)
    w.admit_complaint_utility[now.index("admit_complaint", "admit")] += term * w.complaint_pending


@rule(
    "bodies.hears_complaint",
    "An admitted complaint ends within two years, more often than not with a finding.",
    claims=("UNB-23", "UNB-25", "UNB-26"), accounts=ALL, phase="un_bodies", trigger="complaint_open",
    rates=("complaint_found",), draws=("found",
                                                                                                               "when"),
    after=("bodies.finds",), reads=("admit_complaint_choice", "body_covers"),
    writes=("complaint_pending", "complaint_open", "complaint_event", "inspected", "finding_row_body",
            "finding_row_issue",
            "finding_row_grade", "finding_row_step", "finding_row_taken_step", "finding_row_next", "finding_row_event",
            "un_words"),
)  # fmt: skip
def hears_complaint(w: Fields, now: Moment, *, complaint_found: Array) -> None:
    """Limits: it ends in one of the months of two years, each as likely."""
    waiting = w.complaint_pending > 0.0
    admitted = waiting & (w.admit_complaint_choice > 0)
    w.complaint_event[waiting & ~admitted] = code_of(COMPLAINTS, "rejected")
    w.complaint_event[admitted] = code_of(COMPLAINTS, "admitted")
    w.complaint_pending[waiting] = 0.0
    ending = ~waiting & (w.complaint_open > 0.0) & (now.draw("when", "body") * w.complaint_open < 1.0)
    np.maximum(w.complaint_open - 1.0, 0.0, out=w.complaint_open)
    w.complaint_open[ending] = 0.0
    w.complaint_open[admitted] = 2.0 * 12.0
    found = ending & (now.draw("found", "body") < complaint_found)
    w.complaint_event[found] = code_of(COMPLAINTS, "found")
    np.maximum(w.inspected, found, out=w.inspected)
    body, runs = cells(found)
    order = np.argsort(runs, kind="stable")
    body, runs = body[order], runs[order]
    enter(w, now, body, w.body_covers[body, :, 0].argmax(axis=1), runs, np.full(len(runs), float(len(GRADES))))


@rule(
    "bodies.lenders_weigh",
    "After a shock lenders hold, later they lend again; an inspection that finds fault brings conditions.",
    claims=("PRS-04", "UNB-24", "UNB-25", "UNB-26"), accounts=ALL, phase="vote_weighing", when="quarter",
    rates=("lend_condition", "lend_hold", "sanction_impose", "sanction_lift"),
    reads=("shock_memory", "lending_held", "inspected"), writes=("lend_utility",),
    parameters=(
        Parameter("fault", 6.0, 2.0, 12.0, "odds ratio", "odds of conditions after an inspection that found fault",
                  "UNB-25; assumption"),
    ),
)  # fmt: skip
def lenders_weigh(
    w: Fields, now: Moment, *, fault: Array, lend_condition: Array, lend_hold: Array, sanction_impose: Array,
    sanction_lift: Array,
) -> None:  # fmt: skip
    """Limits: what is held is lifted at the rate of sanctions."""
    scale = now.temperature("lend")
    begin = lend_hold + (sanction_impose - lend_hold) * w.shock_memory
    hold = np.where(w.lending_held > 0.0, 1.0 - sanction_lift, begin)
    lends = np.maximum(1.0 - hold - lend_condition, lend_condition)
    w.lend_utility[now.index("lend", "hold")] += base_utility(scale, hold, lends)
    faulty = log_odds(scale, fault, w.inspected.max(axis=0))
    w.lend_utility[now.index("lend", "condition")] += base_utility(scale, lend_condition, lends) + faulty


@rule(
    "bodies.lending",
    "What multilateral banks lend falls when they hold, and after a charter body has adopted a text.",
    claims=("PRS-04", "UNB-24", "UNB-25"), accounts=ALL, phase="society", links=("censure_lending",),
    reads=("lend_choice", "body_is_lender", "text_event"),
    writes=("lending", "lending_held", "lending_condition", "lending_event", "censured", "inspected"),
    parameters=(
        Parameter("year", 12.0, 6.0, 24.0, "months", "half-life of a censure and of an inspection with lenders",
                  "assumption"),
        Parameter("conditioned", 0.8, 0.5, 1.0, "share", "lending on conditions, against free lending",
                  "UNB-26; assumption"),
    ),
)  # fmt: skip
def lending(w: Fields, now: Moment, *, year: Array, conditioned: Array, censure_lending: Array) -> None:
    """Limits: lenders weigh alike."""
    fade(w.censured, year)
    fade(w.inspected, year)
    w.censured[w.text_event == 2] = 1.0
    lender = w.body_is_lender > 0.0
    n_lenders = max(float(w.body_is_lender.sum()), 1.0)
    holds, conditions = ((w.lend_choice == now.index("lend", name)) & lender for name in ("hold", "condition"))
    held, limited = holds.sum(axis=0) / n_lenders, conditions.sum(axis=0) / n_lenders
    w.lending_event[holds & (w.lending_held == 0.0)] = code_of(LENDING, "held")
    w.lending_event[conditions & (w.lending_condition == 0.0)] = code_of(LENDING, "conditioned")
    w.lending_event[lender & ~holds & (w.lending_held > 0.0)] = code_of(LENDING, "resumed")
    w.lending_held[...] = held
    w.lending_condition[...] = limited
    w.lending[...] = (1.0 - held - (1.0 - conditioned) * limited) * change(censure_lending, w.censured)


@rule(
    "bodies.experts_weigh_ballot",
    "Experts vote in secret and are freer than their governments; a shock moves them.",
    claims=("UNB-14", "UNB-05"), accounts=ALL, phase="vote_weighing", when="expert_session",
    rates=("sub_commission_text", "sub_commission_text_calm"), reads=("shock_memory", "like_minded_share",
                                                                      "body_evidence"),
    writes=("expert_ballot_utility",),
    parameters=(
        Parameter("freer", 0.5, 0.0, 1.0, "log odds", "how much freer than their governments they are", "assumption"),
        Parameter("quarter", 0.25, 0.25, 0.25, "share", "share of like-minded seats that counts as none", "definition",
                  "constant"),
        Parameter("governments", 1.0, 0.0, 2.0, "log odds", "pull of the like-minded at half the seats",
                  "COA-04; assumption"),
    ),
)  # fmt: skip
def experts_weigh_ballot(
    w: Fields, now: Moment, *, freer: Array, quarter: Array, governments: Array, sub_commission_text: Array,
    sub_commission_text_calm: Array,
) -> None:  # fmt: skip
    """Limits: the text names the focal state; its words are not modelled."""
    scale = now.temperature("expert_ballot")
    shocked = base_utility(scale, sub_commission_text, 1.0 - sub_commission_text)
    calm = base_utility(scale, sub_commission_text_calm, 1.0 - sub_commission_text_calm)
    like_minded = np.clip((w.like_minded_share - quarter) / quarter, 0.0, 1.0)
    pull = governments * (1.0 - freer) * like_minded
    known = w.body_evidence.max(axis=1)
    term = calm + (shocked - calm) * w.shock_memory - scale * pull + scale * known * (1.0 - w.shock_memory)
    w.expert_ballot_utility[now.index("expert_ballot", "adopt")] += term


@rule(
    "bodies.experts_vote",
    "A text of the experts is said in the name of the United Nations, and the charter body finds it in its papers.",
    claims=("UNB-14", "UNB-05"), accounts=ALL, phase="un_bodies", when="expert_session",
    reads=("expert_ballot_choice", "body_is_experts", "body_is_charter", "is_core"),
    writes=("un_words", "ballot_event", "body_evidence"),
    parameters=(Parameter("filed", 0.3, 0.1, 0.5, "share", "part of the missing evidence that a text adds",
                          "assumption"),),
)  # fmt: skip
def experts_vote(w: Fields, now: Moment, *, filed: Array) -> None:
    """Limits: on the core only."""
    here = w.body_is_experts > 0.0
    adopted = (w.expert_ballot_choice == now.index("expert_ballot", "adopt")) & here
    w.ballot_event[...] = here * (1 + adopted)
    text = adopted.any(axis=0) * w.is_core
    w.un_words += text
    w.body_evidence += filed * text * w.body_is_charter[:, None] * (1.0 - w.body_evidence)


@rule(
    "bodies.members_weigh_special_session",
    "After a shock members may call a special session; the like-minded block it.",
    claims=("UNB-12", "COA-02", "UNB-14"), accounts=ALL, phase="vote_weighing", trigger="shock_now",
    rates=("special_session_called",), reads=("shock_now",), writes=("special_session_utility",),
)  # fmt: skip
def members_weigh_special_session(w: Fields, now: Moment, *, special_session_called: Array) -> None:
    """Limits: the wish only; whether it is blocked is counted afterwards."""
    term = base_utility(now.temperature("special_session"), special_session_called, 1.0 - special_session_called)
    w.special_session_utility[now.index("special_session", "call")] += term * w.shock_now


@rule(
    "bodies.special_session_meets",
    "A special session meets unless the like-minded stop it; with half of the seats they can.",
    claims=("UNB-12", "COA-02"), accounts=ALL, phase="un_bodies", trigger="shock_now", draws=("blocked",),
    reads=("special_session_choice", "shock_now", "body_is_charter", "like_minded_share", "is_core"),
    writes=("un_words", "special_session_event", "body_evidence"),
    parameters=(
        Parameter("block", 2.0, 1.0, 3.0, "multiplier", "chance of a block a share of like-minded seats",
                  "UNB-12: blocked in 1990; assumption: half of the seats stop it for sure"),
        Parameter("filed", 0.3, 0.1, 0.5, "share", "part of the missing evidence that a session adds", "assumption"),
    ),
)  # fmt: skip
def special_session_meets(w: Fields, now: Moment, *, block: Array, filed: Array) -> None:
    """Limits: one a month."""
    called = (w.special_session_choice > 0) & (w.body_is_charter > 0.0) & (w.shock_now > 0.0)
    blocked = now.draw("blocked") < block * w.like_minded_share
    w.special_session_event[...] = called * (1 + blocked)
    held = (called & ~blocked).any(axis=0) * w.is_core
    w.un_words += held
    w.body_evidence += filed * held * w.body_is_charter[:, None] * (1.0 - w.body_evidence)


@rule(
    "bodies.words_fade",
    "Words said through UN bodies fade like any; their share in public words tells how the state is named.",
    claims=("UNB-22", "UNB-05"), accounts=ALL, phase="bookkeeping", reads=("pressure_public",),
    writes=("un_words", "share_through_un"),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of words", "assumption: a year"),
        Parameter("weight", 0.3, 0.1, 1.0, "share", "weight of a word through the United Nations against full pressure",
                  "assumption"),
    ),
)  # fmt: skip
def words_fade(w: Fields, now: Moment, *, half_life: Array, weight: Array) -> None:
    """Limits: no share without any word."""
    fade(w.un_words, half_life)
    through = weight * np.minimum(w.un_words, 1.0).sum(axis=0)
    said = through + w.pressure_public.sum(axis=0)
    np.divide(through, said, out=w.share_through_un, where=said > 0.0)


@rule(
    "bodies.conferences_agree",
    "A world conference ends in a text by consensus: the state professes more, and gives critics a yardstick.",
    claims=("UNB-27", "COA-03"), accounts=ALL, phase="un_bodies", when="norm_conference", calendar=("norm_conference",),
    reads=("commitment", "threatens_monopoly"), writes=("commitment_change",),
    parameters=(Parameter("agreed", 0.05, 0.0, 0.15, "share",
                          "part of missing commitment that a full conference makes up "
                          "where nothing is at stake", "UNB-27; assumption"),),
)  # fmt: skip
def conferences_agree(w: Fields, now: Moment, *, agreed: Array) -> None:
    """Limits: less where the monopoly is at stake, since reservations of the like-minded enter the text."""
    held = agreed * now.strength("norm_conference")
    w.commitment_change += held * (1.0 - w.threatens_monopoly) * (1.0 - w.commitment)
