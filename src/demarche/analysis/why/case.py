"""One run to be questioned: from a results folder, or of a scenario alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demarche.engine.setup import Runs, Setup
from demarche.errors import DesignError, Problem, check_known, closest, listed, shell_word
from demarche.scenario.shown import code_of, shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demarche.experiment.results.store import Results


@dataclass(frozen=True)
class Case:
    """A run with what it rests on.

    Parameters
    ----------
    setup, runs, row
        The run is row `row` of the table.
    source
        Folder or file as the user wrote it.
    aliases
        Code -> name for display.
    results, run
        The results folder and the number of the run in it; None and -1 for a scenario.
    other_rules
        Whether rules have changed since the folder was made.
    draw
        Number of the draw of a scenario's run, None for medians.
    """

    setup: Setup
    runs: Runs
    row: int
    source: str
    aliases: Mapping[str, str]
    results: Results | None = None
    run: int = -1
    other_rules: bool = False
    draw: int | None = None

    @property
    def arm(self) -> str:
        """Name of the arm."""
        return self.runs.arm[self.row]

    @property
    def account(self) -> str:
        """Name of the account."""
        return self.runs.account[self.row]

    @property
    def told(self) -> str:
        """Which run it is, in a line."""
        number = f"run {self.run}: " if self.run >= 0 else ""
        drawn = len([path for path in self.runs.values if path in self.setup.catalogue.parameters])
        how = f"{drawn} numbers drawn or varied, the others medians" if drawn else "all numbers at their medians"
        return f"{number}arm {self.arm}, account {self.account}, seed {self.runs.seed[self.row]}; {how}"

    def is_drawn(self, path: str) -> bool:
        """Tell whether a parameter has a value of the run's own."""
        return path in self.runs.values

    def label(self, code: str) -> str:
        """Return what a reader calls a code: its name and the code."""
        name = self.aliases.get(code) or names_of(self.setup).get(code, "")
        return f"{name} ({code})" if name and name != code else shown_name(code, self.aliases)

    def code(self, text: str, known: tuple[str, ...], option: str) -> str:
        """Return the code that a user means, in any case or by its name.

        Raises
        ------
        DesignError
            If there is none; says which was probably meant.
        """
        text = code_of(text.strip(), self.aliases)
        padded = {unpadded(code): code for code in known}
        by_name = {name.casefold(): code for code, name in names_of(self.setup).items() if code in known}
        found = {code.casefold(): code for code in known}.get(text.casefold()) or by_name.get(text.casefold())
        found = found or padded.get(unpadded(text))
        if found is None:
            near = closest(text, known)
            near = near or by_name.get(closest(text.casefold(), by_name), "")
            raise DesignError([Problem(option, f"no actor here is called '{text}'", "", listed(known), near)])
        return found




def unpadded(code: str) -> str:
    """Return a code without zeros before its number, in small letters.

    Examples
    --------
    >>> unpadded("person_007"), unpadded("Person_7")
    ('person_7', 'person_7')
    """
    head = code.rstrip("0123456789")
    tail = code[len(head) :]
    return f"{head}{int(tail) if tail else ''}".casefold()


def names_of(setup: Setup) -> dict[str, str]:
    """Return code -> name of the members of the cast that have one."""
    cast = setup.cast
    listed = dict(zip(cast.state_codes, cast.state_names, strict=True))
    for some in (cast.ngos, cast.bodies, cast.issues, cast.donors, cast.treaties, cast.firms):
        listed |= {one.code: one.title for one in some}
    return listed


