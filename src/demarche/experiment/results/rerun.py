"""From a results folder back to the engine: the setup of its scenario and any of its runs."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demarche.engine.setup import Runs, Setup
from demarche.errors import DesignError, Problem, ScenarioError, StoreError
from demarche.experiment.chunks.shards import KILLED, PARTS, Failure, Job, Task
from demarche.experiment.results.inputs import check_inputs

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

FIRST_PROBLEMS = 3


@dataclass(frozen=True)
class Repeated:
    """What came of a run that was repeated.

    Parameters
    ----------
    inputs
        The run.
    stored, again
        Outcomes as they are stored and as they came out now; empty if it failed then or now.
    failure
        Why it failed now, None if it was done.
    """

    inputs: Runs
    stored: dict[str, float]
    again: dict[str, float]
    failure: Failure | None

    @property
    def differences(self) -> list[str]:
        """Names of the outcomes that came out another way, if it was done both times."""
        if not self.stored or not self.again:
            return []
        pairs = ((name, np.array([value, self.again[name]])) for name, value in self.stored.items())
        return [name for name, pair in pairs if not np.array_equal(pair[:1], pair[1:], equal_nan=True)]


def repeat_run(results: Results, run: int) -> Repeated:
    """Repeat one run of a results folder in a process of its own, so that one that ends it is told, too.

    Raises
    ------
    DesignError
        If there is no such run.
    StoreError
        If the inputs of the results are damaged, or the scenario or the rules on hand are others.
    """
    from demarche.experiment.chunks.pool import Pool
    from demarche.experiment.tables.columns import column_dictionary
    from demarche.experiment.tables.parquet import read_table

    inputs, setup = table_of(results, run), setup_of(results)
    issues = [issue.code for issue in setup.cast.issues]
    stored = results.outcomes().set_index("run")
    with tempfile.TemporaryDirectory() as folder:
        job = Job(setup, Path(folder), column_dictionary({}, issues), series=False, events=False)
        with Pool(job, 1) as engine:
            engine.submit(Task(0, np.array([run]), inputs))
            ((_, receipt),) = engine.as_completed()
        if receipt is None:
            failure = Failure((run,), "WorkerDied", "the run ended its worker process", status=KILLED)
            return Repeated(inputs, {}, {}, failure)
        if receipt.failures:
            return Repeated(inputs, {}, {}, receipt.failures[0])
        (record,) = (file for file in receipt.files if file.table == PARTS)
        (again,) = read_table(job.root, record).drop_columns(["run"]).to_pylist()
    known = {} if run not in stored.index else {name: float(stored.loc[run][name]) for name in again}
    return Repeated(inputs, known, again, None)


def table_of(results: Results, run: int) -> Runs:
    """Return one run of a results folder as input of the engine.

    Raises
    ------
    DesignError
        If there is no such run.
    StoreError
        If the table of runs is damaged.
    """
    runs = results.runs()
    if not 0 <= run < len(runs):
        raise DesignError([Problem("--run", "there is no such run", found=str(run), expected=f"0 to {len(runs) - 1}")])
    row = runs.iloc[run]
    paths = results.manifest.experiment["parameters"]
    values = {path: np.array([float(row[path])]) for path in paths}
    return Runs([str(row["arm"])], [str(row["account"])], [int(row["seed"])], values)


def setup_of(results: Results, *, same_rules: bool = True) -> Setup:
    """Return the setup that the runs of a results folder rest on, from the copies of its inputs.

    Parameters
    ----------
    results
        The folder.
    same_rules
        Whether rules that have changed since are refused; see `other_rules`.

    Raises
    ------
    StoreError
        If a copy is damaged or of another version, or the scenario or the rules are not those of the results.
    """
    from demarche.rules.find import rules_digest
    from demarche.scenario.load import compile_scenario, load_scenario

    manifest = results.manifest
    check_inputs(results)
    fix = "use the version of Demarche that wrote the results, or run the experiment again"
    try:
        scenario = load_scenario(results.input("scenario"))
    except ScenarioError as error:
        what = "this version of Demarche cannot read the scenario that the results rest on"
        first = "; ".join(problem.what for problem in error.problems[:FIRST_PROBLEMS])
        found = f"{len(error.problems)} problems: {first}"
        raise StoreError([Problem(str(results.path), what, found, fix=fix)]) from error
    for what, found in (("scenario", scenario.digest), *((("rules", rules_digest()),) if same_rules else ())):
        expected = manifest.digests[what]
        if found != expected:
            text = f"the {what} on hand differ from those that the results rest on"
            raise StoreError([Problem(str(results.path), text, found, expected, fix=fix)])
    return compile_scenario(scenario)


def other_rules(results: Results) -> bool:
    """Tell whether the rules on hand are others than those that made the results."""
    from demarche.rules.find import rules_digest

    return rules_digest() != results.manifest.digests["rules"]
