"""How options of commands on results name outcomes, arms and other things, and what is said of unknown names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from demarche.cli.say.summary import HEADLINE, contrasted
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

ALL, NONE = "all", "none"


def split_names(text: str) -> list[str]:
    """Return names separated by commas.

    Examples
    --------
    >>> split_names("quiet, vocal,")
    ['quiet', 'vocal']
    """
    return [name.strip() for name in text.split(",") if name.strip()]


def check_known(option: str, what: str, names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse names that are not known, all at once.

    Raises
    ------
    DesignError
        With the closest name of each.
    """
    problems = [
        Problem(option, f"no {what} is called '{name}'", expected=", ".join(known), did_you_mean=closest(name, known))
        for name in names
        if name not in known
    ]
    if problems:
        raise DesignError(problems)


def choose_outcomes(results: Results, wanted: str) -> tuple[str, ...]:
    """Return the outcomes that an option asks for."""
    from demarche.engine.variables import OUTCOMES

    known = [str(column["name"]) for column in results.manifest.columns["outcomes"] if column["name"] in OUTCOMES]
    if not wanted:
        return tuple(name for name in HEADLINE if name in known)
    names = list(results.manifest.outcomes) if wanted == ALL else split_names(wanted)
    check_known("--outcomes", "outcome", names, known)
    return tuple(dict.fromkeys(names))


def choose_pair(results: Results, text: str) -> tuple[str, str]:
    """Return the two arms that `--between` names; quiet and vocal, or the first and the baseline, if it is empty."""
    arms = list(results.manifest.experiment["arms"])
    names = split_names(text)
    if not names:
        pair = contrasted(arms)
        if pair is None:
            raise DesignError([Problem("--between", "these results have one arm, so there is nothing to compare")])
        return pair
    check_known("--between", "arm", names, arms)
    if len(set(names)) != 2 or len(names) != 2:
        raise DesignError([Problem("--between", "two different arms are needed", found=text, expected="ARM,OTHER")])
    return names[0], names[1]
