"""The last page of a debrief: what the record of the world outside says of each account, and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demarche.analysis.scorecard.kept_verdicts import MET, MISSED, OPEN, KeptVerdict, kept_verdicts
from demarche.scenario.content import Scenario


@dataclass(frozen=True)
class Outside:
    """What the record of the reference case says.

    Parameters
    ----------
    patterns
        All patterns that some account could be held against.
    counts
        Account -> patterns met, not met, open.
    undisputed
        The same of a world in which nothing does anything that an account disputes.
    """

    patterns: tuple[KeptVerdict, ...]
    counts: Mapping[str, tuple[int, int, int]]
    undisputed: tuple[int, int, int]

    @property
    def unlike(self) -> tuple[KeptVerdict, ...]:
        """Patterns on which accounts have different words."""
        return tuple(one for one in self.patterns if not one.is_alike)

    @property
    def splits(self) -> tuple[KeptVerdict, ...]:
        """Patterns that one account meets and another does not."""
        return tuple(one for one in self.patterns if one.splits)

    @property
    def evidence(self) -> tuple[KeptVerdict, ...]:
        """Patterns that nothing stands against as evidence."""
        return tuple(one for one in self.patterns if one.is_evidence)

    @property
    def met_evidence(self) -> tuple[KeptVerdict, ...]:
        """Evidence that some account meets."""
        return tuple(one for one in self.evidence if MET in one.accounts.values())


def outside_of(scenario: Scenario) -> Outside | None:
    """Return what the record says of the accounts of a scenario; None if nothing was kept of them."""
    patterns = kept_verdicts(scenario.accounts, scenario.catalogue)
    if not patterns:
        return None
    counts = {name: _counted([one.accounts[name] for one in patterns]) for name in scenario.accounts}
    return Outside(patterns, counts, _counted([one.undisputed for one in patterns]))


def _counted(words: Sequence[str]) -> tuple[int, int, int]:
    return words.count(MET), words.count(MISSED), words.count(OPEN)
