"""What the runs of a results folder rest on, from the copies of its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.errors import Problem, StoreError
from demarche.experiment.tables.files import read_checked

if TYPE_CHECKING:
    from demarche.cast.cast import Cast
    from demarche.experiment.results.store import Results
    from demarche.history.record import Record


def check_inputs(results: Results) -> None:
    """Compare the checksum of every copy.

    Raises
    ------
    StoreError
        If a copy is missing or damaged.
    """
    for record in results.manifest.files:
        if not record.table:
            read_checked(results.path, record)


def cast_of(results: Results) -> Cast | None:
    """Return the cast of some results, None if an earlier version wrote them, which did not say where it lies.

    Raises
    ------
    StoreError
        If a copy is damaged.
    ScenarioError
        If this version cannot read the cast.
    """
    from demarche.cast.cast import load_cast

    file = results.manifest.inputs.get("cast")
    if file is None:
        return None
    check_inputs(results)
    return load_cast(results.path / file)


def record_of(results: Results) -> Record | None:
    """Return the history of the case that some results are of, None if the case brings none."""
    from demarche.history.record import load_record

    cast = cast_of(results)
    return None if cast is None else load_record(cast)


def need_record_of(results: Results) -> Record:
    """Return the history of the case that some results are of.

    Raises
    ------
    StoreError
        If an earlier version wrote them, without the record.
    ScenarioError
        If the case brings none.
    """
    from demarche.history.record import need_record

    cast = cast_of(results)
    if cast is None:
        what = "an earlier version wrote these results, without the record of their case"
        raise StoreError([Problem(str(results.path), what, fix="run the experiment again into another folder")])
    return need_record(cast)
