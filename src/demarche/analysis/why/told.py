"""What `why` tells: plain values, the same for a terminal, a page and a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Parameters
    ----------
    title
        What it shows, in a sentence.
    columns
        Heads; the first column is left-aligned, those in `words` as well, the others are numbers.
    rows, foot
        Cells; the foot stands below a line: sums and what follows from them.
    notes
        Sentences below it.
    words
        Columns that hold words.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Input:
    """One thing that a rule saw.

    Parameters
    ----------
    name, value, unit, meaning
        Field with its value as it is shown, its unit and its meaning.
    because
        Where the value comes from.
    """

    name: str
    value: str
    unit: str
    meaning: str
    because: str


@dataclass(frozen=True)
class Number:
    """One number that a rule rests on: a link, a base rate, or a number of its own.

    Parameters
    ----------
    kind, name, value, unit, meaning
        `link`, `base rate` or `number`; its name, its value in the run as it is shown, unit and meaning.
    held
        Who holds what of it: median and range of the account, or the default, and whether it was drawn.
    grounds
        Claims, or source, behind it.
    claims
        Ids of the claims among the grounds.
    """

    kind: str
    name: str
    value: str
    unit: str
    meaning: str
    held: str
    grounds: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One rule behind what happened.

    Parameters
    ----------
    rule, sentence
        Its id, and what it says.
    effect
        What it did here, in a phrase.
    inputs, numbers, claims
        What it saw, what it rests on, and the claims that it expresses.
    draws
        Names of the luck of its own that it drew, if any.
    """

    rule: str
    sentence: str
    effect: str
    inputs: tuple[Input, ...]
    numbers: tuple[Number, ...]
    claims: tuple[str, ...]
    draws: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """One claim of the register, told once.

    Parameters
    ----------
    claim, place, paraphrase, strength
        Id, section and lines, the claim in our words, and how its document supports it.
    disputed
        Claims that disagree with it, in a phrase each.
    used_by
        Rules and links above that rest on it.
    """

    claim: str
    place: str
    paraphrase: str
    strength: str
    disputed: tuple[str, ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The passages of one document, in the order of the register."""

    nick: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Step:
    """A further question, and the command that asks it."""

    question: str
    command: str


@dataclass(frozen=True)
class Told:
    """An answer to why.

    Parameters
    ----------
    sentence, more
        The answer in one sentence, and the sentences that follow it.
    run
        Which run it is: arm, account, seed and how its numbers were set.
    checks
        What was compared with the results folder, and what a reader must know of it.
    tables
        Numbers.
    reasons, more_rules
        Rules that weighed most, and ids of those that are not shown.
    documents
        The passages behind them.
    next_steps
        Further questions with the commands that ask them.
    data
        The numbers in full, for programs.
    """

    sentence: str
    more: tuple[str, ...]
    run: str
    checks: tuple[str, ...]
    tables: tuple[Table, ...]
    reasons: tuple[Reason, ...] = ()
    more_rules: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    next_steps: tuple[Step, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
