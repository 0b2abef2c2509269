"""How the scorecard is told: first what is evidence, then the table, then what the inputs give away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from demarche.cli.say.console import plain, table

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.analysis.scorecard.assemble import Judged
    from demarche.history.patterns.contract import PatternKeys
    from demarche.history.scorecard.card import Column, Scorecard
    from demarche.history.scorecard.verdict import Verdict

SHOWN_MARKS = ("given", "free", "fitted", "restated", "untested", "evidence", "not applicable")
WORDS = {"pass": "pass", "fail": "FAIL", "undecided": "undecided", "not applicable": "-"}
SIGNS = {"pass": "+", "fail": "x", "undecided": "?", "not applicable": "-"}


def say_scorecard(shown: Console, judged: Judged, brief: bool) -> None:
    """Print the scorecard; `brief` leaves out values and patterns that are not applicable."""
    card = judged.card
    shown.print(plain(card.first_line), soft_wrap=True)
    counts = ", ".join(f"{len(card.marked(mark))} {mark}" for mark in SHOWN_MARKS if card.marked(mark))
    shown.print(f"{len(card.patterns)} patterns: {counts} (marks may overlap). {judged.runs} runs an account and arm.")
    for account in card.accounts:
        supports = card.supports(account)
        told = f"supported by {', '.join(supports)}" if supports else "supported by none"
        shown.print(plain(f"{account.title}: {told} of the evidence that placebos B and C fail"), soft_wrap=True)
    shown.print(rows(card, brief))
    if not brief:
        say_sources(shown, card)
        say_encodings(shown, judged)
    else:
        n = sum(len(one.inputs) for one in judged.encodings)
        shown.print("+ passes, x fails, ? undecided, - not applicable; of C, permutations that pass")
        shown.print(f"{n} inputs of the case encode an outcome; {len(card.patterns) - len(card.applicable)} patterns "
                    "are no output of these accounts. All of it: demarche validate without --brief")  # fmt: skip
    for note in card.notes:
        shown.print(plain(note), soft_wrap=True)


def rows(card: Scorecard, brief: bool) -> Any:
    """Return the table of the patterns that some account has outputs for: record, each column, marks."""
    names = [short(column) for column in card.columns]
    made = table("pattern", "record", *names, "marks")
    for name in card.applicable:
        cells = [cell(column, name, brief) for column in card.columns]
        record = on_record(card.patterns[name])
        record = record.partition(" +-")[0] if brief else record
        made.add_row(name, plain(record), *cells, " ".join(card.marks[name]))
    rates = [f"{column.rate[0]}/{column.rate[1]}" for column in card.columns]
    made.add_row("passed", "", *rates, "")
    return made


def short(column: Column) -> str:
    """Return the heading of a column: the first word of an account's title, the name of others."""
    return column.title.split()[0] if column.kind == "account" else column.name


def cell(column: Column, pattern: str, brief: bool) -> str:
    """Return the verdict in a column, with the mean of the values where there is room."""
    if column.several:
        passed, judged = column.several.get(pattern, (0, 0))
        return f"{passed}/{judged}" if judged else "-"
    one = column.verdicts[pattern]
    word = column.word(pattern)
    if brief or word == "not applicable":
        return SIGNS[word]
    return f"{WORDS[word]}\n{one.mean:.3g}"


def on_record(keys: PatternKeys) -> str:
    """Return the record's value with its error, or the ends."""
    if keys.record is not None:
        return f"{keys.record:g} +-{keys.error:g}"
    low, high = keys.within or (None, None)
    if low is None or high is None:
        return f"from {low:g}" if low is not None else f"to {high:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def say_sources(shown: Console, card: Scorecard) -> None:
    """Print what the patterns are, the sources that make them fitted, and why some are not applicable."""
    shown.print("What history shows")
    for name in card.applicable:
        shown.print(plain(f"  {name} {card.patterns[name].title} ({card.patterns[name].unit})"), soft_wrap=True)
    shown.print("\nFitted: sources of parameters, settings and inputs that cite the pattern or its data")
    for name, some in card.found.items():
        shown.print(plain(f"  {name} ({len(some)}): {some[0]}{' ...' if len(some) > 1 else ''}"), soft_wrap=True)
    shown.print("\nNot applicable in any account")
    for name in card.patterns:
        if name not in card.applicable:
            reasons = dict.fromkeys(column.verdicts[name].reason for column in card.accounts)
            shown.print(plain(f"  {name} {card.patterns[name].title}: {'; '.join(reasons)}"), soft_wrap=True)


def say_encodings(shown: Console, judged: Judged) -> None:
    """Print the inputs that encode an outcome."""
    n = sum(len(one.inputs) for one in judged.encodings)
    shown.print(f"\n{n} inputs encode an outcome")
    for one in judged.encodings:
        concerned = f" ({', '.join(one.patterns)})" if one.patterns else ""
        shown.print(plain(f"  {len(one.inputs)}: {one.what}{concerned}"), soft_wrap=True)


def as_data(judged: Judged) -> dict[str, Any]:
    """Return the scorecard as one object; what cannot be taken is null."""
    card = judged.card
    return {
        "first_line": card.first_line,
        "evidence": list(card.evidence),
        "runs": judged.runs,
        "patterns": {
            name: {
                "title": keys.title, "record": keys.record, "error": keys.error,
                "within": None if keys.within is None else list(keys.within), "marks": list(card.marks[name]),
                "columns": {column.name: column_data(column, name) for column in card.columns},
            }
            for name, keys in card.patterns.items()
        },
        "supports": {column.name: list(card.supports(column)) for column in card.accounts},
        "fitted": {name: list(some) for name, some in card.found.items()},
        "encodes": [{"what": one.what, "inputs": list(one.inputs), "patterns": list(one.patterns)}
                    for one in judged.encodings],
        "ranking": {"words": card.ranking.words, "patterns": list(card.ranking.patterns),
                    "differences": [vars(one) for one in card.ranking.differences]},
        "notes": list(card.notes),
    }  # fmt: skip


def column_data(column: Column, pattern: str) -> dict[str, Any]:
    """Return what a column says of a pattern."""
    if column.several:
        passed, judged = column.several.get(pattern, (0, 0))
        return {"passed": passed, "judged": judged}
    return {**verdict_data(column.verdicts[pattern]), "verdict": column.word(pattern)}


def verdict_data(one: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data."""
    numbers = {"mean": one.mean, "low": one.limits[0], "high": one.limits[1], "place": one.place,
               "log_score": one.score, "gain_on_base_rate": one.gain}  # fmt: skip
    known = {name: None if math.isnan(value) else value for name, value in numbers.items()}
    return {"verdict": one.word, **known, "n": len(one.values), "reason": one.reason}
