"""What links carry, for figures and the report: measured once for a results folder and kept beside its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from demarche.analysis.carriers import COLUMNS, Question, carriers
from demarche.analysis.side_by_side import Workers
from demarche.errors import DesignError, Problem
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from demarche.experiment.results.store import Results

FILE = ("tables", "carriers.csv")
LUCKS = 4
MOST_BYTES = 50_000_000  # of the table of what was measured before
IDENTITY = "identity"


def carried_by(
    tables: FigureTables, accounts: Sequence[str], pair: tuple[str, str], outcomes: Sequence[str], lucks: int = LUCKS,
    workers: int | Workers = 1, tell: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return what each link carries of the effect of one arm instead of another; see `carriers`.

    Parameters
    ----------
    tables
        What was run; its results folder keeps what was measured.
    accounts, pair, outcomes
        What is asked. Outcomes of the scenario are measured together, since they cost no more.
    lucks
        Seeds of the results that are used, at most.
    workers
        Processes.
    tell
        Called with the runs done and the runs in all.

    Raises
    ------
    DesignError
        If there is no results folder, or it has fewer than two seeds.
    """
    import pandas as pd

    from demarche.experiment.results.rerun import setup_of

    if tables.results is None:
        raise DesignError([Problem("links", "what links carry is measured by repeating runs of a results folder")])
    kept = read_kept(tables.results)
    wanted = tuple(dict.fromkeys((*outcomes, *_with_number(tables))))
    lacking = [account for account in accounts if not set(outcomes) <= set(_of(kept, account, pair, lucks)["outcome"])]
    if lacking:
        questions = [Question(account, *pair, wanted, _seeds(tables, lucks)) for account in lacking]
        made = carriers(setup_of(tables.results), questions, workers, tell)
        gone = kept["account"].isin(lacking) & (kept["arm"] == pair[0]) & (kept["against"] == pair[1])
        kept = pd.concat([part for part in (kept[~gone], made) if len(part)], ignore_index=True)
        _keep(tables.results, kept)
    mine = pd.concat([_of(kept, account, pair, lucks) for account in accounts], ignore_index=True)
    return mine.loc[mine["outcome"].isin(outcomes), list(COLUMNS)]


def _with_number(tables: FigureTables) -> list[str]:
    missing = tables.batch.without_number(tables.batch.shown)
    return [name for name in tables.batch.shown if name not in missing]


def _seeds(tables: FigureTables, lucks: int) -> tuple[int, ...]:
    seeds = tuple(dict.fromkeys(int(seed) for seed in tables.done["seed"]))[:lucks]
    if len(seeds) < 2:
        what = "what links carry needs two seeds or more, so that luck can be told from the links"
        raise DesignError([Problem("links", what, fix="run the experiment with 'replications: 2' or more")])
    return seeds


def _of(kept: pd.DataFrame, account: str, pair: tuple[str, str], lucks: int) -> pd.DataFrame:
    mine = kept[(kept["account"] == account) & (kept["arm"] == pair[0]) & (kept["against"] == pair[1])]
    return mine if len(mine) and int(mine["lucks"].max()) >= min(lucks, LUCKS) else mine.iloc[:0]


def read_kept(results: Results) -> pd.DataFrame:
    """Return what was measured before for these very results; no rows if nothing was, or for others."""
    import pandas as pd

    nothing = pd.DataFrame(columns=[*COLUMNS, IDENTITY])
    path = _path(results)
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return nothing
    try:
        kept = pd.read_csv(path, dtype=dict.fromkeys(("account", "arm", "against", "outcome", "link"), str))
    except (ValueError, OSError):
        return nothing
    if set(kept.columns) != {*COLUMNS, IDENTITY} or set(kept[IDENTITY]) - {results.manifest.identity}:
        return nothing
    return kept


def _keep(results: Results, kept: pd.DataFrame) -> None:
    from demarche.experiment.tables.files import write_bytes

    table = kept.assign(**{IDENTITY: results.manifest.identity})
    write_bytes(_path(results), table.to_csv(index=False, lineterminator="\n").encode())


def _path(results: Results) -> Path:
    from demarche.experiment.tables.inside import inside

    return inside(results.path, "/".join(FILE))
