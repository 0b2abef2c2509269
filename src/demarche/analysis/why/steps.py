"""What to ask next: ready-made commands."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from demarche.analysis.why.asked import ROWS_OF, Row, codes_of
from demarche.analysis.why.case import Case
from demarche.analysis.why.told import Reason
from demarche.analysis.why.weighing import Weighing
from demarche.world.decisions import Decision
from demarche.world.fields import FIELDS

MOST = 3
YEAR = 12


def command(case: Case, *options: str) -> str:
    """Return a `why` command on the same run, ready to be pasted."""
    if case.run >= 0:
        run = ["--run", str(case.run)]
    else:
        run = ["--arm", case.arm, "--account", case.account, "--seed", str(case.runs.seed[case.row])]
        run += ["--draw", str(case.draw)] if case.draw is not None else []
    return shlex.join(["demarche", "why", case.source, *run, *options])


def sides(row: Row | None) -> list[str]:
    """Return the options that name a row."""
    if row is None:
        return ["--actor", "CODE"]
    return [part for option, code in zip(("--actor", "--about"), row.codes, strict=False) for part in (option, code)]


def command_of_choice(case: Case, decision: Decision, step: int, row: Row | None) -> str:
    """Return the command that asks for a choice, in the last month in which it was due."""
    calendar, period = case.setup.arms[case.arm].calendar, case.setup.period
    due = next((one for one in range(step, -1, -1) if calendar.is_due(decision.when, one)), step)
    who = [] if row is not None and len(codes_of(case)[row.axes[0]]) == 1 else sides(row)
    return command(case, "--date", str(period.month(due)), "--decision", decision.name, *who)


def command_of_events(case: Case, kind: str, step: int) -> str:
    """Return the command that lists the events of a kind in one month of the run."""
    month = str(case.setup.period.month(step))
    return shlex.join(["demarche", "events", case.source, "--run", str(case.run), "--kind", kind, "--around", month,
                       "--months", "0", "--limit", "60"])  # fmt: skip


def steps_after_choice(case: Case, found: Weighing, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Return how to follow the stocks that rules saw over the year before, and how to compare with another arm."""
    first = max(found.step - YEAR + 1, 0)
    told = list(_stocks(case, reasons, found.row, first, found.step))
    other = next((name for name in case.setup.arms if name != case.arm), "")
    if other and not found.decision.takes_some:
        month = str(case.setup.period.month(found.step))
        who = [] if len(codes_of(case)[found.row.axes[0]]) == 1 else sides(found.row)
        told.append(command(case, "--date", month, "--decision", found.decision.name, *who, "--against", other))
    return tuple(told)


def steps_after_course(case: Case, reasons: Sequence[Reason], row: Row, first: int, last: int) -> tuple[str, ...]:
    """Return how to follow what moved a stock further back."""
    return tuple(_stocks(case, reasons, row, first, last))


def _stocks(case: Case, reasons: Sequence[Reason], row: Row, first: int, last: int) -> list[str]:
    """Return commands that follow the first stocks and memories among what rules saw, where a row is known."""
    month, found = case.setup.period.month, []
    for seen in dict.fromkeys(one.name for reason in reasons for one in reason.inputs):
        spec = FIELDS[seen]
        codes = [row.by_axis.get(axis) or row.by_axis.get(ROWS_OF.get(axis, "")) for axis in spec.axes]
        if spec.kind in ("stock", "memory") and all(codes):
            who = [part for option, code in zip(("--actor", "--about"), codes, strict=False) for part in (option, code)]
            found.append(command(case, "--stock", seen, *[str(one) for one in who], "--from", str(month(first)),
                                 "--to", str(month(last))))  # fmt: skip
    return found[:MOST]
