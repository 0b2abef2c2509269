"""The named axes of the world's arrays and the codes that never vary between cases.

Arrays have their axes in declared order with the run axis last: `(n_states, n_runs)`,
`(n_options, n_states, n_runs)`, `(n_runs,)`. Axes whose members come from a cast
are sized when the world is made; an axis may have no members in a case.
"""

from __future__ import annotations

from dataclasses import dataclass

SANCTIONS = ("diplomatic", "aid_and_loans", "arms", "trade")
CHANNELS = ("quiet", "vocal")
DIALOGUE_TERMS = ("agenda", "secrecy", "ngo_seat", "conditions")
REGIONS = ("african", "asian", "eastern_european", "latin_american", "western")
LEADERSHIP = ("leadership",)
PERSON_STATUS = ("unknown", "detained", "treated_better", "at_liberty", "exiled")
QUANTILES = 129  # steps in which a distribution is laid out
TREATY_STAGES = ("none", "signed", "ratified")
ISSUE_GROUPS = ("core", "overlap", "social", "procedural")
ISSUE_ROLES = ("work", "custody")


@dataclass(frozen=True)
class Axis:
    """One axis of the world's arrays.

    Parameters
    ----------
    name, meaning
        Name in field declarations; what a row is.
    members
        Codes that never vary between cases; empty if the cast gives them (possibly none).
    """

    name: str
    meaning: str
    members: tuple[str, ...] = ()


AXES: tuple[Axis, ...] = (
    Axis("state", "a country"),
    Axis("sender", "a country that may raise rights with the focal state: the first rows of states"),
    Axis("ngo", "a non-governmental organisation"),
    Axis("body", "a UN body or lender"),
    Axis("issue", "an area of rights"),
    Axis("treaty", "a treaty"),
    Axis("person", "a slot for a person"),
    Axis("donor", "a foundation or government that funds NGOs"),
    Axis("firm", "a company with exposure to the focal state"),
    Axis("leadership", "the leadership of the focal state, which decides what concerns the whole country", LEADERSHIP),
    Axis("region", "a regional group of states", REGIONS),
    Axis("vote_term", "a coefficient of the model of votes"),
    Axis("chamber", "an executive or a legislature of a sender"),
    Axis("channel", "a way in which words are said", CHANNELS),
    Axis("stance", "a stance towards the focal state in a vote", ("against", "abstain", "for")),
    Axis("mood", "what a motion adds for all delegations", ("abstain", "for")),
    Axis("term", "a term of an official dialogue", DIALOGUE_TERMS),
    Axis("quantile", "a step of a distribution", tuple(f"q{step:03d}" for step in range(QUANTILES))),
)

CAST_AXES: tuple[str, ...] = tuple(axis.name for axis in AXES if not axis.members)
FIXED_AXES: dict[str, tuple[str, ...]] = {axis.name: axis.members for axis in AXES if axis.members}
