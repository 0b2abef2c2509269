"""Why one choice came out another way, or was likelier, in one arm than in another with the same luck."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.analysis.why.against.shared import SHOWN_RULES, heaviest, links_tables, ranked, reasons_of
from demarche.analysis.why.asked import Row, check_due
from demarche.analysis.why.case import Case
from demarche.analysis.why.choice import month_in_words, who_and_what
from demarche.analysis.why.digits import adding_up, percent, signed, times
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.stored import compare_with_folder, recorder_for
from demarche.analysis.why.told import Table, Told
from demarche.analysis.why.weighing import Weighing, weigh
from demarche.engine.trace import Witness, repeat
from demarche.world.decisions import Decision


def explain_choice_against(case: Case, other: Case, decision: Decision, step: int, row: Row) -> Told:
    """Return what made one choice in one arm likelier, or another one, than in another arm with the same luck.

    Raises
    ------
    DesignError
        If the decision is not taken in that month.
    StoreError
        If a run does not come out as it is stored.
    """
    check_due(case, decision, step)
    checks: list[str] = []
    found = []
    for one in (case, other):
        field = f"{decision.name}_utility"
        witness = Witness((field,), [step], (), (), [decision.name])
        recorder = recorder_for(one)
        repeat(one.setup, one.runs, one.row, witness, recorder)
        checks += compare_with_folder(one, recorder, step)
        found.append(weigh(one, witness, decision, step, row))
    mine, theirs = found
    run = f"{case.told}; against arm {other.arm}"
    if not (mine.was_asked and theirs.was_asked):
        where = [one.arm for one, weighed in ((case, mine), (other, theirs)) if weighed.was_asked]
        only = f"only in {where[0]}" if where else "in neither arm"
        text = f"In {month_in_words(case, step)} {decision.name} was to be decided {only}."
        return Told(text, (), run, tuple(dict.fromkeys(checks)), ())
    taken, rival = _pair(mine, theirs)
    gaps = ranked({
        rule: _pull(mine, rule, taken, rival) - _pull(theirs, rule, taken, rival)
        for rule in {**mine.added, **theirs.added}
    })
    table, texts = _choice_table(case, other, mine, theirs, gaps)
    reasons = reasons_of(case, texts)
    data = {"decision": decision.name, "actors": list(row.codes), "arms": [case.arm, other.arm],
            "chosen": [list(mine.chosen), list(theirs.chosen)], "luck": mine.luck.tolist(),
            "chances": [mine.chances.tolist(), theirs.chances.tolist()], "difference_in_log_odds": gaps}  # fmt: skip
    return Told(_choice_sentence(case, other, mine, theirs), heaviest(case, texts), run, tuple(dict.fromkeys(checks)),
                (table, *links_tables(case, texts)), reasons, tuple(gaps)[SHOWN_RULES:], passages_of(reasons), (),
                data)  # fmt: skip


def _pair(mine: Weighing, theirs: Weighing) -> tuple[int, int]:
    """Return the option of the first arm, and that of the second or, if it is the same, what it is held against."""
    taken, other = (one.options.index(one.free[0]) for one in (mine, theirs))
    return taken, other if other != taken else mine.rival


def _pull(one: Weighing, rule: str, taken: int, rival: int) -> float:
    if rule not in one.added:
        return 0.0
    return float(one.added[rule][taken] - one.added[rule][rival]) / one.temperature


def _choice_sentence(case: Case, other: Case, mine: Weighing, theirs: Weighing) -> str:
    who = who_and_what(case, mine.decision, mine.row, mine.chosen)
    chance = percent(mine.chances[mine.options.index(mine.free[0])])
    start = f"In {month_in_words(case, mine.step)}, in {case.arm}, {who} (chance {chance})"
    if mine.chosen == theirs.chosen:
        again = percent(theirs.chances[theirs.options.index(theirs.free[0])])
        return f"{start}; in {other.arm}, with the same luck, it chose the same (chance {again})."
    said = theirs.chosen[0]
    again = percent(theirs.chances[theirs.options.index(theirs.free[0])])
    return f"{start}; in {other.arm}, with the same luck of {mine.luck[0]:.4f}, it chose '{said}' (chance {again})."


def _choice_table(
    case: Case, other: Case, mine: Weighing, theirs: Weighing, gaps: Mapping[str, float]
) -> tuple[Table, dict[str, str]]:
    taken, rival = _pair(mine, theirs)
    known = dict.fromkeys((*gaps, *mine.added, *theirs.added))
    rules = [rule for rule in known if any(_pull(one, rule, taken, rival) for one in (mine, theirs))]
    values = [[_pull(one, rule, taken, rival) for rule in rules] for one in (mine, theirs)]
    columns = [adding_up(some) for some in values]
    apart = adding_up([one - two for one, two in zip(*values, strict=True)])
    rows = tuple(
        (rule, columns[0][0][at], columns[1][0][at], apart[0][at], times(values[0][at] - values[1][at]))
        for at, rule in enumerate(rules)
    )
    foot = [("sum", columns[0][1], columns[1][1], apart[1], times(sum(values[0]) - sum(values[1])))]
    foot += [(f"chance of {option}", percent(mine.chances[i]), percent(theirs.chances[i]),
              signed(100.0 * float(mine.chances[i] - theirs.chances[i]), 2) + " points", "")
             for i, option in enumerate(mine.options)]  # fmt: skip
    title = f"Log odds of {mine.options[taken]} against {mine.options[rival]}"
    table = Table(title, ("rule", case.arm, other.arm, "difference", "odds"), rows, tuple(foot))
    return table, {rule: apart[0][at] for at, rule in enumerate(rules) if rule in gaps}
