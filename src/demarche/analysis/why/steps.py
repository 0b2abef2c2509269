"""What to ask next: questions with ready-made commands."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from demarche.analysis.why.asked import ROWS_OF, Row, codes_of
from demarche.analysis.why.case import Case
from demarche.analysis.why.inputs import UNMOVED
from demarche.analysis.why.told import Reason, Step
from demarche.analysis.why.weighing import Weighing
from demarche.world.decisions import Decision
from demarche.world.fields import FIELDS

MOST = 3
YEAR = 12


def ask(case: Case, question: str, *options: str) -> Step:
    """Return a question to be asked of the same run with `why`, its command ready to be pasted."""
    if case.run >= 0:
        run = ["--run", str(case.run)]
    else:
        run = ["--arm", case.arm, "--account", case.account, "--seed", str(case.runs.seed[case.row])]
        run += ["--draw", str(case.draw)] if case.draw is not None else []
    return Step(question, shlex.join(["demarche", "why", case.source, *run, *options]))


def sides(row: Row | None) -> list[str]:
    """Return the options that name a row."""
    if row is None:
        return ["--actor", "CODE"]
    return [part for option, code in zip(("--actor", "--about"), row.codes, strict=False) for part in (option, code)]


def step_to_choice(case: Case, decision: Decision, step: int, row: Row | None) -> Step:
    """Return how to ask for a choice, in the last month in which it was due."""
    calendar, period = case.setup.arms[case.arm].calendar, case.setup.period
    due = next((one for one in range(step, -1, -1) if calendar.is_due(decision.when, one)), step)
    who = [] if row is not None and len(codes_of(case)[row.axes[0]]) == 1 else sides(row)
    question = f"why one of them chose as it did on {decision.name}"
    return ask(case, question, "--date", str(period.month(due)), "--decision", decision.name, *who)


def step_to_events(case: Case, kind: str, step: int) -> Step:
    """Return how to list the events of a kind in one month of the run."""
    month = str(case.setup.period.month(step))
    command = ["demarche", "events", case.source, "--run", str(case.run), "--kind", kind, "--around", month,
               "--months", "0", "--limit", "60"]  # fmt: skip
    return Step(f"who did what on {kind} that month", shlex.join(command))


def steps_to_likes(case: Case, kind: str, detail: str, step: int) -> list[Step]:
    """Return how to count like events in all runs of the arm and account; none without a folder."""
    if case.results is None:
        return []
    month = str(case.setup.period.month(step))
    command = ["demarche", "events", case.source, "--kind", kind, "--detail", detail, "--arm", case.arm, "--account",
               case.account, "--around", month, "--months", "0"]  # fmt: skip
    return [Step("in how many runs of this arm and account it happened that month", shlex.join(command))]


def steps_after_choice(case: Case, found: Weighing, reasons: Sequence[Reason]) -> tuple[Step, ...]:
    """Return how to follow the stocks that rules saw over the year before, and how to compare with another arm."""
    first = max(found.step - YEAR + 1, 0)
    told = list(_stocks(case, reasons, found.row, first, found.step))
    other = next((name for name in case.setup.arms if name != case.arm), "")
    if other and not found.decision.takes_some:
        month = str(case.setup.period.month(found.step))
        who = [] if len(codes_of(case)[found.row.axes[0]]) == 1 else sides(found.row)
        options = ("--date", month, "--decision", found.decision.name, *who, "--against", other)
        told.append(ask(case, f"what {other} made of the same choice, with the same luck", *options))
    return tuple(told)


def steps_after_course(case: Case, reasons: Sequence[Reason], row: Row, first: int, last: int) -> tuple[Step, ...]:
    """Return how to follow what moved a stock further back."""
    return tuple(_stocks(case, reasons, row, first, last))


def _stocks(case: Case, reasons: Sequence[Reason], row: Row, first: int, last: int) -> list[Step]:
    """Return how to follow the first stocks and memories among what rules saw, where a row is known."""
    month, found = case.setup.period.month, []
    moved = (one.name for reason in reasons for one in reason.inputs if not one.because.endswith(UNMOVED))
    for seen in dict.fromkeys(moved):
        spec = FIELDS[seen]
        codes = [row.by_axis.get(axis) or row.by_axis.get(ROWS_OF.get(axis, "")) for axis in spec.axes]
        if spec.kind in ("stock", "memory") and all(codes):
            who = [part for option, code in zip(("--actor", "--about"), codes, strict=False) for part in (option, code)]
            span = ("--from", str(month(first)), "--to", str(month(last)))
            found.append(ask(case, f"how {seen} came to be what it was", "--stock", seen, *map(str, who), *span))
    return found[:MOST]
