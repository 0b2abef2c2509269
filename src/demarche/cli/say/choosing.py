"""How options of commands on results name outcomes, arms and other things, and what is said of unknown names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, check_known

if TYPE_CHECKING:
    from demarche.analysis.comparison.batch import Batch

ALL, NONE = "all", "none"


def split_names(text: str) -> list[str]:
    """Return names separated by commas.

    Examples
    --------
    >>> split_names("quiet, vocal,")
    ['quiet', 'vocal']
    """
    return [name.strip() for name in text.split(",") if name.strip()]


@contextmanager
def as_options(*names: str) -> Iterator[None]:
    """Let problems with arguments of these names speak of the options of the same names."""
    try:
        yield
    except DesignError as error:
        raise DesignError([
            replace(problem, where=f"--{problem.where}") if problem.where in names else problem
            for problem in error.problems
        ]) from error  # fmt: skip


def choose_outcomes(batch: Batch, wanted: str) -> tuple[str, ...]:
    """Return the outcomes that an option asks for: those of the scenario if it is empty, `all` that were recorded."""
    names = batch.outcomes if wanted == ALL else tuple(split_names(wanted)) or batch.shown
    check_known("--outcomes", "outcome", names, batch.outcomes)
    return tuple(dict.fromkeys(names))


def choose_pair(batch: Batch, text: str) -> tuple[str, str]:
    """Return the two arms that `--between` names; the contrast of the scenario if it is empty."""
    names = tuple(split_names(text)) or batch.asked.contrast
    if not names:
        raise DesignError([Problem("--between", "these results have one arm, so there is nothing to compare")])
    check_known("--between", "arm", names, batch.arms)
    if len(set(names)) != 2 or len(names) != 2:
        raise DesignError([Problem("--between", "two different arms are needed", found=text, expected="ARM,OTHER")])
    return names[0], names[1]
