"""The scorecard: patterns in rows; accounts, placebos and baselines in columns; marks; what can be said of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import View
from demarche.history.scorecard.ranking import Ranking, rank
from demarche.history.scorecard.verdict import Verdict, Word, judge

Kind = Literal["account", "placebo", "baseline"]
EVIDENCE = "evidence"
PLACEBO_A, PLACEBO_B, PLACEBO_C = "A", "B", "C"
C_AT_MOST = 0.05
"""Largest share of permuted labels that may pass what supports an account."""


@dataclass(frozen=True)
class Column:
    """One column: name, title for readers, kind, and the verdicts; those of permuted labels have `several`.

    Parameters
    ----------
    name, title, kind
        What it is.
    verdicts
        Pattern -> verdict.
    several
        Pattern -> number of permutations that pass, and that could be judged.
    """

    name: str
    title: str
    kind: Kind
    verdicts: Mapping[str, Verdict]
    several: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def word(self, pattern: str) -> Word:
        """Return the verdict on a pattern; of permutations more than one in twenty that pass suffice.

        Permutations and baselines are judged by the line alone: twenty worlds tell their own error, and a baseline has
        no luck.
        """
        if self.several:
            passed, judged = self.several.get(pattern, (0, 0))
            return "not applicable" if not judged else "pass" if passed / judged > C_AT_MOST else "fail"
        if pattern not in self.verdicts:
            return "not applicable"
        one = self.verdicts[pattern]
        return one.by_line if self.kind == "baseline" else one.word

    def passes(self, pattern: str) -> bool | None:
        """Tell whether it passes a pattern, None if that is undecided or not applicable."""
        return {"pass": True, "fail": False}.get(self.word(pattern))

    @property
    def rate(self) -> tuple[int, int]:
        """Patterns passed, and patterns on which it has a verdict that is not undecided."""
        found = [self.passes(pattern) for pattern in (self.several or self.verdicts)]
        return sum(one is True for one in found), sum(one is not None for one in found)


@dataclass(frozen=True)
class Scorecard:
    """What history says.

    Parameters
    ----------
    patterns
        Pattern -> what the case says of it.
    columns
        Accounts, then placebos and baselines.
    marks
        Pattern -> marks, `evidence` where nothing else stands.
    found
        Pattern -> sources of parameters, settings and inputs that cite it or its data.
    ranking
        Whether accounts can be ranked.
    notes
        What a reader should know, such as a missing study.
    """

    patterns: Mapping[str, PatternKeys]
    columns: tuple[Column, ...]
    marks: Mapping[str, tuple[str, ...]]
    found: Mapping[str, tuple[str, ...]]
    ranking: Ranking
    notes: tuple[str, ...] = ()

    @property
    def accounts(self) -> tuple[Column, ...]:
        """The columns of accounts."""
        return tuple(column for column in self.columns if column.kind == "account")

    @property
    def evidence(self) -> tuple[str, ...]:
        """Patterns that are evidence."""
        return self.marked(EVIDENCE)

    @property
    def applicable(self) -> tuple[str, ...]:
        """Patterns that at least one account has outputs for."""
        return tuple(name for name in self.patterns if is_applicable(name, self.accounts))

    def marked(self, mark: str) -> tuple[str, ...]:
        """Return the patterns with a mark."""
        return tuple(name for name, marks in self.marks.items() if mark in marks)

    def supports(self, account: Column) -> tuple[str, ...]:
        """Return the evidence that an account passes and that placebos B and C do not."""
        others = [column for column in self.columns if column.name in (PLACEBO_B, PLACEBO_C)]
        return tuple(
            name
            for name in self.evidence
            if account.passes(name) and all(column.passes(name) is False for column in others)
        )

    @property
    def first_line(self) -> str:
        """How many patterns are evidence, and whether accounts can be ranked."""
        n, listed = len(self.evidence), ", ".join(self.evidence)
        what = f"{n} of {len(self.patterns)} patterns {'is' if n == 1 else 'are'} evidence{f' ({listed})' if n else ''}"
        return f"{what}; {self.ranking.words}"


def is_applicable(pattern: str, accounts: Iterable[Column]) -> bool:
    """Tell whether some account has outputs for a pattern."""
    return any(column.word(pattern) != "not applicable" for column in accounts)


def column_of(name: str, title: str, kind: Kind, patterns: Mapping[str, PatternKeys], view: View) -> Column:
    """Return the verdicts of one view on all patterns of a case."""
    known = find_patterns()
    return Column(name, title, kind, {id_: judge(known[id_], keys, view) for id_, keys in patterns.items()})


def permuted_column(title: str, columns: Iterable[Column]) -> Column:
    """Return the column of permuted labels from one column a permutation."""
    parts = list(columns)
    several = {
        pattern: (
            sum(part.verdicts[pattern].by_line == "pass" for part in parts),
            sum(part.verdicts[pattern].by_line != "not applicable" for part in parts),
        )
        for pattern in parts[0].verdicts
    }
    return Column(PLACEBO_C, title, "placebo", {}, several)


def make_card(
    patterns: Mapping[str, PatternKeys],
    columns: tuple[Column, ...],
    found: Mapping[str, tuple[str, ...]],
    restated: Mapping[str, str] | None,
    notes: Iterable[str] = (),
) -> Scorecard:
    """Return the scorecard with its marks and its ranking.

    Parameters
    ----------
    found
        Pattern -> sources that cite it or its data.
    restated
        Pattern -> rule that alone flips its verdict; None if that was not studied for these rules.
    """
    marks = {name: marks_of(name, keys, columns, found, restated) for name, keys in patterns.items()}
    accounts = [column for column in columns if column.kind == "account"]
    evidence = [name for name, some in marks.items() if EVIDENCE in some]
    more = [] if restated is not None else ["restated was not studied for these rules: demarche validate --restate"]
    ranking = rank(patterns, {one.title: one.verdicts for one in accounts}, evidence)
    return Scorecard(patterns, columns, marks, found, ranking, (*notes, *more))


def marks_of(
    pattern: str,
    keys: PatternKeys,
    columns: tuple[Column, ...],
    found: Mapping[str, tuple[str, ...]],
    restated: Mapping[str, str] | None,
) -> tuple[str, ...]:
    """Return the marks of one pattern, computed: evidence is what has no other."""
    if not is_applicable(pattern, [column for column in columns if column.kind == "account"]):
        return ("not applicable",)
    free = next((column.passes(pattern) for column in columns if column.name == PLACEBO_A), None)
    marks = ["given"] * bool(keys.given)
    marks += ["free"] if free else ["untested"] if free is None else []
    marks += ["fitted"] * bool(keys.fitted or found.get(pattern))
    marks += ["restated"] * (restated is not None and pattern in restated)
    return tuple(marks) or (EVIDENCE,)
