"""What a design will cost, measured on a small sample of it before anything is run."""

from __future__ import annotations

import dataclasses
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.errors import DesignError, Problem
from demarche.experiment.chunks.shards import Job, Task, run_task
from demarche.experiment.design.table import Design
from demarche.experiment.ledger.plan import chunk_sizes
from demarche.experiment.tables.columns import column_dictionary
from demarche.world.calendar import Period

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment

SAMPLE_MONTHS = 12
POOL_START = 1.5  # seconds until worker processes are ready, measured on two cores


@dataclass(frozen=True)
class Cost:
    """An estimate of what a design costs.

    Parameters
    ----------
    cpu_seconds, wall_seconds
        CPU time of all runs together; time on `workers` free processors.
    bytes
        Size of the tables on disk.
    workers
        Processes that simulate.
    sample_runs, sample_months
        Runs that were measured for each account, and their months.
    """

    cpu_seconds: float
    wall_seconds: float
    bytes: float
    workers: int
    sample_runs: int
    sample_months: int


def estimate_cost(experiment: Experiment, design: Design, workers: int) -> Cost:
    """Measure one chunk of each company of runs over one year and over two, and scale both to the whole design.

    The chunk is as wide as those of the real run, since a month of one run costs far more than
    its share of a wide chunk. What does not grow with the months follows from the difference.

    Raises
    ------
    DesignError
        If the sample itself fails.
    """
    n_steps = experiment.scenario.period.n_steps
    months = [SAMPLE_MONTHS, 2 * SAMPLE_MONTHS] if n_steps > 2 * SAMPLE_MONTHS else [n_steps]
    jobs = {length: _job_of(experiment, design, length) for length in months}
    widest = 0
    cpu = size = 0.0
    for rows in design.companies():
        sample = rows[np.linspace(0, len(rows) - 1, min(len(rows), chunk_sizes(len(rows))[0])).astype(np.intp)]
        if not widest:
            _measure(jobs[months[0]], design, sample[:2])  # the first call also pays for what is loaded
        measured = [_measure(jobs[length], design, sample) for length in months]
        n_chunks = len(rows) / len(sample)
        cpu += n_chunks * _scaled([seconds for seconds, _ in measured], n_steps)
        size += n_chunks * _scaled([n_bytes for _, n_bytes in measured], n_steps)
        widest = max(widest, len(sample))
    start = POOL_START if workers > 1 else 0.0
    return Cost(cpu, start + cpu / workers, size, workers, widest, months[-1])


def _scaled(measured: list[float], n_steps: int) -> float:
    """Return a cost over all months from that of one year and of two, or of all months."""
    if len(measured) == 1:
        return measured[0]
    one, two = measured
    slope = max(two - one, 0.0) / SAMPLE_MONTHS
    return max(one + slope * (n_steps - SAMPLE_MONTHS), two)


def _job_of(experiment: Experiment, design: Design, n_steps: int) -> Job:
    from demarche.scenario.load import compile_scenario

    scenario = experiment.scenario
    short = dataclasses.replace(scenario, period=Period(scenario.period.start, n_steps))
    setup = compile_scenario(short)
    columns = column_dictionary(design.varied, [issue.code for issue in setup.cast.issues], design.places)
    return Job(setup, Path(), columns, experiment.record.series, experiment.record.events)


def _measure(job: Job, design: Design, rows: NDArray[np.int64]) -> tuple[float, float]:
    """Return CPU seconds and bytes of a chunk of runs; nothing of it is kept."""
    with tempfile.TemporaryDirectory() as folder:
        receipt = run_task(dataclasses.replace(job, root=Path(folder)), Task(0, rows, design.to_runs(rows)))
    for failure in receipt.failures:
        what, fix = "the sample for the estimate failed", "mend what the message names"
        raise DesignError([Problem("design", what, f"{failure.exception}: {failure.message}", fix=fix)])
    return receipt.cpu_seconds, float(sum(file.bytes for file in receipt.files))


def in_words(seconds: float) -> str:
    """Return a time in words that promise no more than an estimate can hold.

    Examples
    --------
    >>> in_words(0.2), in_words(47.0), in_words(130.0), in_words(9000.0)
    ('under a second', '47 s', '2.2 min', '2.5 h')
    """
    if seconds < 1.0:
        return "under a second"
    if seconds < 60.0:
        return f"{math.ceil(seconds)} s"
    return f"{seconds / 60:.1f} min" if seconds < 3600.0 else f"{seconds / 3600:.1f} h"
