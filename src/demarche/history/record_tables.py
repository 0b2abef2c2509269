"""The record as output tables, so that the very same checks measure it.

One run, one arm, one pack, all called `record`. The record is not a run with dialogue alone:
P19 and P24 taken on it are weak evidence and say so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from demarche.history import record
from demarche.history.patterns.gates import check_gates
from demarche.history.patterns.verdict import Verdict
from demarche.history.tables import Tables, months_between

if TYPE_CHECKING:
    import pandas as pd

NAME = "record"
START = "1989-06"
END = "1998-12"
CORE_TREATIES = ("CEDAW", "ICERD", "CAT", "CRC", "ICESCR", "ICCPR")
STAGE = {"signed": 0.5, "ratified": 1.0}
NOTES = {
    "P05": "absent members left out",
    "P16": "bilateral dialogues only, lists complete for two years: too thin to judge by",
    "P19": "dialogues ran beside motions: no stretch of the record is dialogue alone",
    "P24": "not a quiet arm: the record as a whole",
    "P32": "commitment: mean over six core treaties, a signature counting one half",
}


def check_record() -> list[Verdict]:
    """Return the gate measures taken on the record itself, with notes on what they can bear."""
    verdicts = check_gates(record_tables(), NAME, NAME, NAME)
    return [replace(v, note="; ".join(filter(None, (v.note, NOTES.get(v.pattern, ""))))) for v in verdicts]


def record_tables() -> Tables:
    """Return the record of 1989 to 1998 in the form of output tables."""
    import pandas as pd

    runs = pd.DataFrame({
        "run": [0], "arm": [NAME], "pack": [NAME], "replication": [0], "seed": [0], "status": ["done"],
    })
    return Tables(runs, pd.DataFrame({"run": [0]}), _series(), _events(), _calendar(), START)


def _step(month: str) -> int:
    return months_between(START, month)


def _series() -> pd.DataFrame:
    """Monthly rows: the year's score as core practice, and commitment from treaty acts."""
    import pandas as pd

    score = {row.year: row.score for row in record.rights()}
    start_year, start_month = (int(part) for part in START.split("-"))
    rows = []
    for step in range(_step(END) + 1):
        year = start_year + (start_month - 1 + step) // 12
        rows.append({"run": 0, "step": step, "core_practice": score[year], "commitment": _commitment(step)})
    return pd.DataFrame(rows)


def _commitment(step: int) -> float:
    done = [act for act in record.treaty_acts() if _step(act.month) <= step]
    stages = [max((STAGE[act.act] for act in done if act.treaty == t), default=0.0) for t in CORE_TREATIES]
    return sum(stages) / len(stages)


def _events() -> pd.DataFrame:
    import pandas as pd

    session = {motion.year: _step(motion.month) for motion in record.motions()}
    rows: list[dict[str, Any]] = []

    def add(step: int, kind: str, actor: str, detail: str, value: float = float("nan")) -> None:
        rows.append({"run": 0, "step": step, "kind": kind, "actor": actor, "detail": detail, "value": value})

    for motion in record.motions():
        margin = float((motion.yes or 0) - (motion.no or 0)) if motion.tabled else float("nan")
        add(session[motion.year], "motion", "", motion.result, margin)
    for vote in record.votes():
        add(session[vote.year], f"vote_{vote.motion}", vote.state, vote.vote)
    for row in record.sponsorships():
        add(session[row.year], "sponsor", row.state, "left" if row.role == "declined" else row.role)
    for turn in record.dialogues():
        if turn.state:
            month = turn.date if "-" in turn.date else f"{turn.date}-12"
            add(_step(month), "dialogue", turn.state, turn.change)
    for act in record.treaty_acts():
        if _step(act.month) >= 0:
            add(_step(act.month), "treaty", act.treaty, act.act)
    for case in record.releases():
        add(_step(case.month), "case", case.case, case.turn, float(case.persons))
    return pd.DataFrame(rows).sort_values(["step", "kind", "actor"], kind="stable", ignore_index=True)


def _calendar() -> pd.DataFrame:
    import pandas as pd

    dated = [(row.month, row.kind) for row in record.deadlines()]
    dated += [(motion.month, "session") for motion in record.motions()]
    return pd.DataFrame([
        {"arm": NAME, "step": _step(month), "code": f"{kind}_{month}", "kind": kind, "date": month,
         "actors": "", "strength": 1.0}
        for month, kind in sorted(dated)
    ])
