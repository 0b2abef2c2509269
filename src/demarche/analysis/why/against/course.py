"""Why a stock went another way in one arm than in another with the same luck."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.analysis.why.against.shared import SHOWN_RULES, heaviest, links_tables, ranked, reasons_of
from demarche.analysis.why.asked import Row
from demarche.analysis.why.case import Case
from demarche.analysis.why.course import ENGINE, Course, follow, links_in_short, name_of, span_in_words
from demarche.analysis.why.digits import DIGITS, adding_up
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.stored import compare_with_folder
from demarche.analysis.why.told import Table, Told


def explain_course_against(case: Case, other: Case, stock: str, row: Row, first: int, last: int) -> Told:
    """Return what made a stock of one arm go another way than that of another arm, with the same luck.

    Raises
    ------
    StoreError
        If a run does not come out as it is stored.
    """
    checks: list[str] = []
    courses: list[Course] = []
    for one in (case, other):
        course, _, recorder = follow(one, stock, row, first, last)
        checks += compare_with_folder(one, recorder, last)
        courses.append(course)
    mine, theirs = courses
    gaps = {rule: mine.sums.get(rule, 0.0) - theirs.sums.get(rule, 0.0) for rule in {**mine.sums, **theirs.sums}}
    gaps = ranked(gaps)
    apart = f"{mine.end - theirs.end:+.{DIGITS}f}"
    sentence = (f"{span_in_words(case, first, last)} {name_of(case, mine)} went to {mine.end:.{DIGITS}f} in {case.arm} "
                f"and to {theirs.end:.{DIGITS}f} in {other.arm}, with the same luck: {apart}.")  # fmt: skip
    table, texts = _course_table(case, other, mine, theirs, gaps)
    reasons = reasons_of(case, texts)
    data = {"stock": stock, "actors": list(row.codes), "arms": [case.arm, other.arm], "difference": gaps,
            "start": mine.start - theirs.start, "end": mine.end - theirs.end}  # fmt: skip
    return Told(sentence, heaviest(case, texts), f"{case.told}; against arm {other.arm}", tuple(dict.fromkeys(checks)),
                (table, *links_tables(case, texts)), reasons, tuple(gaps)[SHOWN_RULES:], passages_of(reasons), (),
                data)  # fmt: skip


def _course_table(
    case: Case, other: Case, mine: Course, theirs: Course, gaps: Mapping[str, float]
) -> tuple[Table, dict[str, str]]:
    """Return what each rule added in both arms, each column adding up, and the differences as they are printed."""
    rows = [("at the start", mine.start, theirs.start)]
    rows += [(rule, mine.sums.get(rule, 0.0), theirs.sums.get(rule, 0.0)) for rule in gaps]
    same = [rule for rule in mine.sums if rule not in gaps]
    if same:
        alike = [sum(one.sums[rule] for rule in same) for one in (mine, theirs)]
        rows.append((f"{len(same)} rules alike in both", alike[0], alike[1]))
    rows.append((ENGINE, float(mine.engine.sum()), float(theirs.engine.sum())))
    columns = [adding_up(list(values)) for values in zip(*(row[1:] for row in rows), strict=True)]
    apart = adding_up([row[1] - row[2] for row in rows])
    cells = tuple(
        (row[0], columns[0][0][at], columns[1][0][at], apart[0][at],
         links_in_short(case, str(row[0])) if row[0] in gaps else "")
        for at, row in enumerate(rows)
    )  # fmt: skip
    foot = (("at the end", columns[0][1], columns[1][1], apart[1], ""),)
    columns_ = ("rule", case.arm, other.arm, "difference", "links it carries")
    table = Table("What each rule added in the two arms", columns_, cells, foot, (), ("links it carries",))
    return table, {str(row[0]): apart[0][at] for at, row in enumerate(rows) if row[0] in gaps}
