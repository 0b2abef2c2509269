"""A results folder for Python: data frames with dates, arms and accounts, a short look at it, comparisons, figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem, as_names

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results as Store

IDENTITY = ("arm", "account", "point", "draw", "replication", "luck")


class Results:
    """A finished results folder; see `demarche.open_results`.

    Parameters
    ----------
    store
        The folder as it was opened.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def path(self) -> Path:
        """The folder."""
        return self.store.path

    @property
    def title(self) -> str:
        """Title of the scenario."""
        return self.store.manifest.title

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(self.store.manifest.experiment["arms"])

    @property
    def accounts(self) -> tuple[str, ...]:
        """Names of the accounts."""
        return tuple(self.store.manifest.experiment["accounts"])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row a run that was done, with arm, account, point and replication (or draw and luck), and outcomes."""
        return self.store.outcomes()

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run, with its inputs, its seed and whether it was done."""
        return self.store.runs()

    def series(self, names: str | Sequence[str] = ()) -> pd.DataFrame:
        """Return one row a run and month: arm, account, date and the values of some series, all if none is named.

        Raises
        ------
        DesignError
            If there is no such series, or series were not kept.
        """
        self.store.check_kept("series", str(self.path))
        return self._dated(self.store.series(as_names(names) or None))

    def events(self, kinds: str | Sequence[str] = ()) -> pd.DataFrame:
        """Return one row an event: arm, account, date, kind, actor, whom it is about, what happened.

        Raises
        ------
        DesignError
            If events were not kept.
        """
        self.store.check_kept("events", str(self.path))
        return self._dated(self.store.events(as_names(kinds) or None))

    def to_xarray(self) -> Any:
        """Return the outcomes as an `xarray.Dataset` over arm, account and the places of a run.

        Raises
        ------
        DesignError
            If xarray is not installed.
        """
        try:
            import xarray  # type: ignore[import-not-found, unused-ignore]  # noqa: F401 - pandas uses it
        except ImportError as error:
            raise DesignError([Problem("", "this needs the package xarray", fix="pip install xarray")]) from error
        frame = self.outcomes
        keys = [name for name in IDENTITY if name in frame.columns]
        return frame.drop(columns=["run"]).set_index(keys).to_xarray()

    def _dated(self, frame: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        runs = self.runs.set_index("run")
        keys = [name for name in IDENTITY if name in runs.columns]
        start = pd.Period(self.store.start, freq="M")
        n_steps = self.store.manifest.period["n_steps"]
        dates = pd.period_range(start, periods=n_steps).to_timestamp()[frame["step"].to_numpy()]
        told = {name: runs[name].reindex(frame["run"]).to_numpy() for name in keys}
        rest = [name for name in frame.columns if name not in ("run", "step")]
        return pd.DataFrame({"run": frame["run"], "date": dates, **told, **{name: frame[name] for name in rest}})

    def __repr__(self) -> str:
        counts, period = self.store.manifest.runs, self.store.manifest.period
        return (
            f"<Results {self.title!r}: {len(self.arms)} arms x {len(self.accounts)} accounts, {counts['done']:,} runs, "
            f"{period['start']} to {period['end']}, {self.path}>"
        )

    def _repr_html_(self) -> str:
        manifest = self.store.manifest
        facts = {
            "runs": f"{manifest.runs['done']:,} done, {manifest.runs['failed']:,} failed",
            "period": f"{manifest.period['start']} to {manifest.period['end']}",
            "arms": ", ".join(self.arms), "accounts": ", ".join(self.accounts), "folder": str(self.path),
        }  # fmt: skip
        rows = "".join(f"<tr><th>{name}</th><td>{escape(text)}</td></tr>" for name, text in facts.items())
        return f"<table><caption>{escape(self.title)}</caption>{rows}</table>"
