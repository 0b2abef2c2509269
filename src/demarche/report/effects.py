"""Effects for readers: what accounts agree and disagree on in words, and differences with both intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison, compare
from demarche.analysis.comparison.shown import DISAGREE
from demarche.engine.variables import OUTCOMES
from demarche.figures.common import list_words
from demarche.figures.differences import sign_share
from demarche.figures.look import ends, rounded
from demarche.figures.titles import title_of

if TYPE_CHECKING:
    from demarche.figures.tables import FigureTables

KINDS = ("split", "shared", "some", "none")
SIDES = {1: "up", -1: "down", 0: "not clear"}


@dataclass(frozen=True)
class Effect:
    """One effect under one account.

    Parameters
    ----------
    outcome, account
        Names.
    anchor
        Where the report explains it.
    mean, interval, luck
        The mean, its 95 % interval, and that given the draws (empty without draws), as readers see them.
    side
        1 above 0, -1 below, 0 not clear of it.
    n
        Pairs of runs.
    share
        Share of independent units (draws where there are draws) whose mean difference has the sign of the mean, as
        readers see it; empty if the mean is 0.
    middle
        Median and middle 80 % of the units where they are skewed, else empty.
    """

    outcome: str
    account: str
    anchor: str
    mean: str
    interval: str
    luck: str
    side: int
    n: int
    share: str = ""
    middle: str = ""

    @property
    def words(self) -> str:
        """On which side it lies."""
        return SIDES[self.side]


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome: title, unit, meaning, what accounts say of it, how large what is clear of 0 is, and the effects."""

    name: str
    title: str
    unit: str
    meaning: str
    sentence: str
    size: str
    kind: str
    effects: tuple[Effect, ...]

    def of(self, account: str) -> Effect | None:
        """Return the effect under an account, None if it was not run."""
        return next((one for one in self.effects if one.account == account), None)


