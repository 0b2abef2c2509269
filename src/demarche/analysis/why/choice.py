"""Why one actor chose what it chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from demarche.analysis.why.asked import Row, check_due, codes_of
from demarche.analysis.why.case import Case
from demarche.analysis.why.digits import percent, times
from demarche.analysis.why.grounds import numbers_of, passages_of
from demarche.analysis.why.inputs import inputs_of, sources_of
from demarche.analysis.why.phrases import SUBJECTS, phrase
from demarche.analysis.why.steps import steps_after_choice
from demarche.analysis.why.stored import compare_with_folder, recorded, recorder_for
from demarche.analysis.why.tables import several_table, shown_amounts, weighing_table
from demarche.analysis.why.told import Reason, Told
from demarche.analysis.why.weighing import Weighing, changed_after, weigh
from demarche.engine.levers import bound_option
from demarche.engine.recorder import Recorder
from demarche.engine.trace import Act, Witness, repeat
from demarche.rules.contract import Rule
from demarche.world.decisions import Decision

SHOWN_RULES, MOST_DECISIVE, MOST_ASKED = 6, 4, 12
WORTH_TELLING = 0.02
"""Log odds: what moves the odds by less than two per cent is not called a reason."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def writers(case: Case, fields: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules of a case that write some of the fields."""
    rules = case.setup.rules(case.arm, case.account)
    return tuple(rule for rule in rules if any(name in rule.writes for name in fields))


def explain_choice(case: Case, decision: Decision, step: int, row: Row, shown: int = SHOWN_RULES) -> Told:
    """Repeat the run and return why an actor chose as it did.

    Parameters
    ----------
    case, decision, step, row
        Which choice.
    shown
        How many rules are told in full.

    Raises
    ------
    DesignError
        If the decision is not taken in that month.
    StoreError
        If the run does not come out as it is stored.
    """
    check_due(case, decision, step)
    fields = (f"{decision.name}_utility", f"{decision.name}_choice")
    witness = Witness(fields, [step], [step], sources_of(writers(case, fields)), [decision.name])
    recorder = recorder_for(case)
    repeat(case.setup, case.runs, case.row, witness, recorder)
    told = tell_choice(case, witness, weigh(case, witness, decision, step, row), recorder, shown)
    return replace(told, more=(*told.more, *recorded(case, step, row.codes)))


def tell_choice(case: Case, witness: Witness, found: Weighing, recorder: Recorder | None, shown: int) -> Told:
    """Return why an actor chose as it did, from what a witness noted."""
    checks = compare_with_folder(case, recorder, found.step)
    if not found.was_asked:
        return Told(_not_asked(case, found), _who_was(case, witness, found), case.told, checks, ())
    ranked = list(found.ranked)
    acts = {act.rule: act for act in witness.acts if act.step == found.step and act.rule in found.added}
    later = changed_after(witness, found.decision, found.step, found.row)
    reasons = [_reason(case, witness, acts[name], found) for name in ranked[:shown]]
    reasons += [reason_of(case, witness, act, found.row, f"turned '{was}' into '{now}'") for act, was, now in later]
    rates = [rule for rule in ranked if case.setup.catalogue.get(rule).rates]
    table = several_table(found) if found.decision.takes_some else weighing_table(found, rates)
    return Told(
        first_sentence(case, found), (*_more(case, found, ranked), *_later(later)), case.told, checks, (table,),
        tuple(reasons), tuple(ranked[shown:]), passages_of(reasons), steps_after_choice(case, found, reasons),
        _data(case, found),
    )  # fmt: skip


def who_and_what(case: Case, decision: Decision, row: Row, options: Sequence[str]) -> str:
    """Return who did what as half a sentence."""
    labels = [case.label(code) for code in row.codes]
    who = case.label(case.setup.cast.focal) if decision.by_focal else SUBJECTS.get(decision.name, labels[0])
    second = labels[1] if len(labels) > 1 else ""
    if decision.takes_some and len(decision.axes) > 1:
        said = [phrase(decision.name, decision.options[1], labels[0], case.label(option)) for option in options]
    else:
        said = [phrase(decision.name, option, labels[0], second) for option in options]
    return f"{who} {' and '.join(said) or f'took none of the options of {decision.name}'}"


def month_in_words(case: Case, step: int) -> str:
    """Return a month as a reader writes it."""
    month = case.setup.period.month(step)
    return f"{MONTHS[month.month - 1]} {month.year}"


def first_sentence(case: Case, found: Weighing) -> str:
    """Return what was chosen, when, and with what chance."""
    said = f"In {month_in_words(case, found.step)} {who_and_what(case, found.decision, found.row, found.chosen)}"
    if found.held:
        seat = (found.decision.name, found.step, found.row.codes)
        is_move = seat in {(one.decision, one.step, one.actors) for one in case.setup.arms[case.arm].moves}
        lever = bound_option(case.setup, case.runs, found.decision.name, found.step, found.row.codes[0])
        what = "a move" if is_move else f"the lever {lever[0]}" if lever else "a lever"
        return f"{said}: {what} of the arm bound the choice, whatever the rules add up to."
    if found.decision.takes_some:
        shares = [percent(found.chances[found.options.index(option)]) for option in found.chosen]
        tail = f": better than nothing with a chance of {' and '.join(shares)}" if shares else ""
        return f"{said}{tail}."
    taken = found.options.index(found.free[0])
    top = int(found.chances.argmax())
    share = f"a chance of {percent(found.chances[taken])}"
    if taken == top:
        return f"{said}: {share}, the likeliest option."
    return f"{said}: {share}, though '{found.options[top]}' was likelier ({percent(found.chances[top])})."


