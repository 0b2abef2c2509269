"""From a curve to an event and its reasons: what happened in one run, and not in its pair under the other arm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.errors import DemarcheError

if TYPE_CHECKING:
    from demarche.analysis.why.answer import Asked
    from demarche.analysis.why.told import Told
    from demarche.experiment.results.store import Results
    from demarche.figures.tables import FigureTables

SOUGHT = ("release", "vote_no_action")  # kinds of events, of each the first one is told


@dataclass(frozen=True)
class Happened:
    """An event with its reasons.

    Parameters
    ----------
    kind, anchor
        What it is (`release` or `vote_no_action`), and where the report tells it.
    alone
        Whether the other arm, with the same luck, has no such event.
    told
        Sentence, numbers, rules and passages.
    command
        The command that asks the same.
    """

    kind: str
    anchor: str
    alone: bool
    told: Told
    command: str


def happened_of(results: Results, tables: FigureTables, pair: tuple[str, str]) -> tuple[Happened, ...]:
    """Return a release and a vote of the first run of an arm, if possible such as the paired run of the other lacks.

    Parameters
    ----------
    results
        The results folder; the run is repeated, once an event.
    tables
        What was run.
    pair
        The arm whose events are told, and the other.

    Returns
    -------
    tuple
        None of a kind that did not happen; none at all where no events were kept or the run cannot be repeated.
    """
    from demarche.analysis.why.answer import answer
    from demarche.analysis.why.case import case_of_results
    from demarche.figures.kinds.persons import runs_of

    try:
        run = runs_of(tables, next(iter(tables.accounts)), pair, 0)[pair[0]]
        found = [one for kind in SOUGHT if (one := _first(results, kind, run, pair[1])) is not None]
        case = case_of_results(results.path, run)
        return tuple(
            Happened(kind, f"event-{kind.replace('_', '-')}", alone, answer(case, asked), command)
            for kind, alone, asked, command in found
        )
    except DemarcheError:
        return ()


def _first(results: Results, kind: str, run: int, against: str) -> tuple[str, bool, Asked, str] | None:
    """Return the first event of a kind: kind, whether the other arm lacks it, the question and its command."""
    from demarche.analysis.events import Sought, find_events, why_command
    from demarche.analysis.why.answer import Asked

    for other in (against, ""):
        found = find_events(results, Sought(kind=kind, run=run, against=other))
        if len(found):
            first = found.head(1).to_dict("records")[0]
            row = {name: "" if value != value else value for name, value in first.items()}
            kind_, actor, about, date = (str(row[name]) for name in ("kind", "actor", "about", "date"))
            asked = Asked(event=kind_, actor=actor, about=about, date=date)
            return kind, bool(other), asked, why_command(results, first)
    return None
