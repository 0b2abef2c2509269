"""SCHEDULE: the order of a month, as data, with the reason for the order."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.errors import Problem, RuleError, closest
from demarche.rules.contract import Rule
from demarche.world.decisions import DECISIONS, Decision


@dataclass(frozen=True)
class Operation:
    """One thing that the engine itself does in a month.

    Parameters
    ----------
    name
        Name; the method of `Simulation` that does it is `_<name>`.
    what
        What it does, in plain words.
    when
        In which months, in plain words.
    """

    name: str
    what: str
    when: str = "every month"


@dataclass(frozen=True)
class Phase:
    """One phase of the month: rules act in it, decisions are taken in it, or the engine does what is listed."""

    name: str
    what: str
    reason: str
    decides: bool = False
    operations: tuple[Operation, ...] = ()

    @property
    def takes_rules(self) -> bool:
        """Tell whether rules act in it."""
        return not self.decides and not self.operations


SCHEDULE: tuple[Phase, ...] = (
    Phase(
        "opening",
        "the month begins: nothing has happened in it yet",
        "rules find a clean month, the arm's levers, the year's facts and the seats",
        operations=(
            Operation("clear_month", "flows, changes and events are set to zero; random numbers may be drawn anew"),
            Operation("lay_levers", "the levers that hold from this month on are laid", "a setting begins or ends"),
            Operation("turn_year", "the year's facts of states, organisations and bodies are laid", "every January"),
            Operation("lay_seats", "seats of this year's and of the coming session are laid",
                      "the year's turn, and the month after a session"),
            Operation("clear_utilities", "utilities of the decisions that are due begin at zero"),
        ),
    ),
    Phase("events", "the calendar changes the world", "what happens this month is known to all who act in it"),
    Phase("documenting", "NGOs and media collect and publish", "nobody can act on what nobody documented (NGO-01)"),
    Phase("perceiving", "senders take stock", "will and credit rest on what is reported and on past yields"),
    Phase("weighing", "terms are added to senders' options", "all reasons are on the table before any choice"),
    Phase("deciding", "senders choose", "one mechanism for every choice, so that it can be traced", decides=True),
    Phase("subjects", "who speaks settles on what, or for whom", "a word has a subject; drawn for the few who speak"),
    Phase("escalating", "senders choose how to put it: in public after all, in which frame",
          "patience is counted by subject", decides=True),
    Phase(
        "coordinating", "blocs and caucuses bind their members", "joint decisions follow national positions (COA-10)"
    ),
    Phase("acting", "senders act", "pressure exists only once it is voiced"),
    Phase("answer_weighing_common", "what pushes every concession alike is added up",
          "each answer reads the whole sum, divided by its price"),
    Phase("answer_weighing", "terms are added to the focal state's options", "it answers what it met this month"),
    Phase("answer_deciding", "the focal state chooses", "as for senders", decides=True),
    Phase("answering", "the answer takes effect", "releases, talks and punishments follow from choices"),
    Phase("motion_weighing", "what was tabled meets procedure", "a motion to take no action needs a mover"),
    Phase("motion_deciding", "members move to take no action, or nobody does", "procedure before substance",
          decides=True),
    Phase("vote_weighing", "terms are added to the votes", "lobbying and concessions precede the session"),
    Phase("vote_deciding", "delegations vote on taking no action", "as for senders", decides=True),
    Phase("text_weighing", "votes are counted; where taking no action fails the text is weighed",
          "the vote of the day before is known"),
    Phase("text_deciding", "delegations vote on the text", "as for senders", decides=True),
    Phase("un_bodies", "UN bodies count, review and recommend", "procedure is exact and comes after the votes"),
    Phase("society", "citizens, firms and professions move", "they react to the month's acts"),
    Phase("learning", "beliefs, skill and norms move", "slow variables see the whole month"),
    Phase("bookkeeping", "memories fade and records are closed", "the last word before stocks are integrated"),
    Phase(
        "closing",
        "the month ends and is recorded",
        "rules of a phase do not race one another: stocks move once, and what is recorded is final",
        operations=(
            Operation("integrate_stocks", "the month's changes are added to the stocks, which are cut to their range"),
            Operation("record", "series and events of the month are read, and nothing is written",
                      "every month, where somebody records"),
        ),
    ),
)

PHASES: tuple[str, ...] = tuple(phase.name for phase in SCHEDULE)


def rules_in(phase: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules of a phase in their order: by id, except where a rule names others to follow.

    Raises
    ------
    RuleError
        If rules wait for one another in a circle.
    """
    waiting = sorted((rule for rule in rules if rule.phase == phase), key=lambda rule: rule.id)
    here = {rule.id for rule in waiting}
    ordered: list[Rule] = []
    while waiting:
        done = {rule.id for rule in ordered}
        free = next((r for r in waiting if all(a in done or a not in here for a in r.after)), None)
        if free is None:
            names = ", ".join(rule.id for rule in waiting)
            raise RuleError([Problem(f"phase {phase}", "rules wait for one another in a circle", found=names)])
        ordered.append(free)
        waiting.remove(free)
    return tuple(ordered)


def decisions_in(phase: str) -> tuple[Decision, ...]:
    """Return the decisions taken in a phase."""
    return tuple(decision for decision in DECISIONS if decision.phase == phase)


def check_phases(rules: tuple[Rule, ...]) -> None:
    """Refuse rules that name a phase that does not exist or one in which only decisions are taken.

    Raises
    ------
    RuleError
        Naming the rule and the nearest phase.
    """
    open_phases = [phase.name for phase in SCHEDULE if phase.takes_rules]
    for rule in rules:
        if rule.phase not in open_phases:
            raise RuleError(
                [
                    Problem(
                        rule.id,
                        f"phase '{rule.phase}' takes no rules",
                        expected=", ".join(open_phases),
                        did_you_mean=closest(rule.phase, open_phases),
                    )
                ]
            )
