"""What one asks: of results, of one run, of the accounts and of the register of claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from demarche.errors import as_names
from demarche.interface.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from demarche.analysis.comparison.answer import Comparison
    from demarche.analysis.why.told import Told


def compare(
    results: Results, between: str = "arm", *, reference: str = "", by: str | Sequence[str] | None = None,
    outcomes: str | Sequence[str] = (), interval: Literal["t", "bootstrap"] = "t", paired: bool = True,
) -> Comparison:  # fmt: skip
    """Return differences of arms, accounts or values of a parameter; their table is `.table`.

    Parameters
    ----------
    results
        What `run` or `open_results` returned.
    between
        `arm`, `account` or the path of a parameter that varies.
    reference
        What is subtracted; the reference of the scenario if empty.
    by
        Columns within whose values differences are averaged; None for accounts.
    outcomes
        One outcome or several; those of the scenario if empty.
    interval
        `t` or `bootstrap`.
    paired
        False to compare runs that do not share their luck.

    Raises
    ------
    DesignError
        If a name is unknown or there is nothing to compare.
    """
    from demarche.analysis.comparison.answer import compare as answer

    within = None if by is None else as_names(by)
    return answer(results.store, between, reference=reference, by=within, outcomes=as_names(outcomes),
                  interval=interval, paired=paired)  # fmt: skip


def plot(results: Results, kind: str, **more: Any) -> list[Axes]:
    """Return the Matplotlib axes of a figure, one a panel.

    Parameters
    ----------
    results
        What `run` or `open_results` returned.
    kind
        Kind of figure, such as `contrast`.
    more
        `outcomes`, `accounts`, `arms`, `against`, `date`, `run`, `style`, `size` and `caption`, as `demarche plot` has
        them.

    Raises
    ------
    DesignError
        If a name is unknown, or the figure cannot be drawn from what was kept.
    """
    from demarche.figures.plot import plot as drawn

    return drawn(results.store, kind, **more)


def why(results: Results, run: int, **question: str) -> Told:
    """Return why something happened in a run: chance, luck, rules, inputs and passages.

    Parameters
    ----------
    results
        What `run` or `open_results` returned.
    run
        Number of the run.
    question
        `decision`, `event` or `stock`, and `actor`, `about`, `date`, `first`, `last`, `against`, `option`, as
        `demarche why` has them.

    Raises
    ------
    DesignError
        If the question names what there is not.
    """
    from demarche.analysis.why.answer import Asked, answer
    from demarche.analysis.why.case import case_of_results

    return answer(case_of_results(results.path, run), Asked(**question))  # type: ignore[arg-type]


def list_accounts() -> pd.DataFrame:
    """Return what each packaged account holds of each link: one row an account and link."""
    import pandas as pd

    from demarche.accounts.packaged import packaged_accounts

    return pd.DataFrame([
        {"account": one.id, "link": name, "median": held.prior.median, "low": held.prior.low,
         "high": held.prior.high,
         "own": name in one.own}
        for one in packaged_accounts().values() for name, held in one.links.items()
    ])  # fmt: skip


def list_claims() -> pd.DataFrame:
    """Return the register of claims: one row a claim, with its place and how it ends in the model."""
    import pandas as pd

    from demarche.claims import load_register

    register = load_register()
    return pd.DataFrame([
        {"claim": one.id, "document": one.document, "place": one.place, "support": one.strength,
         "ends": register.dispositions[one.id].end, "paraphrase": one.paraphrase}
        for one in register.claims
    ])  # fmt: skip