def case_of_results(path: Path, run: int) -> Case:
    """Return a run of a results folder; rules that have changed since are noted, not refused.

    Raises
    ------
    DesignError
        If there is no such run, or it failed.
    StoreError
        If the folder is damaged, or its scenario is another one.
    """
    from demarche.experiment.results.rerun import other_rules, setup_of, table_of
    from demarche.experiment.results.store import open_results

    results = open_results(path)
    runs, setup = table_of(results, run), setup_of(results, same_rules=False)
    status = str(results.runs().iloc[run]["status"])
    if status != "done":
        fix = f"see what happened: demarche results rerun {shell_word(path)} --run {run}"
        raise DesignError([Problem("--run", f"run {run} was not done ({status})", fix=fix)])
    unknown = [name for name in runs.values if name not in setup.catalogue.parameters and not name.startswith("lever.")]
    if unknown:
        what = f"these results set a number that this version does not have: {unknown[0]}"
        raise DesignError([Problem(str(path), what, fix="use the version of Demarche that wrote the results")])
    return Case(setup, runs, 0, str(path), results.manifest.aliases, results, run, other_rules(results))


def find_run(path: Path, arm: str, account: str) -> int:
    """Return the number of the first run of a results folder in an arm and under an account; empty names take any.

    Raises
    ------
    DesignError
        If there is no such arm or account.
    StoreError
        If the folder cannot be read.
    """
    from demarche.experiment.results.store import open_results

    results = open_results(path)
    for what, name, known in (("arm", arm, results.manifest.arms), ("account", account, results.manifest.accounts)):
        check_known(f"--{what}", what, [name] if name else [], list(known))
    runs = results.runs()
    fits = runs[(runs["status"] == "done") & runs["arm"].isin([arm] if arm else results.manifest.arms)]
    fits = fits[fits["account"].isin([account] if account else results.manifest.accounts)]
    if fits.empty:
        raise DesignError([Problem(str(path), "no run of this arm and account was done", fix="choose another")])
    return int(fits["run"].iloc[0])


def case_of_scenario(path: Path, arm: str, account: str, seed: int, draw: int | None) -> Case:
    """Return a run of a scenario: at the medians of an account, or with one of the draws of its priors.

    Raises
    ------
    DesignError
        If there is no such arm or account.
    ScenarioError
        If the file cannot be used.
    """
    from demarche.rules.priors import drawn_columns
    from demarche.scenario.load import compile_scenario, load_scenario

    scenario = load_scenario(path)
    setup = compile_scenario(scenario)
    check_known("--arm", "arm", [arm] if arm else [], list(setup.arms))
    check_known("--account", "account", [account] if account else [], list(setup.accounts))
    arm = arm or scenario.asked.among(tuple(setup.arms)).reference
    account = account or next(iter(setup.accounts))
    values = {}
    if draw is not None:
        held = setup.accounts[account]
        drawn = drawn_columns(setup.catalogue, [held], [draw], seed)
        values = {name: column for name, column in drawn.items() if name not in setup.fixed}
    runs = Runs([arm], [account], [seed], values)
    return Case(setup, runs, 0, str(path), scenario.aliases, draw=draw)


def partner(case: Case, arm: str) -> Case:
    """Return the run of another arm with the same account, numbers and luck.

    Raises
    ------
    DesignError
        If there is no such arm, or it is the same.
    """
    check_known("--against", "arm", [arm], list(case.setup.arms))
    if arm == case.arm:
        others = ", ".join(name for name in case.setup.arms if name != arm)
        raise DesignError([Problem("--against", "the run is of this arm itself", arm, others)])
    runs = Runs([arm], [case.account], [case.runs.seed[case.row]], case.runs.values)
    return replace(case, runs=runs, row=0, run=partner_number(case, arm))


def partner_number(case: Case, arm: str) -> int:
    """Return the number of the paired run in the folder, -1 if there is none."""
    if case.results is None:
        return -1
    table = case.results.runs()
    mine = table.iloc[case.run]
    keys = [name for name in ("account", "point", "replication", "draw", "luck", "seed") if name in table.columns]
    same = table[np.logical_and.reduce([table[name] == mine[name] for name in keys]) & (table["arm"] == arm)]
    return int(same["run"].iloc[0]) if len(same) else -1
