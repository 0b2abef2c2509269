"""What commands that learn from the record share: options, the world of a bank, the year to learn to, pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.reading import setup_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from demarche.analysis.calibration.bank import Bank, World
    from demarche.analysis.calibration.contrast import Pair
    from demarche.experiment.design.experiment import Experiment

INSTALL = "pip install 'demarche[calibrate]'"
BankOption = Annotated[
    Path | None, typer.Option("--bank", help="Folder of the bank of prior runs; FILE.bank if left out.")
]
DrawsOption = Annotated[int, typer.Option("--draws", "-n", min=100, help="Draws of the priors in the bank.")]
LucksOption = Annotated[int, typer.Option("--lucks", min=1, help="Runs of each draw, each with luck of its own.")]
IntoOption = Annotated[
    Path | None, typer.Option("--into", help="Replace the block of this page in Markdown that is named after it.")
]


def open_bank(folder: Path, world: World) -> Bank:
    """Return a bank; sums of matrices are taken in one thread, which is faster where they are small.

    Raises
    ------
    DesignError
        If scikit-learn is not installed, or the folder holds a bank of another world.
    """
    import importlib.util

    from demarche.errors import DesignError

    if importlib.util.find_spec("sklearn") is None:
        raise DesignError(f"scikit-learn is not installed. Fix: {INSTALL}")
    from threadpoolctl import threadpool_limits

    from demarche.analysis.calibration.bank import Bank

    threadpool_limits(1)
    return Bank(folder, world)


def write_block(
    page: Path, name: str, command: str, sentences: Iterable[str],
    tables: Iterable[tuple[Sequence[str], list[list[str]], str]],
) -> None:  # fmt: skip
    """Replace one block of a page."""
    from demarche.cli.writing import write_text
    from demarche.report.evidence import block, put

    made = block(name, command, sentences, tables)
    write_text(page, put(page.read_text(encoding="utf-8"), name, made, str(page)))


def world_of(read: Experiment, account: str, lucks: int, own_votes: str = "") -> World:
    """Return the world as it was under an account, until the record ends.

    Parameters
    ----------
    read, account, lucks
        What is run.
    own_votes
        Whether the model of votes is the one that knows votes on the case; as the cast says if empty.
    """
    from dataclasses import replace

    from demarche.analysis.calibration.bank import World
    from demarche.analysis.scorecard.jobs import until_the_record_ends
    from demarche.history.record import need_record

    need_record(read.scenario.cast)
    arm = read.scenario.asked.among(read.arms).reference
    setup = setup_of(read.scenario)
    account_of(account, list(setup.accounts))
    setup = replace(setup, cast=replace(setup.cast, own_votes=own_votes)) if own_votes else setup
    return World(until_the_record_ends(setup, {arm: 0}), arm, account, read.seed, lucks)


def account_of(name: str, known: list[str]) -> str:
    """Return an account that is known, the first one if none is named.

    Raises
    ------
    DesignError
        With the closest name.
    """
    from demarche.errors import check_known

    check_known("--account", "account", [name] if name else [], known)
    return name or known[0]


def pair_of(read: Experiment) -> Pair | None:
    """Return the two arms that an experiment contrasts, in their whole period; None if it contrasts none."""
    from demarche.analysis.calibration.contrast import Pair

    asked = read.scenario.asked.among(read.arms)
    return Pair(setup_of(read.scenario), asked.contrast, asked.outcomes) if asked.contrast else None


def year_of(world: World, until: int | None, before_the_end: bool = False) -> int:
    """Return the last year that is looked at; refuse one to which nothing is measured, or after which nothing is."""
    from demarche.analysis.calibration.measures import axes_of, cuts
    from demarche.errors import DesignError, Problem
    from demarche.history.record import need_record

    known = cuts(axes_of(world.setup.cast, need_record(world.setup.cast)))
    known = known[:-1] if before_the_end else known
    year = known[-1] if until is None else until
    if year not in known:
        expected = ", ".join(str(one) for one in known)
        raise DesignError([Problem("--until", "the record is not measured until this year", str(year), expected)])
    return year
