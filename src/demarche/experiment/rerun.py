"""From a results folder back to the engine: the setup of its scenario and any of its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.engine.setup import Runs, Setup
from demarche.errors import DesignError, Problem, StoreError
from demarche.experiment.files import read_checked

if TYPE_CHECKING:
    from demarche.experiment.store import Results


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
    return Runs([str(row["arm"])], [str(row["pack"])], [int(row["seed"])], values)


def setup_of(results: Results) -> Setup:
    """Return the setup that the runs of a results folder rest on, from the copies of its inputs.

    Raises
    ------
    StoreError
        If a copy is damaged, or the scenario or the rules are not those of the results.
    """
    from demarche.rules.find import rules_digest
    from demarche.scenario.load import compile_scenario, load_scenario

    manifest = results.manifest
    for record in manifest.files:
        if not record.table:
            read_checked(results.path, record)
    scenario = load_scenario(results.path / manifest.inputs["scenario"])
    fix = "use the version of Demarche that wrote the results, or run the experiment again"
    for what, found in (("scenario", scenario.digest), ("rules", rules_digest())):
        expected = manifest.digests[what]
        if found != expected:
            text = f"the {what} on hand differ from those that the results rest on"
            raise StoreError([Problem(str(results.path), text, found, expected, fix=fix)])
    return compile_scenario(scenario)
