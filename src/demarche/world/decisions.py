"""The decisions that actors take: who decides, among which options, and when.

Rules add named terms to the utility of each option; one mechanism turns utilities into
choices (see `demarche.engine.deciding`), so that every choice can be traced to the rules
behind it and any seat can be overridden by a person or a policy.
"""

from __future__ import annotations

from dataclasses import dataclass

from demarche.world.field_spec import FieldSpec

UTILITY_RANGE = 1e3


@dataclass(frozen=True)
class Decision:
    """One kind of choice.

    Parameters
    ----------
    name
        Name in fields (`<name>_utility`, `<name>_choice`), tables and traces.
    axis
        The actors that decide, one choice per row of this axis.
    options
        Names of the options in their natural order (neighbours are close to one another).
    when
        Months in which it is taken: `month`, or a calendar kind, `kind-2` for two months before.
    phase
        The step of the schedule that takes it.
    temperature
        Scale of the unexplained part of a choice, in utility units: an option's chance is
        proportional to exp(utility / temperature). Source given in `source`.
    meaning, source
        What is decided; where the temperature comes from.
    among
        Field on the same axis: only actors for which it is above zero decide, the others take
        the first option. Empty means all.
    """

    name: str
    axis: str
    options: tuple[str, ...]
    when: str
    phase: str
    temperature: float
    meaning: str
    source: str
    among: str = ""

    def index(self, option: str) -> int:
        """Return the position of an option."""
        return self.options.index(option)

    @property
    def concerns_senders(self) -> bool:
        """Tell whether only states as senders are concerned, the first rows of their axis."""
        return self.among in ("is_sender", "dialogue_offered")

    @property
    def fields(self) -> tuple[FieldSpec, FieldSpec]:
        """The utility and the choice field of this decision."""
        return (
            FieldSpec(
                f"{self.name}_utility",
                (f"option:{self.name}", self.axis),
                "utility",
                -UTILITY_RANGE,
                UTILITY_RANGE,
                f"utility of {', '.join(self.options)}: {self.meaning}",
                "utility",
            ),
            FieldSpec(
                f"{self.name}_choice",
                (self.axis,),
                "option",
                -1,
                len(self.options) - 1,
                f"last choice among {', '.join(self.options)}: {self.meaning}",
                "choice",
                -1,
            ),
        )


UNIT_NOISE = "assumption: logistic noise of one utility unit; rules are scaled against it"

DECISIONS: tuple[Decision, ...] = (
    Decision(
        "channel",
        "state",
        ("silent", "quiet", "vocal"),
        "month",
        "deciding",
        1.0,
        "whether a sender raises rights this month, and in private or in public",
        UNIT_NOISE,
        "is_sender",
    ),
    Decision(
        "accept_dialogue",
        "state",
        ("decline", "accept"),
        "month",
        "deciding",
        1.0,
        "whether a sender that was offered an official rights dialogue takes it up",
        UNIT_NOISE,
        "dialogue_offered",
    ),
    Decision(
        "sponsor",
        "state",
        ("stay_out", "sponsor"),
        "session-1",
        "deciding",
        0.25,
        "whether a sender puts its name to a motion on the focal state",
        "assumption: a quarter of a utility unit, since sponsor lists of 1992-1996 hardly change (record of sponsors)",
        "is_sender",
    ),
    Decision(
        "offer_dialogue",
        "state",
        ("withhold", "offer"),
        "month",
        "answer_deciding",
        1.0,
        "whether the focal state offers a sender an official dialogue, or its resumption",
        UNIT_NOISE,
        "is_sender",
    ),
    Decision(
        "release",
        "case",
        ("hold", "treat_better", "release", "exile"),
        "month",
        "answer_deciding",
        1.0,
        "what the focal state does with a detained person",
        UNIT_NOISE,
    ),
    Decision(
        "treaty",
        "treaty",
        ("wait", "act"),
        "month",
        "answer_deciding",
        1.0,
        "whether the focal state takes the next step (signature, then ratification)",
        UNIT_NOISE,
    ),
    Decision(
        "retaliate",
        "state",
        ("let_pass", "retaliate"),
        "month",
        "answer_deciding",
        1.0,
        "whether the focal state punishes a sender (visits, contracts, talks)",
        UNIT_NOISE,
        "is_sender",
    ),
    Decision(
        "lobby",
        "state",
        ("leave", "lobby"),
        "session-4",
        "answer_deciding",
        1.0,
        "whether the focal state sends a delegation with assistance to a seat-holding government",
        UNIT_NOISE,
        "has_next_seat",
    ),
    Decision(
        "vote_no_action",
        "state",
        ("yes", "abstain", "no", "absent"),
        "session",
        "vote_deciding",
        0.12,
        "vote on the motion to take no action (yes favours the focal state)",
        "assumption: little unexplained noise, since 9-13 % of continuing members change between sessions",
        "has_seat",
    ),
    Decision(
        "vote_text",
        "state",
        ("no", "abstain", "yes", "absent"),
        "session",
        "vote_deciding",
        0.12,
        "vote on the text itself (no favours the focal state)",
        "assumption: as for the no-action motion",
        "has_seat",
    ),
)

DECISION_OF: dict[str, Decision] = {decision.name: decision for decision in DECISIONS}