@dataclass(frozen=True)
class Effects:
    """All effects of one arm instead of another.

    Parameters
    ----------
    arm, against
        The arms.
    rows
        One an outcome.
    how, rule, warning
        How intervals were made, when accounts disagree, what is rough.
    has_draws
        Whether there are intervals given the draws besides.
    left_out
        Outcomes that have no number, and why.
    units
        What independent units are called, such as draws.
    """

    arm: str
    against: str
    rows: tuple[OutcomeRow, ...]
    how: str
    rule: str
    warning: str
    has_draws: bool
    left_out: str
    units: str

    @property
    def telling(self) -> tuple[OutcomeRow, ...]:
        """The outcomes, those first on which accounts disagree, then those on which all agree."""
        return tuple(sorted(self.rows, key=lambda row: KINDS.index(row.kind)))

    def of_kind(self, kind: str) -> tuple[OutcomeRow, ...]:
        """Return the outcomes of one kind: `split`, `shared`, `some` or `none`."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def headline(self) -> str:
        """The answer in one sentence."""
        split, shared = self.of_kind("split"), self.of_kind("shared")
        n = len(self.rows)
        parts = [f"accounts disagree in sign on {_count(len(split))} of {n} outcomes"] if len(self.titles) > 1 else []
        alone = f"{len(shared)} of {n} are clear of 0"
        parts += [f"all agree on {_count(len(shared))}" if len(self.titles) > 1 else alone]
        text = " and ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."

    @property
    def summary(self) -> str:
        """Which outcomes all accounts move to the same side, and on which they disagree, in one or two sentences."""
        shared = {word: [_inline(row) for row in self.of_kind("shared") if row.effects[0].side == side]
                  for side, word in ((1, "more"), (-1, "fewer or less"))}  # fmt: skip
        told = [f"{word}: {list_words(names)}" for word, names in shared.items() if names]
        every = "In every account" if len(self.titles) > 1 else "Clear of 0"
        parts = [f"{every}, under {self.arm}, {'; '.join(told)}."] if told else []
        split = [_inline(row) for row in self.of_kind("split")]
        parts += [f"The sign depends on the account for {list_words(split)}."] if split else []
        return " ".join(parts)

    @property
    def titles(self) -> tuple[str, ...]:
        """Accounts that are told."""
        return tuple(dict.fromkeys(effect.account for row in self.rows for effect in row.effects))


def _inline(row: OutcomeRow) -> str:
    return f"{row.title[:1].lower()}{row.title[1:]}" if not row.title[:2].isupper() else row.title


def _count(n: int) -> str:
    return str(n) if n else "none"


def effects_of(tables: FigureTables) -> Effects | None:
    """Return the effects that the scenario asks for; None if there is one arm."""
    if not tables.batch.asked.contrast:
        return None
    arm, against = tables.batch.asked.contrast
    missing = tables.batch.without_number(tables.batch.shown)
    shown = [name for name in tables.batch.shown if name not in missing]
    if not shown:
        return None
    found = compare(tables.batch, reference=against, levels=(arm,), outcomes=shown)
    rows = tuple(_row(tables, found, name, arm) for name in shown)
    warning = " ".join(filter(None, (found.warning, tables.quick, tables.batch.projection)))
    return Effects(arm, against, rows, f"{found.how}, {found.units_text}", DISAGREE, warning, found.has_draws,
                   "; ".join(missing.values()), found.unit_words)  # fmt: skip


def _row(tables: FigureTables, found: Comparison, name: str, arm: str) -> OutcomeRow:
    spec = OUTCOMES[name]
    rows = found.table[found.table["outcome"] == name].to_dict("records")
    effects = tuple(_effect(row, spec.unit, found.has_draws) for row in rows)
    kind, sentence = agreement(effects, tables.accounts, arm)
    return OutcomeRow(name, title_of(name, tables.aliases), spec.unit, spec.meaning, sentence,
                      _size(effects, spec.unit), kind, effects)  # fmt: skip


def _effect(row: Mapping[Any, Any], unit: str, has_draws: bool) -> Effect:
    def told(low: str, high: str) -> str:
        return "none" if row[low] != row[low] else ends(row[low], row[high], unit)

    outcome, account = str(row["outcome"]), str(row["account"])
    luck = told("luck_low", "luck_high") if has_draws else ""
    anchor = f"why-{outcome}-{account}".replace("_", "-")
    return Effect(outcome, account, anchor, rounded(row["mean"], unit), told("low", "high"), luck, int(row["side"]),
                  int(row["n"]), sign_share(row), _middle(row, unit))  # fmt: skip


def _middle(row: Mapping[Any, Any], unit: str) -> str:
    return f"{rounded(row['median'], unit)} ({ends(row['q10'], row['q90'], unit)})" if row["skewed"] else ""


def _size(effects: tuple[Effect, ...], unit: str) -> str:
    """Return how large the effects are that are clear of 0, empty if none is."""
    clear = [effect.mean for effect in effects if effect.side]
    order = sorted(clear, key=lambda text: float(text.replace("−", "-")))
    ends = list(dict.fromkeys([order[0], order[-1]])) if order else []
    return f"{' to '.join(ends)} {unit}" if ends else ""


def agreement(effects: tuple[Effect, ...], titles: Mapping[str, str], arm: str) -> tuple[str, str]:
    """Return what accounts say of an outcome, as a kind and in words.

    Parameters
    ----------
    effects
        Effects on one outcome, an account each.
    titles
        Account -> title.
    arm
        The arm under which there is more or less.
    """
    named = {side: [titles.get(one.account) or one.account for one in effects if one.side == side] for side in SIDES}
    up, down, open_ = named[1], named[-1], named[0]
    if up and down:
        rest = f"; {list_words(open_)} cannot tell" if open_ else ""
        return "split", f"More under {arm} in {list_words(up)}, less in {list_words(down)}{rest}."
    if not up and not down:
        return "none", "No account can tell the two arms apart." if len(effects) > 1 else "Not clear of 0."
    word = f"{'More' if up else 'Less'} under {arm}"
    if not open_:
        return "shared", f"{word} in all accounts." if len(effects) > 1 else f"{word}."
    return "some", f"{word} in {list_words(up or down)}; {list_words(open_)} cannot tell."
