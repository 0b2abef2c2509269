"""Legal defence: partners abroad make the defence of a person stronger, and courts know that they are watched."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.ngos.briefing import picked
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.links import log_odds, share_a_year
from demarche.rules.kit.tactics import CREDIT, MEMORY, learn, quarterly, users


@rule(
    "ngos.defends",
    "A group with access partners the defence of one detained person, sooner on its own issue and of the well-known.",
    claims=("NGO-14", "NGO-16", "DOM-48"), accounts=ALL, phase="acting", when="quarter", draws=("person", "door"),
    reads=("ngo_tactic_choice", "ngo_focus", "ngo_access", "person_is_detained", "person_issue", "person_fame"),
    writes=("person_defended", "ngo_yield", "ngo_results"),
    parameters=(
        MEMORY,
        CREDIT,
        Parameter("own", 3.0, 1.0, 6.0, "multiplier", "weight of persons on its own issue", "assumption"),
        Parameter("unknown", 0.1, 0.02, 0.3, "share", "weight of a person nobody knows, against full fame",
                  "assumption"),
        Parameter("counts", 12.0, 6.0, 24.0, "months", "time for which a defence counts", "assumption: a year"),
    ),
)  # fmt: skip
def defends(
    w: Fields, now: Moment, *, memory: Array, credit: Array, own: Array, unknown: Array, counts: Array
) -> None:
    """Limits: without access nothing comes of it."""
    tactic = now.index("ngo_tactic", "defend")
    who, issue = users(w.ngo_tactic_choice, tactic, w.ngo_focus)
    runs = who[1]
    known = w.person_is_detained[:, runs] * (unknown[runs] + w.person_fame[:, runs])
    weight = known * np.where(w.person_issue[:, runs] == issue, own[runs], 1.0)
    person = picked(weight, np.arange(len(runs)), now.draw("person", "ngo")[who])
    inside = (now.draw("door", "ngo")[who] < w.ngo_access[who]) & (weight.sum(axis=0) > 0.0)
    w.person_defended[person[inside], runs[inside]] = now.step + counts[runs[inside]]
    learn(w.ngo_yield, tactic, who, issue, real(inside), quarterly(memory))
    w.ngo_results[who] += credit[runs] * inside * (1.0 - w.ngo_results[who])


@rule(
    "ngos.defence_helps",
    "A person whose defence has partners abroad is more likely to be treated better.",
    claims=("NGO-14",), accounts=ALL, phase="answer_weighing", reads=("person_defended",), writes=("answer_utility",),
    parameters=(Parameter("odds", 1.5, 1.0, 3.0, "odds ratio", "odds of better treatment", "NGO-14; assumption"),),
)  # fmt: skip
def defence_helps(w: Fields, now: Moment, *, odds: Array) -> None:
    """Limits: who is treated better once stays so; release is not moved."""
    people, runs = cells(w.person_defended >= now.step)
    w.answer_utility[now.index("answer", "treat_better"), people, runs] += log_odds(
        now.temperature("answer"), odds, 1.0
    )[runs]


@rule(
    "ngos.defence_invigorates",
    "Repeated vigorous defence shows courts their own rules.",
    claims=("NGO-15",), accounts=ALL, phase="society", when="quarter",
    reads=("person_defended", "person_is_detained", "is_procedural", "formal_law"), writes=("formal_law_change",),
    parameters=(Parameter("gain", 0.03, 0.0, 0.08, "share a year", "law on procedure with everybody defended",
                          "NGO-15: slow; assumption"),),
)  # fmt: skip
def defence_invigorates(w: Fields, now: Moment, *, gain: Array) -> None:
    """Limits: procedure only; a quarter's part at once."""
    defended = ((w.person_defended >= now.step) * w.person_is_detained).sum(axis=0)
    share = defended / np.maximum(w.person_is_detained.sum(axis=0), 1.0)
    quarter = 12.0 / (2.0 * 2.0)
    w.formal_law_change += quarter * share_a_year(w.formal_law, gain, share * w.is_procedural)
