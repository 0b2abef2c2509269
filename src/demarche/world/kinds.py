"""Kinds of organisations, bodies and donors: what each kind does more or less than others, with the passage behind it.

A cast gives each row one of these kinds; rules read the columns that follow from it and know no row by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TACTIC_COSTS: dict[str, float] = {
    "document": 1.0,
    "publicise": 0.5,
    "brief_capital": 0.6,
    "brief_un": 0.6,
    "defend": 1.5,
    "brand": 1.5,
    "outreach": 2.0,
    "train": 1.5,
    "win_allies": 0.5,
    "join": 0.3,
}
"""Tactic of a group -> its cost in work-quarters (assumption: a report takes a quarter, a briefing half)."""

TACTICS = tuple(TACTIC_COSTS)
PRICES = tuple(TACTIC_COSTS.values())


@dataclass(frozen=True)
class NgoKind:
    """What groups of one kind do more or less than others; the numbers are judgements on the passage in `source`.

    Parameters
    ----------
    fit
        Tactic -> multiple of the odds with which a group uses it; 1 where nothing is said, 0 for what it cannot do.
    reserve
        Means that it keeps at most, in work-quarters.
    joins
        How far its voice is that of local people or of third parties when it works on an issue, 0 to 1.
    cooperative
        Works with the authorities' consent and is hardly ever barred.
    sheltered
        Works where the authorities of the focal state do not shut doors.
    next_door
        Works in a freer territory next door to the focal state, with libraries, reporters and travellers at hand.
    regional
        Briefs neighbouring governments rather than the leading capitals, and lets people inside know of its campaigns.
    union
        May file complaints on labour.
    campaigner
        May ask for an inspection of a lender's project.
    source
        Passage behind it.
    """

    source: str
    reserve: float
    fit: Mapping[str, float] = field(default_factory=dict)
    joins: float = 0.0
    cooperative: bool = False
    sheltered: bool = False
    next_door: bool = False
    regional: bool = False
    union: bool = False
    campaigner: bool = False


NGO_KINDS: dict[str, NgoKind] = {
    "documentation": NgoKind(
        "NGO-02, NGO-10", 6.0,
        {"brief_capital": 1.5, "brand": 0.0, "outreach": 0.3, "train": 0.3, "defend": 0.0}, campaigner=True,
    ),
    "labour": NgoKind(
        "NGO-06, NGO-07, NGO-36, UNB-23", 4.0,
        {"brand": 6.0, "join": 2.0, "win_allies": 2.0, "outreach": 0.3, "defend": 0.3}, joins=0.5, union=True,
    ),
    "legal_defence": NgoKind(
        "NGO-14, NGO-15, NGO-16", 3.0,
        {"defend": 8.0, "train": 2.0, "document": 0.5, "publicise": 0.3, "brief_capital": 0.3, "brand": 0.0,
         "outreach": 0.0}, joins=0.5, cooperative=True,
    ),
    "territory_office": NgoKind(
        "NGO-20, NGO-21, NGO-22, NGO-23, NGO-38", 4.0,
        {"publicise": 1.5, "brief_un": 2.0, "outreach": 1.5, "brand": 0.3, "defend": 0.3}, joins=1.0, sheltered=True,
        next_door=True, campaigner=True,
    ),
    "online_centre": NgoKind(
        "NGO-17, NGO-18", 3.0,
        {"outreach": 8.0, "document": 0.5, "brief_capital": 0.3, "brief_un": 0.3, "brand": 0.3, "defend": 0.0},
        joins=0.5, sheltered=True,
    ),
    "regional_network": NgoKind(
        "COA-14, COA-16, COA-17, COA-18, COA-19, NGO-13", 4.0,
        {"brief_capital": 2.0, "join": 4.0, "win_allies": 2.0, "document": 0.5, "brand": 0.3, "defend": 0.0},
        joins=1.0, regional=True, campaigner=True,
    ),
    "diaspora": NgoKind(
        "NGO-25, NGO-26, NGO-27", 4.0,
        {"document": 0.3, "publicise": 0.5, "brief_capital": 2.0, "brief_un": 0.3, "win_allies": 2.0, "brand": 0.0,
         "defend": 0.3}, joins=0.5, campaigner=True,
    ),
    "families": NgoKind(
        "NGO-11, NGO-24", 2.0,
        {"publicise": 1.5, "brief_capital": 0.5, "defend": 2.0, "brand": 0.0, "outreach": 0.0, "train": 0.0}, joins=1.0,
    ),
    "monitor": NgoKind(
        "DLG-17, DLG-18", 3.0,
        {"brief_capital": 2.0, "brand": 0.0, "defend": 0.0, "outreach": 0.3, "train": 0.3},
    ),
    "foundation": NgoKind(
        "DLG-13, DLG-23, NGO-30", 10.0,
        {"train": 8.0, "defend": 2.0, "publicise": 0.1, "brief_capital": 0.1, "brief_un": 0.1, "brand": 0.0,
         "join": 0.3}, cooperative=True,
    ),
    "broadcaster": NgoKind(
        "NGO-19, NGO-31", 8.0,
        {"outreach": 6.0, "publicise": 2.0, "brief_capital": 0.1, "brief_un": 0.0, "brand": 0.0, "defend": 0.0,
         "train": 0.3}, sheltered=True,
    ),
    "professional": NgoKind(
        "NGO-35", 5.0,
        {"brief_un": 1.5, "document": 0.7, "train": 2.0, "brand": 0.0, "outreach": 0.3}, joins=1.0,
    ),
}  # fmt: skip
"""Name of a kind of group -> what it does more or less; fits are assumptions on the passage."""

BODY_KINDS: dict[str, str] = {
    "charter": "governments that sit, table and vote",
    "experts": "experts elected by governments who vote in secret",
    "committee": "experts who examine what a state does under one treaty",
    "procedures": "mandates of independent experts",
    "commissioner": "the office of the High Commissioner",
    "assembly": "all governments",
    "labour": "the organisation of governments, unions and employers",
    "lender": "a development bank with an inspection panel",
}
"""Name of a kind of body -> who decides in it."""

NGO_KIND_NAMES = tuple(NGO_KINDS)
BODY_KIND_NAMES = tuple(BODY_KINDS)


def fit_of(kind: str, tactic: str) -> float:
    """Return the multiple of the odds with which a group of a kind uses a tactic, in [0, 8]."""
    return NGO_KINDS[kind].fit.get(tactic, 1.0)