def _not_asked(case: Case, found: Weighing) -> str:
    decision = found.decision
    who = " and ".join(case.label(code) for code in found.row.codes)
    need = " and ".join(name for name in (decision.among, decision.trigger) if name)
    return (f"In {month_in_words(case, found.step)} {decision.name} was not to be decided for {who}: it is where "
            f"{need} is above 0, and here it was not.")  # fmt: skip


def _who_was(case: Case, witness: Witness, found: Weighing) -> tuple[str, ...]:
    """Return for whom a decision was to be taken in the same month."""
    taken = next(one for one in witness.taken if one.decision == found.decision.name and one.step == found.step)
    rows = np.argwhere(taken.may.any(axis=1) if found.decision.takes_some and taken.may.ndim > 1 else taken.may)
    axes = found.decision.axes[: rows.shape[1]]
    known = codes_of(case)
    told = [" ".join(known[axis][at] for axis, at in zip(axes, row, strict=True)) for row in rows]
    if not told:
        return ("That month it was to be decided for nobody.",)
    more = f" and {len(told) - MOST_ASKED} more" if len(told) > MOST_ASKED else ""
    return (f"That month it was to be decided for {', '.join(told[:MOST_ASKED])}{more}.",)


def _more(case: Case, found: Weighing, ranked: list[str]) -> list[str]:
    """Return the sentences on base rates, the heaviest reasons, luck, and what was decisive."""
    if found.decision.takes_some:
        return []
    taken = found.options.index(found.free[0])
    rival, scale = found.rival, found.temperature
    catalogue = case.setup.catalogue
    rates = [rule for rule in ranked if catalogue.get(rule).rates]
    others = [rule for rule in ranked if rule not in rates]
    told = []
    if found.held:
        left = f"'{found.free[0]}', with a chance of {percent(float(found.chances[taken]))}"
        told.append(f"Left to the rules and the same luck it would have been {left}.")
    if rates and others:
        bare = _bare(found, rates)
        told.append(f"The base rates alone ({', '.join(rates)}) would have given '{found.options[taken]}' "
                    f"{percent(bare[taken])}.")  # fmt: skip
    pull = {rule: float(found.added[rule][taken] - found.added[rule][rival]) / scale for rule in others}
    pull = {rule: one for rule, one in pull.items() if abs(one) >= WORTH_TELLING}
    if others and not pull:
        told.append("Nothing else weighed: no other rule moved these odds by two per cent.")
    for word, best in (("for", max(pull, key=pull.__getitem__, default="")),
                       ("against", min(pull, key=pull.__getitem__, default=""))):  # fmt: skip
        if best and (pull[best] > 0) == (word == "for"):
            what = f"{'Beside them, what' if rates else 'What'} spoke most {word} it"
            told.append(f"{what}, against '{found.options[rival]}', was {best} (odds {times(pull[best])}): "
                        f"{catalogue.get(best).sentence}")  # fmt: skip
    told.append(_luck(found, taken))
    drew = [f"{rule} ({', '.join(catalogue.get(rule).draws)})" for rule in ranked if catalogue.get(rule).draws]
    if drew:
        told.append(f"Luck has a part in what rules added, too: {'; '.join(drew)} drew numbers of their own.")
    decisive = [rule for rule in others if found.without(rule) != found.free[0]]
    if decisive:
        which = ", or without ".join(f"{rule} ('{found.without(rule)}')" for rule in decisive[:MOST_DECISIVE])
        told.append(f"With the same luck another option would have been taken without {which}.")
    elif others:
        told.append(f"No single {'other ' if rates else ''}rule was decisive: with the same luck the choice stands "
                    "without any one of them.")  # fmt: skip
    return told


def _bare(found: Weighing, rates: list[str]) -> np.ndarray:
    from demarche.analysis.why.weighing import chances

    return chances(np.sum([found.added[rule] for rule in rates], axis=0), found.temperature)


def _luck(found: Weighing, taken: int) -> str:
    ends = np.concatenate([[0.0], np.cumsum(found.chances)])
    return (f"Luck drew {found.luck[0]:.4f} between 0 and 1, and '{found.options[taken]}' lies from {ends[taken]:.4f} "
            f"to {ends[taken + 1]:.4f}.")  # fmt: skip


def _later(later: list[tuple[Act, str, str]]) -> list[str]:
    return [f"Afterwards {act.rule} turned '{was}' into '{now}'." for act, was, now in later]


def _reason(case: Case, witness: Witness, act: Act, found: Weighing) -> Reason:
    texts, _ = shown_amounts(found)
    amounts = zip(found.options, found.added[act.rule], texts[act.rule], strict=True)
    parts = [f"{option} {text}" for option, amount, text in amounts if amount]
    return reason_of(case, witness, act, found.row, ", ".join(parts))


def reason_of(case: Case, witness: Witness, act: Act, row: Row, effect: str) -> Reason:
    """Return one rule with what it saw and what it rests on."""
    rule = case.setup.catalogue.get(act.rule)
    seen = inputs_of(case, witness.rules, act, row)
    return Reason(rule.id, rule.sentence, effect, seen, numbers_of(case, rule), rule.claims, rule.draws)


def _data(case: Case, found: Weighing) -> dict[str, object]:
    return {
        "decision": found.decision.name, "date": str(case.setup.period.month(found.step)),
        "actors": list(found.row.codes), "options": list(found.options), "chosen": list(found.chosen),
        "by_rules_and_luck": list(found.free), "bound": found.held, "temperature": found.temperature,
        "luck": found.luck.tolist(), "utility": found.total.tolist(), "chances": found.chances.tolist(),
        "added": {rule: amounts.tolist() for rule, amounts in found.added.items()},
    }  # fmt: skip
