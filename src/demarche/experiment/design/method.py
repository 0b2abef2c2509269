"""The contract of a design: what it asks of the file, how it lays out points, which runs and what luck come of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from numpy import int64
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.experiment.design.named_rules import Scope
from demarche.experiment.design.parameters_from import MEDIANS
from demarche.experiment.design.request import Request, Vary
from demarche.experiment.design.seeds import same_at_every_point
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.rules.collected import Catalogue

Keys = TypeVar("Keys", bound=Strict)
Options = TypeVar("Options")
Names = tuple[str, ...]
SeedOf = Callable[[int, int, int], int]

RUNS_KEY = "replications"
PLACES = ("point", "replication")


class NoKeys(Strict):
    """The keys of a design that has none of its own."""


@dataclass(frozen=True)
class Ask:
    """What a design may look at while it reads its keys.

    Parameters
    ----------
    report
        Where to say what is wrong; its document holds the other keys of the file.
    folder
        Folder of the experiment file.
    arms, accounts
        What the experiment runs.
    catalogue
        The rules of its scenario.
    replications
        Runs of each arm, account and point.
    parameters
        Where uncertain parameters have their values from, as the file says.
    """

    report: Report
    folder: Path
    arms: Names
    accounts: Names
    catalogue: Catalogue
    replications: int
    parameters: str = MEDIANS

    @property
    def scope(self) -> Scope:
        """The rules that its keys can mean."""
        return Scope(self.catalogue, self.accounts)


def _says_nothing(report: Report, vary: Mapping[str, Vary], keys: Strict) -> None:
    pass


def _names_nothing(report: Report, scope: Scope) -> None:
    pass


def _varied(request: Request, options: object) -> Names:
    return tuple(request.vary)


def _all_named(options: object, arms: Names, accounts: Names) -> tuple[Names, Names]:
    return arms, accounts


def _no_files(options: object) -> tuple[Path, ...]:
    return ()


def _keys_as_read(options: object) -> dict[str, object]:
    return options.model_dump() if isinstance(options, Strict) else {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Method(Generic[Keys, Options]):
    """A design.

    Its functions are given the request and `options`, which are its keys unless `read` makes
    something else of them.

    Parameters
    ----------
    name
        Name in files, and of the module that declares it.
    meaning
        What it lays out, for readers; keys in backticks.
    count
        Number of points.
    lay_out
        The points `(n_points, n_parameters)`; NaN leaves a parameter as the account has it.
    by_account
        Account -> its own points; left out if all accounts have those of `lay_out`.
    keys, needs
        Model of the keys of the file that are its own, all with a default; those that it cannot do without.
    implied_by
        Key of its own that names it in a file without `design`; empty if it must be named.
    runs_key
        Key of the file that says how many runs a point has in each arm and account.
    places
        What points and the runs of a point are called in tables.
    varies
        Whether it lays out the parameters of `vary` and `vary_rules`.
    sweeps, samples
        Whether it can lay out lists of values, and ranges.
    repeats
        Whether a value may stand twice in a list of values.
    power_of_two
        Key whose value must be a power of two, empty if there is none.
    is_random
        Whether every point is drawn at random on its own, so that points may be counted as independent.
    names
        Refuses unknown names in its keys. It looks at the plain data, since the file may have other problems.
    check
        Refuses what does not fit together in a file that is otherwise good.
    read
        Makes `options` of the keys; None with a problem in the report if it cannot.
    columns
        Paths of the parameters that it sets, in the order of its columns.
    chosen
        Sorted places of its runs in the product of arms, accounts, points and replications, None for all;
        left out if it always runs all.
    used
        Those of the arms and accounts that it runs.
    files
        Files that it read.
    describe
        What an analysis must know of it, as plain data.
    seed_of
        Seed of the luck of a run in [0, 2**63) from the seed of the experiment, the number of the point
        and of the replication. The same in every arm and account, which are paired.
    """

    name: str
    meaning: str
    count: Callable[[Request, Options], int]
    lay_out: Callable[[Request, Options], Array]
    keys: type[Keys]
    by_account: Callable[[Request, Options], Mapping[str, Array]] | None = None
    needs: Names = ()
    implied_by: str = ""
    runs_key: str = RUNS_KEY
    places: tuple[str, str] = PLACES
    varies: bool = True
    sweeps: bool = True
    samples: bool = True
    repeats: bool = False
    power_of_two: str = ""
    is_random: bool = False
    names: Callable[[Report, Scope], None] = _names_nothing
    check: Callable[[Report, Mapping[str, Vary], Keys], None] = _says_nothing
    read: Callable[[Ask, Keys], Options | None] | None = None
    columns: Callable[[Request, Options], Names] = _varied
    chosen: Callable[[Request, Options, Array], NDArray[int64] | None] | None = None
    used: Callable[[Options, Names, Names], tuple[Names, Names]] = _all_named
    files: Callable[[Options], tuple[Path, ...]] = _no_files
    describe: Callable[[Options], dict[str, object]] = _keys_as_read
    seed_of: SeedOf = same_at_every_point

    @property
    def shares_luck(self) -> bool:
        """Tell whether all points have the same luck, so that they are paired."""
        return self.seed_of is same_at_every_point

    @property
    def takes(self) -> Names:
        """Names of its keys."""
        return tuple(self.keys.model_fields)

    def options_of(self, ask: Ask, keys: Keys) -> Options | None:
        """Return what its functions work with, None with a problem in the report if it cannot be had."""
        return cast(Options, keys) if self.read is None else self.read(ask, keys)
