"""Why one choice came out another way, or was likelier, in one arm than in another with the same luck."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from demarche.analysis.why.against.chances import parts
from demarche.analysis.why.against.shared import SHOWN_RULES, heaviest, links_tables, ranked, reasons_of
from demarche.analysis.why.asked import Row, check_due
from demarche.analysis.why.case import Case
from demarche.analysis.why.choice import month_in_words, who_and_what
from demarche.analysis.why.digits import adding_up, percent
from demarche.analysis.why.grounds import passages_of
from demarche.analysis.why.stored import compare_with_folder, recorder_for
from demarche.analysis.why.told import Table, Told
from demarche.analysis.why.weighing import Weighing, weigh
from demarche.arrays import Array
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
    by_rule = _parts(mine, theirs)
    focus = int(np.abs(mine.chances - theirs.chances).argmax())
    gaps = ranked({rule: float(values[focus]) for rule, values in by_rule.items()})
    table, texts = _choice_table(case, other, mine, theirs, {rule: by_rule[rule] for rule in gaps})
    reasons = reasons_of(case, texts)
    data = {"decision": decision.name, "actors": list(row.codes), "arms": [case.arm, other.arm],
            "chosen": [list(mine.chosen), list(theirs.chosen)], "luck": mine.luck.tolist(),
            "chances": [mine.chances.tolist(), theirs.chances.tolist()],
            "difference": {rule: values.tolist() for rule, values in by_rule.items()}}  # fmt: skip
    return Told(_choice_sentence(case, other, mine, theirs), heaviest(case, texts), run, tuple(dict.fromkeys(checks)),
                (table, *links_tables(case, texts)), reasons, tuple(gaps)[SHOWN_RULES:], passages_of(reasons), (),
                data)  # fmt: skip


def _parts(mine: Weighing, theirs: Weighing) -> dict[str, Array]:
    """Return what each rule adds to the chances of the first arm over those of the second, `(n_options,)`."""
    none = np.zeros(len(mine.options))
    terms = {
        rule: (mine.added.get(rule, none) - theirs.added.get(rule, none))[:, None]
        for rule in {**mine.added, **theirs.added}
    }
    found = parts(theirs.total[:, None], mine.total[:, None], terms, mine.temperature)
    return {rule: values[:, 0] for rule, values in found.items()}


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
    case: Case, other: Case, mine: Weighing, theirs: Weighing, gaps: Mapping[str, Array]
) -> tuple[Table, dict[str, str]]:
    """Return what each rule adds to the chance of each option, and that of the option that differs most as printed."""
    columns = [adding_up([float(values[i]) for values in gaps.values()]) for i in range(len(mine.options))]
    rows = tuple((rule, *(texts[at] for texts, _ in columns)) for at, rule in enumerate(gaps))
    foot = [("difference of chances", *(total for _, total in columns))]
    foot += [(f"chance in {one.arm}", *(percent(float(share)) for share in weighed.chances))
             for one, weighed in ((case, mine), (other, theirs))]  # fmt: skip
    focus = int(np.abs(mine.chances - theirs.chances).argmax())
    title = f"What makes the chances in {case.arm} differ from those in {other.arm}"
    notes = (f"The parts add up whatever the order of rules; in words and by link they are those of "
             f"'{mine.options[focus]}'.",)  # fmt: skip
    table = Table(title, ("rule", *mine.options), rows, tuple(foot), notes)
    return table, dict(zip(gaps, columns[focus][0], strict=True))
