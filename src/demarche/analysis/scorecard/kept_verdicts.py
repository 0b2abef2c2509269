"""The verdicts of the record on the packaged accounts, kept with the package; a test freezes them with each version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demarche.accounts.account import Account
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import read_kept
from demarche.history.scorecard.card import EVIDENCE, PLACEBO_A, Scorecard
from demarche.rules.collected import Catalogue

FOLDER, FILE = "demarche.analysis.scorecard", "verdicts.json"
MET, MISSED, OPEN = "met", "not met", "open"
KEPT = {True: "pass", False: "fail", None: "-"}
WORDS = {"pass": MET, "fail": MISSED, "-": OPEN}


@dataclass(frozen=True)
class KeptVerdict:
    """What the record of the reference case says on one pattern.

    Parameters
    ----------
    pattern, title
        Its number, and what it says.
    accounts
        Account -> `met`, `not met`, or `open` where runs do not decide or there is nothing to judge.
    undisputed
        The same of a world in which nothing does anything that an account disputes (placebo A).
    marks
        What stands against the pattern as evidence; `evidence` if nothing does.
    """

    pattern: str
    title: str
    accounts: Mapping[str, str]
    undisputed: str
    marks: tuple[str, ...]

    @property
    def is_evidence(self) -> bool:
        """Tell whether nothing stands against it."""
        return EVIDENCE in self.marks

    @property
    def is_alike(self) -> bool:
        """Tell whether all accounts have the same word."""
        return len(set(self.accounts.values())) == 1

    @property
    def splits(self) -> bool:
        """Tell whether one account meets it and another does not."""
        return {MET, MISSED} <= set(self.accounts.values())


def to_keep(card: Scorecard) -> dict[str, dict[str, Any]]:
    """Return what is kept of a scorecard: pattern -> its title, marks, and the word of each column."""
    return {
        name: {"title": card.patterns[name].title, "marks": list(card.marks[name])}
        | {column.name: KEPT[column.passes(name)] for column in card.columns}
        for name in card.applicable
    }


def kept_verdicts(accounts: Mapping[str, Account], catalogue: Catalogue) -> tuple[KeptVerdict, ...]:
    """Return the kept verdicts on some accounts, by pattern; none if an account or a rule is not a packaged one.

    Parameters
    ----------
    accounts, catalogue
        What a scenario plays with.
    """
    packaged = packaged_accounts()
    if catalogue.added or any(name not in packaged or one.digest != packaged[name].digest
                              for name, one in accounts.items()):  # fmt: skip
        return ()
    found = read_kept(FOLDER, FILE).items()
    return tuple(
        KeptVerdict(name, one["title"], {account: WORDS[one[account]] for account in accounts}, WORDS[one[PLACEBO_A]],
                    tuple(one["marks"]))
        for name, one in found if all(account in one for account in accounts)
    )  # fmt: skip
