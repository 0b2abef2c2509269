"""Events of a results folder: which happened where, when and to whom, each with the command that asks why."""

from __future__ import annotations

import shlex
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demarche.engine.variables import EVENT_KINDS
from demarche.errors import DesignError, Problem, check_known, closest
from demarche.scenario.shown import code_of
from demarche.world.calendar import Month
from demarche.world.fields import FIELDS

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results

PAIRED = ("account", "point", "replication", "draw", "luck", "seed")
LEAST_LETTERS = 4  # of a word that stands for what happened
SAME = ("step", "kind", "actor", "about", "detail")


@dataclass(frozen=True)
class Sought:
    """Which events are sought; an empty text or None takes all.

    Parameters
    ----------
    kind, detail, actor
        Kind, what happened (a kind such as `release` stands for both), and the code of the actor or of whom it is
        about, in any case.
    arm, account, run
        In which runs.
    first, last
        First and last month, or a month and so many months around it.
    around, months
        Month, and how many months before and after it count.
    against
        Another arm: only events that the paired run of that arm, with the same luck, does not have.
    """

    kind: str = ""
    detail: str = ""
    actor: str = ""
    arm: str = ""
    account: str = ""
    run: int = -1
    first: str = ""
    last: str = ""
    around: str = ""
    months: int = 3
    against: str = ""


def find_events(results: Results, sought: Sought) -> pd.DataFrame:
    """Return the events that fit, nearest to the month around which they are sought first.

    Columns are run, date, arm, account, step, kind, actor, about, detail and value; all words are categories, since a
    batch has millions of events and some two hundred words. `why_command` tells how to ask about one.

    Raises
    ------
    DesignError
        If the folder keeps no events, or a name is unknown.
    """
    if not results.manifest.table("events"):
        fix = "keep them: record: {events: true} in the experiment file"
        raise DesignError([Problem(str(results.path), "the results keep no events", fix=fix)])
    kind, detail = _kind(sought)
    runs = runs_sought(results, sought)
    first, last = _span(results, sought)
    listed = _read(results, kind, detail, set(runs["run"]), first, last)
    if sought.actor:
        listed = _of_actor(results, listed, sought.actor)
    if sought.against:
        listed = _only_here(results, listed, runs, sought, (kind, detail, first, last))
    by_run = runs.set_index("run")
    for name in ("arm", "account"):
        listed[name] = by_run[name].astype("category").loc[listed["run"]].array
    start = Month.parse(results.start)
    dates = {step: str(start.plus(int(step))) for step in listed["step"].unique()}
    listed["date"] = listed["step"].astype("category").cat.rename_categories(dates)
    if sought.around:
        middle = start.steps_to(_month(results, sought.around, "--around"))
        order = (listed["step"] - middle).abs().sort_values(kind="stable").index
        listed = listed.loc[order]
    names = ["run", "date", "arm", "account", "step", "kind", "actor", "about", "detail", "value"]
    return listed[names].reset_index(drop=True)


def why_command(results: Results, row: Mapping[Hashable, Any]) -> str:
    """Return the command that asks why an event happened."""
    parts = ["demarche", "why", str(results.path), "--run", str(row["run"]), "--date", row["date"]]
    parts += ["--event", row["kind"]]
    for option, name in (("--actor", "actor"), ("--about", "about")):
        if isinstance(row[name], str):
            parts += [option, row[name]]
    return shlex.join(parts)


