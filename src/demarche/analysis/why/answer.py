"""`answer(case, asked)`: one question about one run, answered."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.analysis.why.against.choice import explain_choice_against
from demarche.analysis.why.against.course import explain_course_against
from demarche.analysis.why.against.many import explain_many_against
from demarche.analysis.why.asked import asked_decision, asked_row, asked_stock, month_step
from demarche.analysis.why.case import Case, partner
from demarche.analysis.why.choice import SHOWN_RULES, explain_choice
from demarche.analysis.why.course import explain_course
from demarche.analysis.why.event import asked_kind, explain_event
from demarche.analysis.why.told import Told
from demarche.errors import DesignError, Problem
from demarche.world.fields import FIELDS

ALL_RULES = 10_000


@dataclass(frozen=True)
class Asked:
    """A question as a user puts it; an empty text was not said.

    Parameters
    ----------
    decision, event, stock
        What is asked about; exactly one of them.
    actor, about
        Whose it is, in any case or by name.
    date, first, last
        One month, or the first and the last of some.
    against, option
        Another arm, and the option that is counted over months.
    all_rules
        Whether every rule is told in full.
    """

    decision: str = ""
    event: str = ""
    stock: str = ""
    actor: str = ""
    about: str = ""
    date: str = ""
    first: str = ""
    last: str = ""
    against: str = ""
    option: str = ""
    all_rules: bool = False


def check_asked(asked: Asked) -> None:
    """Refuse a question that is none, or is two.

    Raises
    ------
    DesignError
        Saying what is missing or too much.
    """
    problems = []
    if sum(map(bool, (asked.decision, asked.event, asked.stock))) != 1:
        fix = "for example --decision vote_no_action, --event person or --stock practice"
        problems.append(Problem("why", "exactly one of --decision, --event and --stock is needed", fix=fix))
    if asked.date and (asked.first or asked.last):
        problems.append(Problem("--date", "one month, or several from --from to --to, not both", fix="leave one out"))
    over_months = bool(asked.stock) or bool(asked.decision and asked.against)
    if (asked.first or asked.last) and not over_months:
        what = "several months can be asked of a stock, or of a decision against another arm"
        problems.append(Problem("--from", what, fix="give one month with --date, or add --against ARM"))
    if not asked.date and not (over_months and asked.first and asked.last):
        fix = "for example --date 1995-03, or for a stock --from 1990-01 --to 1995-12"
        problems.append(Problem("--date", "the month is missing", fix=fix))
    if asked.against and asked.event:
        problems.append(Problem("--against", "an event is asked of one arm; its decision can be compared",
                                fix="ask with --decision"))  # fmt: skip
    if asked.option and not (asked.against and asked.first):
        problems.append(Problem("--option", "an option is counted over months against another arm",
                                fix="add --from, --to and --against"))  # fmt: skip
    if problems:
        raise DesignError(problems)


def answer(case: Case, asked: Asked) -> Told:
    """Answer a question about a run.

    Raises
    ------
    DesignError
        If the question names what there is not, or a month in which it does not happen.
    StoreError
        If the run does not come out as it is stored.
    """
    check_asked(asked)
    first = month_step(case, asked.date or asked.first, "--date" if asked.date else "--from")
    last = month_step(case, asked.date or asked.last, "--date" if asked.date else "--to")
    if last < first:
        raise DesignError([Problem("--to", "the months end before they begin", asked.last, f"{asked.first} or later")])
    given, shown = (asked.actor, asked.about), ALL_RULES if asked.all_rules else SHOWN_RULES
    if asked.event:
        return explain_event(case, asked_kind(asked.event), first, given, shown)
    if asked.stock:
        stock = asked_stock(asked.stock)
        row = asked_row(case, FIELDS[stock].axes, given)
        if asked.against:
            return explain_course_against(case, partner(case, asked.against), stock, row, first, last)
        return explain_course(case, stock, row, first, last, shown)
    decision = asked_decision(asked.decision)
    if asked.against and decision.takes_some:
        what = f"'{decision.name}' takes several options at once, whose chances do not add up"
        raise DesignError([Problem("--against", what, fix="ask for one month and one actor without --against")])
    axes = decision.axes[:1] if decision.takes_some else decision.axes
    if asked.against and asked.first:
        some = asked_row(case, axes, given) if asked.actor else None
        other = partner(case, asked.against)
        return explain_many_against(case, other, decision, first, last, asked.option.strip().lower(), some)
    row = asked_row(case, axes, given)
    if asked.against:
        return explain_choice_against(case, partner(case, asked.against), decision, first, row)
    return explain_choice(case, decision, first, row, shown)
