"""What `demarche sensitivity --links` tells: shares of the variance of a contrast by family of links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from demarche.cli.learning import account_of, pair_of, write_block
from demarche.cli.reading import read_experiment
from demarche.cli.say.calibration import say_rows
from demarche.cli.say.choosing import split_names
from demarche.cli.say.console import console, plain
from demarche.errors import DesignError, Problem, check_known, shell_word

if TYPE_CHECKING:
    from demarche.analysis.sensitivity.families import Index

COLUMNS = ("group", "first order", "total")
NOTE = (
    "Shares of the variance of the difference with bootstrap intervals of 95 %: what a group decides alone, and with "
    "all others. Estimates may lie below 0 or above 1."
)
SHOWN = 4


def say_families(experiment: Path, account: str, outcomes: str, base: int, into: Path | None) -> None:
    """Run the sample, print what decides each outcome, and write it into a page if one is named."""
    from demarche.analysis.sensitivity.families import by_family

    read = read_experiment(experiment)
    pair = pair_of(read)
    if pair is None or len(pair.arms) != 2:
        raise DesignError([Problem(str(experiment), "the experiment contrasts no two arms")])
    chosen = split_names(outcomes) or list(pair.outcomes[:SHOWN])
    check_known("--outcomes", "outcome", chosen, list(pair.outcomes))
    name = account_of(account, list(pair.setup.accounts))
    found = by_family(pair.setup, name, (pair.arms[0], pair.arms[1]), chosen, base, read.seed)
    sentences = [leading([one for one in found if one.outcome == outcome]) for outcome in chosen]
    sentences = [line for line in sentences if line]
    tables = [(COLUMNS, rows([one for one in found if one.outcome == outcome]), f"{outcome}. {NOTE}")
              for outcome in chosen]  # fmt: skip
    for line in sentences:
        console().print(plain(line), soft_wrap=True)
    for columns, made, note in tables:
        say_rows(console(), columns, made, note)
    if into is not None:
        command = (f"demarche sensitivity {shell_word(experiment)} --links --account {name} --base {base} "
                   f"--outcomes {','.join(chosen)}")  # fmt: skip
        write_block(into, f"sensitivity {name}", command, sentences, tables)


def leading(found: list[Index]) -> str:
    """Return in a sentence what decides an outcome most, or which groups may; nothing where it does not vary."""
    if not found:
        return ""
    first = max(found, key=lambda one: one.total[0])
    beside = [one.group for one in found if one is not first and one.total[2] >= first.total[1]]
    if not beside:
        return f"{first.outcome}: {first.group} decides most (total {first.total[0]:.2f})."
    largest = f"{first.group} (the largest estimate, total {first.total[0]:.2f})"
    return f"{first.outcome}: which group decides most is not told; it may be {', '.join([largest, *beside])}."


def rows(found: list[Index]) -> list[list[str]]:
    """Return the groups with their shares, largest total first."""
    ordered = sorted(found, key=lambda one: -one.total[0])
    return [[one.group, *(f"{v:.2f} ({low:.2f} to {high:.2f})" for v, low, high in (one.first, one.total))]
            for one in ordered]  # fmt: skip