def _by_what_happened(word: str, kinds: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Return the kind and detail that a word such as `release` or `exile` stands for; the word itself if none."""
    if len(word) >= LEAST_LETTERS:
        for kind, labels in kinds.items():
            for label in labels:
                if label.startswith(word):
                    return kind, label
    return word, ""


def _unknown_kind(kind: str, kinds: Mapping[str, tuple[str, ...]]) -> Problem:
    """Return the answer to an unknown kind; what happened, such as a release, is asked for by --detail."""
    what, expected = f"no kind of event is called '{kind}'", ", ".join(kinds)
    near = closest(kind, kinds)
    detail = "" if near else closest(kind, [label for labels in kinds.values() for label in labels])
    if not detail:
        return Problem("--kind", what, expected=expected, did_you_mean=near)
    home = next(name for name, labels in kinds.items() if detail in labels)
    return Problem("--kind", what, expected=expected, fix=f"ask for --kind {home} --detail {detail}")


def _kind(sought: Sought) -> tuple[str, str]:
    """Return kind and detail as the table has them."""
    kind, detail = (text.strip().lower() for text in (sought.kind.replace("-", "_"), sought.detail))
    kinds = {one.kind: FIELDS[one.field].labels for one in EVENT_KINDS}
    if kind and kind not in kinds and not detail:
        kind, detail = _by_what_happened(kind, kinds)
    if kind and kind not in kinds:
        raise DesignError([_unknown_kind(kind, kinds)])
    labels = kinds[kind] if kind else tuple(dict.fromkeys(label for some in kinds.values() for label in some))
    check_known("--detail", "detail", [detail] if detail else [], labels)
    bulk = [one.kind for one in EVENT_KINDS if one.bulk]
    if kind in bulk:
        what = f"events of the kind '{kind}' are too many to be kept by a batch"
        others = ", ".join(one for one in kinds if one not in bulk)
        raise DesignError([Problem("--kind", what, expected=others, fix="ask for the decision behind them with why")])
    return kind, detail


def runs_sought(results: Results, sought: Sought) -> pd.DataFrame:
    """Return the rows of the table of runs, those that were done, in which events are sought.

    Raises
    ------
    DesignError
        If there is no such run, arm or account.
    """
    manifest, runs = results.manifest, results.runs()
    for what, names, known in (("arm", (sought.arm, sought.against), manifest.arms),
                               ("account", (sought.account,), manifest.accounts)):  # fmt: skip
        check_known(f"--{what}", what, [name for name in names if name], list(known))
    if sought.run >= len(runs):
        found, expected = str(sought.run), f"0 to {len(runs) - 1}"
        raise DesignError([Problem("--run", "there is no such run", found, expected)])
    for column, wanted in (("arm", sought.arm), ("account", sought.account)):
        runs = runs[runs[column] == wanted] if wanted else runs
    runs = runs[runs["status"] == "done"]
    return runs[runs["run"] == sought.run] if sought.run >= 0 else runs


def _month(results: Results, text: str, option: str) -> Month:
    period = results.manifest.period
    expected = f"a month from {period['start']} to {period['end']}"
    try:
        found = Month.parse(text.strip())
    except ValueError as error:
        raise DesignError([Problem(option, str(error), expected=expected)]) from error
    if not Month.parse(period["start"]) <= found <= Month.parse(period["end"]):
        raise DesignError([Problem(option, "the month lies outside the period", found=text, expected=expected)])
    return found


def _span(results: Results, sought: Sought) -> tuple[int, int]:
    """Return first and last step in which events are sought."""
    if sought.around and (sought.first or sought.last):
        raise DesignError([Problem("--around", "a month around, or from and to, not both", fix="leave one out")])
    start = Month.parse(results.start)
    if sought.around:
        middle = start.steps_to(_month(results, sought.around, "--around"))
        return middle - sought.months, middle + sought.months
    first = start.steps_to(_month(results, sought.first, "--from")) if sought.first else 0
    n_steps = int(results.manifest.period["n_steps"])
    return first, start.steps_to(_month(results, sought.last, "--to")) if sought.last else n_steps


def _read(results: Results, kind: str, detail: str, runs: set[int], first: int, last: int) -> pd.DataFrame:
    """Return the events of some runs and months, read part by part."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts, wanted = [], pa.array(sorted(runs), pa.int32())
    for part in results.batches("events"):
        fits = pc.and_(pc.is_in(part["run"], wanted), pc.and_(
            pc.greater_equal(part["step"], first), pc.less_equal(part["step"], last)))  # fmt: skip
        for name, value in (("kind", kind), ("detail", detail)):
            fits = pc.and_(fits, pc.equal(part[name].cast(pa.string()), value)) if value else fits
        parts.append(part.filter(fits))
    whole = pa.concat_tables(parts, promote_options="default") if parts else results.schema("events").empty_table()
    frame: pd.DataFrame = whole.unify_dictionaries().to_pandas()
    return frame.sort_values(["run", "step"], kind="stable", ignore_index=True)


def _of_actor(results: Results, listed: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the events of an actor, or about it, in any case; refuse one whom no event names."""
    wanted = code_of(text.strip(), results.manifest.aliases).casefold()
    known = {str(code) for name in ("actor", "about") for code in listed[name].dropna().unique()}
    code = next((code for code in known if code.casefold() == wanted), None)
    if code is None:
        near = closest(wanted, [one.casefold() for one in known])
        near = next((one for one in known if one.casefold() == near), "")
        what = f"no event that fits names '{text}'"
        raise DesignError([Problem("--actor", what, did_you_mean=near, fix="list actors with: demarche actors")])
    return listed[(listed["actor"] == code) | (listed["about"] == code)]


def _only_here(
    results: Results, listed: pd.DataFrame, runs: pd.DataFrame, sought: Sought, filters: tuple[str, str, int, int]
) -> pd.DataFrame:
    """Return the events that the paired run of another arm does not have."""
    table = results.runs()
    keys = [name for name in PAIRED if name in table.columns]
    others = table[table["arm"] == sought.against]
    pairs = runs[["run", *keys]].merge(others[["run", *keys]], on=keys, suffixes=("", "_other"))
    kind, detail, first, last = filters
    theirs = _read(results, kind, detail, set(pairs["run_other"]), first, last)
    theirs = theirs.merge(pairs[["run", "run_other"]], left_on="run", right_on="run_other", suffixes=("_theirs", ""))
    keys = ["run", *SAME]
    paired = listed[listed["run"].isin(pairs["run"])]
    both = paired[keys].merge(theirs[keys].drop_duplicates(), how="left", on=keys, indicator=True)
    return paired[(both["_merge"] == "left_only").to_numpy()]
