"""Why a stock or memory went where it went: what each rule added over some months, from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.analysis.why.asked import Row
from demarche.analysis.why.case import Case
from demarche.analysis.why.choice import SHOWN_RULES, month_in_words, reason_of, writers
from demarche.analysis.why.digits import DIGITS, adding_up, signed
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.inputs import sources_of
from demarche.analysis.why.steps import steps_after_course
from demarche.analysis.why.stored import compare_with_folder, recorder_for
from demarche.analysis.why.told import Table, Told
from demarche.arrays import Array
from demarche.engine.recorder import Recorder
from demarche.engine.trace import Act, Witness, repeat
from demarche.world.fields import FIELDS

ENGINE = "cut to its range, or laid by the engine"


@dataclass(frozen=True)
class Course:
    """What happened to one entry of a field over some months.

    Parameters
    ----------
    stock, row, first, last
        Field, row, and first and last step.
    start, end
        Value before the first month and at the end of the last one.
    added
        Rule -> what it added in each month `(n_months,)`.
    engine
        What is left: cuts to the range, yearly facts `(n_months,)`.
    """

    stock: str
    row: Row
    first: int
    last: int
    start: float
    end: float
    added: dict[str, Array]
    engine: Array

    @property
    def sums(self) -> dict[str, float]:
        """Rule -> what it added in all months, the heaviest first."""
        found = {rule: float(values.sum()) for rule, values in self.added.items()}
        return dict(sorted(found.items(), key=lambda entry: (-abs(entry[1]), entry[0])))


def fields_of(stock: str) -> tuple[str, ...]:
    """Return the fields through which rules move a stock or memory."""
    return (f"{stock}_change", stock) if FIELDS[stock].kind == "stock" else (stock,)


def follow(case: Case, stock: str, row: Row, first: int, last: int) -> tuple[Course, Witness, Recorder | None]:
    """Repeat the run and return the course of one entry, with the witness and what was recorded."""
    fields = fields_of(stock)

    def weight(act: Act) -> float:
        return abs(sum(float(act.added(name)[row.positions]) for name in act.after))

    steps = range(max(first - 1, 0), last + 1)
    sources = sources_of(writers(case, fields))
    witness = Witness(fields, steps, range(first, last + 1), sources, weight=weight)
    recorder = recorder_for(case)
    repeat(case.setup, case.runs, case.row, witness, recorder, [stock])
    kept = [float(values[row.positions]) for values in witness.values[stock]]
    values = [float(witness.start[stock][row.positions]), *kept] if first == 0 else kept
    n_months = last - first + 1
    added: dict[str, Array] = {}
    for act in witness.acts:
        for name in act.after:
            amount = float(act.added(name)[row.positions])
            if act.step >= first and amount:
                added.setdefault(act.rule, np.zeros(n_months))[act.step - first] += amount
    known = np.sum(list(added.values()), axis=0) if added else np.zeros(n_months)
    engine = np.diff(values) - known
    return Course(stock, row, first, last, values[0], values[-1], added, engine), witness, recorder


def explain_course(case: Case, stock: str, row: Row, first: int, last: int, shown: int = SHOWN_RULES) -> Told:
    """Repeat the run and return what moved a stock or memory from one month to another.

    Raises
    ------
    StoreError
        If the run does not come out as it is stored.
    """
    course, witness, recorder = follow(case, stock, row, first, last)
    checks = compare_with_folder(case, recorder, last)
    ranked = list(course.sums)
    acts = {act.rule: act for act in witness.acts if act.saw}
    texts = shown_sums(course)[0]
    when = " in all; what it saw is of {}, when it did most" if last > first else ""
    reasons = [
        reason_of(case, witness, acts[rule], row, texts[rule] + when.format(case.setup.period.month(acts[rule].step)))
        for rule in ranked[:shown]
    ]
    return Told(
        course_sentence(case, course), _more(case, course), case.told, checks, (waterfall(case, course),),
        tuple(reasons), tuple(ranked[shown:]), passages_of(reasons),
        steps_after_course(case, reasons, row, first, last), course_data(case, course),
    )  # fmt: skip


def name_of(case: Case, course: Course) -> str:
    """Return the stock with its row as a reader calls them."""
    who = " and ".join(case.label(code) for code in course.row.codes)
    return f"{course.stock} of {who}" if who else course.stock


def span_in_words(case: Case, first: int, last: int) -> str:
    """Return some months as a reader writes them."""
    if first == last:
        return f"In {month_in_words(case, first)}"
    return f"From {month_in_words(case, first)} to {month_in_words(case, last)}"


def course_sentence(case: Case, course: Course) -> str:
    """Return where a stock went, in one sentence."""
    move = course.end - course.start
    span = span_in_words(case, course.first, course.last)
    if abs(move) < 0.5 * 10.0**-DIGITS:
        return f"{span} {name_of(case, course)} stayed at {course.end:.{DIGITS}f}."
    word = "rose" if move > 0 else "fell"
    return (f"{span} {name_of(case, course)} {word} by {abs(move):.{DIGITS}f}, from {course.start:.{DIGITS}f} to "
            f"{course.end:.{DIGITS}f}.")  # fmt: skip


def _more(case: Case, course: Course) -> tuple[str, ...]:
    told = [f"It is: {FIELDS[course.stock].meaning} ({FIELDS[course.stock].unit})."]
    sums = course.sums
    for word, sign in (("up", 1.0), ("down", -1.0)):
        best = max(sums, key=lambda rule: sign * sums[rule], default="")
        if best and sign * sums[best] > 0:
            told.append(f"What took it {word} most was {best} ({shown_sums(course)[0][best]}): "
                        f"{case.setup.catalogue.get(best).sentence}")  # fmt: skip
    return tuple(told)


def shown_sums(course: Course) -> tuple[dict[str, str], tuple[str, str], str]:
    """Return what each rule added as it is printed, the start and what the engine added, and the end."""
    values = [course.start, *course.sums.values(), float(course.engine.sum())]
    texts, end = adding_up(values)
    return dict(zip(course.sums, texts[1:-1], strict=True)), (texts[0], texts[-1]), end


def waterfall(case: Case, course: Course) -> Table:
    """Return the waterfall: the start, what each rule added, and the end."""
    texts, (start, engine), end = shown_sums(course)
    level = course.start
    rows = [("at the start", start, f"{level:.{DIGITS}f}", "", "", "")]
    months = [str(case.setup.period.month(step)) for step in range(course.first, course.last + 1)]
    for rule, text in texts.items():
        level += course.sums[rule]
        values = course.added[rule]
        top = int(np.abs(values).argmax())
        rows.append((rule, text, f"{level:.{DIGITS}f}", str(int(np.count_nonzero(values))),
                     f"{months[top]} {signed(float(values[top]))}", links_in_short(case, rule)))  # fmt: skip
    level = course.end
    rows.append((ENGINE, engine, f"{level:.{DIGITS}f}", str(int(np.sum(np.abs(course.engine) > 1e-12))), "", ""))
    foot = (("at the end", end, f"{course.end:.{DIGITS}f}", "", "", ""),)
    return Table("What each rule added, month by month summed up",
                 ("rule", "added", "level then", "months", "most in", "links it carries"), tuple(rows), foot,
                 ("Printed numbers are rounded so that they add up; --json has them in full, month by month.",),
                 ("most in", "links it carries"))  # fmt: skip


def links_in_short(case: Case, rule: str) -> str:
    """Return the links of a rule with their values in the run."""
    links = case.setup.catalogue.get(rule).links
    return ", ".join(f"{name} {case.setup.value(f'link.{name}', case.runs, case.row):.3g}" for name in links)


def course_data(case: Case, course: Course) -> dict[str, object]:
    """Return the numbers in full."""
    month = case.setup.period.month
    return {
        "stock": course.stock, "actors": list(course.row.codes), "from": str(month(course.first)),
        "to": str(month(course.last)), "start": course.start, "end": course.end,
        "months": [str(month(step)) for step in range(course.first, course.last + 1)],
        "added": {rule: values.tolist() for rule, values in course.added.items()}, "engine": course.engine.tolist(),
    }  # fmt: skip
