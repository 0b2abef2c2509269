"""One exception family, one message formatter and the closest-name helper.

Every message has the same five parts: where, what is wrong, what was found, what was
expected (or what was probably meant) and how to mend it. The command line turns each
family into one documented exit code and never shows a traceback for a user's mistake.
"""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

MAX_LISTED = 30  # more names than that make a message unreadable


def shell_word(path: object) -> str:
    """Return a path as a shell takes it: quoted if it holds blanks or anything else that a shell reads its own way."""
    return shlex.quote(str(path))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it is and how to mend it.

    Parameters
    ----------
    where
        `file:line:column: dotted.path`, as much of it as is known.
    what
        What is wrong, without a full stop.
    found, expected, did_you_mean, fix
        Further parts of the message; an empty text leaves the part out.
    """

    where: str
    what: str
    found: str = ""
    expected: str = ""
    did_you_mean: str = ""
    fix: str = ""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}." if self.where else f"{self.what}."]
        facts = [f"Found: {self.found}"] if self.found else []
        facts += [f"Expected: {self.expected}"] if self.expected else []
        lines += ["  " + "   ".join(facts)] if facts else []
        lines += [f"  Did you mean '{self.did_you_mean}'?"] if self.did_you_mean else []
        lines += [f"  Fix: {self.fix}"] if self.fix else []
        return "\n".join(lines)


class DemarcheError(Exception):
    """Root of every error that Demarche raises on purpose; carries its problems.

    Parameters
    ----------
    problems
        What is wrong: problems, or one plain text.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        text = isinstance(problems, str)
        self.problems: tuple[Problem, ...] = (Problem("", problems),) if text else tuple(problems)  # type: ignore[arg-type]
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DemarcheError], tuple[tuple[Problem, ...]]]:
        """Return how another process makes the same error, with its problems and not their text."""
        return type(self), (self.problems,)


class ScenarioError(DemarcheError):
    """A scenario, experiment or cast file cannot be used as it is (exit code 2)."""


class DesignError(DemarcheError):
    """An experiment asks for runs that cannot be laid out (exit code 2)."""


class RuleError(DemarcheError):
    """A rule breaks its contract: undeclared field, doubled draw, bad parameter (exit code 2)."""


class RunError(DemarcheError):
    """Some runs of a batch failed; the others are kept (exit code 1)."""

    exit_code = 1


class StoreError(DemarcheError):
    """A results folder is damaged or not what it says it is (exit code 3)."""

    exit_code = 3


class BusyError(DemarcheError):
    """Another process holds the results folder (exit code 4)."""

    exit_code = 4


class DiskError(DemarcheError):
    """The disk is full or a file cannot be written; what was written is kept (exit code 5)."""

    exit_code = 5


class ResultsWarning(UserWarning):
    """Results can be read, but something about their folder should be mended."""


EXIT_CODES = {
    0: "done",
    1: "some runs failed; what finished is kept",
    2: "bad input: a file, an option or a name cannot be used as it is",
    3: "integrity: a results folder is damaged or incomplete",
    4: "busy: another process holds the results folder",
    5: "the disk is full or a file cannot be written; what was written is kept",
    130: "interrupted; what was written is kept",
}


def closest(name: str, candidates: Iterable[str]) -> str:
    """Return the candidate that `name` was probably meant to be, in any case or as a beginning, or an empty text.

    Examples
    --------
    >>> closest("vocla", ["quiet", "vocal"])
    'vocal'
    >>> closest("zzz", ["quiet", "vocal"])
    ''
    >>> closest("s2", ["S12", "S02"]), closest("diff", ["path", "difference"])
    ('S02', 'difference')
    >>> closest("focal.arrests.known", ["focal.arrests.emergency", "focal.roll_call.known", "ngos.work.known"])
    'focal.roll_call.known'
    """
    folded, wanted = {one.casefold(): one for one in candidates}, name.casefold()
    matches = [one for one in folded if _without_zeros(one) == _without_zeros(wanted)]
    matches = matches or _of_one_end(wanted, folded)
    matches = matches or difflib.get_close_matches(wanted, list(folded), n=1, cutoff=0.6)
    if not matches and len(wanted) > 2:
        matches = sorted((one for one in folded if one.startswith(wanted)), key=len)
    return folded[matches[0]] if matches else ""


def _of_one_end(path: str, known: Iterable[str]) -> list[str]:
    """Return the one known path that begins and ends as a path of several parts does: its middle may be another."""
    first, _, rest = path.partition(".")
    last = rest.rpartition(".")[2]
    found = [one for one in known if rest and one.startswith(f"{first}.") and one.endswith(f".{last}")]
    return found if len(found) == 1 else []


def _without_zeros(name: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", name)


def listed(known: Collection[str]) -> str:
    """Return known names as they may stand in a message."""
    return ", ".join(known) if len(known) <= MAX_LISTED else f"one of {len(known)} names"


def check_known(where: str, what: str, names: Iterable[str], known: Sequence[str]) -> None:
    """Refuse names that are not known, all at once.

    Raises
    ------
    DesignError
        With the closest name of each.
    """
    problems = [
        Problem(where, f"no {what} is called '{name}'", expected=listed(known), did_you_mean=closest(name, known))
        for name in names
        if name not in known
    ]
    if problems:
        raise DesignError(problems)


def as_names(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return names that a program gave: one text is one name, not the names of its letters.

    Examples
    --------
    >>> as_names("releases"), as_names(["releases", "exiles"])
    (('releases',), ('releases', 'exiles'))
    """
    return (names,) if isinstance(names, str) else tuple(names)
