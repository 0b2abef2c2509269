"""Why an option was taken more often in one arm than in another: all choices of some months, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.why.against.chances import parts, softmax
from demarche.analysis.why.against.shared import SHOWN_RULES, heaviest, links_tables, ranked, reasons_of
from demarche.analysis.why.asked import Row
from demarche.analysis.why.case import Case
from demarche.analysis.why.course import links_in_short, span_in_words
from demarche.analysis.why.digits import adding_up, signed
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.stored import compare_with_folder, recorder_for
from demarche.analysis.why.told import Table, Told
from demarche.arrays import Array
from demarche.engine.trace import Taken, Witness, repeat
from demarche.errors import DesignError, Problem, check_known
from demarche.world.decisions import Decision


@dataclass(frozen=True)
class Months:
    """All choices of one decision in some months of one run: step -> what was taken, and what rules added."""

    taken: Mapping[int, Taken]
    added: Mapping[int, Mapping[str, Array]]


def due_steps(case: Case, decision: Decision, first: int, last: int) -> list[int]:
    """Return the steps of a span in which a decision is due."""
    calendar = case.setup.arms[case.arm].calendar
    return [step for step in range(first, last + 1) if calendar.is_due(decision.when, step)]


def read_months(case: Case, decision: Decision, steps: list[int]) -> tuple[Months, tuple[str, ...]]:
    """Repeat a run and return all choices of a decision in some months, and what was compared.

    Raises
    ------
    StoreError
        If the run does not come out as it is stored.
    """
    field = f"{decision.name}_utility"
    witness = Witness((field,), steps, (), (), [decision.name])
    recorder = recorder_for(case)
    repeat(case.setup, case.runs, case.row, witness, recorder)
    added: dict[int, dict[str, Array]] = {step: {} for step in steps}
    for act in witness.acts:
        added[act.step][act.rule] = act.added(field)
    return Months({one.step: one for one in witness.taken}, added), compare_with_folder(case, recorder, steps[-1])


def explain_many_against(
    case: Case, other: Case, decision: Decision, first: int, last: int, option: str, row: Row | None
) -> Told:
    """Return why an option was taken more or less often in one arm than in another, over some months.

    Parameters
    ----------
    case, other
        The two runs.
    decision, option
        What is counted; an empty option takes the one whose expected number differs most.
    first, last
        First and last step.
    row
        Only this row; None for all.

    Raises
    ------
    DesignError
        If the decision is never due there, or has no such option.
    StoreError
        If a run does not come out as it is stored.
    """
    steps = due_steps(case, decision, first, last)
    _refuse(decision, steps, option)
    (mine, one), (theirs, two) = (read_months(run, decision, steps) for run in (case, other))
    count = Counted.of(decision, case, mine, theirs, steps, row)
    place = decision.index(option) if option else int(np.abs(count.expected[0] - count.expected[1]).argmax())
    gaps = ranked({rule: float(values[place]) for rule, values in count.by_rule.items()})
    table, texts = _table(case, other, count, place, gaps)
    reasons = reasons_of(case, texts)
    sentence = _sentence(case, other, decision, count, place, first, last)
    checks = tuple(dict.fromkeys((*one, *two)))
    data = {"decision": decision.name, "option": decision.options[place], "arms": [case.arm, other.arm],
            "taken": count.number[:, place].tolist(), "expected": count.expected[:, place].tolist(),
            "difference": gaps, "occasions_of_one_arm": count.alone[:, place].tolist()}  # fmt: skip
    return Told(sentence, heaviest(case, texts), f"{case.told}; against arm {other.arm}", checks,
                (table, *links_tables(case, texts)), reasons,
                tuple(gaps)[SHOWN_RULES:], passages_of(reasons), (), data)  # fmt: skip


def _refuse(decision: Decision, steps: list[int], option: str) -> None:
    check_known("--option", "option", [option] if option else [], decision.options)
    if not steps:
        raise DesignError([Problem("--from", f"'{decision.name}' is not decided in these months", fix="widen them")])


@dataclass(frozen=True)
class Counted:
    """Choices of two arms, counted by option; arms are rows, options columns.

    Parameters
    ----------
    number, expected, occasions
        How often each option was taken `(2, n_options)`, how often it was to be expected, and occasions `(2,)`.
    alone
        What was to be expected on occasions that only this arm had `(2, n_options)`.
    by_rule
        Rule -> its part of the difference of chances on common occasions `(n_options,)`.
    """

    number: Array
    expected: Array
    occasions: Array
    alone: Array
    by_rule: Mapping[str, Array]

    @classmethod
    def of(
        cls, decision: Decision, case: Case, mine: Months, theirs: Months, steps: list[int], row: Row | None
    ) -> Counted:
        """Count the choices of two runs."""
        n_options = len(decision.options)
        scale = case.setup.temperature(decision.name, case.runs, case.row)
        number, expected, alone = (np.zeros((2, n_options)) for _ in range(3))
        occasions = np.zeros(2)
        by_rule: dict[str, Array] = {}
        for step in steps:
            pair = (mine.taken[step], theirs.taken[step])
            may = [_where(one, row) for one in pair]
            for arm, one in enumerate(pair):
                chance = softmax(one.utility, scale)
                number[arm] += [np.count_nonzero((one.choice == option) & may[arm]) for option in range(n_options)]
                expected[arm] += chance[:, may[arm]].sum(axis=1)
                alone[arm] += chance[:, may[arm] & ~may[1 - arm]].sum(axis=1)
                occasions[arm] += np.count_nonzero(may[arm])
            both = may[0] & may[1]
            for rule, values in _gaps(pair, (mine.added[step], theirs.added[step]), both, scale).items():
                by_rule[rule] = by_rule.get(rule, np.zeros(n_options)) + values.sum(axis=1)
        return cls(number, expected, occasions, alone, by_rule)


def _where(one: Taken, row: Row | None) -> NDArray[np.bool_]:
    if row is None:
        return one.may
    here = np.zeros_like(one.may)
    here[row.positions] = one.may[row.positions]
    return here


def _gaps(
    pair: tuple[Taken, Taken], added: tuple[Mapping[str, Array], Mapping[str, Array]], both: NDArray[np.bool_],
    scale: float,
) -> dict[str, Array]:
    """Return what each rule adds to the chances of the first arm over those of the second, where both decide."""
    if not both.any():
        return {}
    mine, theirs = (one.utility[:, both] for one in pair)
    none = np.zeros(mine.shape)
    terms = {
        rule: (added[0][rule][:, both] if rule in added[0] else none)
        - (added[1][rule][:, both] if rule in added[1] else none)
        for rule in {**added[0], **added[1]}
    }
    return parts(theirs, mine, {rule: term for rule, term in terms.items() if term.any()}, scale)


def _sentence(
    case: Case, other: Case, decision: Decision, count: Counted, place: int, first: int, last: int
) -> str:
    option = decision.options[place]
    numbers = [f"{count.number[arm, place]:,.0f} times in {one.arm} (expected {count.expected[arm, place]:,.2f} of "
               f"{count.occasions[arm]:,.0f} occasions)" for arm, one in enumerate((case, other))]  # fmt: skip
    span = span_in_words(case, first, last)
    return f"{span} '{option}' of {decision.name} was taken {numbers[0]} and {numbers[1]}, with the same luck."


def _table(
    case: Case, other: Case, count: Counted, place: int, gaps: Mapping[str, float]
) -> tuple[Table, dict[str, str]]:
    """Return what each rule makes of the difference, and that as it is printed."""
    rows = [(rule, gap, links_in_short(case, rule)) for rule, gap in gaps.items()]
    rows += [(f"occasions that only {one.arm} had", sign * float(count.alone[arm, place]), "")
             for arm, (one, sign) in enumerate(((case, 1.0), (other, -1.0)))]  # fmt: skip
    texts, total = adding_up([row[1] for row in rows])
    expected, taken = (values[0, place] - values[1, place] for values in (count.expected, count.number))
    foot = (("difference of what was to be expected", total, ""),
            ("luck: the same, but where chances differ", signed(float(taken - expected)), ""),
            ("difference of what was taken", signed(float(taken)), ""))  # fmt: skip
    note = ("Each rule is given what its terms add on the straight way from one arm's utilities to the other's "
            "(Aumann and Shapley); the parts add up whatever the order.",)  # fmt: skip
    table = Table(f"What makes {case.arm} differ from {other.arm}, in expected choices", ("rule", "difference",
                  "links it carries"), tuple((row[0], text, row[2]) for row, text in zip(rows, texts, strict=True)),
                  foot, note, ("links it carries",))  # fmt: skip
    return table, dict(zip(gaps, texts, strict=False))
