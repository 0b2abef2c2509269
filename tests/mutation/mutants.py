"""The file of mutants, read strictly, and what it takes to apply one."""

from __future__ import annotations

import ast
from pathlib import Path

from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import read_yaml

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = Path(__file__).with_name("mutants.yaml")


class Mutant(Strict):
    """One wrong change.

    Parameters
    ----------
    name
        Short name, unique.
    file
        File that is changed, below the top folder.
    before, after
        Text that occurs once in it, and what is put in its place.
    why
        What is wrong with it.
    tests
        Name of the selection of tests that has to notice.
    review
        Whether it is one of those that a review found to survive.
    """

    name: str
    file: str
    before: str
    after: str
    why: str
    tests: str
    review: bool = False

    def applied(self, text: str) -> str:
        """Return the text of the file with the change made.

        Raises
        ------
        ValueError
            If the change cannot be made, or leaves no Python.
        """
        count = text.count(self.before)
        if count != 1:
            raise ValueError(f"the text before occurs {count} times in {self.file}, not once: {self.before}")
        changed = text.replace(self.before, self.after)
        if self.file.endswith(".py"):
            ast.parse(changed)
        return changed


class Mutants(Strict):
    """The file: selections of tests by name, and mutants."""

    selections: dict[str, list[str]]
    mutants: list[Mutant]


def read_mutants(path: Path = MUTANTS) -> Mutants:
    """Read the file.

    Raises
    ------
    ScenarioError
        With every problem of its form at once.
    """
    report = Report(read_yaml(path))
    found = validate(Mutants, report)
    if found is not None:
        names = [mutant.name for mutant in found.mutants]
        for position, mutant in enumerate(found.mutants):
            place = ("mutants", position)
            if names.count(mutant.name) > 1:
                report.add((*place, "name"), "the name is used twice", found=mutant.name)
            if mutant.tests not in found.selections:
                told = ", ".join(found.selections)
                report.add((*place, "tests"), f"no selection is called '{mutant.tests}'", expected=told)
    report.raise_if_any()
    assert found is not None
    return found
