"""Accounts: what documents or researchers hold of the links of one causal graph, as priors.

Every mechanism is in the code once and on in every run; an account is a file of priors over links. A link that it does
not speak of has the prior of the common account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from demarche.accounts.priors import Prior

COMMON = "common"


@dataclass(frozen=True)
class LinkPrior:
    """What an account holds of one link.

    Parameters
    ----------
    prior
        Median, 5 and 95 % quantile, with scale and bounds of the link's unit.
    claims
        Claims of its own documents, in the order of its file.
    source
        Literature key or `assumption`; empty where claims stand for it.
    note
        What else a reader should know.
    """

    prior: Prior
    claims: tuple[str, ...] = ()
    source: str = ""
    note: str = ""

    @property
    def reason(self) -> str:
        """Claims and source in one text."""
        return "; ".join(part for part in (", ".join(self.claims), self.source) if part)


@dataclass(frozen=True)
class Account:
    """One account.

    Parameters
    ----------
    id, title
        Name in files, and name for readers.
    account
        What it holds, in a sentence or two: its standpoint.
    documents
        Nicknames of the documents that it speaks for (`000` to `004`); none if it speaks for literature.
    settings
        Parameter path -> value, if nothing is drawn: the medians of its links, and what a scenario sets.
    reasons
        Parameter path -> source of that value; the same keys as `settings`.
    links
        Link id -> what it holds: of every link, its own word or that of the common account.
    own
        Ids of the links that it speaks of itself, in the order of its file.
    varies
        `common` if it is shown as a variation of the common account.
    path
        File that it was read from.
    digest
        SHA-256 of everything that results depend on.
    """

    id: str
    title: str
    account: str
    documents: tuple[str, ...] = ()
    settings: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, LinkPrior] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    varies: str = ""
    path: Path | None = None
    digest: str = ""

    @property
    def short(self) -> str:
        """Short name for readers: the first word of the title."""
        return self.title.partition(" ")[0]


T1, T2, T3, T4 = "cooperative_learning", "strategic_target", "leverage_toolbox", "domestic_engine"
