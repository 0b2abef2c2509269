"""Accounts: coherent accounts of one world, each a choice of rules with their signs.

A rule says in which accounts it is on; an account adds the settings of parameters that belong
to its account. Every account sees the same actors, fields and institutions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """One account.

    Parameters
    ----------
    id, title
        Name in files, and name for readers.
    account
        What it holds, in two sentences.
    documents
        Nicknames of the documents it speaks for (`000` to `004`).
    settings
        Parameter path -> value, where the account differs from the default.
    reasons
        Parameter path -> source of that value; the same keys as `settings`.
    """

    id: str
    title: str
    account: str
    documents: tuple[str, ...]
    settings: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


COOPERATIVE_LEARNING = Account(
    "cooperative_learning",
    "T1 Cooperative learning",
    "Equal dialogue, membership and the focal state's own reform path slowly turn tactics into belief. "
    "Confrontation delays this.",
    ("000",),
)
STRATEGIC_TARGET = Account(
    "strategic_target",
    "T2 Strategic target",
    "The focal state concedes form, empties substance, divides senders and reshapes the rules. "
    "What it gives, it gives where it pays.",
    ("001",),
)
LEVERAGE_TOOLBOX = Account(
    "leverage_toolbox",
    "T3 Leverage toolbox",
    "Each tool has its own yield: quick for individual cases, nil for institutions. "
    "Issue areas differ in how movable they are.",
    ("002",),
    {"target.public_and_private.strength": 0.8},
    {
        "target.public_and_private.strength": "PRS-18, PRS-20: quiet lists and publicity are listed as separate tools; "
        "the joint bonus is argued by PRS-29 and PRS-36 of other documents"
    },
)
DOMESTIC_ENGINE = Account(
    "domestic_engine",
    "T4 Domestic engine",
    "Citizens drive change. Outsiders help by being visible, consistent and open.",
    ("003", "004"),
)

ACCOUNTS: dict[str, Account] = {
    account.id: account for account in (COOPERATIVE_LEARNING, STRATEGIC_TARGET, LEVERAGE_TOOLBOX, DOMESTIC_ENGINE)
}
T1, T2, T3, T4 = ACCOUNTS
