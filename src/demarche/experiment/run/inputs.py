"""What an experiment rests on, copied so that a results folder alone repeats and goes on with its runs."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from demarche.experiment.design.quick import own_text
from demarche.experiment.run.aim import Aim
from demarche.experiment.tables.files import FileRecord, sha256, write_bytes
from demarche.experiment.tables.inside import inside

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment

INPUTS = "inputs"
INPUT_NAMES = ("experiment", "scenario", "cast")


def input_files(experiment: Experiment) -> list[Path]:
    """Return every file that the experiment rests on: its own first, those of its scenario, what its design read."""
    own, *more = experiment.files
    return [own, *experiment.scenario.files, *more]


def staged_inputs(aim: Aim) -> str:
    """Return the folder within the work folder where the inputs lie until the experiment is finished."""
    return f"{INPUTS}-{aim.identity[:8]}"


def copy_inputs(folder: Path, experiment: Experiment) -> list[FileRecord]:
    """Copy the inputs as they lie to one another, so that the folder alone repeats and goes on with its runs.

    Returns
    -------
    Where they will lie in the finished folder, in the order of `INPUT_NAMES`, then the others.
    """
    paths = [path.resolve() for path in input_files(experiment)]
    top = Path(os.path.commonpath([path.parent for path in paths]))
    records = []
    for path in dict.fromkeys(paths):
        file = str(PurePosixPath(INPUTS, *path.relative_to(top).parts))
        content = own_text(experiment) if path == experiment.path.resolve() else path.read_bytes()
        write_bytes(inside(folder, file), content)
        records.append(FileRecord(file, "", 0, len(content), sha256(content)))
    return records
