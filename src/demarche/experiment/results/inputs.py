"""What the runs of a results folder rest on, from the copies of its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def cast_of(results: Results) -> Cast:
    """Return the cast of some results.

    Raises
    ------
    StoreError
        If a copy is damaged.
    ScenarioError
        If this version cannot read the cast.
    """
    from demarche.cast.cast import load_cast

    check_inputs(results)
    return load_cast(results.input("cast"))


def record_of(results: Results) -> Record | None:
    """Return the history of the case that some results are of, None if the case brings none."""
    from demarche.history.record import load_record

    return load_record(cast_of(results))


def need_record_of(results: Results) -> Record:
    """Return the history of the case that some results are of.

    Raises
    ------
    StoreError
        If a copy is damaged.
    ScenarioError
        If the case brings none.
    """
    from demarche.history.record import need_record

    return need_record(cast_of(results))
